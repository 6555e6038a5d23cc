"""`allow:` → the warnings that authors have decided to keep."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from oxalis_panels.diagnostics import Allowance, Diagnostic, Span, code_of, error
from oxalis_panels.reading.passage import shown
from oxalis_panels.reading.yaml_nodes import Mapping, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.reading.fields import Fields
    from oxalis_panels.reading.yaml_nodes import Node

_LIKENESS: Final = 0.6
"""How alike (difflib's ratio) a code must be to be suggested."""


def read_allowances(fields: Fields, path: str | None = None) -> tuple[Allowance, ...]:
    """Return what a list of codes allows, in the file `path` only if one is given.

    An item is a code (`- sentence-long`), or a code and the words that it may be about, between commas
    (`- abbreviation-unexplained: PSE, CSE`).
    """
    if "allow" not in fields.values:
        return ()
    from oxalis_panels.messages.explanations import codes, former, warnings  # noqa: PLC0415 - only where something is allowed

    known, allowed = warnings(), []
    for code, words in _items(fields):
        key = former().get(code.text, code.text)
        if code_of(key) in known:
            named = frozenset(word.strip() for word in words.split(",")) - {""}
            allowed.append(Allowance(key, named, path))
        elif code_of(key) in codes():
            fields.found.append(error("allow-unknown.error", code.span, found=code.text))
        else:
            fields.found.append(_unknown(code, known))
    return tuple(allowed)


def _items(fields: Fields) -> Iterator[tuple[Scalar, str]]:
    for node in fields.items("allow"):
        if isinstance(node, Scalar) and node.text.strip():
            yield node, ""
        elif isinstance(node, Mapping) and all(isinstance(value, Scalar) for _, value in node.entries):
            yield from ((code, value.text) for code, value in node.entries if isinstance(value, Scalar))
        else:
            _refuse(fields, node)


def _refuse(fields: Fields, node: Node) -> None:
    fields.found.append(error("wrong-kind.text", node.span, key="allow", found=shown(node.span.text)))


def _unknown(code: Scalar, known: frozenset[str]) -> Diagnostic:
    near = get_close_matches(code.text, sorted(known), 1, _LIKENESS)
    if not near:
        return error("allow-unknown.other", code.span, found=shown(code.text))
    span = Span(code.span.source, code.span.start, code.span.end)
    return error("allow-unknown.misspelt", span, found=shown(code.text), nearest=near[0]).repaired(near[0])
