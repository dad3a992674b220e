"""Languages as people type them: a code, or a name, with or without its accents."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UsageError
from bot.domain.languages import CODES, ENGLISH_NAMES, OWN_NAMES, language_code

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("sv", "sv"),
        (" SV ", "sv"),
        ("pt-BR", "pt"),
        ("zh_Hant", "zh"),
        ("ga", "ga"),
        ("auto", "auto"),
        ("German", "de"),
        ("deutsch", "de"),
        ("Español", "es"),
        ("espanol", "es"),
        ("Portugues", "pt"),
        ("日本語", "ja"),
        ("norwegian", "no"),
        ("Bahasa Indonesia", "id"),
    ],
)
def test_a_language_is_known_by_its_code_and_its_names(typed: str, code: str) -> None:
    assert language_code(typed) == code


@pytest.mark.parametrize("typed", ["", "s", "sve", "xx", "Elvish", "de,en", "ok"])
def test_what_is_no_language_is_refused_with_how_to_write_it(typed: str) -> None:
    with pytest.raises(UsageError, match=r"I do not know a language .* Write it as en, sv or de, or by its name"):
        language_code(typed)


def test_every_language_that_is_named_has_a_code_and_both_names() -> None:
    assert set(OWN_NAMES) == set(ENGLISH_NAMES)
    assert set(OWN_NAMES) <= CODES
    for names in (OWN_NAMES, ENGLISH_NAMES):
        assert {code for code, name in names.items() if language_code(name) != code} <= {"nb"}, "Norwegian has two"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_refused(typed: str) -> None:
    with suppress(UsageError):
        assert language_code(typed) in CODES | {"auto"}
