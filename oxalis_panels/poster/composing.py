"""A typeset collection → the jobs that make its posters."""

from collections.abc import Callable, Iterator
from dataclasses import field, replace
from functools import partial
from pathlib import Path

from oxalis_panels.inspection.expectations import for_our_own
from oxalis_panels.model.collection import Collection, Figure, Panel, plain
from oxalis_panels.model.diagnostics import Parsed
from oxalis_panels.model.value import value
from oxalis_panels.poster.captions import lines, places_for
from oxalis_panels.poster.columns import Arrangement, arrangements
from oxalis_panels.poster.cover import compose_cover
from oxalis_panels.poster.estimate import Estimate
from oxalis_panels.poster.figures import Place, crop, printed, proportion, words
from oxalis_panels.poster.job import FontFile, Job, Layout, Picture, Screen, Series
from oxalis_panels.poster.line_ends import bind, bound_lead
from oxalis_panels.poster.qr import address
from oxalis_panels.poster.titles import Headings, head
from oxalis_panels.poster.wall import common_drop, largest_statement, largest_step
from oxalis_panels.printers.printer import Printer
from oxalis_panels.printers.reading import default_printer
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.figures import paper_address
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.fonts import MARKS, Font
from oxalis_panels.rendering.inline_html import Html, html
from oxalis_panels.rendering.links import with_public_links
from oxalis_panels.rendering.palette import Palette
from oxalis_panels.rendering.sheet import A1, SIZES, Size
from oxalis_panels.rendering.views import PanelView, collection_title, view
from oxalis_panels.words.catalogue import Catalogue

TEMPLATE = "poster/poster.html"
STYLE = "poster/poster.css"
SCREEN_STYLE = "poster/screen.css"


@value
class PosterInputs:
    """What posters are made of besides their text."""

    folders: TemplateFolders
    palette: Palette
    fonts: tuple[Font, ...]
    words: Catalogue
    marks: bytes
    """The font of the two marks."""
    printer: Printer = field(default_factory=default_printer)
    papers: tuple[Size, ...] = (SIZES["a1"],)
    cache: Path | None = None
    """Where compiled templates are kept between builds."""


@value
class Order:
    """All jobs of a collection."""

    series: Series
    jobs: tuple[Job, ...]
    """One per panel that a poster is wanted of, in order."""
    cover: Job
    """That of the booklet's first page."""


def compose(
    collection: Collection, inputs: PosterInputs, only: frozenset[str] = frozenset()
) -> Parsed[Order]:
    """Return the jobs for the posters of `only` these panels (slugs), of all where none is named.

    Of the others a poster has the size of titles and their number: what is wrong with them is not reported.
    Errors: a mistake in the template; a title too long for the sheet. With a title too long there are jobs
    all the same: what they tell of the text below it still counts.
    """
    common = collection_title(collection.settings, inputs.words.text("site.untitled"))
    headed = head(collection, common, only)
    assert headed.value is not None
    bound = with_public_links(bind(collection))
    drop = common_drop(bound, headed.value)
    composed = _jobs(bound, headed.value, drop, inputs, only)
    if composed.value is None:
        return Parsed(None, headed.diagnostics + composed.diagnostics)
    *jobs, cover = composed.value
    series = _series(collection, inputs, headed.value.size, drop)
    return Parsed(Order(series, tuple(jobs), cover), headed.diagnostics)


def _series(collection: Collection, inputs: PosterInputs, title_size: float, drop: float) -> Series:
    return Series(
        sheet=replace(A1, bleed=inputs.printer.bleed),
        papers=inputs.papers,
        css=inputs.folders.read(STYLE),
        fonts=tuple(_font_files(inputs)),
        condition=inputs.printer.pressed,
        title_size=title_size,
        drop=drop,
        authors=plain(collection.settings.authors),
        language=collection.settings.language,
        standard=inputs.printer.standard,
        marks=inputs.printer.marks,
        ink=inputs.printer.ink,
        grey=inputs.printer.grey,
        screen=Screen(inputs.folders.read(SCREEN_STYLE), tuple(_screen_colours(inputs.palette))),
        asked=for_our_own(inputs.printer, A1.width, A1.height),
        online=collection.settings.site_url is not None,
    )


def _screen_colours(palette: Palette) -> Iterator[tuple[str, str]]:
    for colour in palette.colours:
        for ink in (colour.deep, colour.mid, colour.pale):
            yield ink.print, ink.screen


def _font_files(inputs: PosterInputs) -> Iterator[FontFile]:
    for font in inputs.fonts:
        yield FontFile(font.face.family, font.face.weight, font.face.style, font.ttf)
    yield FontFile(MARKS, 400, "normal", inputs.marks)


def _jobs(
    bound: Collection, headings: Headings, drop: float, inputs: PosterInputs, only: frozenset[str]
) -> Parsed[tuple[Job, ...]]:
    """Return the jobs of the panels, and that of the cover."""
    panels = tuple(
        replace(panel, title=title.text) for panel, title in zip(bound.panels, headings.titles, strict=True)
    )
    untitled = inputs.words.text("site.untitled")
    running = html(headings.running, paper=True)
    series = view(replace(bound, panels=panels), inputs.palette, untitled, paper=True)
    templates = Templates(inputs.folders, inputs.words, inputs.cache)
    jobs: list[Job] = []
    for panel, source, title in zip(series.panels, panels, headings.titles, strict=True):
        if only and panel.slug not in only:
            continue
        link = address(series.site_url, panel.slug) if series.site_url else None
        values = {
            "series": series,
            "running": running,
            "panel": panel,
            "title_lines": title.lines,
            "address": link,
        }
        count = words(source)
        largest = largest_step(count, headings)
        estimate = Estimate(source, online=link is not None, largest=largest, drop=drop)
        places = places_for(source, inputs.papers, inputs.printer)
        layouts = _layouts(partial(templates.render, TEMPLATE, **values), panel, source, estimate, places)
        if layouts.value is None:
            return Parsed(None, layouts.diagnostics)
        statement = largest_statement(count, headings, pictured=bool(places))
        pictures = _pictures(source, places)
        jobs.append(Job(panel.slug, panel.plain_title, layouts.value, statement, pictures))
    cover = compose_cover(bound, headings, series, templates, inputs.words)
    return Parsed((*jobs, cover.value) if cover.value else None, cover.diagnostics)


@value
class PlaceView:
    """Where the picture stands, for the template."""

    across: bool
    """Above both columns."""
    bleeds: bool
    """Whether it goes on to the right edge of the sheet."""
    paragraphs: int
    """How many paragraphs stand in the first column."""
    style: str
    """The measures of picture and columns, as variables of a style sheet."""
    caption: Html
    """With who made it in italics, and its lines broken; may be empty."""


def place_view(figure: Figure, arrangement: Arrangement) -> PlaceView:
    """Return the place of a picture as the template sees it."""
    place = arrangement.place
    assert place is not None
    caption, number = lines(figure, place)
    under = (
        f"calc(var(--to-caption) + {number} * var(--caption-leading) * var(--caption))" if number else "0mm"
    )
    column = f"{place.column}mm" if place.column else "var(--half)"
    style = (
        f"--right: {column}; --picture: {place.style}; --proportion: {proportion(figure):.5f};"
        f" --under: {under}; --sink: {'calc(.26 * var(--caption))' if number else '0mm'}"
    )
    return PlaceView(place.across, place.bleeds, arrangement.paragraphs, style, html(caption, paper=True))


def _layouts(
    page_of: Callable[..., Parsed[str]],
    panel: PanelView,
    source: Panel,
    estimate: Estimate,
    places: tuple[Place, ...],
) -> Parsed[tuple[Layout, ...]]:
    """Return a panel set out in each of the ways worth trying; `page_of` renders its page."""
    items, leads = tuple(_items(source)), tuple(_leads(source))
    layouts: list[Layout] = []
    for each in estimate.worth_trying(arrangements(source, places)):
        page = page_of(
            leads=leads,
            runs=[[[panel.findings[index] for index in column] for column in run] for run in each.runs],
            splits=each.splits,
            place=place_view(source.figure, each) if source.figure and each.place else None,
        )
        if page.value is None:
            return Parsed(None, page.diagnostics)
        second = tuple(_second(source, each)) if each.place else ()
        guess = estimate.guess(each)
        trials = guess, estimate.best(each, guess.step)
        layouts.append(
            Layout(
                each.columns,
                each.gaps(source),
                page.value,
                items,
                each.place,
                second,
                *trials,
                estimate.largest(each.place),
            )
        )
    return Parsed(tuple(layouts))


def _pictures(panel: Panel, places: tuple[Place, ...]) -> tuple[Picture, ...]:
    figure = panel.figure
    return (
        (Picture(paper_address(figure), max(map(printed, places)), crop(figure), figure.data),)
        if figure
        else ()
    )


def _second(panel: Panel, arrangement: Arrangement) -> Iterator[str]:
    """Yield the ids of the texts in the second column."""
    yield from (f"p{number + 1}" for number in range(arrangement.paragraphs, len(panel.paragraphs)))
    for index in arrangement.runs[0][1] if arrangement.runs else ():
        yield f"f{index + 1}"
        yield from (f"f{index + 1}p{point + 1}" for point in range(len(panel.findings[index].points)))
    for index, split in enumerate(arrangement.splits):
        if split:
            yield from (
                f"f{index + 1}p{point + 1}" for point in range(split, len(panel.findings[index].points))
            )


def _leads(panel: Panel) -> Iterator[tuple[Html, Html]]:
    """Yield what of each finding stands out, and what does not."""
    for finding in panel.findings:
        lead, rest = bound_lead(finding.text)
        yield html(lead, paper=True), html(rest, paper=True)


def _items(panel: Panel) -> Iterator[str]:
    """Yield the id of every text of a panel, as the template gives it."""
    yield from (f"p{number}" for number, _ in enumerate(panel.paragraphs, 1))
    for number, finding in enumerate(panel.findings, 1):
        yield f"f{number}"
        yield from (f"f{number}p{point}" for point, _ in enumerate(finding.points, 1))
