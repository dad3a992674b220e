"""The table of extractors, one a kind. A new kind is one module beside these, a row here and its rows in `kinds`.

Each takes a Raw and gives an Extract; it may take 100 ms of CPU for a page, and raises UnsupportedError for bytes
that are no text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.intake.content import Extract, Raw
from bot.intake.kinds import Kind
from bot.intake.markdown_text import extract_markdown
from bot.intake.plain_text import extract_plain
from bot.intake.web_page import extract_page

Extractor = Callable[[Raw], Extract]

EXTRACTORS: Final[Mapping[Kind, Extractor]] = {
    "text": extract_plain,
    "markdown": extract_markdown,
    "html": extract_page,
}
