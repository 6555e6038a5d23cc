"""What both forms of a panel, Markdown and YAML, have in common before the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen
from oxalis_panels.reading.allowing import read_allowances
from oxalis_panels.reading.fields import Fields, Given, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oxalis_panels.diagnostics import Allowance, Diagnostic, Source, Span
    from oxalis_panels.reading.passage import Passage
    from oxalis_panels.reading.yaml_nodes import Node

FIELDS = {
    "title": Kind.TEXT,
    "short_title": Kind.TEXT,
    "slug": Kind.STRING,
    "order": Kind.NUMBER,
    "colour": Kind.STRING,
    "draft": Kind.BOOLEAN,
    "introduction": Kind.BOOLEAN,
    "figure": Kind.MAPPING,
    "allow": Kind.ALLOWANCES,
}
"""Of the front matter."""
KEYS = tuple(FIELDS)
"""In the order in which `fmt` writes them."""
ALIASES = {
    "titre": "title",
    "titre_court": "short_title",
    "short": "short_title",
    "adresse": "slug",
    "url": "slug",
    "ordre": "order",
    "numero": "order",
    "number": "order",
    "rang": "order",
    "position": "order",
    "weight": "order",
    "image": "figure",
    "photo": "figure",
    "illustration": "figure",
    "couleur": "colour",
    "color": "colour",
    "accepter": "allow",
    "autoriser": "allow",
    "ignorer": "allow",
    "ignore": "allow",
    "lint": "allow",
    "brouillon": "draft",
    "intro": "introduction",
    "paragraphes": "paragraphs",
    "paragraphe": "paragraphs",
    "texte": "paragraphs",
    "text": "paragraphs",
    "constats": "findings",
    "constat": "findings",
    "bilan": "findings",
}
"""What people type for a key, folded to ASCII."""


FIGURE_FIELDS = {
    "file": Kind.STRING,
    "alt": Kind.TEXT,
    "credit": Kind.TEXT,
}
FIGURE_ALIASES = {
    "fichier": "file",
    "src": "file",
    "image": "file",
    "chemin": "file",
    "description": "alt",
    "texte": "alt",
    "legende": "alt",
    "auteur": "credit",
    "source": "credit",
    "photo": "credit",
}


@frozen
class FigureKeys:
    """What the front matter says of a picture."""

    span: Span
    """All of it."""
    file: Given[str] | None
    alt: Passage | None
    credit: Passage | None


@frozen
class Header:
    """The front matter, or the keys of the same names in a YAML panel."""

    title: Passage | None = None
    short_title: Passage | None = None
    slug: Given[str] | None = None
    order: Given[int] | None = None
    colour: Given[str] | None = None
    figure: FigureKeys | None = None
    draft: bool = False
    introduction: bool = False
    title_refused: bool = False
    """Whether its title was given but is no text."""
    allow: tuple[Allowance, ...] = ()
    broken: bool = False
    """Whether it could not be read: then nothing is missing, only unknown."""


@frozen
class Item:
    """A ✓ and the → under it."""

    text: Passage
    points: tuple[Passage, ...] = ()


@frozen
class Outline:
    """The parts of a panel, their inline text still as typed."""

    source: Source
    header: Header
    title: Passage | None = None
    """Its heading in the text."""
    paragraphs: tuple[Passage, ...] = ()
    findings: tuple[Item, ...] = ()
    refused: tuple[Passage, ...] = ()
    """Texts that have no place in the panel: reported, but what is wrong inside them is told as well."""
    title_refused: bool = False
    """Whether something that may have been its title was reported: then it is not missing as well."""
    text_refused: bool = False
    """Whether some of its text was reported: then it is not empty as well."""


def read_header(fields: Fields, path: str) -> Header:
    """Decode the keys that every panel may have, in the file `path`."""
    title = fields.passage("title")
    return Header(
        title=title,
        short_title=fields.passage("short_title"),
        slug=fields.string("slug"),
        order=fields.number("order"),
        colour=fields.string("colour"),
        figure=_figure(fields),
        draft=fields.boolean("draft"),
        introduction=fields.boolean("introduction"),
        title_refused=title is None and "title" in fields.values,
        allow=read_allowances(fields, path),
    )


def _figure(fields: Fields) -> FigureKeys | None:
    node = fields.values.get("figure")
    if node is None:
        return None
    told = len(fields.found)
    keys = Fields(node, FIGURE_FIELDS, FIGURE_ALIASES, fields.found, "wrong-kind.figure")
    figure = FigureKeys(node.span, keys.string("file"), keys.passage("alt"), keys.passage("credit"))
    return figure if len(fields.found) == told else None


def fields_of(node: Node, known: Mapping[str, Kind], found: list[Diagnostic]) -> Fields:
    """Return the keys of a panel's YAML."""
    return Fields(node, known, ALIASES, found)
