"""Statements in another language than the article: correct ones stay, wrong numbers, dates and people do not."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.brief import Brief
from bot.domain.document import Document
from bot.domain.draft import DraftSection, Evidence, ProposedQuote
from bot.verify import verify
from bot.verify.numbers import ANY_FORM, numbers
from tests.support.drafts import (
    ARTICLE,
    SECTIONS,
    codes,
    draft,
    event,
    events_of,
    passage,
    place,
    point,
    points_of,
    quotes_of,
)

pytestmark = pytest.mark.unit

WALL = "The new flood wall held"
COST = "The wall cost $41 million"
GATES = "Engineers opened two sluice gates"
WHEAT = "Water covered nearly two hundred hectares"
LAST = "Velk said she would"

GERMAN_ARTICLE = Document(
    text=(
        "Lund (KU) — Der Hafen von Lund ist am Montag nach neun Wochen Bauzeit wieder geöffnet worden. "
        "Die Arbeiten kosteten 1.234,5 Millionen Kronen, rund 3,2 Prozent mehr als geplant.\n\n"
        "„Wir haben lange genug gewartet“, sagte Bürgermeisterin Mira Holm. Zweihundert Menschen "
        "standen am Kai.\n\n"
        "Der Rat berät am 14. April 2026 über die Rechnung."
    ),
    published=date(2026, 3, 4),
    language="de",
)


def written(text: str, *evidence: Evidence, language: str = "de", document: Document = ARTICLE) -> Brief:
    proposed = draft(summary=(point(text, *evidence),)).model_copy(update={"language": language})
    return verify(proposed, [document], SECTIONS)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "de",
            "Die neue Hochwassermauer hielt stand, als der Fluss am Freitag seinen Höchststand erreichte.",
            WALL,
        ),
        ("de", "Der Fluss stieg auf 6,4 Meter, rund 3.000 Häuser blieben verschont.", WALL),
        ("de", "Die Mauer kostete 41 Millionen Dollar und wurde im Mai fertig.", COST),
        ("de", "Rund 12 Prozent des Geldes kamen von der Europäischen Union.", COST),
        ("de", "Fast zweihundert Hektar Weizen standen unter Wasser.", WHEAT),
        ("de", "Fast 200 Hektar Weizen standen unter Wasser.", WHEAT),
        ("de", "Ingenieure öffneten am Mittwoch zwei Schleusentore, um den See abzusenken.", GATES),
        ("de", "Bürgermeisterin Velk will bis zum 30. September eine zweite Mauer beantragen.", LAST),
        ("fr", "Le mur a coûté 41 millions de dollars et a été achevé en mai.", COST),
        ("fr", "L'eau a recouvert près de deux cents hectares de blé.", WHEAT),
        ("es", "El muro costó 41 millones de dólares y se terminó en mayo.", COST),
        ("es", "El agua cubrió casi doscientas hectáreas de trigo.", WHEAT),
        ("pt", "O muro custou 41 milhões de dólares e foi concluído em maio.", COST),
        ("ja", "堤防の費用は4100万ドルで、5月に完成した。", COST),
        ("ja", "新しい堤防は金曜日に持ちこたえ、水位は6.4メートルに達した。", WALL),
        ("ru", "Новая стена выдержала паводок, и около 3000 домов остались сухими.", WALL),
    ],
)
def test_correct_statement_in_the_asked_language_is_kept(language: str, text: str, words: str) -> None:
    brief = written(text, passage(words), language=language)
    assert [kept.text for kept in points_of(brief)] == [text], brief.findings
    assert brief.language == language


@pytest.mark.parametrize(
    ("language", "text", "words", "reason"),
    [
        ("de", "Die Mauer kostete 42 Millionen Dollar und wurde im Mai fertig.", COST, "number: 42"),
        ("de", "Die Mauer kostete 41 Milliarden Dollar und wurde im Mai fertig.", COST, "number: 41"),
        ("de", "Die Mauer kostete 41 Millionen Euro und wurde im Mai fertig.", COST, "number: 41"),
        ("de", "Die Mauer kostete 41 Millionen Dollar und wurde im Juni fertig.", COST, "date: Juni"),
        ("de", "Fast dreihundert Hektar Weizen standen unter Wasser.", WHEAT, "number: dreihundert"),
        (
            "de",
            "Ingenieure öffneten am Mittwoch drei Schleusentore, um den See abzusenken.",
            GATES,
            "number: drei",
        ),
        ("de", "Ingenieure öffneten am Donnerstag zwei Schleusentore am See.", GATES, "date: Donnerstag"),
        ("de", "Der Fluss stieg auf 4,6 Meter, rund 3.000 Häuser blieben verschont.", WALL, "number: 4,6"),
        (
            "de",
            "Die neue Mauer hielt stand, sagte Emmanuel Macron am Freitag vor Reportern.",
            WALL,
            "name: Macron",
        ),
        (
            "de",
            "Bürgermeisterin Hanna Schulz lobte die neue Mauer vor Reportern.",
            "Mayor Hanna Velk",
            "name: Schulz",
        ),
        ("de", "Die Mauer erspare der Stadt „ein neues Jahrhundertunglück“, hieß es.", WALL, "quote:"),
        ("fr", "Le mur a coûté 51 millions de dollars et a été achevé en mai.", COST, "number: 51"),
        ("es", "El agua cubrió casi trescientas hectáreas de trigo.", WHEAT, "number: trescientas"),
        ("ja", "堤防の費用は4200万ドルで、5月に完成した。", COST, "number: 4200万"),
        ("ja", "堤防の費用は4100万ドルで、6月に完成した。", COST, "date: 6月"),
    ],
)
def test_statement_with_a_wrong_fact_is_dropped_in_any_language(
    language: str, text: str, words: str, reason: str
) -> None:
    brief = written(text, passage(words), language=language)
    assert points_of(brief) == []
    (finding,) = [finding for finding in brief.findings if finding.code == "point-unsupported"]
    assert finding.detail.startswith(reason)


def test_number_far_from_the_named_passage_does_not_count() -> None:
    assert points_of(written("Die Mauer kostete 41 Millionen Dollar.", passage(LAST))) == []


def test_statement_that_names_no_passage_is_dropped() -> None:
    brief = written("Die neue Hochwassermauer hielt stand, als der Fluss anschwoll.")
    assert points_of(brief) == []
    assert "point-without-evidence" in codes(brief)


def test_language_that_nobody_asked_for_still_has_to_share_names_or_numbers() -> None:
    proposed = draft(summary=(point("Die neue Hochwassermauer hielt dem Wasser stand.", passage(WALL)),))
    assert points_of(verify(proposed, [ARTICLE], SECTIONS)) == []


def test_model_that_keeps_to_the_articles_language_is_read_by_its_words() -> None:
    assert points_of(written("The wall cost $41 million and was finished in May.", passage(COST)))
    assert points_of(written("The wall cost $42 million and was finished in May.", passage(COST))) == []


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("The harbour of Lund reopened on Monday after nine weeks of works.", True),
        ("The works cost 1,234.5 million kronor, about 3.2 percent more than planned.", True),
        ("The works cost 1,243.5 million kronor, about 3.2 percent more than planned.", False),
        ("The works cost 1,234.5 million kronor, about 2.3 percent more than planned.", False),
        ("The harbour of Lund reopened on Tuesday after nine weeks of works.", False),
        ("The harbour of Lund reopened on Monday after eight weeks of works.", False),
    ],
)
def test_english_statement_of_a_german_article(text: str, stays: bool) -> None:
    brief = written(text, passage("Der Hafen", GERMAN_ARTICLE), language="en", document=GERMAN_ARTICLE)
    assert bool(points_of(brief)) is stays, brief.findings


def test_event_in_another_language_is_dated_by_the_articles_own_words() -> None:
    proposed = draft(
        timeline=(
            event("Ingenieure öffneten zwei Schleusentore.", "on Wednesday", passage(GATES)),
            event("Die Mauer hielt stand.", "am Freitag", passage(WALL)),
        )
    ).model_copy(update={"language": "de"})
    first, second = events_of(verify(proposed, [ARTICLE], SECTIONS))
    assert (first.date, first.date_text) == ("2024-06-12", "Wednesday")
    assert second.date is None


NOBODY = "Nobody slept, but nobody drowned."
WARNING = "We had six hours of warning"


@pytest.mark.parametrize(
    ("words", "translation", "code"),
    [
        (NOBODY, "Niemand schlief, aber niemand ertrank.", None),
        (NOBODY, "  Personne n'a dormi,\nmais personne ne s'est noyé. ", None),
        (WARNING, "Wir hatten sechs Stunden Vorwarnung", None),
        (WARNING, "Wir hatten 6 Stunden Vorwarnung", None),
        (WARNING, "Wir hatten sieben Stunden Vorwarnung", "translation-unsupported"),
        (WARNING, "Nous avons eu 16 heures de préavis", "translation-unsupported"),
        (NOBODY, "Personne n'a dormi, dit Macron.", "translation-unsupported"),
        (NOBODY, "Niemand schlief, siehe https://evil.example/", "translation-unsafe"),
        (NOBODY, "@everyone niemand schlief", "translation-unsafe"),
        (NOBODY, "Niemand \u202eschlief", "translation-unsafe"),
        (NOBODY, "Niemand schlief. " * 40, "translation-too-long"),
        (NOBODY, "…", "translation-empty"),
        (NOBODY, NOBODY, None),
    ],
)
def test_translation_adds_nothing_that_can_be_looked_up(words: str, translation: str, code: str | None) -> None:
    proposed = ProposedQuote(text=words, translation=translation, evidence=(place(words),))
    brief = verify(draft(quotes=(proposed,)).model_copy(update={"language": "de"}), [ARTICLE], SECTIONS)
    (quote,) = quotes_of(brief)
    assert quote.text == words, "the original is kept whatever the translation is"
    assert [finding.code for finding in brief.findings if finding.code.startswith("translation")] == (
        [code] if code else []
    )
    expected = None if code or translation == words else " ".join(translation.split())
    assert quote.translation == expected


def test_places_that_each_language_calls_otherwise_may_be_translated() -> None:
    text = "„Deutschland wartet lange genug auf die Vereinten Nationen“, sagte Mira Holm."
    document = Document(text=text, language="de")
    for translation, stays in (
        ("We in Germany have waited long enough for the United Nations", True),
        ("We in Bavaria have waited long enough for the United Nations", False),
    ):
        proposed = ProposedQuote(
            text="Deutschland wartet lange genug auf die Vereinten Nationen", translation=translation
        )
        brief = verify(draft(quotes=(proposed,)).model_copy(update={"language": "en"}), [document], SECTIONS)
        assert (quotes_of(brief)[0].translation is not None) is stays, translation


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "1.234,5 Kronen", "1234.5"),
        ("en", "1,234.5 kronor", "1234.5"),
        ("de", "einundzwanzig Boote", "21"),
        ("de", "zweitausendfünfhundert Boote", "2500"),
        ("fr", "quatre-vingt-dix-neuf bateaux", "99"),
        ("fr", "soixante et onze bateaux", "71"),
        ("es", "dos mil quinientos millones", "2500000000"),
        ("es", "treinta y dos barcos", "32"),
        ("pt", "duzentas e quarenta e duas casas", "242"),
        ("ja", "4億1000万円", "410000000"),
        ("zh", "3亿元", "300000000"),
        ("de", "um 18 Uhr", "6"),
    ],
)
def test_numbers_of_other_languages_are_read(language: str, text: str, value: str) -> None:
    (number,) = numbers(text, marks=ANY_FORM, language=language)
    assert value in {f"{reading.normalize():f}" for reading in number.values}


def test_draft_section_of_quotes_says_where_to_look() -> None:
    document = ARTICLE.model_copy(update={"url": "https://relay.example/wall"})
    proposed = draft(
        summary=(point("The wall cost $41 million.", passage(COST)),),
        quotes=(ProposedQuote(text=NOBODY, evidence=(place(NOBODY),)),),
        timeline=(event("Engineers opened two sluice gates.", "Wednesday", passage(GATES)),),
    )
    brief = verify(proposed, [document], SECTIONS)
    spots = [(item.passage, item.link) for section in brief.sections for item in section.items]
    assert [passage for passage, _ in spots] == [4, 3, 6]
    assert spots[1][1] == "https://relay.example/wall#:~:text=Nobody%20slept%2C%20but%20nobody%20drowned."
    assert all(link and link.startswith("https://relay.example/wall#:~:text=") for _, link in spots)
    bare = verify(proposed, [ARTICLE], SECTIONS)
    assert {item.link for section in bare.sections for item in section.items} == {None}
    assert isinstance(proposed.sections[0], DraftSection)
