"""The YAML of a panel in the canonical form: keys in one order, each still as its author wrote its value."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from oxalis_panels.model.diagnostics import Source
from oxalis_panels.reading.yaml_nodes import Mapping, Node, Scalar, Sequence, compose
from oxalis_panels.reading.yaml_panel import PANEL

SIGNS = {"finding": "✓", "points": "→"}
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


def ordered(found: list[Entry], keys: Iterable[str]) -> list[str]:
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


def canonical_yaml(source: Source) -> str:
    """Return a panel without mistakes in the canonical form; one on a single line as it is."""
    found = entries(source, 0, len(source.text))
    if found is None:
        return source.text
    for entry in found:
        if entry.key in {"findings", "paragraphs"} and isinstance(entry.node, Sequence):
            _rewrite(entry, entry.node)
    return "\n".join(ordered(found, PANEL.fields)) + "\n"


def _rewrite(entry: Entry, items: Sequence) -> None:
    """Write a list anew, unless that would lose a comment."""
    own = next(index for index, line in enumerate(entry.lines) if not line.startswith("#"))
    spans = [scalar.span for scalar in _scalars(items)]
    text = items.span.text
    for span in reversed(spans):
        text = text[: span.start - items.span.start] + text[span.end - items.span.start :]
    if "#" not in text + entry.lines[own].partition(":")[2].partition(items.span.text[:1])[0]:
        entry.lines[own:] = [f"{entry.key}:", *_list(items, "  ")]


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from _scalars(value)


def _list(items: Sequence, indent: str) -> Iterator[str]:
    for item in items.items:
        if isinstance(item, Mapping):
            for number, (key, value) in enumerate(item.entries):
                yield from _pair(SIGNS.get(key.text, key.text), value, indent + ("  " if number else "- "))
        elif isinstance(item, Scalar):
            yield f"{indent}- {_scalar(item)}"


def _pair(key: str, value: Node, indent: str) -> Iterator[str]:
    if isinstance(value, Sequence):
        yield f"{indent}{key}:"
        yield from _list(value, " " * (len(indent) + 2))
    elif isinstance(value, Scalar):
        yield f"{indent}{key}: {_scalar(value)}".rstrip()


def _scalar(scalar: Scalar) -> str:
    """Return a value on one line, in its author's own quotation marks when it stands on one already."""
    typed = scalar.span.text
    return typed if "\n" not in typed else json.dumps(scalar.text, ensure_ascii=False)
