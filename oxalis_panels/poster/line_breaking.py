"""The cheapest ways to break a text on paper into lines, and the words that no line should end on."""

from collections.abc import Callable
from functools import cache
from typing import Final

ANNOUNCING: Final = frozenset(
    """
    à afin ainsi après au aux avant avec car ce ces cet cette chaque chez comme contre d dans de depuis
    des dès donc dont du durant elle en entre et il je jusque l la le les leur leurs lors ma mais malgré
    mes mon ne ni nos notre on ou où par parmi pendant pour puis quand que quel quelle quelques qui sa sans
    sauf se selon ses si son sous sur ta tes ton très un une vers via vos votre y + & = –
    """.split()  # noqa: SIM905 - each in quotes would take eighty lines
)
"""French words and signs after which a reader expects another on the same line."""
WEAK_END: Final = 4.0
LONELY_WORD: Final = 3.0
"""Penalties, in squares of a full line's width; evenness itself costs far less than one."""
LONELY: Final = 0.5
"""Part of a line that a word alone on it must fill not to look lost."""

Ends = tuple[int, ...]
"""The index after the last word of each line."""


@cache
def is_weak(word: str) -> bool:
    """Whether a line may not end on a word; « d’une » counts as « une », and « à nos », bound, as « nos »."""
    last = word.lower().replace("\u00a0", " ").replace("\u202f", " ").strip("«»() ")
    return last.rsplit(" ")[-1].rsplit("’")[-1] in ANNOUNCING


def cheapest(count: int, most: int, cost: Callable[[int, int], float | None]) -> tuple[float, Ends] | None:
    """Return what the cheapest way costs to set `count` words on at most so many lines; None if none fits.

    `cost` says what a line costs of the words from a start to before an end; None: it is too wide, as are
    all longer ones from there.
    """

    @cache
    def best(start: int, lines: int) -> tuple[float, Ends] | None:
        if start == count:
            return 0.0, ()
        found = None
        for end in range(start + 1, count + 1 if lines else 0):
            here = cost(start, end)
            if here is None:
                break
            rest = best(end, lines - 1)
            if rest and (found is None or rest[0] + here < found[0]):
                found = (rest[0] + here, (end, *rest[1]))
        return found

    return best(0, most)


def is_lonely(words: int, filled: float) -> bool:
    """Whether a line that fills a part of its width holds a word that looks lost on it."""
    return words == 1 and filled < LONELY
