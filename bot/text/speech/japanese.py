"""Who said what in Japanese: 「…」と市長は語った, 市長は「…」と語った.

Japanese sets no blanks and no capitals, so nothing of the other languages' grammar serves. What does: a quotation
that was said is followed by と and a verb of speech, and whoever says it stands before は or が, on either side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from bot.domain.value import Span
from bot.text.speech.quotations import Quotation

_VERBS: Final = (
    "語|話|述べ|言|いう|訴え|説明|強調|指摘|答え|コメント|明か|明らか|振り返|嘆|批判|主張|表明|呼びかけ|伝え|投稿|つづ"
    "|打ち明け|喜|怒|笑|力を込め|釈明|反論|擁護|警告|約束|求め|期待|懸念|評価|意気込|声を|たたえ|謝|感謝|報告|発表"
)
# What is called something (という) was not said.
_SAID: Final = re.compile(rf"(?:など)?と(?!いう|いった|は|か)(?P<between>[^。\n「」『』]{{0,60}}?)(?:{_VERBS})")
_TOPIC: Final = re.compile("(?<![でにとへらまの])は")
_SUBJECT: Final = re.compile("が")
_SENTENCE: Final = re.compile(r"[^。\n「」『』]*\Z")
_SET_APART: Final = re.compile(r"[、,，\s　]")
_HONOUR: Final = re.compile(r"(?:氏|さん|様|君)\Z")
_TITLE: Final = re.compile(
    r"(?:大統領|首相|大臣|長官|知事|市長|町長|村長|区長|議長|議員|会長|社長|部長|課長|局長|所長|署長|院長|校長|団長|港長"
    r"|教授|監督|選手|代表|弁護士|医師|記者|容疑者|被告)\Z"
)
_NOBODY: Final = frozenset({"彼", "彼女", "同氏", "私", "自分", "本人", "僕", "俺", "これ", "それ"})
_LONGEST_NAME: Final = 20  # characters; a longer subject is half a sentence


class Teller(NamedTuple):
    """Who said a quotation: the mention, and the name and role in it; all None where the text does not tell."""

    mention: Span | None
    name: str | None
    role: str | None


def tellers(text: str, quotes: Sequence[Quotation]) -> Mapping[int, Teller]:
    """Those of `quotes`, by their number, that the text says were said, and by whom."""
    found: dict[int, Teller] = {}
    for number, quote in enumerate(quotes):
        said = _SAID.match(text, quote.span.end) if quote.closed else None
        if said is not None:
            behind = _subject(text, *said.span("between"))
            found[number] = behind or _before(text, quote) or Teller(None, None, None)
    return found


def _before(text: str, quote: Quotation) -> Teller | None:
    start = quote.span.start
    lead = _SENTENCE.search(text, max(0, start - 80), start)
    return _subject(text, lead.start(), start) if lead else None


def _subject(text: str, start: int, end: int) -> Teller | None:
    """Whoever stands before the first は, which is what the sentence is about, or else before the last が."""
    topics, subjects = (
        [found.start() for found in each.finditer(text, start, end)] for each in (_TOPIC, _SUBJECT)
    )
    if not (topics or subjects):
        return None
    last = topics[0] if topics else subjects[-1]
    words = text[start:last]
    pieces = [match.end() for match in _SET_APART.finditer(words)]
    return _teller(text, Span(start + (pieces[-1] if pieces else 0), last))


def _teller(text: str, mention: Span) -> Teller | None:
    words = mention.of(text)
    of, _, named = words.rpartition("の")
    bare = _HONOUR.sub("", named)
    title = _TITLE.search(bare)
    name, role = words, ""  # not by name: 広報担当者
    if title and title.start() > 0:
        name, role = bare[: title.start()], title[0]
    elif bare != named:
        name, role = bare, of
    if not 1 <= len(name) <= _LONGEST_NAME or name in _NOBODY:
        return Teller(None, None, None)
    return Teller(mention, name, role or None)
