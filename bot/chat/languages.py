"""The languages that a briefing may be wished in, each by the name that its speakers give it."""

from __future__ import annotations

from typing import Final

NAMES: Final = {
    "en": "English", "de": "Deutsch", "es": "Español", "fr": "Français", "pt": "Português", "it": "Italiano",
    "nl": "Nederlands", "pl": "Polski", "sv": "Svenska", "da": "Dansk", "no": "Norsk", "fi": "Suomi",
    "cs": "Čeština", "el": "Ελληνικά", "tr": "Türkçe", "uk": "Українська", "ru": "Русский", "ar": "العربية",
    "hi": "हिन्दी", "id": "Bahasa Indonesia", "ja": "日本語", "ko": "한국어", "zh": "中文",
    "bg": "Български", "bn": "বাংলা", "ca": "Català", "et": "Eesti", "fa": "فارسی", "he": "עברית",
    "hr": "Hrvatski", "hu": "Magyar", "lt": "Lietuvių", "lv": "Latviešu", "ms": "Bahasa Melayu",
    "nb": "Norsk bokmål", "ro": "Română", "sk": "Slovenčina", "sl": "Slovenščina", "sr": "Српски",
    "sw": "Kiswahili", "ta": "தமிழ்", "te": "తెలుగు", "th": "ไทย", "ur": "اردو", "vi": "Tiếng Việt",
}  # fmt: skip
OFFERED: Final = tuple(NAMES)[:23]  # a menu takes 25, and the articles' own language and the present one are two
