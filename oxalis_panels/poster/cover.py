"""The first page of the booklet: whose series it is, what it is called, and what is in it."""

from collections.abc import Sequence

from oxalis_panels.model.collection import Collection, Inline
from oxalis_panels.model.diagnostics import Parsed
from oxalis_panels.poster.job import COVER, Job, Layout
from oxalis_panels.poster.line_ends import bound
from oxalis_panels.poster.titles import Headings, lines_of
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.inline_html import html
from oxalis_panels.rendering.sheet import MM_PER_POINT
from oxalis_panels.rendering.views import CollectionView, collection_title
from oxalis_panels.words.catalogue import Catalogue

TEMPLATE = "poster/cover.html"
SIZES = (48.0, 40.0, 34.0, 28.0, 24.0, 20.0, 17.0, 14.0)
"""Type sizes of the list of panels in points; on A4 the least is 5."""
WIDTH, END = 430.0, 765.0
"""Of the list: how wide it is, and how far down it may go, in mm."""
TITLE_TOP, TITLE_WIDTH, TITLE_LEADING = 222.0, 488.0, 1.05
SUBTITLE_PT, SUBTITLE_WIDTH, BETWEEN = 54.0, 470.0, 46.0
"""As in the template: in mm, points and ems; the last is what is below the title and above the list."""
LINE, GAP = 1.25, 0.45
"""Height of a line of it and of what is between two titles, in ems."""


def compose_cover(
    collection: Collection, headings: Headings, series: CollectionView, templates: Templates, words: Catalogue
) -> Parsed[Job]:
    """Return the job that makes the cover of a typeset collection. Errors: mistakes in the template."""
    untitled = collection_title(collection.settings, words.text("site.untitled"))
    titles = [bound(panel.title or untitled) for panel in collection.panels]
    page = templates.render(
        TEMPLATE,
        series=series,
        title=html(headings.cover.text, paper=True),
        title_size=headings.cover_size,
        entries=[html(title, paper=True) for title in titles],
        entry_size=_size(titles, END - _above(collection.settings.subtitle, headings)),
    )
    if page.value is None:
        return Parsed(None, page.diagnostics)
    return Parsed(Job(COVER, words.text("poster.cover"), (Layout(1, (), page.value),), 0.0))


def _above(subtitle: Inline, headings: Headings) -> float:
    """Return how many mm the list begins below the top of the page."""
    title, size = headings.cover.text, headings.cover_size
    lines = max(headings.cover.lines, lines_of(title, TITLE_WIDTH, size, "display"))
    above = TITLE_TOP + BETWEEN + lines * TITLE_LEADING * size * MM_PER_POINT
    if subtitle:
        above += (
            lines_of(subtitle, SUBTITLE_WIDTH, SUBTITLE_PT, "regular") * LINE * SUBTITLE_PT * MM_PER_POINT
        )
    return above


def _size(titles: Sequence[Inline], room: float) -> float:
    """Return the largest size at which the list fits; 0 if none does."""
    for size in SIZES:
        lines = sum(lines_of(title, WIDTH, size, "regular") for title in titles)
        if (LINE * lines + GAP * len(titles)) * size * MM_PER_POINT <= room:
            return size
    return 0.0
