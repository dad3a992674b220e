"""What people do besides talking: forward, react, delete, speak their own language."""

from __future__ import annotations

import discord
import pytest
from discord import app_commands
from discord.http import Route

from bot.playground import Channel, Person, Playground, PlaygroundError
from tests.support.small_bot import SmallBot, online, pointed_at, until

pytestmark = pytest.mark.integration

FORWARDED = "https://example.org/story worth reading"


def readable() -> discord.Intents:
    intents = discord.Intents.default()
    intents.message_content = True
    return intents


async def test_forward_carries_a_snapshot_that_only_the_allowed_may_read(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    playground.allow_message_content()
    newsroom = playground.channel("newsroom")
    said = await grace.say(newsroom, FORWARDED, files=[("a.txt", b"words")])
    async with online(playground, SmallBot()) as blind, online(playground, SmallBot(intents=readable())) as seeing:
        await ada.forward(said, general)
        await ada.forward(said, ada.dm)
        await until(lambda: len(blind.heard) == 2 and len(seeing.heard) == 2)
        blank, direct = blind.heard
        assert blank.message_snapshots[0].content == ""
        assert blank.message_snapshots[0].attachments == []
        assert direct.message_snapshots[0].content == FORWARDED
        snapshot = seeing.heard[0].message_snapshots[0]
        assert snapshot.content == FORWARDED
        assert await snapshot.attachments[0].read() == b"words"
        reference = seeing.heard[0].reference
        assert reference is not None
        assert reference.type is discord.MessageReferenceType.forward
        assert (reference.channel_id, reference.message_id) == (newsroom.id, said.id)


async def test_forward_stays_as_it_was(playground: Playground, grace: Person, general: Channel) -> None:
    said = await grace.say(playground.channel("newsroom"), "first version")
    copy = await grace.forward(said, general)
    await grace.edit(said, "second version")
    again = await grace.forward(copy, playground.channel("briefings"))
    for forwarded in (copy, again):
        assert forwarded.forward is not None
        assert forwarded.forward.snapshots[0]["message"]["content"] == "first version"


async def test_bot_forwards_too() -> None:
    # A playground of its own: Discord's published schema does not know a reference of type 1 in a request.
    async with Playground() as playground, pointed_at(playground), online(playground, SmallBot()) as bot:
        said = await playground.person("ada").say(playground.channel("general"), "pass it on")
        message = await bot.get_partial_messageable(said.channel_id).fetch_message(said.id)
        await message.forward(bot.get_partial_messageable(playground.channel("briefings").id))
        (forwarded,) = playground.messages(playground.channel("briefings"))
        assert forwarded.forward is not None
        assert forwarded.forward.message_id == said.id


async def test_with_the_intent_words_reach_events_rest_and_quoted_messages(
    playground: Playground, ada: Person, general: Channel
) -> None:
    playground.allow_message_content()
    async with online(playground, SmallBot(intents=readable())) as bot:
        said = await ada.say(general, "plain talk")
        await ada.say(general, "me too", reply_to=said)
        await until(lambda: len(bot.heard) == 2)
        assert bot.heard[0].content == "plain talk"
        assert bot.heard[1].reference is not None
        assert isinstance(bot.heard[1].reference.resolved, discord.Message)
        assert bot.heard[1].reference.resolved.content == "plain talk"
        fetched = await bot.get_partial_messageable(general.id).fetch_message(said.id)
        assert fetched.content == "plain talk"
        assert (await bot.application_info()).flags.gateway_message_content_limited


class Reacting(SmallBot):
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        self.log.append(f"+{event.emoji} {event.member.name if event.member else '?'}")

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        self.log.append(f"-{event.emoji}")

    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        self.log.append("cleared")


async def test_reactions_come_and_go(playground: Playground, ada: Person, grace: Person, general: Channel) -> None:
    deaf = discord.Intents.default()
    deaf.reactions = False
    async with online(playground, Reacting()) as bot, online(playground, Reacting(intents=deaf)) as unhearing:
        said = await ada.say(general, "a story")
        await grace.react(said, "📰")
        await grace.unreact(said, "📰")
        await grace.react(said, "👍")
        await until(lambda: bot.log[-3:] == ["+📰 grace", "-📰", "+👍 grace"])
        message = await bot.get_partial_messageable(general.id).fetch_message(said.id)
        await message.add_reaction("👀")
        assert said.reactions == {"👍": [grace.id], "👀": [playground.bot.id]}
        await message.remove_reaction("👀", bot.user or message.author)
        assert said.reactions == {"👍": [grace.id]}
        with pytest.raises(discord.HTTPException) as refused:
            await message.add_reaction("thumbs")
        assert refused.value.code == 10014
        with pytest.raises(discord.Forbidden):
            await message.clear_reactions()
        assert unhearing.log == ["ready"]


async def test_messages_are_deleted_by_their_authors_and_by_moderators(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    class Losing(SmallBot):
        async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
            self.log.append("one")

        async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
            self.log.append(str(len(event.message_ids)))

    async with online(playground, Losing()) as bot:
        first, *others = [await ada.say(general, str(number)) for number in range(3)]
        with pytest.raises(PlaygroundError):
            await grace.delete(first)
        with pytest.raises(PlaygroundError):
            await grace.edit(first, "mine now")
        await ada.delete(first)
        playground.delete_messages(*others)
        await until(lambda: bot.log == ["ready", "one", "2"])


async def test_channel_is_deleted_with_its_threads(playground: Playground, ada: Person) -> None:
    gone = playground.create_channel("short-lived")
    async with online(playground, SmallBot()) as bot:
        thread = await ada.open_thread(gone, "about it")
        await until(lambda: bot.get_channel(thread.id) is not None)
        playground.archive(thread, locked=True)
        with pytest.raises(discord.HTTPException) as refused:
            await bot.get_partial_messageable(thread.id).send("late")
        assert refused.value.code == 50083
        playground.delete_channel(gone)
        await until(lambda: bot.get_channel(gone.id) is None)
        with pytest.raises(discord.NotFound) as missing:
            await bot.get_partial_messageable(thread.id).send("later")
        assert missing.value.code == 10003


GERMAN = {"brief": "kurzfassung", "length": "länge", "short": "kurz"}


async def test_reply_needs_the_right_to_read_the_history(
    playground: Playground, ada: Person, general: Channel
) -> None:
    said = await ada.say(general, f"{playground.mention} hello")
    async with online(playground, SmallBot()) as bot:
        message = bot.get_partial_messageable(general.id).get_partial_message(said.id)
        playground.deny(general, "read_message_history")
        with pytest.raises(discord.HTTPException) as refused:
            await message.reply("hello to you")
        assert refused.value.code == 160002
        playground.allow(general)
        assert (await message.reply("hello to you")).id


class German(app_commands.Translator):
    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        return GERMAN.get(string.message) if locale is discord.Locale.german else None


class Polyglot(SmallBot):
    async def setup_hook(self) -> None:
        @self.tree.command(description="Makes a briefing")
        @app_commands.choices(length=[app_commands.Choice(name=app_commands.locale_str("short"), value="s")])
        async def brief(interaction: discord.Interaction, length: str) -> None:
            about = (interaction.locale.value, str(interaction.guild_locale), length)
            await interaction.response.send_message(" ".join(about))

        await self.tree.set_translator(German())
        await self.tree.sync()


async def test_german_client_reads_and_types_german_names(
    playground: Playground, grace: Person, general: Channel
) -> None:
    playground.set_guild_locale(playground.guild, "fr")
    hans = playground.person("hans", locale="de")
    async with online(playground, Polyglot()) as bot:
        assert hans.commands(general) == ["kurzfassung"]
        assert grace.commands(general) == ["brief"]
        used = await hans.slash("kurzfassung", {"länge": "kurz"}, general)
        assert used.name == "brief"
        assert used.original is not None
        assert used.original.text == "de fr s"
        assert (await hans.slash("brief", {"length": "short"}, general)).original is not None
        with pytest.raises(PlaygroundError):
            await grace.slash("kurzfassung", {"length": "short"}, general)
        assert str(bot.guilds[0].preferred_locale) == "fr"
        with pytest.raises(PlaygroundError):
            hans.locale = "xx"


async def test_member_comes_with_roles_and_channel_with_its_age(playground: Playground, grace: Person) -> None:
    class Curious(SmallBot):
        seen: discord.Interaction

        async def setup_hook(self) -> None:
            @self.tree.command(description="Who asks where")
            async def who(interaction: discord.Interaction) -> None:
                self.seen = interaction
                await interaction.response.send_message("noted", ephemeral=True)

            await self.tree.sync()

    adults = playground.create_channel("adults", nsfw=True)
    grace.give_role(playground.create_role("Managers", "manage_guild"))
    async with online(playground, Curious()) as bot:
        used = await grace.slash("who", {}, adults)
        assert isinstance(bot.seen.channel, discord.TextChannel)
        assert bot.seen.channel.nsfw
        assert isinstance(bot.seen.user, discord.Member)
        assert [r.name for r in bot.seen.user.roles] == ["@everyone", "Managers"]
        assert bot.seen.permissions.manage_guild
        assert used.original is not None
        await grace.dismiss(used.original)
        assert grace.sees(adults) == []


async def test_translations_of_commands_are_listed_only_when_asked_for(playground: Playground) -> None:
    async with online(playground, Polyglot()) as bot:
        route = Route("GET", "/applications/{application_id}/commands", application_id=playground.bot.id)
        (bare,) = await bot.http.request(route)
        (full,) = await bot.http.request(route, params={"with_localizations": "true"})
        assert "name_localizations" not in bare
        assert full["name_localizations"] == {"de": "kurzfassung"}
        assert full["options"][0]["choices"][0]["name_localizations"] == {"de": "kurz"}


def described(name: str, **more: object) -> dict[str, object]:
    return {"name": name, "description": "Words", **more}


TWINS = [
    described("a", type=3, name_localizations={"de": "x"}),
    described("b", type=3, name_localizations={"de": "x"}),
]


@pytest.mark.parametrize(
    "command",
    [
        described("ok", name_localizations={"xx": "name"}),
        described("ok", name_localizations={"de": "Zwei Wörter"}),
        described("ok", description_localizations={"de": "w" * 101}),
        described("ok", options=TWINS),
        described("ok", options=[described(f"o{number}", type=3) for number in range(26)]),
        described(
            "ok",
            options=[
                described(f"o{n}", type=3, choices=[{"name": f"{i:050}", "value": f"{i:050}"} for i in range(25)])
                for n in range(4)
            ],
        ),
    ],
)
async def test_command_that_discord_would_refuse_is_refused(
    playground: Playground, command: dict[str, object]
) -> None:
    async with online(playground, SmallBot()) as bot:
        with pytest.raises(discord.HTTPException) as refused:
            await bot.http.bulk_upsert_global_commands(playground.bot.id, [command])
        assert refused.value.code == 50035
