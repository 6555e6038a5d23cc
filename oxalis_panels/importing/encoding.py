"""Bytes of a text file → text, whatever encoding an old program used."""

from __future__ import annotations

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error, warning
from oxalis_panels.reading.decoding import BYTE_ORDER_MARKS, wide_without_mark

MOST_ZEROS = 0.01
"""Share of bytes that are 0 in what may still be a text."""


def decoded(path: str, data: bytes, found: list[Diagnostic]) -> str | None:
    """Return the text of a file, lines ending in LF; None when it is no text. A guess is said."""
    text = _decoded(path, data, found)
    if text is None:
        found.append(error("import-not-text", Span(Source(path))))
        return None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _decoded(path: str, data: bytes, found: list[Diagnostic]) -> str | None:
    wide = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None)
    wide = wide or wide_without_mark(data)
    if wide:
        return data.decode(wide, "replace")
    if data.count(0) > MOST_ZEROS * len(data):
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _old_western(path, data, found)


def _old_western(path: str, data: bytes, found: list[Diagnostic]) -> str:
    """Tell Windows-1252, which holds all of Latin-1 that a text needs, from damaged UTF-8."""
    if not data.decode("utf-8", "ignore").isascii():
        found.append(warning("import-encoding", Span(Source(path)), found="UTF-8"))
        return data.decode("utf-8", "replace")
    found.append(warning("import-encoding", Span(Source(path)), found="Windows-1252"))
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")
