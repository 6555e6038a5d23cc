"""Two lines of a paragraph → one; a hyphen between them goes only where the text itself says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

SOFT = "\u00ad"
"""The soft hyphen says itself that it parts a word."""
_PARTED = re.compile(rf"(\w[\w’'·-]*)([-‐{SOFT}])[ \t\u00a0]*$")
_REACH = 100
"""Characters at the end of a line in which the word that it parts is looked for."""
_LETTERS = re.compile(r"[\w’'·-]+")


class Seam(NamedTuple):
    """How two lines are joined."""

    cut: int
    """Characters at the end of the upper line that go."""
    sign: str
    """What stands in their place."""
    word: str = ""
    """The word that the line end parted, with all that stands beside it; empty for none."""
    sure: bool = True
    """Whether the file itself shows that this is how it is written."""


class Joiner:
    """Joins lines, knowing all words of the text."""

    def __init__(self, text: str, knows: Callable[[str], bool] = lambda _: False) -> None:
        """Learn the words within lines; `knows` says whether a word is in a dictionary."""
        lines = (line[:-_REACH] + _PARTED.sub("", line[-_REACH:]) for line in text.split("\n"))
        self.vocabulary = Counter(_LETTERS.findall("\n".join(lines).lower()))
        self.knows = knows

    def seam(self, above: str, below: str) -> Seam:
        """Return how a line goes on in the next, whose blanks at the beginning go where a word was parted."""
        parted = above.rstrip(" \t\u00a0").endswith(("-", "‐", SOFT))
        match = _PARTED.search(above, max(len(above) - _REACH, 0)) if parted else None
        following = _LETTERS.match(below.lstrip())
        if match is None or following is None:
            return Seam(0, " " if above else "")
        (left, hyphen), right = match.groups(), following[0]
        known, compound = (
            bool(self.vocabulary[word.lower()] or self.knows(re.split("[’']", word)[-1]))
            for word in (f"{left}{right}", f"{left}-{right}")
        )
        closed = hyphen == SOFT or (known and not compound)
        sure = hyphen == SOFT or known != compound or not right[:1].islower()
        sign = "" if closed else "-"
        word = f"{above[match.start() : match.start(2)]}{sign}{below.lstrip()}".split(maxsplit=1)[0]
        return Seam(len(above) - match.start(2), sign, word, sure)
