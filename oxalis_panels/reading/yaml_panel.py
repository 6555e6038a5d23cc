"""A YAML panel → its outline; the header of a Markdown panel has the same keys."""

import re
from dataclasses import replace
from typing import Any, Final

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.model.texts import field_names
from oxalis_panels.reading.allowing import ALLOWANCES
from oxalis_panels.reading.fields import (
    BOOLEAN,
    NUMBER,
    SCALARS,
    STRING,
    TEXT,
    WORDS,
    Field,
    Fields,
    Kind,
    glued_fields,
    passage_of_scalar,
    read_list,
    read_string,
    refuse,
    table,
)
from oxalis_panels.reading.marks import MARKED
from oxalis_panels.reading.outline import FigureKeys, Header, Item, Outline
from oxalis_panels.reading.passage import Passage, abbreviated
from oxalis_panels.reading.slugs import LONGEST, VALID
from oxalis_panels.reading.yaml_nodes import Mapping, Node, Refused, Scalar, compose

_FOCUS = re.compile(r"^([0-9]{1,3}) ?%? +([0-9]{1,3}) ?%?$")
_PARAGRAPHS = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def _read_figure(key: str, node: Node, found: list[Diagnostic]) -> FigureKeys | None:
    before = len(found)
    fields = Fields(node, FIGURE, found, "wrong-kind.figure", key)
    if "alt" not in fields.nodes:
        found[before:] = [_with_alt(each) for each in found[before:]]
    values = fields.read()
    keys = FigureKeys(node.span, values.pop("file", None), values.pop("alt", None), values)
    return keys if len(found) == before else None


def _read_focus(key: str, node: Node, found: list[Diagnostic]) -> str | None:
    """Read where in a picture its subject is: `40% 30%`, from the left and from the top."""
    match = _FOCUS.match(node.text.strip()) if isinstance(node, Scalar) else None
    if match and all(int(part) <= 100 for part in match.groups()):  # noqa: PLR2004 - percent
        return f"{int(match[1])}% {int(match[2])}%"
    refuse("wrong-kind.focus", key, node, found)
    return None


def _with_alt(wrong: Diagnostic) -> Diagnostic:
    """Return the error for a caption by another name where no description is; any other as it is."""
    if wrong.key != "key-unknown.misspelt" or wrong.values["guess"] != "caption":
        return wrong
    return error("figure-alt-missing.caption", wrong.span)


def _read_paragraphs(key: str, node: Node, found: list[Diagnostic]) -> tuple[Passage, ...]:
    """Read a list of paragraphs, or one text with blank lines between them."""
    if not isinstance(node, Scalar):
        return tuple(text for item in read_list(key, node, found) if (text := _text(item, key, found)))
    whole = passage_of_scalar(node, found)
    texts = [text for text in _PARAGRAPHS.split(node.text.strip("\n")) if text.strip()]
    return tuple(whole if text == whole.text else Passage(text, node.span.find(text)) for text in texts)


def _read_findings(key: str, node: Node, found: list[Diagnostic]) -> tuple[Item, ...]:
    return tuple(item for each in read_list(key, node, found) if (item := _item(each, found)))


def _item(node: Node, found: list[Diagnostic]) -> Item | None:
    if not isinstance(node, Mapping):
        glued = glued_fields(node) if _GLUED.match(node.span.text) else []
        found += glued
        passage = None if glued else _text(node, "findings", found)
        return Item(_unmarked(passage)) if passage else None
    spaced = next((key for key, _ in node.entries if re.search(r"\s", key.text.strip())), None)
    if spaced:
        found.append(error("yaml-colon.key", spaced.span, found=abbreviated(spaced.text)))
        return None
    fields = Fields(node, FINDING, found)
    for sign, word in (("✓", "finding"), ("→", "points")):
        if sign in fields.nodes and word in fields.nodes:
            del fields.nodes[word]
            found.append(error("key-twice.alias", fields.keys[word].span, key=word, other=sign))
    if not fields.nodes.keys() & {"✓", "finding"}:
        found.append(error("finding-missing", node.span))
    values = fields.read()
    text: Passage | None = values.get("✓") or values.get("finding")
    if text is None:
        return None
    _check_words(text, found)
    return Item(_unmarked(text), values.get("→") or values.get("points") or ())


def _read_points(key: str, node: Node, found: list[Diagnostic]) -> tuple[Passage, ...]:
    """Read a list of points; a single one may stand without a list."""
    nodes = (node,) if isinstance(node, Scalar) else read_list(key, node, found)
    return tuple(_unmarked(point) for each in nodes if (point := _text(each, "→", found)))


def _text(node: Node, key: str, found: list[Diagnostic]) -> Passage | None:
    if isinstance(node, Scalar):
        passage = passage_of_scalar(node, found)
        return passage if _check_words(passage, found) else None
    if isinstance(node, Mapping) and node.entries:
        first = node.entries[0][0]
        found.append(error("yaml-colon.key", first.span, found=abbreviated(first.text)))
    else:
        refuse("wrong-kind.text", key, node, found)
    return None


def _check_words(passage: Passage, found: list[Diagnostic]) -> bool:
    if _unmarked(passage).text.strip():
        return True
    found.append(error("item-empty", passage.span, found=abbreviated(passage.span.text)))
    return False


def _unmarked(passage: Passage) -> Passage:
    """Drop a mark typed where the key already says what the text is."""
    match = MARKED.match(passage.text)
    return passage.after(match.end()) if match else passage


TEXTS: Final = {"anyOf": [{"type": "null"}, {"type": SCALARS}, {"type": "array", "items": WORDS}]}
SLUG: Final = Kind(
    read_string,
    {
        "type": ["string", "integer", "boolean", "null"],
        "pattern": rf"^{VALID.pattern}$",
        "maxLength": LONGEST,
        "minimum": 0,
    },
)
POINTS: Final = Kind(_read_points, TEXTS)
FINDING: Final = table(
    "finding",
    Field("✓", TEXT),
    Field("finding", TEXT, "constat texte text findings"),
    Field("→", POINTS),
    Field("points", POINTS, "point details detail"),
)
FOCUS: Final = Kind(_read_focus, {"type": ["string", "null"], "pattern": _FOCUS.pattern})
FIGURE: Final = table(
    "figure",
    Field("file", STRING, "fichier src image chemin", required=True),
    Field("alt", TEXT, "description texte", required=True),
    Field("caption", TEXT, "legende"),
    Field("credit", TEXT, "auteur source photo"),
    Field("focus", FOCUS, "centre point sujet"),
    Field("bleed", BOOLEAN, "fond_perdu bord"),
)
PANEL: Final = table(
    "panel",
    Field("title", TEXT, "titre"),
    Field("short_title", TEXT, "titre_court short"),
    Field("slug", SLUG, "adresse url"),
    Field("order", NUMBER, "ordre numero number rang position weight"),
    Field("colour", STRING, "couleur color"),
    Field("draft", BOOLEAN, "brouillon"),
    Field("introduction", BOOLEAN, "intro"),
    Field("figure", Kind(_read_figure, {}, FIGURE), "image photo illustration"),
    Field("allow", ALLOWANCES, "accepter autoriser ignorer ignore lint"),
    Field("paragraphs", Kind(_read_paragraphs, TEXTS), "paragraphes paragraphe texte text"),
    Field("findings", Kind(_read_findings, {}, FINDING), "constats constat bilan"),
)
HEADER: Final = replace(
    PANEL,
    fields={name: PANEL.fields[name] for name in PANEL.fields if name not in {"paragraphs", "findings"}},
)
"""Of the front matter: a Markdown panel has its paragraphs and findings below it."""
PAGE: Final = replace(
    PANEL,
    fields={name: PANEL.fields[name] for name in ("title", "short_title", "slug", "order", "draft", "allow")},
)
"""Of the front matter of a page."""
_FIELD = re.compile(rf"^(?:{'|'.join(PANEL.fields)})[ \t]*:", re.MULTILINE)
_GLUED = re.compile(rf"(?:{'|'.join(FINDING.fields)}):")
_HEADER: Final = frozenset(field_names(Header))


def read_yaml_panel(source: Source, found: list[Diagnostic]) -> Outline:
    """Return the parts of a panel; everything that has no place in one is in `found`."""
    before = len(found)
    root = compose(source, 0, len(source.text), found)
    if root is None or not isinstance(root, Mapping):
        if _is_markdown(source.text):
            found[before:] = [error("yaml-is-markdown", Span(Source(source.path)))]
        elif root is not None and not isinstance(root, Refused):
            none = error("wrong-kind.panel", root.span, found=abbreviated(root.span.text))
            found += glued_fields(root) or [none]
        return Outline(source, Header(broken=True), title_refused=True, text_refused=True)
    before = len(found)
    fields = Fields(root, PANEL, found)
    values = fields.read()
    paragraphs, findings = values.pop("paragraphs", ()), values.pop("findings", ())
    header = header_of(fields, values)
    refused = any(diagnostic.severity == "error" for diagnostic in found[before:])
    return Outline(source, header, None, paragraphs, findings, title_refused=refused, text_refused=refused)


def header_of(fields: Fields, values: dict[str, Any]) -> Header:
    """Return the header that these values of a panel's fields make."""
    known = {name: values[name] for name in values if name in _HEADER}
    rest = {name: values[name] for name in values if name not in _HEADER}
    return Header(**known, rest=rest, title_refused="title" in fields.nodes and "title" not in values)


def _is_markdown(text: str) -> bool:
    """Whether a text that is not YAML begins with a heading, ✓ or →, and has no field of a panel in it."""
    first = text.lstrip()
    if _FIELD.search(text):
        return False
    marked = MARKED.match(first)
    heading = re.match(r"#{1,6} (?!yaml-language-server)", first)
    return heading is not None or (marked is not None and not first.startswith(":", marked.end()))
