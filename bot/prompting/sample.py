"""The sample article that prompts are tried on: of our own writing, with quotes, figures, dates and a dispute."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from bot.domain.document import Document
from bot.domain.errors import PromptError
from bot.prompting.files import mapping, packaged_prompts, split

_PLACE = Path("samples") / "article.md"


def sample_article(folder: Path | None = None) -> Document:
    """`samples/article.md` of the prompts folder, or else the packaged one. Reads a file. Raises PromptError."""
    own = folder / _PLACE if folder else None
    path = own if own and own.is_file() else packaged_prompts() / _PLACE
    try:
        head, text = split(path.read_text(encoding="utf-8").replace("\r\n", "\n"))
        return Document.model_validate(mapping(head) | {"text": text, "published_from": "given"})
    except (OSError, UnicodeDecodeError, ValueError, ValidationError) as error:
        raise PromptError(f"{_PLACE.as_posix()} is no valid sample article: {type(error).__name__}.") from None
