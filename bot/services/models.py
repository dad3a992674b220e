"""The models that an operator offers: a few of one endpoint, each by a name that people may choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.errors import UsageError
from bot.settings import Settings
from bot.wording import Phrase


class OffersModels(Protocol):
    """Knows the models that may be chosen."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names to choose from, the default first; empty where there is no model."""
        ...

    def model_id(self, name: str | None) -> str | None:
        """What the endpoint calls the model of that name; None for the default. Raises UsageError."""
        ...


@dataclass(frozen=True, slots=True)
class Models:
    """OffersModels over a table: name -> what the endpoint calls it, the default first."""

    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names to choose from, the default first; empty where there is no model."""
        return tuple(self.ids)

    def model_id(self, name: str | None) -> str | None:
        """What the endpoint calls the model of that name; None for the default.

        Raises UsageError for a name that is not offered, which says those that are.
        """
        if name is None:
            return None
        if name in self.ids:
            return self.ids[name]
        if not self.ids:
            raise UsageError(
                Phrase("There is no model named “{name}” here.", name=name[:40]),
                cure=Phrase("Leave the model out: this bot runs without one."),
            )
        raise UsageError(
            Phrase("There is no model named “{name}” here.", name=name[:40]),
            cure=Phrase("Choose from: {names}.", names=", ".join(self.ids)),
        )


def offered_models(settings: Settings) -> Models:
    """LLM_MODEL, then those of LLM_MODELS; none where no endpoint is configured."""
    if not settings.llm_base_url or not settings.llm_model:
        return Models()
    return Models({settings.llm_model: settings.llm_model, **dict(_pairs(settings.llm_models))})


def _pairs(written: str) -> Iterator[tuple[str, str]]:
    """The `name=model-id` pairs, or plain ids, with commas between."""
    for part in written.split(","):
        name, _, identity = (piece.strip() for piece in part.partition("="))
        if name:
            yield name, identity or name
