"""What stands on pages and is no text of theirs: page numbers, and lines that every page repeats."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from oxalis_panels.importing.words import behind_prefix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:(?:page|p\.)\s*)?(\d{1,4})(?:\s*(?:/|sur|of)\s*\d{1,4})?(?:\s*[-–—])?\s*",
    re.IGNORECASE,
)
_OF_PAGE = re.compile(r"\b(?:page|p\.)\s*\d|\d\s*(?:/|sur|of)\s*\d", re.IGNORECASE)
_FEWEST = 3
"""Pages with a line that differs by a number which counts them; it says `page` or is the same: two."""
_DEEPEST = 3
"""Lines of a running head or foot."""


def page_marks(lines: Sequence[str], starts: Sequence[int]) -> dict[int, str]:
    """Return the lines that are no text, each with the code of what is said of it.

    `starts` are the lines with which pages begin; a text without pages has one.
    """
    if len(starts) == 1:
        return dict.fromkeys(_counting(lines), "import-left-out.page-number")
    found: dict[int, str] = {}
    for depth in range(_DEEPEST):
        edges = dict(_edges(lines, starts, found))
        numbers = [
            (line, page, int(match[1]))
            for line, page in edges.items()
            if (match := _NUMBER.fullmatch(lines[line]))
        ]
        found |= dict.fromkeys(_in_step(numbers), "import-left-out.page-number")
        left = {each: page for each, page in edges.items() if each not in found}
        found |= dict.fromkeys(_running(lines, left, 2 if depth == 0 else _FEWEST), "import-left-out.running")
    return found


def _edges(lines: Sequence[str], starts: Sequence[int], found: dict[int, str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of text of each page that are not found yet, with the page."""
    for page, (start, end) in enumerate(pairwise((*starts, len(lines)))):
        filled = [line for line in range(start, end) if lines[line].strip() and line not in found]
        yield from ((line, page) for line in filled[:1] + filled[-1:])


def _running(lines: Sequence[str], edges: dict[int, int], fewest: int) -> Iterator[int]:
    """Yield lines that are the same on so many pages, or differ by numbers that count the pages."""
    alike = defaultdict(list)
    for line in edges:
        if not behind_prefix(lines[line])[0]:
            alike[re.sub(r"\d+", "#", lines[line].strip())].append(line)
    for group in alike.values():
        same = Counter(text for text, _ in {(lines[line].strip(), edges[line]) for line in group})
        yield from (line for line in group if same[lines[line].strip()] >= fewest)
        enough = 2 if all(_OF_PAGE.search(lines[line]) for line in group) else _FEWEST
        if len({edges[line] for line in group}) >= enough:
            rows = [(line, edges[line], re.findall(r"\d+", lines[line])) for line in group]
            for place in range(len(rows[0][2])):
                yield from _in_step((line, page, int(row[place])) for line, page, row in rows)


def _in_step(numbers: Iterable[tuple[int, int, int]]) -> list[int]:
    """Return the lines, each with its page and a number, whose numbers grow as the pages do."""
    steps = [(line, page, value - page) for line, page, value in numbers]
    counts = Counter(step for _, step in {(page, step) for _, page, step in steps})
    return [line for line, _, step in steps if counts[step] > 1]


def _counting(lines: Sequence[str]) -> list[int]:
    """Return lone numbers that count 1, 2, 3: whoever took the text from a PDF took its page numbers too."""
    found = [(line, int(match[1])) for line, text in enumerate(lines) if (match := _NUMBER.fullmatch(text))]
    values = [value for _, value in found]
    counts = len(values) > 1 and all(b == a + 1 for a, b in pairwise(values))
    alone = [line for line, value in found[-1:] if value == 1 and not any(map(str.strip, lines[line + 1 :]))]
    return [line for line, _ in found] if counts else alone
