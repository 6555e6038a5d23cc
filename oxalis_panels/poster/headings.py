"""What heads each poster: its title in lines, all of one size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Parsed, error
from oxalis_panels.frozen import frozen
from oxalis_panels.model import Text
from oxalis_panels.poster.scale import points
from oxalis_panels.poster.sheet import A1
from oxalis_panels.poster.titles import MAX_LINES, SMALLEST_STEP, BrokenTitle, Ruler, break_title, series_step
from oxalis_panels.rendering.fonts import DISPLAY, FACES
from oxalis_panels.rendering.views import collection_title

if TYPE_CHECKING:
    from oxalis_panels.model import Collection, Panel

LEFT_OUT = (Text("…"),)
"""Stands for a title that is too long."""


@frozen
class Headings:
    """The titles of a series."""

    size: float
    """In points."""
    titles: tuple[BrokenTitle, ...]
    """One per panel, in order."""


def head(collection: Collection, untitled: str, only: frozenset[str] = frozenset()) -> Parsed[Headings]:
    """Return the titles of a typeset collection, always. Error: a title that is too long for its sheet.

    What is wrong below such a title can still be told in the same run: its sheet is made without it. Where
    `only` some panels are asked for (slugs), nothing is said of the titles of others.
    """
    common = collection_title(collection.settings, untitled)
    titles = [panel.title or common for panel in collection.panels]
    ruler = display_ruler()
    long = [break_title(title, ruler, A1.column, SMALLEST_STEP) is None for title in titles]
    kept = [LEFT_OUT if is_long else title for title, is_long in zip(titles, long, strict=True)]
    step = series_step(kept, ruler, A1.column)
    assert step is not None  # noqa: S101 - each of them fits at the smallest
    broken = tuple(each for title in kept if (each := break_title(title, ruler, A1.column, step)))
    too_long = [panel for panel, is_long in zip(collection.panels, long, strict=True) if is_long]
    mistakes = (_too_long(panel) for panel in too_long if not only or panel.slug in only)
    return Parsed(Headings(points(step), broken), tuple(mistakes))


def display_ruler() -> Ruler:
    """Return what titles are measured with."""
    face = next(face for face in FACES if face.family == DISPLAY)
    return Ruler(face.load(), face.axes)


def _too_long(panel: Panel) -> Diagnostic:
    return error("title-too-long.poster", panel.span, lines=MAX_LINES, size=f"{points(SMALLEST_STEP):.0f}")
