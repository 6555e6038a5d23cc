"""What templates see: immutable, typeset and already HTML; never the model itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oxalis_panels.model.collection import (
    Block,
    Collection,
    Figure,
    Finding,
    Heading,
    Inline,
    ItemList,
    OwnPage,
    Panel,
    Paragraph,
    Settings,
    Table,
    Text,
    plain,
)
from oxalis_panels.model.value import value
from oxalis_panels.rendering.figures import paper_address, site_path
from oxalis_panels.rendering.inline_html import NOTHING, Html, html, unlinked
from oxalis_panels.rendering.notices import (
    AccessibilityView,
    EntryView,
    LegalView,
    accessibility_view,
    glossary_view,
    legal_view,
)
from oxalis_panels.rendering.palette import Colour, Palette
from oxalis_panels.rendering.widths import width

SHORT = 20
"""Words up to which a finding is read at a glance, whole."""
PHONE = 9.2
"""In ems: the widest word for which the title of a page has room on a phone."""
SENTENCE = re.compile(r"(?:(?<=\w{3}[.!?…»)])(?<!\betc\.)|(?<=[\u00a0\u202f][!?»])) (?=[A-ZÀ-ÖØ-Þ«])")
"""The space between two sentences; not after an abbreviation of one or two letters (« M. Dupont »)."""


@value
class FindingView:
    """A ✓ and its →."""

    number: int
    """Position in its panel, from 1."""
    lead: Html
    """The part that is read at a glance: all of a short one, the first sentence of a long one."""
    rest: Html
    """The rest of a long one, which begins with a space; may be empty."""
    points: tuple[Html, ...]

    @property
    def text(self) -> Html:
        """The whole of it."""
        return self.lead + self.rest


@value
class FigureView:
    """The picture of a panel."""

    file: str
    """On the site, its path from the root (`offre/photo-1a2b3c4d.jpg`); on paper, an absolute address."""
    alt: str
    """Plain text, for those who do not see it; never empty."""
    caption: Html
    """What stands below it; may be empty."""
    credit: Html
    """Who made it; may be empty."""
    width: int
    height: int
    """In pixels of the original."""

    @property
    def upright(self) -> bool:
        """Whether it is higher than wide."""
        return self.height > self.width


@value
class PanelView:
    """One panel."""

    slug: str
    number: int
    """Position in the series, from 1."""
    title: Html
    """Its heading; the collection's title for a panel that has none of its own."""
    label: Html
    """The same without links, for use inside a link."""
    plain_title: str
    """The same as plain text, for `<title>` and metadata."""
    short_title: str
    own_title: bool
    """False for a panel that borrows the collection's title."""
    width: str
    """Class of a title with a word that is wider than a phone: `long`, or empty."""
    paragraphs: tuple[Html, ...]
    findings: tuple[FindingView, ...]
    colour: Colour
    figure: FigureView | None


@value
class BlockView:
    """A part of a page of the project's own; what its kind does not have is empty."""

    kind: str
    """`heading`, `paragraph`, `list`, `table` or `figure`."""
    text: Html = NOTHING
    """Of a heading or a paragraph."""
    level: int = 0
    """Of a heading, from 2."""
    first: int | None = None
    """The number of the first item; none in a list without numbers."""
    items: tuple[tuple[BlockView, ...], ...] = ()
    """Of a list: the parts of each of its items."""
    rows: tuple[tuple[CellView, ...], ...] = ()
    """Of a table; the first row is its head."""
    figure: FigureView | None = None


@value
class CellView:
    """A cell of a table."""

    text: Html
    align: str
    """`left`, `center` or `right`; empty where the author gave none."""


@value
class OwnPageView:
    """A page of the project's own."""

    slug: str
    title: Html
    plain_title: str
    short_title: str
    width: str
    """As that of a panel's title."""
    blocks: tuple[BlockView, ...]


ViewCache = dict[str, tuple["Panel", "Inline", PanelView]]
"""By slug: a panel, the title that it borrowed, and its view; compared by identity, which is quick."""


@value
class CollectionView:
    """All panels and what they have in common. Empty text is the empty string."""

    title: Html
    label: Html
    """The same without links, for use inside a link."""
    plain_title: str
    width: str
    """Class of a title with a word that is wider than a phone: `long`, or empty."""
    subtitle: Html
    organisation: Html
    period: Html
    authors: Html
    language: str
    site_url: str | None
    panels: tuple[PanelView, ...]
    glossary: tuple[EntryView, ...]
    legal: LegalView
    accessibility: AccessibilityView
    pages: tuple[OwnPageView, ...] = ()
    """The pages of the project's own."""

    @property
    def count(self) -> int:
        """Number of panels in the series."""
        return len(self.panels)


def collection_title(settings: Settings, untitled: str) -> Inline:
    """Return the heading of the collection: its title, else the organisation, else `untitled`."""
    return settings.title or settings.organisation or (Text(untitled),)


def view(
    collection: Collection,
    palette: Palette,
    untitled: str,
    *,
    paper: bool = False,
    known: ViewCache | None = None,
) -> CollectionView:
    """Return the view of a typeset collection, for the screen or for `paper`.

    `known` caches the views of panels for calls with the same medium and palette; this call adds to it.
    """
    settings = collection.settings
    title = collection_title(settings, untitled)
    return CollectionView(
        title=html(title, paper=paper),
        label=html(unlinked(title), paper=paper),
        plain_title=plain(title),
        width=title_width(title),
        subtitle=html(settings.subtitle, paper=paper),
        organisation=html(settings.organisation, paper=paper),
        period=html(settings.period, paper=paper),
        authors=html(settings.authors, paper=paper),
        language=settings.language,
        site_url=settings.site_url,
        panels=tuple(_panels(collection, title, palette, {} if known is None else known, paper=paper)),
        glossary=glossary_view(settings.glossary),
        legal=legal_view(settings),
        accessibility=accessibility_view(settings),
        pages=() if paper else tuple(map(_own_page, collection.pages)),
    )


def _panels(
    collection: Collection, title: Inline, palette: Palette, known: ViewCache, *, paper: bool
) -> Iterator[PanelView]:
    for panel in collection.panels:
        borrowed = () if panel.title else title
        entry = known.get(panel.slug)
        if entry is None or entry[0] is not panel or entry[1] != borrowed:
            entry = known[panel.slug] = (
                panel,
                borrowed,
                _panel(panel, title, palette.of(panel), paper=paper),
            )
        yield entry[2]


def _panel(panel: Panel, borrowed: Inline, colour: Colour, *, paper: bool) -> PanelView:
    title = panel.title or borrowed
    return PanelView(
        slug=panel.slug,
        number=panel.number,
        title=html(title, paper=paper),
        label=html(unlinked(title), paper=paper),
        plain_title=plain(title),
        short_title=plain(panel.short_title or title),
        own_title=bool(panel.title),
        width=title_width(title),
        paragraphs=tuple(html(paragraph.text, paper=paper) for paragraph in panel.paragraphs),
        findings=tuple(_finding(n, finding, paper=paper) for n, finding in enumerate(panel.findings, 1)),
        colour=colour,
        figure=_figure(panel.slug, panel.figure, paper=paper) if panel.figure else None,
    )


def _figure(slug: str, figure: Figure, *, paper: bool) -> FigureView:
    file = paper_address(figure) if paper else site_path(slug, figure)
    texts = html(figure.caption, paper=paper), html(figure.credit, paper=paper)
    return FigureView(file, plain(figure.alt), *texts, figure.width, figure.height)


def _finding(number: int, finding: Finding, *, paper: bool) -> FindingView:
    points = tuple(html(point.text, paper=paper) for point in finding.points)
    lead, rest = split_lead(finding.text)
    return FindingView(number, html(lead, paper=paper), html(rest, paper=paper), points)


def _own_page(page: OwnPage) -> OwnPageView:
    short, width = plain(page.short_title), title_width(page.title)
    blocks = tuple(_block(page.slug, each) for each in page.blocks)
    return OwnPageView(page.slug, html(page.title), plain(page.title), short, width, blocks)


def _block(slug: str, block: Block) -> BlockView:
    match block:
        case Heading(text, level):
            return BlockView("heading", html(text), level=level)
        case Paragraph(text):
            return BlockView("paragraph", html(text))
        case ItemList(items, first):
            parts = tuple(tuple(_block(slug, each) for each in item) for item in items)
            return BlockView("list", first=first, items=parts)
        case Table(head, rows):
            cells = (tuple(CellView(html(each.text), each.align) for each in row) for row in (head, *rows))
            return BlockView("table", rows=tuple(cells))
        case Figure():
            return BlockView("figure", figure=_figure(slug, block, paper=False))


def title_width(title: Inline) -> str:
    """Return the class of a title by its widest word: no screen may break it."""
    widest = max((width(word, "display") for word in plain(title).split()), default=0.0)
    return "" if widest <= PHONE else "long"


def split_lead(finding: Inline) -> tuple[Inline, Inline]:
    """Return the first sentence of a finding and the rest, which begins with a space; no rest if it is short.

    The end of a sentence inside emphasis or a link does not count.
    """
    if len(plain(finding).split()) <= SHORT:
        return finding, ()
    for index, node in enumerate(finding):
        if isinstance(node, Text) and (end := SENTENCE.search(node.text)):
            before, after = Text(node.text[: end.start()]), Text(node.text[end.start() :])
            return (*finding[:index], before), (after, *finding[index + 1 :])
    return finding, ()
