"""The presses of this process, for paper and for the screen: they keep fonts and style sheet between jobs."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from oxalis_panels.frozen import frozen
from oxalis_panels.poster.engine_words import OBSTACLES, obstacle
from oxalis_panels.poster.job import NotMade
from oxalis_panels.poster.media import on_screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from oxalis_panels.diagnostics import Diagnostic
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
_obstacles: list[Diagnostic] = []
"""Why this process has none."""
_turns: list[AbstractContextManager[object]] = []
"""What makes processes wait for each other."""


def take_turns(lock: AbstractContextManager[object]) -> None:
    """Have this process wait, where it needs much memory for a picture, until the others do not."""
    _turns[:] = [lock]


def one_at_a_time() -> AbstractContextManager[object]:
    """Return what is held while a poster with a picture is made: two at once would take twice the memory."""
    return _turns[0] if _turns else nullcontext()


def start_presses(series: Series) -> None:
    """Make the presses of a series ready in this process."""
    from oxalis_panels.poster.print import Press  # noqa: PLC0415 - half a second, only where posters are made

    _obstacles.clear()
    _ready.clear()
    try:
        paper = Press(series.fonts, series.css, series.sheet)
        css = on_screen(series.css + series.screen.css, series.screen, series.condition)
        screen = Press(series.fonts, css, replace(series.sheet, bleed=0))
        _ready.append(Presses(series, paper, screen))
    except OBSTACLES as failure:
        _obstacles.append(obstacle(failure))  # told with the first poster: a pool cannot say it


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


def _take_pictures(job: Job, presses: Presses) -> None:
    """Give both presses the pictures of a job, each in its own colours."""
    from oxalis_panels.poster.figures import enlargement  # noqa: PLC0415 - Pillow, where pictures are
    from oxalis_panels.poster.separation import for_press, for_screen  # noqa: PLC0415

    series = presses.series
    larger, press = enlargement(series.papers), series.condition
    presses.paper.take(
        {
            each.address: for_press(each.data, each.width * larger, press, series.ink, series.grey)
            for each in job.pictures
        }
    )
    presses.screen.take({each.address: for_screen(each.data, press.icc) for each in job.pictures})


def _leave_pictures(presses: Presses) -> None:
    """Forget the pictures of a job, which a process that waits would hold for nothing."""
    presses.paper.take({})
    presses.screen.take({})
