"""A YAML panel → the same panel in the canonical form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from oxalis_panels.formatting.mapping import entries, ordered
from oxalis_panels.reading.yaml_nodes import Mapping, Scalar, Sequence
from oxalis_panels.reading.yaml_panel import PANEL_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.diagnostics import Source
    from oxalis_panels.formatting.mapping import Entry
    from oxalis_panels.reading.yaml_nodes import Node

SIGNS = {"finding": "✓", "points": "→"}


def canonical_yaml(source: Source) -> str:
    """Return a panel without mistakes in the canonical form; one on a single line as it is."""
    found = entries(source, 0, len(source.text))
    if found is None:
        return source.text
    for entry in found:
        if entry.key in {"findings", "paragraphs"} and isinstance(entry.node, Sequence):
            _rewrite(entry, entry.node)
    return "\n".join(ordered(found, PANEL_KEYS)) + "\n"


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
