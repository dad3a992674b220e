"""What a message holds that can be briefed: pure rules over its words, links and files.

Links come first, files join them, pasted text counts where it is long enough to be an article. Text that is
clearly an article (`ARTICLE_WORDS`) wins over the links that stand inside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from bot.domain.errors import NoTextError, UnsupportedError, UsageError
from bot.domain.words import word_count
from bot.wording import Phrase, phrase_n

MAX_SOURCES: Final = 5
PASTED_WORDS: Final = 40
ARTICLE_WORDS: Final = 150

HOW_TO: Final = Phrase(
    "Give me something to read: a link, a .txt, .md or .html file, "
    "or an article's text of at least {words} words.",
    words=PASTED_WORDS,
)
HOW_TO_MENTION: Final = Phrase(
    "{how_to} You can also reply to a message and mention me, or use Apps > Brief this on it.", how_to=HOW_TO
)

# Hosts and endings of pictures and clips: people post them beside an article, nobody wants them briefed.
_PICTURE_HOSTS: Final = re.compile(
    r"""(?x) (?:media\.)?tenor\.com | (?:\w+\.)?giphy\.com | (?:i\.)?imgur\.com | (?:i|v|preview)\.redd\.it
      | (?:pbs|video)\.twimg\.com | cdn\.discordapp\.com | media\.discordapp\.net | (?:i\.)?gyazo\.com | prnt\.sc
      | (?:i\.)?ibb\.co | (?:i\.)?postimg\.cc | streamable\.com | klipy\.com"""
)
_PICTURE_ENDINGS: Final = re.compile(
    r"\.(png|jpe?g|gifv?|webp|avif|svg|bmp|heic|mp4|webm|mov|mp3|ogg|wav)", re.IGNORECASE
)
_LINK = re.compile(r"(?P<held><)?(?P<url>https?://[^\s<>|]+)", re.IGNORECASE)
_TRAILING = re.compile(r"[.,:;!?'\"»”’*_~`]+$")
_CLOSERS: Final = {")": "(", "]": "[", "}": "{"}
_BARE_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/\S*)?", re.IGNORECASE)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that hangs on a message, not downloaded yet. `size` in bytes; `key` finds it again."""

    key: int
    name: str
    size: int
    media_type: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether this is a picture, a clip or a sound."""
        kind = self.media_type.partition("/")[0].lower()
        return kind in {"image", "video", "audio"} or _is_picture_name(self.name)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message, or several seen as one. `cited` are links that Discord shows in embeds, not in the text."""

    text: str = ""
    files: tuple[Offered, ...] = ()
    cited: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing of it reached us."""
        return not (self.text.strip() or self.files or self.cited)

    def plus(self, other: Heard) -> Heard:
        """Both, one below the other."""
        text = "\n\n".join(part for part in (self.text, other.text) if part)
        return Heard(text, self.files + other.files, self.cited + other.cited)


@dataclass(frozen=True, slots=True)
class Choice:
    """What to brief of a Heard: links, files, and perhaps its text."""

    links: tuple[str, ...] = ()
    files: tuple[Offered, ...] = ()
    text: str | None = None


def choose(heard: Heard) -> Choice | None:
    """What of `heard` is to be briefed; None where it holds nothing.

    Raises UsageError for more than `MAX_SOURCES` and UnsupportedError where there are pictures only.
    """
    files = tuple(file for file in heard.files if not file.is_picture)
    words = word_count(_LINK.sub(" ", heard.text))
    found = [] if words >= ARTICLE_WORDS else links(heard.text)
    if not (found or files) and words < PASTED_WORDS:
        found = list(heard.cited) or links(heard.text, held=True)
    if len(found) + len(files) > MAX_SOURCES:
        raise UsageError(
            phrase_n(
                "That is {count} link or file, and I brief at most {most} together.",
                "Those are {count} links and files, and I brief at most {most} together.",
                len(found) + len(files),
                most=MAX_SOURCES,
            ),
            cure=Phrase("Send fewer at a time."),
        )
    if found or files:
        return Choice(tuple(found), files)
    if words >= PASTED_WORDS:
        return Choice(text=heard.text.strip())
    if heard.files:
        raise UnsupportedError(Phrase("I see only pictures or clips there, and I read text."))
    return None


def choose_or_explain(heard: Heard, where: str | Phrase) -> Choice:
    """`choose`, for what a person pointed at explicitly. Raises NoTextError saying what `where` lacks."""
    choice = choose(heard)
    if choice is None:
        raise NoTextError(
            Phrase(
                "I found no link, no file and fewer than {words} words in {where}.",
                words=PASTED_WORDS,
                where=where,
            ),
            cure=Phrase("Point me at an article's link, file or text."),
        )
    return choice


def links(text: str, *, held: bool = False) -> list[str]:
    """The http(s) addresses of `text`, in order, each once; no pictures, none held in `<...>` unless `held`."""
    found = []
    for match in _LINK.finditer(_UNSEEN.sub("", text)):
        if held or not match["held"]:
            url = _trimmed(match["url"])
            if not _is_picture(url):
                found.append(url)
    return list(dict.fromkeys(found))


def typed_links(text: str) -> list[str]:
    """Addresses as a person types them into a field: several, perhaps without `https://`, perhaps in `<...>`."""
    words = (word.strip("<>,;") for word in text.split())
    return list(
        dict.fromkeys(f"https://{word}" if _BARE_DOMAIN.fullmatch(word) else word for word in words if word)
    )


def without_mention(text: str, user_id: int) -> str:
    """`text` without the mentions of this user."""
    return re.sub(rf"[^\S\n]*<@!?{user_id}>[^\S\n]*", " ", text).strip()


def mentions(text: str, user_id: int) -> bool:
    """Whether `text` itself names this user, not only a reply's ping."""
    return f"<@{user_id}>" in text or f"<@!{user_id}>" in text


def _trimmed(url: str) -> str:
    """`url` without the punctuation of the sentence around it."""
    while True:
        shorter = _TRAILING.sub("", url)
        opener = _CLOSERS.get(shorter[-1:])
        if opener and shorter.count(shorter[-1]) > shorter.count(opener):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter


def _is_picture(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False  # intake says what is wrong with it
    host = (parts.hostname or "").removeprefix("www.")
    return bool(_PICTURE_HOSTS.fullmatch(host)) or _is_picture_name(parts.path)


def _is_picture_name(name: str) -> bool:
    return bool(_PICTURE_ENDINGS.fullmatch(PurePosixPath(name).suffix))
