"""A typeset collection → the jobs that make its posters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Parsed, error
from oxalis_panels.model import plain
from oxalis_panels.poster.job import Condition, FontFile, Job, Layout, Picture, Screen, Series
from oxalis_panels.poster.printers.reading import default_printer
from oxalis_panels.poster.qr import address
from oxalis_panels.poster.rag import bind
from oxalis_panels.poster.scale import points
from oxalis_panels.poster.sheet import A1, SIZES
from oxalis_panels.poster.titles import MAX_LINES, SMALLEST_STEP, BrokenTitle, Ruler, break_title, series_step
from oxalis_panels.preflight.expectations import for_our_own
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.figures import paper_address
from oxalis_panels.rendering.fonts import DISPLAY, MARKS, marks_font
from oxalis_panels.rendering.views import collection_title, view
from oxalis_panels.site.links import published

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from oxalis_panels.messages import Catalogue
    from oxalis_panels.model import Collection, Inline, Panel
    from oxalis_panels.poster.printers.printer import Printer
    from oxalis_panels.poster.sheet import Size
    from oxalis_panels.rendering.folders import TemplateFolders
    from oxalis_panels.rendering.fonts import Font
    from oxalis_panels.rendering.palette import Palette
    from oxalis_panels.rendering.views import PanelView

TEMPLATE = "poster/poster.html"
STYLE = "poster/poster.css"
SCREEN_STYLE = "poster/screen.css"
POINTS_FOR_COLUMNS = 4
"""A list with fewer points stays in one column."""
LINE = 31
"""Characters on a line of half a sheet, about: enough to tell which points weigh most."""


@dataclass(frozen=True, slots=True)
class PosterInputs:
    """What posters are made of besides their text."""

    folders: TemplateFolders
    palette: Palette
    fonts: tuple[Font, ...]
    words: Catalogue
    printer: Printer = field(default_factory=default_printer)
    papers: tuple[Size, ...] = (SIZES["a1"],)


@dataclass(frozen=True, slots=True)
class Order:
    """All jobs of a collection."""

    series: Series
    jobs: tuple[Job, ...]
    """One per panel, in order."""


def compose(collection: Collection, inputs: PosterInputs) -> Parsed[Order]:
    """Return the jobs for all posters. Errors: a title too long for the sheet, a mistake in the template."""
    titles = _headings(collection, inputs.words)
    ruler = Ruler(next(font.ttf for font in inputs.fonts if font.face.family == DISPLAY))
    step = series_step(titles, ruler, A1.column)
    if step is None:
        return Parsed(None, tuple(_too_long(collection, titles, ruler)))
    broken = [broken for title in titles if (broken := break_title(title, ruler, A1.column, step))]
    jobs = _jobs(collection, broken, inputs)
    if jobs.value is None:
        return Parsed(None, jobs.diagnostics)
    return Parsed(Order(_series(collection, inputs, points(step)), jobs.value))


def _headings(collection: Collection, words: Catalogue) -> list[Inline]:
    """Return what heads each panel: its title, else that of the collection."""
    common = collection_title(collection.settings, words.text("site.untitled"))
    return [panel.title or common for panel in collection.panels]


def _too_long(collection: Collection, titles: list[Inline], ruler: Ruler) -> Iterator[Diagnostic]:
    for panel, title in zip(collection.panels, titles, strict=True):
        if not break_title(title, ruler, A1.column, SMALLEST_STEP):
            yield error("title-too-long", panel.span, lines=MAX_LINES, size=f"{points(SMALLEST_STEP):.0f}")


def _series(collection: Collection, inputs: PosterInputs, title_size: float) -> Series:
    return Series(
        sheet=replace(A1, bleed=inputs.printer.bleed),
        papers=inputs.papers,
        css=inputs.folders.read(STYLE),
        fonts=tuple(_font_files(inputs.fonts)),
        condition=Condition(inputs.printer.condition, inputs.printer.icc),
        title_size=title_size,
        authors=plain(collection.settings.authors),
        language=collection.settings.language,
        standard=inputs.printer.standard,
        marks=inputs.printer.marks,
        ink=inputs.printer.ink,
        screen=Screen(inputs.folders.read(SCREEN_STYLE), tuple(_screen_colours(inputs.palette))),
        asked=for_our_own(inputs.printer, A1.width, A1.height),
    )


def _screen_colours(palette: Palette) -> Iterator[tuple[str, str]]:
    for colour in palette.colours:
        for ink in (colour.deep, colour.mid, colour.pale):
            yield ink.print, ink.screen


def _font_files(fonts: tuple[Font, ...]) -> Iterator[FontFile]:
    for font in fonts:
        yield FontFile(font.face.family, font.face.weight, font.face.style, font.ttf)
    yield FontFile(MARKS, 400, "normal", marks_font())


def _jobs(collection: Collection, titles: list[BrokenTitle], inputs: PosterInputs) -> Parsed[tuple[Job, ...]]:
    bound = published(bind(collection))
    panels = tuple(
        replace(panel, title=title.text) for panel, title in zip(bound.panels, titles, strict=True)
    )
    untitled = inputs.words.text("site.untitled")
    series = view(replace(bound, panels=panels), inputs.palette, untitled, paper=True)
    templates = Templates(inputs.folders, inputs.words)
    jobs: list[Job] = []
    for panel, source, title in zip(series.panels, panels, titles, strict=True):
        link = address(series.site_url, panel.slug) if series.site_url else None
        common = {"series": series, "title_lines": title.lines, "address": link}
        layouts = _layouts(templates, panel, common)
        if layouts.value is None:
            return Parsed(None, layouts.diagnostics)
        jobs.append(Job(panel.slug, panel.plain_title, layouts.value, _pictures(source)))
    return Parsed(tuple(jobs))


def _pictures(panel: Panel) -> tuple[Picture, ...]:
    figure = panel.figure
    return (Picture(paper_address(figure), figure.data),) if figure else ()


def _layouts(
    templates: Templates, panel: PanelView, common: Mapping[str, object]
) -> Parsed[tuple[Layout, ...]]:
    """Return the ways to set a panel out: one column, and two where a list is long enough."""
    layouts: list[Layout] = []
    for splits in _splits(panel):
        columns = 2 if any(splits) else 1
        html = templates.render(TEMPLATE, **common, panel=panel, columns=columns, splits=splits)
        if html.value is None:
            return Parsed(None, html.diagnostics)
        layouts.append(Layout(columns, _gaps(panel, splits), html.value, tuple(_items(panel))))
    return Parsed(tuple(layouts))


def _items(panel: PanelView) -> Iterator[str]:
    """Yield the id of every text of a panel, as the template gives it."""
    yield from (f"p{number}" for number, _ in enumerate(panel.paragraphs, 1))
    for finding in panel.findings:
        yield f"f{finding.number}"
        yield from (f"f{finding.number}p{number}" for number, _ in enumerate(finding.points, 1))


def _gaps(panel: PanelView, splits: tuple[int, ...]) -> int:
    """Count the gaps from top to bottom, through the column of each finding that holds more points."""
    rows = len(panel.paragraphs) + (panel.figure is not None)
    for finding, split in zip(panel.findings, splits, strict=True):
        rows += 1 + max(split, len(finding.points) - split)
    return rows - 1


def _splits(panel: PanelView) -> Iterator[tuple[int, ...]]:
    """Yield, for each layout, how many points of each finding go into the first column; 0: one column."""
    yield (0,) * len(panel.findings)
    even = tuple(
        _even_split([len(point.striptags()) for point in finding.points]) for finding in panel.findings
    )
    if any(even):
        yield even
        yield tuple(max(0, split - 1) for split in even)


def _even_split(lengths: list[int]) -> int:
    """Return after how many points the first column ends, the columns being about equally high."""
    if len(lengths) < POINTS_FOR_COLUMNS:
        return 0
    heights = [-(-length // LINE) + 0.35 for length in lengths]
    return min(range(1, len(heights)), key=lambda split: max(sum(heights[:split]), sum(heights[split:])))
