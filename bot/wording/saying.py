"""Messages in the spoken locale.

A translation that does not fit (a field that nobody gave, a brace too many) is passed over for English: a slip in
a catalogue costs a reader one sentence in their language, never the answer.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from string import Formatter
from typing import Any, Final

from bot.wording.catalogue import SOURCE, catalogue
from bot.wording.locale import in_locale, spoken_language
from bot.wording.numbers import written_day, written_number

_log = logging.getLogger(__name__)
_UNSPACED: Final = frozenset({"ja"})  # languages that set no space between sentences


def say(message: str, /, **fields: object) -> str:
    """`message` in the spoken locale, its fields filled in."""
    language = spoken_language()
    if language != SOURCE:
        translated = catalogue(language).gettext(message) if message else ""  # the empty one is the file's header
        if translated and (said := _filled(translated, fields)) is not None:
            return said
    return _in_english(message, fields)


def say_n(one: str, several: str, count: int, /, **fields: object) -> str:
    """The plural that `count` wants; `{count}` is among the fields."""
    fields["count"] = count
    language = spoken_language()
    if language != SOURCE:
        translated = catalogue(language).ngettext(one, several, count)
        if translated and (said := _filled(translated, fields)) is not None:
            return said
    return _in_english(one if count == 1 else several, fields)


def say_all(*sentences: object) -> str:
    """Sentences of ours, each said already or a Phrase, one after the other as the spoken language sets them."""
    between = "" if spoken_language() in _UNSPACED else " "
    return between.join(said for said in map(str, sentences) if said)


class _Filler(Formatter):
    """Fills plain fields, `{name}` and `{name:format}`: a template reaches into no attribute and no item."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, date) and format_spec in {"short", "long"}:
            return written_day(value, "short" if format_spec == "short" else "long")
        if format_spec and isinstance(value, int | float):
            return written_number(value, format_spec)
        return format(value, format_spec)


_FILLER = _Filler()


def _filled(template: str, fields: Mapping[str, object]) -> str | None:
    """None where the template and the fields do not go together."""
    if not fields:
        return template
    try:
        return _FILLER.vformat(template, (), fields)
    except (KeyError, ValueError, TypeError):
        _complain(template)
        return None


def _in_english(message: str, fields: Mapping[str, object]) -> str:
    """The source itself. Its fields, too, speak English, so that a sentence is of one language."""
    if spoken_language() == SOURCE:
        said = _filled(message, fields)
    else:
        with in_locale(SOURCE):
            said = _filled(message, fields)
    return message if said is None else said


@cache
def _complain(template: str) -> None:
    _log.error("message and fields do not go together message=%r", template)
