"""The sheet of paper and the grid on it, in millimetres."""

from __future__ import annotations

from oxalis_panels.frozen import frozen

MM_PER_POINT = 25.4 / 72


@frozen
class Size:
    """A size of paper, upright, and what may be read on it."""

    name: str
    """As on the command line and in file names: `a1`."""
    width: float
    """In mm."""
    height: float
    floor: float
    """Smallest running text in points, at the real size: an error below it."""
    comfort: float
    """A warning below it, in points at the real size."""


SIZES = {
    size.name: size
    for size in (
        # Read standing: 24 pt at the least (US National Park Service), 36 pt to be read at ease (MCDP).
        Size("a0", 841, 1189, 24, 36),
        Size("a1", 594, 841, 24, 36),
        Size("a2", 420, 594, 24, 28),
        # Read at arm's length, then in the hand: 12 pt is the least for printed documents, 14 pt better.
        Size("a3", 297, 420, 16, 18),
        Size("a4", 210, 297, 12, 14),
    )
}
"""ISO 216. The design is that of A1, scaled; the floors are those of the distance at which a size is read."""


@frozen
class Sheet:
    """A sheet with its bleed, in mm. The trimmed size is what hangs on the wall."""

    width: float = 594
    height: float = 841
    bleed: float = 3
    """Colour printed beyond the trim on each side, so that cutting leaves no white edge."""
    left: float = 72
    """From the trim's left edge to the text; the marks hang in this margin."""
    column: float = 486
    """Width of the text."""

    @property
    def media(self) -> tuple[float, float]:
        """Width and height of the page, bleed included."""
        return self.width + 2 * self.bleed, self.height + 2 * self.bleed


A1 = Sheet()
"""What the design is drawn on, whatever the size of the paper."""


def paper(size: Size, bleed: float) -> Sheet:
    """Return the sheet that is printed, `bleed` mm being what the printer wants on it."""
    return Sheet(size.width, size.height, bleed)


def drawing(size: Size, bleed: float) -> Sheet:
    """Return the A1 sheet that becomes a sheet of `size` when it is scaled, `bleed` mm being left there."""
    return Sheet(bleed=bleed * A1.width / size.width)
