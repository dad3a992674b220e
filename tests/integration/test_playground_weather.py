"""Bad days on purpose: rate limits, server errors, cut connections, missed events, unknown routes."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest
from discord.http import Route

from bot.playground import Channel, Person, Playground
from tests.support.small_bot import SmallBot, online, pointed_at, until

pytestmark = pytest.mark.integration


async def test_rate_limit_is_waited_out_and_the_message_sent_once(
    playground: Playground, general: Channel
) -> None:
    async with online(playground, SmallBot()) as bot:
        playground.faults.add("POST", r"/channels/\d+/messages$", times=2, status=429, retry_after=0.02)
        await bot.get_partial_messageable(general.id).send("patient")
        assert [r.status for r in playground.sent("POST", "/messages")] == [429, 429, 200]
        assert [m.text for m in playground.messages(general)] == ["patient"]


async def test_sends_above_the_channels_limit_are_refused_with_the_time_to_wait(
    playground: Playground, general: Channel
) -> None:
    playground.limit_sends(count=2, seconds=0.3)
    words = {"content": "x"}
    url = f"{playground.api_url}/channels/{general.id}/messages"
    headers = {"Authorization": f"Bot {playground.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        answers = [await session.post(url, json=words) for _ in range(3)]
        assert [a.status for a in answers] == [200, 200, 429]
        assert answers[1].headers["X-RateLimit-Remaining"] == "0"
        assert 0 < (await answers[2].json())["retry_after"] <= 0.3
    async with online(playground, SmallBot()) as bot:
        for _ in range(3):
            await bot.get_partial_messageable(general.id).send("paced")
    assert len(playground.messages(general)) == 5


async def test_session_that_missed_too_much_has_to_identify_again(
    playground: Playground, ada: Person, general: Channel
) -> None:
    playground.gateway.kept_events = 3
    async with online(playground, SmallBot()) as bot:
        await playground.drop_sockets()
        for number in range(5):
            await ada.say(general, str(number))
        await until(lambda: bot.log.count("ready") == 2)
        assert playground.gateway.resumed == 0


async def test_server_error_is_tried_again_by_discord_py(playground: Playground, general: Channel) -> None:
    async with online(playground, SmallBot()) as bot:
        playground.faults.add("POST", r"/messages$", status=502)
        await bot.get_partial_messageable(general.id).send("again")
        assert [r.status for r in playground.sent("POST", "/messages")] == [502, 200]


@pytest.mark.parametrize(
    ("status", "name", "code"),
    [(403, None, 50013), (404, None, 10008), (404, "unknown_channel", 10003), (403, "missing_access", 50001)],
)
async def test_scripted_refusal_carries_discords_code(
    playground: Playground, general: Channel, status: int, name: str | None, code: int
) -> None:
    async with online(playground, SmallBot()) as bot:
        playground.faults.add("POST", r"/messages$", status=status, code=name)
        with pytest.raises(discord.HTTPException) as caught:
            await bot.get_partial_messageable(general.id).send("x")
        assert (caught.value.status, caught.value.code) == (status, code)


async def test_lost_answer_and_a_second_try_make_one_message_by_nonce(
    playground: Playground, general: Channel
) -> None:
    async with online(playground, SmallBot()) as bot:
        playground.faults.add("POST", r"/messages$", cut=True, before=False)
        channel = bot.get_partial_messageable(general.id)
        with pytest.raises((discord.HTTPException, OSError, aiohttp.ClientError)):
            await channel.send("paid for", nonce="n1")
        again = await channel.send("paid for", nonce="n1")
        assert [m.id for m in playground.messages(general)] == [again.id]


@pytest.mark.parametrize("code", [4000, 1001, None])
async def test_dropped_socket_resumes_and_replays_what_was_missed(
    playground: Playground, ada: Person, general: Channel, code: int | None
) -> None:
    async with online(playground, SmallBot()) as bot:
        await playground.drop_sockets(code)
        await ada.say(general, f"{playground.mention} while you were out")
        await until(lambda: "resumed" in bot.log and len(bot.heard) == 1)
        assert bot.heard[0].content.endswith("while you were out")
        assert playground.gateway.resumed == 1
        assert len(playground.gateway.sessions) == 1


async def test_request_to_reconnect_is_followed_without_losing_events(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, SmallBot()) as bot:
        await playground.gateway.ask_to_reconnect()
        await ada.say(general, f"{playground.mention} hello")
        await until(lambda: len(bot.heard) == 1 and "resumed" in bot.log)


async def test_invalid_session_makes_the_client_identify_again(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, SmallBot()) as bot:
        await playground.gateway.invalidate()
        await until(lambda: bot.log.count("ready") == 2)
        await ada.say(general, f"{playground.mention} hello again")
        await until(lambda: len(bot.heard) == 1)


async def test_gateway_away_for_a_while_is_found_again(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, SmallBot()) as bot:
        await playground.gateway_away(0.3)
        await ada.say(general, f"{playground.mention} anyone?")
        await until(lambda: len(bot.heard) == 1, seconds=20)


async def test_unknown_route_is_501_and_remembered() -> None:
    async with Playground() as playground, pointed_at(playground), online(playground, SmallBot()) as bot:
        with pytest.raises(discord.DiscordServerError) as caught:
            await bot.http.request(Route("GET", "/guilds/{guild_id}/vanity-url", guild_id=playground.guild.id))
        assert caught.value.status == 501
        assert playground.unknown_routes == [f"GET /guilds/{playground.guild.id}/vanity-url"]


async def test_joining_and_leaving_a_guild_and_channels_coming_and_going(playground: Playground) -> None:
    async with online(playground, SmallBot()) as bot:
        joined = playground.join_guild("Second Desk")
        await until(lambda: len(bot.guilds) == 2)
        channel = playground.create_channel("scoops", guild=joined)
        await until(lambda: bot.get_channel(channel.id) is not None)
        playground.delete_channel(channel)
        await until(lambda: bot.get_channel(channel.id) is None)
        playground.leave_guild(joined)
        await until(lambda: len(bot.guilds) == 1)


async def test_two_shards_hear_their_own_guilds_only(playground: Playground, ada: Person) -> None:
    class Sharded(discord.AutoShardedClient):
        heard: list[discord.Message]

        async def on_message(self, message: discord.Message) -> None:
            self.heard.append(message)

        async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None: ...

    while (other := playground.join_guild("Elsewhere")).id >> 22 & 1 == playground.guild.id >> 22 & 1:
        playground.leave_guild(other)
        await asyncio.sleep(0.001)
    bot = Sharded(shard_count=2, intents=discord.Intents.default(), guild_ready_timeout=0.05)
    bot.heard = []
    running = asyncio.create_task(bot.start(playground.token))
    await until(lambda: len(bot.guilds) == 2 and bot.is_ready())
    assert sorted(g.shard_id for g in bot.guilds) == [0, 1]
    for guild in (playground.guild, other):
        await ada.say(playground.world.channels[guild.channels[0]], f"{playground.mention} hi")
    await until(lambda: len(bot.heard) == 2)
    await bot.close()
    await running


async def test_closing_leaves_no_task_and_no_socket_behind() -> None:
    before = asyncio.all_tasks()
    async with Playground() as playground, pointed_at(playground), online(playground, SmallBot()):
        pass
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
