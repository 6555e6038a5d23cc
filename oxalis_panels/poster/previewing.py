"""A sheet as it will look, bleed included: laid out by the press that prints it, in a process kept warm."""

import gc
import os
from dataclasses import field
from functools import partial
from math import ceil

import pypdfium2

from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.model.value import value
from oxalis_panels.poster.engine_words import OBSTACLES, obstacle
from oxalis_panels.poster.fit import fit_and_draw, kept
from oxalis_panels.poster.job import Job, Series
from oxalis_panels.poster.made import Room
from oxalis_panels.poster.measure import Fit, Overflow
from oxalis_panels.poster.media import on_screen
from oxalis_panels.poster.print import Press, TextMoved
from oxalis_panels.poster.processes import NEEDED
from oxalis_panels.poster.separation import for_screen
from oxalis_panels.poster.spare_room import room
from oxalis_panels.rendering.colours import encoded
from oxalis_panels.system.workers import Workers

ROUNDING = 0.01
"""Pixels: PDFium rounds up what is cut off, and 12.0000001 is not 13."""


@value
class Preview:
    """What a poster looks like, or why it has no look."""

    slug: str
    pdf: bytes = field(default=b"", repr=False)
    """One page with its bleed, in the colours of the screen; empty where the text does not fit."""
    found: Fit | Overflow | None = None
    """How the text fits its sheet; None where it could not be laid out."""
    why: Diagnostic | None = None
    """Why not."""
    sure: bool = True
    """Whether it is what a build makes: no other layout, no larger type is left to be tried."""


_ready: list[tuple[object, Press]] = []
"""The press of the last series in this process, and what it was made for."""


def start(niceness: int = 0) -> Workers:
    """Return a process that keeps its press from one poster to the next, begun. Raises one of `REFUSED`."""
    workers = Workers(NEEDED, 1, _prepare, niceness)
    workers.submit(gc.collect)
    return workers


def preview(series: Series, job: Job) -> Preview:
    """Lay a poster out and draw it."""
    try:
        press = _press_for(series, job)
        made = fit_and_draw(press, job, series, partial(_drawn, press, series))
    except OBSTACLES as failure:
        return Preview(job.slug, why=obstacle(failure))
    if isinstance(made, Overflow):
        return Preview(job.slug, found=made)
    return Preview(job.slug, made[1], made[0])


def glance(series: Series, job: Job, last: Fit) -> Preview | None:
    """Draw a poster in the sizes that it had `last`; None if it does not fit so."""
    try:
        press = _press_for(series, job)
        found = kept(press, job, series, last)
        drawn = _drawn(press, series, found, checked=True) if found else b""
    except (TextMoved, *OBSTACLES):  # which `preview` tells
        return None
    return Preview(job.slug, drawn, found, sure=False) if found else None


def measure(series: Series, job: Job, found: Fit | Overflow | None) -> Room | None:
    """Return what is left on a poster whose fit is `found`; None where its template is wrong."""
    try:
        return room(_press_for(series, job), job, series, found)
    except OBSTACLES:
        return None


def picture(pdf: bytes, width: int, part: tuple[int, ...] = ()) -> bytes:
    """Return a BMP of a sheet that is `width` pixels wide, or of a part of it: left, top, width, height.

    Nothing where the part lies outside the sheet.
    Not for two threads at once: PDFium is not made for it.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        scale = width / page.get_width()
        crop = (0.0, 0.0, 0.0, 0.0)  # from the left, the bottom, the right and the top
        if part:
            left, top, wide, high = part
            right, bottom = (ceil(side * scale) for side in page.get_size())
            if left >= right or top >= bottom:
                return b""
            cuts = (left, bottom - top - high, right - left - wide, top)
            crop = tuple(max(0.0, (cut - ROUNDING) / scale) for cut in cuts)
        bitmap = page.render(scale=scale, crop=crop)
        shown = encoded(bitmap.to_pil().convert("RGB"), "BMP")  # from this machine to itself: no time to pack
        bitmap.close()
        page.close()
    return shown


def _prepare(niceness: int) -> None:
    """Leave the processor to others, if this process is a nice one; look for no garbage while it works."""
    if hasattr(os, "nice"):
        os.nice(niceness)
    gc.disable()  # a search takes up to a fifth of a poster's time: it is made between two


def _press_for(series: Series, job: Job) -> Press:
    """Return the press of a series, with the pictures of a job."""
    key = (series.fonts, series.css, series.sheet, series.screen, series.condition, series.drop)
    if not _ready or _ready[0][0] != key:
        css = on_screen(series.css + series.screen.css, series.screen, series.condition)
        _ready[:] = [(key, Press(series.fonts, css, series.sheet, series.drop))]
    press = _ready[0][1]
    press.take(
        {each.address: for_screen(each.data, series.condition.icc, each.crop) for each in job.pictures}
    )
    return press


def _drawn(press: Press, series: Series, found: Fit, *, checked: bool) -> bytes:
    html = on_screen(found.layout.html, series.screen, series.condition)
    return press.tagged_pdf(html, found.sizes, checked=checked)
