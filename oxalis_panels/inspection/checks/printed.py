"""What the checks share: which marks are printed, and how a fault is tied to one of them."""

from typing import Final

from oxalis_panels.inspection.geometry import MM, Box
from oxalis_panels.inspection.report import Fault, Place
from oxalis_panels.inspection.survey import Mark, Survey
from oxalis_panels.words.catalogue import Words

EDGE = 0.01 / MM
"""Points within which two boxes only touch."""

SPACES: Final = {
    "DeviceRGB": "device-rgb",
    "DeviceCMYK": "device-cmyk",
    "DeviceGray": "device-gray",
    "CalRGB": "cal-rgb",
    "CalGray": "cal-gray",
    "ICC RGB": "icc-rgb",
    "ICC CMYK": "icc-cmyk",
    "ICC Gray": "icc-gray",
}
"""The words for colour spaces, under the names that they have in a PDF."""


def is_printed(survey: Survey, mark: Mark) -> bool:
    """Whether a mark is on the sheet or its bleed: trim marks and the line for the printer are not."""
    return not mark.masks and mark.box.common(survey.pages[mark.page - 1].printed.grown(-EDGE)) is not None


def printed(survey: Survey) -> list[Mark]:
    """Return the marks that are printed on the sheet or its bleed."""
    return [mark for mark in survey.painted.marks if is_printed(survey, mark)]


def kind_of(mark: Mark) -> Words:
    """Return the words for a kind of mark."""
    return Words(f"preflight.kind.{'mask' if mark.masks else mark.kind}")


def space_named(label: str) -> str:
    """Return a colour space as a person calls it, `RVB (DeviceRGB)`; one without such words as it is."""
    return Words(f"preflight.space.{SPACES[label]}") if label in SPACES else label


def fault_at(survey: Survey, mark: Mark, code: str, **values: object) -> Fault:
    """Return what is wrong with a mark, and where it is."""
    return Fault(code, values, "error", place_of(survey, mark.page, mark.box))


def doubt_at(survey: Survey, mark: Mark, code: str, **values: object) -> Fault:
    """Return what is doubtful about a mark, and where it is."""
    return Fault(code, values, "warning", place_of(survey, mark.page, mark.box))


def place_of(survey: Survey, page: int, box: Box) -> Place:
    """Return where the upper left corner of a box is on the finished sheet."""
    sheet = survey.pages[page - 1].sheet
    return Place(page, round((box.left - sheet.left) * MM, 1), round((sheet.top - box.top) * MM, 1))
