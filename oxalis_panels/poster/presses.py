"""The presses of this process, for paper and for the screen: they keep fonts and style sheet between jobs."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from oxalis_panels.frozen import frozen
from oxalis_panels.poster.job import TemplateMistake
from oxalis_panels.poster.media import on_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from oxalis_panels.poster.job import Job, Series
    from oxalis_panels.poster.print import Press

T = TypeVar("T")


@frozen
class Presses:
    """What makes the posters of a series."""

    series: Series
    paper: Press
    screen: Press


_ready: list[Presses] = []
_complaints: list[str] = []
"""Why this process has none."""


def start_presses(series: Series, folder: str) -> None:
    """Make the presses of a series ready in this process; `folder` is for what they unpack."""
    from oxalis_panels.poster.print import (  # noqa: PLC0415 - half a second, only where posters are made
        Press,
        WeasyPrintComplaint,
    )

    _complaints.clear()
    _ready.clear()
    try:
        with _temporary_files_in(folder):
            paper = Press(series.fonts, series.css, series.sheet)
            css = on_screen(series.css + series.screen.css, series.screen, series.condition)
            screen = Press(series.fonts, css, replace(series.sheet, bleed=0))
        _ready.append(Presses(series, paper, screen))
    except WeasyPrintComplaint as complaint:
        _complaints.append(str(complaint))  # told with the first poster: a pool cannot say it


def with_presses(job: Job, task: Callable[[Presses, Job], T]) -> T | TemplateMistake:
    """Return what a task makes of a job and its pictures; what WeasyPrint finds wrong with the templates."""
    from oxalis_panels.poster.print import WeasyPrintComplaint  # noqa: PLC0415 - as above

    if _complaints:
        return TemplateMistake(job.slug, _complaints[0])
    (presses,) = _ready
    _take_pictures(job, presses)
    try:
        return task(presses, job)
    except WeasyPrintComplaint as complaint:
        return TemplateMistake(job.slug, str(complaint))


@contextmanager
def _temporary_files_in(folder: str) -> Iterator[None]:
    """Have what makes temporary files make them there: the end of a process of a pool cleans nothing up."""
    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = before


def _take_pictures(job: Job, presses: Presses) -> None:
    """Give both presses the pictures of a job, each in its own colours."""
    from oxalis_panels.poster.figures import (  # noqa: PLC0415 - Pillow, where pictures are
        enlargement,
        for_press,
        for_screen,
    )

    larger, icc = enlargement(presses.series.papers), presses.series.condition.icc
    presses.paper.take(
        {
            each.address: for_press(each.data, each.width * larger, icc, presses.series.ink)
            for each in job.pictures
        }
    )
    presses.screen.take({each.address: for_screen(each.data) for each in job.pictures})
