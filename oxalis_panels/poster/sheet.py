"""The sheet of paper and the grid on it, in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Sheet:
    """An A1 sheet with its bleed. The trimmed size is what hangs on the wall."""

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
