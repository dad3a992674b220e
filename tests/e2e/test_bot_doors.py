"""Every door to a briefing, over HTTP and WebSocket: what a person does, and what then stands in the channel."""

from __future__ import annotations

import pytest

from bot.domain.source import LinkSource, TextSource
from bot.playground import Channel, Person, Playground
from tests.support.chat_fixtures import Nutgraf, running

pytestmark = pytest.mark.e2e

ARTICLE = "The harbour of Lund reopened on Monday after nine weeks of repairs, and ferries left at noon. " * 4
LINK = "https://courier.example/harbour"


async def test_a_mention_with_text_is_answered_by_a_card_in_reply(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    asked = await ada.say(general, f"{playground.mention} {ARTICLE}")
    card = await playground.wait_for_message(general, lambda m: "Summary" in m.text, after=asked)
    assert card.reply_to == asked.id
    assert card.is_v2
    assert "The harbour of Lund reopened" in card.text
    assert nutgraf.briefer.asked[0][0] == (TextSource(text=ARTICLE.strip()),)
    assert len(playground.messages(general, by_bot=True)) == 1


async def test_a_mention_with_links_makes_one_joined_briefing(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    said = f"hey {playground.mention}, {LINK} and (https://b.example/x), not <https://c.example/> https://i.imgur.com/a.png"
    asked = await ada.say(general, said)
    card = await playground.wait_for_message(general, lambda m: "Summary" in m.text, after=asked)
    assert nutgraf.briefer.asked[0][0] == (LinkSource(url=LINK), LinkSource(url="https://b.example/x"))
    assert LINK in card.text
    assert "https://b.example/x" in card.text


async def test_an_attachment_is_downloaded_and_briefed(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    asked = await ada.say(general, f"{playground.mention} this", files=[("notes.txt", "Åland votes.".encode())])
    card = await playground.wait_for_message(general, lambda m: "Summary" in m.text, after=asked)
    assert nutgraf.briefer.asked[0][0] == (TextSource(text="Åland votes."),)
    assert "Åland votes." in card.text


async def test_a_reply_that_mentions_the_bot_briefs_the_message_replied_to(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    posted = await ada.say(general, f"{playground.mention}")  # readable for the bot without a privileged intent
    await playground.wait_for_message(general, after=posted)
    await ada.edit(posted, f"{playground.mention} {LINK}")
    asked = await grace.say(general, f"{playground.mention} please", reply_to=posted)
    await playground.wait_for_message(general, lambda m: "Summary" in m.text, after=asked)
    assert nutgraf.briefer.asked[0][0] == (LinkSource(url=LINK),)


async def test_a_reply_to_words_that_discord_hides_says_what_to_do(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    posted = await ada.say(general, LINK)
    asked = await grace.say(general, f"{playground.mention}", reply_to=posted)
    answer = await playground.wait_for_message(general, lambda m: "Apps" in m.text, after=asked)
    assert "does not show me the words" in answer.text
    assert nutgraf.briefer.asked == []


async def test_a_direct_message_needs_no_mention(playground: Playground, nutgraf: Nutgraf, ada: Person) -> None:
    asked = await ada.say(ada.dm, LINK)
    card = await playground.wait_for_message(ada.dm, lambda m: "Summary" in m.text, after=asked)
    assert LINK.removeprefix("https://") in card.text
    assert nutgraf.briefer.asked[0][0] == (LinkSource(url=LINK),)


async def test_a_mention_without_anything_is_told_how_to_use_it(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    asked = await ada.say(general, f"{playground.mention} hello?")
    answer = await playground.wait_for_message(general, lambda m: "link" in m.text, after=asked)
    assert "at least 40 words" in answer.text
    assert nutgraf.briefer.asked == []


async def test_a_thanks_in_reply_to_a_briefing_is_left_alone(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    asked = await ada.say(general, f"{playground.mention} {LINK}")
    card = await playground.wait_for_message(general, lambda m: "Summary" in m.text, after=asked)
    await ada.say(general, "thanks!", reply_to=card)
    again = await ada.say(general, f"{playground.mention} {LINK}")
    await playground.wait_for_message(general, lambda m: "Summary" in m.text, after=again)
    assert len(playground.messages(general, by_bot=True)) == 2


async def test_more_than_five_links_are_refused_in_one_sentence(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    many = " ".join(f"https://x.example/{number}" for number in range(6))
    asked = await ada.say(general, f"{playground.mention} {many}")
    answer = await playground.wait_for_message(general, lambda m: "at most 5" in m.text, after=asked)
    assert nutgraf.briefer.asked == []
    assert answer.reply_to == asked.id


async def test_the_context_menu_briefs_a_message_of_someone_else(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    posted = await ada.say(general, f"Worth a read: {LINK}")
    used = await grace.context_menu("Brief this", posted)
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "Summary" in m.text)
    assert nutgraf.briefer.asked[0][0] == (LinkSource(url=LINK),)


async def test_the_context_menu_on_chatter_answers_to_the_person_alone(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    posted = await ada.say(general, "good morning")
    used = await grace.context_menu("Brief this", posted)
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "no link" in m.text)
    assert used.original.ephemeral
    assert nutgraf.briefer.asked == []


async def test_slash_with_a_link_takes_date_language_and_sections(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    given = {
        "link": "courier.example/harbour",
        "published": "2026-03-04",
        "language": "SV",
        "sections": "quotes, timeline",
    }
    used = await ada.slash("brief", given, general)
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "Summary" in m.text)
    ((source,), options) = nutgraf.briefer.asked[0]
    assert isinstance(source, LinkSource)
    assert (source.url, str(source.known.published)) == (LINK, "2026-03-04")
    assert (options.language, options.sections) == ("sv", ("quotes", "timeline"))


async def test_slash_with_a_file(playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel) -> None:
    used = await ada.slash("brief", {}, general, attachments={"file": ("a.md", b"# Ferry\n\nIt left.")})
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "It left." in m.text)
    assert nutgraf.briefer.asked[0][0] == (TextSource(text="Ferry\n\nIt left."),)


async def test_a_private_slash_is_seen_by_the_asker_alone(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    used = await ada.slash("brief", {"text": "Short text.", "private": True}, general)
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "Short text." in m.text)
    assert used.original.ephemeral
    assert used.original not in grace.sees(general)
    assert [button for button in used.original.buttons if button.get("label") == "Delete"] == []


async def test_slash_without_anything_opens_a_form(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    form = await ada.slash("brief", {}, general)
    assert form.modal is not None
    sent = await ada.submit_modal(form, {"The article": ARTICLE, "Published on": "2026-03-04"})
    assert sent.original is not None
    await playground.wait_until(sent.original, lambda m: "Summary" in m.text)
    ((source,), _) = nutgraf.briefer.asked[0]
    assert isinstance(source, TextSource)
    assert str(source.known.published) == "2026-03-04"


async def test_what_was_pasted_into_a_form_is_briefed_after_a_restart_as_it_was_wished(
    playground: Playground, ada: Person, general: Channel
) -> None:
    wished = {"language": "de", "length": "short", "sections": "quotes, summary", "private": True}
    async with running(playground):
        form = await ada.slash("brief", {**wished, "published": "2026-03-03"}, general)
    async with running(playground) as bot:
        sent = await ada.submit_modal(form, {"The article": ARTICLE})
        assert sent.original is not None
        await playground.wait_until(sent.original, lambda m: "Summary" in m.text)
        assert sent.original.ephemeral
        (((source,), options),) = bot.briefer.asked
    assert isinstance(source, TextSource)
    assert str(source.known.published) == "2026-03-03"
    assert (options.language, options.length, options.sections) == ("de", "short", ("quotes", "summary"))


async def test_two_who_paste_at_once_get_each_their_own(
    playground: Playground, nutgraf: Nutgraf, ada: Person, grace: Person, general: Channel
) -> None:
    forms = [(who, await who.slash("brief", {}, general)) for who in (ada, grace)]
    texts = [ARTICLE.strip(), ARTICLE.strip().replace("Lund", "Malmo")]
    for (who, form), text in zip(forms, texts, strict=True):
        sent = await who.submit_modal(form, {"The article": text})
        assert sent.original is not None
        await playground.wait_until(sent.original, lambda m: "Summary" in m.text)
    assert [sources[0].text for sources, _ in nutgraf.briefer.asked] == texts


async def test_more_wishes_than_a_form_remembers_are_refused_in_words(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    many = ", ".join(f"section_{number}" for number in range(12))
    used = await ada.slash("brief", {"sections": many}, general)
    assert used.modal is None
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: "more sections than a form remembers" in m.text)


@pytest.mark.parametrize(
    ("given", "words"),
    [({"published": "some day"}, "is not a day"), ({"language": "Elvish"}, "I do not know a language “Elvish”")],
)
async def test_an_option_that_cannot_be_used_is_named(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel, given: dict[str, str], words: str
) -> None:
    used = await ada.slash("brief", {"link": LINK, **given}, general)
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: words in m.text)
    assert used.original.ephemeral


async def test_bots_are_not_answered(
    playground: Playground, nutgraf: Nutgraf, ada: Person, general: Channel
) -> None:
    other = playground.person("feedbot")
    other.user.bot = True
    await other.say(general, f"{playground.mention} {LINK}")
    asked = await ada.say(general, f"{playground.mention} {LINK}")
    await playground.wait_for_message(general, lambda m: "Summary" in m.text, after=asked)
    assert len(nutgraf.briefer.asked) == 1
