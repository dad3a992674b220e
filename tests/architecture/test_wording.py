"""Words said to people: all of them pass through the catalogues, and the catalogues hold all of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural

from bot.chat.translator import NAMES
from bot.wording import LANGUAGES
from scripts import messages
from scripts.messages import FEATURES, ROOT, catalogue, command_records, strings

# The command line and what only its caller meets speak English, as its --help does.
OPERATORS = {"cli", "playground", "store", "watch", "settings.py", "app.py", "wording"}
OPERATORS_FILES = {"bot/chat/shards.py", "bot/jobs/lease.py", "bot/jobs/removing.py", "bot/prompting/sample.py"}
VIEWS = {"notice_view", "told_view", "whisper", "refuse"}
LABELS = {"label", "placeholder", "title", "description", "text"}
WIDGETS = {"Button", "Label", "TextInput", "SelectOption", "TextDisplay", "Modal", "Form", "Select"}
SPEAKING = {"say", "say_n", "Phrase", "phrase_n"}
PYTHONS = {"ValueError", "TypeError", "KeyError", "RuntimeError", "AssertionError", "LookupError", "OSError"}
PYTHONS |= {"ConnectError", "NotImplementedError", "OverflowError", "TimeoutError", "ConnectionError"}
DISCORDS_OPENING = re.compile(r"(?<![\w/<:.])/([a-z-]+)(?: ([a-z-]+))?")


@cache
def template() -> Catalog:
    return messages.messages()


@cache
def commands() -> list[dict[str, Any]]:
    return command_records()


@cache
def known(language: str) -> Catalog:
    return catalogue(language)


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _fields(text: str) -> set[tuple[str, str]]:
    parsed = Formatter().parse(text) if "{" in text else ()
    return {(name, spec or "") for _, name, spec, _ in parsed if name is not None}


def _key(message: Message) -> tuple[str | None, tuple[str, ...]]:
    return message.context, _ids(message)


# --- the catalogues -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_nothing_else_is(language: str) -> None:
    wanted = {_key(message) for message in template() if message.id}
    held = {_key(message) for message in known(language) if message.id}
    empty = [_key(message) for message in known(language) if message.id and not all(strings(message))]
    missing, left_over = sorted(map(str, wanted - held)), sorted(map(str, held - wanted))
    assert (missing, left_over, empty) == ([], [], []), "run `python -m scripts.messages`, then translate"


def test_whatever_is_said_is_found_wherever_it_stands() -> None:
    """Babel does not look into f-strings, and what it misses is said in English to everybody."""
    held = {text for message in template() for text in _ids(message)}
    missed = [
        f"{path.relative_to(ROOT)}:{call.lineno}: {words}"
        for path in sorted((ROOT / "bot").rglob("*.py"))
        if "wording" not in path.parts
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SPEAKING
        for words in _literals(call)
        if words not in held
    ]
    assert missed == []


def _literals(call: ast.Call) -> list[str]:
    """The words in a call that speaks, in both numbers where it has them."""
    given = call.args[: 2 if str(getattr(call.func, "id", "")).endswith("_n") else 1]
    return [
        arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and arg.value
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language: str) -> None:
    assert [message.id for message in known(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_says_the_same_twice(language: str) -> None:
    said = [text for message in known(language) if message.id for text in strings(message)]
    assert [text for text in said if re.fullmatch(r"(.{6,}?)\1+", text, re.DOTALL)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_hold_the_fields_of_their_source(language: str) -> None:
    """In a plural, a form may leave the number out; in no form may a field stand that the source lacks."""
    wrong = []
    for message in known(language):
        if not message.id:
            continue
        allowed = {field for text in _ids(message) for field in _fields(text)}
        for string in strings(message):
            found = _fields(string)
            if (found | {("count", "")} if len(_ids(message)) > 1 else found) != (
                allowed | {("count", "")} if len(_ids(message)) > 1 else allowed
            ):
                wrong.append((message.id, string))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_as_many_forms_as_the_language(language: str) -> None:
    forms = known(language).num_plurals
    assert forms == get_plural(language).num_plurals
    wrong = [m.id for m in known(language) if m.id and len(_ids(m)) > 1 and len(strings(m)) != forms]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_end_and_break_as_their_source_does(language: str) -> None:
    """White space at the ends and Markdown marks are part of what is shown."""
    wrong = [
        (text, string)
        for message in known(language)
        for text in _ids(message)[:1]
        for string in strings(message)
        if text
        and (
            text.count("**") != string.count("**")
            or text.count("`") != string.count("`")
            or text.count("\n") != string.count("\n")
            or string != string.strip()
        )
    ]
    assert wrong == []


# --- commands -----------------------------------------------------------------------------------------------


def _translated(language: str, name: str) -> str:
    message = known(language).get(name, NAMES)
    return str(message.string) if message and message.string else name


def _nodes(records: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Records that stand beside each other."""
    beside = list(records)
    if beside:
        yield beside
    for record in beside:
        yield from _nodes(record.get("options", ()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_commands_are_such_as_discord_takes_and_differ_from_those_beside_them(language: str) -> None:
    for beside in _nodes(commands()):
        typed = [record for record in beside if record.get("type") not in {2, 3} or "description" in record]
        names = [_translated(language, record["name"]) for record in typed]
        assert len(set(names)) == len(names), names
        for name in names:
            assert re.fullmatch(r"[-_'\w]{1,32}", name), name
            assert name == name.lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_commands_have_room(language: str) -> None:
    for beside in _nodes(commands()):
        for record in beside:
            words = [record.get("description", "")] + [choice["name"] for choice in record.get("choices", ())]
            for word in filter(None, words):
                message = known(language).get(word)
                assert message, word
                assert len(str(message.string)) <= 100, message.string


def test_a_command_with_its_longest_words_is_not_too_large_for_discord() -> None:
    def longest(word: str, context: str | None = None) -> int:
        found = [known(language).get(word, context) for language in LANGUAGES]
        return max([len(word), *(len(str(message.string)) for message in found if message)])

    def size(record: dict[str, Any]) -> int:
        total = longest(record["name"], NAMES) + longest(record.get("description") or "-")
        for choice in record.get("choices", ()):
            total += longest(choice["name"]) + len(str(choice["value"]))
        return total + sum(size(option) for option in record.get("options", ()))

    sizes = {record["name"]: size(record) for record in commands()}
    assert {name: found for name, found in sizes.items() if found > 8_000} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_that_a_message_names_are_named_as_discord_shows_them(language: str) -> None:
    paths = {record["name"]: {o["name"] for o in record.get("options", ())} for record in commands()}
    wrong = []
    for message in known(language):
        for text in _ids(message)[:1]:
            for group, sub in DISCORDS_OPENING.findall(text):
                if group not in paths:
                    continue
                shown = f"/{_translated(language, group)}"
                if sub in paths[group]:
                    shown += f" {_translated(language, sub)}"
                wrong += [(text, shown) for string in strings(message) if shown not in string]
    assert wrong == []


# --- the code -----------------------------------------------------------------------------------------------


@cache
def _trees() -> tuple[tuple[str, ast.Module], ...]:
    names = (path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "bot").rglob("*.py")))
    return tuple(
        (name, ast.parse((ROOT / name).read_text(encoding="utf-8")))
        for name in names
        if Path(name).parts[1] not in OPERATORS and name not in OPERATORS_FILES
    )


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _holds_words(node: ast.expr) -> bool:
    """Whether a reader would read words that stand in the code here."""
    match node:
        case ast.Constant(value=str(text)):
            return any(character.isalpha() for character in text)
        case ast.JoinedStr(values=values):
            return any(isinstance(value, ast.Constant) and _holds_words(value) for value in values)
        case ast.BinOp(left=left, right=right):
            return _holds_words(left) or _holds_words(right)
        case ast.IfExp(body=body, orelse=orelse):
            return _holds_words(body) or _holds_words(orelse)
        case ast.BoolOp(values=values):
            return any(map(_holds_words, values))
        case _:
            return False


def _said_plainly(node: ast.Call) -> list[ast.expr]:
    """The arguments of a call that people read, and that are words of the code."""
    name = _called(node)
    read: list[ast.expr] = []
    if name in VIEWS or (name.endswith("Error") and name not in PYTHONS):
        read = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "cure")]
    elif name in WIDGETS:
        read = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg in LABELS)]
    elif name == "Finding":
        read = [keyword.value for keyword in node.keywords if keyword.arg == "detail"]
    return [argument for argument in read if _holds_words(argument)]


def test_nothing_is_said_to_people_but_through_the_catalogues() -> None:
    plain = [
        f"{name}:{argument.lineno} {ast.unparse(argument)}"
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for argument in _said_plainly(node)
    ]
    assert plain == []


def test_forms_have_no_title_in_their_class() -> None:
    titled = [
        f"{name}:{node.lineno}"
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(keyword.arg == "title" for keyword in node.keywords)
    ]
    assert titled == []


def test_messages_are_given_the_fields_that_they_name() -> None:
    wrong = []
    for name, tree in _trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or _called(node) not in SPEAKING:
                continue
            templates = node.args[: 2 if _called(node).endswith("_n") else 1]
            texts = [text.value for text in templates if isinstance(text, ast.Constant)]
            if len(texts) < len(templates) or any(keyword.arg is None for keyword in node.keywords):
                continue  # a table's, or fields that several messages share
            given = {str(keyword.arg) for keyword in node.keywords}
            if _called(node).endswith("_n"):
                given.add("count")
            named = (
                {field for text in texts for field, _ in _fields(str(text))} if given or len(texts) > 1 else set()
            )
            if named - given or (given - named - {"count"}):
                wrong.append(f"{name}:{node.lineno} {sorted(named ^ given)}")
    assert wrong == []


def test_templates_stand_in_the_code_as_they_are() -> None:
    """An f-string is filled before a catalogue is asked, so no catalogue can hold it."""
    made = [
        f"{name}:{node.lineno} {ast.unparse(node.args[0])[:60]}"
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and _called(node) in SPEAKING
        and node.args
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert made == []


def test_every_feature_gives_its_words() -> None:
    """A feature that brings commands and is not listed would have its words in no catalogue."""
    having = {
        node.name
        for _, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and not any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)
        and {"commands", "on_message"}
        <= {f.name for f in node.body if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)}
    }
    assert having - {feature.__name__ for feature in FEATURES} == set()
