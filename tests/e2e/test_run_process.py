"""`nutgraf run` as an operator starts it: a process of its own, settings by environment, ended by a signal."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

from bot.playground import Channel, Person, Playground

ROOT = Path(__file__).parents[2]


async def started(playground: Playground, folder: Path, **settings: str) -> asyncio.subprocess.Process:
    """`nutgraf run` in that folder, in the playground's Discord."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": playground.token,
        "DISCORD_API_BASE": playground.api_url,
        "DISCORD_GATEWAY": playground.gateway_url,
        "FETCH_ALLOW_HOSTS": urlsplit(playground.url).netloc,
        **settings,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run", cwd=folder, env=environment, stderr=asyncio.subprocess.PIPE
    )


async def test_the_bot_as_a_process_answers_offers_its_commands_and_ends_in_peace(
    playground: Playground, ada: Person, general: Channel, tmp_path: Path
) -> None:
    process = await started(playground, tmp_path)
    try:
        await playground.wait_for_bot(timeout=60)
        asked = await ada.say(general, f"{playground.mention} {playground.article_url('swing-bridge-closure')}")
        await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 60, after=asked)
        used = await ada.slash("digest list", {}, general)
        assert used.original is not None
        process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(process.communicate(), 60)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0
    assert b"Traceback" not in errors
    assert playground.token.encode() not in errors
    assert b"Port Ellery" not in errors, "no article text in a log"
    assert (tmp_path / "nutgraf.db").is_file()


async def test_what_costs_nothing_is_answered_in_its_note_after_the_process_was_killed(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    impatient = {"FETCH_TIMEOUT_SECONDS": "5"}
    process = await started(playground, tmp_path, **impatient)
    try:
        await playground.wait_for_bot(timeout=60)
        asked = await ada.say(general, f"{playground.mention} {playground.article_url('slow')}")
        note = await playground.wait_for_message(general, lambda m: "Reading" in m.text, 60, after=asked)
        used = await grace.slash("brief", {"link": f"{playground.article_url('slow')}?again"}, general)
        original = used.original
        assert original is not None
        process.kill()
        await process.wait()
        process = await started(playground, tmp_path, **impatient)
        for message in (note, original):
            await playground.wait_until(message, lambda m: "Try again" in str(m.components), 90)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert len(playground.messages(general, by_bot=True)) == 2


async def test_who_waits_for_an_answer_is_told_after_the_process_was_killed(
    playground: Playground, ada: Person, grace: Person, general: Channel, tmp_path: Path
) -> None:
    model = {"LLM_BASE_URL": playground.model_url, "LLM_MODEL": "stand-in"}
    process = await started(playground, tmp_path, **model)
    try:
        await playground.wait_for_bot(timeout=60)
        asked = await ada.say(general, f"{playground.mention} {playground.article_url('swing-bridge-closure')}")
        card = await playground.wait_for_message(general, lambda m: "Key quotes" in m.text, 60, after=asked)
        playground.model.delay = 60.0
        by_form = await grace.submit_modal(
            await grace.click(card, "Ask"), {"What do you want to know?": "When does the bridge close?"}
        )
        by_reply = await ada.say(general, "When does the bridge close?", reply_to=card)
        note = await playground.wait_for_message(
            general, lambda m: "Reading the article" in m.text, after=by_reply
        )
        await playground.world.until(
            lambda: len(playground.model.requests) >= 3 or None, timeout=20, waiting_for="both questions"
        )
        process.kill()  # whether it has noted where the note stands or not
        await process.wait()
        process = await started(playground, tmp_path, **model)
        original = by_form.original
        assert original is not None
        for message in (note, original):
            await playground.wait_until(message, lambda m: "lost your question. Ask it again." in m.text, 60)
        assert [m.id for m in playground.messages(general, by_bot=True) if m.reply_to == by_reply.id] == [note.id]
        assert original.ephemeral
        playground.model.delay = 0.0
        once_more = await ada.say(general, "When does the bridge close?", reply_to=card)
        await playground.wait_for_message(general, after=once_more)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
