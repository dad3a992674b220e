"""Commands, buttons, menus and modals: a person's click reaches discord.py, and its answer the person."""

from __future__ import annotations

import io

import discord
import pytest
from discord import app_commands, ui

from bot.playground import (
    Channel,
    ComponentError,
    OptionError,
    Person,
    Playground,
    UnansweredError,
    UnknownCommandError,
)
from tests.support.small_bot import Counter, SmallBot, online, until

pytestmark = pytest.mark.integration

Click = discord.Interaction[SmallBot]


class Question(ui.Modal, title="Ask about it"):
    words: ui.Label[Question] = ui.Label(text="Your question", component=ui.TextInput(min_length=3))
    kind: ui.Label[Question] = ui.Label(
        text="How long?",
        component=ui.Select(options=[discord.SelectOption(label="Short"), discord.SelectOption(label="Long")]),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.words.component, ui.TextInput)
        assert isinstance(self.kind.component, ui.Select)
        said = f"{self.words.component.value} ({self.kind.component.values[0]})"
        await interaction.response.send_message(said, ephemeral=True)


class Panel(ui.LayoutView):
    row: ui.ActionRow[Panel] = ui.ActionRow()
    second: ui.ActionRow[Panel] = ui.ActionRow()

    def __init__(self) -> None:
        super().__init__(timeout=None)
        section: ui.Section[Panel] = ui.Section(
            ui.TextDisplay("A story"), accessory=ui.Button(label="Open", url="https://example.org/story")
        )
        self.add_item(ui.Container(section, ui.Separator(), ui.TextDisplay("**bold**"), accent_colour=0x5865F2))

    @row.button(label="Ask", custom_id="ask")
    async def ask(self, interaction: Click, _button: ui.Button[Panel]) -> None:
        await interaction.response.send_modal(Question())

    @row.button(label="Off", custom_id="off", disabled=True)
    async def off(self, interaction: Click, _button: ui.Button[Panel]) -> None: ...

    @row.button(label="Quiet", custom_id="quiet")
    async def quiet(self, interaction: Click, _button: ui.Button[Panel]) -> None:
        await interaction.response.defer()
        await interaction.followup.send("only for you", ephemeral=True)

    @second.select(
        custom_id="pick",
        options=[
            discord.SelectOption(label="Quotes", value="q"),
            discord.SelectOption(label="Timeline", value="t"),
        ],
    )
    async def pick(self, interaction: Click, menu: ui.Select[Panel]) -> None:
        await interaction.response.send_message(f"picked {menu.values[0]}")


class CommandBot(SmallBot):
    """Has one of everything."""

    async def setup_hook(self) -> None:
        add_commands(self.tree)
        self.add_dynamic_items(Counter)
        await self.tree.sync()


def add_commands(tree: app_commands.CommandTree[SmallBot]) -> None:
    @tree.command(description="Briefs an article")
    @app_commands.choices(engine=[app_commands.Choice(name="Built in", value="extractive")])
    async def brief(
        interaction: Click,
        link: str,
        file: discord.Attachment | None = None,
        points: app_commands.Range[int, 1, 5] = 3,
        engine: str = "auto",
        quiet: bool = False,
        where: discord.TextChannel | None = None,
        who: discord.Member | None = None,
    ) -> None:
        await interaction.response.defer(thinking=True, ephemeral=quiet)
        text = (await file.read()).decode() if file else "no file"
        said = f"{link} {text} {points} {engine} {where} {who and who.display_name}"
        view = ui.LayoutView(timeout=None)
        view.add_item(ui.Container(ui.TextDisplay(said)))
        await interaction.edit_original_response(view=view)
        await interaction.followup.send("as a file", file=discord.File(io.BytesIO(said.encode()), "brief.txt"))

    @tree.command(description="Answers late by follow-up only")
    async def late(interaction: Click) -> None:
        await interaction.response.defer(thinking=True)
        first = await interaction.followup.send("first", wait=True)
        second = await interaction.followup.send("second", wait=True)
        await second.edit(content=f"second after {first.id == (await interaction.original_response()).id}")

    @tree.command(description="Shows the panel")
    async def panel(interaction: Click) -> None:
        await interaction.response.send_message(view=Panel())

    @tree.command(description="Counts")
    async def count(interaction: Click) -> None:
        view = ui.View(timeout=None)
        view.add_item(Counter(0))
        await interaction.response.send_message("count", view=view)

    @tree.command(description="Never answers")
    async def mute(interaction: Click) -> None: ...

    digest = app_commands.Group(
        name="digest", description="Digests", default_permissions=discord.Permissions(manage_guild=True)
    )

    @digest.command(description="Removes a digest")
    async def remove(interaction: Click, name: str) -> None:
        await interaction.response.send_message(f"removed {name}")

    @remove.autocomplete("name")
    async def names(interaction: Click, typed: str) -> list[app_commands.Choice[str]]:
        known = ("daily", "weekly")
        return [app_commands.Choice(name=n.title(), value=n) for n in known if n.startswith(typed)]

    tree.add_command(digest)

    @tree.context_menu(name="Brief this")
    async def brief_this(interaction: Click, message: discord.Message) -> None:
        await interaction.response.send_message(f"briefing {message.content}", ephemeral=True)


async def test_slash_defers_then_shows_a_layout_and_a_file(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    async with online(playground, CommandBot()):
        given = {
            "link": "https://example.org",
            "points": 2,
            "engine": "Built in",
            "where": general,
            "who": grace.user,
        }
        used = await ada.slash("brief", given, general, attachments={"file": ("a.txt", b"file's words")})
        assert used.answer == 5
        assert used.original is not None
        await playground.wait_until(used.original, lambda m: not m.loading)
        assert used.original.text == "https://example.org file's words 2 extractive general Grace"
        assert used.original.is_v2
        await playground.wait_for_message(general, lambda m: bool(m.attachments))
        assert [a.filename for a in used.followups[0].attachments] == ["brief.txt"]


async def test_first_follow_up_fills_the_deferred_message(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, CommandBot()):
        await ada.slash("late", {}, general)
        second = await playground.wait_for_message(general, lambda m: m.text == "second after True")
        first, other = playground.messages(general)
        assert (first.text, other) == ("first", second)


async def test_ephemeral_answers_show_to_one_person_only(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    async with online(playground, CommandBot()) as bot:
        used = await ada.slash("brief", {"link": "x", "quiet": True}, general)
        assert used.original is not None
        assert used.original.ephemeral
        assert used.original in ada.sees(general)
        assert used.original not in grace.sees(general)
        with pytest.raises(discord.NotFound):
            await bot.get_partial_messageable(general.id).fetch_message(used.original.id)


async def test_context_menu_hands_over_the_whole_message(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    async with online(playground, CommandBot()):
        hers = await grace.say(general, "https://example.org/private")
        used = await ada.context_menu("Brief this", hers)
        assert used.original is not None
        assert used.original.text == "briefing https://example.org/private"


async def test_button_state_lives_in_its_custom_id(playground: Playground, ada: Person, general: Channel) -> None:
    async with online(playground, CommandBot()):
        counter = (await ada.slash("count", {}, general)).original
        assert counter is not None
        await ada.click(counter, "Pressed 0")
        await ada.click(counter, "Pressed 1")
        assert [b["custom_id"] for b in counter.buttons] == ["counter:2"]
    async with online(playground, CommandBot()):
        await ada.click(counter, "counter:2")
        assert counter.find("Pressed 3")


async def test_modal_is_filled_and_submitted(playground: Playground, ada: Person, general: Channel) -> None:
    async with online(playground, CommandBot()):
        panel = (await ada.slash("panel", {}, general)).original
        assert panel is not None
        form = await ada.click(panel, "Ask")
        assert form.modal is not None
        with pytest.raises(OptionError, match="required"):
            await ada.submit_modal(form, {"How long?": "Long"})
        with pytest.raises(ComponentError, match="no field"):
            await ada.submit_modal(form, {"Colour": "red"})
        sent = await ada.submit_modal(form, {"Your question": "Why now?", "How long?": "Long"})
        assert sent.original is not None
        assert (sent.original.text, sent.original.ephemeral) == ("Why now? (Long)", True)


async def test_select_and_ephemeral_follow_up_of_a_button(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, CommandBot()):
        panel = (await ada.slash("panel", {}, general)).original
        assert panel is not None
        picked = await ada.select(panel, "pick", "Timeline")
        assert picked.original is not None
        assert picked.original.text == "picked t"
        with pytest.raises(OptionError, match="not offered"):
            await ada.select(panel, "pick", "Weather")
        await ada.click(panel, "Quiet")
        note = await playground.wait_for_message(general, lambda m: m.text == "only for you")
        assert note.ephemeral


async def test_what_a_person_cannot_do_is_refused_with_the_reason(
    playground: Playground, ada: Person, grace: Person, general: Channel
) -> None:
    async with online(playground, CommandBot()):
        with pytest.raises(UnknownCommandError, match=r"there are: .*brief"):
            await ada.slash("brieff", {}, general)
        with pytest.raises(UnknownCommandError, match="subcommand"):
            await ada.slash("digest", {}, general)
        with pytest.raises(UnknownCommandError, match="may not use"):
            await grace.slash("digest remove", {"name": "daily"}, general)
        with pytest.raises(OptionError, match="'link' is required"):
            await ada.slash("brief", {}, general)
        with pytest.raises(OptionError, match="no option 'url'"):
            await ada.slash("brief", {"link": "x", "url": "x"}, general)
        with pytest.raises(OptionError, match="outside 1 to 5"):
            await ada.slash("brief", {"link": "x", "points": 6}, general)
        with pytest.raises(OptionError, match="is not one of Built in"):
            await ada.slash("brief", {"link": "x", "engine": "magic"}, general)
        with pytest.raises(OptionError, match="does not fit"):
            await ada.slash("brief", {"link": "x", "quiet": "yes"}, general)
        panel = (await ada.slash("panel", {}, general)).original
        assert panel is not None
        for label, why in (("Off", "disabled"), ("Open", "link"), ("Gone", "no 'Gone'")):
            with pytest.raises(ComponentError, match=why):
                await ada.click(panel, label)


async def test_autocomplete_offers_what_the_bot_returns(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, CommandBot()):
        assert await ada.autocomplete("digest remove", "name", "we", general) == [
            {"name": "Weekly", "value": "weekly"}
        ]
        used = await ada.slash("digest remove", {"name": "weekly"}, general)
        assert used.name == "digest remove"
        assert used.original is not None
        assert used.original.text == "removed weekly"


async def test_silence_is_an_error_that_names_the_command(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with online(playground, CommandBot()):
        ada.patience = 0.2
        with pytest.raises(UnansweredError, match="'mute'"):
            await ada.slash("mute", {}, general)


async def test_answer_after_three_seconds_is_unknown_and_twice_is_refused(
    playground: Playground, ada: Person, general: Channel
) -> None:
    bot = SmallBot()
    codes: list[int] = []

    @bot.tree.command(description="Answers at a bad time")
    async def clumsy(interaction: Click, late: bool) -> None:
        if late:
            playground.world.clock.advance(3.5)
        else:
            await interaction.response.send_message("once")
            interaction.response._response_type = None  # discord.py would refuse before Discord does
        try:
            await interaction.response.send_message("twice")
        except discord.HTTPException as error:
            codes.append(error.code)

    bot.setup_hook = bot.tree.sync  # type: ignore[method-assign,assignment]
    async with online(playground, bot):
        await ada.slash("clumsy", {"late": False}, general)
        await until(lambda: codes == [40060])
        ada.patience = 0.3
        with pytest.raises(UnansweredError):
            await ada.slash("clumsy", {"late": True}, general)
        await until(lambda: codes == [40060, 10062])


async def test_token_is_worth_nothing_after_fifteen_minutes(
    playground: Playground, ada: Person, general: Channel
) -> None:
    bot, used = SmallBot(), []

    @bot.tree.command(description="Keeps the interaction")
    async def keep(interaction: Click) -> None:
        await interaction.response.send_message("kept")
        used.append(interaction)

    bot.setup_hook = bot.tree.sync  # type: ignore[method-assign,assignment]
    async with online(playground, bot):
        await ada.slash("keep", {}, general)
        await until(lambda: bool(used))
        await used[0].followup.send("in time")
        playground.world.clock.advance(16 * 60)
        with pytest.raises(discord.HTTPException) as caught:
            await used[0].followup.send("too late")
        assert caught.value.code == 50027


async def test_commands_of_a_guild_come_before_global_ones_and_sync_replaces(
    playground: Playground, ada: Person, general: Channel
) -> None:
    bot = SmallBot()

    @bot.tree.command(name="hi", description="Global")
    async def everywhere(interaction: Click) -> None:
        await interaction.response.send_message("global")

    @bot.tree.command(name="hi", description="Here", guild=discord.Object(playground.guild.id))
    async def here(interaction: Click) -> None:
        await interaction.response.send_message("guild")

    async with online(playground, bot):
        await bot.tree.sync()
        first = await bot.tree.fetch_commands()
        assert [c.id for c in await bot.tree.sync()] == [c.id for c in first]
        await bot.tree.sync(guild=discord.Object(playground.guild.id))
        used = await ada.slash("hi", {}, general)
        assert used.original is not None
        assert used.original.text == "guild"
        bot.tree.clear_commands(guild=None)
        await bot.tree.sync()
        assert await bot.tree.fetch_commands() == []


async def test_commands_work_in_direct_messages_and_threads(
    playground: Playground, ada: Person, general: Channel
) -> None:
    bot, places = SmallBot(), []

    @bot.tree.command(description="Says where it is")
    async def where(interaction: Click) -> None:
        places.append((type(interaction.channel).__name__, interaction.guild_id))
        await interaction.response.send_message("here")

    bot.setup_hook = bot.tree.sync  # type: ignore[method-assign,assignment]
    async with online(playground, bot):
        thread = await ada.open_thread(general, "A thread")
        for place in (ada.dm, thread, playground.channel("newsroom")):
            await ada.slash("where", {}, place)
            assert playground.messages(place, by_bot=True)[-1].text == "here"
        guild = playground.guild.id
        assert places == [("DMChannel", None), ("Thread", guild), ("TextChannel", guild)]
