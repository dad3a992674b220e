"""The language is told without a network, and "und" is said where it cannot be told."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.language import UNKNOWN, detect_language

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The harbour stayed shut for a third day while divers looked for the barge.", "en"),
        ("THE HARBOUR STAYED SHUT FOR A THIRD DAY WHILE DIVERS LOOKED FOR IT.", "en"),
        ("Der Hafen blieb den dritten Tag geschlossen, während Taucher suchten.", "de"),
        ("Le port est resté fermé pour la troisième journée, a dit la maire.", "fr"),
        ("El puerto siguió cerrado por tercer día mientras los buzos buscaban.", "es"),
        ("Порт оставался закрытым третий день, сообщил мэр города.", "ru"),
        ("ظل الميناء مغلقا لليوم الثالث بينما كان الغواصون يبحثون.", "ar"),
        ("港口连续第三天关闭，潜水员仍在寻找沉船，市长说。", "zh"),
        ("港は三日目も閉まったままで、潜水士が船を探している。", "ja"),
    ],
)
def test_a_sentence_is_enough(text: str, code: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["", " \n", "ok", "12345 67890 — 3.5%", "https://example.org/a/b", "\ud800" * 40])
def test_too_little_is_unknown(text: str) -> None:
    assert detect_language(text) == UNKNOWN


def test_the_prose_decides_and_not_the_menu_above_it() -> None:
    menu = "\n".join(["Home", "Business", "Sports", "Live", "Newsletter"])
    prose = "Der Hafen von Ellery blieb am Dienstag geschlossen, während Taucher nach dem Schiff suchten."
    assert detect_language(f"{menu}\n\n{prose}") == "de"


@given(st.text(max_size=200))
def test_any_text_gets_a_code(text: str) -> None:
    code = detect_language(text)
    assert code == UNKNOWN or (len(code) == 2 and code.isalpha())


def test_neither_importing_nor_asking_loads_an_http_client() -> None:
    program = (
        "import sys; from bot.text.language import detect_language;"
        "assert 'fasttext' not in sys.modules;"
        "assert detect_language('The harbour stayed shut for a third day.') == 'en';"
        "assert not {'requests', 'urllib3', 'robust_downloader'} & set(sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], check=False, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
