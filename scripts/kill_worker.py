"""The process that the kill test kills: `nutgraf run` or `nutgraf worker` as it is.

It is forked from a server that has imported the bot and run nothing of it (multiprocessing's "forkserver"): what
dies within seconds would else spend its life on imports, which are most of a start.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp

ROOT: Final = Path(__file__).parents[1]
_IMPORTED: Final = [
    *("bot.cli.main", "bot.cli.run", "bot.cli.worker", "bot.cli.durable", "bot.jobs.assembling"),
    *("bot.llm", "bot.engines.llm", "bot.intake.web_page", "bot.intake.extractors", "bot.store.migrating"),
    *("aiosqlite", "psycopg", "babel.messages.mofile", "lxml.html", "trafilatura", "bot.text.language"),
]
_FORKS: Final = multiprocessing.get_context("forkserver")


@dataclass
class Mortal:
    """A process that is started and killed over and over. `works`: whether it makes model calls."""

    command: str
    works: bool
    environment: dict[str, str]
    folder: Path
    kills: list[float] = field(default_factory=list)
    left: list[int] = field(default_factory=list)  # exit codes of those that ended by themselves
    _process: Any = None
    _ready_at: str = ""

    async def start(self) -> None:
        """A new one."""
        port = _free_port()
        self._ready_at = f"http://127.0.0.1:{port}/readyz"
        own = {"HEALTH_PORT": str(port), "WORKER_ID": f"mortal-{self.command}"}
        log = self.folder / f"{self.command}.log"
        self._process = _FORKS.Process(target=_live, args=(self.command, self.environment | own, log), daemon=True)
        await asyncio.to_thread(_start, self._process)

    async def ready(self, seconds: float = 90) -> bool:
        """Wait until it is ready; False where it ended instead."""
        async with asyncio.timeout(seconds), aiohttp.ClientSession() as client:
            while self._process.is_alive():
                try:
                    async with client.get(self._ready_at) as answer:
                        if answer.status == 200:
                            return True
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)
        return False

    async def kill(self) -> bool:
        """-9; False where it had ended by itself."""
        if not self._process.is_alive():
            self.left.append(self._process.exitcode)
            return False
        self._process.kill()
        self.kills.append(time.monotonic())
        await asyncio.to_thread(self._process.join)
        return True

    async def stop(self, seconds: float = 40) -> None:
        """SIGTERM, as a host does."""
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            await asyncio.to_thread(self._process.join, seconds)
            self.left.append(self._process.exitcode)


def _start(process: Any) -> None:
    if not os.environ.get("PYTHONPATH"):  # for the server, which is started with the first process
        os.environ["PYTHONPATH"] = str(ROOT)
    _FORKS.set_forkserver_preload(_IMPORTED)
    process.start()


def _live(command: str, environment: dict[str, str], log: Path) -> None:
    """The life of the process."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(log.parent)  # where no .env is
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(file, stream)
    from bot.cli.main import main  # noqa: PLC0415  only over there

    sys.exit(main([command]))


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
