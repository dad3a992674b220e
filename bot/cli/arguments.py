"""The commands and their options, as the contract in docs/architecture.md has them. Imports no command."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

from bot.domain.errors import UsageError

ENGINES: Final = ("auto", "extractive", "llm")
LENGTHS: Final = ("short", "standard", "long")
FORMATS: Final = ("terminal", "markdown", "json")

Arguments = argparse.Namespace


class _Parser(argparse.ArgumentParser):
    """argparse, but a wrong call is a UsageError like any other instead of a usage page and `sys.exit`."""

    def error(self, message: str) -> NoReturn:
        said = message[:1].upper() + message[1:].rstrip(".")
        raise UsageError(f"{said}.", cure=f"See `{self.prog} --help`.")


@dataclass(frozen=True, slots=True)
class Command:
    """One command: where its code is, what `--help` says of it, and how its options are declared."""

    module: str
    function: str
    help: str
    declare: Callable[[argparse.ArgumentParser], None]


def _nothing(_: argparse.ArgumentParser) -> None:
    """A command without options."""


def _sources(parser: argparse.ArgumentParser, row: str) -> None:
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="a link or a file (.txt, .md, .html)")
    parser.add_argument("--text", help="the article's text itself; - reads it from standard input")
    parser.add_argument(
        "--jsonl", action="store_true", help=f"read {row} lines from SOURCE files or standard input"
    )
    parser.add_argument(
        "--published", metavar="DATE", help="day of publication, YYYY-MM-DD: what Friday counts from"
    )


def _brief(parser: argparse.ArgumentParser) -> None:
    _sources(parser, '{"id","text","published"?,"title"?,"url"?}')
    parser.add_argument("--engine", choices=ENGINES, default="auto", help="who writes (default: auto)")
    parser.add_argument("--language", default="auto", metavar="CODE", help="language to write in (default: auto)")
    parser.add_argument("--sections", metavar="A,B", help="the sections wanted, by name (default: all enabled)")
    parser.add_argument("--length", choices=LENGTHS, default="standard", help="how much (default: standard)")
    parser.add_argument("--model", metavar="NAME", help="one of LLM_MODELS (default: LLM_MODEL)")
    parser.add_argument(
        "--format", choices=FORMATS, default="terminal", help="how to print it (default: terminal)"
    )
    parser.add_argument("--plan", action="store_true", help="say what would be done and what it would cost, only")
    parser.add_argument("--with-text", action="store_true", help="print the articles' text in the JSON too")


def _annotate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="*", metavar="FILE", help="files to read instead of standard input")
    parser.add_argument(
        "--jsonl", action="store_true", required=True, help='read {"id","text","published"?} lines'
    )


def _extract(parser: argparse.ArgumentParser) -> None:
    _sources(parser, '{"id","html" or "path","url"?}')


def _prompts(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("check", help="say what is not valid in the prompt files")
    show = actions.add_parser("show", help="list the sections, or print one with its instructions")
    show.add_argument("section", nargs="?", help="a section's name")
    render = actions.add_parser("render", help="print the messages that a model would be sent")
    render.add_argument("source", nargs="?", help="a link or a file; without it, a sample stands in")
    render.add_argument("--sections", metavar="A,B", help="the sections wanted, by name")
    render.add_argument("--language", default="auto", metavar="CODE", help="language to write in")


def _try(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        type=int,
        default=8977,
        help="port of the page on this machine; 0 takes a free one (default: 8977)",
    )


def _db(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("upgrade", help="bring the tables up to date; does nothing where they are")
    backup = actions.add_parser("backup", help="write all of it to one file; the bot may run meanwhile")
    backup.add_argument("file", metavar="FILE", help="a SQLite file, whichever database is in use")
    restore = actions.add_parser("restore", help="fill the database from a backup; the bot must not run")
    restore.add_argument("file", metavar="FILE", help="what `nutgraf db backup` wrote, from either database")
    restore.add_argument("--force", action="store_true", help="replace what the database holds")
    actions.add_parser("prune", help="remove what is older than the KEEP_ settings say")
    reports = actions.add_parser("reports", help="print the errors that people reported, newest first")
    reports.add_argument("--last", type=int, default=20, metavar="N", help="how many at most (default: 20)")
    actions.add_parser("status", help="say where it is, its version, and what it holds")


def _worker(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    remove = actions.add_parser("remove", help="hand the unfinished jobs of a worker that is gone to the others")
    remove.add_argument("name", metavar="ID", help="the name it had: its WORKER_ID, as `jobs open` logged it")


COMMANDS: Final[Mapping[str, Command]] = {
    "brief": Command("bot.cli.brief", "brief", "brief links, files or text", _brief),
    "annotate": Command("bot.cli.annotate", "annotate", "mark quotes, speakers, dates and sentences", _annotate),
    "extract": Command("bot.cli.extract", "extract", "print the text that was read, as JSON lines", _extract),
    "demo": Command("bot.cli.playground", "demo", "run the main job in the local Discord, and leave", _nothing),
    "try": Command("bot.cli.playground", "try_", "open the local Discord as a page in the browser", _try),
    "run": Command("bot.cli.run", "run", "be the bot on Discord", _nothing),
    "worker": Command("bot.cli.worker", "worker", "do durable jobs beside the bot, on PostgreSQL", _worker),
    "db": Command("bot.cli.db", "db", "upgrade, back up, restore, prune or look at the database", _db),
    "doctor": Command(
        "bot.cli.doctor", "doctor", "check settings, prompts, database, endpoint and token", _nothing
    ),
    "prompts": Command("bot.cli.prompts", "prompts", "check, show or render the prompt files", _prompts),
}


def parser() -> argparse.ArgumentParser:
    """The whole command line. Its errors are UsageErrors."""
    top = _Parser(prog="nutgraf", description="Briefs articles: summary, key quotes, timeline, each proven.")
    top.add_argument("--traceback", action="store_true", help="print where an unexpected error came from")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for name, command in COMMANDS.items():
        command.declare(commands.add_parser(name, help=command.help, description=command.help))
    return top
