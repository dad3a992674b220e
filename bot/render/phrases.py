"""Our own words in the languages that briefings are most asked for in; English where a phrase is not in the table.

The key is the English phrase itself, so that a reader of the code reads what a reader of a card reads. A section's
title is looked up the same way: an operator's own title is in no table and stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SPEAKER_UNKNOWN: Final = "speaker not named"
TRANSLATED: Final = "translation by the model, not verbatim"
NOT_BORNE_OUT: Final = "Nothing here that the text bears out."
NO_QUOTES: Final = "No quotes that stand verbatim in the text."
NO_EVENTS: Final = "No dated events in the text."
UNDATED: Final = "undated"
MINUTES_SAVED: Final = "{count} min read saved"
WORDS: Final = "{count} words"
ONE_WORD: Final = "1 word"
FROM_PAGE: Final = "date from the page's text"
FROM_DATELINE: Final = "date from the text's own dateline"
NO_DATE: Final = "date unknown: weekdays are not resolved"
PASSAGES: Final = "¶ counts the passages of the text: its paragraphs, long ones in parts."

_LANGUAGES: Final = ("de", "fr", "es", "pt", "ja")
_TABLE: Final[Mapping[str, tuple[str, str, str, str, str]]] = {
    "Summary": ("Zusammenfassung", "Résumé", "Resumen", "Resumo", "要約"),
    "Key quotes": ("Wichtige Zitate", "Citations clés", "Citas clave", "Citações principais", "主な発言"),
    "Timeline": ("Zeitleiste", "Chronologie", "Cronología", "Cronologia", "時系列"),
    SPEAKER_UNKNOWN: (
        "ohne Namen im Text",
        "auteur non nommé",
        "sin nombre en el texto",
        "autor não identificado",
        "話者不明",
    ),
    TRANSLATED: (
        "Übersetzung des Modells, nicht wörtlich",
        "traduction du modèle, non littérale",
        "traducción del modelo, no literal",
        "tradução do modelo, não literal",
        "モデルによる翻訳、原文どおりではありません",
    ),
    NOT_BORNE_OUT: (
        "Nichts, was der Text belegt.",
        "Rien que le texte confirme.",
        "Nada que el texto respalde.",
        "Nada que o texto comprove.",
        "本文で裏付けられる内容はありません。",
    ),
    NO_QUOTES: (
        "Keine Zitate, die wörtlich im Text stehen.",
        "Aucune citation présente mot pour mot dans le texte.",
        "Ninguna cita que figure literalmente en el texto.",
        "Nenhuma citação que conste literalmente no texto.",
        "本文にそのまま載っている発言はありません。",
    ),
    NO_EVENTS: (
        "Keine datierten Ereignisse im Text.",
        "Aucun événement daté dans le texte.",
        "Ningún hecho con fecha en el texto.",
        "Nenhum acontecimento datado no texto.",
        "日付のある出来事はありません。",
    ),
    UNDATED: ("ohne Datum", "sans date", "sin fecha", "sem data", "日付なし"),
    MINUTES_SAVED: (
        "{count} Min. Lesezeit gespart",
        "{count} min de lecture gagnées",
        "{count} min de lectura ahorrados",
        "{count} min de leitura poupados",
        "読む時間を{count}分短縮",
    ),
    WORDS: ("{count} Wörter", "{count} mots", "{count} palabras", "{count} palavras", "{count}語"),
    ONE_WORD: ("1 Wort", "1 mot", "1 palabra", "1 palavra", "1語"),
    FROM_PAGE: (
        "Datum aus dem Text der Seite",
        "date tirée du texte de la page",
        "fecha tomada del texto de la página",
        "data tirada do texto da página",
        "日付はページの本文から",
    ),
    FROM_DATELINE: (
        "Datum aus der Ortsmarke des Textes",
        "date tirée de l'en-tête du texte",
        "fecha tomada del encabezado del texto",
        "data tirada do cabeçalho do texto",
        "日付は本文の冒頭から",
    ),
    NO_DATE: (
        "Datum unbekannt: Wochentage bleiben ohne Datum",
        "date inconnue : les jours de la semaine restent sans date",
        "fecha desconocida: los días de la semana quedan sin fecha",
        "data desconhecida: os dias da semana ficam sem data",
        "日付不明：曜日は日付に直していません",
    ),
    PASSAGES: (
        "¶ zählt die Abschnitte des Textes: seine Absätze, lange in Teilen.",
        "¶ compte les passages du texte : ses paragraphes, les longs en parties.",
        "¶ cuenta los pasajes del texto: sus párrafos, los largos por partes.",
        "¶ conta as passagens do texto: os parágrafos, os longos em partes.",
        "¶は本文の区切り（段落、長い段落はその一部）の番号です。",
    ),
}
_MARKS: Final[Mapping[str, tuple[str, str]]] = {
    "de": ("„", "“"),
    "fr": ("« ", " »"),
    "es": ("«", "»"),
    "it": ("«", "»"),
    "ja": ("「", "」"),
    "ru": ("«", "»"),
}


def in_language(phrase: str, language: str | None) -> str:
    """`phrase` of the table, or a section's title, in `language` (ISO 639-1); as it is where that is not there."""
    row = _TABLE.get(phrase)
    return row[_LANGUAGES.index(language)] if row and language in _LANGUAGES else phrase


def in_marks(words: str, language: str | None) -> str:
    """`words` between the quotation marks of `language`, English ones where those are not known."""
    opening, closing = _MARKS.get(language or "", ("“", "”"))
    return f"{opening}{words.strip()}{closing}"
