"""One YAML mapping decoded key by key, each by the type that its field declares."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import Enum, auto
from typing import TYPE_CHECKING, Generic, TypeVar

from oxalis_panels.diagnostics import Diagnostic, Span, error, line_and_column, warning
from oxalis_panels.frozen import frozen
from oxalis_panels.reading.passage import Passage, shown
from oxalis_panels.reading.slugs import fold
from oxalis_panels.reading.yaml_mistakes import GLUED
from oxalis_panels.reading.yaml_nodes import Mapping, Node, Refused, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Mapping as Names

T = TypeVar("T")

_LIKENESS = 0.7
"""How alike (difflib's ratio) a key must be to be suggested."""
_HIDDEN = re.compile(r"[^\S\n]+#(?=[^\s#!])[^\n]*")
_NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""What other readers of YAML take for no value at all."""


class Kind(Enum):
    """What a key of a panel or of `collection.yaml` may hold; readers and JSON Schemas both go by it."""

    TEXT = auto()
    """Inline Markdown for readers."""
    STRING = auto()
    """An address, a name: not for readers."""
    NUMBER = auto()
    BOOLEAN = auto()
    STRINGS = auto()
    """A list of names or words."""
    TEXTS = auto()
    """A text, or a list of them."""
    FINDINGS = auto()
    """A list of texts, or of mappings of a text and its points."""
    GLOSSARY = auto()
    """A mapping of abbreviations to texts."""
    ALLOWANCES = auto()
    """A list of codes, or of mappings of a code to words."""
    MAPPING = auto()
    """A mapping with keys of its own."""


LISTS = frozenset({Kind.STRINGS, Kind.TEXTS, Kind.FINDINGS, Kind.ALLOWANCES})
"""Kinds that a reader may take as a list."""


@frozen
class Given(Generic[T]):
    """A value and where the author gave it."""

    value: T
    span: Span


class Fields:
    """The keys of one mapping; each reader below takes one, and says what is wrong with its value."""

    def __init__(
        self,
        node: Node,
        known: Names[str, Kind],
        aliases: Names[str, str],
        found: list[Diagnostic],
        refusal: str = "wrong-kind.header",
    ) -> None:
        """Report what is not a mapping (as `refusal`), unknown keys and keys that stand there twice.

        `known` says what each key may hold: asking for anything else is a mistake of the program.
        """
        self.found = found
        self.known = known
        self.values: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        if isinstance(node, Mapping):
            for key, value in node.entries:
                self._add(key, value, known, aliases)
        elif not isinstance(node, Refused):
            found += glued_fields(node) or [error(refusal, node.span, found=shown(node.span.text))]

    def _add(self, key: Scalar, value: Node, known: Names[str, Kind], aliases: Names[str, str]) -> None:
        name = key.text
        if name not in known:
            self.found.append(_unknown(key, known, aliases))
        elif name in self.values:
            line, _ = line_and_column(self.keys[name].span)
            self.found.append(error("key-twice.same", key.span, key=name, line=line))
        elif not _is_nothing(value):
            self.values[name] = value
            self.keys[name] = key

    def passage(self, key: str) -> Passage | None:
        """Take a text with inline Markdown."""
        scalar = self._scalar(key, Kind.TEXT)
        return passage_of_scalar(scalar, self.found) if scalar else None

    def string(self, key: str) -> Given[str] | None:
        """Take a text that is not for readers: an address, a name."""
        scalar = self._scalar(key, Kind.STRING)
        return Given(scalar.text.strip(), scalar.span) if scalar else None

    def number(self, key: str) -> Given[int] | None:
        """Take a whole number from 0, of six digits at most."""
        scalar = self._scalar(key, Kind.NUMBER, "wrong-kind.number")
        if scalar is None:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", scalar.text):
            self._refuse("wrong-kind.number", key, scalar)
            return None
        return Given(int(scalar.text), scalar.span)

    def boolean(self, key: str) -> bool:
        """Take `true` or `false`; false when the key is absent."""
        scalar = self._scalar(key, Kind.BOOLEAN, "wrong-kind.boolean")
        if scalar is not None and scalar.text.lower() not in {"true", "false"}:
            self._refuse("wrong-kind.boolean", key, scalar)
        return scalar is not None and scalar.text.lower() == "true"

    def items(self, key: str) -> tuple[Node, ...]:
        """Take a list."""
        assert self.known[key] in LISTS  # noqa: S101 - see __init__
        node = self.values.get(key)
        if isinstance(node, Sequence):
            return node.items
        if node is not None:
            self._refuse("wrong-kind.list", key, node)
        return ()

    def _scalar(self, key: str, kind: Kind, code: str = "wrong-kind.text") -> Scalar | None:
        assert self.known[key] is kind  # noqa: S101 - see __init__
        node = self.values.get(key)
        if node is None or isinstance(node, Scalar):
            return node
        self._refuse(code, key, node)
        return None

    def _refuse(self, code: str, key: str, node: Node) -> None:
        if not isinstance(node, Refused):
            self.found.append(error(code, node.span, key=key, found=shown(node.span.text)))


def glued_fields(node: Node) -> list[Diagnostic]:
    """Return an error for each line of what should be fields, if all are `field:value`; otherwise none."""
    if not isinstance(node, Scalar) or not node.plain:
        return []
    lines = [match.span() for match in re.finditer(r"\S.*", node.span.text)]
    places = [Span(node.span.source, node.span.start + start, node.span.start + end) for start, end in lines]
    if not all(GLUED.match(place.text) for place in places):
        return []
    return [error("yaml-colon.space", place, found=shown(place.text)) for place in places]


def passage_of_scalar(scalar: Scalar, found: list[Diagnostic]) -> Passage:
    """Return the inline text of a scalar; warn of a `#word` behind it, which YAML takes for a comment."""
    source = scalar.span.source
    hidden = _HIDDEN.match(source.text, scalar.span.end) if scalar.plain else None
    if hidden:
        start, end = hidden.span()
        place = Span(source, start + len(hidden[0]) - len(hidden[0].lstrip()), end)
        found.append(warning("yaml-comment", place, found=shown(hidden[0])))
    if scalar.plain and scalar.text in _NOTHING:
        found.append(warning("yaml-nothing", scalar.span, found=scalar.text))
    where = scalar.span.text.find(scalar.text)
    pieces = ((0, scalar.span.start + where),) if where >= 0 and "\n" not in scalar.text else ()
    return Passage(scalar.text, scalar.span, pieces)


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and not node.text


def _unknown(key: Scalar, known: Names[str, Kind], aliases: Names[str, str]) -> Diagnostic:
    folded = fold(key.text).replace("-", "_")
    guess = aliases.get(folded) or next(iter(get_close_matches(folded, known, 1, _LIKENESS)), None)
    if guess:
        return error("key-unknown.misspelt", key.span, key=shown(key.text), guess=guess)
    names = ", ".join(name for name in known)
    return error("key-unknown.other", key.span, key=shown(key.text), known=names)
