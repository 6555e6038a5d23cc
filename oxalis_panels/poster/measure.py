"""What a layout is tried with, what it takes, and what the search for the largest type has found.

Plain data, which can be sent to another process: WeasyPrint stays in `print`.
"""

from oxalis_panels.model.value import value
from oxalis_panels.poster.job import Layout
from oxalis_panels.poster.trials import Trial


@value
class Sizes:
    """The sizes of one trial."""

    title: float
    """In points."""
    body: float
    """In points."""
    gap: float = 0.0
    """Space in mm added between items to fill the sheet."""
    gap_right: float = 0.0
    """The same in the second column of a sheet with a picture."""
    below: bool = False
    """Whether a picture stands below the text of its column, at the foot of the sheet."""
    statement: float = 0.0
    """Of findings that have points, in points; 0: a little larger than the body."""


@value
class Item:
    """A paragraph, ✓ or → on the sheet."""

    identifier: str
    """`p1`, `f2`, `f2p3`: as in the template."""
    bottom: float
    """In mm below the top of the text."""
    height: float
    """In mm, the space around it included."""
    width: float
    """Its widest line as a part of the width it has; above 1 a word is too long for it."""


@value
class Measure:
    """What a layout takes."""

    available: float
    """Height in mm that the text may fill."""
    items: tuple[Item, ...]

    @property
    def used(self) -> float:
        """Height in mm that the text takes."""
        return max((item.bottom for item in self.items), default=0.0)

    @property
    def width(self) -> float:
        """The widest line as a part of the width it has."""
        return max((item.width for item in self.items), default=0.0)

    @property
    def fits(self) -> bool:
        """Whether the text stays in its place, below and at the side."""
        return self.used <= self.available and self.width <= 1


@value
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
    height: float
    """In mm, what it takes at these sizes before lines were set and space was added."""


@value
class Overflow:
    """A text too long for its sheet even at the floor, or with a word too long for its line."""

    item: str
    """The first item that does not fit, as named in the template."""
    excess: float
    """Part of the text, from 0 to 1, that stands beyond the sheet; 0 where a word is too long."""
    bare: int = 0
    """About the step that the text would reach without its picture."""
    columns: int = 1
    """Of the layout that stands out least: two columns may stay uneven by one item."""
