"""Two texts → which words stayed, went and came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from oxalis_panels.comparing.tokens import Token, letters, tokens
from oxalis_panels.frozen import frozen

LONGEST = 3_000
"""Words; of longer texts only the beginning and the end in common are found: comparing takes their square."""
WEAK = 3
"""Letters: a « de » that stayed between two replaced words is read with them."""


@frozen
class Piece:
    """A stretch of a text in both versions: all `before`, joined, are the old text, all `after` the new."""

    before: str
    after: str
    kept: bool
    """Whether the words are the same; spaces, quotation marks and the like may differ all the same."""


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts in pieces, in order, kept ones and changed ones in turn."""
    old, new = tokens(before), tokens(after)
    return tuple(
        Piece(_text(old[i1:i2]), _text(new[j1:j2]), kept) for kept, i1, i2, j1, j2 in _runs(old, new)
    )


Run = tuple[bool, int, int, int, int]
"""Kept or not, and from where to where in the old and in the new tokens."""


def _runs(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Run]:
    runs = _matched([token.key for token in old], [token.key for token in new])
    joined: list[Run] = []
    for run in runs:
        joined.append(run)
        while len(joined) >= 3 and _is_weak(joined, old):  # noqa: PLR2004 - a change, what stayed, a change
            first, _, last = joined[-3:]
            joined[-3:] = [(False, first[1], last[2], first[3], last[4])]
    yield from joined


def _is_weak(runs: Sequence[Run], old: Sequence[Token]) -> bool:
    """Whether the last three are two replacements and too little between them to part them for a reader."""
    first, middle, last = runs[-3:]
    if first[0] or not middle[0] or last[0] or not (_replaces(first) and _replaces(last)):
        return False
    return len(letters(_text(old[middle[1] : middle[2]])).replace(" ", "")) <= WEAK


def _replaces(run: Run) -> bool:
    return run[1] < run[2] and run[3] < run[4]


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    if max(len(old), len(new)) > LONGEST:
        yield from _long(old, new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag == "equal", i1, i2, j1, j2


def _long(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    most = shorter - head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    runs: list[Run] = [
        (True, 0, head, 0, head),
        (False, head, len(old) - tail, head, len(new) - tail),
        (True, len(old) - tail, len(old), len(new) - tail, len(new)),
    ]
    yield from (run for run in runs if run[1] < run[2] or run[3] < run[4])


def _text(part: Sequence[Token]) -> str:
    return "".join(token.text for token in part)
