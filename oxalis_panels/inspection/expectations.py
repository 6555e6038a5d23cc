"""What a file is held against."""

import re
from math import radians, tan

from oxalis_panels.inspection.geometry import MM
from oxalis_panels.inspection.survey import Survey
from oxalis_panels.model.value import value
from oxalis_panels.printers.printer import Printer
from oxalis_panels.rendering.sheet import A1, FLOOR_PT, SIZES

NAMED = {name: (float(size.width), float(size.height)) for name, size in SIZES.items()} | {
    "b0": (1000.0, 1414.0),
    "b1": (707.0, 1000.0),
    "b2": (500.0, 707.0),
    "b3": (353.0, 500.0),
    "b4": (250.0, 353.0),
}
"""ISO 216."""
WRITTEN = re.compile(
    r"\s*(?P<width>\d+(?:[.,]\d+)?)\s*[x×*]\s*(?P<height>\d+(?:[.,]\d+)?)\s*(?P<unit>mm|cm)?\s*",
    re.IGNORECASE,
)
CENTIMETRE = 10
SMALLEST, LARGEST = 50, 20_000
"""Millimetres: less is no poster, more no sheet."""
ARC_MINUTE = 25.4 / (1000 * tan(radians(1 / 60)))
"""Dots per inch that an eye of normal sight (20/20, Snellen) just tells apart at one metre: 87."""
ARMS_LENGTH = 0.3
"""Metres: nothing is read from nearer, and 291 dots per inch are enough for everything."""
OUR_PRODUCER = "Oxalis panels"
OUR_FAMILIES = ("Oxalis Text", "Oxalis Display", "Oxalis Marks")
"""The faces of `rendering/fonts.py`; any other on a poster of ours was borrowed without a word."""


@value
class Expectations:
    """What is asked of a file."""

    printer: Printer
    trim: tuple[float, float]
    """Width and height of the finished sheet in mm."""
    smallest: float
    """Smallest type in points."""
    families: tuple[str, ...] = ()
    """The only font families allowed; empty: any, as long as it is embedded."""

    @property
    def resolution(self) -> int:
        """Least resolution of pictures, in dots per inch.

        What the print shop itself asks for; what our own printers ask for on the A sizes; else what an eye
        can tell apart from where a sheet is read: A1 from one metre, others in proportion to their shorter
        side, as the sizes of type are.
        """
        ours = tuple(sorted(self.trim)) in {(size.width, size.height) for size in SIZES.values()}
        if ours or self.printer.resolution_asked:
            return self.printer.resolution
        return round(ARC_MINUTE / max(ARMS_LENGTH, min(self.trim) / A1.width))


def for_our_own(printer: Printer, width: float, height: float) -> Expectations:
    """Return what to ask of a poster of ours, its finished size in mm."""
    return Expectations(printer, (width, height), _smallest((width, height)), OUR_FAMILIES)


def sheet_size(said: str) -> tuple[float, float] | None:
    """Return the width and height in mm that `a1`, `b2` or `850x2000` stands for; None for nonsense."""
    named = NAMED.get(said.strip().lower())
    found = WRITTEN.fullmatch(said)
    if named or found is None:
        return named
    unit = CENTIMETRE if (found["unit"] or "").lower() == "cm" else 1
    width, height = (float(found[side].replace(",", ".")) * unit for side in ("width", "height"))
    return (width, height) if SMALLEST <= min(width, height) <= max(width, height) <= LARGEST else None


def expectations(printer: Printer, survey: Survey, size: str | None = None) -> Expectations:
    """Return what to ask of a file: its size as typed, however it lies, else the nearest A size."""
    asked = sheet_size(size) if size else None
    trim = _lying(asked, survey) if asked else _nearest(survey)
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
    short, long = sorted(size)
    return (long, short) if width > height else (short, long)
