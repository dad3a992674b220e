"""Words said to people: in the reader's language where it is known, else in English, and never an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.draft import Finding
from bot.domain.errors import EndpointDownError, NutgrafError, UsageError
from bot.jobs.orders import Failure
from bot.wording import (
    LANGUAGES,
    Phrase,
    in_locale,
    language_of,
    phrase_n,
    say,
    say_all,
    say_n,
    spoken_locale,
    written_day,
    written_month,
    written_weekday,
    written_year,
)
from bot.wording.saying import _filled

WORDS = "Nothing here that the text bears out."


@contextmanager
def german() -> Iterator[None]:
    with in_locale("de"):
        yield


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        *[("de", "de"), ("fr", "fr"), ("ja", "ja"), ("pt-BR", "pt"), ("es-ES", "es"), ("es-419", "es")],
        *[("en-US", "en"), ("en-GB", "en"), ("sv-SE", "en"), ("", "en"), (None, "en"), ("pt_PT", "pt")],
    ],
)
def test_a_locale_finds_the_nearest_catalogue_else_english(locale: str | None, language: str) -> None:
    assert language_of(locale) == language


def test_a_message_is_said_in_the_spoken_locale_and_only_inside_the_block() -> None:
    with german():
        assert say(WORDS) == "Nichts, was der Text belegt."
        with in_locale("ja"):
            assert say(WORDS) == "本文で裏付けられる内容はありません。"
        assert spoken_locale() == "de"
    assert say(WORDS) == WORDS


@pytest.mark.parametrize("locale", ["en-US", "sv-SE", *LANGUAGES])
def test_a_message_that_no_catalogue_knows_is_said_in_english(locale: str) -> None:
    with in_locale(locale):
        assert say("A sentence of {name} that nobody translates.", name="Ola") == (
            "A sentence of Ola that nobody translates."
        )
        assert say_n("{count} zebra", "{count} zebras", 2) == "2 zebras"


def test_plurals_are_those_of_the_language() -> None:
    def words(count: int) -> str:
        return say_n("{count:,} word", "{count:,} words", count)

    assert [words(count) for count in (0, 1, 2)] == ["0 words", "1 word", "2 words"]
    with german():
        assert [words(count) for count in (0, 1, 12_345)] == ["0 Wörter", "1 Wort", "12.345 Wörter"]
    with in_locale("fr"):  # nought is singular
        assert [words(count) for count in (0, 1, 2)] == ["0 mot", "1 mot", "2 mots"]
    with in_locale("ja"):
        assert [words(count) for count in (0, 1, 2)] == ["0語", "1語", "2語"]


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert say("{seconds:.1f} s", seconds=1234.5) == "1234.5 s"
    assert say("{share:.0%} {many:,}", share=0.4, many=1_234_567) == "40% 1,234,567"
    with german():
        assert say("{seconds:.1f} s", seconds=1234.5) == "1234,5 s"
        share = say("Only about {share:.0%} of the source was read.", share=0.4)
        assert share == "Nur etwa 40\N{NO-BREAK SPACE}% der Quelle wurden gelesen."


def test_days_are_written_as_the_language_writes_them() -> None:
    day = date(2021, 8, 19)
    shown = {}
    for locale in ("en", "de", "fr", "es-419", "pt-BR", "ja"):
        with in_locale(locale):
            shown[locale] = (written_day(day), written_month(day), written_year(day), written_weekday(3))
    assert shown == {
        "en": ("19 Aug 2021", "Aug 2021", "2021", "Thursday"),
        "de": ("19. Aug. 2021", "Aug. 2021", "2021", "Donnerstag"),
        "fr": ("19 août 2021", "août 2021", "2021", "jeudi"),
        "es-419": ("19 ago 2021", "ago 2021", "2021", "jueves"),
        "pt-BR": ("19 de ago. de 2021", "ago. de 2021", "2021", "quinta-feira"),
        "ja": ("2021年8月19日", "2021年8月", "2021年", "木曜日"),
    }
    assert say("{day:long}", day=day) == "19 August 2021"


def test_sentences_stand_beside_each_other_as_the_language_sets_them() -> None:
    assert say_all("One.", "", Phrase("Two.")) == "One. Two."
    with in_locale("ja"):
        assert say_all("一。", "二。") == "一。二。"


@given(st.text())
def test_what_people_typed_is_never_taken_for_a_template(typed: str) -> None:
    assert say("“{day}” is not a day.", day=typed) == f"“{typed}” is not a day."
    with german():
        assert typed in say("“{day}” is not a day.", day=typed)


@given(st.text(), st.dictionaries(st.text(), st.text(), max_size=2))
def test_a_broken_template_raises_nothing(template: str, fields: dict[str, str]) -> None:
    said = _filled(template, fields)
    assert said is None or isinstance(said, str)


def test_a_template_reaches_into_no_attribute() -> None:
    assert _filled("{error.__class__}", {"error": ValueError()}) is None
    assert _filled("{list[0]}", {"list": [1]}) is None


def test_a_message_that_lacks_a_field_is_said_as_it_stands() -> None:
    assert say("Missing {field}.", other=1) == "Missing {field}."


def test_an_error_is_told_in_the_locale_of_whoever_reads_it() -> None:
    error = EndpointDownError(Phrase("The model failed."))
    assert str(error).startswith("The model failed. Try again")
    with german():
        assert error.said == "Beim Modell ist etwas schiefgegangen."
        assert str(error).startswith("Beim Modell ist etwas schiefgegangen. ")
        assert error.args[0].startswith("The model failed. ")  # what logs keep is English


def test_a_plain_string_in_an_error_stays_as_it_is() -> None:
    with german():
        assert UsageError("As it is.", cure="So is this.").said == "As it is."


PHRASES = st.recursive(
    st.builds(Phrase, st.text()),
    lambda inner: st.builds(
        lambda message, fields: Phrase(message, **fields),
        st.text(),
        st.dictionaries(
            st.sampled_from(["a", "b", "c"]), st.text() | st.integers() | st.booleans() | st.dates() | inner
        ),
    ),
    max_leaves=4,
)


@given(PHRASES)
def test_a_phrase_survives_json(phrase: Phrase) -> None:
    assert Phrase.from_json(phrase.to_json()) == phrase


@pytest.mark.parametrize(
    "text", ["[]", "{}", "1", '{"message": 1}', '{"message": "", "several": null, "fields": 3}', "?"]
)
def test_what_is_no_phrase_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no Phrase"):
        Phrase.from_json(text)


def test_a_failure_made_by_a_worker_is_told_in_the_readers_locale() -> None:
    error = UsageError(phrase_n("{count:,} word", "{count:,} words", 2), cure=Phrase("The model failed."))
    with in_locale("fr"):
        failure = Failure.model_validate_json(Failure.of(error).model_dump_json())
    assert failure.said == "2 words"
    with german():
        assert str(failure.error()) == "2 Wörter Beim Modell ist etwas schiefgegangen."


def test_a_failure_of_an_older_version_is_still_told() -> None:
    failure = Failure.model_validate_json('{"code": "usage", "said": "Said.", "advice": "Do."}')
    assert (type(failure.error()), str(failure.error())) == (UsageError, "Said. Do.")
    assert str(Failure.of(NutgrafError("Plain.")).error()).startswith("Plain. Try again")


def test_a_finding_is_english_for_programs_and_the_readers_for_people() -> None:
    with german():
        finding = Finding.told("merge-failed", Phrase("The model failed."), section="summary")
        assert (finding.detail, finding.sentence) == ("The model failed.", "Beim Modell ist etwas schiefgegangen.")
        assert Finding(code="x", detail="Plain.").sentence == "Plain."
