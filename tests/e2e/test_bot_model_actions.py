"""Actions under a briefing over the whole bot with a model: what is asked of it again, and what is not."""

from __future__ import annotations

from bot.playground import Channel, Interaction, Message, Person, Playground
from bot.playground.model import server_error
from tests.e2e.test_bot_model import bot_with_model

QUESTION = "What do you want to know?"


def has_card(message: Message) -> bool:
    return "Key quotes" in message.text


async def shown(playground: Playground, used: Interaction) -> Message:
    assert used.original is not None
    await playground.wait_until(used.original, lambda m: not m.loading and bool(m.text), timeout=30)
    return used.original


async def test_only_what_is_wished_anew_is_written_again(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with bot_with_model(playground):
        link = playground.article_url("swing-bridge-closure")
        asked = await ada.say(general, f"{playground.mention} {link}")
        card = await playground.wait_for_message(general, has_card, 30, after=asked)
        panel = await shown(playground, await ada.click(card, "More …"))
        again = await ada.say(general, f"{playground.mention} {link}")
        calls = len(playground.model.requests)
        await playground.wait_for_message(general, has_card, 30, after=again)
        assert len(playground.model.requests) == calls
        anew = await ada.click(panel, "Write it anew")
        assert anew.original is not None
        await playground.wait_until(anew.original, has_card, timeout=30)
        assert len(playground.model.requests) > calls


async def test_a_question_goes_to_the_model_and_to_the_built_in_engine_where_that_fails(
    playground: Playground, ada: Person, general: Channel
) -> None:
    async with bot_with_model(playground):
        asked = await ada.say(general, f"{playground.mention} {playground.article_url('swing-bridge-closure')}")
        card = await playground.wait_for_message(general, has_card, 30, after=asked)
        form = await ada.click(card, "Ask")
        answer = await shown(playground, await ada.submit_modal(form, {QUESTION: "Who is Tomas Arredondo?"}))
        assert "Engine: llm · stand-in" in answer.text
        playground.model.queue(*[server_error()] * 8)
        form = await ada.click(card, "Ask")
        answer = await shown(playground, await ada.submit_modal(form, {QUESTION: "When will the bridge close?"}))
        assert "Built-in extractive engine" in answer.text
