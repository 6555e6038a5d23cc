"""The lines of a paragraph → one; a hyphen at the end of a line goes only where the text itself says so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen
from oxalis_panels.importing.words import scrub

if TYPE_CHECKING:
    from collections.abc import Callable

SOFT = "\u00ad"
"""The soft hyphen says itself that it parts a word."""
_PARTED = re.compile(rf"(\w[\w’'·-]*)([-‐{SOFT}])[ \t\u00a0]*$")
REACH = 100
"""Characters at the end of a line in which the word that it parts is looked for."""
_LETTERS = re.compile(r"[\w’'·-]+")


@frozen
class Join:
    """A word that a line end parted."""

    joined: str
    """All that stands between blanks."""
    closed: bool
    """Whether the hyphen went."""
    sure: bool
    """Whether the file itself shows that this is how it is written."""
    line: int
    """The line that it begins on, from 0."""


@dataclass(slots=True)
class Joiner:
    """Joins lines, knowing all words of the text."""

    vocabulary: Counter[str]
    """How often each word stands within a line, in lower case."""
    knows: Callable[[str], bool] = lambda _: False
    """Whether a word is in a dictionary."""
    joins: list[Join] = field(default_factory=list)

    @staticmethod
    def of(text: str, knows: Callable[[str], bool] = lambda _: False) -> Joiner:
        """Learn the words of a text, those at the ends of lines left out where a hyphen parts them."""
        lines = (_PARTED.sub("", line) for line in text.split("\n"))
        return Joiner(Counter(word.lower() for line in lines for word in _LETTERS.findall(line)), knows)

    def join(self, lines: list[tuple[int, str]]) -> str:
        """Return numbered lines as one text."""
        text, above = "", 0
        for number, line in lines:
            cut, between = self.between(text, line, above)
            text = f"{text[: len(text) - cut]}{between}{line.lstrip() if cut else line}"
            above = number
        return scrub(text)

    def between(self, above: str, below: str, number: int = 0) -> tuple[int, str]:
        """Return how many characters at the end of a text go, and what stands between it and the next line.

        `number` is that of the line above.
        """
        start = max(len(above) - REACH, 0)
        match = _PARTED.search(above, start)
        following = _LETTERS.match(below.lstrip())
        if match is None or following is None:
            return 0, " " if above else ""
        (left, hyphen), right = match.groups(), following[0]
        words = (f"{left}{sign}{right}" for sign in ("", "-"))
        known, compound = (
            self.vocabulary[word.lower()] or self.knows(re.split("[’']", word)[-1]) for word in words
        )
        closed = hyphen == SOFT or bool(known and not compound)
        sure = hyphen == SOFT or bool(known) != bool(compound) or not right[:1].islower()
        sign = "" if closed else "-"
        whole = f"{above[match.start() : match.start(2)]}{sign}{below.lstrip()}".split(maxsplit=1)[0]
        self.joins.append(Join(whole, closed, sure, number))
        return len(above) - match.start(2), sign


def apart(text: str, *, closed: bool) -> str:
    """Return a text that a hyphen ends as what follows is put behind it."""
    match = _PARTED.search(text[-REACH:])
    if match is None:
        return text
    end = len(text) - len(text[-REACH:]) + match.start(2)
    return text[:end] + ("" if closed else "-")
