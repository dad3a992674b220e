"""`nutgraf db` as an operator runs it: other processes, a full disk, a bot that holds the file."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli.main import main
from bot.domain.document import Document
from bot.domain.errors import SettingsError
from bot.store.store import open_store
from bot.store.version import head
from tests.support.postgres import postgres_url
from tests.support.stores import emptied, sqlite_address

__all__ = ["postgres_url"]

HOLD = """
import sys, time
from pathlib import Path
from bot.store.owner import owned
with owned(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


class Said(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Nutgraf = Callable[..., Said]


@pytest.fixture
def nutgraf(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Nutgraf:
    """Runs `nutgraf db ...` on a database."""

    def run(address: str, *arguments: str) -> Said:
        monkeypatch.setenv("DATABASE_URL", address)
        code = main(["db", *arguments])
        return Said(code, *capsys.readouterr())

    return run


def with_little_room(address: str, *arguments: str) -> Said:
    """`nutgraf db ...` where no file may grow beyond 600 kB: writing fails as on a full disk."""

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "db", *arguments],
        env=os.environ | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=little_room,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def fill(address: str) -> None:
    """300 documents that do not compress well: some 2 MB."""

    async def filled() -> None:
        async with open_store(address) as store:
            for number in range(300):
                text = "".join(chr(0x4E00 + (number * 7919 + at * 104729) % 20_000) for at in range(3_000))
                await store.shelf.put_document(Document(text=text), [str(number)], now=datetime.now(UTC))

    asyncio.run(filled())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a SQLite database may be."""
    return tmp_path / "nutgraf.db"


@pytest.fixture
def holder(file: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that owns `file`."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_new_database_is_made_once_and_then_left_alone(file: Path, nutgraf: Nutgraf) -> None:
    first, second = nutgraf(sqlite_address(file), "upgrade"), nutgraf(sqlite_address(file), "upgrade")
    assert (first.code, first.out) == (0, f"The database has been brought from nothing to version {head()}.\n")
    assert (second.code, second.out) == (0, f"The database is up to date (version {head()}).\n")


def test_release_brings_postgresql_up_to_date(postgres_url: str, nutgraf: Nutgraf) -> None:
    emptied(postgres_url)
    assert "brought from nothing" in nutgraf(postgres_url, "upgrade").out
    told = nutgraf(postgres_url, "status").out
    assert "PostgreSQL database test_" in told
    assert f"version {head()}" in told


def test_the_owner_is_named_and_its_file_is_not_touched(
    file: Path, holder: subprocess.Popen[str], nutgraf: Nutgraf
) -> None:
    refused = nutgraf(sqlite_address(file), "upgrade")
    assert refused.code == 5
    assert refused.out == ""
    assert f"in use by process {holder.pid} on " in refused.err
    assert len(refused.err.splitlines()) == 1
    assert not file.exists()


def test_a_missing_folder_is_named_with_its_cure(tmp_path: Path, nutgraf: Nutgraf) -> None:
    refused = nutgraf(sqlite_address(tmp_path / "no" / "nutgraf.db"), "upgrade")
    assert (refused.code, refused.out) == (2, "")
    assert "nutgraf.db cannot be written to. Create it" in refused.err


async def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(SettingsError, match="keeps nothing"):
        async with open_store("sqlite://"):
            pass


def test_the_lock_of_a_killed_process_is_free(file: Path, holder: subprocess.Popen[str], nutgraf: Nutgraf) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert nutgraf(sqlite_address(file), "upgrade").code == 0


def test_status_says_who_uses_the_file_and_creates_nothing(file: Path, nutgraf: Nutgraf) -> None:
    told = nutgraf(sqlite_address(file), "status")
    assert (told.code, "not made yet" in told.out) == (0, True)
    assert list(file.parent.iterdir()) == []
    nutgraf(sqlite_address(file), "upgrade")
    assert "not in use" in nutgraf(sqlite_address(file), "status").out


def test_a_backup_is_made_while_a_bot_holds_the_file(file: Path, nutgraf: Nutgraf) -> None:
    nutgraf(sqlite_address(file), "upgrade")
    with subprocess.Popen([sys.executable, "-c", HOLD, str(file)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        made = nutgraf(sqlite_address(file), "backup", str(file.with_name("copy")))
        restored = nutgraf(sqlite_address(file), "restore", str(file.with_name("copy")))
        assert "in use by process" in nutgraf(sqlite_address(file), "status").out
        process.kill()
    assert (made.code, made.out) == (0, f"0 rows (version {head()}) are in copy.\n")
    assert restored.code == 5


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_full_disk_is_one_sentence_and_leaves_nothing_half_written(
    file: Path, command: str, nutgraf: Nutgraf
) -> None:
    fill(sqlite_address(file))
    nutgraf(sqlite_address(file), "backup", str(file.with_name("good")))
    other = file.with_name("other.db")
    nutgraf(sqlite_address(other), "upgrade")
    before = sorted(path.name for path in file.parent.iterdir())

    source, target = (file, "new") if command == "backup" else (other, "good")
    failed = with_little_room(sqlite_address(source), command, str(file.with_name(target)))
    assert (failed.code, failed.out) == (5, "")
    assert failed.err == (
        "There is no room left on the disk; nothing was changed. "
        "The person who runs this bot has to free some space; then try again.\n"
    )
    assert sorted(path.name for path in file.parent.iterdir()) == before
    with closing(sqlite3.connect(other)) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (0,)


def test_prune_keeps_to_the_settings(file: Path, monkeypatch: pytest.MonkeyPatch, nutgraf: Nutgraf) -> None:
    address = sqlite_address(file)
    fill(address)
    assert "0 documents" in nutgraf(address, "prune").out
    monkeypatch.setenv("KEEP_DOCUMENTS_DAYS", "0")
    assert "300 documents" in nutgraf(address, "prune").out


def test_a_password_is_never_printed(nutgraf: Nutgraf) -> None:
    told = nutgraf("postgresql://someone:hunter2@127.0.0.1:9/nowhere", "status")
    assert told.code == 5
    assert "hunter2" not in told.out + told.err


def test_starting_two_bots_at_once_lets_one_in(file: Path) -> None:
    codes: list[str] = []

    def start() -> None:
        process = subprocess.Popen([sys.executable, "-c", HOLD, str(file)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        codes.append(process.stdout.readline())
        if codes[-1]:
            ended.wait(30)
        process.kill()
        process.communicate()

    ended = threading.Event()
    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    while len(codes) < 3:
        threads[0].join(0.05)
    ended.set()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["", "", "held\n"]
