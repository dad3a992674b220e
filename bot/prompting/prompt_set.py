"""PromptSet: all prompt files of one folder, proven valid, with the digest that a Brief keeps of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.errors import UsageError
from bot.domain.section import Section
from bot.wording import Phrase


@dataclass(frozen=True, slots=True)
class SectionPrompt:
    """One file of `prompts/sections/`: the Section it defines, and the instructions for a model."""

    section: Section
    body: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class PromptSet:
    """`sections` holds the enabled ones by `order`; `parts` the shared texts by name; `digest` 12 hex digits."""

    sections: tuple[SectionPrompt, ...]
    parts: Mapping[str, str]
    digest: str
    disabled: tuple[SectionPrompt, ...] = ()

    def section_values(self, names: Sequence[str] | None = None) -> tuple[Section, ...]:
        """The enabled Sections in order, or those named, in the order named, each once.

        A disabled one may be asked for by name. Raises UsageError listing the known names.
        """
        if names is None:
            return tuple(prompt.section for prompt in self.sections)
        return tuple(self.prompt(name).section for name in dict.fromkeys(names))

    def body(self, name: str) -> str:
        """The template with the instructions of one section. Raises UsageError listing the known names."""
        return self.prompt(name).body

    def prompt(self, name: str) -> SectionPrompt:
        """The prompt of one section. Raises UsageError listing the known names."""
        by_name = {prompt.section.name: prompt for prompt in self.sections + self.disabled}
        if name not in by_name:
            raise UsageError(
                Phrase("There is no section named “{name}”.", name=name[:40]),
                cure=Phrase("Choose from: {names}.", names=", ".join(by_name)),
            )
        return by_name[name]
