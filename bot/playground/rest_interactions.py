"""REST: how the bot answers an interaction, and the follow-ups its token allows for fifteen minutes."""

from __future__ import annotations

from bot.playground import bodies, permissions, posting
from bot.playground.errors import invalid_form, refusal
from bot.playground.rest import Call, Reply, Route
from bot.playground.rest_messages import check_files
from bot.playground.state import (
    EPHEMERAL,
    LOADING,
    Channel,
    Event,
    Interaction,
    JsonObject,
    Message,
)
from bot.playground.wire_messages import message_json
from bot.playground.world import World

ACKNOWLEDGE_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0
EXTERNAL_FOLLOWUPS = 5
"""Follow-ups to one interaction where the application is only by a person's own installation."""

PONG, MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 1, 4, 5, 6, 7, 8, 9
_FITS = {2: {MESSAGE, DEFERRED, MODAL}, 3: {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL}, 4: {CHOICES}}
_FITS[5] = _FITS[3] - {MODAL}


def _callback(world: World, call: Call) -> Reply:
    found = world.interactions.get(call.id("interaction"))
    if found is None or found.token != call.params["token"]:
        raise refusal("unknown_interaction")
    if found.answer is not None:
        raise refusal("already_acknowledged")
    if (world.clock.now() - found.created).total_seconds() > ACKNOWLEDGE_SECONDS:
        raise refusal("unknown_interaction")
    body = call.body or {}
    kind, data = int(body.get("type") or 0), body.get("data") or {}
    if kind not in _FITS.get(found.type, set()) or (kind in (UPDATE, DEFERRED_UPDATE) and found.message is None):
        raise invalid_form(("type", "BASE_TYPE_CHOICES", "This answer does not fit the interaction"))
    check_files(call)
    _ANSWERS[kind](world, found, data, call)
    found.answer = kind
    world.publish(
        Event("_ACKNOWLEDGED", {"id": str(found.id), "type": kind}, channel_id=found.channel_id, to_bot=False)
    )
    if call.query.get("with_response") not in ("1", "true", "True"):
        return 204, None
    return 200, _callback_body(world, found, kind)


def _callback_body(world: World, interaction: Interaction, kind: int) -> JsonObject:
    about: JsonObject = {"id": str(interaction.id), "type": interaction.type}
    body: JsonObject = {"interaction": about}
    message = interaction.original
    if kind in (MESSAGE, DEFERRED, UPDATE, DEFERRED_UPDATE) and message is not None:
        about |= {
            "response_message_id": str(message.id),
            "response_message_loading": message.loading,
            "response_message_ephemeral": message.ephemeral,
        }
        if kind in (MESSAGE, UPDATE, DEFERRED):
            body["resource"] = {"type": kind, "message": message_json(world, message)}
    return body


def _send(world: World, interaction: Interaction, data: JsonObject, call: Call) -> Message:
    bodies.check_message(data, v2=bodies.is_v2(data), creating=True, files=len(call.files))
    channel = world.channel(interaction.channel_id)
    plain = {k: v for k, v in data.items() if k != "message_reference"}
    if _is_hushed(world, interaction, channel):
        plain["flags"] = (plain.get("flags") or 0) | EPHEMERAL
    return posting.post(world, channel, world.bot, plain, uploads=call.files, interaction=interaction)


def _is_hushed(world: World, interaction: Interaction, channel: Channel) -> bool:
    """Whether an app of the person's own may answer only them: they lack "use external apps" here."""
    own = world.permissions_of(interaction.user, channel)
    return interaction.external and not channel.is_private and not permissions.allows(own, "use_external_apps")


def _answer_message(world: World, interaction: Interaction, data: JsonObject, call: Call) -> None:
    interaction.original = _send(world, interaction, data, call)


def _answer_deferred(world: World, interaction: Interaction, data: JsonObject, _call: Call) -> None:
    channel = world.channel(interaction.channel_id)
    message = Message(world.mint(), channel.id, world.bot, world.clock.now(), channel.guild_id)
    hushed = EPHEMERAL if _is_hushed(world, interaction, channel) else 0
    message.flags = LOADING | hushed | ((data.get("flags") or 0) & EPHEMERAL)
    posting.claim(message, interaction)
    interaction.original = message
    interaction.awaits_first_followup = True
    posting.publish_new(world, message)


def _answer_deferred_update(_world: World, interaction: Interaction, _data: JsonObject, _call: Call) -> None:
    interaction.original = interaction.message


def _answer_update(world: World, interaction: Interaction, data: JsonObject, call: Call) -> None:
    message = interaction.message
    if message is None or message.deleted:
        raise refusal("unknown_message")
    posting.check_edit(message, data, len(call.files))
    interaction.original = posting.edit(world, message, data, uploads=call.files)


def _answer_choices(_world: World, interaction: Interaction, data: JsonObject, _call: Call) -> None:
    choices = data.get("choices") or []
    problems = []
    if len(choices) > 25:
        problems.append(("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."))
    for i, choice in enumerate(choices):
        if not 1 <= len(str(choice.get("name") or "")) <= 100:
            problems.append(
                (f"data.choices.{i}.name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
            )
        if len(str(choice.get("value") or "")) > 100:
            problems.append((f"data.choices.{i}.value", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length."))
    if problems:
        raise invalid_form(*problems)
    interaction.choices = choices


def _answer_modal(_world: World, interaction: Interaction, data: JsonObject, _call: Call) -> None:
    bodies.check_modal(data)
    interaction.modal = data


_ANSWERS = {
    MESSAGE: _answer_message,
    DEFERRED: _answer_deferred,
    DEFERRED_UPDATE: _answer_deferred_update,
    UPDATE: _answer_update,
    CHOICES: _answer_choices,
    MODAL: _answer_modal,
}


# --- the webhook of an interaction ----------------------------------------------------------------------------


def _by_token(world: World, call: Call) -> Interaction:
    if call.id("webhook") != world.bot.id:
        raise refusal("unknown_webhook")
    for interaction in world.interactions.values():
        if interaction.token == call.params["token"]:
            age = (world.clock.now() - interaction.created).total_seconds()
            if interaction.answer is None:
                raise refusal("unknown_webhook")
            if age > TOKEN_SECONDS:
                raise refusal("invalid_token")
            return interaction
    raise refusal("unknown_webhook")


def _of(world: World, call: Call) -> tuple[Interaction, Message]:
    interaction = _by_token(world, call)
    which = call.params["message"]
    known = [interaction.original, *interaction.followups]
    for message in known:
        if message is not None and not message.deleted and which in ("@original", str(message.id)):
            return interaction, message
    raise refusal("unknown_message")


def _get_answer(world: World, call: Call) -> Reply:
    return 200, message_json(world, _of(world, call)[1])


def _edit_answer(world: World, call: Call) -> Reply:
    interaction, message = _of(world, call)
    body = call.body or {}
    check_files(call)
    posting.check_edit(message, body, len(call.files))
    if message is interaction.original:
        interaction.awaits_first_followup = False
    return 200, message_json(world, posting.edit(world, message, body, uploads=call.files))


def _delete_answer(world: World, call: Call) -> Reply:
    interaction, message = _of(world, call)
    if message is interaction.original:
        interaction.awaits_first_followup = False
    posting.remove(world, message)
    return 204, None


def _follow_up(world: World, call: Call) -> Reply:
    interaction, body = _by_token(world, call), call.body or {}
    check_files(call)
    if interaction.awaits_first_followup and interaction.original is not None:
        interaction.awaits_first_followup = False
        bodies.check_message(body, v2=bodies.is_v2(body), creating=True, files=len(call.files))
        return 200, message_json(world, posting.edit(world, interaction.original, body, uploads=call.files))
    if interaction.external and len(interaction.followups) >= EXTERNAL_FOLLOWUPS:
        raise refusal("too_many_followups")
    message = _send(world, interaction, body, call)
    interaction.followups.append(message)
    return 200, message_json(world, message)


_W = "/webhooks/{webhook}/{token}"

ROUTES = [
    Route("POST", "/interactions/{interaction}/{token}/callback", _callback),
    Route("POST", _W, _follow_up),
    Route("GET", f"{_W}/messages/{{message}}", _get_answer),
    Route("PATCH", f"{_W}/messages/{{message}}", _edit_answer),
    Route("DELETE", f"{_W}/messages/{{message}}", _delete_answer),
]
