"""What both forms of a panel, Markdown and YAML, have in common before the model."""

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from oxalis_panels.model.diagnostics import Allowance, Source, Span
from oxalis_panels.model.value import value
from oxalis_panels.reading.fields import Located
from oxalis_panels.reading.passage import Passage


@value
class FigureKeys:
    """What the front matter says of a picture."""

    span: Span
    """All of it."""
    file: Located[str] | None
    alt: Passage | None
    rest: Mapping[str, Any]
    """As of the header, below."""


@value
class Header:
    """The front matter, or the keys of the same names in a YAML panel."""

    title: Passage | None = None
    short_title: Passage | None = None
    slug: Located[str] | None = None
    order: Located[int] | None = None
    colour: Located[str] | None = None
    figure: FigureKeys | None = None
    draft: bool = False
    introduction: bool = False
    allow: tuple[Allowance, ...] = ()
    rest: Mapping[str, Any] = field(default_factory=dict)
    """The fields that reading does nothing with: they go to the model as they are."""
    title_refused: bool = False
    """Whether its title was given but is no text."""
    broken: bool = False
    """Whether it could not be read: then nothing is missing, only unknown."""


@value
class Item:
    """A ✓ and the → under it."""

    text: Passage
    points: tuple[Passage, ...] = ()


@value
class Outline:
    """The parts of a panel, their inline text still as typed."""

    source: Source
    header: Header
    title: Passage | None = None
    """Its heading in the text."""
    paragraphs: tuple[Passage, ...] = ()
    findings: tuple[Item, ...] = ()
    refused: tuple[Passage, ...] = ()
    """Texts that have no place in the panel: reported, and so is what is wrong inside them."""
    title_refused: bool = False
    """Whether something that may have been its title was reported: then it is not missing as well."""
    text_refused: bool = False
    """Whether some of its text was reported: then it is not empty as well."""
