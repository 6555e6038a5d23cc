"""A passage → one line of Markdown that says the same."""

from __future__ import annotations

import re

from oxalis_panels.formatting.inline import HARD_BREAK, read_text
from oxalis_panels.reading.marks import SPACES
from oxalis_panels.reading.tidying import clean

_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\$")
"""A backslash that ends a line and is not itself escaped."""
_INVISIBLE_ENDS = SPACES + "\u2028\u2029"


def one_line(text: str) -> str:
    """Return `text` on one line, but for the line breaks that its author asked for.

    Blanks are folded and invisible leftovers removed where that changes nothing that is read; a text for
    which even joining its lines would change something is returned as it is.
    """
    wanted = read_text(text)[0]
    joined = _joined(text)
    for candidate in (clean_line(joined), joined):
        if read_text(candidate)[0] == wanted:
            # A break that was only thought to be one (two blanks behind a backslash) goes at the second look.
            return one_line(candidate) if "\n" in candidate and candidate != text else candidate
    return text


def clean_line(text: str) -> str:
    """Return a text, in which a line feed is a hard line break, as `clean` leaves a run of characters."""
    return HARD_BREAK.join(clean(line).strip(_INVISIBLE_ENDS) for line in text.split(HARD_BREAK))


def _joined(text: str) -> str:
    """Join lines with a space, and those that a hard break parts with the one spelling of it."""
    joined = ""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        bare = line.strip(_INVISIBLE_ENDS)
        if number + 1 == len(lines):
            return (joined + bare).strip(_INVISIBLE_ENDS)
        if _BACKSLASH.search(line):
            bare = bare.removesuffix("\\")
        hard = number + 1 < len(lines) and (_BACKSLASH.search(line) or line.endswith("  "))
        joined += bare + HARD_BREAK if hard else f"{bare} "
    return joined
