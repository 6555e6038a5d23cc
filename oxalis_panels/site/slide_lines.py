"""Where no line of a slide ends: no style sheet knows that « de » announces the next word."""

from itertools import pairwise
from typing import Final

from oxalis_panels.model.collection import Collection, Inline, Text
from oxalis_panels.model.texts import mapped
from oxalis_panels.poster.line_breaking import is_weak

NO_BREAK: Final = "\u00a0"
LONGEST: Final = 24
"""Characters of what is bound together: more would be wider than a phone shows in large type."""


def bind_slides(collection: Collection) -> Collection:
    """Return the collection with the words that announce the next one bound to it."""
    return mapped(collection, _bound, without=("settings", "short_title", "figure"))


def _bound(inline: Inline) -> Inline:
    return tuple(Text(_run(node.text)) if isinstance(node, Text) else node for node in inline)


def _run(text: str) -> str:
    """Return a text with an unbreakable space behind each of those words, if that binds little together."""
    words = text.split(" ")
    made, length = words[0], len(words[0])
    for word, following in pairwise(words):
        binds = word.isalpha() and is_weak(word) and length + 1 + len(following) <= LONGEST
        made += (NO_BREAK if binds else " ") + following
        length = length + 1 + len(following) if binds else len(following)
    return made
