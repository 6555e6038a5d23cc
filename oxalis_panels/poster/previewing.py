"""A sheet as it will look, bleed included: laid out by the press that prints it, in a process kept warm."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import field
from math import ceil
from typing import TYPE_CHECKING, NoReturn

from oxalis_panels import temporary
from oxalis_panels.frozen import frozen
from oxalis_panels.poster.engine_words import OBSTACLES, obstacle
from oxalis_panels.poster.measure import Overflow
from oxalis_panels.poster.media import on_screen
from oxalis_panels.poster.processes import interrupts_held_back, processes

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from oxalis_panels.diagnostics import Diagnostic
    from oxalis_panels.poster.capacity import Room
    from oxalis_panels.poster.job import Job, Series
    from oxalis_panels.poster.measure import Fit
    from oxalis_panels.poster.print import Press

ROUNDING = 0.01
"""Pixels: PDFium rounds up what is cut off, and 12.0000001 is not 13."""
IDLE = 0.3
"""Seconds without work after which a process tidies up."""
GENTLE = 19
"""By how much a process that nobody waits for is nicer than the others."""


@frozen
class Preview:
    """What a poster looks like, or why it has no look."""

    slug: str
    pdf: bytes = field(default=b"", repr=False)
    """One page with its bleed, in the colours of the screen; empty when there is nothing new to be seen."""
    found: Fit | Overflow | None = None
    """How the text fits its sheet; None where it could not be laid out."""
    why: Diagnostic | None = None
    """Why not."""
    sure: bool = True
    """Whether it is what a build makes: no other layout, no larger type is left to be tried."""


class WarmPress:
    """A process that keeps WeasyPrint, fonts and style sheet from one poster to the next.

    Its methods wait for the answer; they raise EOFError once it has ended.
    """

    def __init__(self, *, gentle: bool = False) -> None:
        """Start it; a gentle one leaves the processor to others."""
        ours, theirs = processes().Pipe()
        lent = ""
        with suppress(OSError):  # without a folder, the other process tells why it has none
            lent = temporary.folder()
        self._connection: Connection = ours
        self._asking = threading.Lock()
        with interrupts_held_back():
            self._process = processes().Process(target=_work, args=(theirs, gentle, lent), daemon=True)  # type: ignore[attr-defined]
            self._process.start()
        theirs.close()

    def preview(self, series: Series, job: Job, seen: Fit | None = None) -> Preview:
        """Lay a poster out and draw it, unless it has been `seen` so already."""
        return self._ask("preview", series, job, seen)  # type: ignore[return-value]

    def glance(self, series: Series, job: Job, last: Fit) -> Preview | None:
        """Draw a poster in the sizes that it had `last`; None if it does not fit so."""
        return self._ask("glance", series, job, last)  # type: ignore[return-value]

    def room(self, series: Series, job: Job, found: Fit | Overflow | None) -> Room | None:
        """Return what is left on a poster whose fit is `found`; None where its template is wrong."""
        return self._ask("room", series, job, found)  # type: ignore[return-value]

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.terminate()
        self._process.join()
        self._connection.close()

    def _ask(self, what: str, series: Series, job: Job, known: Fit | Overflow | None) -> object:
        with self._asking:
            try:
                self._connection.send((what, series, job, known))
                return self._connection.recv()
            except OSError:
                raise EOFError from None


def picture(pdf: bytes, width: int, part: tuple[int, ...] = ()) -> bytes:
    """Return a PNG of a sheet that is `width` pixels wide, or of a part of it: left, top, width, height.

    Nothing where the part lies outside the sheet.
    Not for two threads at once: PDFium is not made for it.
    """
    import pypdfium2  # noqa: PLC0415 - not before a sheet is looked at

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
        buffer = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(buffer, "PNG", compress_level=1)
        bitmap.close()
        page.close()
    return buffer.getvalue()


def _work(connection: Connection, gentle: bool, lent: str) -> None:  # noqa: FBT001 - arguments of a process have no names
    """Answer until the other end goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # for the parent, which ends this process
    signal.signal(signal.SIGTERM, _end)
    if gentle and hasattr(os, "nice"):
        os.nice(GENTLE)
    if lent:
        temporary.borrow(lent)
    with suppress(EOFError, OSError):
        desk = _PressRoom()
        gc.freeze()
        gc.disable()  # a search for garbage takes up to a fifth of a poster's time: it is made between two
        while True:
            what, *question = connection.recv()
            connection.send(getattr(desk, what)(*question))
            if not connection.poll(IDLE):
                gc.collect()


def _end(*_: object) -> NoReturn:
    """End so that the folder of this process is removed; a second signal changes nothing."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(0)


class _PressRoom:
    """The press of the last series."""

    def __init__(self) -> None:
        self._made_for: object = None
        self._press: Press | None = None

    def preview(self, series: Series, job: Job, seen: Fit | None) -> Preview:
        from oxalis_panels.poster.fit import fit  # noqa: PLC0415 - WeasyPrint, for this process only

        try:
            press = self._press_for(series, job)
            found = fit(press, job, series)
            if isinstance(found, Overflow):
                return Preview(job.slug, found=found)
            same = seen is not None and (seen.layout, seen.sizes) == (found.layout, found.sizes)
            return Preview(job.slug, b"" if same else _drawn(press, series, found), found)
        except OBSTACLES as failure:
            return Preview(job.slug, why=obstacle(failure))

    def glance(self, series: Series, job: Job, last: Fit) -> Preview | None:
        from oxalis_panels.poster.fit import kept  # noqa: PLC0415 - as above

        try:
            press = self._press_for(series, job)
            found = kept(press, job, series, last)
            drawn = _drawn(press, series, found) if found else b""
        except OBSTACLES:  # which `preview` tells
            return None
        return Preview(job.slug, drawn, found, sure=False) if found else None

    def room(self, series: Series, job: Job, found: Fit | Overflow | None) -> Room | None:
        from oxalis_panels.poster.capacity import room  # noqa: PLC0415 - as above

        try:
            return room(self._press_for(series, job), job, series, found)
        except OBSTACLES:
            return None

    def _press_for(self, series: Series, job: Job) -> Press:
        """Return the press of a series, with the pictures of a job."""
        from oxalis_panels.poster.print import Press  # noqa: PLC0415
        from oxalis_panels.poster.separation import for_screen  # noqa: PLC0415 - as above

        key = (series.fonts, series.css, series.sheet, series.screen, series.condition)
        if self._press is None or self._made_for != key:
            css = on_screen(series.css + series.screen.css, series.screen, series.condition)
            self._press, self._made_for = Press(series.fonts, css, series.sheet), key
        self._press.take({each.address: for_screen(each.data, series.condition.icc) for each in job.pictures})
        return self._press


def _drawn(press: Press, series: Series, found: Fit) -> bytes:
    return press.tagged_pdf(on_screen(found.layout.html, series.screen, series.condition), found.sizes)
