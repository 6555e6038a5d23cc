"""The mappings that people write in YAML: each is a table of fields, which says what a key may hold.

The reader here, the JSON Schemas, the order in which `fmt` writes and the words of the schemas
(`schema.TABLE.FIELD` in the catalogues) follow from a table; the default of a field is that of the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Names
from difflib import get_close_matches
from typing import Any, Final, Generic, TypeVar

from oxalis_panels.model.diagnostics import Diagnostic, Span, error, line_and_column, warning
from oxalis_panels.model.value import value
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.passage import Passage, abbreviated
from oxalis_panels.reading.slugs import fold
from oxalis_panels.reading.yaml_nodes import GLUED, Mapping, Node, Refused, Scalar, Sequence

Reader = Callable[[str, Node, list[Diagnostic]], Any]
"""From a key and what stands behind it to a value, and what is wrong with it; None: no value."""
Schema = dict[str, Any]

T = TypeVar("T")

_LIKENESS = 0.7
"""How alike (difflib's ratio) a key must be to be suggested."""
_HIDDEN = re.compile(r"[^\S\n]+#(?=[^\s#!])[^\n]*")
_NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""What other readers of YAML take for no value at all."""
SCALARS: Final = ["string", "number", "boolean"]
"""Everything that a reader of YAML makes of one line: `2020` and `true` are texts, too."""
WORDS: Final = {"type": SCALARS, "pattern": r"\S"}


@value
class Kind:
    """What a key may hold: how it is read, and what a JSON Schema says of it."""

    read: Reader
    schema: Schema
    table: Table | None = None
    """Of the mapping that it holds, or of each mapping in its list."""


@value
class Field:
    """A key of a mapping. A plain one needs nothing but this and a field of the same name in the model."""

    name: str
    kind: Kind
    aliases: str = ""
    """What people type for it, folded to ASCII, with a blank between two."""
    required: bool = False


@value
class Table:
    """The fields of one mapping, in the order in which `fmt` writes them."""

    name: str
    """In the catalogues: `figure`."""
    fields: Names[str, Field]
    aliases: Names[str, str]


def table(name: str, *fields: Field) -> Table:
    """Return the table of these fields."""
    aliases = {alias: each.name for each in fields for alias in each.aliases.split()}
    return Table(name, {each.name: each for each in fields}, aliases)


@value
class Located(Generic[T]):
    """A value and where the author gave it."""

    value: T
    span: Span


class Fields:
    """The keys of one mapping, checked by its table."""

    def __init__(
        self,
        node: Node,
        known: Table,
        found: list[Diagnostic],
        refusal: str = "wrong-kind.header",
        key: str = "",
    ) -> None:
        """Report what is no mapping (as `refusal`), unknown keys, and keys that stand there twice."""
        self.found = found
        self.known = known
        self.nodes: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        if isinstance(node, Mapping):
            for name, value in node.entries:
                self._add(name, value)
        else:
            refuse_mapping(refusal, key, node, found)

    def _add(self, key: Scalar, value: Node) -> None:
        name = key.text
        if name not in self.known.fields:
            self.found.append(_unknown(key, self.known))
        elif name in self.nodes:
            line, _ = line_and_column(self.keys[name].span)
            self.found.append(error("key-twice.same", key.span, key=name, line=line))
        elif not _is_nothing(value):
            self.nodes[name] = value
            self.keys[name] = key

    def read(self) -> dict[str, Any]:
        """Return the values by the names of their fields; what is wrong with the others is in `found`."""
        known = self.known.fields
        read = {name: known[name].kind.read(name, node, self.found) for name, node in self.nodes.items()}
        return {name: value for name, value in read.items() if value is not None}


def of_model(values: Names[str, Any], found: list[Diagnostic]) -> dict[str, Any]:
    """Return values as the model holds them: texts as readers see them, names without their places."""
    return {name: _of_model(value, found) for name, value in values.items()}


def _of_model(value: object, found: list[Diagnostic]) -> object:
    match value:
        case Passage():
            return read_inline(value, found)
        case Located():
            return value.value
    return value


def read_text(key: str, node: Node, found: list[Diagnostic]) -> Passage | None:
    """Read inline Markdown."""
    if isinstance(node, Scalar):
        return passage_of_scalar(node, found)
    refuse("wrong-kind.text", key, node, found)
    return None


def read_string(key: str, node: Node, found: list[Diagnostic]) -> Located[str] | None:
    """Read a name or an address: text that is not for readers."""
    if isinstance(node, Scalar):
        return Located(node.text.strip(), node.span)
    refuse("wrong-kind.text", key, node, found)
    return None


def read_number(key: str, node: Node, found: list[Diagnostic]) -> Located[int] | None:
    """Read a whole number."""
    if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{1,6}", node.text):
        return Located(int(node.text), node.span)
    refuse("wrong-kind.number", key, node, found)
    return None


def _read_boolean(key: str, node: Node, found: list[Diagnostic]) -> bool | None:
    if isinstance(node, Scalar) and node.text.lower() in {"true", "false"}:
        return node.text.lower() == "true"
    refuse("wrong-kind.boolean", key, node, found)
    return None


def _read_strings(key: str, node: Node, found: list[Diagnostic]) -> tuple[str, ...]:
    strings = []
    for each in read_list(key, node, found):
        if isinstance(each, Scalar) and each.text.strip():
            strings.append(each.text)
        else:
            refuse("wrong-kind.text", key, each, found)
    return tuple(strings)


def read_list(key: str, node: Node, found: list[Diagnostic]) -> tuple[Node, ...]:
    """Read a list; its items as they stand there."""
    if isinstance(node, Sequence):
        return node.items
    refuse("wrong-kind.list", key, node, found)
    return ()


def refuse(code: str, key: str, node: Node, found: list[Diagnostic]) -> None:
    """Report a value of another kind."""
    if not isinstance(node, Refused):
        found.append(error(code, node.span, key=key, found=abbreviated(node.span.text)))


def refuse_mapping(code: str, key: str, node: Node, found: list[Diagnostic]) -> None:
    """Report what should be a mapping; if all of it is `field:value`, each of its lines."""
    glued = glued_fields(node)
    found += glued
    if not glued:
        refuse(code, key, node, found)


TEXT: Final = Kind(read_text, {"type": [*SCALARS, "null"]})
"""Inline Markdown for readers."""
STRING: Final = Kind(read_string, TEXT.schema)
"""An address, a name: not for readers."""
NUMBER: Final = Kind(
    read_number,
    {"type": ["integer", "string", "null"], "pattern": "^[0-9]{1,6}$", "minimum": 0, "maximum": 999_999},
)
"""A whole number from 0, of six digits at most."""
BOOLEAN: Final = Kind(
    _read_boolean,
    {"type": ["boolean", "string", "null"], "pattern": "^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"},
)
STRINGS: Final = Kind(_read_strings, {"type": ["array", "null"], "items": WORDS})
"""A list of names or words."""


def mapping(inside: Table, model: Callable[..., object], refusal: str) -> Kind:
    """Return the kind of a mapping that fills a class of the model."""

    def read(key: str, node: Node, found: list[Diagnostic]) -> object:
        return model(**of_model(Fields(node, inside, found, refusal, key).read(), found))

    return Kind(read, {}, inside)


def glued_fields(node: Node) -> list[Diagnostic]:
    """Return an error for each line of what should be fields, if all are `field:value`; otherwise none."""
    if not isinstance(node, Scalar) or not node.plain:
        return []
    lines = [match.span() for match in re.finditer(r"\S.*", node.span.text)]
    places = [Span(node.span.source, node.span.start + start, node.span.start + end) for start, end in lines]
    if not all(GLUED.match(place.text) for place in places):
        return []
    return [error("yaml-colon.space", place, found=abbreviated(place.text)) for place in places]


def passage_of_scalar(scalar: Scalar, found: list[Diagnostic]) -> Passage:
    """Return the inline text of a scalar; warn of a `#word` behind it, which YAML takes for a comment."""
    source = scalar.span.source
    hidden = _HIDDEN.match(source.text, scalar.span.end) if scalar.plain else None
    if hidden:
        start, end = hidden.span()
        place = Span(source, start + len(hidden[0]) - len(hidden[0].lstrip()), end)
        found.append(warning("yaml-comment", place, found=abbreviated(hidden[0])))
    if scalar.plain and scalar.text in _NOTHING:
        found.append(warning("yaml-nothing", scalar.span, found=scalar.text))
    where = scalar.span.text.find(scalar.text)
    pieces = ((0, scalar.span.start + where),) if where >= 0 and "\n" not in scalar.text else ()
    return Passage(scalar.text, scalar.span, pieces)


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and not node.text


def _unknown(key: Scalar, known: Table) -> Diagnostic:
    folded = fold(key.text).replace("-", "_")
    guess = known.aliases.get(folded) or next(
        iter(get_close_matches(folded, known.fields, 1, _LIKENESS)), None
    )
    if guess:
        return error("key-unknown.misspelt", key.span, key=abbreviated(key.text), guess=guess)
    return error("key-unknown.other", key.span, key=abbreviated(key.text), known=", ".join(known.fields))
