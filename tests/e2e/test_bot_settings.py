"""/settings, end to end: looked at, changed, inherited, taken back, noted; and refused to those who may not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.keeping import Choices
from bot.playground import Channel, Person, Playground, UnknownCommandError
from bot.playground.permissions import bits
from tests.support.settings_bot import SettingsBot, settings_bot

pytestmark = pytest.mark.e2e


@pytest.fixture
async def bot(playground: Playground, tmp_path: Path) -> AsyncIterator[SettingsBot]:
    """The bot online."""
    async with settings_bot(playground, tmp_path) as online:
        yield online


async def test_a_manager_sees_what_holds_and_that_it_is_the_default(bot: SettingsBot, ada: Person) -> None:
    panel = await bot.open(ada)
    assert panel.ephemeral
    assert "Settings for the whole server" in panel.text
    assert "**Language:** Each article's own · *the bot's default*" in panel.text
    assert "**Tokens a day:** 500,000 · *the bot's default*" in panel.text
    assert "**Who may ask:** Everyone" in panel.text


async def test_who_does_not_manage_the_server_is_not_offered_it(bot: SettingsBot, grace: Person) -> None:
    with pytest.raises(UnknownCommandError):
        await bot.open(grace)


async def test_who_lost_the_permission_is_refused_at_the_next_press(
    bot: SettingsBot, ada: Person, general: Channel
) -> None:
    panel = await bot.open(ada)
    ada.user.permissions = 0
    for does, picked in (("open", "language"), ("scope", str(general.id))):
        told = await bot.pick(ada, panel, does, picked)
        assert "Only people who may manage this server" in told.text
        assert told.ephemeral
    assert "Settings for the whole server" in panel.text


async def test_a_choice_is_kept_shown_and_holds_at_once(bot: SettingsBot, ada: Person) -> None:
    panel = await bot.open(ada)
    await bot.change(ada, panel, "language", "de")
    assert "**Language:** Deutsch · *chosen here*" in panel.text
    assert "Saved" in panel.text
    assert await bot.own() == Choices(language="de")
    await bot.click(ada, panel, "Back")
    await bot.change(ada, panel, "threads", "true")
    assert await bot.own() == Choices(language="de", threads=True)


async def test_a_channel_inherits_until_it_chooses_and_again_when_it_takes_that_back(
    bot: SettingsBot, ada: Person, general: Channel
) -> None:
    panel = await bot.open(ada)
    await bot.change(ada, panel, "length", "short")
    await bot.click(ada, panel, "Back")
    await bot.pick(ada, panel, "scope", str(general.id))
    assert f"Settings for <#{general.id}>" in panel.text
    assert "**Length:** Short · *inherited from the server*" in panel.text
    assert "Tokens a day" not in panel.text
    await bot.change(ada, panel, "length", "long")
    assert "**Length:** Long · *chosen here*" in panel.text
    assert await bot.store.choices.choices(bot.playground.guild.id, general.id) == Choices(length="long")
    await bot.click(ada, panel, "Reset to inherited")
    assert "**Length:** Short · *inherited from the server*" in panel.text


async def test_another_channel_is_reached_by_its_menu_and_by_the_option(bot: SettingsBot, ada: Person) -> None:
    briefings = bot.playground.channel("briefings")
    panel = await bot.open(ada)
    await bot.pick(ada, panel, "scope:0:other", briefings)
    assert f"Settings for <#{briefings.id}>" in panel.text
    await bot.change(ada, panel, "automatic", "links")
    assert await bot.own(briefings) == Choices(automatic="links")
    again = await bot.open(ada, channel=briefings)
    assert f"Settings for <#{briefings.id}>" in again.text
    assert "**Unasked briefings:** Every link" in again.text
    assert str(briefings.id) in bot.options(await bot.open(ada), "scope")


async def test_every_link_of_a_whole_server_is_refused_beside_the_panel(bot: SettingsBot, ada: Person) -> None:
    panel = await bot.open(ada)
    told = await bot.change(ada, panel, "automatic", "links")
    assert told is not panel
    assert told.ephemeral
    assert "Choose a channel first" in told.text
    assert await bot.own() == Choices()


async def test_sections_are_picked_and_put_into_order(bot: SettingsBot, ada: Person) -> None:
    panel = await bot.open(ada)
    await bot.change(ada, panel, "sections", "quotes", "summary")
    assert (await bot.own()).sections == ("summary", "quotes")  # menus tell no order, so the usual one stays
    await bot.pick(ada, panel, "up", "quotes")
    assert (await bot.own()).sections == ("quotes", "summary")
    await bot.pick(ada, panel, "set", "quotes", "summary", "timeline")
    assert (await bot.own()).sections == ("quotes", "summary", "timeline")


async def test_roles_and_channels_are_picked_and_given_up(bot: SettingsBot, ada: Person, general: Channel) -> None:
    editors = next(role for role in bot.playground.guild.roles if role.name == "Editors")
    panel = await bot.open(ada)
    await bot.change(ada, panel, "roles", editors)
    assert f"<@&{editors.id}>" in panel.text
    assert panel.pinged == set()
    await bot.pick(ada, panel, "set")
    assert "**Who may ask:** Everyone · *chosen here*" in panel.text
    await bot.click(ada, panel, "Back")
    await bot.change(ada, panel, "only_channels", general)
    assert await bot.own() == Choices(roles=(), only_channels=(general.id,))


async def test_numbers_are_written_in_a_form_and_refused_in_words(bot: SettingsBot, ada: Person) -> None:
    panel = await bot.open(ada)
    await bot.write(ada, panel, "daily_tokens", "200k")
    assert "**Tokens a day:** 200,000 · *chosen here*" in panel.text
    await bot.click(ada, panel, "Back")
    told = await bot.write(ada, panel, "daily_tokens", "600,000")
    assert "gives 500,000 tokens a day. Choose at most that." in told.text
    await bot.click(ada, panel, "Back")
    await bot.write(ada, panel, "cooldown", "2 min")
    assert await bot.own() == Choices(daily_tokens=200_000, cooldown=120)


async def test_recent_changes_tell_who_changed_what_from_what_to_what(
    bot: SettingsBot, ada: Person, general: Channel
) -> None:
    panel = await bot.open(ada)
    await bot.change(ada, panel, "language", "de")
    await bot.pick(ada, panel, "set", "fr")
    await bot.click(ada, panel, "Back")
    await bot.pick(ada, panel, "scope", str(general.id))
    await bot.change(ada, panel, "pictures", "false")
    await bot.click(ada, panel, "Back")
    await bot.click(ada, panel, "Recent changes")
    head, body = panel.text.split("\n", 1)
    lines = body.splitlines()
    assert head == "## Recent changes"
    assert [line.rpartition(": ")[2] for line in lines] == [
        "inherited → Leave them out",
        "Deutsch → Français",
        "inherited → Deutsch",
    ]
    assert all(f"<@{ada.id}>" in line and line.startswith("<t:") for line in lines)
    assert f"**Pictures** (<#{general.id}>)" in lines[0]
    assert panel.pinged == set()


async def test_all_of_a_place_is_taken_back_after_asking(bot: SettingsBot, ada: Person) -> None:
    panel = await bot.open(ada)
    await bot.change(ada, panel, "language", "de")
    await bot.click(ada, panel, "Back")
    await bot.click(ada, panel, "Reset all of these to inherited")
    assert "Take back all that was chosen for the whole server: Language?" in panel.text
    assert (await bot.own()).language == "de"
    await bot.click(ada, panel, "Reset all of these to inherited")
    assert await bot.own() == Choices()
    assert "**Language:** Each article's own · *the bot's default*" in panel.text


async def test_the_panel_works_on_after_a_restart(playground: Playground, tmp_path: Path, ada: Person) -> None:
    async with settings_bot(playground, tmp_path) as bot:
        panel = await bot.open(ada)
        await bot.change(ada, panel, "language", "de")
    async with settings_bot(playground, tmp_path) as bot:
        await bot.pick(ada, panel, "set", "fr")
        assert "**Language:** Français · *chosen here*" in panel.text
        await bot.click(ada, panel, "Back")
        assert "Settings for the whole server" in panel.text
        assert await bot.own() == Choices(language="fr")


async def test_the_panel_fits_a_message_with_everything_chosen(bot: SettingsBot, ada: Person) -> None:
    guild = bot.playground.guild.id
    everything: dict[str, object] = {
        "language": "pt",
        "length": "standard",
        "sections": ["summary", "quotes", "timeline"],
        "engine": "extractive",
        "model": "quick",
        "pictures": True,
        "threads": True,
        "automatic": "reaction",
        "roles": tuple(range(10**18, 10**18 + 25)),
        "only_channels": tuple(range(10**18, 10**18 + 25)),
        "not_channels": tuple(range(10**18, 10**18 + 25)),
        "cooldown": 30,
        "daily_tokens": 1_000,
        "daily_tokens_each": 100,
        "over_budget": "refuse",
        "interests": ["*" * 500 + str(number) for number in range(25)],
    }
    for name, wanted in everything.items():
        await bot.desk.choose(guild, 0, ada.id, name, wanted)
    for channel in range(30):
        await bot.desk.choose(guild, 10**18 + channel, ada.id, "language", "sv")
    panel = await bot.open(ada)
    assert "and 20 more" in panel.text
    await bot.click(ada, panel, "Recent changes")
    await bot.click(ada, panel, "Back")
    for name in everything:
        await bot.pick(ada, panel, "open", name)
        await bot.click(ada, panel, "Back")
    await bot.click(ada, panel, "Reset all of these to inherited")
    assert len(panel.text) < 4_000


async def test_a_server_may_lend_manage_server_by_a_role(bot: SettingsBot, grace: Person) -> None:
    editors = next(role for role in bot.playground.guild.roles if role.name == "Editors")
    editors.permissions = editors.permissions | bits(["manage_guild"])
    grace.user.roles.append(editors.id)
    assert "Settings for the whole server" in (await bot.open(grace)).text
