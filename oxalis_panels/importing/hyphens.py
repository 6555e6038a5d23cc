"""The lines of a paragraph → one; a hyphen at the end of a line goes only where the text itself says so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from oxalis_panels.frozen import frozen
from oxalis_panels.importing.words import scrub

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
    joins: list[Join] = field(default_factory=list)

    @staticmethod
    def of(text: str) -> Joiner:
        """Learn the words of a text, those at the ends of lines left out where a hyphen parts them."""
        lines = (_PARTED.sub("", line) for line in text.split("\n"))
        return Joiner(Counter(word.lower() for line in lines for word in _LETTERS.findall(line)))

    def join(self, lines: list[tuple[int, str]]) -> str:
        """Return numbered lines as one text."""
        text = ""
        above = 0
        for number, line in lines:
            match = _PARTED.search(text[-REACH:])
            following = _LETTERS.match(line.lstrip())
            if match and following:
                text = text[:-REACH] + self._parted(text[-REACH:], match, line.lstrip(), following[0], above)
            else:
                text = f"{text} {line}" if text else line
            above = number
        return scrub(text)

    def _parted(self, text: str, match: re.Match[str], line: str, right: str, number: int) -> str:
        """Return the end of the text above with a line put behind it."""
        left, hyphen = match.groups()
        known, compound = (self.vocabulary[f"{left}{sign}{right}".lower()] for sign in ("", "-"))
        closed = hyphen == SOFT or bool(known and not compound)
        sure = hyphen == SOFT or bool(known) != bool(compound) or not right[:1].islower()
        joined = apart(text, closed=closed) + line
        whole = next(word for word in joined[match.start() :].split(maxsplit=1))
        self.joins.append(Join(whole, closed, sure, number))
        return joined


def apart(text: str, *, closed: bool) -> str:
    """Return a text that a hyphen ends as what follows is put behind it."""
    match = _PARTED.search(text[-REACH:])
    if match is None:
        return text
    end = len(text) - len(text[-REACH:]) + match.start(2)
    return text[:end] + ("" if closed else "-")
