"""Pictures fine enough, lines thick enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.poster.printers.printer import COARSEST
from oxalis_panels.preflight.checks.printed import doubt_at, fault_at, printed
from oxalis_panels.preflight.report import Item, gathered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.preflight.expectations import Expectations
    from oxalis_panels.preflight.marks import Mark
    from oxalis_panels.preflight.report import Fault
    from oxalis_panels.preflight.survey import Survey

ROUNDING = 0.005
"""Points that a line may be too thin."""
SLIVER = 3.0
"""Points: what is filled, thin and longer than this is a line."""
NOTHING = 1e-6


def check_pictures(survey: Survey, ask: Expectations) -> Item:
    """Check that there are enough pixels for the size that pictures are printed at."""
    pictures = [mark for mark in printed(survey) if mark.kind == "picture"]
    coarsest = min((mark.resolution for mark in pictures), default=0.0)
    faults = gathered(fault for mark in pictures for fault in _coarse(survey, mark, ask.resolution))
    asked = {"resolution": ask.resolution}
    return Item("pictures", asked, {"found": round(coarsest)}, faults, bool(pictures))


def _coarse(survey: Survey, mark: Mark, asked: int) -> Iterator[Fault]:
    found = round(mark.resolution)
    if found < COARSEST * asked:
        yield fault_at(survey, mark, "preflight-resolution", found=found, asked=asked)
    elif found < asked:
        yield doubt_at(survey, mark, "preflight-resolution", found=found, asked=asked)


def check_lines(survey: Survey, ask: Expectations) -> Item:
    """Check that no line is so thin that it breaks on press."""
    lines = [mark for mark in survey.painted.marks if mark.kind == "stroke" and not mark.masks]
    slivers = [mark for mark in printed(survey) if _sliver(mark, ask.printer.line)]
    thinnest = min((_thickness(mark) for mark in (*lines, *slivers)), default=0.0)
    asked = ask.printer.line
    faults = [
        fault_at(survey, mark, "preflight-line.line", found=round(mark.width, 2), asked=asked)
        for mark in lines
        if mark.width < asked - ROUNDING
    ]
    faults += [
        doubt_at(survey, mark, "preflight-line.area", found=round(_thickness(mark), 2), asked=asked)
        for mark in slivers
    ]
    applies = bool(lines or slivers)
    return Item("lines", {"line": asked}, {"found": round(thinnest, 2)}, gathered(faults), applies)


def _thickness(mark: Mark) -> float:
    return mark.width if mark.kind == "stroke" else min(mark.box.width, mark.box.height)


def _sliver(mark: Mark, line: float) -> bool:
    """Whether something filled is in truth a thin line."""
    thin = NOTHING < _thickness(mark) < line - ROUNDING
    return mark.kind == "fill" and thin and max(mark.box.width, mark.box.height) >= SLIVER
