"""Place, Answered, OpenQuestion: where an answer goes in Discord, and what is kept of it there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from bot.domain.brief import Brief
from bot.domain.order import ArticleOrder
from bot.domain.value import Value

TOKEN_HOLDS: Final = timedelta(minutes=14, seconds=30)  # Discord takes answers to an interaction for 15 minutes


class Place(Value):
    """Where an answer goes, as the front that heard the person writes it down.

    "reply": under the message `message_id`; "interaction": the answer to a command, a button or a form, by
    `application_id` and `token` while they hold; "post": a message of its own in the channel.
    """

    kind: Literal["reply", "interaction", "post"]
    guild_id: int = 0  # 0: direct messages
    channel_id: int
    asker_id: int
    asked: datetime
    locale: str = "en"
    private: bool = False  # only the asker sees it
    restricted: bool = False  # Discord marks the channel as age-restricted
    pictures: bool = True  # whether a card may show the article's picture
    notice: str | None = None  # what the asker should know beside the answer, in the place's locale
    threaded: bool = False  # what does not fit one message goes to a thread, not behind buttons
    message_id: int | None = None
    application_id: int | None = None
    token: str | None = None
    member: bool = True  # whether the bot itself is in that place, and may post there without a token

    def token_holds(self, now: datetime) -> bool:
        """Whether the interaction can still be answered."""
        return self.token is not None and now - self.asked < TOKEN_HOLDS


class Answered(Value):
    """A briefing that stands in Discord, or is being made for it: what its buttons need, also after a restart.

    `key` is the order's. `message_ids`: the note that became the first page, then the others. `brief` is None as
    long as it is not made, and where it failed. `held`: no job has it, so this record is all that is known of it
    after a crash.
    """

    key: str
    place: Place
    order: ArticleOrder
    message_ids: tuple[int, ...] = ()
    thread_id: int | None = None
    brief: Brief | None = None
    held: bool = False

    @property
    def note_id(self) -> int | None:
        """The message that is the note, and then the first page; None where it is not known."""
        return self.message_ids[0] if self.message_ids else None


class OpenQuestion(Value):
    """A question about a briefing that nobody has answered yet: kept with its token, for as long as it is open.

    `key`: the id of the message or form that asked. `note_id`: the message of ours that says that we are at it; a
    form's answer is found by its token.
    """

    key: str
    place: Place
    note_id: int | None = None
