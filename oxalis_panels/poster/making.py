"""Jobs → files for the printer and for the screen."""

import gc
from collections.abc import Sequence
from functools import partial

from oxalis_panels.inspection.checks import check_poster
from oxalis_panels.inspection.expectations import for_our_own
from oxalis_panels.inspection.report import Fault
from oxalis_panels.poster.finish import finish
from oxalis_panels.poster.fit import fit_and_draw
from oxalis_panels.poster.job import COVER, Job, NotMade, Transparency
from oxalis_panels.poster.made import Made, Poster, Room, Sheet
from oxalis_panels.poster.measure import Fit, Overflow, Sizes
from oxalis_panels.poster.media import on_screen
from oxalis_panels.poster.pictures import card, pictures
from oxalis_panels.poster.places import WIDTHS
from oxalis_panels.poster.presses import Presses, with_presses
from oxalis_panels.poster.screen import finish_screen
from oxalis_panels.poster.spare_room import room
from oxalis_panels.rendering.sheet import FLOOR_PT, Size, drawing
from oxalis_panels.rendering.sheet import paper as on_paper


def poster(job: Job) -> Made:
    """Return a poster, or why there is none; the presses of its series are ready."""
    return with_presses(job, _cover if job.slug == COVER else _poster)


def sheet(job: Job, widths: Sequence[int]) -> Sheet | NotMade | tuple[Job, Overflow]:
    """Return pictures of a poster in these widths, or why there are none."""
    return with_presses(job, partial(_sheet, widths=widths))


def room_on(job: Job) -> Room | NotMade:
    """Return what is left on a poster, or why that is not known."""
    return with_presses(job, lambda presses, job: room(presses.paper, job, presses.series))


def _poster(presses: Presses, job: Job) -> Poster | Transparency | tuple[Job, Overflow]:
    papers, bleed = presses.series.papers, presses.series.sheet.bleed

    def draw(found: Fit, *, checked: bool) -> list[bytes]:
        sheets = (drawing(size, bleed) for size in papers)
        return [presses.paper.pdf(found.layout.html, found.sizes, each, checked=checked) for each in sheets]

    made = fit_and_draw(presses.paper, job, presses.series, draw)
    if isinstance(made, Overflow):
        return job, made
    found, files = made
    if job.pictures:  # the files have them now, and the check takes memory of its own
        presses.paper.take({})
        gc.collect()  # the engine's trees, which hold them, refer to themselves
    pdfs = [_finished(presses, files.pop(0), job, size) for size in papers]
    if any(isinstance(pdf, Transparency) for pdf, _ in pdfs):
        return Transparency(job.slug)
    screen, photographs = _on_screen(presses, job, found), bool(job.pictures)
    shown = pictures(screen, WIDTHS, photographs=photographs)
    band = card(screen, photographs=photographs) if presses.series.online else b""
    printed = tuple(pdf for pdf, _ in pdfs if isinstance(pdf, bytes))
    faults = tuple(fault for _, faults in pdfs for fault in faults)
    return Poster(job.slug, printed, found.tried, screen, shown, band, faults)


def _cover(presses: Presses, job: Job) -> Poster:
    """Return the cover, which is nothing but a file for the screen."""
    sizes = Sizes(presses.series.title_size, FLOOR_PT)
    return Poster(job.slug, (), (), _drawn_for_screen(presses, job, job.layouts[0].html, sizes), {}, b"")


def _finished(
    presses: Presses, drawn: bytes, job: Job, size: Size
) -> tuple[bytes | Transparency, tuple[Fault, ...]]:
    """Return the print file on one size of paper, and what its check forbids."""
    series = presses.series
    pdf = finish(drawn, job, series, on_paper(size, series.sheet.bleed))
    del drawn
    if series.asked is None or isinstance(pdf, Transparency):
        return pdf, ()
    return pdf, check_poster(pdf, for_our_own(series.asked.printer, size.width, size.height))


def _sheet(presses: Presses, job: Job, widths: Sequence[int]) -> Sheet | tuple[Job, Overflow]:
    made = fit_and_draw(presses.paper, job, presses.series, partial(_on_screen, presses, job))
    if isinstance(made, Overflow):
        return job, made
    _, screen = made
    return Sheet(job.slug, pictures(screen, widths, photographs=bool(job.pictures)))


def _on_screen(presses: Presses, job: Job, found: Fit, *, checked: bool = False) -> bytes:
    """Return the sheet for the screen."""
    return _drawn_for_screen(presses, job, found.layout.html, found.sizes, checked=checked)


def _drawn_for_screen(presses: Presses, job: Job, html: str, sizes: Sizes, *, checked: bool = False) -> bytes:
    series = presses.series
    html = on_screen(html, series.screen, series.condition)
    return finish_screen(presses.screen.tagged_pdf(html, sizes, checked=checked), job, series)
