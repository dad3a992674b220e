"""The command line as a process: exit codes, streams, pipes, and what a start imports."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ARTICLE = "The pier at Brannock will be rebuilt, said Maren Ilves. “It is time,” she said on Friday.\n" * 3
HEAVY = ("discord", "trafilatura", "rich", "sqlalchemy", "aiohttp", "tiktoken", "httpx", "bot.playground")


def run(*argv: str, folder: Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    root = Path(__file__).parents[2]
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "LC_ALL": "C", **environment}
    return subprocess.run(
        [sys.executable, *argv], cwd=folder, env=clean, input=stdin, capture_output=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["brief", "--text", "-", "--format", "json"], 0),
        (["brief", "--no-such-option"], 2),
        (["brief", "gone.txt"], 3),
        (["brief", "--text", "-", "--engine", "llm"], 4),
    ],
)
def test_exit_code(tmp_path: Path, argv: list[str], code: int) -> None:
    down = {"LLM_BASE_URL": "http://127.0.0.1:9/v1", "LLM_MODEL": "m", "LLM_RETRIES": "0"} if code == 4 else {}
    done = run("-m", "bot.cli", *argv, folder=tmp_path, stdin=ARTICLE.encode(), **down)
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr
    assert (code == 0) == (done.stderr == b"")


def test_streams_are_utf8_in_any_locale(tmp_path: Path) -> None:
    done = run(
        "-m",
        "bot.cli",
        "brief",
        "--text",
        "-",
        "--format",
        "json",
        "--with-text",
        folder=tmp_path,
        stdin=ARTICLE.encode(),
    )
    assert "“It is time,”" in done.stdout.decode("utf-8")


def test_closed_pipe_is_quiet(tmp_path: Path) -> None:
    lines = (b'{"id":1,"text":"' + b"The pier is closed. " * 2000 + b'"}\n') * 20
    (tmp_path / "in.jsonl").write_bytes(lines)
    with subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "annotate", "--jsonl", "in.jsonl"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_interrupt_is_quiet(tmp_path: Path) -> None:
    # A shell starts its background jobs, this test run perhaps, with SIGINT ignored, and a child inherits that.
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from bot.cli.main import main; raise SystemExit(main(['annotate', '--jsonl']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b'{"id":1,"text":"x"}\n')
        process.stdin.flush()
        process.stdout.readline()  # it is at work, and waits for the next line
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.stdin.close()
        assert process.stderr.read() == b""
        process.wait(timeout=20)
    assert process.returncode == 130


def test_brief_of_a_text_file_imports_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    program = (
        "import sys; from bot.cli.main import main; "
        "code = main(['brief', 'a.txt', '--engine', 'extractive', '--format', 'json']); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = run("-c", program, folder=tmp_path)
    assert (done.returncode, done.stderr.strip()) == (0, b"[]")


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/pier" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        paragraphs = "".join(f"<p>Number {turn}. {ARTICLE}</p>" for turn in range(4))
        self.wfile.write(f"<html><body><article><h1>The pier</h1>{paragraphs}</article></body></html>".encode())

    def log_message(self, *_: object) -> None:
        """Silent: the test looks at the command's own streams."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_link_is_briefed_and_its_failures_told(tmp_path: Path, site: str) -> None:
    def brief(path: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        link = f"http://{site}{path}"
        return run("-m", "bot.cli", "brief", link, "--format", "json", folder=tmp_path, **environment)

    done = brief("/pier", FETCH_ALLOW_HOSTS=site)
    assert (done.returncode, done.stderr) == (0, b"")
    source = json.loads(done.stdout)["sources"][0]
    assert (source["title"], source["url"]) == ("The pier", f"http://{site}/pier")
    assert brief("/gone", FETCH_ALLOW_HOSTS=site).returncode == 3
    assert brief("/pier").returncode == 3  # a private address that nobody allowed
