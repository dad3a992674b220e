"""Who is let in, what an order becomes, and what those who are not let in are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import Place
from bot.domain.errors import BudgetError, CooldownError, NotAllowedError, NutgrafError
from bot.domain.keeping import Choices
from bot.domain.order import ArticleOrder
from bot.domain.source import LinkSource
from bot.services.admitting import DEFAULTS
from bot.services.manners import (
    Admitted,
    Asker,
    Rate,
    Rates,
    Rules,
    Spent,
    Uses,
    admit,
    filled,
    may_pass,
    narrowed,
)

pytestmark = pytest.mark.unit

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MEMBER = Asker(user_id=1, guild_id=2, channel_id=3, category_id=4, role_ids=frozenset({10, 11}))
ORDER = ArticleOrder(sources=(LinkSource(url="https://courier.example/a"),))


def admitted(
    asker: Asker = MEMBER,
    *,
    order: ArticleOrder = ORDER,
    rates: Rates | None = None,
    uses: Uses | None = None,
    spent: Spent | None = None,
    now: datetime = NOON,
    **chosen: object,
) -> Admitted:
    """What `admit` says where a server chose so."""
    choices = Choices.model_validate(chosen).over(DEFAULTS)
    return admit(asker, order, Rules(choices, rates or Rates()), (uses or Uses(), spent or Spent()), now)


class TestWhoAndWhere:
    """Roles and channels."""

    def test_everyone_may_ask_everywhere_until_somebody_chooses_otherwise(self) -> None:
        assert admitted().order == ORDER

    def test_only_people_with_one_of_the_chosen_roles_may_ask(self) -> None:
        assert admitted(roles=(11, 12)).notice is None
        with pytest.raises(NotAllowedError, match=r"certain roles .* direct message"):
            admitted(roles=(12,))

    def test_who_manages_the_server_needs_no_role(self) -> None:
        manager = Asker(user_id=1, guild_id=2, channel_id=3, manages=True)
        assert admitted(manager, roles=(12,)).order == ORDER

    def test_a_channel_or_its_category_may_be_closed(self) -> None:
        for closed in (3, 4):
            with pytest.raises(NotAllowedError, match="another channel"):
                admitted(not_channels=(closed,))

    def test_where_channels_are_named_the_others_are_closed_and_the_named_ones_told(self) -> None:
        assert admitted(only_channels=(3,)).order == ORDER
        assert admitted(only_channels=(4,)).order == ORDER
        with pytest.raises(NotAllowedError, match="Ask in one of these: <#8>, <#9>"):
            admitted(only_channels=(8, 9))

    def test_a_server_s_rules_do_not_reach_into_direct_messages(self) -> None:
        assert admitted(Asker(user_id=1), roles=(12,), only_channels=(9,)).order == ORDER


class TestHowOften:
    """Rates and pauses."""

    def test_a_row_is_taken_at_once_and_then_one_more_each_time(self) -> None:
        rates = Rates(person=Rate(3, 20))
        uses = Uses()
        for _ in range(3):
            uses = admitted(rates=rates, uses=uses).uses
        with pytest.raises(CooldownError, match="You can ask again in 20 seconds"):
            admitted(rates=rates, uses=uses)
        later = NOON + timedelta(seconds=20)
        uses = admitted(rates=rates, uses=uses, now=later).uses
        with pytest.raises(CooldownError):
            admitted(rates=rates, uses=uses, now=later)

    def test_a_server_has_a_row_of_its_own(self) -> None:
        rates = Rates(guild=Rate(1, 300))
        uses = admitted(rates=rates).uses
        with pytest.raises(CooldownError, match=r"This server has asked .* again in 5 minutes"):
            admitted(rates=rates, uses=uses)
        assert admitted(Asker(user_id=1), rates=rates, uses=uses)

    def test_a_server_may_want_a_pause_between_two_briefings_of_one_person(self) -> None:
        uses = admitted(cooldown=40).uses
        with pytest.raises(CooldownError, match=r"pause .* You can ask again in 1 second\."):
            admitted(cooldown=40, uses=uses, now=NOON + timedelta(seconds=39.5))
        assert admitted(cooldown=40, uses=uses, now=NOON + timedelta(seconds=40))

    def test_the_longest_wait_is_told(self) -> None:
        rates = Rates(person=Rate(1, 30))
        uses = admitted(rates=rates, cooldown=90).uses
        with pytest.raises(CooldownError, match="90 seconds"):
            admitted(rates=rates, uses=uses, cooldown=90)


class TestHowManyTokens:
    """Budgets."""

    def test_where_the_budget_is_spent_the_built_in_engine_answers_and_it_is_told(self) -> None:
        over = admitted(daily_tokens=200_000, spent=Spent(guild=200_000))
        assert over.order.engine == "extractive"
        assert str(over.notice) == (
            "This server's 200,000 tokens for today are spent; "
            "I answer with the built-in engine until midnight UTC."
        )
        assert admitted(daily_tokens=200_000, spent=Spent(guild=199_999)).notice is None

    def test_a_person_has_a_part_of_their_own(self) -> None:
        over = admitted(daily_tokens=9_000, daily_tokens_each=1_000, spent=Spent(guild=1_200, person=1_200))
        assert str(over.notice).startswith("Your 1,000 tokens")

    def test_a_server_may_refuse_instead(self) -> None:
        with pytest.raises(BudgetError, match="after midnight UTC"):
            admitted(daily_tokens=5, over_budget="refuse", spent=Spent(guild=5))

    def test_what_needs_no_model_is_answered_whatever_is_spent(self) -> None:
        order = ORDER.model_copy(update={"engine": "extractive"})
        assert admitted(order=order, daily_tokens=5, over_budget="refuse", spent=Spent(guild=5)).notice is None

    @pytest.mark.parametrize("budget", ["daily_tokens", "daily_tokens_each"])
    def test_zero_means_that_no_model_is_asked_and_there_is_nothing_to_tell(self, budget: str) -> None:
        quiet = admitted(order=ORDER.model_copy(update={"engine": "llm"}), over_budget="refuse", **{budget: 0})
        assert quiet.order.engine == "extractive"
        assert quiet.notice is None

    def test_a_server_cannot_choose_more_than_the_operator_gives(self) -> None:
        operators = DEFAULTS.model_copy(update={"daily_tokens": 100})
        assert narrowed(Choices(daily_tokens=500), operators).daily_tokens == 100
        assert narrowed(Choices(daily_tokens=50), operators).daily_tokens == 50
        assert narrowed(Choices(), operators).daily_tokens == 100
        assert narrowed(Choices(daily_tokens=500), DEFAULTS).daily_tokens == 500


class TestWhatIsChosen:
    """How choices become a part of the order."""

    def test_what_the_person_did_not_say_is_filled_in(self) -> None:
        choices = Choices(language="de", length="short", sections=("quotes",), model="quick")
        order = filled(ORDER.model_copy(update={"length": "long"}), choices)
        assert (order.language, order.length, order.sections, order.model) == ("de", "long", ("quotes",), "quick")

    def test_what_the_person_said_stays_even_where_it_is_the_default(self) -> None:
        assert filled(ORDER, Choices(language="de"), said={"language"}).language == "auto"


class TestAgeRestriction:
    """What Discord marks as age-restricted."""

    def test_what_was_asked_behind_the_mark_stays_behind_a_mark(self) -> None:
        assert not may_pass(from_restricted=True, to_restricted=False)
        assert may_pass(from_restricted=True, to_restricted=True)
        assert may_pass(from_restricted=False, to_restricted=False)
        assert may_pass(from_restricted=False, to_restricted=True)

    def test_a_place_knows_that_it_lies_behind_the_mark_and_what_was_chosen_for_it(self) -> None:
        place = Place(kind="post", channel_id=3, asker_id=1, asked=NOON)
        behind = Asker(user_id=1, guild_id=2, channel_id=3, restricted=True)
        assert admitted(behind, pictures=False, threads=True).placed(place) == place.model_copy(
            update={"restricted": True, "pictures": False, "threaded": True}
        )
        assert admitted().placed(place) == place


ids = st.lists(st.integers(1, 6), max_size=3, unique=True).map(tuple)
askers = st.builds(
    Asker,
    user_id=st.just(1),
    guild_id=st.integers(0, 2),
    channel_id=st.integers(1, 6),
    category_id=st.integers(0, 6),
    role_ids=st.frozensets(st.integers(1, 6), max_size=3),
    manages=st.booleans(),
)
some_choices = st.builds(
    Choices,
    language=st.sampled_from([None, "auto", "de"]),
    engine=st.sampled_from([None, "auto", "extractive", "llm"]),
    roles=st.none() | ids,
    only_channels=st.none() | ids,
    not_channels=st.none() | ids,
    cooldown=st.none() | st.integers(0, 600),
    daily_tokens=st.none() | st.integers(0, 50),
    daily_tokens_each=st.none() | st.integers(0, 50),
    over_budget=st.sampled_from([None, "extractive", "refuse"]),
)
rates_of = st.builds(Rate, st.integers(1, 5), st.floats(0, 100))


@given(askers, some_choices, st.builds(Spent, st.integers(0, 60), st.integers(0, 60)))
def test_whoever_is_let_in_keeps_to_every_rule(asker: Asker, choices: Choices, spent: Spent) -> None:
    try:
        let_in: Admitted | NutgrafError = admit(asker, ORDER, Rules(choices), (Uses(), spent), NOON)
    except NutgrafError as refused:
        let_in = refused
    if isinstance(let_in, NutgrafError):
        assert str(let_in).count(".") >= 2  # what happened, and what to do next
        assert asker.guild_id or isinstance(let_in, BudgetError)
        return
    budgets = [(spent.person, choices.daily_tokens_each)]
    if asker.guild_id:
        here = {asker.channel_id, asker.category_id}
        assert not here & set(choices.not_channels or ())
        assert not choices.only_channels or here & set(choices.only_channels)
        assert asker.manages or not choices.roles or asker.role_ids & set(choices.roles)
        budgets.append((spent.guild, choices.daily_tokens))
    if let_in.order.engine != "extractive":
        assert all(budget is None or so_far < budget for so_far, budget in budgets)


@given(
    st.lists(st.floats(0, 400), max_size=60),
    st.builds(Rates, rates_of, rates_of),
    st.integers(0, 200),
)
def test_a_rate_lets_in_no_more_than_it_says_and_a_told_wait_is_enough(
    gaps: Sequence[float], rates: Rates, pause: int
) -> None:
    now, uses = NOON, Uses()
    rules = Rules(Choices(cooldown=pause), rates)
    times: list[datetime] = []
    for gap in gaps:
        now += timedelta(seconds=gap)
        try:
            uses = admit(MEMBER, ORDER, rules, (uses, Spent()), now).uses
        except CooldownError as refused:
            told = int("".join(filter(str.isdigit, refused.advice)))
            wait = timedelta(minutes=told) if "minute" in refused.advice else timedelta(seconds=told)
            assert wait > timedelta()
            now += wait
            uses = admit(MEMBER, ORDER, rules, (uses, Spent()), now).uses
        times.append(now)
    for rate in (rates.person, rates.guild, Rate(1, pause)):
        for early, late in zip(times, times[rate.burst :], strict=False):
            # In any stretch, a full row and what came free since.
            assert (late - early).total_seconds() >= rate.every - 1e-3


@given(st.integers(-(10**6), 10**6), rates_of)
def test_a_clock_that_jumps_makes_nobody_wait_longer_than_a_row_takes(jump: int, rate: Rate) -> None:
    busy = None
    for _ in range(rate.burst):
        busy = rate.taken(busy, NOON)
    assert rate.wait(busy, NOON + timedelta(seconds=jump)) <= rate.every + 1e-3
