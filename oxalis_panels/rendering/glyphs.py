"""The marks and the clover as outlines, drawn once for site and posters.

All are SVG paths with y pointing down. ✓ and → stand in a square of 24 units; the clover around its own
centre, one leaflet pointing up from (0, 0), 100 units long.
"""

import re
from functools import lru_cache
from math import cos, radians, sin

CHECK = "M2.6 12.9 5.2 10.3 9.5 14.6 18.7 4.6 21.4 7.1 9.6 19.9Z"
ARROW = "M2.4 10.4H15.2L11 6.2 13 4.2 20.8 12 13 19.8 11 17.8 15.2 13.6H2.4Z"
LEAFLET = "M0-5C-20-22-50-48-43-78C-38-100-11-104 0-84C11-104 38-100 43-78C50-48 20-22 0-5Z"
LEAFLET_TURNS = (0, 120, 240)
"""Degrees: *oxalis*, the wood sorrel, has three heart-shaped leaflets."""


def polygon(path: str) -> str:
    """Return a path of straight lines in the square of 24 units as a CSS polygon, which stays sharp on paper.

    Understands M, L, H and Z, absolute. Raises ValueError for curves and all else.
    """
    points: list[tuple[float, float]] = []
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        values = [float(number) for number in numbers.split()]
        if command in "ML":
            points += zip(values[::2], values[1::2], strict=True)
        elif command == "H":
            points += [(value, points[-1][1]) for value in values]
        elif command != "Z":
            message = f"not a straight line: {command} in {path}"
            raise ValueError(message)
    return f"polygon({', '.join(f'{x / 0.24:.4g}% {y / 0.24:.4g}%' for x, y in points)})"


POINT = re.compile(r"(-?[\d.]+)[ ,]?(-?[\d.]+)")


@lru_cache(maxsize=256)  # the templates of all panels draw the same ones
def clover(x: float, y: float, scale: float, turn: float = 0) -> str:
    """Return the outline of a clover around (x, y), turned clockwise by `turn` degrees, as one SVG path.

    One path and not three elements: WeasyPrint computes the style of every SVG element at every layout.
    """
    return "".join(_placed(LEAFLET, x, y, scale, turn + leaflet) for leaflet in LEAFLET_TURNS)


def _placed(path: str, x: float, y: float, scale: float, turn: float) -> str:
    across, down = scale * cos(radians(turn)), scale * sin(radians(turn))

    def place(point: re.Match[str]) -> str:
        a, b = map(float, point.groups())
        return f"{x + a * across - b * down:.2f} {y + a * down + b * across:.2f} "

    return POINT.sub(place, path)
