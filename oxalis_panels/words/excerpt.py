"""Where a diagnostic stands, and the line there, as a person, a terminal or a forge can be shown them.

A line is cut to the width of a terminal, and freed of what a terminal would act upon.
"""

import unicodedata
from pathlib import PurePosixPath
from textwrap import shorten
from typing import Final

from oxalis_panels.model.diagnostics import Source, Span, line_and_column, masked
from oxalis_panels.model.value import value

OPENING = 40
"""Characters of the words that name a paragraph, at most."""
FOLDERS = frozenset({"panels", "templates", "printers", "messages"})
"""Where the files of a project are: only their paths begin at the project."""
TAB: Final = "    "
DIRECTIONS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Invisible characters with which a line could show something else than it says (Unicode TR 36)."""
MAX_LINE: Final = 96
"""Columns of a source line that are shown; a longer one is cut around the mistake."""


@value
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


def cut(line: str, first: int, last: int) -> tuple[str, int, int]:
    """Shorten a long line around the mistake, marking what was left out with an ellipsis."""
    if len(line) <= MAX_LINE:
        return line, first, last
    begin = max(0, min(first - MAX_LINE // 3, len(line) - MAX_LINE))
    piece = line[begin : begin + MAX_LINE]
    head = "…" if begin else ""
    tail = "…" if begin + MAX_LINE < len(line) else ""
    shift = len(head) - begin
    return head + piece + tail, first + shift, min(last + shift, len(head + piece))


def shown(line: str) -> str:
    """Replace what a terminal would act upon or show at an unknown width."""
    return "".join(TAB if c == "\t" else "�" if _is_acted_upon(c) else c for c in line)


def width(text: str) -> int:
    """Return the columns that `text` takes in a terminal."""
    return sum(_character_width(c) for c in text)


def _is_acted_upon(character: str) -> bool:
    """Whether it is a control character, ends a line, or changes the direction of what follows."""
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in DIRECTIONS


def _character_width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
