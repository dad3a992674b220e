"""The desk where a guild's prompts are written: looked at, drafted and checked, saved, rolled back, given up.

A draft is kept beside the versions, valid or not, so that nothing typed is lost; it is saved as one only when
it is valid by itself and in the set. Versions are only ever added, also by rolling back and by giving up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.domain.audit import AuditEntry
from bot.domain.clock import Clock, utc_now
from bot.domain.errors import UsageError
from bot.domain.prompt_version import DRAFT, PromptVersion
from bot.domain.section import Section, SectionKind
from bot.prompting import PromptSet, SectionPrompt
from bot.prompting.overlay import (
    MOST_SECTIONS,
    OWN_PARTS,
    by_name,
    problems_of_own,
    problems_of_set,
    section_file,
    typed_file,
    typed_values,
)
from bot.services.auditing import AuditBook
from bot.services.own_prompts import OwnPrompts
from bot.services.prompt_book import PromptBook
from bot.wording import Phrase

VERSIONS_KEPT: Final = 50  # of each name
_FRESH_BODY: Final = "At most {{ max_items }} "


@dataclass(frozen=True, slots=True)
class Form:
    """A prompt as a person sees and types it. A shared part has a `body` alone, and no `kind`."""

    body: str
    kind: SectionKind | None = None
    title: str = ""
    max_items: str = ""
    order: str = ""
    enabled: bool = True


class Listed(NamedTuple):
    """One prompt of a guild: `version` is the guild's own that is in force, None where it is the operator's."""

    name: str
    title: str
    kind: SectionKind | None
    enabled: bool
    version: int | None
    order: int


class Drafted(NamedTuple):
    """What was typed, what it would replace, the set that it would make, and what is wrong with it."""

    draft: PromptVersion
    now: PromptSet
    then: PromptSet
    problems: tuple[Phrase, ...]


class PromptDesk:
    """Everything that /prompts does besides trying. Every method raises UsageError and StorageError."""

    def __init__(
        self,
        book: PromptBook,
        own: OwnPrompts,
        audit: AuditBook,
        *,
        clock: Clock = utc_now,
    ) -> None:
        self.own = own
        self._book = book
        self._audit = audit
        self._clock = clock

    # --- looking --------------------------------------------------------------------------------------------

    async def listed(self, guild_id: int) -> list[Listed]:
        """All prompts that may be changed: sections in their order, then the shared parts."""
        versions = {
            own.name: own.version
            for own in await self.own.current(guild_id)
            if own.text is not None and not problems_of_own(self.own.operators, own.name, own.text)
        }
        sections = by_name(await self.own.in_force(guild_id)).values()
        rows = [
            Listed(
                prompt.section.name,
                prompt.section.title,
                prompt.section.kind,
                prompt.enabled,
                versions.get(prompt.section.name),
                prompt.section.order,
            )
            for prompt in sections
        ]
        rows.sort(key=lambda row: (not row.enabled, row.order, row.name))
        return rows + [Listed(part, "", None, True, versions.get(part), 0) for part in OWN_PARTS]

    async def text(self, guild_id: int, name: str) -> str:
        """The file as it is in force here."""
        return _text(await self.own.in_force(guild_id), name)

    async def form(self, guild_id: int, name: str) -> Form:
        """What is in force here, for a person to change."""
        return _form(name, await self.text(guild_id, name))

    async def drafted_form(self, guild_id: int, name: str, mark: str) -> Form:
        """The draft that was typed last, for a person to change again."""
        return _form(name, (await self._draft(guild_id, name, mark)).text or "")

    async def fresh(self, guild_id: int, name: str, kind: SectionKind) -> Form:
        """An empty form for a new section `name`, which no prompt here has yet."""
        prompts = await self.own.in_force(guild_id)
        known = by_name(prompts)
        if name in known or name in prompts.parts:
            raise UsageError(
                Phrase("There is a prompt named “{name}” already.", name=name),
                cure=Phrase("Change it with /prompts edit, or choose another name."),
            )
        if len(known) >= MOST_SECTIONS:
            raise UsageError(
                Phrase("There can be at most {most} sections.", most=MOST_SECTIONS),
                cure=Phrase("Give one of your own up with /prompts reset."),
            )
        title = name.replace("_", " ").capitalize()
        last = max((prompt.section.order for prompt in known.values()), default=0)
        Section.model_validate({"name": name, "title": title, "kind": kind})  # named by the front: a slug
        return Form(_FRESH_BODY, kind, title, "5", str(last + 10))

    async def history(self, guild_id: int, name: str) -> list[PromptVersion]:
        """All versions that are kept, newest first."""
        return await self._book.history(guild_id, name, VERSIONS_KEPT)

    # --- changing -------------------------------------------------------------------------------------------

    async def draft(self, guild_id: int, name: str, made_by: int, form: Form) -> Drafted:
        """Keep what was typed, and say what is wrong with it."""
        text = form.body.strip() if form.kind is None else _typed(name, form, self.own.operators)
        draft = PromptVersion(guild_id=guild_id, name=name, made_by=made_by, made=self._clock(), text=text)
        await self._book.put_draft(draft)
        return await self._looked_over(draft)

    async def drafted(self, guild_id: int, name: str, mark: str) -> Drafted:
        """The draft with that mark, looked over again."""
        return await self._looked_over(await self._draft(guild_id, name, mark))

    async def save(self, guild_id: int, name: str, mark: str, made_by: int) -> PromptVersion:
        """Make the draft with that mark the version in force."""
        looked_over = await self.drafted(guild_id, name, mark)
        if looked_over.problems:
            raise UsageError(looked_over.problems[0], cure=Phrase("Change the draft first."))
        return await self._add(_by(looked_over.draft, made_by))

    async def discard(self, guild_id: int, name: str) -> bool:
        """Throw the draft away; False where there was none."""
        return await self._book.drop_draft(guild_id, name)

    async def roll_back(self, guild_id: int, name: str, version: int, made_by: int) -> PromptVersion:
        """A new version that equals an earlier one."""
        earlier = await self._book.get(guild_id, name, version) if version != DRAFT else None
        if earlier is None:
            raise UsageError(
                Phrase("“{name}” has no version {version} here.", name=name, version=version),
                cure=Phrase("See /prompts history."),
            )
        texts = await self.own.texts(guild_id)
        if earlier.text is not None and (wrong := await self._problems(texts, name, earlier.text)):
            raise UsageError(
                Phrase("Version {version} is not valid any more: {why}", version=version, why=wrong[0]),
                cure=Phrase("Choose another version, or use /prompts edit."),
            )
        wanted = _by(earlier, made_by).model_copy(update={"equals": version})
        return await self._add(wanted)

    async def reset(self, guild_id: int, name: str, made_by: int) -> PromptVersion:
        """A new version that gives the guild's own text up: the operator's is in force again."""
        if name not in await self.own.texts(guild_id):
            raise UsageError(
                Phrase("“{name}” is the operator's here already.", name=name),
                cure=Phrase("There is nothing to do."),
            )
        given_up = PromptVersion(guild_id=guild_id, name=name, made_by=made_by, made=self._clock(), text=None)
        return await self._add(given_up)

    # --- inside ---------------------------------------------------------------------------------------------

    async def _draft(self, guild_id: int, name: str, mark: str) -> PromptVersion:
        draft = await self._book.get(guild_id, name, DRAFT)
        if draft is None or draft.mark != mark:
            raise UsageError(
                Phrase("That draft of “{name}” is saved, thrown away or replaced by a newer one.", name=name),
                cure=Phrase("Begin again with /prompts edit."),
            )
        return draft

    async def _looked_over(self, draft: PromptVersion) -> Drafted:
        texts = await self.own.texts(draft.guild_id)
        now = await self.own.made_of(texts)
        wrong = await self._problems(texts, draft.name, draft.text or "")
        valid = not problems_of_own(self.own.operators, draft.name, draft.text or "")
        then = await self.own.made_of(texts | {draft.name: draft.text or ""}) if valid else now
        return Drafted(draft, now, then, tuple(wrong))

    async def _problems(self, texts: dict[str, str], name: str, text: str) -> list[Phrase]:
        wrong = problems_of_own(self.own.operators, name, text)
        return wrong or problems_of_set(await self.own.made_of(texts | {name: text}))

    async def _add(self, wanted: PromptVersion) -> PromptVersion:
        before = await self._book.history(wanted.guild_id, wanted.name, 1)
        stored = await self._book.add(wanted.model_copy(update={"made": self._clock()}), keep=VERSIONS_KEPT)
        entry = AuditEntry(
            guild_id=stored.guild_id,
            made_by=stored.made_by,
            made=stored.made,
            kind="prompt",
            what=stored.name,
            before=before[0].version if before else None,
            after=stored.version,
        )
        await self._audit.note(entry)
        return stored


def _by(version: PromptVersion, made_by: int) -> PromptVersion:
    """The same text, by somebody else."""
    return version.model_copy(update={"made_by": made_by})


def _text(prompts: PromptSet, name: str) -> str:
    if name in OWN_PARTS:
        return prompts.parts[name]
    found = by_name(prompts).get(name)
    if found is None:
        raise UsageError(
            Phrase("There is no prompt named “{name}” here.", name=name[:40]),
            cure=Phrase("Choose from: {names}.", names=", ".join([*by_name(prompts), *OWN_PARTS])),
        )
    return section_file(found)


def _form(name: str, text: str) -> Form:
    if name in OWN_PARTS:
        return Form(text)
    values, body = typed_values(text)
    return Form(
        body,
        values["kind"],
        str(values.get("title", "")),
        str(values.get("max_items", "")),
        str(values.get("order", "")),
        values.get("enabled") is not False,
    )


def _typed(name: str, form: Form, operators: PromptSet) -> str:
    theirs: SectionPrompt | None = by_name(operators).get(name)
    return typed_file(
        {
            "name": name,
            "title": " ".join(form.title.split()),
            "kind": form.kind,
            "order": form.order.strip(),
            "max_items": form.max_items.strip(),
            "extractive": theirs.section.extractive if theirs else False,
            "enabled": form.enabled,
        },
        form.body,
    )
