"""Reading the prompt files: front matter, body, variables, digest. All problems of a folder are found in one go.

Problems name the file inside the prompts folder and the key, never where that folder lies on the machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from bot.domain.errors import PromptError
from bot.domain.section import Section
from bot.prompting.prompt_set import PromptSet, SectionPrompt
from bot.prompting.template import PARTS, SECTION, problems_of
from bot.wording import Phrase

_MAX_BYTES = 64_000
_FENCE = "---"


class FrontMatter(Section):
    """What stands between the `---` lines of a section file."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool = True

    def section(self) -> Section:
        """The Section without what only the files need."""
        return Section(**self.model_dump(exclude={"enabled"}))


@dataclass(slots=True)
class _Folder:
    """What was read so far: problems are gathered, so that an author sees all of them at once."""

    sections: list[SectionPrompt] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


def packaged_prompts() -> Path:
    """The prompts that come with Nutgraf: inside the installed package, else at the top of the checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "prompts"
    return installed if installed.is_dir() else here.parents[1] / "prompts"


def load_prompts(folder: Path | None = None) -> PromptSet:
    """The prompts of `folder`, or the packaged ones. Raises PromptError that names each file and key at fault."""
    read = _read(folder or packaged_prompts())
    if read.problems:
        raise PromptError(Phrase("The prompts are not valid: {problems}.", problems="; ".join(read.problems)))
    ordered = sorted(read.sections, key=lambda prompt: (prompt.section.order, prompt.section.name))
    return PromptSet(
        sections=tuple(prompt for prompt in ordered if prompt.enabled),
        parts=read.parts,
        digest=_digest(read.texts),
        disabled=tuple(prompt for prompt in ordered if not prompt.enabled),
    )


def check_prompts(folder: Path | None = None) -> list[str]:
    """Every problem of the folder, one a line, empty when it is valid. Raises nothing."""
    return _read(folder or packaged_prompts()).problems


def _read(folder: Path) -> _Folder:
    read = _Folder()
    if not folder.is_dir():
        read.problems.append("there is no such prompts folder")
        return read
    for path in sorted((folder / "sections").glob("*.md")):
        text = _text(path, read)
        if text is not None:
            _read_section(path, text, read)
    for name in PARTS:
        path = folder / "parts" / f"{name}.md"
        text = _text(path, read)
        if text is not None:
            read.parts[name] = text
            read.problems += _named(path, problems_of(text, PARTS[name]))
    for path in sorted((folder / "parts").glob("*.md")):
        if path.stem not in PARTS:
            read.problems += _named(path, [f"is no known part (known: {', '.join(PARTS)})"])
    if not any(prompt.enabled for prompt in read.sections) and not read.problems:
        read.problems.append("no section is enabled")
    return read


def _read_section(path: Path, text: str, read: _Folder) -> None:
    prompt, problems = section_of(path.stem, text)
    read.problems += _named(path, problems)
    if prompt is not None:
        read.sections.append(prompt)


def section_of(stem: str, text: str) -> tuple[SectionPrompt | None, list[str]]:
    """The section of a file called `stem` with that text, and what is wrong with it."""
    try:
        head, body = split(text)
        matter = FrontMatter.model_validate(mapping(head))
    except ValidationError as error:
        return None, [_clause(item) for item in error.errors()]
    except ValueError as error:
        return None, [str(error)]
    found = problems_of(body, SECTION)
    if matter.name != stem:
        found.append(f"name is {matter.name!r}, but the file is called {stem!r}")
    return SectionPrompt(section=matter.section(), body=body, enabled=matter.enabled), found


def _text(path: Path, read: _Folder) -> str | None:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        read.problems += _named(path, ["is missing"])
        return None
    except (OSError, UnicodeDecodeError):
        read.problems += _named(path, ["is not readable as UTF-8 text"])
        return None
    if len(data) > _MAX_BYTES:
        read.problems += _named(path, [f"is larger than {_MAX_BYTES} bytes"])
        return None
    read.texts[f"{path.parent.name}/{path.name}"] = text
    return text


def split(text: str) -> tuple[str, str]:
    """Front matter and body. Raises ValueError where the fences are not there."""
    lines = text.removeprefix("\ufeff").split("\n")
    if lines[0].rstrip() != _FENCE:
        raise ValueError("does not begin with a line of ---")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]).strip()
    raise ValueError("has no second line of --- that ends its front matter")


def mapping(head: str) -> dict[str, object]:
    """The keys of a front matter as they are written. Raises ValueError where they are none."""
    try:
        value = yaml.safe_load(head)
    except yaml.YAMLError:
        raise ValueError("its front matter is no valid YAML") from None
    if not isinstance(value, dict):
        raise ValueError("its front matter is no list of `key: value` lines")
    return {str(key): entry for key, entry in value.items()}


def _clause(item: ErrorDetails) -> str:
    key = ".".join(str(part) for part in item["loc"])
    if item["type"] == "extra_forbidden":
        return f"{key} is no known key (known: {', '.join(FrontMatter.model_fields)})"
    return f"{key} is missing" if item["type"] == "missing" else f"{key}: {item['msg']}"


def _named(path: Path, clauses: Iterable[str]) -> list[str]:
    return [f"{path.parent.name}/{path.name}: {clause}" for clause in clauses]


def _digest(texts: Mapping[str, str]) -> str:
    whole = hashlib.sha256()
    for name in sorted(texts):
        whole.update(f"{name}\0{texts[name]}\0".encode())
    return whole.hexdigest()[:12]
