"""What may be chosen, what is refused in words, and where what holds comes from."""

from __future__ import annotations

import pytest

from bot.domain.answer import Place
from bot.domain.draft import Usage
from bot.domain.errors import UsageError
from bot.domain.keeping import Choices
from bot.prompting import load_prompts
from bot.services.admitting import DEFAULTS, Admission
from bot.services.manners import Asker, Rate, Rates
from bot.services.models import Models
from bot.services.settings_desk import SettingsDesk, order_of
from bot.store.store import Store
from tests.support.briefs import brief
from tests.support.stores import NOON, store_in_a_file
from tests.unit.test_manners import ORDER

__all__ = ["store_in_a_file"]

pytestmark = pytest.mark.unit

ADA = 7
SERVER = 0


PROMPTS = load_prompts(None)
MODELS = Models({"big": "vendor/big", "quick": "vendor/quick"})


@pytest.fixture
def desk(store: Store) -> SettingsDesk:
    """The desk over it."""
    operators = DEFAULTS.model_copy(update={"daily_tokens": 500_000})
    return SettingsDesk(
        choices=store.choices,
        audit=store.audit,
        sections=PROMPTS,
        models=MODELS,
        operators=operators,
        clock=lambda: NOON,
    )


async def test_a_channel_inherits_from_its_server_which_inherits_from_the_operator(desk: SettingsDesk) -> None:
    assert (await desk.panel(1, 8)).held["language"].origin == "default"
    await desk.choose(1, SERVER, ADA, "language", "German")
    inherited = (await desk.panel(1, 8)).held["language"]
    assert (inherited.value, inherited.origin) == ("de", "server")
    await desk.choose(1, 8, ADA, "language", "sv")
    panel = await desk.panel(1, 8)
    assert (panel.held["language"].value, panel.held["language"].origin) == ("sv", "here")
    assert panel.chosen == ("language",)
    assert panel.places == (8,)
    assert (await desk.panel(1)).held["language"].value == "de"
    await desk.choose(1, 8, ADA, "language", None)
    assert (await desk.panel(1, 8)).held["language"].value == "de"


async def test_all_choices_of_a_place_are_taken_back_at_once(desk: SettingsDesk) -> None:
    await desk.choose(1, 8, ADA, "language", "sv")
    await desk.choose(1, 8, ADA, "threads", True)
    await desk.inherit(1, 8, ADA)
    assert (await desk.panel(1, 8)).chosen == ()
    assert [(entry.what, entry.before) for entry in await desk.recent(1)][:2] == [
        ("threads", True),
        ("language", "sv"),
    ]


async def test_every_change_is_noted_with_who_made_it(desk: SettingsDesk) -> None:
    await desk.choose(1, SERVER, ADA, "cooldown", "2 min")
    await desk.choose(1, SERVER, 9, "cooldown", "30")
    latest, first = await desk.recent(1)
    assert (latest.made_by, latest.before, latest.after) == (9, 120, 30)
    assert (first.made_by, first.before, first.after, first.made) == (ADA, None, 120, NOON)


@pytest.mark.parametrize(
    ("name", "wanted", "kept"),
    [
        ("language", " PT ", "pt"),
        ("language", "auto", "auto"),
        ("length", "short", "short"),
        ("sections", ["timeline", "quotes", "timeline"], ("timeline", "quotes")),
        ("model", "quick", "quick"),
        ("engine", "llm", "llm"),
        ("daily_tokens", "200,000", 200_000),
        ("daily_tokens", "200 k", 200_000),
        ("daily_tokens", "200.000", 200_000),
        ("daily_tokens_each", "0", 0),
        ("cooldown", "1h", 3_600),
        ("roles", [5, 6, 5], (5, 6)),
        ("only_channels", [], ()),
        ("automatic", "reaction", "reaction"),
        ("interests", "harbour, , trams", ("harbour", "trams")),
        ("pictures", False, False),
    ],
)
async def test_what_is_offered_can_be_chosen(desk: SettingsDesk, name: str, wanted: object, kept: object) -> None:
    await desk.choose(1, SERVER, ADA, name, wanted)
    held = (await desk.panel(1)).held[name]
    assert (held.value, held.origin) == (kept, "here")


@pytest.mark.parametrize(
    ("name", "wanted", "said"),
    [
        ("language", "klingon", "I do not know a language “klingon”"),
        ("length", "endless", "Pick one that is offered"),
        ("sections", ["horoscope"], "no section named .* Choose from"),
        ("sections", [], "A briefing needs a section"),
        ("model", "huge", "no model named “huge” here. Choose from: big, quick"),
        ("automatic", "links", "Choose a channel first"),
        ("daily_tokens", "600000", "gives 500,000 tokens a day"),
        ("daily_tokens", "a lot", "“a lot” is no number"),
        ("daily_tokens", "1.5", "is no number"),
        ("daily_tokens", "-3", "is no number"),
        ("cooldown", "30 h", "at most 86,400"),
        ("roles", list(range(40)), "at most 25"),
        ("shoe_size", "44", "no such setting"),
    ],
)
async def test_what_cannot_be_chosen_is_refused_in_words(
    desk: SettingsDesk, name: str, wanted: object, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        await desk.choose(1, SERVER, ADA, name, wanted)
    assert await desk.recent(1) == []


async def test_settings_of_the_whole_server_are_not_a_channel_s(desk: SettingsDesk) -> None:
    assert "daily_tokens" not in (await desk.panel(1, 8)).held
    with pytest.raises(UsageError, match="whole server"):
        await desk.choose(1, 8, ADA, "daily_tokens", "5")


async def test_without_a_model_none_can_be_chosen(desk: SettingsDesk, store: Store) -> None:
    bare = SettingsDesk(choices=store.choices, audit=store.audit, sections=PROMPTS)
    for name, wanted in (("engine", "llm"), ("model", "big")):
        with pytest.raises(UsageError, match="without"):
            await bare.choose(1, SERVER, ADA, name, wanted)


async def test_sections_are_put_into_any_order_by_moving_them_up(desk: SettingsDesk) -> None:
    usual = order_of(await desk.panel(1))
    await desk.raise_section(1, SERVER, ADA, usual[0])
    assert (await desk.panel(1)).chosen == ()
    await desk.raise_section(1, SERVER, ADA, usual[1])
    assert order_of(await desk.panel(1)) == (usual[1], usual[0], *usual[2:])
    with pytest.raises(UsageError, match="not shown here"):
        await desk.raise_section(1, SERVER, ADA, "horoscope")


async def test_what_the_operator_took_away_since_counts_as_not_chosen(desk: SettingsDesk, store: Store) -> None:
    gone = Choices(sections=("horoscope", "quotes"), model="huge", language="de")
    await store.choices.choose(1, None, gone)
    held = (await desk.panel(1)).held
    assert (held["sections"].value, held["model"].value) == (("quotes",), None)


class TestAdmission:
    """`Admission` over the same books."""

    async def test_a_choice_holds_at_the_next_asking(self, desk: SettingsDesk, store: Store) -> None:
        admission = _admission(store)
        asker = Asker(user_id=3, guild_id=1, channel_id=8)
        assert (await admission.admit(asker, ORDER)).order.language == "auto"
        await desk.choose(1, SERVER, ADA, "language", "de")
        assert (await admission.admit(asker, ORDER)).order.language == "de"
        assert (await admission.admit(asker, ORDER, {"language"})).order.language == "auto"

    async def test_rows_of_people_and_servers_are_apart(self, store: Store) -> None:
        admission = _admission(store, Rates(person=Rate(1, 60), guild=Rate(2, 60)))
        for guild, user in ((1, 3), (1, 4), (0, 5)):
            await admission.admit(Asker(user_id=user, guild_id=guild), ORDER)
        for guild, user, said in ((2, 3, "You have"), (1, 6, "This server"), (0, 5, "You have")):
            with pytest.raises(Exception, match=said):
                await admission.admit(Asker(user_id=user, guild_id=guild), ORDER)

    async def test_a_briefing_is_billed_once_and_what_cost_nothing_not_at_all(self, store: Store) -> None:
        admission = _admission(store)
        place = Place(kind="post", guild_id=1, channel_id=8, asker_id=3, asked=NOON)
        free = brief()
        paid = free.model_copy(update={"usage": Usage(calls=1, prompt_tokens=900, completion_tokens=100)})
        assert not await admission.bill("a", place, free)
        assert await admission.bill("a", place, paid)
        assert not await admission.bill("a", place, paid)
        await store.choices.choose(1, None, Choices(daily_tokens=1_000))
        over = await admission.admit(Asker(user_id=4, guild_id=1, channel_id=8), ORDER)
        assert over.order.engine == "extractive"
        assert "1,000 tokens" in str(over.notice)
        elsewhere = place.model_copy(update={"member": False})
        assert await admission.bill("b", elsewhere, paid)
        assert (await store.usage.spent(0, NOON.date(), 3)).prompt_tokens == 900


def _admission(store: Store, rates: Rates | None = None) -> Admission:
    return Admission(
        choices=store.choices, usage=store.usage, sections=PROMPTS, rates=rates or Rates(), clock=lambda: NOON
    )
