"""Each way in which prose says who spoke, by an example of our own; what the text does not say stays None."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.speech import AttributedQuote, attributed_quotes

pytestmark = pytest.mark.unit


def said(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    """The words of each key quote, and its speaker."""
    return [(q.words.of(text), q.speaker) for q in attributed_quotes(text, language=language) if q.key]


def speakers(text: str, language: str = "en") -> list[str | None]:
    return [speaker for _, speaker in said(text, language)]


def only(text: str) -> AttributedQuote:
    (quote,) = attributed_quotes(text)
    return quote


@pytest.mark.parametrize(
    "text",
    [
        "“The quay is closed to everyone,” Ina Brandt said.",
        "“The quay is closed to everyone,” said Ina Brandt.",
        "“The quay is closed to everyone,” said Ina Brandt, who runs the port, on Friday.",
        "“The quay is closed to everyone,” Ina Brandt told the Harbour Post on Friday.",
        "“Is the quay closed to everyone?” Ina Brandt asked.",
        "“The quay is closed to everyone.” Ina Brandt said.",
        "Ina Brandt said, “The quay is closed to everyone.”",
        "Ina Brandt said that “the quay is closed to everyone.”",
        "Ina Brandt: “The quay is closed to everyone.”",
        "On Monday in Aberdeen, Scotland, Ina Brandt said: “The quay is closed to everyone.”",
        "In a letter to the council Ina Brandt wrote that “the quay is closed to everyone.”",
        "According to Ina Brandt, “the quay is closed to everyone.”",
        "“The quay is closed to everyone,” according to Ina Brandt.",
        "As Ina Brandt put it, “the quay is closed to everyone.”",
        "“The quay is closed to everyone,” tweeted Ina Brandt.",
        "Ina Brandt later testified: “The quay is closed to everyone.”",
        "Ina Brandt was quoted as saying “the quay is closed to everyone.”",
        "Ina Brandt, a harbour pilot for thirty years, wrote in a note that “the quay is closed to everyone.”",
        "“The quay is closed to everyone,” Ina Brandt, the pilot who found the barge, wrote in a post.",
        "Ina Brandt, who is 61, argued on Sunday that “the quay is closed to everyone.”",
        "Ina Brandt waved at the crowd, saying “the quay is closed to everyone.”",
        "Ina Brandt took the microphone and said, “The quay is closed to everyone.”",
        "The order was described by Ina Brandt as “the quay is closed to everyone.”",
        "In Ina Brandt’s words, “the quay is closed to everyone.”",
        "After saying “the quay is closed to everyone,” Ina Brandt left.",
        "Ina Brandt said she thinks the rule is that “the quay is closed to everyone.”",
        "“The quay is closed to everyone.” — Ina Brandt",
        "“The quay is closed to everyone.”\n\n— Ina Brandt",
        "Ina Brandt had an answer ready:\n\n“The quay is closed to everyone.”",
        "“The quay is closed to everyone,” Ina Brandt thundered afresh.",
        "Ina Brandt worded it more carefully: “The quay is closed to everyone.”",
        "Ina Brandt came under fire over her remark that “the quay is closed to everyone.”",
        "The crews rowed on, with Ina Brandt reportedly yelling: “The quay is closed to everyone.”",
        "In a note passed round on Thursday, Ina Brandt weighed in, saying: “The quay is closed to everyone.”",
        "A pilot asked for a map and Ina Brandt said, “the quay is closed to everyone.”",
        "Even as Ina Brandt claimed that “the quay is closed to everyone,” a pilot said it was open.",
        "Ina Brandt said it was like a film titled “Ebb,” explaining, “the quay is closed to everyone.”",
    ],
)
def test_each_pattern_of_attribution_names_the_speaker(text: str) -> None:
    assert speakers(text)[-1:] == ["Ina Brandt"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The catch is down by half,” said a fisherman from Kiel.", "a fisherman from Kiel"),
        ("“The catch is down by half,” a Fisheries Board estimate found.", "a Fisheries Board estimate"),
        ("“The catch is down by half,” according to a Fisheries Board paper released on Friday.", None),
        ("“The catch is down by half,” the statement said.", "the statement"),
        ("The two skippers said “the catch is down by half.”", "The two skippers"),
        ("Critics say “the catch is down by half.”", "Critics"),
        ("“The catch is down by half,” the Fisheries Board said.", "Fisheries Board"),
        ("“The catch is down by half,” a notice from the ministry read.", "a notice from the ministry"),
    ],
)
def test_who_has_no_name_stands_as_the_text_has_it(text: str, speaker: str | None) -> None:
    assert speakers(text) == [speaker or "a Fisheries Board paper"]


def test_a_last_name_stands_for_the_full_name_and_keeps_its_office() -> None:
    text = "Mayor Ina Brandt came early. “We are shut until Thursday,” Brandt said."
    quote = only(text)
    assert (quote.speaker, quote.role) == ("Ina Brandt", "Mayor")
    assert [span.of(text) for span in quote.speaker_evidence] == ["Brandt", "Ina Brandt"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("“We are shut until Thursday,” Harbour Board spokesman Tom Marsh said.", "Harbour Board spokesman"),
        ("“We are shut until Thursday,” Radio Kiel’s Tom Marsh reported.", "Radio Kiel"),
        ("“We are shut until Thursday,” said the deputy minister Tom Marsh.", "deputy minister"),
        ("“We are shut until Thursday,” Mr. Tom Marsh said.", None),
        (
            "“We are shut until Thursday,” said Fisheries Board Deputy Secretary Tom Marsh.",
            "Fisheries Board Deputy Secretary",
        ),
    ],
)
def test_the_words_before_a_name_are_its_role(text: str, role: str | None) -> None:
    quote = only(text)
    assert (quote.speaker, quote.role) == ("Tom Marsh", role)


@pytest.mark.parametrize(
    ("text", "mention", "role"),
    [
        ("“It was dark,” said its only pilot, Ina Brandt.", "Ina Brandt", "pilot"),
        ("“It was dark,” said the buyer, Ina Brandt, a retired pilot.", "Ina Brandt", "buyer"),
        ("Kiel’s envoy, Ina Brandt, told reporters: “It was dark.”", "Ina Brandt", "Kiel’s envoy"),
        ("The minister of the day, Ina Brandt, said that “it was dark.”", "Ina Brandt", "minister of the day"),
        ("Its manager, Ina Brandt, told me: “It was dark.”", "Ina Brandt", "manager"),
        ("“It was dark,” said her colleague Ina Brandt.", "her colleague Ina Brandt", "colleague"),
        ("“It was dark,” said the mayor of Kiel, Ina Brandt.", "Ina Brandt", "mayor of Kiel"),
        ("“It was dark,” said Ina Brandt, a pilot from Kiel.", "Ina Brandt", "a pilot from Kiel"),
    ],
)
def test_a_description_with_a_name_beside_it_is_the_role_of_that_name(text: str, mention: str, role: str) -> None:
    quote = only(text)
    assert quote.speaker_span is not None
    assert (quote.speaker, quote.speaker_span.of(text), quote.role) == ("Ina Brandt", mention, role)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It was dark,” said the mayor of Kiel, Ohio.", "the mayor of Kiel"),
        ("“It was dark,” said the mayor of Orange, New Jersey.", "the mayor of Orange"),
        ("According to the report, Ina Brandt said “it was dark.”", "Ina Brandt"),
        ("“It was dark,” said the pilot, Ina Brandt and Tom Marsh.", "the pilot"),
    ],
)
def test_a_name_after_a_comma_that_is_no_apposition_is_left_alone(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


def test_an_owner_is_not_the_one_who_speaks() -> None:
    text = "Ada Lind died in May. “She worked to the end,” said her brother Tom Lind."
    assert speakers(text) == ["Tom Lind"]


def test_somebody_known_by_an_age_is_the_one_the_text_is_about() -> None:
    text = "Ina Brandt won the regatta on Sunday.\n\n“I saw no lights at all,” the 27-year-old said."
    assert speakers(text) == ["Ina Brandt"]
    assert speakers("“I saw no lights at all,” a 27-year-old sailor said.") == ["a 27-year-old sailor"]


def test_he_and_she_are_the_ones_who_fit() -> None:
    text = (
        "Tom Marsh met Ina Brandt on the quay. “It cannot go on like this,” he said. "
        "She shook her head. “It can go on for years,” she said."
    )
    assert speakers(text) == ["Tom Marsh", "Ina Brandt"]
    first = attributed_quotes(text)[0]
    assert [span.of(text) for span in first.speaker_evidence] == ["he", "Tom Marsh"]


def test_a_title_tells_which_pronoun_fits() -> None:
    text = "Mrs. Okonjo and Mr. Adeyemi spoke last. “Nobody asked the crews,” she said."
    assert speakers(text) == ["Okonjo"]


@pytest.mark.parametrize(
    "text",
    [
        "“Nobody asked the crews about it,” he said.",
        "Anna Brandt left. “Nobody asked the crews about it,” he said.",
        "“Nobody asked the crews about it,” they said.",
    ],
)
def test_a_pronoun_without_antecedent_has_a_mention_and_no_name(text: str) -> None:
    quote = only(text)
    assert quote.key
    assert quote.speaker is None
    assert quote.speaker_span is not None
    assert quote.speaker_span.of(text) in {"he", "they"}


@pytest.mark.parametrize(
    "text", ["“Nobody asked the crews about it.”", "Then came rain. “Nobody asked the crews.”"]
)
def test_a_quotation_that_nobody_is_said_to_have_said_has_no_speaker(text: str) -> None:
    quote = only(text)
    assert (quote.key, quote.speaker, quote.speaker_span) == (False, None, None)


def test_an_interrupted_quotation_has_one_speaker() -> None:
    text = "“The dam,” Ina Brandt said, “will hold for another year.”"
    assert speakers(text) == ["Ina Brandt", "Ina Brandt"]


def test_a_speech_goes_on_after_its_attribution() -> None:
    text = "“It was dark,” Ina Brandt said. “We saw no lights. We heard no engine.”"
    assert speakers(text) == ["Ina Brandt", "Ina Brandt"]


def test_a_speech_goes_on_in_the_next_paragraph() -> None:
    text = "“It was dark,” Ina Brandt said. “We saw no lights.\n\n“Then we heard the engine.”"
    quotes = attributed_quotes(text)
    assert [q.speaker for q in quotes] == ["Ina Brandt"] * 3
    assert [q.continues for q in quotes] == [False, True, False]


def test_a_first_quotation_alone_takes_the_speaker_who_follows() -> None:
    text = "“It was dark. We saw no lights.”\n\n“Then we heard the engine,” Ina Brandt said."
    assert speakers(text) == ["Ina Brandt", "Ina Brandt"]


def test_a_line_of_a_transcript_belongs_to_its_label() -> None:
    text = "Ina Brandt met the press. She said:\n\n“MARSH: Will you go?\n\n“BRANDT: I will not.”"
    assert speakers(text) == ["MARSH", "Ina Brandt"]


def test_two_speakers_of_one_sentence_keep_apart() -> None:
    text = "Ina Brandt called it “a very bad plan indeed,” and Tom Marsh said it was “the best plan we have.”"
    assert speakers(text) == ["Ina Brandt", "Tom Marsh"]


def test_the_one_who_reports_a_thought_is_the_speaker() -> None:
    text = "Ina Brandt said the crews hope it will be “over by the end of May.”"
    assert speakers(text) == ["Ina Brandt"]


@pytest.mark.parametrize(
    "text",
    [
        "She was on the cover of “Ships and Their Owners” twice.",
        "Ina Brandt hosts “The Late Tide With Friends” on Sundays.",
        "On an episode of “The Late Tide With Friends,” Ina Brandt said she was tired.",
        "“Late is the tide” star Ina Brandt said she was tired.",
        "“The tide is turning for good,” Ina Brandt said.\n\n“Follow Tom Marsh on Twitter @tommarsh.”",
        "The “ghost barge” drifted on.",
        "Ina Brandt grew up near the “old quay” in Kiel.",
        "“The tide is turning for good,” Ina Brandt said.\n\n‘NOBODY LEFT TO CALL’: READ MORE FROM THE POST",
    ],
)
def test_titles_terms_and_furniture_are_not_key(text: str) -> None:
    quotes = attributed_quotes(text)
    assert quotes
    assert not quotes[-1].key
    assert quotes[-1].speaker is None


def test_single_marks_are_speech_where_the_paper_uses_them() -> None:
    assert said("‘The tide is turning for good,’ Ina Brandt said.") == [
        ("The tide is turning for good,", "Ina Brandt")
    ]
    text = "Brandt: ‘The tide is turning’\n\n“The tide is turning for good,” Ina Brandt said."
    assert said(text) == [("The tide is turning for good,", "Ina Brandt")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "„Der Hafen bleibt zu“, sagte Ina Brandt am Montag. „Es gibt keinen Termin.“", ["Ina Brandt"] * 2),
        ("de", "Ina Brandt erklärte: „Der Hafen bleibt zu.“", ["Ina Brandt"]),
        ("de", "»Der Hafen bleibt zu«, so Ina Brandt.", ["Ina Brandt"]),
        ("fr", "« Le port reste fermé », a déclaré Anne Morel lundi. « C’est ainsi », a-t-elle ajouté.", None),
        ("de", "„Der Hafen bleibt zu“, sagte die Bürgermeisterin Ina Brandt.", ["Ina Brandt"]),
        ("de", "„Der Hafen bleibt zu“, sagte Verkehrsministerin Ina Brandt.", ["Ina Brandt"]),
        ("de", "„Der Hafen bleibt zu“, sagte Ina Brandt, die Bürgermeisterin.", ["Ina Brandt"]),
        ("de", "„Der Hafen bleibt zu“, sagte die Bürgermeisterin, Ina Brandt.", ["Ina Brandt"]),
        ("fr", "« Le port reste fermé », a déclaré la directrice, Anne Morel.", ["Anne Morel"]),
        ("pt", "“O porto continua fechado”, disse a capitã do porto, Ana Molina.", ["Ana Molina"]),
        ("pt", "“O porto continua fechado”, afirmou Ana Molina na segunda-feira.", ["Ana Molina"]),
        ("pt", "Ana Molina garantiu que “o porto continua fechado”.", ["Ana Molina"]),
        ("es", "«El puerto sigue cerrado», dijo la capitana del puerto, Ana Molina.", ["Ana Molina"]),
        ("fr", "Selon Anne Morel, « le port reste fermé ».", ["Anne Morel"]),
        ("es", "«El puerto sigue cerrado», dijo Ana Molina el lunes.", ["Ana Molina"]),
        ("es", "Ana Molina aseguró que “el puerto sigue cerrado”.", ["Ana Molina"]),
    ],
)
def test_other_languages_have_their_commonest_patterns(
    language: str, text: str, expected: list[str] | None
) -> None:
    assert speakers(text, language) == (expected or ["Anne Morel", "Anne Morel"])


MARKS = ["“", "”", '"', "'", "’", "’s", ",", ".", "?", ":", " ", "\n\n", "—", "(", ")"]
PIECES = st.sampled_from(
    [
        *MARKS,
        *["said", "saying", "told", "was", "Ina", "Brandt", "BRANDT:", "Mr.", "mayor", "he", "she", "who", "that"],
        *["and", "the", "a", "of", "1990s", "according to"],
        "on Monday",
    ]
)


def sound(text: str, quotes: list[AttributedQuote]) -> None:
    end = 0
    for quote in quotes:
        assert end <= quote.span.start < quote.span.end <= len(text)
        assert quote.span.contains(quote.words)
        end = quote.span.end
        if not quote.key:
            assert quote.speaker is None
        if quote.speaker_span is None:
            assert quote.speaker is None
        for place in quote.speaker_evidence:
            assert 0 <= place.start < place.end <= len(text)
        if quote.speaker is not None:
            assert quote.speaker_span == quote.speaker_evidence[0]
            assert quote.speaker in text


@given(st.text(max_size=300), st.sampled_from(["en", "de", "fr", "es", "pt", "ja", "und", ""]))
def test_any_text_gives_sound_quotes(text: str, language: str) -> None:
    sound(text, attributed_quotes(text, language=language))


@given(st.lists(PIECES, max_size=60).map(" ".join), st.sampled_from(["en", "de", "fr", "es", "pt", "ja"]))
def test_any_order_of_the_words_of_attribution_gives_sound_quotes(text: str, language: str) -> None:
    sound(text, attributed_quotes(text, language=language))


@pytest.mark.parametrize(
    "piece",
    ['"a b c d," he said ', '"x y z\n\n', "“‘", "said ", "Al Bo ", "Al, ", "s' 'a \"", "saying ", "Al who "],
)
def test_a_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = "“One two three four,” Al Bo said.\n\n" + piece * (100_000 // len(piece)) + "“Five six,” she said."
    sound(text, attributed_quotes(text))
