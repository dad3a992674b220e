"""Claims about the publication date that a text itself gives."""

from __future__ import annotations

from datetime import date

import pytest

from bot.text.dates import document_time

pytestmark = pytest.mark.unit

DAY = date(2021, 8, 13)


@pytest.mark.parametrize(
    "text",
    [
        "WASHINGTON, Aug. 13, 2021 — The ministry said it would close.",
        "LONDON, 13 August 2021 (Reuters) - The ministry said it would close.",
        "Harbour to close\n\nPublished 13 August 2021\n\nThe harbour will close.",
        "Harbour to close\nPosted on Friday, August 13, 2021 by Ann Lee\nThe harbour will close.",
        "Harbour to close\n\nAugust 13, 2021\n\nThe harbour will close.",
        "Harbour to close\nBy Ann Lee | Aug 13, 2021\nThe harbour will close.",
        "Harbour to close\nPublished: 2021-08-13T10:00:00Z\nThe harbour will close.",
        "Updated: August 14, 2021 3:04 p.m.\nPublished: Aug. 13, 2021, 9:00 a.m.\nThe harbour will close.",
        "Harbour to close\nLast updated: 13 August 2021\nThe harbour will close.",
    ],
)
def test_head_of_the_text_says_when_it_was_published(text: str) -> None:
    found = document_time(text)
    assert found is not None
    day, span = found
    assert day == DAY
    assert "13" in span.of(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The treaty was signed on Aug. 13, 2021 in the capital.",
        "WASHINGTON, Aug. 13 — No year is given here.",
        "KABUL, Afghanistan (AP) — No date is given here.",
        "Harbour to close\n\nIt has stood since 2001.",
    ],
)
def test_date_in_running_text_or_without_year_is_no_publication_date(text: str) -> None:
    assert document_time(text) is None


def test_a_day_counted_from_another_is_no_publication_date() -> None:
    text = (
        "Three paintings stolen in 2018 were found on Tuesday.\n\nA man was arrested and released two days later."
    )
    assert document_time(text) is None
