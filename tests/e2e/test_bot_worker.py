"""The way to Discord of a process that only works."""

from __future__ import annotations

import logging

import pytest

from bot.chat.client import use_api
from bot.chat.wire import worker_wire
from bot.domain.errors import SettingsError
from bot.playground import Playground


async def test_a_worker_logs_in_without_a_word(playground: Playground, caplog: pytest.LogCaptureFixture) -> None:
    use_api(playground.api_url, playground.gateway_url)
    caplog.set_level(logging.WARNING)
    async with worker_wire(playground.token) as wire:
        assert (await wire.client()).user is not None
    assert not caplog.records


async def test_a_worker_whose_token_is_refused_says_so(playground: Playground) -> None:
    use_api(playground.api_url, playground.gateway_url)
    with pytest.raises(SettingsError, match="does not accept DISCORD_TOKEN"):
        async with worker_wire("wrong"):
            pass


async def test_a_worker_that_does_not_reach_discord_says_where_it_looked(playground: Playground) -> None:
    use_api("http://127.0.0.1:9/api/v10", playground.gateway_url)
    with pytest.raises(SettingsError, match=r"does not answer at http://127\.0\.0\.1:9"):
        async with worker_wire(playground.token):
            pass


async def test_what_fails_after_the_login_is_not_taken_for_it(playground: Playground) -> None:
    use_api(playground.api_url, playground.gateway_url)
    with pytest.raises(ConnectionResetError):
        async with worker_wire(playground.token):
            raise ConnectionResetError
