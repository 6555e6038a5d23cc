"""What a collection of panels is, whatever it was read from and whatever is made of it.

Everything here is immutable. Text that a reader will see is `Inline`; a plain `str` (slug, address,
colour) is never typeset: the type decides the treatment.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen
from oxalis_panels.notices import Accessibility, Legal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from oxalis_panels.diagnostics import Allowance, Span


@frozen
class Text:
    """A run of plain characters."""

    text: str


@frozen
class Emphasis:
    """`*emphasised*` text, set in italics."""

    children: Inline


@frozen
class Strong:
    """`**strong**` text, set in bold."""

    children: Inline


@frozen
class Link:
    """`[text](target)`: an address on the site, plain text on a poster."""

    children: Inline
    target: str


@frozen
class Break:
    """A line break that the author asked for."""


Node = Text | Emphasis | Strong | Link | Break
Inline = tuple[Node, ...]


@frozen
class Paragraph:
    """A paragraph of a panel's introduction, before its first ✓."""

    text: Inline
    span: Span = field(compare=False, repr=False)
    """Where the author wrote it, for messages; not part of its value."""


@frozen
class Point:
    """A → line: a detail or a next step that belongs to the finding above it."""

    text: Inline
    span: Span = field(compare=False, repr=False)
    """Where the author wrote it, for messages; not part of its value."""


@frozen
class Finding:
    """A ✓ line (in French *constat*) and its points. ✓ marks a finding, not a success."""

    text: Inline
    points: tuple[Point, ...]
    span: Span = field(compare=False, repr=False)
    """Where the author wrote its ✓ line, for messages; not part of its value."""


@frozen
class Figure:
    """The picture of a panel."""

    file: str
    """Its path as the author wrote it, from the panel's folder."""
    alt: Inline
    """What it shows, for those who do not see it."""
    credit: Inline
    """Who made it; may be empty."""
    width: int
    height: int
    """In pixels, turned the right way up."""
    data: bytes = field(repr=False)
    """The file, in one of the formats of `reading.pictures`."""
    span: Span = field(compare=False, repr=False)
    """Where the author named it, for messages; not part of its value."""


@frozen
class Panel:
    """One objective of the review: one page of the site and one poster."""

    slug: str
    """Lower-case ASCII letters, digits and hyphens; unique; the address of the page."""
    number: int
    """Position in the series, from 1, drafts not counted."""
    title: Inline
    """What the authors wrote as its title; empty in a panel that introduces the collection."""
    short_title: Inline
    """For menus and the browser's tab; the title when the author gave none."""
    paragraphs: tuple[Paragraph, ...]
    findings: tuple[Finding, ...]
    colour: str | None
    """Name of a colour of the palette; None: the palette's colour at this position."""
    span: Span = field(compare=False, repr=False)
    """Its title (or its file, when it has none), for messages; not part of its value."""
    figure: Figure | None = None


@frozen
class Abbreviation:
    """One entry of the glossary."""

    short: str
    expansion: Inline


@frozen
class Delivery:
    """What the job sheet tells the print shop; it leaves a blank for whatever is not said."""

    copies: int | None = None
    """Of each poster."""
    paper: Inline = ()
    finish: Inline = ()
    """What is done to the printed sheet: lamination, eyelets."""
    contact: str = ""
    """Whom the print shop asks, in one line or several; names and numbers are never typeset."""
    deadline: Inline = ()
    notes: Inline = ()

    @property
    def texts(self) -> tuple[Inline, ...]:
        """Every text that the print shop reads."""
        return (self.paper, self.finish, (Text(self.contact),), self.deadline, self.notes)


@frozen
class Settings:
    """What `collection.yaml` says for all panels; every field has a default."""

    title: Inline = ()
    """Title of the whole review; also heads a panel without a title of its own."""
    subtitle: Inline = ()
    organisation: Inline = ()
    period: Inline = ()
    """The years that the review covers, as a reader should see them."""
    authors: Inline = ()
    """One line saying who wrote the texts."""
    language: str = "fr"
    """BCP 47 tag of the panels' language; French typography applies to `fr` and its regions."""
    site_url: str | None = None
    """Public address of the site, ending in `/`; None while it is not published."""
    edit_url: str | None = None
    """Address where a panel's source can be edited; `{path}` stands for its path in the project, `{root}` for
    the project's in the repository.
    """
    keep: tuple[str, ...] = ()
    """Strings that the typesetter must not touch (`Bigre!`)."""
    lexicon: tuple[str, ...] = ()
    """Words of the house that no dictionary has; a `*` at the end stands for any ending."""
    printer: str | None = None
    """Name of the print shop, or the kind of printing, that posters are made for; None: the default."""
    printer_span: Span | None = field(default=None, compare=False, repr=False)
    """Where the author named it, for messages; not part of its value."""
    glossary: tuple[Abbreviation, ...] = ()
    delivery: Delivery = Delivery()
    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)
    """Where the author wrote each of these, for messages; not part of the value."""
    allow: tuple[Allowance, ...] = ()
    """Warnings that its authors have decided to keep, whatever the file."""
    legal: Legal = field(default_factory=Legal)
    accessibility: Accessibility = field(default_factory=Accessibility)

    @property
    def notices(self) -> tuple[Inline, ...]:
        """Every text of the legal notice and of the accessibility statement."""
        contacts = ((Text(self.legal.contact),), (Text(self.accessibility.contact),))
        return (*self.legal.texts, *self.accessibility.texts, *contacts)


@frozen
class Collection:
    """Everything that the outputs are made from."""

    settings: Settings
    panels: tuple[Panel, ...]
    """In the order of the series, drafts left out."""
    drafts: tuple[str, ...]
    """Paths of the panels left out because their authors marked them `draft: true`."""
    allow: tuple[Allowance, ...] = ()
    """The warnings that its authors have decided to keep, for all panels or for one."""


def plain(inline: Inline) -> str:
    """Return the characters of an inline text, a line break being a space."""
    if len(inline) == 1 and isinstance(inline[0], Text):  # nearly all of them
        return inline[0].text
    return "".join(_plain_node(node) for node in inline)


def _plain_node(node: Node) -> str:
    match node:
        case Text(text):
            return text
        case Break():
            return " "
        case Emphasis(children) | Strong(children) | Link(children, _):
            return plain(children)


def visible(collection: Collection) -> Iterator[Inline]:
    """Yield every text of the collection that a reader may see."""
    settings = collection.settings
    yield from (settings.title, settings.subtitle, settings.organisation, settings.period, settings.authors)
    for entry in settings.glossary:
        yield from ((Text(entry.short),), entry.expansion)
    yield from settings.notices
    for panel in collection.panels:
        yield from (text for text, _ in texts(panel))


def texts(panel: Panel) -> Iterator[tuple[Inline, Span]]:
    """Yield every text of a panel in reading order, each with its place."""
    yield panel.title, panel.span
    yield panel.short_title, panel.span
    yield from ((paragraph.text, paragraph.span) for paragraph in panel.paragraphs)
    for finding in panel.findings:
        yield finding.text, finding.span
        yield from ((point.text, point.span) for point in finding.points)
    if panel.figure:
        yield panel.figure.alt, panel.figure.span
        yield panel.figure.credit, panel.figure.span
