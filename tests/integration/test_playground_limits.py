"""Rate limits as Discord counts them, and the account of how a bot behaved; events missed and replayed."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest

from bot.playground import Channel, Person, Playground
from tests.support.small_bot import SmallBot, online, until

pytestmark = pytest.mark.integration


def session(playground: Playground, token: str | None = None) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(headers={"Authorization": f"Bot {token or playground.token}"})


async def test_discord_py_is_limited_yet_obeys(playground: Playground, general: Channel) -> None:
    async with online(playground, SmallBot()) as bot:
        playground.faults.storm(0.3, retry_after=0.15)
        await bot.get_partial_messageable(general.id).send("patient")
    report = playground.limit_report()
    assert report.limited >= 1
    assert report.limited_by_route["POST /channels/{channel}/messages"] == report.limited
    assert report.obeyed
    assert [m.text for m in playground.messages(general)] == ["patient"]


async def test_who_does_not_wait_is_found_out(playground: Playground, general: Channel) -> None:
    playground.limit_everything()
    url = f"{playground.api_url}/channels/{general.id}/messages"
    async with session(playground) as rude:
        answers = [await rude.post(url, json={"content": "again"}) for _ in range(6)]
        assert [a.status for a in answers] == [200] * 5 + [429]
        await asyncio.sleep(0.1)
        assert (await rude.post(url, json={"content": "now?"})).status == 429
    report = playground.limit_report()
    assert (report.limited, report.disobeyed, report.obeyed) == (2, 1, False)


async def test_everything_together_is_limited_a_second(playground: Playground, general: Channel) -> None:
    playground.limit_everything(global_count=3)
    async with session(playground) as busy:
        answers = [await busy.get(f"{playground.api_url}/users/@me") for _ in range(4)]
    assert [a.status for a in answers] == [200, 200, 200, 429]
    assert answers[3].headers["X-RateLimit-Global"] == "true"
    assert (await answers[3].json())["global"] is True
    assert playground.limit_report().busiest_second == 4


async def test_too_many_invalid_requests_shut_the_address_out_for_ten_minutes(
    playground: Playground, general: Channel
) -> None:
    playground.rest.accounting.most_invalid = 3
    async with session(playground, "wrong") as stranger:
        answers = [await stranger.get(f"{playground.api_url}/users/@me") for _ in range(4)]
        assert [a.status for a in answers] == [401, 401, 401, 429]
        assert "Via" not in answers[3].headers
        assert playground.limit_report().banned
        playground.world.clock.advance(601)
        assert (await stranger.get(f"{playground.api_url}/users/@me")).status == 401


async def test_busiest_edits_of_one_message_are_counted(playground: Playground, general: Channel) -> None:
    async with online(playground, SmallBot()) as bot:
        channel = bot.get_partial_messageable(general.id)
        for number in range(2):
            sent = await channel.send("a")
            for _ in range(number + 2):
                await sent.edit(content="b")
    assert playground.busiest("PATCH", "/messages/") == 3


async def test_missed_events_come_once_in_order_after_resuming(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, SmallBot()) as bot:
        await ada.say(general, f"{playground.mention} 0")
        await playground.gateway_away(0.2)
        for number in range(1, 5):
            await ada.say(general, f"{playground.mention} {number}")
        await until(lambda: len(bot.heard) == 5, seconds=20)
        await ada.say(general, f"{playground.mention} 5")
        await until(lambda: len(bot.heard) == 6)
        assert [m.content.split()[-1] for m in bot.heard] == list("012345")
        (gateway,) = playground.gateway.sessions.values()
        assert bot.ws.sequence == gateway.sequence


async def test_lost_session_means_missed_events(playground: Playground, ada: Person, general: Channel) -> None:
    async with online(playground, SmallBot()) as bot:
        await playground.drop_sockets(resumable=False)
        await ada.say(general, f"{playground.mention} unheard")
        await until(lambda: bot.log.count("ready") == 2)
        await ada.say(general, f"{playground.mention} heard")
        await until(lambda: len(bot.heard) == 1)
        assert bot.heard[0].content.endswith(" heard")


async def test_reason_for_the_audit_log_is_kept(playground: Playground, general: Channel) -> None:
    role = playground.create_role("Bosses", "manage_messages", "manage_channels", "manage_threads")
    playground.bot.roles.append(role.id)
    async with online(playground, SmallBot()) as bot:
        channel = await bot.fetch_channel(general.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.edit(topic="News", reason="Einstellungen geändert")
    assert [r.reason for r in playground.audit_log] == ["Einstellungen geändert"]
