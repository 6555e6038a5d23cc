"""The clover as a picture, for home screens that take no SVG."""

import io
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from oxalis_panels.rendering.glyphs import clover
from oxalis_panels.rendering.palette import Colour
from oxalis_panels.system.kept import made_once

Point = tuple[float, float]

PATH = "apple-touch-icon.png"
SIZE = 180
"""Pixels that Apple asks for; others make it smaller."""
DRAWN = 4
"""Factor by which it is drawn larger, for smooth edges."""
STEPS = 16
"""Straight lines for one curve."""
LEAF = 0.72
"""Length of a leaflet, of half the picture: inside the circle to which some systems crop."""
LAYOUT = 1
"""Part of the cache key: raise it when this module draws another picture."""
_PIECE = re.compile(r"([MCZ])([^MCZ]*)")


def touch_icon(colour: Colour, cache: Path | None) -> bytes:
    """Return a PNG of a white clover on the colour of a band; made once, then cached in a folder."""
    if cache is None:
        return _drawn(colour)
    key = sha256(repr((LAYOUT, colour.deep.screen)).encode()).hexdigest()[:24]
    return made_once(cache / f"{key}.icon", lambda: _drawn(colour))


def _drawn(colour: Colour) -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415 - 40 ms that a build with a cached icon does not need

    side = SIZE * DRAWN
    picture = Image.new("L", (side, side))
    pen = ImageDraw.Draw(picture)
    for outline in _outlines(clover(side / 2, side * 0.54, side * LEAF / 200)):
        pen.polygon(outline, fill=255)
    shape = picture.resize((SIZE, SIZE), Image.Resampling.BOX)
    ground = Image.new("RGB", shape.size, colour.deep.screen)
    ground.paste("#ffffff", mask=shape)
    buffer = io.BytesIO()
    ground.quantize(32).save(buffer, "PNG")
    return buffer.getvalue()


def _outlines(path: str) -> Iterator[list[Point]]:
    """Yield the polygons of an SVG path of M, C and Z, all absolute."""
    points: list[Point] = []
    for command, numbers in _PIECE.findall(path):
        values = [float(number) for number in numbers.split()]
        placed = list(zip(values[::2], values[1::2], strict=True))
        if command == "Z":
            yield points
        elif command == "M":
            points = placed
        else:
            for at in range(0, len(placed), 3):
                points += _curve(points[-1], *placed[at : at + 3])


def _curve(start: Point, one: Point, two: Point, end: Point) -> Iterator[Point]:
    for step in range(1, STEPS + 1):
        t = step / STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        yield (
            sum(weight * point[0] for weight, point in zip(weights, (start, one, two, end), strict=True)),
            sum(weight * point[1] for weight, point in zip(weights, (start, one, two, end), strict=True)),
        )
