"""Jobs → files for the printer and for the screen, on every core that there is."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from oxalis_panels.poster.job import TemplateMistake, Transparency
from oxalis_panels.poster.media import on_screen
from oxalis_panels.poster.processes import interrupts_held_back, processes, started_early
from oxalis_panels.poster.sheet import drawing
from oxalis_panels.poster.sheet import paper as on_paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from oxalis_panels.poster.capacity import Room
    from oxalis_panels.poster.fitted import Fit, Overflow
    from oxalis_panels.poster.job import Job, Series
    from oxalis_panels.poster.print import Press
    from oxalis_panels.poster.sheet import Size
    from oxalis_panels.poster.trials import Trials
    from oxalis_panels.preflight.report import Fault

T = TypeVar("T")

MOST_PROCESSES = 2
"""Each takes some 90 MB: with this one they stay under the 300 MB that a small machine can spare."""


@dataclass(frozen=True, slots=True)
class Poster:
    """A poster that has been made."""

    slug: str
    pdfs: tuple[bytes, ...]
    """For the printer, one for each size of paper."""
    trials: Trials
    """What was tried to fit its text."""
    screen: bytes
    """The same sheet as a tagged PDF."""
    pictures: tuple[tuple[str, bytes], ...]
    """The end of each file name, and the bytes."""
    faults: tuple[Fault, ...] = ()
    """What the check of the print file found that forbids to send it to the printer."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A poster as it looks, and nothing for the printer."""

    slug: str
    pictures: tuple[tuple[str, bytes], ...]
    """The end of each file name, and the bytes: those of the poster, to the byte."""


Made = Poster | Transparency | TemplateMistake | tuple["Job", "Overflow"]


def make(series: Series, jobs: Sequence[Job]) -> Iterator[Made]:
    """Yield each poster as it is done, in any order; for a text that does not fit, where it stops."""
    return _each(series, jobs, _made)


def draw(series: Series, jobs: Sequence[Job]) -> Iterator[Sheet | TemplateMistake | tuple[Job, Overflow]]:
    """Yield pictures of each poster, in any order; for a text that does not fit, where it stops."""
    return _each(series, jobs, _drawn)


def measure_rooms(series: Series, jobs: Sequence[Job]) -> Iterator[Room | TemplateMistake]:
    """Yield what is left on each poster, in any order."""
    return _each(series, jobs, _room)


def _each(series: Series, jobs: Sequence[Job], task: Callable[[Job], T]) -> Iterator[T]:
    with TemporaryDirectory(prefix="oxalis-panels-", ignore_cleanup_errors=True) as folder:
        yield from _each_in(folder, series, jobs, task)


def _each_in(folder: str, series: Series, jobs: Sequence[Job], task: Callable[[Job], T]) -> Iterator[T]:
    """Yield what each task gives; `folder` is for the fonts that WeasyPrint unpacks and leaves behind."""
    count = min(MOST_PROCESSES, len(jobs), os.cpu_count() or 1)
    ready = started_early() and MOST_PROCESSES > 1
    pool = _pool(series, count, folder) if count > 1 or ready else None
    if pool is None:
        _start(series, folder)
        yield from map(task, jobs)
        return
    try:
        with interrupts_held_back():
            futures = [pool.submit(task, job) for job in jobs]
        for future in as_completed(futures):
            yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(series: Series, count: int, folder: str) -> ProcessPoolExecutor | None:
    """Return a pool of processes; None where the system has no semaphores (a container without /dev/shm)."""
    try:
        with interrupts_held_back():  # from the process that looks after the semaphores, too
            return ProcessPoolExecutor(
                count, mp_context=processes(), initializer=_start_worker, initargs=(series, folder)
            )
    except (ImportError, OSError):
        return None


_presses: dict[str, tuple[Series, Press, Press]] = {}
"""The presses of this process, for paper and for the screen: they keep fonts and style sheet between jobs."""
_complaints: dict[str, str] = {}
"""Why this process has no presses."""


def _start_worker(series: Series, folder: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    _end_with_parent(folder)
    _start(series, folder)


def _start(series: Series, folder: str) -> None:
    from oxalis_panels.poster.print import (  # noqa: PLC0415 - half a second, only where posters are made
        Press,
        WeasyPrintComplaint,
    )

    _complaints.clear()
    try:
        with _temporary_files_in(folder):
            paper = Press(series.fonts, series.css, series.sheet)
            css = on_screen(series.css + series.screen.css, series.screen, series.condition)
            screen = Press(series.fonts, css, replace(series.sheet, bleed=0))
        _presses["them"] = (series, paper, screen)
    except WeasyPrintComplaint as complaint:
        _complaints["style"] = str(complaint)  # told with the first poster: a pool cannot say it


@contextmanager
def _temporary_files_in(folder: str) -> Iterator[None]:
    """Have what makes temporary files make them there: the end of a process of a pool cleans nothing up."""
    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = before


def _end_with_parent(folder: str) -> None:
    """End this process when the parent is killed: nobody would take its posters, nor remove its files."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            shutil.rmtree(folder, ignore_errors=True)
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _made(job: Job) -> Made:
    from oxalis_panels.poster.print import WeasyPrintComplaint  # noqa: PLC0415 - as above

    if "style" in _complaints:
        return TemplateMistake(job.slug, _complaints["style"])
    try:
        return _poster(job)
    except WeasyPrintComplaint as complaint:
        return TemplateMistake(job.slug, str(complaint))


def _drawn(job: Job) -> Sheet | TemplateMistake | tuple[Job, Overflow]:
    from oxalis_panels.poster.print import WeasyPrintComplaint  # noqa: PLC0415 - as above

    if "style" in _complaints:
        return TemplateMistake(job.slug, _complaints["style"])
    try:
        return _sheet(job)
    except WeasyPrintComplaint as complaint:
        return TemplateMistake(job.slug, str(complaint))


def _sheet(job: Job) -> Sheet | tuple[Job, Overflow]:
    from oxalis_panels.poster.fit import fit  # noqa: PLC0415 - as above
    from oxalis_panels.poster.fitted import Fit  # noqa: PLC0415 - as above
    from oxalis_panels.poster.pictures import pictures  # noqa: PLC0415

    series, paper, screen = _presses["them"]
    _take_pictures(job, series, paper, screen)
    found = fit(paper, job, series)
    return (
        Sheet(job.slug, tuple(pictures(_on_screen(found, job)))) if isinstance(found, Fit) else (job, found)
    )


def _on_screen(found: Fit, job: Job) -> bytes:
    """Return the sheet for the screen."""
    from oxalis_panels.poster.screen import finish_screen  # noqa: PLC0415 - as above

    series, _paper, screen = _presses["them"]
    html = on_screen(found.layout.html, series.screen, series.condition)
    return finish_screen(screen.tagged_pdf(html, found.sizes), job, series)


def _room(job: Job) -> Room | TemplateMistake:
    from oxalis_panels.poster.capacity import room  # noqa: PLC0415 - as above
    from oxalis_panels.poster.print import WeasyPrintComplaint  # noqa: PLC0415

    if "style" in _complaints:
        return TemplateMistake(job.slug, _complaints["style"])
    series, paper, screen = _presses["them"]
    _take_pictures(job, series, paper, screen)
    try:
        return room(paper, job, series)
    except WeasyPrintComplaint as complaint:
        return TemplateMistake(job.slug, str(complaint))


def _poster(job: Job) -> Poster | Transparency | tuple[Job, Overflow]:
    from oxalis_panels.poster.fit import fit  # noqa: PLC0415 - as above
    from oxalis_panels.poster.fitted import Fit  # noqa: PLC0415 - as above
    from oxalis_panels.poster.pictures import pictures  # noqa: PLC0415

    series, paper, screen = _presses["them"]
    _take_pictures(job, series, paper, screen)
    found = fit(paper, job, series)
    if not isinstance(found, Fit):
        return job, found
    pdfs = [_printed(paper, found, job, series, size) for size in series.papers]
    if any(isinstance(pdf, Transparency) for pdf, _ in pdfs):
        return Transparency(job.slug)
    sheet = _on_screen(found, job)
    files = tuple(pdf for pdf, _ in pdfs if isinstance(pdf, bytes))
    faults = tuple(fault for _, faults in pdfs for fault in faults)
    return Poster(job.slug, files, found.tried, sheet, tuple(pictures(sheet)), faults)


def _printed(
    press: Press, found: Fit, job: Job, series: Series, size: Size
) -> tuple[bytes | Transparency, tuple[Fault, ...]]:
    """Return the print file on one size of paper, and what its check forbids."""
    from oxalis_panels.poster.finish import finish  # noqa: PLC0415 - as above
    from oxalis_panels.preflight.expectations import for_our_own  # noqa: PLC0415
    from oxalis_panels.preflight.posters import check_poster  # noqa: PLC0415

    bleed = series.sheet.bleed
    drawn = press.pdf(found.layout.html, found.sizes, drawing(size, bleed))
    pdf = finish(drawn, job, series, on_paper(size, bleed))
    if series.asked is None or isinstance(pdf, Transparency):
        return pdf, ()
    return pdf, check_poster(pdf, for_our_own(series.asked.printer, size.width, size.height))


def _take_pictures(job: Job, series: Series, paper: Press, screen: Press) -> None:
    """Give both presses the pictures of a job, each in its own colours."""
    from oxalis_panels.poster.figures import (  # noqa: PLC0415 - Pillow, where pictures are
        enlargement,
        for_press,
        for_screen,
    )

    larger, icc = enlargement(series.papers), series.condition.icc
    paper.take(
        {each.address: for_press(each.data, each.width * larger, icc, series.ink) for each in job.pictures}
    )
    screen.take({each.address: for_screen(each.data) for each in job.pictures})
