"""Memory is given back where the C library can do it, and nothing happens elsewhere."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from bot.jobs import memory

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def _looked_up_anew() -> Iterator[None]:
    memory._library.cache_clear()
    yield
    memory._library.cache_clear()


def test_the_librarys_own_calls_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, ...]] = []
    library = SimpleNamespace(malloc_trim=lambda *given: asked.append(given), mallopt=lambda *g: asked.append(g))
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    memory.spare_memory()
    memory.keep_long_apart()
    memory.trim()
    heaps = (memory.M_ARENA_MAX, memory.ARENAS)
    assert asked == [heaps, (memory.M_MMAP_THRESHOLD, memory.LONG), (0,)]


@pytest.mark.parametrize("library", [SimpleNamespace(), None])
def test_without_them_nothing_happens(library: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(_: None) -> object:
        if library is None:
            raise OSError("no such library")
        return library

    monkeypatch.setattr(ctypes, "CDLL", opened)
    memory.spare_memory()
    memory.keep_long_apart()
    memory.trim()


def test_here_they_can_be_called() -> None:
    memory.spare_memory()
    memory.keep_long_apart()
    memory.trim()
