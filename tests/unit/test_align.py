"""A claim is aligned when its words stand in the text; one changed word is another statement."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.value import Span
from bot.text.align import Aligner, How, align
from bot.text.folding import FoldedText

pytestmark = pytest.mark.unit

TEXT = """Harbour stays shut as “ghost barge” hunt goes on

“We will not send a single boat out,” Mayor Ina Brandt said. “The channel is a mess. … There is
 nothing to be done before Thursday.”

Some 1,250 people are out of work, and the U.S. owner has given up 3.5% of its shares, worth $4 million.

“All this s*** is on [the] quay, and it’s the workers’ pay that goes,” Tom Marsh told Reuters. “They
hoped – naively – that the life-saving crews would be back within 24 hours.”

The co-\nordinator of the search, Erdoğan Öztürk, called the government statement premature. Nobody else
would comment. “Nobody,” he said, “knows the government better than I do.” The café stayed open.
"""


def found(claim: str, text: str = TEXT, near: Span | None = None) -> tuple[How, str] | None:
    alignment = align(claim, text, near=near)
    return (alignment.how, alignment.span.of(text)) if alignment else None


@pytest.mark.parametrize(
    ("claim", "how", "quoted"),
    [
        ("We will not send a single boat out", "exact", "We will not send a single boat out"),
        ("“We will not send a single boat out,”", "exact", "We will not send a single boat out,"),
        ('"We will not send a single boat out"', "exact", "We will not send a single boat out"),
        ("we will not send a single boat out.", "normalised", "We will not send a single boat out"),
        ("The channel is a mess.", "exact", "The channel is a mess."),
        ("it's the workers' pay that goes", "normalised", "it’s the workers’ pay that goes"),
        ("They  hoped\xa0- naively -\u200b that", "normalised", "They\nhoped – naively – that"),
        (
            "The channel is a mess. ... There is nothing",
            "normalised",
            "The channel is a mess. … There is\n nothing",
        ),
        ("The channel is a mess. There is nothing", "fuzzy", "The channel is a mess. … There is\n nothing"),
        ("All this s*** is on [the] quay", "exact", "All this s*** is on [the] quay"),
        ("1,250 people are out of work", "exact", "1,250 people are out of work"),
        ("1250 people are out of work", "fuzzy", "1,250 people are out of work"),
        ("the US owner has given up", "fuzzy", "the U.S. owner has given up"),
        ("life saving crews", "fuzzy", "life-saving crews"),
        ("The coordinator of the search", "fuzzy", "The co-\nordinator of the search"),
        ("Erdog\u0306an O\u0308ztu\u0308rk", "normalised", "Erdoğan Öztürk"),
        ("the gov\u00adern\u00adment statement", "normalised", "the government statement"),
        ("“We will not send a single boat out,” Mayor Ina Brandt said.", "exact", None),
        ("We will not send a single boat out,” Mayor Ina Brandt said", "normalised", None),
        ("We will not send a single boat [of ours] out", "fuzzy", "We will not send a single boat out"),
        ("they hoped … that the life-saving crews", "fuzzy", "They\nhoped – naively – that the life-saving crews"),
        (
            "All this s*** [...] it’s the workers’ pay",
            "fuzzy",
            "All this s*** is on [the] quay, and it’s the workers’ pay",
        ),
        ("the quay", "fuzzy", "[the] quay"),
        ("We will not send … boat out", "fuzzy", "We will not send a single boat out"),
    ],
)
def test_the_same_words_are_found_and_the_source_speaks(claim: str, how: How, quoted: str | None) -> None:
    alignment = found(claim)
    assert alignment is not None
    if quoted is None:
        assert alignment[1] == "“We will not send a single boat out,” Mayor Ina Brandt said" + "." * (
            how == "exact"
        )
    else:
        assert alignment == (how, quoted)


@pytest.mark.parametrize(
    "claim",
    [
        "",
        "   ",
        "“”",
        "… [...] —",
        "We will send a single boat out",
        "We will never send a single boat out",
        "We will not send a single ship out",
        "We will not send a single big boat out",
        "We will not send any boat out",
        "All this stuff is on the quay",
        "All this s is on the quay",
        "1,251 people are out of work",
        "12,50 people are out of work",
        "has given up 35% of its shares",
        "has given up 3.5 of its shares",
        "worth €4 million",
        "worth 4 million",
        "and the owner has given up",
        "the cafe stayed open",
        "oat out",
        "We will not send a sin",
        "send single a boat",
        "We will not … knows the government",
        "The channel is a mess … before Friday",
        "Nobody knows the government better than I do",
        "Nobody … knows the government better than I do",
    ],
)
def test_other_words_are_not(claim: str) -> None:
    assert found(claim) is None


@pytest.mark.parametrize(
    ("claim", "stands"),
    [
        ("called the goverment statement premature. Nobody else would comment", True),
        ("called the govermnent statement premature. Nobody else would comment", True),
        ("called the government statement premture. Nobody else would comment", True),
        ("the goverment statement", False),
        ("called the goverment statment premature. Nobody else would comment", False),
        ("called the government statements premature. Nobody else would comment", False),
        ("called the government testament premature. Nobody else would comment", False),
        ("called the government statement premature. Nobdy else would comment", False),
        ("called the government statement premature. Nobody else would commend", False),
        ("called the governement stutement premature. Nobody else would comment", False),
    ],
)
def test_one_slip_in_eight_words_is_forgiven_unless_it_makes_another_word(claim: str, stands: bool) -> None:
    assert (found(claim) is not None) is stands


def test_a_word_that_the_text_has_elsewhere_is_no_slip() -> None:
    text = "The country voted on the plan for the whole county. They hold that the country is ready for this now."
    assert align("They hold that the county is ready for this now", text) is None


def test_near_picks_the_occurrence_that_was_meant() -> None:
    text = "It is over. " * 10
    assert align("It is over", text) is not None
    for number in range(10):
        hint = Span(number * 12 + 3, number * 12 + 5)
        alignment = align("it is over", text, near=hint)
        assert alignment is not None
        assert alignment.span.start == number * 12


def test_without_a_hint_the_occurrence_with_the_claims_own_marks_is_preferred() -> None:
    text = "WE WON, he wrote. Later: “We won!” she said."
    assert found("We won!", text) == ("exact", "We won!")


def test_scripts_without_blanks_align_within_a_clause() -> None:
    text = "市長は「港はまだ閉まっている」と述べた。"
    assert found("港はまだ閉まっている", text) == ("exact", "港はまだ閉まっている")
    assert found("港はもう閉まっている", text) is None


WORDS = FoldedText(TEXT)
POSITIONS = st.integers(0, len(WORDS.spans) - 1)


def stretch(data: st.DataObject, least: int = 1) -> str:
    first = data.draw(st.integers(0, len(WORDS.spans) - least))
    last = data.draw(st.integers(first + least - 1, min(first + least + 25, len(WORDS.spans) - 1)))
    return TEXT[WORDS.spans[first][0] : WORDS.spans[last][1]]


@given(st.data())
def test_any_stretch_of_whole_words_aligns_to_the_letter(data: st.DataObject) -> None:
    claim = stretch(data)
    alignment = align(claim, TEXT)
    assert alignment is not None
    assert claim in alignment.span.of(TEXT) or alignment.how == "normalised"
    assert FoldedText(alignment.span.of(TEXT)).words == FoldedText(claim).words


@given(st.data(), st.sampled_from(["NFC", "NFD", "NFKC"]))
def test_another_keyboard_changes_nothing(data: st.DataObject, form: str) -> None:
    claim = stretch(data)
    typed = unicodedata.normalize(form, claim).translate(str.maketrans("“”‘’–", "\"\"''-"))  # type: ignore[arg-type]
    typed = typed.replace("…", "...").replace(" ", "  ")
    alignment = align(typed, TEXT)
    assert alignment is not None
    assert FoldedText(alignment.span.of(TEXT)).words == FoldedText(claim).words


@given(st.data(), st.sampled_from(["zebra", "never", "not", "seventeen", "99", "lighthouse"]))
def test_one_word_replaced_added_or_left_out_is_refused(data: st.DataObject, word: str) -> None:
    claim = stretch(data, least=5)
    parts = FoldedText(claim).spans
    assume(len(parts) >= 4)
    number = data.draw(st.integers(1, len(parts) - 2))
    start, end = parts[number]
    assume(claim[start:end] != word)
    assert align(f"{claim[:start]}{word}{claim[end:]}", TEXT) is None
    assert align(f"{claim[:start]}{word} {claim[start:]}", TEXT) is None
    shorter = claim[:start] + claim[end:]
    assume(FoldedText(shorter).words != FoldedText(claim).words)
    alignment = align(shorter, TEXT)
    assert alignment is None or FoldedText(alignment.span.of(TEXT)).words == FoldedText(shorter).words


ODD = st.text(
    alphabet=st.sampled_from(
        "ab A.,'’“”\"-–…[]()*\n\r\t\xa0\u00ad\u200b\u202e\ufeff\ud800\udfff1٣½ﬁée\u0301漢กكم$%€&|^\x00😀"
    )
    | st.characters(),
    max_size=60,
)


@given(ODD, ODD, st.none() | st.tuples(st.integers(-5, 99), st.integers(-5, 99)))
def test_nothing_makes_it_raise_and_what_it_returns_lies_in_the_text(
    claim: str, text: str, near: tuple[int, int] | None
) -> None:
    alignment = align(claim, text, near=Span(*near) if near else None)
    if alignment:
        assert 0 <= alignment.span.start < alignment.span.end <= len(text)


@given(ODD)
def test_a_text_aligns_with_itself_where_it_has_words(text: str) -> None:
    alignment = Aligner(text).align(text)
    assert (alignment is not None) == bool(FoldedText(text).words)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("a " * 3_000 + "xyzzyx", "a " * 100_000),
        ("a b … c d … e f", "a b x x x x x c d " * 10_000),
        ("[a " * 30_000, "a " * 100),
        ("-a" * 50_000, "a-" * 50_000),
        ("a-" + " " * 50_000, "a-" + " " * 100_000),
        ("a**" * 30_000, "a*" * 50_000),
        ("1," * 50_000, "1.2" * 50_000),
        ('"' * 50_000, '"a' * 50_000),
        (". . . " * 20_000, "… " * 50_000),
        ("u." * 50_000, "u.s" * 30_000),
    ],
)
def test_long_and_odd_claims_come_to_an_end(claim: str, text: str) -> None:
    alignment = align(claim, text)
    assert alignment is None or alignment.span.end <= len(text)
