"""A PDF held against what is asked of it; each check is a function of these two."""

import re
from collections.abc import Callable

from oxalis_panels.inspection.checks.details import (
    check_fonts,
    check_lines,
    check_margin,
    check_pictures,
    check_sizes,
)
from oxalis_panels.inspection.checks.file import (
    check_boxes,
    check_intent,
    check_interactive,
    check_pages,
    check_standard,
)
from oxalis_panels.inspection.checks.inks import check_black, check_colours, check_ink, check_transparency
from oxalis_panels.inspection.checks.overlaps import check_overlaps
from oxalis_panels.inspection.expectations import Expectations
from oxalis_panels.inspection.reading import read
from oxalis_panels.inspection.report import Fault, Item, Report
from oxalis_panels.inspection.survey import Survey, Unreadable

MILLION = 1_000_000
PLAIN = re.compile(r"[A-Za-z0-9._-]+")
"""A file name that survives every server, e-mail and operating system."""
CHECKS: tuple[Callable[[Survey, Expectations], Item], ...] = (
    check_pages,
    check_boxes,
    check_standard,
    check_intent,
    check_colours,
    check_ink,
    check_black,
    check_transparency,
    check_fonts,
    check_sizes,
    check_margin,
    check_overlaps,
    check_pictures,
    check_lines,
    check_interactive,
)
"""In the order of the report."""


def inspect(pdf: bytes, ask: Expectations, name: str = "") -> Report:
    """Return what is right and wrong about a PDF. Never raises, whatever the bytes are."""
    found = read(pdf)
    if isinstance(found, Unreadable):
        return Report(name, ask.printer.label, (), found.code)
    return judge(found, ask, name)


def judge(survey: Survey, ask: Expectations, name: str = "") -> Report:
    """Return what is right and wrong about a PDF that has been read; `name` is that of its file."""
    items = [check(survey, ask) for check in CHECKS]
    items += [check_weight(survey, ask)] if ask.printer.weight else []
    items += [check_name(name)] if name else []
    return Report(name, ask.printer.label, tuple(items))


def check_weight(survey: Survey, ask: Expectations) -> Item:
    """Check that the print shop takes so large a file."""
    most, found = ask.printer.weight, round(survey.weight / MILLION, 1)
    heavy = survey.weight > most * MILLION
    faults = (Fault("preflight-heavy", {"found": found, "asked": most}),) if heavy else ()
    return Item("weight", {"most": most}, {"found": found}, faults)


def check_name(name: str) -> Item:
    """Letters without accents, digits, hyphens: what print shops ask of file names."""
    faults = () if PLAIN.fullmatch(name) else (Fault("preflight-name", {"found": name}, "warning"),)
    return Item("name", {}, {"found": name}, faults)


def check_poster(pdf: bytes, ask: Expectations) -> tuple[Fault, ...]:
    """Return what forbids to send a poster to the printer; nothing, if all is well."""
    return tuple(fault for fault in inspect(pdf, ask).faults if fault.severity == "error")
