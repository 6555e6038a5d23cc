"""`allow:` → the warnings that authors have decided to keep."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from oxalis_panels.model.diagnostics import Allowance, Diagnostic, error
from oxalis_panels.reading.fields import SCALARS, WORDS, Kind, read_list, refuse
from oxalis_panels.reading.passage import abbreviated
from oxalis_panels.reading.yaml_nodes import Mapping, Node, Scalar
from oxalis_panels.words.explanations import codes, former, keys, warnings

_LIKENESS: Final = 0.6
"""How alike (difflib's ratio) a code must be to be suggested."""


def _read_allowances(key: str, node: Node, found: list[Diagnostic]) -> tuple[Allowance, ...]:
    """Read a list of codes.

    An item is a code (`- sentence-long`) or a case of one, or it and the words that it may be about, between
    commas (`- abbreviation-unexplained: PSE, CSE`).
    """
    known, allowed = warnings(), []
    for code, words in _items(key, node, found):
        allowance = former().get(code.text, code.text)
        if allowance in known:
            named = frozenset(word.strip() for word in words.split(",")) - {""}
            allowed.append(Allowance(allowance, named))
        elif allowance in codes() or allowance in keys():
            found.append(error("allow-unknown.error", code.span, found=code.text))
        else:
            found.append(_unknown(code, known))
    return tuple(allowed)


def _items(key: str, node: Node, found: list[Diagnostic]) -> Iterator[tuple[Scalar, str]]:
    for each in read_list(key, node, found):
        if isinstance(each, Scalar) and each.text.strip():
            yield each, ""
        elif isinstance(each, Mapping) and all(isinstance(value, Scalar) for _, value in each.entries):
            yield from ((code, value.text) for code, value in each.entries if isinstance(value, Scalar))
        else:
            refuse("wrong-kind.text", key, each, found)


def _unknown(code: Scalar, known: frozenset[str]) -> Diagnostic:
    near = get_close_matches(code.text, sorted(known), 1, _LIKENESS)
    if not near:
        return error("allow-unknown.other", code.span, found=abbreviated(code.text))
    misspelt = error("allow-unknown.misspelt", code.span, found=abbreviated(code.text), nearest=near[0])
    return misspelt.repaired(near[0])


ALLOWANCES: Final = Kind(
    _read_allowances,
    {
        "type": ["array", "null"],
        "items": {"anyOf": [WORDS, {"type": "object", "additionalProperties": {"type": [*SCALARS, "null"]}}]},
    },
)
"""A list of codes, or of mappings of a code to words."""
