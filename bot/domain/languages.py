"""Languages: their codes (ISO 639-1), what their speakers call them, and their English names."""

from __future__ import annotations

import unicodedata
from typing import Final

from bot.domain.errors import UsageError
from bot.wording import Phrase

OWN_NAMES: Final = {
    "en": "English", "de": "Deutsch", "es": "Español", "fr": "Français", "pt": "Português", "it": "Italiano",
    "nl": "Nederlands", "pl": "Polski", "sv": "Svenska", "da": "Dansk", "no": "Norsk", "fi": "Suomi",
    "cs": "Čeština", "el": "Ελληνικά", "tr": "Türkçe", "uk": "Українська", "ru": "Русский", "ar": "العربية",
    "hi": "हिन्दी", "id": "Bahasa Indonesia", "ja": "日本語", "ko": "한국어", "zh": "中文",
    "bg": "Български", "bn": "বাংলা", "ca": "Català", "et": "Eesti", "fa": "فارسی", "he": "עברית",
    "hr": "Hrvatski", "hu": "Magyar", "lt": "Lietuvių", "lv": "Latviešu", "ms": "Bahasa Melayu",
    "nb": "Norsk bokmål", "ro": "Română", "sk": "Slovenčina", "sl": "Slovenščina", "sr": "Српски",
    "sw": "Kiswahili", "ta": "தமிழ்", "te": "తెలుగు", "th": "ไทย", "ur": "اردو", "vi": "Tiếng Việt",
}  # fmt: skip
ENGLISH_NAMES: Final = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "ms": "Malay", "nl": "Dutch", "no": "Norwegian", "nb": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_CODE_LIST: Final = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu
ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na
nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so
sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
CODES: Final = frozenset(_CODE_LIST.split())


def language_code(typed: str) -> str:
    """`auto`, or the code of a language typed as a code (`sv`, `pt-BR`) or by name. Raises UsageError."""
    word = _plain(typed)
    base = _BY_NAME.get(word, word.partition("-")[0].partition("_")[0])
    if base != "auto" and base not in CODES:
        raise UsageError(
            Phrase("I do not know a language “{language}”.", language=typed.strip()[:40]),
            cure=Phrase("Write it as en, sv or de, or by its name, as Deutsch or German."),
        )
    return base


def _plain(typed: str) -> str:
    """As it is compared: nobody types the accents of Español on a phone."""
    parts = unicodedata.normalize("NFKD", typed.strip().casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


# A language of two codes, as Norwegian, goes by the first.
_BY_NAME: Final = {
    _plain(name): code for names in (ENGLISH_NAMES, OWN_NAMES) for code, name in reversed(names.items())
}
