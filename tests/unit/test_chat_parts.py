"""Small parts of the Discord front: the line, the progress in words, buttons' state, the commands' fingerprint."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.chat.brief import wished
from bot.chat.buttons import DeleteButton
from bot.chat.failures import sentence
from bot.chat.line import Line
from bot.chat.progress import Watch
from bot.chat.recent import Recent
from bot.chat.sync import fingerprint
from bot.domain.errors import NoTextError, UsageError
from bot.domain.task import Progress
from tests.support.small_bot import until

pytestmark = pytest.mark.unit


async def test_the_line_serves_in_order_and_tells_each_how_many_are_ahead() -> None:
    line, told, served = Line(1), dict[str, list[int]](a=[], b=[], c=[]), list[str]()
    gates = {name: asyncio.Event() for name in told}

    async def person(name: str) -> None:
        async with line.turn(told[name].append):
            served.append(name)
            await gates[name].wait()

    tasks = [asyncio.create_task(person(name)) for name in told]
    for name, gate in gates.items():
        await until(partial(served.__contains__, name))
        gate.set()
    await asyncio.gather(*tasks)
    assert served == ["a", "b", "c"]
    assert told == {"a": [], "b": [1], "c": [2, 1]}


async def test_who_leaves_the_line_gives_up_the_place() -> None:
    line, told = Line(1), list[int]()

    async def wait_for_turn() -> None:
        async with line.turn(told.append):
            pass

    async with line.turn(told.append):
        leaver = asyncio.create_task(wait_for_turn())
        stayer = asyncio.create_task(wait_for_turn())
        await asyncio.sleep(0)
        leaver.cancel()
        await asyncio.wait({leaver})
        assert told == [1, 2, 1]
    await stayer


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress("reading", 0, 3), "Reading source 1 of 3…"),
        (Progress("reading", 3, 3), "Reading source 3 of 3…"),
        (Progress("writing"), "Writing…"),
        (Progress("writing", 2, 7), "Writing, part 3 of 7…"),
        (Progress("checking"), "Checking quotes, dates and numbers against the text…"),
    ],
)
def test_progress_in_words_is_told_once(progress: Progress, words: str) -> None:
    watch = Watch()
    assert watch.news() is None
    watch.report(progress)
    assert [watch.news(), watch.news()] == [words, None]


def test_recent_forgets_the_oldest() -> None:
    recent = Recent(size=2)
    assert [recent.is_new(key) for key in (1, 1, 2, 3, 1)] == [True, False, True, True, True]


async def test_a_button_carries_the_asker_and_as_many_pages_as_fit() -> None:
    ids = [1_573_978_369_278_607_360 + n for n in range(9)]
    button = DeleteButton(ids[0], ids[1:])
    assert len(button.custom_id) <= 100
    match = button.template.fullmatch(button.custom_id)
    assert match is not None
    again = await DeleteButton.from_custom_id(None, button.item, match)  # type: ignore[arg-type]
    assert again.asker == ids[0]
    assert list(again.pages) == ids[1 : 1 + len(again.pages)]
    assert len(again.pages) >= 4


def test_the_fingerprint_ignores_order_ids_and_defaults_told() -> None:
    ours = [{"name": "b", "type": 3}, {"name": "a", "description": "x", "options": [{"name": "o", "type": 3}]}]
    theirs = [
        {
            "id": "1",
            "name": "a",
            "type": 1,
            "description": "x",
            "options": [{"name": "o", "type": 3, "required": False}],
        },
        {"id": "2", "name": "b", "type": 3, "description": "", "options": [], "nsfw": False, "contexts": None},
    ]
    assert fingerprint(ours) == fingerprint(theirs)
    assert fingerprint(ours) != fingerprint([*ours[:1], ours[1] | {"description": "y"}])


def test_a_known_failure_speaks_for_itself_and_an_unknown_one_keeps_its_secrets(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert sentence(NoTextError()) == str(NoTextError())
    told = sentence(ValueError("token=abc"))
    assert "trace" in told
    assert "abc" not in told + caplog.text


@pytest.mark.parametrize(
    ("published", "language", "words"),
    [("31.3.2026", None, "2026-03-31"), ("2026-02-30", None, "not a day"), (None, "english", "en, sv")],
)
def test_options_that_cannot_be_used_say_how_to_write_them(
    published: str | None, language: str | None, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        wished(published, language, None, private=False)
