"""One language's messages, read from its .po file when they are first needed.

The .po files are read as they are: no compiled twin can be stale, nothing binary lies in git, and a checkout and
an installed wheel hold the same. Babel reads the file and the standard library's gettext looks the messages up.
English, the source, needs neither, so that English commands start without them.
"""

from __future__ import annotations

import gettext
import io
import logging
from functools import cache
from pathlib import Path
from typing import Final

SOURCE: Final = "en"
LANGUAGES: Final = ("de", "es", "fr", "ja", "pt")
_FOLDER: Final = Path(__file__).parent / "catalogues"
_log = logging.getLogger(__name__)


def language_of(locale: str | None) -> str:
    """The language that we speak to a reader of `locale`: `pt` for `pt-BR`, `es` for `es-419`, else English."""
    language = (locale or "").replace("_", "-").partition("-")[0].lower()
    return language if language in LANGUAGES else SOURCE


class _Untold(gettext.NullTranslations):
    """Answers "" for a message that a catalogue does not hold; a translation may be the source's own words."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The messages of `language`, one of LANGUAGES: "" where there is none, or where its file is damaged."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  English does without Babel
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    try:
        text = (_FOLDER / f"{language}.po").read_bytes()
        write_mo(compiled, read_po(io.BytesIO(text), locale=language, abort_invalid=True))
    except (OSError, ValueError, PoFileError) as error:
        _log.error("catalogue not read language=%s error=%s", language, type(error).__name__)
        return _Untold()
    compiled.seek(0)
    messages = gettext.GNUTranslations(compiled)
    messages.add_fallback(_Untold())
    return messages
