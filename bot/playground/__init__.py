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

`Message` records are live: `.text` (content and text displays), `.buttons`, `.ephemeral`, `.pinged`, `.revisions`.
The wire: `playground.requests`, `.sent("POST", "/messages")`, `.unknown_routes`; bad days:
`.faults.add("POST", "/messages$", status=429)`, `.limit_sends(5, 5.0)`, `.drop_sockets(4000)`, `.gateway_away(2)`;
permissions: `.deny(channel, "send_messages")`; time: `.world.clock.advance(seconds)`, `.freeze()`. What a person
cannot do raises UnknownCommandError, OptionError, ComponentError, UnansweredError or NothingHappenedError (all of
them PlaygroundError).

Beside it, on the same address: the page (`playground.url`), a scripted model endpoint (`playground.model_url`;
`playground.model.queue(...)`, `.requests`; see `model`) and a small news site (`playground.article_url(name)`; see
`site`).
"""

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
from bot.playground.state import Attachment, Channel, Guild, Interaction, Message, Upload, User

__all__ = [
    "Attachment",
    "Channel",
    "ComponentError",
    "Fault",
    "Guild",
    "Interaction",
    "Message",
    "NothingHappenedError",
    "OptionError",
    "Person",
    "Playground",
    "PlaygroundError",
    "UnansweredError",
    "UnknownCommandError",
    "Upload",
    "User",
]
