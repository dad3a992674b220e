"""Choosing stories: copies meet, different events do not, words filter, ranks are even-handed."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feed import FeedItem
from bot.services.differences import Told, differences
from bot.text.links import normalised, url_key
from bot.text.stories import Candidate, Keywords, clustered, ranked, same_headline, spread

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
A, B, C, D = (f"https://{name}.example/feed" for name in "abcd")

# Events as different outlets tell them; no two events are the same, though some are alike.
EVENTS: dict[str, list[tuple[str, str, str]]] = {
    "quake in Chile": [
        (
            A,
            "Strong earthquake shakes northern Chile",
            "A magnitude 6.8 quake hit near Iquique on Tuesday, killing 12.",
        ),
        (
            B,
            "At least 12 dead as quake strikes Chile's north",
            "Rescuers search Iquique after a 6.8-magnitude earthquake.",
        ),
        (
            C,
            "Chile quake: Iquique hospital evacuated",
            "The earthquake of magnitude 6.8 damaged roads around Iquique.",
        ),
    ],
    "quake in Peru": [
        (
            A,
            "Mild earthquake shakes southern Peru",
            "A magnitude 4.9 quake was felt near Arequipa; nobody was hurt.",
        ),
        (
            B,
            "Peru: quake felt in Arequipa, no damage",
            "A 4.9-magnitude earthquake rattled windows in Arequipa, Peru.",
        ),
    ],
    "bridge": [
        (
            A,
            "Havenport bridge closed after cracks found",
            "Inspectors found cracks in two pillars of the Havenport bridge.",
        ),
        (
            C,
            "Cracks shut Havenport bridge for months",
            "The bridge in Havenport will stay closed until autumn, the city said.",
        ),
        (
            D,
            "City closes Havenport bridge over pillar cracks",
            "Commuters face detours after inspectors found cracks.",
        ),
    ],
    "central bank": [
        (
            A,
            "Central bank of Norland raises rates to 4.5%",
            "Governor Ida Brekke said inflation in Norland was still too high.",
        ),
        (
            B,
            "Norland lifts interest rate to 4.5 per cent",
            "Brekke signals that further rises are possible this year.",
        ),
    ],
    "other central bank": [
        (
            B,
            "Sudria's central bank holds rates at 2%",
            "Governor Paulo Reis said inflation in Sudria was under control.",
        ),
        (C, "Interest rates unchanged in Sudria", "Reis keeps the central bank's rate at 2 per cent."),
    ],
    "telescope": [
        (
            A,
            "New telescope maps the dust of a young star",
            "The Vega array took 300 images of a disc around HD 4711.",
        ),
        (
            D,
            "Vega array sees dust disc around star HD 4711",
            "Images by the new telescope show gaps where planets may form.",
        ),
    ],
    "strike": [
        (
            B,
            "Ferry crews on Lake Orla walk out over pay",
            "The union Seafarers United wants 8% more for Lake Orla crews.",
        ),
        (
            C,
            "Lake Orla ferries stand still as crews strike",
            "Seafarers United called the strike after pay talks failed.",
        ),
    ],
    "recipe": [(D, "How to bake a rye bread in a morning", "Flour, water, salt and some patience.")],
    "chess": [(C, "Teenager wins the Lundby chess open", "Mira Solheim, 15, beat three grandmasters in Lundby.")],
    "wolf": [
        (A, "Wolf seen in the Eifel for the first time in years", "A camera caught the animal near Monschau.")
    ],
}


def item(feed: str, title: str, summary: str = "", *, hours: float = 1, url: str | None = None) -> FeedItem:
    slug = "-".join(title.lower().split())[:60]
    return FeedItem(
        url=url or f"{feed.removesuffix('/feed')}/{slug}",
        title=title,
        summary=summary,
        published=NOW - timedelta(hours=hours),
        feed=feed,
        outlet=feed[8],
    )


def everything() -> tuple[list[FeedItem], list[str]]:
    rows = [(item(*telling), event) for event, tellings in EVENTS.items() for telling in tellings]
    random.Random(7).shuffle(rows)
    return [row[0] for row in rows], [row[1] for row in rows]


def test_copies_of_one_event_meet_and_different_events_do_not() -> None:
    items, labels = everything()
    groups = clustered(items).groups
    assert sorted(sorted(labels[number] for number in group) for group in groups) == sorted(
        [event] * len(tellings) for event, tellings in EVENTS.items()
    )


def test_grouping_does_not_depend_on_the_order_of_items() -> None:
    items, _ = everything()
    first = {frozenset(items[number].url for number in group) for group in clustered(items).groups}
    backwards = items[::-1]
    again = {frozenset(backwards[number].url for number in group) for group in clustered(backwards).groups}
    assert first == again


def test_one_headline_in_two_outlets_is_one_story_whatever_the_tail() -> None:
    assert same_headline(
        "Mayor of Lundby resigns over harbour deal", "Mayor of Lundby resigns over harbour deal | Daily A"
    )
    assert not same_headline("Mayor of Lundby resigns over harbour deal", "Mayor of Lundby denies harbour deal")
    assert not same_headline("Live updates", "Live updates")


def test_items_days_apart_are_two_events() -> None:
    old = item(
        A, "Strong earthquake shakes northern Chile", "Iquique was hit by a magnitude 6.8 quake.", hours=200
    )
    new = item(B, "Strong earthquake shakes northern Chile", "Iquique was hit by a magnitude 6.8 quake.")
    assert len(clustered([old, new]).groups) == 2


def test_a_chain_of_likenesses_does_not_join_its_ends() -> None:
    words = [f"word{letter}{letter}" for letter in "abcdefghijklmnopqrstuvwx"]
    chain = [
        item(f"https://f{start}.example/feed", " ".join(words[start : start + 8])) for start in range(0, 16, 3)
    ]
    ends = (0, len(chain) - 1)
    assert not any(set(ends) <= set(group) for group in clustered(chain).groups)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("东京发生强烈地震 多人受伤", "东京强烈地震造成多人受伤"),
        ("Beben in Chile: Zwölf Tote in Iquique", "Iquique: Zwölf Tote nach Beben in Chile"),
    ],
)
def test_other_languages_meet_too(title: str, other: str) -> None:
    assert len(clustered([item(A, title), item(B, other)]).groups) == 1


SYLLABLES = "ka lo mi ra ste vor nu bel dan quo fir sal tem gri hob"
VERBS = "opens closes wins loses sues buys sells bans halts launches delays rejects backs fines rescues"
NOUNS = "bridge factory museum hospital harbour railway stadium forest school airline festival dam mine"


def many(count: int) -> list[FeedItem]:
    """Items of a made-up week: names, places and happenings drawn at random, each event told one to six times."""
    chance = random.Random(11)
    names = ["".join(chance.sample(SYLLABLES.split(), 3)).title() for _ in range(900)]
    verbs, nouns = VERBS.split(), NOUNS.split()
    items: list[FeedItem] = []
    while len(items) < count:
        who, where, verb, noun = (
            chance.choice(names),
            chance.choice(names),
            chance.choice(verbs),
            chance.choice(nouns),
        )
        for telling in range(chance.choice((1, 1, 1, 2, 3, 6))):
            title = (
                f"{who} {verb} {noun} in {where}" if telling % 2 else f"In {where}, {who} {verb} the old {noun}"
            )
            summary = (
                f"The {noun} near {where} has been in dispute; {who} said talks would go on, round {telling}."
            )
            feed = f"https://f{chance.randrange(60)}.example/feed"
            items.append(item(feed, title, summary, hours=chance.random() * 20, url=f"{feed}/{len(items)}"))
    return items[:count]


def test_three_thousand_items_are_grouped_without_comparing_all_pairs() -> None:
    groups = clustered(many(3_000)).groups
    assert sum(map(len, groups)) == 3_000
    assert 1_000 < len(groups) < 2_200


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=120)), max_size=12))
def test_any_text_is_grouped_each_item_once(texts: list[tuple[str, str]]) -> None:
    items = [
        item(f"https://f{number}.example/feed", *text, url=f"https://e.org/{number}")
        for number, text in enumerate(texts)
    ]
    groups = clustered(items).groups
    assert sorted(number for group in groups for number in group) == list(range(len(items)))


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("strike", "The Strike goes on", True),
        ("strike", "The strike's end", True),
        ("strike", "Airstrikes and strikers", False),
        ("strike*", "Strikers at the gate", True),
        ("café", "CAFE closed", True),
        ("Zürich", "A bank in Zurich", True),
        ("climate change", "climate-change deniers", True),
        ("climate change", "a change of climate", False),
        ("c++", "A history of C", True),
        ("东京", "今天东京下雨", True),
        ("!!!", "wow!!!", False),
    ],
)
def test_keywords_are_whole_words_whatever_their_case_and_accents(word: str, text: str, found: bool) -> None:
    assert (Keywords([word]).first_in(text) == word) is found


@given(st.text(max_size=40), st.text(max_size=80))
def test_keywords_never_fail(word: str, text: str) -> None:
    Keywords([word]).all_in(text)


def candidate(key: str, *feeds: str, hours: float = 1, **more: object) -> Candidate:
    return Candidate(key=key, feeds=frozenset(feeds or {A}), moment=NOW - timedelta(hours=hours), **more)  # type: ignore[arg-type]


def order(*candidates: Candidate) -> list[str]:
    return [candidates[place.index].key for place in ranked(candidates, now=NOW, window=timedelta(days=1))]


def test_coverage_freshness_interests_and_reactions_each_lift_a_story() -> None:
    plain = candidate("plain")
    assert order(plain, candidate("covered", A, B, C)) == ["covered", "plain"]
    assert order(candidate("stale", hours=20), plain) == ["plain", "stale"]
    assert order(plain, candidate("interesting", interests=("trams",))) == ["interesting", "plain"]
    assert order(candidate("disliked", likings=(-1.0,)), plain) == ["plain", "disliked"]
    assert order(plain, candidate("liked", likings=(0.5,))) == ["liked", "plain"]


def test_ties_go_by_time_then_key_so_that_every_machine_agrees() -> None:
    rows = [candidate(key) for key in "cab"]
    assert order(*rows) == order(*rows[::-1]) == ["a", "b", "c"]


def spread_of(
    rows: list[Candidate], wanted: int, near: set[frozenset[int]] | None = None
) -> tuple[list[str], list[str]]:
    taken, out = spread(
        ranked(rows, now=NOW, window=timedelta(days=1)),
        rows,
        wanted=wanted,
        likeness=lambda one, other: float(frozenset({one, other}) in (near or set())),
        neighbour=0.5,
    )
    return [rows[place.index].key for place in taken], [out[number] for number in sorted(out)]


def test_no_feed_takes_more_than_half_while_others_have_stories() -> None:
    rows = [candidate(f"a{number}", A, hours=1) for number in range(6)]
    rows += [candidate(f"b{number}", B, hours=20) for number in range(3)]
    taken, out = spread_of(rows, 4)
    assert sorted(taken) == ["a0", "a1", "b0", "b1"]
    assert "out: enough from that feed already" in out


def test_a_single_feed_may_fill_the_digest() -> None:
    taken, _ = spread_of([candidate(f"a{number}", A) for number in range(6)], 4)
    assert len(taken) == 4


def test_one_subject_takes_a_third_at_most() -> None:
    rows = [candidate(f"s{number}", f"https://{number}.example/feed") for number in range(6)]
    near = {frozenset({one, other}) for one in range(4) for other in range(4) if one != other}
    taken, out = spread_of(rows, 3, near)
    assert sorted(taken) == ["s0", "s4", "s5"]
    assert out.count("out: close to a story that is in") == 3


def test_caps_yield_rather_than_leave_the_digest_short() -> None:
    rows = [candidate(f"a{number}", A) for number in range(5)] + [candidate("b", B, hours=30)]
    assert len(spread_of(rows, 5)[0]) == 5


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("https://Example.org/a?utm_source=rss&id=3&fbclid=x#top", "https://example.org/a?id=3"),
        ("http://example.org:80", "http://example.org/"),
        ("https://example.org/a?b=1&a=%20", "https://example.org/a?b=1&a=%20"),
        ("https://example.org/a%2Fb", "https://example.org/a%2Fb"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("javascript:alert(1)", None),
        ("ftp://example.org/", None),
        ("https://user:pw@example.org/", None),
        ("https://exa mple.org/", None),
        ("//example.org/x", None),
        ("https://[::1", None),
    ],
)
def test_addresses_have_one_normal_form(address: str, form: str | None) -> None:
    assert normalised(address) == form


@given(st.text(max_size=80))
def test_the_normal_form_is_stable_and_keys_never_fail(text: str) -> None:
    for address in (text, f"https://example.org/{text}", f"https://example.org/?{text}"):
        form = normalised(address)
        assert form is None or normalised(form) == form
        assert len(url_key(address)) == 32


def test_http_www_and_a_last_slash_do_not_make_another_article() -> None:
    assert url_key("http://www.example.org/a/") == url_key("https://example.org/a?utm_medium=x")
    assert url_key("https://example.org/a?id=1") != url_key("https://example.org/a?id=2")


def told(*texts: str) -> list[Told]:
    return [Told("ABCDE"[number], text) for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("Quake kills 12 people in Chile.", "Quake: 14 dead"), ("sources differ: 12 dead (A), 14 dead (B)",)),
        (
            ("Twelve people died.", "The death toll rose to 15.", "12 dead"),
            ("sources differ: 12 dead (A, C), 15 dead (B)",),
        ),
        (
            ("A magnitude 6.1 quake", "A 6.4-magnitude quake"),
            ("sources differ: 6.1 magnitude (A), 6.4 magnitude (B)",),
        ),
        (("The firm cuts 300 jobs.", "The firm cuts 450 jobs."), ("sources differ: 300 jobs (A), 450 jobs (B)",)),
        (
            ("It won 40% of votes.", "It won 44 percent of the votes."),
            ("sources differ: 40% votes (A), 44% votes (B)",),
        ),
        (("At least 12 dead", "14 dead"), ()),
        (("about 100 injured", "103 injured"), ()),
        (("12 dead, 30 injured", "12 killed and 30 hurt"), ()),
        (("1.2 million votes", "1,214,000 votes"), ()),
        (("In 2024 elections", "In 2025 elections"), ()),
        (("On 12 March", "On 14 March"), ()),
        (("after 3 hours", "after 5 hours"), ()),
        (("the 3rd quake", "the 5th quake"), ()),
        (("12 dead in Chile, 3 dead in Peru", "14 dead"), ()),
        (("12 dead", "no figures yet"), ()),
    ],
)
def test_figures_that_contradict_each_other_are_named(texts: tuple[str, ...], said: tuple[str, ...]) -> None:
    found = differences(told(*texts))
    assert found == said


@given(st.lists(st.text(alphabet="0123456789 ,.%$deakilnurbs-", max_size=60), max_size=4))
def test_comparing_figures_never_fails(texts: list[str]) -> None:
    differences(told(*texts))
