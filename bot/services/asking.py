"""Asking an article: a reader's question in, a proven Reply out, from the stored Documents alone.

Nothing is fetched and nothing is known from elsewhere: what the Documents do not bear out is "not said".
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bot.domain.asking import LONGEST_QUESTION, Inquiry, Replies, Reply, answering
from bot.domain.document import Document
from bot.domain.errors import SettingsError, UsageError
from bot.domain.order import EngineChoice
from bot.domain.task import Engine
from bot.services.briefing import BriefOptions
from bot.services.models import Models, OffersModels
from bot.services.prompt_sets import OperatorsOnly, PromptSets
from bot.verify.answers import prove_reply
from bot.wording import Phrase


class QuestionDesk:
    """Has an engine answer a question about Documents, and has the verifier prove it."""

    def __init__(
        self,
        engines: Mapping[EngineChoice, Engine],
        *,
        prompt_sets: PromptSets | None = None,
        models: OffersModels | None = None,
    ) -> None:
        self._engines = engines
        self._prompt_sets = prompt_sets or OperatorsOnly()
        self._models = models or Models()

    async def ask(
        self, documents: Sequence[Document], question: str, options: BriefOptions | None = None
    ) -> Reply:
        """What `documents` (one or more) say to `question`, in the language of the `options`.

        Of the options engine, language, model and prompts count. Raises UsageError (no question, or a far too long
        one), SettingsError, StorageError and, where the engine "llm" alone was asked, ModelError.
        """
        options = options or BriefOptions()
        inquiry = Inquiry(
            documents=tuple(documents),
            question=_asked(question),
            language=options.language,
            model=self._models.model_id(options.model),
            prompts=await self._prompt_sets.of_guild(options.prompts) if options.prompts else None,
        )
        proposed = await self._engine(options.engine).reply(inquiry)
        # Pure computation on a long Document would hold up everything else on the loop.
        return await asyncio.to_thread(prove_reply, proposed, inquiry.documents)

    def _engine(self, choice: EngineChoice) -> Replies:
        if choice not in self._engines:
            raise SettingsError(
                Phrase("No model endpoint is configured."),
                cure=Phrase(
                    "Use the extractive engine. The person who runs this bot can set LLM_BASE_URL and LLM_MODEL."
                ),
            )
        return answering(self._engines[choice])


def _asked(question: str) -> str:
    """The question on one line. Raises UsageError."""
    line = " ".join(question.split())
    if not any(character.isalnum() for character in line):
        raise UsageError(Phrase("There is no question."), cure=Phrase("Write what you want to know."))
    if len(line) > LONGEST_QUESTION:
        raise UsageError(
            Phrase("That question is longer than {most} characters.", most=LONGEST_QUESTION),
            cure=Phrase("Ask one thing at a time."),
        )
    return line
