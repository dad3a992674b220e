"""Bytes: unpacking within limits, charsets, kinds of file."""

from __future__ import annotations

import contextlib
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import SourceError, TooLargeError, UnreachableError, UnsupportedError
from bot.intake.decode import decoded
from bot.intake.kinds import kind_of_file, kind_of_page
from bot.intake.unpack import Body

pytestmark = pytest.mark.unit


def unpacked(packed: bytes, encoding: str, *, limit: int = 10_000_000, step: int = 1000) -> bytes:
    body = Body(encoding, limit)
    for start in range(0, len(packed), step):
        body.add(packed[start : start + step])
    return body.finished()


@given(st.binary(max_size=5000), st.integers(min_value=3, max_value=700))
def test_packed_bodies_come_out_as_they_were_however_they_arrive(data: bytes, step: int) -> None:
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    assert unpacked(gzip.compress(data), "gzip", step=step) == data
    assert unpacked(zlib.compress(data), "deflate", step=step) == data
    assert unpacked(raw.compress(data) + raw.flush(), "Deflate ", step=step) == data
    assert unpacked(gzip.compress(data) + gzip.compress(b"more"), "x-gzip", step=10_000) == data + b"more"
    assert unpacked(data, "", step=step) == data


def test_bomb_is_stopped_before_it_unfolds() -> None:
    bomb = gzip.compress(b"\0" * 200_000_000)
    body = Body("gzip", 8_000_000)
    with pytest.raises(TooLargeError):
        body.add(bomb)


def test_small_bomb_is_stopped_by_its_ratio() -> None:
    with pytest.raises(TooLargeError, match="unpacks to far more"):
        unpacked(gzip.compress(b"\0" * 5_000_000), "gzip")


def test_body_over_the_limit_is_refused_packed_or_not() -> None:
    with pytest.raises(TooLargeError):
        unpacked(b"x" * 2001, "", limit=2000)
    with pytest.raises(TooLargeError):
        unpacked(gzip.compress(b"x" * 2001), "gzip", limit=2000)


def test_cut_or_broken_or_unknown_packing_is_told() -> None:
    with pytest.raises(UnreachableError, match="part of the page"):
        unpacked(gzip.compress(b"words " * 500)[:-20], "gzip")
    with pytest.raises(UnreachableError, match="broken"):
        unpacked(b"no gzip at all", "gzip")
    with pytest.raises(UnsupportedError):
        Body("br", 1000)


@pytest.mark.parametrize(
    ("data", "content_type", "expected"),
    [
        ("naïve café".encode(), "", "naïve café"),
        ("naïve café".encode(), "text/html; charset=ISO-8859-1", "naïve café"),
        ("naïve café “so”".encode("cp1252"), 'text/plain; charset="latin-1"', "naïve café “so”"),
        ("Привет, мир".encode("koi8-r"), "text/plain; charset=koi8-r", "Привет, мир"),
        ("naïve".encode("utf-8-sig"), "", "naïve"),
        ("naïve".encode("utf-16"), "", "naïve"),
        ("naïve".encode("utf-32"), "", "naïve"),
        ("日本語".encode("iso-2022-jp"), "text/plain; charset=iso-2022-jp", "日本語"),
        ("naïve".encode("utf-16-le"), "text/plain; charset=utf-16-le", "naïve"),
        (b"plain", "text/plain; charset=no-such-thing", "plain"),
        (b"", "", ""),
    ],
)
def test_charset_is_found(data: bytes, content_type: str, expected: str) -> None:
    assert decoded(data, content_type=content_type) == expected


def test_meta_charset_counts_in_markup_only() -> None:
    page = '<html><head><meta charset="windows-1251"></head>Привет</html>'.encode("cp1251")
    assert "Привет" in decoded(page, is_markup=True)


def test_undeclared_charset_is_detected() -> None:
    text = "Die Straße führt über die Brücke, und die Wähler prüften später die größeren Vorschläge. " * 5
    assert decoded(text.encode("cp1252")) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_comes_out_as_it_went_in(text: str) -> None:
    assert decoded(text.encode()) == text.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_told_to_be_none(data: bytes) -> None:
    with contextlib.suppress(UnsupportedError):
        assert isinstance(decoded(data), str)


def test_line_ends_stay_as_they_are() -> None:
    assert decoded(b"one\r\ntwo\rthree\n") == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.exe", "a", "a.txt.zip", ".gitignore"])
def test_other_files_are_refused_and_the_readable_kinds_named(name: str) -> None:
    with pytest.raises(UnsupportedError, match=r"\.txt, \.md or \.html"):
        kind_of_file(name, b"words")


@pytest.mark.parametrize(
    ("name", "kind"), [("a.TXT", "text"), ("b.md", "markdown"), ("c.htm", "html"), ("x\\y.html", "html")]
)
def test_kind_of_file_follows_its_name(name: str, kind: str) -> None:
    assert kind_of_file(name, b"words") == kind


def test_file_whose_bytes_contradict_its_name_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="PDF"):
        kind_of_file("article.txt", b"%PDF-1.7 ...")


@pytest.mark.parametrize(
    ("url", "content_type", "data", "kind"),
    [
        ("https://a.example/x", "text/html; charset=utf-8", b"", "html"),
        ("https://a.example/x", "application/xhtml+xml", b"", "html"),
        ("https://a.example/x", "TEXT/PLAIN", b"", "text"),
        ("https://a.example/notes.md", "text/plain", b"", "markdown"),
        ("https://a.example/x", "", b"\n <!DOCTYPE HTML><html>", "html"),
        ("https://a.example/x", "", b"words only", "text"),
        ("https://a.example/x.html?y=z", "application/octet-stream", b"words", "html"),
    ],
)
def test_kind_of_page_follows_type_then_name_then_bytes(
    url: str, content_type: str, data: bytes, kind: str
) -> None:
    assert kind_of_page(url, content_type, data) == kind


@pytest.mark.parametrize(
    ("content_type", "data"), [("application/json", b"{}"), ("text/html", b"%PDF-1.4"), ("image/png", b"")]
)
def test_page_of_another_kind_is_refused(content_type: str, data: bytes) -> None:
    with pytest.raises(SourceError):
        kind_of_page("https://a.example/x", content_type, data)
