"""`nutgraf`: finds the command, runs it, and turns every failure into one sentence and an exit code.

A command's module is imported only when that command is called, so that each starts as fast as it can.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

from bot.cli.arguments import COMMANDS, parser
from bot.domain.errors import NutgrafError, UsageError

INTERRUPTED = 130  # 128 + SIGINT, as shells expect
PIPE_CLOSED = 141  # 128 + SIGPIPE


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, or that of the failure (see `bot.domain.errors`)."""
    _speak_utf8(sys.stdout)
    _speak_utf8(sys.stderr)
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, a pager) has gone; nothing is left to say, and the interpreter must not try either.
        _silence(sys.stdout)
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _run(argv: list[str]) -> int:
    try:
        arguments = parser().parse_args(argv)
        if not arguments.command:
            raise UsageError("Say what to do.", cure=f"Choose from: {', '.join(COMMANDS)}; see `nutgraf --help`.")
    except SystemExit as ended:  # --help and --version
        return ended.code if isinstance(ended.code, int) else 0
    except NutgrafError as error:
        return _told(error)
    command = COMMANDS[arguments.command]
    try:
        return int(getattr(import_module(command.module), command.function)(arguments) or 0)
    except NutgrafError as error:
        return _told(error)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:
        if arguments.traceback:
            traceback.print_exc()
        return _told(
            NutgrafError(
                f"Something went wrong on our side ({type(error).__name__}).",
                cure="Run it again with --traceback before the command, and report what it prints.",
            )
        )


def _told(error: NutgrafError) -> int:
    print(" ".join(str(error).split()), file=sys.stderr)
    return error.exit_status


def _speak_utf8(stream: TextIO) -> None:
    """UTF-8 whatever the locale; a lone surrogate (possible in JSON) is written as the escape that it came as."""
    if reconfigure := getattr(stream, "reconfigure", None):
        reconfigure(encoding="utf-8", errors="backslashreplace")


def _silence(stream: TextIO) -> None:
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):  # not a real file, as under a test
        return
