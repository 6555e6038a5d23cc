"""The job sheet: all that the print shop wants to know, on one A4 page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from oxalis_panels.model.collection import Delivery
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.check import Checked
from oxalis_panels.pipeline.delivery.sent_posters import SentPoster
from oxalis_panels.printers.printer import Printer
from oxalis_panels.rendering.inline_html import Html, html
from oxalis_panels.rendering.palette import Colour
from oxalis_panels.rendering.views import CollectionView, PanelView, view
from oxalis_panels.words.catalogue import Catalogue

TEMPLATE = "delivery/job-sheet.html"
SHORT_SUM = 12
"""Digits of a checksum on paper: enough to tell files apart, few enough to compare by eye."""


@value
class FileRow:
    """One file."""

    number: int
    """Position in the series, from 1."""
    title: Html
    colour: Colour
    file: str
    size: str
    """Of the trimmed sheet, in words: `594 × 841 mm`."""
    pages: int
    checksum: str
    """The first digits."""


@value
class OrderView:
    """What is ordered; empty where a blank is left to fill in by hand."""

    copies: str
    paper: Html
    finish: Html
    deadline: Html
    contact: tuple[str, ...]
    """Its lines."""
    notes: Html


@value
class JobSheet:
    """All that the template sees besides the words."""

    series: CollectionView
    order: OrderView
    printer: Printer
    """Its label in the language of the sheet."""
    size: str
    """Of the trimmed sheets, each size once."""
    bleed: str
    rows: tuple[FileRow, ...]
    verdict: str
    """What the check found: nothing that forbids printing, perhaps something to look at."""


def job_sheet(checked: Checked, posters: Sequence[SentPoster]) -> JobSheet:
    """Return the view of a collection whose posters have passed the check."""
    printer, words = checked.printer, checked.words
    series = view(checked.typeset, checked.palette, words.text("site.untitled"), paper=True)
    panels = {panel.number: panel for panel in series.panels}
    rows = tuple(_row(panels[poster.number], poster, words) for poster in posters)
    return JobSheet(
        series=series,
        order=_order(checked.typeset.settings.delivery, posters, words),
        printer=replace(printer, label=str(words.value(printer.label))),
        size=sizes(posters, words),
        bleed=words.text("delivery.bleed_on" if printer.bleed else "delivery.bleed_off", bleed=printer.bleed),
        rows=rows,
        verdict=_verdict(posters, words),
    )


def _row(panel: PanelView, poster: SentPoster, words: Catalogue) -> FileRow:
    return FileRow(
        number=panel.number,
        title=panel.label,
        colour=panel.colour,
        file=poster.file,
        size=_size(poster, words),
        pages=poster.pages,
        checksum=poster.checksum[:SHORT_SUM],
    )


def sizes(posters: Sequence[SentPoster], words: Catalogue) -> str:
    """Return the trimmed sizes of posters, each once; of several, with how many files of each."""
    found = Counter(_size(poster, words) for poster in posters)
    if len(found) == 1:
        return next(iter(found))
    return ", ".join(f"{size} ({words.count('report.file', files)})" for size, files in found.items())


def _size(poster: SentPoster, words: Catalogue) -> str:
    return words.text("delivery.millimetres", width=poster.width, height=poster.height)


def _order(delivery: Delivery, posters: Sequence[SentPoster], words: Catalogue) -> OrderView:
    return OrderView(
        copies=_copies(delivery.copies, posters, words) if delivery.copies else "",
        paper=html(delivery.paper, paper=True),
        finish=html(delivery.finish, paper=True),
        deadline=html(delivery.deadline, paper=True),
        contact=tuple(line.strip() for line in delivery.contact.splitlines() if line.strip()),
        notes=html(delivery.notes, paper=True),
    )


def _copies(copies: int, posters: Sequence[SentPoster], words: Catalogue) -> str:
    each = words.count("delivery.of_each", copies)
    return f"{each}, {words.count('delivery.sheets', copies * sum(poster.pages for poster in posters))}"


def _verdict(posters: Sequence[SentPoster], words: Catalogue) -> str:
    doubts = sum(poster.report.number("warning") for poster in posters)
    if not doubts:
        return words.text("delivery.conform")
    return words.text("delivery.conform_doubts", doubts=words.count("preflight.doubts", doubts))
