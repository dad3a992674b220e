"""A value as a row and back: some fields are columns, the rest is one JSON column named `value`."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy import Row, Table

from bot.domain.value import Value

V = TypeVar("V", bound=Value)


def to_row(value: Value, table: Table) -> dict[str, Any]:
    """The row of `value`: fields that `table` has a column for as they are, the others in `value`."""
    columns = {column.name for column in table.columns} & type(value).model_fields.keys()
    return {name: getattr(value, name) for name in columns} | {
        "value": value.model_dump(mode="json", exclude=columns)
    }


def from_row(row: Row[Any], kind: type[V]) -> V:
    """The value of a row that `to_row` made."""
    known = dict(row._mapping)
    return kind.model_validate(known.pop("value") | {k: v for k, v in known.items() if k in kind.model_fields})


def sealed(value: Value) -> tuple[bytes, str]:
    """A body and its SHA-256. Slow for long texts: call it in a thread."""
    plain = json.dumps(value.model_dump(mode="json", by_alias=True), separators=(",", ":")).encode("ascii")
    return zlib.compress(plain), hashlib.sha256(plain).hexdigest()


def unsealed(body: bytes, sha256: str, kind: type[V]) -> V | None:
    """The value, or None where the row is damaged, was changed by hand, or is of another version's shape."""
    try:
        plain = zlib.decompress(body)
        if hashlib.sha256(plain).hexdigest() != sha256:
            return None
        return kind.model_validate_json(plain)
    except (zlib.error, ValidationError):
        return None


def sha256_of(text: str) -> str:
    """64 hex digits that stand for a long key."""
    return hashlib.sha256(text.encode()).hexdigest()
