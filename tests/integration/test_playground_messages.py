"""Messages on the wire: what discord.py sends arrives, and what people do reaches discord.py."""

from __future__ import annotations

import asyncio
import io

import discord
import pytest
from discord import ui

from bot.playground import Channel, Person, Playground
from tests.support.small_bot import SmallBot, online, until

pytestmark = pytest.mark.integration


def place(bot: SmallBot, channel: Channel) -> discord.TextChannel:
    found = bot.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_login_reaches_ready_with_guild_channels_and_own_permissions(playground: Playground) -> None:
    async with online(playground, SmallBot()) as bot:
        (guild,) = bot.guilds
        assert guild.name == "The Newsroom"
        assert {c.name for c in guild.text_channels} == {"general", "briefings", "newsroom"}
        assert [f.name for f in guild.forums] == ["reading-list"]
        assert guild.text_channels[0].permissions_for(guild.me).send_messages
        assert guild.me.name == "Nutgraf"


async def test_wrong_token_is_turned_away(playground: Playground) -> None:
    async with SmallBot() as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("someone else's")


async def test_without_message_content_only_mentions_direct_messages_and_replies_are_readable(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, SmallBot()) as bot:
        asked = await place(bot, general).send("ask me")
        answer = next(m for m in playground.messages(general) if m.id == asked.id)
        await ada.say(general, "private talk", files=[("a.txt", b"x")])
        await ada.say(general, f"{playground.mention} read this")
        await ada.say(ada.dm, "just us")
        await ada.say(general, "replying", reply_to=answer)
        await ada.say(general, "replying silently", reply_to=answer, ping=False)
        await until(lambda: len(bot.heard) == 5)
        words = [m.content for m in bot.heard]
        assert words == ["", f"{playground.mention} read this", "just us", "replying", ""]
        assert bot.heard[0].attachments == []
        assert bot.user in bot.heard[1].mentions


async def test_reply_to_an_interactions_answer_is_not_readable(
    playground: Playground, ada: Person, general: Channel
) -> None:
    bot = SmallBot()

    @bot.tree.command(description="Says hello")
    async def hello(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("hello")

    bot.setup_hook = bot.tree.sync  # type: ignore[method-assign,assignment]
    async with online(playground, bot):
        said = (await ada.slash("hello", {}, general)).original
        await ada.say(general, "what do you mean?", reply_to=said)
        await until(lambda: len(bot.heard) == 1)
        assert bot.heard[0].content == ""


async def test_quoted_message_of_someone_else_stays_blank_in_a_readable_reply(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    async with online(playground, SmallBot()) as bot:
        linked = await grace.say(general, "https://example.org/story")
        await ada.say(general, f"{playground.mention} brief this", reply_to=linked)
        await until(lambda: len(bot.heard) == 2)
        reference = bot.heard[1].reference
        assert reference is not None
        assert isinstance(reference.resolved, discord.Message)
        assert reference.resolved.content == ""
        fetched = await place(bot, general).fetch_message(linked.id)
        assert fetched.content == ""


async def test_message_content_intent_must_be_switched_on(playground: Playground) -> None:
    greedy = discord.Intents.default()
    greedy.message_content = True
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with online(playground, SmallBot(intents=greedy)):
            pass


async def test_repeated_nonce_gives_the_first_message_back(playground: Playground, general: Channel) -> None:
    async with online(playground, SmallBot()) as bot:
        channel = place(bot, general)
        first = await channel.send("once", nonce="delivery-17")
        again = await channel.send("once", nonce="delivery-17")
        assert first.id == again.id
        assert len(playground.messages(general)) == 1
        assert len(playground.sent("POST", "/messages")) == 2
        playground.world.clock.advance(3600)
        assert (await channel.send("once", nonce="delivery-17")).id != first.id


async def test_mentions_the_bot_is_not_allowed_never_ping(playground: Playground, general: Channel) -> None:
    role = next(r for r in playground.guild.roles if r.name == "Editors")
    reader = playground.person("linus")
    reader.user.roles.append(role.id)
    words = f"@everyone <@{reader.id}> <@&{role.id}>"
    async with online(playground, SmallBot()) as bot:
        channel = place(bot, general)
        await channel.send(words)
        await channel.send(words, allowed_mentions=discord.AllowedMentions(roles=[discord.Object(role.id)]))
        await channel.send(words, allowed_mentions=discord.AllowedMentions.all())
        none, one_role, everyone = playground.messages(general)
        assert (none.pinged, none.mention_everyone) == (set(), False)
        assert (one_role.pinged, one_role.mention_roles) == ({reader.id}, [role.id])
        assert everyone.mention_everyone
        assert len(everyone.pinged) == 4


async def test_file_goes_up_and_comes_down_again(playground: Playground, ada: Person, general: Channel) -> None:
    async with online(playground, SmallBot()) as bot:
        sent = await place(bot, general).send("see file", file=discord.File(io.BytesIO(b"# Brief"), "brief.md"))
        assert await sent.attachments[0].read() == b"# Brief"
        assert playground.requests[-1].files[0].filename == "brief.md"
        assert playground.requests[-1].body["attachments"] == [{"id": 0, "filename": "brief.md"}]
        await ada.say(general, f"{playground.mention}", files=[("notes.txt", "naïve".encode())])
        await until(lambda: bool(bot.heard))
        assert (await bot.heard[0].attachments[0].read()).decode() == "naïve"


async def test_edit_replaces_words_and_keeps_the_rest(playground: Playground, general: Channel) -> None:
    async with online(playground, SmallBot()) as bot:
        sent = await place(bot, general).send("one", file=discord.File(io.BytesIO(b"x"), "x.txt"))
        edited = await sent.edit(content="two")
        assert edited.content == "two"
        assert edited.edited_at is not None
        assert [a.filename for a in edited.attachments] == ["x.txt"]
        assert playground.messages(general)[0].revisions == 1
        await sent.delete()
        assert playground.messages(general) == []


async def test_history_pages_in_every_direction(playground: Playground, general: Channel) -> None:
    async with online(playground, SmallBot()) as bot:
        channel = place(bot, general)
        sent = [await channel.send(str(n)) for n in range(7)]
        assert [m.content async for m in channel.history(limit=3)] == ["6", "5", "4"]
        assert [m.content async for m in channel.history(limit=2, before=sent[3])] == ["2", "1"]
        assert [m.content async for m in channel.history(limit=2, after=sent[3])] == ["4", "5"]
        assert [m.content async for m in channel.history(limit=3, around=sent[3])] == ["4", "3", "2"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ({"content": "x" * 2001}, 50035, "2000 or fewer"),
        ({"content": ""}, 50006, "empty message"),
        ({"content": "x", "nonce": "n" * 26}, 50035, "25 or fewer"),
        ({"embed": discord.Embed(description="x" * 4097)}, 50035, "4096 or fewer"),
    ],
)
async def test_message_over_a_limit_is_refused(
    playground: Playground, general: Channel, arguments: dict[str, str], code: int, says: str
) -> None:
    async with online(playground, SmallBot()) as bot:
        with pytest.raises(discord.HTTPException, match=says) as caught:
            await place(bot, general).send(**arguments)  # type: ignore[arg-type]
        assert caught.value.code == code
        assert playground.messages(general) == []


def page_of(texts: list[str]) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container()
    for text in texts:
        container.add_item(ui.TextDisplay(text))
    view.add_item(container)
    return view


async def test_components_v2_limits_are_discords(playground: Playground, general: Channel) -> None:
    async with online(playground, SmallBot()) as bot:
        channel = place(bot, general)
        sent = await channel.send(view=page_of(["a" * 3999, "b"]))
        assert playground.messages(general)[0].is_v2
        view = page_of(["a"])
        view._children[0]._children[0].content = "a" * 4001  # type: ignore[attr-defined] # discord.py counts too
        with pytest.raises(discord.HTTPException, match="Displayable text size"):
            await channel.send(view=view)
        with pytest.raises(discord.HTTPException, match="IS_COMPONENTS_V2"):
            await sent.edit(content="words beside a layout")
        plain = await channel.send("words")
        with pytest.raises(discord.HTTPException, match="IS_COMPONENTS_V2"):
            await plain.edit(view=page_of(["layout"]))
        await plain.edit(content=None, view=page_of(["layout"]))
        assert playground.messages(general)[1].text == "layout"


async def test_missing_permissions_are_refused_as_discord_refuses(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, SmallBot()) as bot:
        channel = place(bot, general)
        playground.deny(general, "send_messages")
        with pytest.raises(discord.Forbidden) as caught:
            await channel.send("x")
        assert caught.value.code == 50013
        await until(lambda: not channel.permissions_for(channel.guild.me).send_messages)
        playground.allow(general)
        playground.deny(general, "view_channel")
        with pytest.raises(discord.Forbidden) as caught:
            await channel.send("x")
        assert caught.value.code == 50001
        await ada.say(general, f"{playground.mention} can you hear me?")
        ada.user.refuses_dms = True
        user = await bot.fetch_user(ada.id)
        with pytest.raises(discord.Forbidden) as caught:
            await user.send("x")
        assert caught.value.code == 50007
        assert bot.heard == []


async def test_other_peoples_and_vanished_messages_cannot_be_edited(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, SmallBot()) as bot:
        hers = await ada.say(general, "mine")
        channel = place(bot, general)
        for target, code in ((hers.id, 50005), (1, 10008)):
            with pytest.raises(discord.HTTPException) as caught:
                await channel.get_partial_message(target).edit(content="no")
            assert caught.value.code == code
        with pytest.raises(discord.NotFound) as caught:
            await bot.fetch_channel(1)
        assert caught.value.code == 10003


async def test_threads_forum_posts_and_direct_messages(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, SmallBot()) as bot:
        story = await ada.say(general, f"{playground.mention} a story")
        await until(lambda: bool(bot.heard))
        thread = await bot.heard[0].create_thread(name="Briefing")
        assert thread.id == story.id
        await thread.send("in the thread")
        assert playground.messages(playground.channel("Briefing"))[0].text == "in the thread"
        with pytest.raises(discord.HTTPException) as caught:
            await bot.heard[0].create_thread(name="Again")
        assert caught.value.code == 160004
        loose = await place(bot, general).create_thread(name="Loose", type=discord.ChannelType.public_thread)
        await loose.send("loose")
        forum = bot.guilds[0].forums[0]
        post = await forum.create_thread(name="A long read", view=page_of(["worth it"]))
        assert post.message.id == post.thread.id
        await post.thread.send("more")
        await (await bot.fetch_user(ada.id)).send("psst")
        assert playground.messages(ada.dm)[0].text == "psst"
        reply = await ada.say(playground.channel("A long read"), f"{playground.mention} thanks")
        await until(lambda: bot.heard[-1].id == reply.id)
        assert isinstance(bot.heard[-1].channel, discord.Thread)


async def test_reactions_and_typing_go_both_ways(playground: Playground, ada: Person, general: Channel) -> None:
    async with online(playground, SmallBot()) as bot:
        channel = place(bot, general)
        sent = await channel.send("vote")
        await sent.add_reaction("📰")
        seen = asyncio.create_task(bot.wait_for("raw_reaction_add", check=lambda p: p.user_id == ada.id))
        await asyncio.sleep(0)
        await ada.react(playground.messages(general)[0], "👍")
        assert str((await asyncio.wait_for(seen, 5)).emoji) == "👍"
        typed = asyncio.create_task(bot.wait_for("raw_typing"))
        await asyncio.sleep(0)
        await ada.type(general)
        assert (await asyncio.wait_for(typed, 5)).user_id == ada.id
        async with channel.typing():
            pass
        assert set(playground.messages(general)[0].reactions) == {"📰", "👍"}
        assert playground.sent("POST", "/typing")
