"""A line of an author's text as a terminal can show it: cut to its width, without what it would act upon."""

from __future__ import annotations

import unicodedata
from typing import Final

TAB: Final = "    "
DIRECTIONS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Invisible characters with which a line could show something else than it says (Unicode TR 36)."""
MAX_LINE: Final = 96
"""Columns of a source line that are shown; a longer one is cut around the mistake."""


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
