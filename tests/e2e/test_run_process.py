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


async def test_the_bot_as_a_process_answers_offers_its_commands_and_ends_in_peace(
    playground: Playground, ada: Person, general: Channel, tmp_path: Path
) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": playground.token,
        "DISCORD_API_BASE": playground.api_url,
        "DISCORD_GATEWAY": playground.gateway_url,
        "FETCH_ALLOW_HOSTS": urlsplit(playground.url).netloc,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run", cwd=tmp_path, env=environment, stderr=asyncio.subprocess.PIPE
    )
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
