"""The refusals Discord's API answers with, and those that a person sees.

PlaygroundError            something a person tried cannot be done here
  UnknownCommandError      not synced, or hidden from this person
  OptionError              an option missing, unknown or of the wrong type
  ComponentError           no such button, select or field; or disabled
  UnansweredError          "The application did not respond"
  NothingHappenedError     a wait ran out of time
ApiError                   an answer to the bot: HTTP status, Discord's code and message
"""

from __future__ import annotations

from typing import Any


class PlaygroundError(Exception):
    """What a person tried cannot be done, in one sentence."""


class UnknownCommandError(PlaygroundError):
    """The command is not synced, or hidden from this person."""


class OptionError(PlaygroundError):
    """An option is missing, unknown, or its value would not be accepted."""


class ComponentError(PlaygroundError):
    """The message has no such component, or it is disabled."""


class UnansweredError(PlaygroundError):
    """The bot did not answer an interaction in time."""


class NothingHappenedError(PlaygroundError, TimeoutError):
    """What was waited for did not come."""


class ApiError(Exception):
    """A refusal on the wire.

    `status` is the HTTP status, `code` Discord's JSON error code (0 for plain HTTP errors), `errors` the
    nested tree of a 50035 answer, where there is one.
    """

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(f"{status} ({code}): {message}")
        self.status, self.code, self.message, self.errors = status, code, message, errors

    def body(self) -> dict[str, Any]:
        """The JSON body as Discord writes it."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        return body


_KNOWN = {
    "unauthorized": (401, 0, "401: Unauthorized"),
    "not_found": (404, 0, "404: Not Found"),
    "unknown_channel": (404, 10003, "Unknown Channel"),
    "unknown_guild": (404, 10004, "Unknown Guild"),
    "unknown_member": (404, 10007, "Unknown Member"),
    "unknown_message": (404, 10008, "Unknown Message"),
    "unknown_role": (404, 10011, "Unknown Role"),
    "unknown_user": (404, 10013, "Unknown User"),
    "unknown_emoji": (400, 10014, "Unknown Emoji"),
    "unknown_webhook": (404, 10015, "Unknown Webhook"),
    "unknown_interaction": (404, 10062, "Unknown interaction"),
    "unknown_command": (404, 10063, "Unknown application command"),
    "already_acknowledged": (400, 40060, "Interaction has already been acknowledged."),
    "too_many_reactions": (400, 30010, "Maximum number of reactions reached (20)"),
    "too_many_commands": (400, 30032, "Maximum number of application commands reached"),
    "too_many_followups": (
        400,
        40094,
        "This interaction has reached the maximum number of follow-up messages",
    ),
    "too_large": (413, 40005, "Request entity too large"),
    "missing_access": (403, 50001, "Missing Access"),
    "not_your_message": (403, 50005, "Cannot edit a message authored by another user"),
    "empty_message": (400, 50006, "Cannot send an empty message"),
    "cannot_dm": (403, 50007, "Cannot send messages to this user"),
    "no_mutual_guild": (
        403,
        50278,
        "Cannot send messages to this user due to having no mutual guilds",
    ),
    "thread_locked": (400, 50083, "Tried to perform an operation on an archived thread"),
    "not_a_text_channel": (400, 50008, "Cannot send messages in a non-text channel"),
    "missing_permissions": (403, 50013, "Missing Permissions"),
    "invalid_token": (401, 50027, "Invalid Webhook Token"),
    "reply_needs_history": (400, 160002, "Cannot reply without permission to read message history"),
    "thread_exists": (400, 160004, "A thread has already been created for this message"),
    "bad_json": (400, 50109, "The request body contains invalid JSON."),
}


def refusal(name: str) -> ApiError:
    """A known refusal by its name in the table above."""
    return ApiError(*_KNOWN[name])


def invalid_form(*problems: tuple[str, str, str]) -> ApiError:
    """Discord's 50035 for problems `(dotted.path, CODE, message)`, nested as Discord nests them."""
    tree: dict[str, Any] = {}
    for path, code, message in problems:
        node = tree
        for part in filter(None, path.split(".")):
            node = node.setdefault(part, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})
    return ApiError(400, 50035, "Invalid Form Body", tree)
