"""Where the sentences of a text are, on exact offsets.

`sentencex` knows the abbreviations of some 300 languages, loads in milliseconds and is seldom wrong where it cuts.
What it leaves undone for our purpose is done here: it keeps a quotation whole however long it is, it lets a mark
stray to the wrong side of a cut, and it knows nothing of clocks or of "asked Smith" after a question in quotes.
It is asked one paragraph at a time, so that a sentence never runs over a paragraph's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from bot.domain.value import Span
from bot.text.paragraphs import ONE_BREAK, paragraphs, trimmed

FALLBACK: Final = "en"
WINDOW: Final = 5_000  # characters

SURROGATE: Final = re.compile("[\ud800-\udfff]")

# Straight marks do not say whether they open or close; the library and the pairs below need to know.
STRAIGHT: Final = re.compile(r"``|''|\"")
STOP_INSIDE: Final = re.compile(r"[.!?…][’”)]*\s|[。！？]")
UNCLOSED: Final = re.compile(r"“(?![“”])(?=[^“”]*(?:“|$))")  # a quotation of several paragraphs opens each of them

# Each form stops at the next mark of its own kind, so an unclosed one costs a single pass.
QUOTED: Final = re.compile(r"“[^“”]+”|«[^«»]+»|»[^«»]+«|„[^„“”]+[“”]|[‘‚](?<!\w[‘‚])(?:[^‘’‚]|’(?=\w))+’(?!\w)")

TITLES: Final = (
    "Mr|Mrs|Ms|Mx|Messrs|Drs?|Profs?|Govs?|Sens?|Reps?|Gen|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Brig|Cpl|Pfc|Rev|Hon|Fr|Ste?"
    "|Supt|Insp|Det|Del|Atty|Amb|Sec|Pres|Mme|Mlle|Mgr|Msgr|Sra|Srta|Hr|vs|approx"
)
ENDS_IN_TITLE: Final = re.compile(rf"(?<!\w)(?:{TITLES})\.\s*$")

INITIAL: Final = re.compile(r"\b[A-Z]\.(?:$|(?=[\s,;:A-Z]))")

ENDS_IN_CLOCK: Final = re.compile(r"\b[ap]\.\s?m\.\s*$", re.IGNORECASE)
DAY_OR_ZONE: Final = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d"
    r"|(?:[ECMP][SD]?T|GMT|UTC|BST|CEST|CET|IST|JST)\b|(?:Eastern|Central|Mountain|Pacific|Greenwich)\b|to\b"
)

# After a question or a shout in quotation marks the sentence goes on with who said it.
ENDS_IN_CALL: Final = re.compile(r"[?!…—–-][\"”’»“']\s*$")
SPEECH: Final = (
    "said|says|asked|asks|added|adds|told|tells|wrote|writes|tweeted|posted|cried|cries|shouted|shouts|yelled|replied"
    "|replies|answered|answers|wondered|wonders|exclaimed|joked|jokes|demanded|demands|recalled|recalls|called|mused"
    "|whispered|continued|continues|quipped|snapped|screamed|chanted|responded|responds|insisted|insists|declared"
)
WHO_SAID: Final = re.compile(rf"(?:[\w.’'-]+,? ){{0,5}}?(?:{SPEECH})\b")

# The library takes the month for an abbreviation, wherever it stands.
AFTER_MAY: Final = re.compile(r"(?<=\bMay\. )(?=[A-Z“])")

# Nine cuts in ten: a word of some length, a stop, a blank, a capitalised word. They need no second look.
PLAIN: Final = re.compile(r"(?:(?<=[a-z]{4}[.!?]\s)|(?<=[a-z]{4}\.”\s)|(?<=[a-z] \d\d\.\s))[“‘]?[A-Z][a-z]")

# A cut must not part these from what stands before: a mark that closes, or a word that cannot begin a sentence.
BELONGS_BEFORE: Final = re.compile(r"[”’»)\]}]+(?=\s|$|[,;:.])|[,;:.!?](?![.\d])")
STRAY_CLOSER: Final = re.compile(r"\s*[”»)\]]+(?=\s|$)")
STRAY_OPENER: Final = re.compile(r"(?<=\s)[“‘«„(\[\"]\s*$")
ELLIPSIS_AT_END: Final = re.compile(r"\s(?:…|\.\s?\.\s?\.\.?)\s*$")
STOP_BEFORE: Final = re.compile(r"[.!?][\"”’»)]*\s*$")


def sentences(text: str, *, language: str = FALLBACK) -> list[Span]:
    """The sentences of `text` in order, trimmed, each inside one paragraph; `language` is ISO 639-1 or "und"."""
    return [sentence for paragraph in paragraphs(text) for sentence in sentences_in(text, paragraph, language)]


def sentences_in(text: str, paragraph: Span, language: str = FALLBACK) -> list[Span]:
    """The sentences of one paragraph of `text`: together they hold every character of it that is not blank."""
    return [span.shifted(paragraph.start) for span in _split(_flat(paragraph.of(text)), language)]


def _flat(paragraph: str) -> str:
    """The paragraph on one line, its quotation marks paired, every character where it was."""
    try:
        paragraph.encode()
    except UnicodeEncodeError:
        paragraph = SURROGATE.sub("\ufffd", paragraph)
    if len(paragraph.splitlines()) > 1:
        paragraph = ONE_BREAK.sub(lambda found: " " * len(found.group()), paragraph)
    return UNCLOSED.sub("•", STRAIGHT.sub(_directed, paragraph))


def _directed(mark: re.Match[str]) -> str:
    """A straight mark as one that opens or closes, as long as it was."""
    line, (start, end) = mark.string, mark.span()
    opens = mark.group() == "``" or (
        (start == 0 or line[start - 1] in " \xa0\t([—–-") and end < len(line) and not line[end].isspace()
    )
    return ("“" if opens else "”") * (end - start)


@lru_cache(maxsize=1_024)
def _split(flat: str, language: str) -> tuple[Span, ...]:
    found: list[Span] = []
    start = 0
    for end in [*_cuts(flat, language), len(flat)]:
        span = trimmed(flat, Span(start, end))
        start = end
        if span.start == span.end:
            continue
        if found and not flat[span.start].isalnum() and not any(map(str.isalnum, span.of(flat))):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)


def _cuts(flat: str, language: str) -> list[int]:
    """The places between two sentences, in order."""
    kept: list[int] = []
    for proposed in _proposed(flat, language):
        last = kept[-1] if kept else 0
        if proposed > last and PLAIN.match(flat, proposed):
            kept.append(proposed)
            continue
        cut = _placed(flat, proposed)
        if last < cut < len(flat) and not _one_sentence(flat[last:cut], flat[cut : cut + 80].lstrip()):
            kept.append(cut)
    return kept


def _proposed(flat: str, language: str) -> Iterator[int]:
    """Where the library cuts, and where it would inside each quotation, in order."""
    at = 0
    for piece in _segments(flat, language):
        for quoted in QUOTED.finditer(piece):
            inner = quoted.group()[1:-1]
            if not STOP_INSIDE.search(inner):
                continue
            within = at + quoted.start() + 1
            for part in _segments(inner, language)[:-1]:
                within += len(part)
                yield within
        at += len(piece)
        yield at


def _windows(flat: str) -> Iterator[str]:
    """`flat` in stretches of bounded length, cut behind a stop where there is one.

    The library takes more than linear time: on one long paragraph, and far more on thousands of unclosed marks.
    """
    while len(flat) > WINDOW:
        cut = max(flat.rfind(". ", 0, WINDOW), flat.rfind("。", 0, WINDOW)) + 1 or flat.rfind(" ", 0, WINDOW) + 1
        yield flat[: cut or WINDOW]
        flat = flat[cut or WINDOW :]
    yield flat


def _segments(flat: str, language: str) -> list[str]:
    """`flat` in pieces that make it up again, or whole where the library could not."""
    from sentencex import segment  # noqa: PLC0415  a native library: loaded when the first text needs it

    code = language.partition("-")[0].lower()
    known = code if code.isascii() and code.isalpha() and code != "und" else FALLBACK
    pieces: list[str] = [piece for window in _windows(flat) for piece in segment(known, window)]
    if "May. " in flat:
        pieces = [part for piece in pieces for part in AFTER_MAY.split(piece)]
    return pieces if "".join(pieces) == flat else [flat]


def _placed(flat: str, cut: int) -> int:
    """The cut moved over marks that belong to the sentence before it, or back over those of the one after."""
    window = max(0, cut - 12)
    closing = BELONGS_BEFORE.match(flat, cut)
    if closing and not flat[cut - 1].isspace():
        return closing.end()
    while closing := STRAY_CLOSER.match(flat, cut):
        cut = closing.end()
    head = flat[window:cut]
    if stray := STRAY_OPENER.search(head):
        return window + stray.start()
    if (dots := ELLIPSIS_AT_END.search(head)) and STOP_BEFORE.search(head[: dots.start()]):
        return window + dots.start()
    return cut


def _one_sentence(before: str, after: str) -> bool:
    """Whether a cut between the two would part one sentence."""
    if not after:
        return True
    tail = before[-24:]
    if INITIAL.search(tail) and INITIAL.match(after) and not before[-1].isspace():
        return True
    if ENDS_IN_TITLE.search(tail) or (ENDS_IN_CLOCK.search(tail) and DAY_OR_ZONE.match(after)):
        return True
    if ENDS_IN_CALL.search(tail) and WHO_SAID.match(after):
        return True
    if after[0] in ",;:)]}" or after[0].islower():
        return True
    return (dots := ELLIPSIS_AT_END.search(tail)) is not None and not STOP_BEFORE.search(tail[: dots.start()])
