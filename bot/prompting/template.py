"""Strict templates: what a prompt file may use is a table, so that a misspelt variable never reaches a model.

Values are passed as values: text of an article that looks like a template stays text. The sandbox has no globals,
no loader and no private attributes, so a template reaches nothing but its variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from bot.domain.errors import PromptError
from bot.wording import Phrase


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables of one kind of prompt file: those it must use, and those it may use."""

    must: frozenset[str]
    may: frozenset[str] = frozenset()


SECTION = Variables(must=frozenset({"max_items"}), may=frozenset({"language", "translated", "length"}))
PARTS: Mapping[str, Variables] = {
    "voice": Variables(must=frozenset({"language"})),
    "evidence": Variables(must=frozenset({"boundary"})),
    "task": Variables(
        must=frozenset({"article", "boundary", "sections", "shape"}),
        may=frozenset({"articles", "part", "parts", "language", "length"}),
    ),
    "merge": Variables(must=frozenset({"points", "boundary", "sections", "shape"}), may=frozenset({"language"})),
    "again": Variables(must=frozenset({"shape"})),
    "mend": Variables(must=frozenset({"article", "items", "boundary", "shape"}), may=frozenset({"language"})),
    "ask": Variables(must=frozenset({"article", "question", "boundary", "shape"}), may=frozenset({"language"})),
}

_REACHES_OUT = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


def _environment() -> SandboxedEnvironment:
    environment = (
        SandboxedEnvironment(  # its output is a plain-text message to a model: there is no HTML to escape
            undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
        )
    )
    environment.globals.clear()
    return environment


_ENVIRONMENT = _environment()


def parsed(body: str) -> nodes.Template:
    """The tree of `body`; nothing is computed yet. Raises TemplateSyntaxError, RecursionError, ValueError."""
    return _ENVIRONMENT.parse(body)


def problems_of(body: str, variables: Variables) -> list[str]:
    """Why `body` is not a valid template over `variables`: clauses that name the place or the variable."""
    if not body.strip():
        return ["there is no text"]
    try:
        tree = parsed(body)
        _ENVIRONMENT.from_string(body)  # an unknown filter shows only here
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        return [f"line {line} of the text is no valid template: {error.message}" if line else f"{error.message}"]
    if next(tree.find_all(_REACHES_OUT), None) is not None:
        return ["include, import and extends are not allowed"]
    used = meta.find_undeclared_variables(tree)
    known = variables.must | variables.may
    unknown = [
        f"{{{{ {name} }}}} is no variable here (known: {', '.join(sorted(known))})"
        for name in sorted(used - known)
    ]
    found = unknown + [f"{{{{ {name} }}}} is not used" for name in sorted(variables.must - used)]
    return found or _trial(body, known)


def _trial(body: str, names: frozenset[str]) -> list[str]:
    """What only filling shows: a forbidden attribute, a division by zero. Numbers stand in for every value."""
    try:
        fill(body, dict.fromkeys(names, 2))
    except PromptError as error:
        return [error.said.rstrip(".")]
    return []


@lru_cache(maxsize=256)
def _compiled(body: str) -> Template:
    return _ENVIRONMENT.from_string(body)


def fill(body: str, values: Mapping[str, object]) -> str:
    """`body` with its variables filled. Raises PromptError where one has no value or an expression fails."""
    try:
        return _compiled(body).render(values).strip()
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise PromptError(Phrase("A prompt could not be filled: {error}.", error=type(error).__name__)) from None
