"""The published JSON form, `nutgraf.brief/1`, and its schema for docs/."""

from __future__ import annotations

import json

from bot.domain.brief import Brief


def brief_json(brief: Brief, *, indent: int | None = 2) -> str:
    """`brief` as JSON in plain characters; `indent=None` gives one line. An unfilled `text` is left out."""
    data = brief.model_dump(mode="json", by_alias=True)
    for finding in data["findings"]:
        del finding["phrase"]
    for source in data["sources"]:
        if source["text"] is None:
            del source["text"]
    return json.dumps(data, ensure_ascii=False, indent=indent)


def brief_schema() -> str:
    """The JSON Schema that every `brief_json` meets, generated from the domain's classes."""
    schema = Brief.model_json_schema(by_alias=True, mode="serialization")
    del schema["$defs"]["Finding"]["properties"]["phrase"]
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
