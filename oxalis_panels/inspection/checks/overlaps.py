"""Texts that are printed over each other."""

from collections.abc import Iterator
from itertools import islice

from oxalis_panels.inspection.checks.printed import EDGE, place_of, printed
from oxalis_panels.inspection.expectations import Expectations
from oxalis_panels.inspection.geometry import Box, around, depth
from oxalis_panels.inspection.report import Fault, Item, gathered
from oxalis_panels.inspection.survey import Mark, Run, Survey
from oxalis_panels.model.value import value

TOUCHING = 0.15
"""Part of the smaller size by which two texts may meet: kerning, slanted and hanging letters."""
UNMEASURED, LETTER = 0.25, 0.4
"""The same where a font does not tell what its letters cover; of a single letter, set into others perhaps."""
SHADOW = 0.4
"""Part of its size by which a text may be moved and still be its own shadow, or its own bold."""
LAYER = 0.3
"""Part of that by which texts of two sizes that are set from the same point may differ."""
PALE, LARGER = 30.0, 3.0
"""Percent of ink, and times the size, from which a text below another is a ground for it."""
PART_OF_A_TEXT = 3
"""Letters of a shadow that is painted word by word."""
MOST_PAIRS = 300_000


@value
class _Piece:
    """A run of a mark, and where it comes in the order of painting."""

    at: int
    mark: Mark
    run: Run
    box: Box


def check_overlaps(survey: Survey, _ask: Expectations) -> Item:
    """Check that no text is printed over another one."""
    marks = printed(survey)
    pieces = sorted(_pieces(marks), key=lambda piece: (piece.mark.page, piece.box.bottom))
    found = [
        Fault("preflight-overlap", {}, "error", place_of(survey, lower.mark.page, common))
        for lower, upper in islice(_near(pieces), MOST_PAIRS)
        if (common := _collision(lower, upper, marks))
    ]
    return Item("overlaps", {}, {"n": len(found)}, gathered(found), bool(pieces))


def _pieces(marks: list[Mark]) -> Iterator[_Piece]:
    for at, mark in enumerate(marks):
        for run in mark.runs:
            box = around(run.corners).common(mark.box)
            if box:
                yield _Piece(at, mark, run, box)


def _near(pieces: list[_Piece]) -> Iterator[tuple[_Piece, _Piece]]:
    """Yield the pieces of different texts whose boxes meet, the one that is painted first first."""
    for index, one in enumerate(pieces):
        for other in islice(pieces, index + 1, None):
            if other.mark.page != one.mark.page or other.box.bottom >= one.box.top:
                break
            if other.at != one.at and other.box.left < one.box.right and one.box.left < other.box.right:
                yield (one, other) if one.at < other.at else (other, one)


def _collision(lower: _Piece, upper: _Piece, marks: list[Mark]) -> Box | None:
    """Return where a text is printed over another that can be seen below it."""
    size = min(lower.mark.size, upper.mark.size)
    fewest, most = sorted((len(lower.run.codes), len(upper.run.codes)))
    if most == 1:  # a sign made of two, as © of a letter and a circle
        return None
    unmeasured = LETTER if fewest == 1 else UNMEASURED
    least = TOUCHING if lower.run.measured and upper.run.measured else unmeasured
    if depth(lower.run.corners, upper.run.corners) <= least * size:
        return None
    common = lower.box.common(upper.box)
    if common is None or _same(lower, upper) or _ground(lower.mark, upper.mark):
        return None
    between = marks[lower.at + 1 : upper.at]
    return None if any(_covers(mark, common) for mark in between) else common


def _same(one: _Piece, other: _Piece) -> bool:
    """Whether one is the shadow, the outline or the bold of the other, or set from the same point."""
    (x, y), (u, v) = one.run.corners[0], other.run.corners[0]
    near = SHADOW * max(one.mark.size, other.mark.size)
    if max(abs(x - u), abs(y - v)) <= LAYER * near and one.mark.size != other.mark.size:
        return True
    if one.run.codes == other.run.codes:
        return abs(x - u) <= near and abs(y - v) <= near and one.mark.font == other.mark.font
    short, long = sorted((one.run.codes, other.run.codes), key=len)
    part = (
        len(short) >= PART_OF_A_TEXT
        and one.mark.font == other.mark.font
        and any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))
    )
    return part and (abs(x - u) <= near or abs(y - v) <= near)


def _ground(lower: Mark, upper: Mark) -> bool:
    """Whether a text is a large pale one that another stands on."""
    ink = lower.colour.total if lower.colour else None
    return ink is not None and 0 < ink <= PALE and lower.size >= LARGER * upper.size


def _covers(mark: Mark, box: Box) -> bool:
    """Whether something hides a place of the sheet."""
    solid = mark.kind in {"fill", "picture"} and not mark.adds and not mark.vanishes
    return solid and min(box.distances(mark.box.grown(EDGE))) >= 0
