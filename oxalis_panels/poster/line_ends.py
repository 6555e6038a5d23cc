"""Where no line of a text on paper ends.

No lonely word stands on the last line of a paragraph, and no line ends on one letter or on the first short
word of a sentence: the spaces beside are made unbreakable, in a copy that only the posters are made from.
"""

import re

from oxalis_panels.model.collection import Collection, Inline, Text, plain
from oxalis_panels.model.texts import mapped
from oxalis_panels.rendering.views import split_lead

NO_BREAK = "\u00a0"
SHORTEST_END = 11
"""Characters: a last word of this length or more may stand on a line of its own."""
LONE_LETTER = re.compile(r"(?<![\w’'-])([AÀaàyô]|[Ii]l(?= y )) (?=\w)")
OPENING = re.compile(r"((?<=[.!?…] )\w{1,3}|(?<=[\w,(] )L[ae]s?) (?=\w)")
"""The short word that begins a sentence, and the article of a name (« La Ruche »)."""
LAST_WORD = re.compile(rf"(?<=\S) (\S{{1,{SHORTEST_END - 1}}})$")
SHORT_TEXT = 24
"""Characters: binding the words of a shorter text would leave it nothing to break at."""


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
