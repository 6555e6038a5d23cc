"""What a file is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen
from oxalis_panels.poster.scale import FLOOR_PT
from oxalis_panels.poster.sheet import A1, SIZES
from oxalis_panels.preflight.geometry import MM

if TYPE_CHECKING:
    from oxalis_panels.poster.printers.printer import Printer
    from oxalis_panels.preflight.survey import Survey

OUR_PRODUCER = "Oxalis panels"
OUR_FAMILIES = ("Oxalis Text", "Oxalis Display", "Oxalis Marks")
"""The faces of `rendering/fonts.py`; any other on a poster of ours was borrowed without a word."""


@frozen
class Expectations:
    """What is asked of a file."""

    printer: Printer
    trim: tuple[float, float]
    """Width and height of the finished sheet in mm."""
    smallest: float
    """Smallest type in points."""
    families: tuple[str, ...] = ()
    """The only font families allowed; empty: any, as long as it is embedded."""


def for_our_own(printer: Printer, width: float, height: float) -> Expectations:
    """Return what to ask of a poster of ours, its finished size in mm."""
    return Expectations(printer, (width, height), _smallest((width, height)), OUR_FAMILIES)


def expectations(printer: Printer, survey: Survey, size: str | None = None) -> Expectations:
    """Return what to ask of a file: its size `a0` … `a4`, else the one it comes nearest to."""
    named = SIZES.get(size or "")
    trim = _lying((named.width, named.height), survey) if named else _nearest(survey)
    ours = survey.metadata.producer == OUR_PRODUCER
    return Expectations(printer, trim, _smallest(trim), OUR_FAMILIES if ours else ())


def _smallest(trim: tuple[float, float]) -> float:
    """Return the floor of type sizes in points: the one of A1, scaled with the width of the sheet."""
    return FLOOR_PT * min(trim) / A1.width


def found_trim(survey: Survey) -> tuple[float, float]:
    """Return the width and height in mm of the finished sheet, as it is looked at."""
    sheet = survey.first.sheet
    width, height = sheet.width * MM, sheet.height * MM
    return (height, width) if survey.first.rotated else (width, height)


def _nearest(survey: Survey) -> tuple[float, float]:
    found = sorted(found_trim(survey))
    sizes = [(size.width, size.height) for size in SIZES.values()]
    best = min(sizes, key=lambda size: abs(size[0] - found[0]) + abs(size[1] - found[1]))
    return _lying(best, survey)


def _lying(size: tuple[float, float], survey: Survey) -> tuple[float, float]:
    """Return a size as the page lies: a landscape poster is asked for in landscape."""
    width, height = found_trim(survey)
    return (size[1], size[0]) if width > height else size
