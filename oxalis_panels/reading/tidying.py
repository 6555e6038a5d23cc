"""Nodes as the parser left them → nodes as the model promises them.

Only what no reader could see changes: accents are composed (NFC: macOS takes them apart), runs of blanks and
line ends become one space, invisible leftovers of word processors go, the ends are trimmed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from oxalis_panels.model.collection import Break, Emphasis, Inline, Link, Node, Strong, Text
from oxalis_panels.reading.marks import SPACES

_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")
_BLANKS = re.compile("[ \t]{2,}|\t")


def tidy(nodes: Iterable[Node]) -> Inline:
    """Return the same text with neighbouring runs joined, spaces folded, and no blank at either end."""
    joined = _joined(nodes)
    trimmed = (_trimmed(joined, index) for index in range(len(joined)))
    return tuple(node for node in trimmed if node is not None)


def tidy_text(text: str) -> Inline:
    """Return what `tidy` makes of a single text."""
    cleaned = clean(text).strip()
    return (Text(cleaned),) if cleaned else ()


def clean(text: str) -> str:
    """Return a run of characters composed, without invisible leftovers, its runs of blanks folded."""
    lines = _INVISIBLE.sub("", text).split("\n")
    inner = [line.lstrip(SPACES) if i else line for i, line in enumerate(lines)]
    inner[:-1] = [line.rstrip(SPACES) for line in inner[:-1]]
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", " ".join(inner)))


def _joined(nodes: Iterable[Node]) -> list[Node]:
    """Join neighbouring texts, so that an accent after an escape still meets its letter."""
    joined: list[Node] = []
    filled = (node for node in nodes if node != Text(""))
    for is_text, group in groupby(filled, key=lambda node: isinstance(node, Text)):
        if is_text:
            joined.append(Text(clean("".join(node.text for node in group if isinstance(node, Text)))))
        else:
            joined += [_inside(node) for node in group]
    while joined and isinstance(joined[-1], Break):
        joined.pop()
    return joined


def _inside(node: Node) -> Node:
    if isinstance(node, (Emphasis, Strong, Link)):
        return replace(node, children=tuple(_joined(node.children)))
    return node


def _trimmed(nodes: list[Node], index: int) -> Node | None:
    """Trim a text at the ends and around line breaks; nothing is left of an empty one."""
    node = nodes[index]
    if not isinstance(node, Text):
        return node
    text = node.text
    if index == 0 or isinstance(nodes[index - 1], Break):
        text = text.lstrip()
    if index + 1 == len(nodes) or isinstance(nodes[index + 1], Break):
        text = text.rstrip()
    return Text(text) if text else None
