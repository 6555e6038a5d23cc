"""Look through many texts at once: most of them have nothing of what is sought."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence


def holding(pattern: re.Pattern[str], texts: Sequence[str]) -> list[int]:
    """Return the numbers of the texts in which a pattern finds something, by one search through all of them.

    What it finds has one character or more, and no line break; around it, a line break must be as good as
    the edge of a text.
    """
    joined = "\n".join(texts)
    ends = list(accumulate(len(text) + 1 for text in texts))
    found: list[int] = []
    where = 0
    while match := pattern.search(joined, where):
        found.append(bisect_right(ends, match.start()))
        where = ends[found[-1]]
    return found
