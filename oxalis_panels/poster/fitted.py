"""What the search for the largest type has found, as plain data that can be sent to another process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen

if TYPE_CHECKING:
    from oxalis_panels.poster.job import Layout
    from oxalis_panels.poster.measure import Measure, Sizes
    from oxalis_panels.poster.trials import Trial


@frozen
class Fit:
    """The layout chosen and the sizes it reached."""

    layout: Layout
    """With its lines set."""
    place: int
    """Of that layout among those of the job."""
    step: int
    sizes: Sizes
    measure: Measure
    """At these sizes, before space was added between items."""
    tried: tuple[Trial, ...]
    """Every layout at the last size that was tried for it, the chosen one first."""


@frozen
class Overflow:
    """A text too long for its sheet even at the floor, or with a word too long for its line."""

    item: str
    """The first item that does not fit, as named in the template."""
    excess: float
    """Part of the text, from 0 to 1, that stands beyond the sheet; 0 where a word is too long."""
    columns: int = 1
    """Of the layout that stands out least: two columns may stay uneven by one item."""
