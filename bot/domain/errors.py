"""Every failure a person can meet, as one tree, and the words for each.

    NutgrafError
    ├── UsageError            the call itself was wrong                               exit 2
    ├── SettingsError         a setting is missing or not valid                       exit 2
    ├── PromptError           a prompt file is not valid                              exit 2
    ├── SourceError           the source could not be read                            exit 3
    │   ├── NotFoundError     no such file or page
    │   ├── UnreachableError  the site did not answer, or not in time
    │   ├── RefusedAddressError   the address is private, or not http(s)
    │   ├── BlockedError      the site answered, but would not let us read (401, 403, 429, 451)
    │   ├── TooLargeError     more bytes than we read
    │   ├── UnsupportedError  a kind of file we cannot open
    │   └── NoTextError       opened, and nothing to brief in it
    ├── StorageError          the database failed                                     exit 5
    │   ├── DatabaseBusyError another process owns the database file, or it stays locked
    │   ├── DatabaseFullError no room left on the disk
    │   └── VersionError      the database was made by a newer Nutgraf, or is not up to date
    ├── DeliveryError         a digest could not be posted where it was to be posted     exit 1
    ├── NotAllowedError       this server does not let that person ask, or not there     exit 1
    ├── CooldownError         asked too often; waiting helps                             exit 1
    ├── BudgetError           today's tokens are spent, and the server wants no other engine     exit 1
    └── ModelError            the endpoint failed                                     exit 4
        ├── EndpointDownError      no answer, or 5xx to the last retry
        ├── TooSlowError           no answer in the time that there is for a briefing
        ├── EndpointRefusedError   401, 403, 404: key, model name or address are wrong
        ├── QuotaError             out of credit; waiting does not help
        ├── RateLimitedError       429 to the last retry
        ├── ContextOverflowError   the prompt is longer than the model reads
        ├── ContentFilteredError   the endpoint declined the content
        └── BadAnswerError         an answer that is no JSON of the asked shape

An adapter maps each library's errors to a leaf at its edge. `str(error)` is one sentence of what happened and
one of what to do next, in the locale that is spoken when it is read. It may be shown to anyone, so it never holds
a secret, a path inside the machine that the person did not give, or text of an article; and it may be read in
Discord as well as in a terminal, so what only the operator can mend is said to be the operator's.
"""

from __future__ import annotations

from typing import ClassVar

from bot.wording import SOURCE, Phrase, in_locale, say_all


class NutgrafError(Exception):
    """Base of all. `code` is stable for programs, `exit_status` is the command line's."""

    code: ClassVar[str] = "failed"
    exit_status: ClassVar[int] = 1
    what: ClassVar[Phrase] = Phrase("Something went wrong on our side.")
    cure: ClassVar[Phrase] = Phrase("Try again; if it happens again, tell the person who runs this bot.")

    def __init__(self, what: str | Phrase | None = None, *, cure: str | Phrase | None = None) -> None:
        self.told = what or self.what
        self.told_cure = cure or self.cure
        with in_locale(SOURCE):
            super().__init__(str(self))  # what a log, a pickle or a debugger reads

    def __str__(self) -> str:
        return say_all(self.told, self.told_cure)

    @property
    def said(self) -> str:
        """What happened, in the locale spoken now."""
        return str(self.told)

    @property
    def advice(self) -> str:
        """What to do next, in the locale spoken now."""
        return str(self.told_cure)


class UsageError(NutgrafError):
    """The command was called in a way it does not take."""

    code, exit_status = "usage", 2
    what = Phrase("That command is not complete.")
    cure = Phrase("Check what you typed and try again.")


class SettingsError(NutgrafError):
    """A setting is missing or not valid."""

    code, exit_status = "settings", 2
    what = Phrase("A setting is not valid.")
    cure = Phrase("The person who runs this bot has to mend .env; `nutgraf doctor` says where.")


class PromptError(NutgrafError):
    """A file in prompts/ is not valid."""

    code, exit_status = "prompt", 2
    what = Phrase("A prompt file is not valid.")
    cure = Phrase("The person who runs this bot finds the place with `nutgraf prompts check`.")


class SourceError(NutgrafError):
    """The source could not be read."""

    code, exit_status = "source", 3
    what = Phrase("I could not read that.")
    cure = Phrase("Paste the article's text instead.")


class NotFoundError(SourceError):
    """No such file or page."""

    code = "source-not-found"
    what = Phrase("There is nothing at that address.")
    cure = Phrase("Check the link, or paste the article's text instead.")


class UnreachableError(SourceError):
    """The site did not answer, or not in time."""

    code = "source-unreachable"
    what = Phrase("That site did not answer in time.")
    cure = Phrase("Try again in a minute, or paste the article's text.")


class RefusedAddressError(SourceError):
    """A private, local or non-http(s) address."""

    code = "source-refused-address"
    what = Phrase("I only read public http and https addresses.")
    cure = Phrase("Give a public link, or paste the text.")


class BlockedError(SourceError):
    """The site would not let us read."""

    code = "source-blocked"
    what = Phrase("That site does not let me read the page.")
    cure = Phrase("Open it yourself and paste the article's text.")


class TooLargeError(SourceError):
    """More bytes than we read."""

    code = "source-too-large"
    what = Phrase("That is larger than I read.")
    cure = Phrase("Paste the part that matters as text.")


class UnsupportedError(SourceError):
    """A kind of file we cannot open."""

    code = "source-unsupported"
    what = Phrase("I cannot open that kind of file.")
    cure = Phrase("Send .txt, .md or .html, or paste the text.")


class NoTextError(SourceError):
    """Opened, but nothing to brief in it."""

    code = "source-no-text"
    what = Phrase("I found no article text there, so there is nothing to brief.")
    cure = Phrase("If you can see the text, paste it here.")


class StorageError(NutgrafError):
    """The database failed."""

    code, exit_status = "storage", 5
    what = Phrase("The database does not answer.")
    cure = Phrase("Try again in a minute; the person who runs this bot can run `nutgraf doctor`.")


class DatabaseBusyError(StorageError):
    """Another process owns the file, or it stayed locked."""

    code = "storage-busy"
    what = Phrase("Another process uses that database.")
    cure = Phrase(
        "Try again in a minute; if it stays so, the person who runs this bot has to stop the other process."
    )


class DatabaseFullError(StorageError):
    """No room left on the disk."""

    code = "storage-full"
    what = Phrase("There is no room left on the disk; nothing was changed.")
    cure = Phrase("The person who runs this bot has to free some space; then try again.")


class VersionError(StorageError):
    """Made by a newer Nutgraf, or not up to date."""

    code = "storage-version"
    what = Phrase("The database is not of this version.")
    cure = Phrase("The person who runs this bot has to run `nutgraf db upgrade`.")


class DeliveryError(NutgrafError):
    """A digest could not be posted, and waiting does not help: somebody has to change something."""

    code = "delivery"
    what = Phrase("I could not post the digest.")
    cure = Phrase("Choose another channel with /digest edit.")


class NotAllowedError(NutgrafError):
    """The server's settings do not let that person ask, or not there."""

    code = "not-allowed"
    what = Phrase("You may not ask me here.")
    cure = Phrase("Ask someone who manages this server, or send me a direct message.")


class CooldownError(NutgrafError):
    """Asked too often."""

    code = "cooldown"
    what = Phrase("That was too quick.")
    cure = Phrase("Try again in a minute.")


class BudgetError(NutgrafError):
    """Today's tokens are spent, and the server chose not to be answered by the built-in engine."""

    code = "budget"
    what = Phrase("Today's tokens are spent.")
    cure = Phrase("Ask again after midnight UTC.")


class ModelError(NutgrafError):
    """The model endpoint failed."""

    code, exit_status = "model", 4
    what = Phrase("The model failed.")
    cure = Phrase("Try again, or use the extractive engine, which needs no model.")


class EndpointDownError(ModelError):
    """No answer, or 5xx to the last retry."""

    code = "model-down"
    what = Phrase("The model endpoint does not answer.")
    cure = Phrase("Try again later; if it stays so, the person who runs this bot can run `nutgraf doctor`.")


class TooSlowError(ModelError):
    """Not done in the time that there is for it."""

    code = "model-slow"
    what = Phrase("The model took too long.")
    cure = Phrase(
        "Try again, or send a shorter text; the person who runs this bot can raise BRIEF_TIMEOUT_SECONDS."
    )


class EndpointRefusedError(ModelError):
    """401, 403 or 404."""

    code = "model-refused"
    what = Phrase("The model endpoint refused the request.")
    cure = Phrase("The person who runs this bot has to check address, key and model with `nutgraf doctor`.")


class QuotaError(ModelError):
    """Out of credit."""

    code = "model-quota"
    what = Phrase("The model endpoint's credit is used up.")
    cure = Phrase("The person who runs this bot has to top it up.")


class RateLimitedError(ModelError):
    """429 to the last retry."""

    code = "model-rate-limited"
    what = Phrase("The model endpoint is busy.")
    cure = Phrase("Try again in a minute.")


class ContextOverflowError(ModelError):
    """The prompt is longer than the model reads."""

    code = "model-context"
    what = Phrase("That part is longer than the model reads.")
    cure = Phrase("Send a shorter text, or have the person who runs this bot lower LLM_CONTEXT_TOKENS.")


class ContentFilteredError(ModelError):
    """The endpoint declined the content."""

    code = "model-filtered"
    what = Phrase("The model declined to work on this text.")
    cure = Phrase("Use another model, or the extractive engine.")


class BadAnswerError(ModelError):
    """No JSON of the asked shape."""

    code = "model-bad-answer"
    what = Phrase("The model's answer was not usable.")
    cure = Phrase("Try again, or use another model.")
