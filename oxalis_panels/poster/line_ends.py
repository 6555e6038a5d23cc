"""Where the lines of a text on paper end: the cheapest ways to break it, and where it must not break.

No lonely word stands on the last line of a paragraph, and no line ends on one letter or on the first short
word of a sentence: the spaces beside are made unbreakable, in a copy that only the posters are made from.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from oxalis_panels.language.typography.characters import split_words
from oxalis_panels.model.collection import Collection, Inline, Text, plain
from oxalis_panels.model.texts import mapped
from oxalis_panels.rendering.views import split_lead

ANNOUNCING: Final = frozenset(
    split_words("""
    à afin ainsi après au aux avant avec car ce ces cet cette chaque chez comme contre d dans de depuis
    des dès donc dont du durant elle en entre et il je jusque l la le les leur leurs lors ma mais malgré
    mes mon ne ni nos notre on ou où par parmi pendant pour puis quand que quel quelle quelques qui sa sans
    sauf se selon ses si son sous sur ta tes ton très un une vers via vos votre y + & = –
    """)
)
"""French words and signs after which a reader expects another on the same line."""
WEAK_END: Final = 4.0
LONELY_WORD: Final = 3.0
"""Penalties, in squares of a full line's width; evenness itself costs far less than one."""
LONELY: Final = 0.5
"""Part of a line that a word alone on it must fill not to look lost."""

NO_BREAK = "\u00a0"
SHORTEST_END = 11
"""Characters: a last word of this length or more may stand on a line of its own."""
LONE_LETTER = re.compile(r"(?<![\w’'-])([AÀaàyô]|[Ii]l(?= y )) (?=\w)")
OPENING = re.compile(r"((?<=[.!?…] )\w{1,3}|(?<=[\w,(] )L[ae]s?) (?=\w)")
"""The short word that begins a sentence, and the article of a name (« La Ruche »)."""
LAST_WORD = re.compile(rf"(?<=\S) (\S{{1,{SHORTEST_END - 1}}})$")
SHORT_TEXT = 24
"""Characters: binding the words of a shorter text would leave it nothing to break at."""

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


def bind(collection: Collection) -> Collection:
    """Return the collection with the ends of its paragraphs, findings and points bound."""
    return mapped(collection, bound, without=("settings", "title", "short_title", "figure"))


def bound(inline: Inline) -> Inline:
    """Return a text bound within its plain runs; a run inside emphasis keeps its spaces."""
    last = len(inline) - 1
    return tuple(
        Text(_run(node.text, ends=index == last and len(plain(inline)) > SHORT_TEXT))
        if isinstance(node, Text)
        else node
        for index, node in enumerate(inline)
    )


def bound_lead(finding: Inline) -> tuple[Inline, Inline]:
    """Return the first sentence of a long finding, bound, and the rest; any other finding as it is."""
    lead, rest = split_lead(finding)
    return (bound(lead) if rest else lead), rest


def _run(text: str, *, ends: bool) -> str:
    text = OPENING.sub(rf"\1{NO_BREAK}", LONE_LETTER.sub(rf"\1{NO_BREAK}", text))
    return LAST_WORD.sub(rf"{NO_BREAK}\1", text) if ends else text
