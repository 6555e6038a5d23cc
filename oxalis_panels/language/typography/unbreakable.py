"""Rows 21 and 23: the words that no line may break."""

import re
from itertools import pairwise
from typing import Final

from oxalis_panels.language.typography.units import GLUED, SPACED

_WORD = re.compile(
    r"(?<![\w·-])(?>(?:\w++-)*)\w++(?>(?:·\w++)+)(?>(?:-\w++)*)"
    r"|(?<![\w/.\\:-])(?!\d)[^\W\d_a-zß-öø-ÿ]++(?>(?:/(?!\d)[^\W\d_a-zß-öø-ÿ]++)+)(?![\w/])"
)
_SYMBOLS: Final = frozenset(GLUED + SPACED)
_INCLUSIVE: Final = ("le", "les")
"""The endings after l· in French (professionnel·les); anything else is Catalan (col·legi)."""


def unbreakable(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges that must neither break nor be hyphenated: `entrepreneur·es`, `CA/DG`.

    Rendering wraps them in a span; the characters themselves stay, so that copied text is what was written.
    """
    if "·" not in text and "/" not in text:
        return ()
    return tuple(match.span() for match in _WORD.finditer(text) if not _is_other(match[0]))


def _is_other(word: str) -> bool:
    """Return whether the dots are a product of units (N·m) or Catalan."""
    parts = word.split("·")
    if len(parts) > 1 and all(part in _SYMBOLS for part in parts):
        return True
    return any(
        left[-1:].lower() == "l" and right[:1].lower() == "l" and right.lower() not in _INCLUSIVE
        for left, right in pairwise(parts)
    )
