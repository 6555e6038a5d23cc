"""The sheet of paper and the grid on it, in millimetres; the scale of its type and the space in its text."""

from typing import Final

from oxalis_panels.model.value import value

MM_PER_POINT = 25.4 / 72

FLOOR_PT: Final = 24.0
"""Smallest reading size at A1 (US National Park Service: nothing under 24 pt on a panel)."""
STEPS_PER_DOUBLE: Final = 12
"""Of the one scale that all type sizes of the posters come from, as in music."""
CEILING_STEP: Final = 24
"""96 pt. Larger type no longer reads better: only a text of a few words is set larger, to fill its sheet."""
LAST_STEP: Final = 43
"""288 pt, for a few words that are to be read from ten metres."""
FEWEST_WORDS: Final = 12
"""A text of so few words is a sheet of its own, in the largest type there is."""
FEW_WORDS: Final = 40
"""A text of so few is set larger than the ceiling, below a larger title."""
ROOMY: Final = 0.8
"""Part of the sheet that a text larger than the ceiling may fill."""

# What the style sheet has as variables, from `style_variables`, and an estimate of a height needs.
TEXT_TOP: Final = 285.0
"""In mm from the top of A1: where the text begins."""
FOOTER: Final = 777.0
"""Where it must end."""
FOOTER_ONLINE: Final = 742.0
"""The same above a code to scan."""
STATEMENT: Final = 1.189
"""Type size of a finding above its points, at the least, as a part of theirs: three steps of the scale."""
LEADING: Final = 1.24
"""Height of a line of running text, in its ems."""
LEADING_BOLD: Final = 1.17
"""The same of findings."""
INDENT: Final = 1.28
"""In ems of the running text, as all that follow: of a point, behind its →."""
BETWEEN_COLUMNS: Final = 1.9
"""Between two columns of points."""
BETWEEN_HALVES: Final = 2.2
"""Between two columns of findings."""
LEAST_BETWEEN: Final = 32.0
"""In mm: between the two columns of a sheet with a picture, where that is more."""
BETWEEN_FINDINGS: Final = 0.62
"""Above a finding, a paragraph or a picture that is not the first on the sheet."""
BEFORE_REST: Final = 0.3
"""Above the rest of a finding whose first sentence stands out."""
BEFORE_POINTS: Final = 0.5
BETWEEN_POINTS: Final = 0.36
AROUND: Final = 14.0
"""In mm: between a picture and the text above or below it."""
TO_CAPTION: Final = 4.0
"""In mm: between a picture and its caption."""
CAPTION_LEADING: Final = 1.25


@value
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


@value
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


def points(step: int) -> float:
    """Return the size at a step of the scale, in points, to a tenth; step 0 is the floor."""
    return round(FLOOR_PT * 2 ** (step / STEPS_PER_DOUBLE), 1)


def half(body: float) -> float:
    """Return the width in mm of each of two columns beside a picture, for text of `body` points."""
    return (A1.column - max(BETWEEN_HALVES * body * MM_PER_POINT, LEAST_BETWEEN)) / 2


def caption(body: float) -> float:
    """Return the type size of the caption of a picture, in points."""
    return 28.0 if body >= 42 else 24.0  # noqa: PLR2004 - the size from which the larger one is no rival


def style_variables() -> str:
    """Return the measures of the text as the variables of a style sheet."""
    return (
        f"--text-top: {TEXT_TOP}mm; --footer: {FOOTER}mm; --footer-online: {FOOTER_ONLINE}mm;"
        f" --leading: {LEADING}; --leading-bold: {LEADING_BOLD}; --indent: {INDENT}em;"
        f" --between-columns: {BETWEEN_COLUMNS}em; --between-halves: {BETWEEN_HALVES}em;"
        f" --between-findings: {BETWEEN_FINDINGS}em; --before-rest: {BEFORE_REST}em;"
        f" --before-points: {BEFORE_POINTS}em; --between-points: {BETWEEN_POINTS}em; --around: {AROUND}mm;"
        f" --to-caption: {TO_CAPTION}mm; --caption-leading: {CAPTION_LEADING};"
    )


def paper(size: Size, bleed: float) -> Sheet:
    """Return the sheet that is printed, `bleed` mm being what the printer wants on it."""
    return Sheet(size.width, size.height, bleed)


def drawing(size: Size, bleed: float) -> Sheet:
    """Return the A1 sheet that becomes a sheet of `size` when it is scaled, `bleed` mm being left there."""
    return Sheet(bleed=bleed * A1.width / size.width)
