"""Typeset a collection: rules see each text as one string, and each edit goes to the node it belongs to."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import accumulate
from typing import Final

from oxalis_panels.language.typography.edits import Edit, TypographyError, apply
from oxalis_panels.language.typography.engine import run
from oxalis_panels.language.typography.styles import Style, style_for
from oxalis_panels.model.collection import (
    Break,
    Collection,
    Emphasis,
    Inline,
    Link,
    Node,
    Strong,
    Text,
    plain,
    with_nodes,
)
from oxalis_panels.model.texts import mapped
from oxalis_panels.model.value import value

LINE_BREAK: Final = "\n"
"""A `Break` in the joined text: no rule removes one."""
_NEVER: Final = 1_000_000
"""Depth of a `Break`, into which nothing is ever inserted."""


@value
class Leaf:
    """The text of one node without children."""

    text: str
    depth: int
    """How many nodes it is inside of."""


def typeset_inline(inline: Inline, style: Style, keep: tuple[str, ...]) -> Inline:
    """Return the inline text typeset; the same object when nothing changes."""
    outcome = run(joined(inline), style, keep)
    if not outcome.batches:
        return inline
    if len(inline) == 1 and isinstance(inline[0], Text):  # as nearly all are
        return (Text(outcome.text),)
    leaves = list(_leaves(inline, 0))
    for batch in outcome.batches:
        leaves = distribute(leaves, batch)
    if "".join(leaf.text for leaf in leaves) != outcome.text:
        rule = "inline text"
        raise TypographyError(rule, "the edits were lost on their way to the nodes")
    return _rebuild(inline, iter(leaves))


def joined(inline: Inline) -> str:
    """Return the text as one string, as the rules see it."""
    return plain(inline, LINE_BREAK)


def distribute(leaves: Sequence[Leaf], batch: Sequence[Edit]) -> list[Leaf]:
    """Return the leaves with edits of the joined text made in them.

    A replacement goes into the leaf of the first character that it replaces; an insertion between two leaves
    into the less nested one: a space does not belong inside the emphasis beside it.
    """
    ends = list(accumulate(len(leaf.text) for leaf in leaves))
    shifts = [0] * len(leaves)
    for edit in batch:
        for number in range(_owner(leaves, ends, edit), len(leaves)):
            consumed = min(ends[number], edit.end) - edit.start
            shifts[number] += len(edit.replacement) - consumed
    text = apply("".join(leaf.text for leaf in leaves), batch)
    stops = [end + shift for end, shift in zip(ends, shifts, strict=True)]
    return [
        Leaf(text[start:stop], leaf.depth)
        for leaf, start, stop in zip(leaves, [0, *stops], stops, strict=False)
    ]


def _owner(leaves: Sequence[Leaf], ends: Sequence[int], edit: Edit) -> int:
    """Return the number of the leaf that receives the replacement."""
    if edit.start < edit.end:
        return bisect_right(ends, edit.start)
    touching = range(bisect_left(ends, edit.start), min(bisect_right(ends, edit.start) + 1, len(leaves)))
    return min(touching, key=lambda number: leaves[number].depth)


def _leaves(inline: Inline, depth: int) -> Iterator[Leaf]:
    for node in inline:
        match node:
            case Text(text):
                yield Leaf(text, depth)
            case Break():
                yield Leaf(LINE_BREAK, _NEVER)
            case Emphasis(children) | Strong(children) | Link(children, _):
                yield from _leaves(children, depth + 1)


def _rebuild(inline: Inline, leaves: Iterator[Leaf]) -> Inline:
    def rebuilt(node: Node) -> Node:
        if isinstance(node, Text):
            return Text(next(leaves).text)
        if isinstance(node, Break):
            next(leaves)
        return node

    return with_nodes(inline, rebuilt)


def typeset_collection(collection: Collection) -> Collection:
    """Return the collection with every `Inline` typeset in its language, sparing its `keep` strings.

    Addresses, slugs and spans are untouched; a language without rules leaves everything as it is.
    """
    settings = collection.settings
    style = style_for(settings.language)
    if style is None:
        return collection

    setter = partial(typeset_inline, style=style, keep=settings.keep)
    return mapped(collection, cache(setter))  # a short title is mostly the title
