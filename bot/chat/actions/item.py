"""What one presses under a briefing: buttons, menus and forms whose whole state is their custom_id.

    nutgraf:do:<what>:<key of the answer>:<who asked for it>:<o: open to all, p: seen by that person alone>:<rest>

So they outlive a restart, and who pressed them is answered before anything is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

import discord
from discord import ui

from bot.chat.actions.ids import KEY, custom_id
from bot.chat.pressed import Interaction, Item, fields_of, picked, pressed_item
from bot.domain.answer import Answered
from bot.wording import say

PATTERN: Final = re.compile(
    rf"nutgraf:do:(?P<what>[a-z]{{1,16}}):{KEY}:(?P<asker>[0-9a-z]{{1,13}}):(?P<seen>[op])(?::(?P<rest>[\w.-]{{0,24}}))?"
)
_LABEL, _OPTION = 80, 100  # Discord's limits: characters of a button, and of a menu's placeholder or option


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What was pressed: `what` it does with the answer `key`, for which `asker` asked.

    `private`: only the asker sees that answer. `picked`: the values of a menu. `typed`: the fields of a form.
    """

    what: str
    key: str
    asker: int
    private: bool
    rest: str = ""
    picked: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def on(cls, answered: Answered, what: str = "") -> Self:
        """What stands under a briefing."""
        place = answered.place
        return cls(what=what, key=answered.key, asker=place.asker_id, private=place.private)

    @classmethod
    def of(cls, interaction: Interaction) -> Self | None:
        """What an interaction pressed or sent in; None where it is nothing of ours."""
        data: Any = interaction.data or {}
        found = PATTERN.fullmatch(data.get("custom_id", ""))
        if found is None:
            return None
        return cls(
            what=found["what"],
            key=found["key"],
            asker=int(found["asker"], 36),
            private=found["seen"] == "p",
            rest=found["rest"] or "",
            picked=picked(interaction),
            typed={name: words.strip() for name, words in fields_of(interaction).items() if words},
        )

    def id(self, what: str, rest: str = "") -> str:
        """The custom_id of something that is to be pressed next."""
        seen = "p" if self.private else "o"
        return custom_id("do", what, self.key, self.asker, seen, *([rest] if rest else []))

    def only_for(self, person: int) -> bool:
        """Whether what this press brings is for who pressed alone: others than the asker do not fill channels."""
        return self.private or person != self.asker

    def about(self, what: str) -> Self:
        """The same answer, something else to do."""
        return replace(self, what=what)


Act = Callable[[Interaction, Press], Awaitable[None]]  # raises what the net under every press tells


def button(
    press: Press,
    what: str,
    label: str,
    *,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    emoji: str | None = None,
    rest: str = "",
) -> ui.Item[Any]:
    """A button that does `what`."""
    return ui.Button(label=clip(label, _LABEL), style=style, emoji=emoji, custom_id=press.id(what, rest))


def ask_button(press: Press) -> ui.Item[Any]:
    """Has a question about the article asked; so has a reply to the message that it stands in, see `asked_of`."""
    return button(press, "ask", say("Ask"), emoji="💬")


def asked_of(message: discord.Message) -> str | None:
    """The key of the answer whose article may be asked by a reply to `message`, one of ours."""
    for child in ui.LayoutView.from_message(message, timeout=None).walk_children():
        found = PATTERN.fullmatch(getattr(child, "custom_id", None) or "")
        if found and found["what"] == "ask":
            return found["key"]
    return None


def menu(press: Press, what: str, placeholder: str, *, rest: str = "") -> ui.Select[Any]:
    """An empty menu that does `what` with the one that is picked."""
    return ui.Select(custom_id=press.id(what, rest), placeholder=clip(placeholder))


def clip(text: str, most: int = _OPTION) -> str:
    """`text`, cut to what a menu's option takes."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def action_item(act: Act) -> Item:
    """The class of all of these; `act` gets what was pressed."""

    async def pressed(interaction: Interaction, _: re.Match[str]) -> None:
        press = Press.of(interaction)
        assert press is not None  # noqa: S101  the pattern matched
        await act(interaction, press)

    return pressed_item(PATTERN, pressed)
