"""What a collection of panels is, whatever it was read from and whatever is made of it.

Everything here is immutable. Text that a reader will see is `Inline`; a plain `str` (slug, address,
colour) is never typeset: the type decides the treatment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from typing import Final

from oxalis_panels.model.diagnostics import Allowance, Span
from oxalis_panels.model.value import value

VERBATIM: Final = {"verbatim": True}
"""Metadata of a `str` that readers see as it was typed: a text of the model that is never typeset."""


@value
class Text:
    """A run of plain characters."""

    text: str


@value
class Emphasis:
    """`*emphasised*` text, set in italics."""

    children: Inline


@value
class Strong:
    """`**strong**` text, set in bold."""

    children: Inline


@value
class Link:
    """`[text](target)`: an address on the site, plain text on a poster."""

    children: Inline
    target: str


@value
class Break:
    """A line break that the author asked for."""


Node = Text | Emphasis | Strong | Link | Break
Inline = tuple[Node, ...]


@value
class Paragraph:
    """A paragraph of a panel's introduction, before its first ✓."""

    text: Inline
    span: Span = field(compare=False, repr=False)
    """Where the author wrote it, for messages; not part of its value."""


@value
class Point:
    """A → line: a detail or a next step that belongs to the finding above it."""

    text: Inline
    span: Span = field(compare=False, repr=False)
    """Where the author wrote it, for messages; not part of its value."""


@value
class Finding:
    """A ✓ line (in French *constat*) and its points. ✓ marks a finding, not a success."""

    text: Inline
    points: tuple[Point, ...]
    span: Span = field(compare=False, repr=False)
    """Where the author wrote its ✓ line, for messages; not part of its value."""


@value
class Figure:
    """The picture of a panel."""

    file: str
    """Its path as the author wrote it, from the panel's folder."""
    alt: Inline
    """What it shows, for those who do not see it."""
    caption: Inline
    """What stands below it, for everybody; may be empty."""
    credit: Inline
    """Who made it; may be empty."""
    width: int
    height: int
    """In pixels, turned the right way up."""
    drawn: bool
    """Whether it is a chart, a plan, a logo: anything but a photograph."""
    data: bytes = field(repr=False)
    """The file, in one of the formats of `reading.pictures`."""
    span: Span = field(compare=False, repr=False)
    """Where the author named it, for messages; not part of its value."""
    bleed: bool = True
    """Whether a photograph may go on to the edge of the sheet."""
    focus: str = ""
    """What must be seen of a photograph that may be cropped, from the left and from the top: `40% 30%`."""
    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)
    """Where the author wrote its texts, as those of `Settings`."""


@value
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


@value
class Heading:
    """A heading inside a page of the project's own."""

    text: Inline
    level: int
    """From 2; 1 is the title of the page."""
    span: Span = field(compare=False, repr=False)


@value
class ItemList:
    """A list of such a page."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None
    """The number of the first item; None where they have none."""


@value
class Cell:
    """A cell of a table."""

    text: Inline
    align: str
    """`left`, `center` or `right`; empty where the author gave none."""
    span: Span = field(compare=False, repr=False)


@value
class Table:
    """A table of such a page."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Heading | Paragraph | ItemList | Table | Figure
"""What the text of a page is made of."""


@value
class OwnPage:
    """A page of the project's own, which is no panel: a file of `pages/`."""

    slug: str
    """As that of a panel; no panel has the same."""
    title: Inline
    short_title: Inline
    """For the foot of every page; the title when the author gave none."""
    blocks: tuple[Block, ...]
    span: Span = field(compare=False, repr=False)
    """Its title, for messages; not part of its value."""


@value
class Abbreviation:
    """One entry of the glossary."""

    short: str = field(metadata=VERBATIM)
    expansion: Inline


@value
class Delivery:
    """What the job sheet tells the print shop; fields that are not given are left blank on it."""

    copies: int | None = None
    """Of each poster."""
    paper: Inline = ()
    finish: Inline = ()
    """What is done to the printed sheet: lamination, eyelets."""
    contact: str = field(default="", metadata=VERBATIM)
    """Whom the print shop may contact, in one line or several; names and numbers are never typeset."""
    deadline: Inline = ()
    notes: Inline = ()


@value
class Legal:
    """The legal notice (in France, article 1-1 of the law of 21 June 2004); empty where not given."""

    publisher: Inline = ()
    """Who publishes the site, with legal form and address; empty: the organisation."""
    director: Inline = ()
    """Who is responsible for what is published (*directeur de la publication*)."""
    host: Inline = ()
    """Who hosts the site: name, address, telephone."""
    contact: str = field(default="", metadata=VERBATIM)
    """An address of e-mail or web, or any text; never typeset."""
    privacy: Inline = ()
    """About personal data; empty: what holds for the site as it is built."""
    licence: Inline = ()
    """Of the texts; empty: all rights are their authors'."""


@value
class Accessibility:
    """The accessibility statement (in France, the RGAA)."""

    status: str = "none"
    """`none`, `partial` or `full`: how far an audit found the site to conform."""
    date: Inline = ()
    """When the statement was made."""
    contact: str = field(default="", metadata=VERBATIM)
    """Empty: that of the legal notice."""
    audit: Inline = ()
    """Who audited the site, when, with what result; empty: nobody did."""


@value
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
    """Words of this organisation that no dictionary has; a `*` at the end stands for any ending."""
    printer: str | None = None
    """Name of the print shop, or the kind of printing, that posters are made for; None: the default."""
    glossary: tuple[Abbreviation, ...] = ()
    delivery: Delivery = Delivery()
    places: Mapping[str, Span] = field(default_factory=dict, compare=False, repr=False)
    """Where the author wrote each of these, by field, for messages; not part of the value."""
    allow: tuple[Allowance, ...] = ()
    """Warnings that its authors have decided to keep, whatever the file."""
    legal: Legal = Legal()
    accessibility: Accessibility = Accessibility()


@value
class Collection:
    """Everything that the outputs are made from."""

    settings: Settings
    panels: tuple[Panel, ...]
    """In the order of the series, drafts left out."""
    drafts: tuple[str, ...]
    """Paths of the panels and pages left out because their authors marked them `draft: true`."""
    allow: tuple[Allowance, ...] = ()
    """The warnings that its authors have decided to keep, for all panels or for one."""
    pages: tuple[OwnPage, ...] = ()
    """The pages of the project's own, in their order, drafts left out."""

    @property
    def addressed(self) -> tuple[Panel | OwnPage, ...]:
        """Everything that has an address of its own."""
        return (*self.panels, *self.pages)


def figures_in(blocks: tuple[Block, ...]) -> Iterator[Figure]:
    """Yield the pictures of a page, those in its lists too."""
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from figures_in(item)


def plain(inline: Inline, line_break: str = " ") -> str:
    """Return the characters of an inline text, without emphasis and addresses, breaks as `line_break`."""
    if len(inline) == 1 and isinstance(inline[0], Text):  # nearly all of them
        return inline[0].text
    leaves = (node for node in nodes(inline) if isinstance(node, (Text, Break)))
    return "".join(node.text if isinstance(node, Text) else line_break for node in leaves)


def with_nodes(inline: Inline, change: Callable[[Node], Node]) -> Inline:
    """Return a text with `change` applied to every node, in reading order, children before their parent."""
    return tuple([change(_with_children(node, change)) for node in inline])


def _with_children(node: Node, change: Callable[[Node], Node]) -> Node:
    if isinstance(node, (Emphasis, Strong, Link)):
        return replace(node, children=with_nodes(node.children, change))
    return node


def nodes(inline: Inline) -> Iterator[Node]:
    """Yield every node of a text, those inside others too, in reading order."""
    for node in inline:
        yield node
        if isinstance(node, (Emphasis, Strong, Link)):
            yield from nodes(node.children)
