"""The panel: what holds at a place with what there is to do, one setting with its control, and the latest changes.

One message, for the person alone; each page takes the place of the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import discord
from discord import ui

from bot.chat.entrances import Form
from bot.chat.languages import OFFERED
from bot.chat.settings import words
from bot.chat.settings.items import item_id
from bot.domain.audit import AuditEntry
from bot.domain.languages import OWN_NAMES
from bot.services.settings_desk import MOST_NAMED, Panel, order_of
from bot.wording import Phrase, say

View = ui.LayoutView
Row = Sequence[ui.Item[Any]]

TYPED: Final = frozenset({"language", "cooldown", "daily_tokens", "daily_tokens_each", "interests"})
_LABEL, _MENU = 100, 25  # Discord's limits: characters of an option, options of a menu
_PLACES: Final = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
]


def home(panel: Panel, guild: discord.Guild, here: int, note: str = "") -> View:
    """All settings of a place. `here` is the channel that the panel stands in."""
    head = say("## Settings for {place}", place=words.place(panel.channel_id))
    shown = [name for name in words.TITLES if name in panel.held and _is_shown(name, panel)]
    lines = [words.line(panel.held[name], panel) for name in shown]
    menu = _menu("open", panel, say("Change a setting"), "")
    for name in shown:
        menu.add_option(
            label=_clip(str(words.TITLES[name])), value=name, description=_clip(str(words.ABOUT[name]))
        )
    buttons = [_button("recent", panel, say("Recent changes"))]
    if panel.chosen:
        buttons.append(_button("clear", panel, say("Reset all of these to inherited")))
    other: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id=item_id("scope", panel.channel_id, "other"),
        channel_types=_PLACES,
        placeholder=_clip(say("Settings of another channel")),
    )
    return _page([head, "\n".join(lines), note], [[menu]], [[_scopes(panel, guild, here)], [other], buttons])


def setting(panel: Panel, guild: discord.Guild, name: str, note: str = "") -> View:
    """One setting, and what it can be changed to."""
    held = panel.held[name]
    head = f"### {words.TITLES[name]}\n{words.ABOUT[name]}"
    of = say("For {place}", place=words.place(panel.channel_id))
    now = f"{words.line(held, panel)}\n-# {of}"
    buttons = [_button("home", panel, say("Back"))]
    if name in TYPED:
        buttons.append(_button("type", panel, say("Write it"), name, discord.ButtonStyle.primary))
    if held.origin == "here":
        buttons.append(_button("reset", panel, say("Reset to inherited"), name))
    return _page([head, now, note], [[item] for item in _controls(panel, guild, name)], [buttons])


def sure(panel: Panel) -> View:
    """Asks before all choices of a place are taken back."""
    named = ", ".join(str(words.TITLES[name]) for name in panel.chosen)
    asked = say(
        "Take back all that was chosen for {place}: {settings}?",
        place=words.place(panel.channel_id),
        settings=named,
    )
    yes = _button("reset", panel, say("Reset all of these to inherited"), "", discord.ButtonStyle.danger)
    return _page([asked], [], [[_button("home", panel, say("Back")), yes]])


def recent(panel: Panel, entries: Iterable[AuditEntry]) -> View:
    """The latest changes in the server, newest first."""
    lines = [words.entry_line(entry, panel) for entry in entries] or [say("Nothing was changed yet.")]
    return _page([say("## Recent changes"), "\n".join(lines)], [], [[_button("home", panel, say("Back"))]])


class TypeForm(Form):
    """A field for a setting that is written, not picked. Its text is handed to `taken`."""

    def __init__(self, name: str, taken: Any) -> None:
        super().__init__(title=_clip(str(words.TITLES[name]), 45), timeout=_FORM_SECONDS)
        self._taken = taken
        self.field: ui.TextInput[Any] = ui.TextInput(
            custom_id="value",
            max_length=1_000 if name == "interests" else 40,
            placeholder=_clip(str(_EXAMPLES[name])),
        )
        self.add_item(ui.Label(text=_clip(str(words.TITLES[name]), 45), component=self.field))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Hand over what was written."""
        await self._taken(interaction, self.field.value)


_FORM_SECONDS: Final = 3_600.0
_EXAMPLES: Final = {
    "language": Phrase("de, or German"),
    "cooldown": Phrase("30, 30 s or 5 min; 0: no pause"),
    "daily_tokens": Phrase("200,000 or 200k; 0: no model is asked"),
    "daily_tokens_each": Phrase("20,000 or 20k; 0: no model is asked"),
    "interests": Phrase("harbour, trams, housing"),
}


def _controls(panel: Panel, guild: discord.Guild, name: str) -> list[ui.Item[Any]]:
    """The menus of a setting; none where it is only written."""
    value = panel.held[name].value
    if name in words.PICKS:
        picked = str(value).lower() if isinstance(value, bool) else value
        return [_picks(panel, name, [(key, str(label)) for key, label in words.PICKS[name]], picked)]
    if name == "language":
        codes = dict.fromkeys([*OFFERED, *([value] if value != "auto" else [])])
        offers = [("auto", say("Each article's own")), *((code, OWN_NAMES.get(code, code)) for code in codes)]
        return [_picks(panel, name, offers, value)]
    if name == "model":
        return [_picks(panel, name, [(model, model) for model in panel.models], value)]
    if name == "sections":
        return _section_menus(panel)
    if name == "roles":
        return [_role_menu(panel, guild, value)]
    if name in {"only_channels", "not_channels"}:
        return [_channel_menu(panel, guild, name, value)]
    return []


def _picks(panel: Panel, name: str, offers: Iterable[tuple[str, str]], picked: object) -> ui.Select[Any]:
    menu = _menu("set", panel, say("Choose"), name)
    for value, label in list(offers)[:_MENU]:
        menu.add_option(label=_clip(label), value=_clip(value), default=value == picked)
    return menu


def _section_menus(panel: Panel) -> list[ui.Item[Any]]:
    """Which sections, and below it their order: each that is picked there moves up by one place."""
    order = order_of(panel)
    titles = {section.name: say(section.title) for section in panel.sections}
    which = _menu("set", panel, say("Which sections"), "sections")
    # In the order that holds, so that picking another one does not change it.
    for name in list(dict.fromkeys([*order, *titles]))[:_MENU]:
        which.add_option(label=_clip(titles.get(name, name)), value=name, default=name in order)
    which.max_values = len(which.options)
    if len(order) < 2:
        return [which]
    up = _menu("up", panel, say("Move one up"), "sections")
    for place, name in enumerate(order[1:_MENU], 2):
        up.add_option(label=_clip(f"{place}. {titles.get(name, name)}"), value=name)
    return [which, up]


def _role_menu(panel: Panel, guild: discord.Guild, value: Sequence[int]) -> ui.RoleSelect[Any]:
    known = [discord.SelectDefaultValue.from_role(role) for i in value if (role := guild.get_role(i))]
    return ui.RoleSelect(
        custom_id=item_id("set", panel.channel_id, "roles"),
        placeholder=_clip(say("Everyone")),
        min_values=0,
        max_values=MOST_NAMED,
        default_values=known,
    )


def _channel_menu(panel: Panel, guild: discord.Guild, name: str, value: Sequence[int]) -> ui.ChannelSelect[Any]:
    known = [discord.Object(i, type=discord.abc.GuildChannel) for i in value if guild.get_channel(i)]
    return ui.ChannelSelect(
        custom_id=item_id("set", panel.channel_id, name),
        placeholder=_clip(say("Channels and categories")),
        channel_types=[*_PLACES, discord.ChannelType.category],
        min_values=0,
        max_values=MOST_NAMED,
        default_values=[discord.SelectDefaultValue(id=channel.id, type=_CHANNEL) for channel in known],
    )


_CHANNEL: Final = discord.SelectDefaultValueType.channel


def _scopes(panel: Panel, guild: discord.Guild, here: int) -> ui.Select[Any]:
    """The whole server, this channel, and the channels that have choices of their own."""
    menu = _menu("scope", panel, say("Settings of …"), "")
    menu.add_option(label=_clip(say("The whole server")), value="0", default=not panel.channel_id)
    places = dict.fromkeys(place for place in (here, panel.channel_id, *panel.places) if place)
    for place in list(places)[: _MENU - 1]:
        channel = guild.get_channel(place)
        label = f"#{channel.name}" if channel else say("A channel that is gone")
        own = say("has choices of its own") if place in panel.places else None
        menu.add_option(
            label=_clip(label), value=str(place), default=place == panel.channel_id, description=own and _clip(own)
        )
    return menu


def _is_shown(name: str, panel: Panel) -> bool:
    """Models are spoken of only where there are any."""
    return bool(panel.models) or name not in {"model", "engine"}


def _menu(does: str, panel: Panel, placeholder: str, name: str) -> ui.Select[Any]:
    return ui.Select(custom_id=item_id(does, panel.channel_id, name), placeholder=_clip(placeholder))


def _button(
    does: str,
    panel: Panel,
    label: str,
    name: str = "",
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> ui.Button[Any]:
    return ui.Button(label=_clip(label, 80), style=style, custom_id=item_id(does, panel.channel_id, name))


def _page(texts: Sequence[str], inner: Sequence[Row], below: Sequence[Row]) -> View:
    """A view that discord.py does not keep in memory: the items carry their state in their custom_id."""
    container: ui.Container[View] = ui.Container()
    for number, text in enumerate(text for text in texts if text):
        if number:
            container.add_item(ui.Separator())
        container.add_item(ui.TextDisplay(text))
    for row in inner:
        container.add_item(ui.ActionRow(*row))
    view = View(timeout=None)
    view.add_item(container)
    for row in below:
        view.add_item(ui.ActionRow(*row))
    view.stop()
    return view


def _clip(text: str, most: int = _LABEL) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
