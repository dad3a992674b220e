"""The same briefing, wished otherwise: a new order, answered below. Anybody may wish; see `Press.only_for`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, get_args

from bot.chat.actions.asking import Interaction, desk_of, record
from bot.chat.actions.deferred import DeferredAnswer
from bot.chat.actions.item import Press
from bot.chat.actions.parts import ActionParts
from bot.chat.failures import Gone
from bot.domain.answer import Answered
from bot.domain.languages import language_code
from bot.domain.order import ArticleOrder, Length
from bot.domain.section import SectionKind

LENGTHS: Final[tuple[Length, ...]] = get_args(Length)
_SAID: Final = frozenset(ArticleOrder.model_fields)  # all of it was chosen, by the order before and by this press

Change = Callable[[Answered, Press], dict[str, object]]


async def reorder(interaction: Interaction, press: Press, _: ActionParts) -> None:
    """Order what is kept under the press's key, with the change that its name stands for."""
    try:
        answer = await DeferredAnswer.begun(interaction, private=press.only_for(interaction.user.id))
    except Gone:
        return

    async def ordered() -> ArticleOrder:
        answered = await record(interaction, press.key, made=press.what not in UNMADE)
        return changed(answered, press)

    await desk_of(interaction).serve(answer, ordered, said=_SAID)


def changed(answered: Answered, press: Press) -> ArticleOrder:
    """The order that `press` makes of that of a briefing. Raises UsageError."""
    update = {"fresh": False, **CHANGES[press.what](answered, press)}
    return answered.order.model_copy(update=update)


def stepped(length: Length, step: int) -> Length | None:
    """One length shorter (-1) or longer (+1); None at the end of the scale."""
    at = LENGTHS.index(length) + step
    return LENGTHS[at] if 0 <= at < len(LENGTHS) else None


def sections_of(answered: Answered, kind: SectionKind) -> tuple[str, ...]:
    """The names of the sections of that kind in a briefing."""
    sections = answered.brief.sections if answered.brief else ()
    return tuple(section.name for section in sections if section.kind == kind)


def _length(step: int) -> Change:
    return lambda answered, _: {"length": stepped(answered.order.length, step) or answered.order.length}


def _only(kind: SectionKind) -> Change:
    return lambda answered, _: {"sections": sections_of(answered, kind) or answered.order.sections}


def _language(_: Answered, press: Press) -> dict[str, object]:
    return {"language": language_code(press.picked[0] if press.picked else press.typed.get("code", ""))}


CHANGES: Final[Mapping[str, Change]] = {
    "shorter": _length(-1),
    "longer": _length(+1),
    "language": _language,
    "quotes": _only("quotes"),
    "timeline": _only("timeline"),
    "whole": lambda _, __: {"sections": None},
    "redo": lambda _, __: {"fresh": True},
    "again": lambda answered, _: {"fresh": answered.order.fresh},
}
UNMADE: Final = frozenset({"again"})  # what makes sense of an order that failed or was cancelled, too
