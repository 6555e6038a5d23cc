"""A YAML panel → its outline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.reading.fields import Fields, Kind, glued_fields, passage_of_scalar
from oxalis_panels.reading.marks import MARKED
from oxalis_panels.reading.outline import FIELDS, Header, Item, Outline, fields_of, read_header
from oxalis_panels.reading.passage import Passage, shown
from oxalis_panels.reading.yaml_nodes import Mapping, Node, Refused, Scalar, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

PANEL_FIELDS = {**FIELDS, "paragraphs": Kind.TEXTS, "findings": Kind.FINDINGS}
PANEL_KEYS = tuple(PANEL_FIELDS)
"""In the order in which `fmt` writes them."""
FINDING_FIELDS = {"✓": Kind.TEXT, "finding": Kind.TEXT, "→": Kind.TEXTS, "points": Kind.TEXTS}
FINDING_ALIASES = {
    "constat": "finding",
    "texte": "finding",
    "text": "finding",
    "point": "points",
    "details": "points",
    "detail": "points",
    "findings": "finding",
}
_FIELD = re.compile(rf"^(?:{'|'.join(PANEL_KEYS)})[ \t]*:", re.MULTILINE)
_GLUED = re.compile(rf"(?:{'|'.join(FINDING_FIELDS)}):")
_PARAGRAPHS = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def read_yaml_panel(source: Source, found: list[Diagnostic]) -> Outline:
    """Return the parts of a panel; everything that has no place in one is in `found`."""
    told = len(found)
    root = compose(source, 0, len(source.text), found)
    if root is None or not isinstance(root, Mapping):
        if _is_markdown(source.text):
            found[told:] = [error("yaml-is-markdown", Span(Source(source.path)))]
        elif root is not None and not isinstance(root, Refused):
            none = error("wrong-kind.panel", root.span, found=shown(root.span.text))
            found += glued_fields(root) or [none]
        return Outline(source, Header(broken=True), title_refused=True, text_refused=True)
    told = len(found)
    fields = fields_of(root, PANEL_FIELDS, found)
    header = read_header(fields, source.path)
    paragraphs = tuple(_paragraphs(fields, found))
    findings = tuple(item for node in fields.items("findings") if (item := _item(node, found)))
    refused = any(diagnostic.severity == "error" for diagnostic in found[told:])
    return Outline(source, header, None, paragraphs, findings, title_refused=refused, text_refused=refused)


def _is_markdown(text: str) -> bool:
    """Whether what is no YAML begins with a heading, a ✓ or a →, and has no field of a panel in it."""
    first = text.lstrip()
    if _FIELD.search(text):
        return False
    marked = MARKED.match(first)
    heading = re.match(r"#{1,6} (?!yaml-language-server)", first)
    return heading is not None or (marked is not None and not first.startswith(":", marked.end()))


def _paragraphs(fields: Fields, found: list[Diagnostic]) -> Iterator[Passage]:
    """Read a list of paragraphs, or one text with blank lines between them."""
    node = fields.values.get("paragraphs")
    if isinstance(node, Scalar):
        whole = passage_of_scalar(node, found)
        for text in _PARAGRAPHS.split(node.text.strip("\n")):
            if text.strip():
                yield whole if text == whole.text else Passage(text, node.span.find(text))
        return
    for item in fields.items("paragraphs"):
        passage = _text(item, "paragraphs", found)
        if passage:
            yield passage


def _item(node: Node, found: list[Diagnostic]) -> Item | None:
    if not isinstance(node, Mapping):
        glued = glued_fields(node) if _GLUED.match(node.span.text) else []
        found += glued
        passage = None if glued else _text(node, "findings", found)
        return Item(_unmarked(passage)) if passage else None
    spaced = next((key for key, _ in node.entries if re.search(r"\s", key.text.strip())), None)
    if spaced:
        found.append(error("yaml-colon.key", spaced.span, found=shown(spaced.text)))
        return None
    fields = Fields(node, FINDING_FIELDS, FINDING_ALIASES, found)
    name = _one_of("✓", "finding", fields)
    passage = fields.passage(name)
    points = tuple(
        _unmarked(point)
        for item in _point_nodes(_one_of("→", "points", fields), fields)
        if (point := _text(item, "→", found))
    )
    if passage is None:
        if name not in fields.values:
            found.append(error("finding-missing", node.span))
        return None
    _check_words(passage, found)
    return Item(_unmarked(passage), points)


def _one_of(sign: str, word: str, fields: Fields) -> str:
    """Return which of two spellings of a key is used; both at once are the same key twice."""
    if sign in fields.values and word in fields.values:
        fields.found.append(error("key-twice.alias", fields.keys[word].span, key=word, other=sign))
    return word if word in fields.values and sign not in fields.values else sign


def _point_nodes(key: str, fields: Fields) -> tuple[Node, ...]:
    """Return the points; a single one may stand without a list."""
    node = fields.values.get(key)
    return (node,) if isinstance(node, Scalar) else fields.items(key)


def _text(node: Node, key: str, found: list[Diagnostic]) -> Passage | None:
    if isinstance(node, Scalar):
        passage = passage_of_scalar(node, found)
        return passage if _check_words(passage, found) else None
    if isinstance(node, Mapping) and node.entries:
        first = node.entries[0][0]
        found.append(error("yaml-colon.key", first.span, found=shown(first.text)))
    elif not isinstance(node, Refused):
        found.append(error("wrong-kind.text", node.span, key=key, found=shown(node.span.text)))
    return None


def _check_words(passage: Passage, found: list[Diagnostic]) -> bool:
    if _unmarked(passage).text.strip():
        return True
    found.append(error("item-empty", passage.span, found=shown(passage.span.text)))
    return False


def _unmarked(passage: Passage) -> Passage:
    """Drop a mark typed where the key already says what the text is."""
    match = MARKED.match(passage.text)
    return passage.after(match.end()) if match else passage
