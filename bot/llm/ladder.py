"""What one server was found to refuse, and so how to ask it next.

Every step goes one way (to a plainer format, to the other name, to no temperature), so learning ends. Several
calls may be refused at once: a step is taken from the manner that was refused, not from the one held by then.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.domain.errors import EndpointDownError, EndpointRefusedError
from bot.llm.failures import Failure
from bot.llm.profiles import Profile, TokensName
from bot.llm.wire import Manner

_FORMAT: Final = re.compile(r"response_format|json_schema|json_object")
_REFUSALS: Final = frozenset({400, 404, 422, 500, 501})
_OTHER: Final[dict[TokensName, TokensName]] = {
    "max_tokens": "max_completion_tokens",
    "max_completion_tokens": "max_tokens",
}


class Ladder:
    """The manner to ask in; `learned_from` changes it."""

    def __init__(self, profile: Profile) -> None:
        self._formats = profile.response_formats
        self._renamed = False
        self._first_name = profile.max_tokens_name
        self.manner = Manner(self._formats[0], profile.max_tokens_name, profile.takes_temperature)

    def learned_from(self, failure: Failure, asked: Manner) -> bool:
        """Whether `failure` of a request put in the manner `asked` gives reason to ask in another one at once."""
        if failure.status not in _REFUSALS or type(failure.error) not in {EndpointRefusedError, EndpointDownError}:
            return False
        if _FORMAT.search(failure.text):
            self._plainer_than(asked)
        elif asked.sends_temperature and "temperature" in failure.text:
            self.manner = replace(self.manner, sends_temperature=False)
        elif "max_completion_tokens" in failure.text or "'max_tokens'" in failure.text:
            self._rename_from(asked)
        return self.manner != asked

    def _plainer_than(self, asked: Manner) -> None:
        step = self._formats.index(asked.response_format) + 1
        held = self._formats.index(self.manner.response_format)
        if held < step < len(self._formats):
            self.manner = replace(self.manner, response_format=self._formats[step])

    def _rename_from(self, asked: Manner) -> None:
        if not self._renamed and asked.tokens_name == self._first_name:
            self._renamed = True
            self.manner = replace(self.manner, tokens_name=_OTHER[self._first_name])
