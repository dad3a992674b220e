"""A local Discord that speaks the real protocol to the unmodified discord.py client, and the people in it.

    async with Playground() as playground:
        discord.http.Route.BASE = playground.api_url
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(playground.gateway_url)
        ...                                        # start the bot with playground.token
        await playground.wait_for_bot()

        ada = playground.person("ada")             # a member; "ada" may manage the guild, "grace" and "linus" not
        general = playground.channel("general")    # also: briefings, newsroom, reading-list (a forum)
        asked = await ada.say(general, f"{playground.mention} https://...", files=[("notes.txt", b"...")])
        reply = await playground.wait_for_message(general, after=asked)
        await playground.wait_until(reply, lambda m: "Key quotes" in m.text)
        await ada.click(reply, "Sources")          # by label or custom_id

        used = await ada.slash("brief", {"link": "https://..."}, general, attachments={"file": ("a.txt", b"")})
        used.original                              # the answer; used.followups, used.modal, used.choices
        form = await ada.click(reply, "Ask")
        await ada.submit_modal(form, {"Your question": "Why?"})
        await ada.select(reply, "sections", "Quotes")
        await ada.context_menu("Brief this", asked)
        await ada.autocomplete("digest remove", "name", "dai", general)

        forwarded = await grace.forward(asked, general)      # MESSAGE type 0, reference FORWARD, one snapshot
        await grace.react(asked, "📰")                       # and unreact; Message.reactions: emoji -> user ids
        ada.sees(general)                                    # without other people's ephemeral messages

`Message` records are live: `.text` (content and text displays), `.buttons`, `.ephemeral`, `.pinged`, `.revisions`,
`.attachments`, `.forward`. What a person cannot do raises UnknownCommandError, OptionError, ComponentError,
UnansweredError or NothingHappenedError (all of them PlaygroundError).

People: `playground.person(name, permissions_=("manage_guild",), locale="de", guild=guild)`; `.locale = "ja"`,
`.install()`, `.uninstall()`, `.join(guild)`, `.give_role(role)`, `.take_role(role)`, `.refuse_dms()`; `.dm` (with
the bot), `.dm_with(*others, name="")` (without it; of three and more a group), `.commands(channel, "slash")` (the
names offered; also "user", "message"). Somebody with the locale "de" may type German command and option names, or
choices.

Places (`changes`): `.create_guild(name, people=[ada], with_bot=False, locale="en-US", channel="lounge")`,
`.channel(name, guild=guild)`, `.create_channel(name, kind=0, guild=None, topic=None, nsfw=False)`,
`.delete_channel(c)` (threads too), `.rename(c, name)`, `.set_nsfw(c, nsfw=True)`, `.archive(thread, archived=True,
locked=False)`, `.create_role(name, "manage_guild", guild=None)`, `.set_guild_locale(guild, "de")`,
`.remove_bot(guild)`, `.add_bot(guild)`, `.set_guild_away(guild, away=True)` (an outage),
`.delete_messages(*messages)` (as a moderator), `.deny(channel, "send_messages")`, `.allow(channel)`,
`.allow_message_content(allowed=True)` (the developer portal).

The wire: `playground.requests`, `.sent("POST", "/messages")`, `.unknown_routes`, `.audit_log` (accepted requests
with a `.reason`), `.busiest("PATCH", "/messages/", seconds=5.0)` (most to one path in so long). Bad days:
`.faults.add("POST", "/messages$", status=429)`, `.faults.storm(seconds, retry_after=0.2,
route="^/(channels|webhooks)/", every=1, is_global=False)`, `.limit_sends(5, 5.0)`, `.limit_everything()` (every
route's bucket and 50 a second), `.limit_report()` (`.limited`, `.disobeyed`, `.obeyed`, `.invalid`, `.banned`,
`.busiest_second`, `.limited_by_route`), `.drop_sockets(4000, resumable=True)`, `.gateway_away(seconds)` (what is
missed comes by RESUME, once and in order), `.invalidate_session()` (op 9), `.ask_to_reconnect()` (op 7).

Time: `.world.clock.advance(seconds)`, `.freeze()`: an interaction is to be acknowledged within 3 s (10062) and its
token lives 15 minutes (50027) by that clock.

Beside it, on the same address: the page (`playground.url`), a scripted model endpoint (`playground.model_url`;
`playground.model.queue(...)`, `.requests`; see `model`) and a small news site (`playground.article_url(name)`; see
`site`).
"""

from bot.playground.accounting import LimitReport
from bot.playground.errors import (
    ComponentError,
    NothingHappenedError,
    OptionError,
    PlaygroundError,
    UnansweredError,
    UnknownCommandError,
)
from bot.playground.faults import Fault
from bot.playground.person import Person
from bot.playground.server import Playground
from bot.playground.state import Attachment, Channel, Forward, Guild, Interaction, Message, Role, Upload, User

__all__ = [
    "Attachment",
    "Channel",
    "ComponentError",
    "Fault",
    "Forward",
    "Guild",
    "Interaction",
    "LimitReport",
    "Message",
    "NothingHappenedError",
    "OptionError",
    "Person",
    "Playground",
    "PlaygroundError",
    "Role",
    "UnansweredError",
    "UnknownCommandError",
    "Upload",
    "User",
]
