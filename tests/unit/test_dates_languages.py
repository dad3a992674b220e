"""Claims about time expressions in German, French, Portuguese and Spanish, and in languages without words here."""

from __future__ import annotations

from datetime import date

import pytest

from bot.text.dates import time_expressions

pytestmark = pytest.mark.unit

FRIDAY = date(2021, 8, 13)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "Am 13. August 2021 fiel die Stadt.", "2021-08-13"),
        ("de", "Gestern fiel die Stadt.", "2021-08-12"),
        ("de", "Die Stadt fiel am Montag.", "2021-08-09"),
        ("de", "Der Gipfel wird am Montag beginnen.", "2021-08-16"),
        ("de", "Die Stadt fiel vor zwei Wochen.", "2021-W30"),
        ("de", "Seit Mai fliehen die Menschen.", "2021-05"),
        ("de", "Das war im Jahr 2001 so.", "2001"),
        ("de", "Das war im vergangenen Jahr so.", "2020"),
        ("de", "Das war Ende Mai 2019.", "2019-05"),
        ("de", "Das war in den 1990er Jahren so.", "199"),
        ("de", "Es dauerte drei Monate.", "P3M"),
        ("fr", "La ville est tombée le 13 août 2021.", "2021-08-13"),
        ("fr", "La ville est tombée hier.", "2021-08-12"),
        ("fr", "La ville est tombée aujourd’hui.", "2021-08-13"),
        ("fr", "La ville est tombée lundi dernier.", "2021-08-09"),
        ("fr", "Le sommet sera ouvert lundi.", "2021-08-16"),
        ("fr", "La ville est tombée il y a deux semaines.", "2021-W30"),
        ("fr", "Les gens fuient depuis mai.", "2021-05"),
        ("fr", "La guerre commence l'année dernière.", "2020"),
        ("fr", "On vote la semaine prochaine.", "2021-W33"),
        ("fr", "Le vote a lieu le 1er mai 2020.", "2020-05-01"),
        ("pt", "A cidade caiu em 13 de agosto de 2021.", "2021-08-13"),
        ("pt", "A cidade caiu ontem.", "2021-08-12"),
        ("pt", "A cidade caiu na segunda-feira passada.", "2021-08-09"),
        ("pt", "A cúpula será na segunda-feira.", "2021-08-16"),
        ("pt", "A cidade caiu há duas semanas.", "2021-W30"),
        ("pt", "As pessoas fogem desde maio.", "2021-05"),
        ("pt", "Há eleições na próxima semana.", "2021-W33"),
        ("pt", "A ponte abriu em março de 2019.", "2019-03"),
        ("pt", "Eles se reúnem cada dia.", "P1D"),
        ("ja", "政府は2021年8月12日に発表した。", "2021-08-12"),
        ("ja", "８月１０日に再開した。", "2021-08-10"),
        ("ja", "12月24日に始まる。", "2021-12-24"),
        ("zh", "市政府于2026年3月2日宣布重新开放。", "2026-03-02"),
        ("ja", "2021年に完成した。", "2021"),
        ("es", "La ciudad cayó el 13 de agosto de 2021.", "2021-08-13"),
        ("es", "La ciudad cayó ayer.", "2021-08-12"),
        ("es", "La ciudad cayó el lunes pasado.", "2021-08-09"),
        ("es", "La cumbre será el lunes.", "2021-08-16"),
        ("es", "La ciudad cayó hace dos semanas.", "2021-W30"),
        ("es", "La gente huye desde mayo.", "2021-05"),
        ("es", "Hay elecciones la próxima semana.", "2021-W33"),
        ("es", "Fue así en la década de 1990.", "199"),
        ("es", "Se reúnen cada día.", "P1D"),
    ],
)
def test_words_of_the_language_are_read(language: str, text: str, value: str) -> None:
    assert [found.value for found in time_expressions(text, FRIDAY, language=language)] == [value]


def test_figures_put_the_day_first_outside_english() -> None:
    assert [found.iso for found in time_expressions("5/8/2021", None, language="fr")] == ["2021-08-05"]
    assert [found.iso for found in time_expressions("5/8/2021", None)] == ["2021-05-08"]


def test_english_word_of_time_that_means_something_else_is_left_alone() -> None:
    assert time_expressions("Im Fall der Fälle ist der Second dran, now or never.", FRIDAY, language="de") == []


@pytest.mark.parametrize("language", ["auto", "und", "fi", ""])
def test_language_without_words_still_has_its_figures_read(language: str) -> None:
    found = time_expressions("Se tapahtui 13.08.2021 ja 2021-08-14.", None, language=language)
    assert [one.iso for one in found] == ["2021-08-13", "2021-08-14"]


@pytest.mark.parametrize("text", ["2月30日に", "13月1日に", "2021年2月29日に", "0月0日に"])
def test_a_day_that_the_calendar_lacks_is_none_in_kanji_either(text: str) -> None:
    assert time_expressions(text, FRIDAY, language="ja") == []


def test_a_day_without_year_and_publication_stays_as_it_is_written() -> None:
    (found,) = time_expressions("3月2日に再開した。", None, language="ja")
    assert (found.text, found.iso, found.start_day) == ("3月2日", None, None)
