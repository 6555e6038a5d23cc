"""Lists whose items end in two ways: some with a sign, some with none."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from oxalis_panels.language.wording.passages import Passage
from oxalis_panels.model.diagnostics import Diagnostic, warning

_SIGNS: Final = frozenset(".,;")
_EITHER: Final = _SIGNS | {*":!?…"}
"""Those, and the signs that may end an item in either kind of list."""
_OWN_STOP: Final = re.compile(r"\.\.$|\b(?:etc|[Ee]x|réf|tél|[A-Z](?:\.[A-Z])+)\.$")
"""Dots of an ellipsis, or of an abbreviation."""
_CLOSING: Final = '»”)’"\u00a0\u202f '
"""Characters that may follow the sign that ends an item."""


def mixed_endings(passages: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Yield a warning for each item that does not end as most of its list: with a sign, or with none."""
    ends = [_end(each.text.rstrip(_CLOSING)) for each in passages]
    signed = sum(end in _SIGNS for end in ends)
    bare = sum(end not in _EITHER for end in ends)
    if not (signed and bare):
        return
    for number, (passage, end) in enumerate(zip(passages, ends, strict=True)):
        if bare <= signed and end not in _EITHER:
            yield _unsigned(passage, _wanted(ends, number))
        elif signed < bare and end in _SIGNS:
            yield _signed(passage)


def _end(text: str) -> str:
    """Return the sign that ends a text; a full stop that belongs to its last word counts as `…`."""
    return "…" if _OWN_STOP.search(text) else text[-1:]


def _wanted(ends: Sequence[str], number: int) -> str:
    """Return the sign to add to an item: a full stop at the end of a list, else that of its neighbours."""
    if number == len(ends) - 1:
        return "."
    near = (*ends[:number][-1:], *ends[number + 1 : -1], ends[-1])
    return next((end for end in near if end in _SIGNS), ".")


def _unsigned(passage: Passage, sign: str) -> Diagnostic:
    size = len(passage.text)
    place = passage.at(size - 1, size)
    found = warning("list-end.missing", place, sign=sign)
    return found.repaired(place.text + sign) if len(place.text) == 1 else found


def _signed(passage: Passage) -> Diagnostic:
    size = len(passage.text.rstrip(_CLOSING))
    place = passage.at(size - 1, size)
    found = warning("list-end.extra", place, sign=passage.text[size - 1])
    return found.repaired("") if len(place.text) == 1 else found
