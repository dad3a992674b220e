"""Where the application is: in a guild, with a person, or in both; and what it may then do."""

from __future__ import annotations

import discord
import pytest
from discord import app_commands

from bot.playground import Channel, Person, Playground, PlaygroundError, UnknownCommandError
from tests.support.small_bot import SmallBot, online, until

pytestmark = pytest.mark.integration


class TravellingBot(SmallBot):
    """`/away` may be used everywhere, by a person's own install too; `/home` only where a guild has the bot."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[discord.Interaction] = []

        @self.tree.command(description="Works everywhere")
        @app_commands.allowed_installs(guilds=True, users=True)
        @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
        async def away(interaction: discord.Interaction, hidden: bool = False) -> None:
            self.asked.append(interaction)
            await interaction.response.send_message("on my way", ephemeral=hidden)

        @self.tree.command(description="Works in guilds that have the bot")
        @app_commands.allowed_installs(guilds=True, users=False)
        @app_commands.guild_only()
        async def home(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("at home")

        @self.tree.command(description="For moderators")
        @app_commands.guild_install()
        @app_commands.default_permissions(manage_messages=True)
        async def tidy(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("tidied")

        @self.tree.command(description="For grown-ups", nsfw=True)
        @app_commands.guild_install()
        async def grown(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("old enough")

    async def setup_hook(self) -> None:
        await self.tree.sync()


@pytest.fixture
def abroad(playground: Playground, ada: Person, grace: Person) -> Channel:
    guild = playground.create_guild("Abroad", people=[ada, grace], locale="fr")
    return playground.channel("lounge", guild=guild)


async def test_own_install_answers_in_a_guild_without_the_bot(
    playground: Playground, ada: Person, grace: Person, abroad: Channel
) -> None:
    async with online(playground, TravellingBot()) as bot:
        assert len(bot.guilds) == 1
        with pytest.raises(UnknownCommandError):
            await ada.slash("away", {}, abroad)
        ada.install()
        assert ada.commands(abroad) == ["away"]
        assert grace.commands(abroad) == []
        used = await ada.slash("away", {}, abroad)
        assert used.original in grace.sees(abroad)
        (asked,) = bot.asked
        assert asked.is_user_integration()
        assert not asked.is_guild_integration()
        assert asked.context.guild
        assert str(asked.guild_locale) == "fr"
        assert asked.guild_id == abroad.guild_id
        assert not asked.app_permissions.send_messages
        with pytest.raises(discord.Forbidden) as refused:
            await bot.get_partial_messageable(abroad.id).send("hello?")
        assert refused.value.code == 50001
        await ada.say(abroad, f"{playground.mention} do you hear me?")
        await ada.say(playground.channel("general"), "at home")
        await until(lambda: len(bot.heard) == 1)


@pytest.mark.parametrize("others", [["grace"], ["grace", "linus"]])
async def test_own_install_answers_among_people(playground: Playground, ada: Person, others: list[str]) -> None:
    place = ada.dm_with(*map(playground.person, others))
    async with online(playground, TravellingBot()) as bot:
        ada.install()
        used = await ada.slash("away", {"hidden": True}, place)
        assert used.original is not None
        assert used.original in ada.sees(place)
        assert used.original not in playground.person("grace").sees(place)
        (asked,) = bot.asked
        assert asked.context.private_channel
        assert asked.app_permissions.attach_files
        with pytest.raises(PlaygroundError):
            await playground.person("katharine").say(place, "may I?")


async def test_only_five_follow_ups_where_the_bot_is_no_member(
    playground: Playground, ada: Person, general: Channel, abroad: Channel
) -> None:
    async with online(playground, TravellingBot()) as bot:
        ada.install()
        await ada.slash("away", {}, abroad)
        for number in range(5):
            await bot.asked[0].followup.send(str(number))
        with pytest.raises(discord.HTTPException) as refused:
            await bot.asked[0].followup.send("one too many")
        assert refused.value.code == 40094
        await ada.slash("away", {}, general)
        assert bot.asked[1].is_guild_integration()
        assert bot.asked[1].is_user_integration()
        for number in range(6):
            await bot.asked[1].followup.send(str(number))


async def test_who_may_not_use_external_apps_is_answered_alone(
    playground: Playground, ada: Person, grace: Person, abroad: Channel
) -> None:
    everyone = playground.world.guilds[abroad.guild_id or 0].roles[0]
    everyone.permissions &= ~(1 << 50)
    grace.install()
    async with online(playground, TravellingBot()):
        used = await grace.slash("away", {}, abroad)
        assert used.original is not None
        assert used.original.ephemeral
        assert ada.sees(abroad) == []


async def test_commands_are_offered_by_context_permission_and_age(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    adults = playground.create_channel("adults", nsfw=True)
    async with online(playground, TravellingBot()):
        assert grace.commands(general) == ["away", "home"]
        assert grace.commands(grace.dm) == ["away", "grown", "tidy"]
        assert ada.commands(general) == ["away", "home", "tidy"]
        assert ada.commands(adults) == ["away", "grown", "home", "tidy"]
        with pytest.raises(UnknownCommandError):
            await grace.slash("tidy", {}, general)
        grace.give_role(playground.create_role("Moderators", "manage_messages"))
        assert (await grace.slash("tidy", {}, general)).original is not None


async def test_bot_removed_and_added_again(playground: Playground, ada: Person, general: Channel) -> None:
    async with online(playground, TravellingBot()) as bot:
        playground.remove_bot(playground.guild)
        await until(lambda: not bot.guilds)
        with pytest.raises(discord.Forbidden):
            await bot.get_partial_messageable(general.id).send("still here?")
        with pytest.raises(discord.NotFound):
            await bot.fetch_guild(playground.guild.id)
        with pytest.raises(UnknownCommandError):
            await ada.slash("home", {}, general)
        await ada.say(general, f"{playground.mention} gone?")
        playground.add_bot(playground.guild)
        await until(lambda: len(bot.guilds) == 1)
        assert bot.heard == []
        await ada.slash("home", {}, general)


async def test_guild_that_is_out_is_not_one_that_was_left(playground: Playground) -> None:
    class Watching(SmallBot):
        async def on_guild_unavailable(self, guild: discord.Guild) -> None:
            self.log.append("unavailable")

        async def on_guild_available(self, guild: discord.Guild) -> None:
            self.log.append("available")

        async def on_guild_remove(self, guild: discord.Guild) -> None:
            self.log.append("removed")

    async with online(playground, Watching()) as bot:
        playground.set_guild_away(playground.guild)
        await until(lambda: "unavailable" in bot.log)
        playground.set_guild_away(playground.guild, away=False)
        await until(lambda: "available" in bot.log)
        assert "removed" not in bot.log


async def test_no_direct_message_without_a_guild_in_common(playground: Playground, ada: Person) -> None:
    playground.remove_bot(playground.guild)
    async with online(playground, SmallBot()) as bot:
        user = await bot.fetch_user(ada.id)
        with pytest.raises(discord.Forbidden) as refused:
            await user.send("we do not know each other")
        assert refused.value.code == 50278
        ada.install()
        await user.send("now we do")
