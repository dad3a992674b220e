"""SHARD_IDS and SHARD_COUNT: which shards a process carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.shards import Shards, shards_of
from bot.domain.errors import SettingsError
from bot.settings import Settings


def of(ids: str, count: int | None) -> Shards:
    return shards_of(Settings(_env_file=None, shard_ids=ids, shard_count=count))  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("ids", "count", "shards"),
    [
        ("", None, Shards()),
        ("", 4, Shards(None, 4)),
        ("0", 2, Shards((0,), 2)),
        ("0-3", 8, Shards((0, 1, 2, 3), 8)),
        (" 6, 4-5 ,4", 8, Shards((4, 5, 6), 8)),
    ],
)
def test_ids_are_numbers_and_ranges(ids: str, count: int | None, shards: Shards) -> None:
    assert of(ids, count) == shards


@pytest.mark.parametrize(("ids", "count"), [("0", None), ("2", 2), ("3-1", 8), ("a", 2), ("-1", 2), ("1,,2", 4)])
def test_what_cannot_be_meant_is_refused_with_the_cure(ids: str, count: int | None) -> None:
    with pytest.raises(SettingsError, match="SHARD_"):
        of(ids, count)


@given(st.sets(st.integers(0, 200), min_size=1))
def test_any_set_of_shards_can_be_written(ids: set[int]) -> None:
    assert of(",".join(map(str, ids)), 201).ids == tuple(sorted(ids))


@pytest.mark.parametrize(
    ("shards", "has_first"), [(Shards(), True), (Shards((0, 1), 4), True), (Shards((2,), 4), False)]
)
def test_one_process_has_the_direct_messages(shards: Shards, has_first: bool) -> None:
    assert shards.has_first is has_first
