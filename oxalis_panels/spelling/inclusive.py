"""Inclusive forms: `entrepreneur·es`, `coopérateur·rices`, `salarié·e·s`, `tou·tes`, `heureux·se`, `le·la`.

Both sides must be words: the one before the dot, and the one that the ending makes of it; and so must those
that a form without a dot fuses (`auteurices`, `travailleureuses`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

DOTS: Final = "·•‧"
FUSED: Final = (
    ("eurice", "eur", "rice"),
    ("eureuse", "eur", "euse"),
    ("erère", "er", "ère"),
    ("fve", "f", "ve"),
    ("five", "f", "ve"),
    ("euxse", "eux", "euse"),
    ("euxeuse", "eux", "euse"),
    ("eauelle", "eau", "elle"),
    ("elleau", "eau", "elle"),
)
"""Endings without a dot, and the two that each is made of."""
_ENDINGS: Final = re.compile(r"[^\W\d_]+")
PLURALS: Final = ("s", "x")
LONGEST: Final = 6
"""Letters of an ending (`trices`); what is longer is a word of its own."""
REPLACED: Final = 5
"""Letters of the one form at most that the ending of the other replaces (`ateur` → `atrice`)."""


def is_inclusive(word: str, knows: Callable[[str], bool]) -> bool:
    """Tell whether a word with its endings behind dots, hyphens or in brackets is right on both sides."""
    stem, *endings = _ENDINGS.findall(word)
    if not endings:
        return False
    plural = endings.pop() if len(endings) > 1 and endings[-1] in PLURALS else ""
    if len(endings) == 1 and knows(stem) and len(endings[0]) >= len(stem) and knows(endings[0]):
        return True  # le·la, ceux·celles
    if any(len(ending) > LONGEST for ending in endings):
        return False
    others = all(
        any(knows(form) for form in _feminines(stem, ending + plural) if form != stem) for ending in endings
    )
    return others and any(knows(stem + ending) for ending in ("", *PLURALS, *endings))


def is_fused(word: str, knows: Callable[[str], bool]) -> bool:
    """Tell whether a word is two in one, in one number: `auteurice`, `coopérateurices`, `nouvelleaux`."""
    single = word[:-1] if word[-1:] in PLURALS else word
    for fused, masculine, feminine in FUSED:
        if single.endswith(fused) and (stem := single.removesuffix(fused)):
            return knows(stem + masculine) and knows(stem + feminine)
    return False


def _feminines(stem: str, ending: str) -> Iterator[str]:
    """Yield what an ending may make of a word: behind it, or in the place of its last letters.

    The last letter may be shared: `accompagnateur·ices` is read `accompagnatrices`.
    """
    for cut in range(len(stem), max(1, len(stem) - REPLACED - 1), -1):
        yield stem[:cut] + ending
        if ending[0] in "aeiouéè":
            yield stem[:cut] + stem[-1] + ending
