"""What prompts that guilds write may use of the template language: their variables and conditions, no more.

The operator's files are trusted and have the whole sandbox. What anybody may type has only this table of nodes: no
loop, no filter, no arithmetic, no attribute and no call. So filling takes time and room in proportion to the text,
whatever it says, and nothing but the values is within reach. A constant expression would be computed as soon as a
template is compiled, so this is asked before anything else looks at the text.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final

from jinja2 import TemplateSyntaxError, nodes

from bot.prompting.template import Variables, parsed
from bot.wording import Phrase

_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const,
    nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip
MOST_NESTED: Final = 24  # nodes inside nodes; a condition in a condition in a condition has about ten
MOST_NODES: Final = 600


def refusals(body: str, variables: Variables) -> list[Phrase]:
    """Why `body`, as somebody typed it, is not a template over `variables`: each names the line."""
    if not body.strip():
        return [Phrase("There is no text.")]
    try:
        tree = parsed(body)
    except TemplateSyntaxError as error:
        return [Phrase("Line {line} is no valid template: {why}.", line=error.lineno, why=_why(error))]
    except (RecursionError, ValueError, OverflowError):
        return [Phrase("There are too many conditions, or conditions inside of conditions.")]
    inside = list(_inside(tree))
    strange: dict[int, nodes.Node] = {}
    for node in inside:
        if not isinstance(node, _ALLOWED):
            strange.setdefault(node.lineno, node)  # the outermost of a line
    if strange:
        return [_refused(strange[line]) for line in sorted(strange)]
    if _depth(tree) > MOST_NESTED or len(inside) > MOST_NODES:
        return [Phrase("There are too many conditions, or conditions inside of conditions.")]
    return _misnamed(tree, variables)


def _misnamed(tree: nodes.Template, variables: Variables) -> list[Phrase]:
    known = variables.must | variables.may
    names = [node for node in _inside(tree) if isinstance(node, nodes.Name)]
    unknown = {(node.lineno, node.name): node for node in names if node.name not in known}
    listed = ", ".join(_braced(name) for name in sorted(known))
    found = [
        Phrase(
            "Line {line}: {name} is no variable here. There are: {known}.",
            line=line,
            name=_braced(name),
            known=listed,
        )
        for line, name in sorted(unknown)
    ]
    missing = sorted(variables.must - {node.name for node in names})
    return found + [Phrase("{name} has to stand in the text.", name=_braced(name)) for name in missing]


def _refused(node: nodes.Node) -> Phrase:
    used = _NAMED.get(type(node))
    if used is None:
        return Phrase("Line {line} uses more of the template language than is allowed here.", line=node.lineno)
    return Phrase("Line {line}: {what} is not allowed here.", line=node.lineno, what=used)


_NAMED: Final[dict[type[nodes.Node], Phrase]] = {
    nodes.For: Phrase("a loop"),
    nodes.Filter: Phrase("a filter"),
    nodes.Test: Phrase("a test with “is”"),
    nodes.Call: Phrase("a call"),
    nodes.Getattr: Phrase("reaching into a value"),
    nodes.Getitem: Phrase("reaching into a value"),
    nodes.Include: Phrase("another file"),
    nodes.Import: Phrase("another file"),
    nodes.FromImport: Phrase("another file"),
    nodes.Extends: Phrase("another file"),
    nodes.Assign: Phrase("a variable of its own"),
    nodes.AssignBlock: Phrase("a variable of its own"),
    nodes.With: Phrase("a variable of its own"),
    nodes.Macro: Phrase("a macro"),
    nodes.Add: Phrase("arithmetic"),
    nodes.Sub: Phrase("arithmetic"),
    nodes.Mul: Phrase("arithmetic"),
    nodes.Div: Phrase("arithmetic"),
    nodes.FloorDiv: Phrase("arithmetic"),
    nodes.Mod: Phrase("arithmetic"),
    nodes.Pow: Phrase("arithmetic"),
    nodes.Concat: Phrase("joining texts"),
}


def _inside(tree: nodes.Node) -> Iterator[nodes.Node]:
    """All nodes, outer ones first, without the recursion of the library's own walk."""
    waiting: deque[nodes.Node] = deque([tree])
    while waiting:
        node = waiting.popleft()
        yield node
        waiting.extend(node.iter_child_nodes())


def _depth(tree: nodes.Node) -> int:
    deepest, level = 0, [tree]
    while level:
        deepest += 1
        level = [child for node in level for child in node.iter_child_nodes()]
    return deepest


def _why(error: TemplateSyntaxError) -> str:
    return (error.message or "").rstrip(".")


def _braced(name: str) -> str:
    return f"{{{{ {name} }}}}"
