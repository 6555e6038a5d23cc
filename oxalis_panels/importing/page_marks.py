"""What stands on pages and is no text of theirs: page numbers, and lines that every page repeats."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:(?:page|p\.)\s*)?(\d{1,4})(?:\s*(?:/|sur|of)\s*\d{1,4})?(?:\s*[-–—])?\s*",
    re.IGNORECASE,
)
_FEWEST = 3
"""Pages that a line must begin or end before it is taken for a running head or foot."""


def page_marks(lines: Sequence[str], starts: Sequence[int]) -> dict[int, str]:
    """Return the lines that are no text, each with the code of what is said of it.

    `starts` are the lines with which pages begin; a text without pages has one.
    """
    edges = list(_edges(lines, starts))
    found = dict.fromkeys(_running(lines, edges), "import-running")
    numbers = [line for line in edges if _NUMBER.fullmatch(lines[line])]
    if len(starts) == 1:
        numbers = _counting(lines)
    return found | dict.fromkeys(numbers, "import-page-number")


def _edges(lines: Sequence[str], starts: Sequence[int]) -> Iterator[int]:
    """Yield the first and the last line of text of each page."""
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        filled = [line for line in range(start, end) if lines[line].strip()]
        yield from dict.fromkeys(filled[:1] + filled[-1:])


def _running(lines: Sequence[str], edges: Sequence[int]) -> list[int]:
    """Return lines that differ from page to page by their numbers only."""
    alike = {line: re.sub(r"\d+", "#", lines[line].strip()) for line in edges}
    counts = Counter(alike.values())
    return [line for line in edges if counts[alike[line]] >= _FEWEST]


def _counting(lines: Sequence[str]) -> list[int]:
    """Return lone numbers that count 1, 2, 3: whoever took the text from a PDF took its page numbers too."""
    found = [(line, int(match[1])) for line, text in enumerate(lines) if (match := _NUMBER.fullmatch(text))]
    values = [value for _, value in found]
    counts = len(values) > 1 and all(b == a + 1 for a, b in pairwise(values))
    return [line for line, _ in found] if counts else []
