"""The presses of a series in this process, for paper and for the screen.

They keep fonts and style sheet from one job to the next.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import TypeVar

from oxalis_panels.model.diagnostics import Diagnostic
from oxalis_panels.model.value import value
from oxalis_panels.poster.engine_words import OBSTACLES, obstacle
from oxalis_panels.poster.figures import enlargement
from oxalis_panels.poster.job import Job, NotMade, Series
from oxalis_panels.poster.media import on_screen
from oxalis_panels.poster.print import Press
from oxalis_panels.poster.separation import for_press, for_screen
from oxalis_panels.system.workers import one_at_a_time

T = TypeVar("T")


@value
class Presses:
    """What makes the posters of a series."""

    series: Series
    paper: Press
    screen: Press


_ready: list[Presses] = []
_obstacles: list[Diagnostic] = []
"""Why this process has none."""


def with_presses(job: Job, task: Callable[[Presses, Job], T]) -> T | NotMade:
    """Return what a task makes of a job and its pictures, or what is in its way."""
    if _obstacles:
        return NotMade(job.slug, _obstacles[0])
    (presses,) = _ready
    try:
        with one_at_a_time() if job.pictures else nullcontext():
            _take_pictures(job, presses)
            made = task(presses, job)
            _leave_pictures(presses)
            return made
    except OBSTACLES as failure:
        return NotMade(job.slug, obstacle(failure))


def start_presses(series: Series) -> None:
    """Make the presses of a series ready in this process."""
    _obstacles.clear()
    _ready.clear()
    try:
        paper = Press(series.fonts, series.css, series.sheet, series.drop)
        css = on_screen(series.css + series.screen.css, series.screen, series.condition)
        screen = Press(series.fonts, css, replace(series.sheet, bleed=0), series.drop)
        _ready.append(Presses(series, paper, screen))
    except OBSTACLES as failure:
        _obstacles.append(obstacle(failure))  # reported with the first poster: a pool cannot


def _take_pictures(job: Job, presses: Presses) -> None:
    """Give both presses the pictures of a job, each in its own colours."""
    series = presses.series
    larger, press = enlargement(series.papers), series.condition
    presses.paper.take(
        {
            picture.address: for_press(
                picture.data, picture.width * larger, press, series.ink, series.grey, picture.crop
            )
            for picture in job.pictures
        }
    )
    presses.screen.take(
        {picture.address: for_screen(picture.data, press.icc, picture.crop) for picture in job.pictures}
    )


def _leave_pictures(presses: Presses) -> None:
    """Forget the pictures of a job, which a process that waits would hold for nothing."""
    presses.paper.take({})
    presses.screen.take({})
