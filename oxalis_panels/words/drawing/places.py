"""Where a diagnostic stands, as a person, a terminal or a forge wants to be told."""

from __future__ import annotations

from pathlib import PurePosixPath
from textwrap import shorten

from oxalis_panels.model.diagnostics import Source, Span, line_and_column, masked
from oxalis_panels.model.value import frozen

OPENING = 40
"""Characters of the words that name a paragraph, at most."""
FOLDERS = frozenset({"panels", "templates", "printers", "messages"})
"""Where the files of a project are: only their paths begin at the project."""


@frozen
class Place:
    """A stretch of a source in lines and columns, all from 1, a column being a character."""

    line: int
    column: int
    end_line: int
    end_column: int
    """Of the character behind the last one."""


def place_of(span: Span) -> Place | None:
    """Return where a span is; None for a file whose text is unknown, or whose lines nobody sees."""
    if not (span.source.text and span.source.numbered):
        return None
    return Place(*line_and_column(span), *line_and_column(Span(span.source, max(span.start, span.end))))


def opening_of(span: Span) -> str:
    """Return the first words of a span where no line number can say where it is; else nothing."""
    text = "" if span.source.numbered else " ".join(masked(span.text).split())
    words = shorten(text, OPENING, placeholder="…")
    return words if words != "…" else text[: OPENING - 1] + "…"


def line_of(span: Span) -> tuple[str, int]:
    """Return the line where a span starts, as it may be shown, and the offset at which that line begins."""
    text = span.source.text
    begin = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", begin)
    return masked(text[begin : stop if stop >= 0 else len(text)]), begin


def path_of(source: Source, folder: str = "") -> str:
    """Return the path of a source of the project in `folder`, as it is typed there; any other as it is."""
    path = PurePosixPath(source.path)
    ours = bool(folder) and path.parts[:1] and path.parts[0] in FOLDERS
    return (PurePosixPath(folder) / path).as_posix() if ours else source.path
