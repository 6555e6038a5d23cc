"""The YAML of a panel in the canonical form: keys in one order, each still as its author wrote its value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oxalis_panels.reading.yaml_nodes import Mapping, compose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oxalis_panels.diagnostics import Source
    from oxalis_panels.reading.yaml_nodes import Node

_COLON = re.compile(r"^([^\s:#'\"]+)[ \t]*:[ \t]+(?=\S)")
_EMPTY = re.compile(r"\s*(?:#.*)?")


@dataclass(slots=True)
class Entry:
    """A key of a mapping with all that belongs to it."""

    key: str
    node: Node | None
    """Its value; None for what stands before the first key."""
    lines: list[str]
    """As in the source: comments above it, its line, and those of its value."""


def entries(source: Source, start: int, end: int) -> list[Entry] | None:
    """Return what stands before the first key, then each key; None for no mapping, or one on a line."""
    root = compose(source, start, end, [])
    if not isinstance(root, Mapping) or root.span.text.startswith("{"):
        return None
    begun = {source.text.rfind("\n", 0, key.span.start) + 1: (key.text, node) for key, node in root.entries}
    found = [Entry("", None, [])]
    offset = start
    for line in source.text[start:end].split("\n"):
        if offset in begun:
            key, node = begun[offset]
            found.append(Entry(key, node, [*_comments_above(found), _COLON.sub(r"\1: ", line)]))
        else:
            found[-1].lines.append(line)
        offset += len(line) + 1
    return found


def _comments_above(found: list[Entry]) -> list[str]:
    """Take the comments directly above a key from what stands before it; those before all keys stay there."""
    lines = found[-1].lines
    first = len(lines)
    while len(found) > 1 and first > 1 and lines[first - 1].startswith("#"):
        first -= 1
    taken = lines[first:]
    del lines[first:]
    return taken


def ordered(found: list[Entry], keys: Sequence[str]) -> list[str]:
    """Return all lines, keys in the order of `keys`, without blank lines between them."""
    known = {key: place for place, key in enumerate(keys)}
    preamble, *rest = found
    rest.sort(key=lambda entry: known.get(entry.key, len(known)))
    return [line for entry in (preamble, *rest) for line in _trimmed(entry.lines)]


def comments(lines: Iterable[str]) -> list[str]:
    """Return the lines that hold nothing but a comment, sorted: none of them may be lost."""
    return sorted(line.strip() for line in lines if line.strip() and _EMPTY.fullmatch(line))


def _trimmed(lines: list[str]) -> list[str]:
    """Drop the blank lines at the end, and the blanks that end a lone line."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return [lines[0].rstrip()] if end == 1 else lines[:end]
