"""A small town for measurements, in a process of its own: news sites, a model endpoint, and Discord's REST.

    python -m bench._town        prints its address, serves until it is stopped

Whatever is asked of it is counted here, at the servers, and not in the code that is measured. `/figures` tells.
Discord is only as much of it as a worker needs to post: a message whose nonce it has seen comes back as it was.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import time
from collections import Counter
from typing import Any, Final

from aiohttp import web

from bot.playground.stand_in import answer

ITEMS: Final = 20  # a feed
ANSWERED_IN: Final = 0.05  # seconds that the model and the sites take at least
BOT: Final = 424242
_KEY: Final = re.compile(r"nutgraf:about:(digest-\d+-[\w:-]+)#(\d+)")
_ARTICLE: Final = re.compile(r"Dossier (\d+-\d+)")
_ONSETS: Final = (
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "br",
    "gr",
    "st",
    "tr",
)
_SYLLABLES: Final = [onset + vowel for onset in _ONSETS for vowel in "aeiou"]


def _vocabulary(count: int) -> list[str]:
    rng = random.Random(7)
    return ["".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))) for _ in range(count)]


WORDS: Final = _vocabulary(6_000)


class Town:
    """Its routes, and what was asked of each."""

    def __init__(self) -> None:
        self.url = ""
        self.since = time.time()
        self.feeds: Counter[str] = Counter()
        self.articles: Counter[str] = Counter()
        self.paid: Counter[str] = Counter()
        self.tokens: Counter[str] = Counter()
        self.pages: Counter[str] = Counter()  # delivery key and page -> messages that stand there
        self.guilds: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self._nonces: dict[tuple[str, str], dict[str, Any]] = {}
        self._last = 1_500_000_000_000_000_000

    # --- news -------------------------------------------------------------------------------------------------

    async def feed(self, request: web.Request) -> web.Response:
        """Twenty items of the last hours, the newest first."""
        name = request.match_info["feed"]
        self.feeds[name] += 1
        await asyncio.sleep(ANSWERED_IN)
        items = "".join(self._item(name, number) for number in range(ITEMS))
        body = f'<rss version="2.0"><channel><title>Courier {name}</title>{items}</channel></rss>'
        return web.Response(text=body, content_type="application/rss+xml")

    def _item(self, feed: str, number: int) -> str:
        name, stamp = f"{feed}-{number}", self.since - 600 * (number + 1)
        when = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(stamp))
        link = f"<link>{self.url}/article/{name}</link><guid>{name}</guid>"
        summary = " ".join(_words(name, 30)[6:])
        return (
            f"<item><title>{_title(name)}</title>{link}"
            f"<description>{summary}.</description><pubDate>{when}</pubDate></item>"
        )

    async def article(self, request: web.Request) -> web.Response:
        """Some 300 words."""
        name = request.match_info["article"]
        self.articles[name] += 1
        await asyncio.sleep(ANSWERED_IN)
        words = _words(name, 260)
        said = "".join(
            f"<p>{_sentence(words[start : start + 13])} {_sentence(words[start + 13 : start + 26])}</p>"
            for start in range(0, 260, 26)
        )
        first = f"<p>Dossier {name} was opened on Monday by {words[0].title()} {words[1].title()}.</p>"
        quote = f"<p>“{_sentence(words[30:44])}” said {words[0].title()} {words[1].title()}.</p>"
        title = _title(name)
        body = f"<body><article><h1>{title}</h1>{first}{said}{quote}</article></body>"
        page = f"<html lang='en'><head><title>{title}</title></head>{body}</html>"
        return web.Response(text=page, content_type="text/html")

    # --- the model --------------------------------------------------------------------------------------------

    async def complete(self, request: web.Request) -> web.Response:
        """A stand-in's answer, and a bill."""
        body = await request.json()
        prompt = "\n".join(str(message.get("content")) for message in body["messages"])
        for name in dict.fromkeys(_ARTICLE.findall(prompt)):
            self.paid[name] += 1
        await asyncio.sleep(ANSWERED_IN)
        content = answer(body)
        usage = {"prompt_tokens": len(prompt) // 4, "completion_tokens": len(content) // 4}
        self.tokens.update(usage)
        message = {"role": "assistant", "content": content}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        known = {"id": "1", "object": "chat.completion", "created": 0, "model": body.get("model", "")}
        return web.json_response(known | {"choices": [choice], "usage": usage})

    # --- Discord ----------------------------------------------------------------------------------------------

    async def me(self, _: web.Request) -> web.Response:
        """Who the bot is."""
        return _discord({"id": str(BOT), "username": "nutgraf", "discriminator": "0", "avatar": None, "bot": True})

    async def application(self, _: web.Request) -> web.Response:
        """Whose it is."""
        owner = {"id": "1", "username": "ada", "discriminator": "0", "avatar": None}
        known = {"id": str(BOT), "name": "nutgraf", "icon": None, "description": "", "verify_key": ""}
        return _discord(
            known | {"owner": owner, "bot_public": True, "bot_require_code_grant": False, "team": None, "flags": 0}
        )

    async def guild(self, request: web.Request) -> web.Response:
        """What a worker without a gateway wants to know of a server: its language."""
        self.guilds[request.match_info["guild"]] += 1
        known = {"id": request.match_info["guild"], "name": "town", "features": [], "preferred_locale": "en-US"}
        return _discord(known | {"public_updates_channel_id": None, "system_channel_id": None})

    async def post(self, request: web.Request) -> web.Response:
        """A message; the one that stands there where its nonce was seen."""
        channel = request.match_info["channel"]
        text = await request.text()
        body = await request.json()
        nonce = str(body.get("nonce") or "")
        if nonce and (channel, nonce) in self._nonces:
            return _discord(self._nonces[channel, nonce])
        for key, page in _KEY.findall(text):
            self.pages[f"{key}#{page}"] += 1
        self._last += 1
        author = {"id": str(BOT), "username": "nutgraf", "discriminator": "0", "avatar": None, "bot": True}
        message = {
            "id": str(self._last),
            "channel_id": channel,
            "author": author,
            "content": "",
            "timestamp": "2026-01-01T00:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": 0,
            "components": [],
        }
        if nonce:
            self._nonces[channel, nonce] = message
        return _discord(message)

    async def other(self, request: web.Request) -> web.Response:
        """Nothing else is expected; what is asked all the same is told."""
        self.unknown[f"{request.method} {re.sub(r'[0-9]+', '_', request.path)}"] += 1
        return web.json_response({"message": "Unknown", "code": 0}, status=404)

    # --- what it saw ------------------------------------------------------------------------------------------

    async def figures(self, _: web.Request) -> web.Response:
        """All counts, as JSON."""
        first = {key: times for key, times in self.pages.items() if key.endswith("#0")}
        return web.json_response(
            {
                "feeds": len(self.feeds),
                "feed_fetches": self.feeds.total(),
                "articles": len(self.articles),
                "article_readings": self.articles.total(),
                "articles_paid": len(self.paid),
                "model_calls": self.paid.total(),
                "tokens": self.tokens.total(),
                "guilds_asked_for": self.guilds.total(),
                "first_pages": len(first),
                "pages": len(self.pages),
                "doubled": sum(times > 1 for times in self.pages.values()),
                "unknown": dict(self.unknown),
            }
        )


def _words(name: str, count: int) -> list[str]:
    return random.Random(name).choices(WORDS, k=count)


def _title(name: str) -> str:
    words = _words(name, 7)
    return f"{words[0].title()} {words[1].title()} {' '.join(words[2:])}"


def _sentence(words: list[str]) -> str:
    return f"{' '.join(words).capitalize()}."


def _discord(body: dict[str, Any]) -> web.Response:
    # discord.py knows this header without a charset only.
    return web.Response(body=web.json_response(body).body, headers={"Content-Type": "application/json"})


async def serve() -> None:
    """Until cancelled."""
    town = Town()
    app = web.Application()
    app.add_routes(
        [
            web.get("/feed/{feed}", town.feed),
            web.get("/article/{article}", town.article),
            web.post("/v1/chat/completions", town.complete),
            web.get("/api/v10/users/@me", town.me),
            web.get("/api/v10/oauth2/applications/@me", town.application),
            web.post("/api/v10/channels/{channel}/messages", town.post),
            web.get("/api/v10/guilds/{guild}", town.guild),
            web.get("/figures", town.figures),
            web.route("*", "/{rest:.*}", town.other),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    town.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    print(town.url, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        asyncio.run(serve())
    except KeyboardInterrupt:
        sys.exit(0)
