"""Every check, in the order of the report. Each is a function of what is in the file and what is asked."""

from __future__ import annotations

from collections.abc import Callable

from oxalis_panels.preflight.checks.drawing import check_lines, check_pictures
from oxalis_panels.preflight.checks.file import (
    check_boxes,
    check_intent,
    check_interactive,
    check_pages,
    check_standard,
)
from oxalis_panels.preflight.checks.inks import check_black, check_colours, check_ink, check_transparency
from oxalis_panels.preflight.checks.overlaps import check_overlaps
from oxalis_panels.preflight.checks.type import check_fonts, check_margin, check_sizes
from oxalis_panels.preflight.expectations import Expectations
from oxalis_panels.preflight.report import Item
from oxalis_panels.preflight.survey import Survey

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
