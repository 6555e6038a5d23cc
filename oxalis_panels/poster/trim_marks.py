"""What is printed outside the bleed for those who cut: crop marks, register targets and a line of text.

All in the registration colour, which stands on every plate. No colour bar: presses add their own, made for
their densitometer, and a foreign one on the sheet is only in its way.
"""

from collections.abc import Iterable, Iterator

import uharfbuzz
from fontTools.pens.recordingPen import RecordingPen
from pikepdf import Array, Dictionary, Name

from oxalis_panels.rendering.sheet import MM_PER_POINT, Sheet

MARGIN = 12.0
"""In mm: from the bleed to the edge of the page, room for all marks."""
OFFSET = 3.0
"""In mm: marks are at least this far from the trim, so that a cut that is a little off leaves none."""
CLEAR = 0.5
"""In mm: from the bleed to the marks; a line that ends on its edge touches it by half its thickness."""
LENGTH = 6.0
"""In mm: of a crop mark."""
LINE = 0.25
"""In points: as thin as a line can be and still be printed."""
TARGET = 6.0
"""In mm: from the bleed to the middle of a register target."""
RADIUS = 2.0
ARM = 3.5
"""In mm: half a target's cross."""
TEXT_SIZE = 7.0
"""In points."""
TEXT_LEFT = 12.0
"""In mm: from the trim's left edge to the text, clear of the crop mark."""
CIRCLE = 0.5523
"""How long a Bézier handle makes a quarter of a circle of radius 1."""
NAME = "/Registration"
STEPS = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "qCurveTo": "c", "closePath": "h"}
"""What a pen does, as operators of PDF."""

Point = tuple[float, float]


def registration() -> Array:
    """Return the colour space of all plates (ISO 32000-1, 8.6.6.4: the colorant All)."""
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0] * 4), C1=Array([1] * 4))
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def draw_marks(sheet: Sheet, text: str, ttf: bytes) -> bytes:
    """Return the operators that draw all marks on a page `MARGIN` larger than the bleed on each side.

    The text is drawn as outlines: a file for the press then has no font that the poster itself lacks.
    """
    lines = [*_crop_marks(sheet), *(line for middle in _targets(sheet) for line in _cross(middle))]
    parts = [
        f"q {NAME} CS {NAME} cs 1 SCN 1 scn {LINE} w",
        *(f"{_at(start)} m {_at(end)} l S" for start, end in lines),
        *(_circle(middle) for middle in _targets(sheet)),
        _text(sheet, text, ttf),
        "Q",
    ]
    return "\n".join(parts).encode()


def _at(point: Point) -> str:
    return " ".join(f"{side / MM_PER_POINT:.4f}" for side in point)


def _trim(sheet: Sheet) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of the trim in mm from the page's corner."""
    edge = MARGIN + sheet.bleed
    return edge, edge, edge + sheet.width, edge + sheet.height


def _crop_marks(sheet: Sheet) -> Iterator[tuple[Point, Point]]:
    left, bottom, right, top = _trim(sheet)
    near = max(sheet.bleed + CLEAR, OFFSET)
    far = near + LENGTH
    for y in (bottom, top):
        yield (left - near, y), (left - far, y)
        yield (right + near, y), (right + far, y)
    for x in (left, right):
        yield (x, bottom - near), (x, bottom - far)
        yield (x, top + near), (x, top + far)


def _targets(sheet: Sheet) -> tuple[Point, ...]:
    """Return the middle of each side, outside the bleed."""
    left, bottom, right, top = _trim(sheet)
    x, y, away = (left + right) / 2, (bottom + top) / 2, sheet.bleed + TARGET
    return (x, bottom - away), (x, top + away), (left - away, y), (right + away, y)


def _cross(middle: Point) -> tuple[tuple[Point, Point], ...]:
    x, y = middle
    return ((x - ARM, y), (x + ARM, y)), ((x, y - ARM), (x, y + ARM))


def _circle(middle: Point) -> str:
    x, y = middle
    handle = RADIUS * CIRCLE
    quarters = [
        ((RADIUS, handle), (handle, RADIUS), (0, RADIUS)),
        ((-handle, RADIUS), (-RADIUS, handle), (-RADIUS, 0)),
        ((-RADIUS, -handle), (-handle, -RADIUS), (0, -RADIUS)),
        ((handle, -RADIUS), (RADIUS, -handle), (RADIUS, 0)),
    ]
    curves = (" ".join(_at((x + dx, y + dy)) for dx, dy in quarter) + " c" for quarter in quarters)
    return f"{_at((x + RADIUS, y))} m {' '.join(curves)} S"


def _text(sheet: Sheet, text: str, ttf: bytes) -> str:
    """Return the filled outlines of a line of text under the sheet, as much as fits beside the target."""
    face = uharfbuzz.Face(ttf)
    font, buffer = uharfbuzz.Font(face), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    scale = TEXT_SIZE / face.upem
    left, bottom, right, _ = _trim(sheet)
    room = ((right - left) / 2 - TEXT_LEFT - 2 * ARM) / MM_PER_POINT / scale
    corner = _at((left + TEXT_LEFT, bottom - sheet.bleed - TARGET))
    drawn: list[str] = []
    x = 0.0
    for glyph, position in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        if x + position.x_advance > room:
            break
        pen = RecordingPen()
        font.draw_glyph_with_pen(glyph.codepoint, pen)
        drawn += _outline(pen.value, x)
        x += position.x_advance
    return f"q {scale:.6f} 0 0 {scale:.6f} {corner} cm {' '.join(drawn)} f Q"


def _outline(steps: Iterable[tuple[str, tuple[Point, ...]]], x: float) -> Iterator[str]:
    """Yield the outline of a glyph that stands at `x` on its line, from the steps of a pen."""
    last: Point = (0, 0)
    for step, points in steps:
        drawn = points
        if step == "qCurveTo":  # a quadratic curve, which PDF has not, is the same cubic one
            handle, end = points
            drawn = (_towards(handle, last), _towards(handle, end), end)
        last = points[-1] if points else last
        yield " ".join([*(f"{across + x:.1f} {up:.1f}" for across, up in drawn), STEPS[step]])


def _towards(handle: Point, end: Point) -> Point:
    return end[0] + 2 / 3 * (handle[0] - end[0]), end[1] + 2 / 3 * (handle[1] - end[1])
