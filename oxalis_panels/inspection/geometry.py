"""Matrices and boxes of a PDF page, in points, the origin at the lower left."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import hypot, inf, isfinite, sqrt

from oxalis_panels.model.value import value

MM = 25.4 / 72
"""Millimetres in a point."""

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
"""`a b c d e f` of ISO 32000: x' = ax + cy + e, y' = bx + dy + f."""
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that applies `first`, then `then`."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def placed(x: float, y: float, matrix: Matrix) -> Point:
    """Return where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def stretches(matrix: Matrix) -> tuple[float, float]:
    """Return by how much the matrix lengthens what stands along each of its own axes."""
    a, b, c, d, _, _ = matrix
    return hypot(a, b), hypot(c, d)


def least_stretch(matrix: Matrix) -> float:
    """Return the smallest factor by which the matrix lengthens anything: its smaller singular value."""
    a, b, c, d, _, _ = matrix
    half = (a * a + b * b + c * c + d * d) / 2
    area = a * d - b * c
    return sqrt(max(0.0, half - sqrt(max(0.0, half * half - area * area))))


@value
class Box:
    """An upright rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    @property
    def finite(self) -> bool:
        """Whether it is a place on a page at all."""
        return isfinite(self.left + self.bottom + self.right + self.top)

    def common(self, other: Box) -> Box | None:
        """Return what lies in both; None where they do not touch."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        right, top = min(self.right, other.right), min(self.top, other.top)
        return Box(left, bottom, right, top) if left <= right and bottom <= top else None

    def grown(self, by: float) -> Box:
        """Return the box with `by` points more on each side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def distances(self, outer: Box) -> tuple[float, float, float, float]:
        """Return how far each side lies inside the same side of `outer`: left, bottom, right, top."""
        return (
            self.left - outer.left,
            self.bottom - outer.bottom,
            outer.right - self.right,
            outer.top - self.top,
        )


def depth(one: tuple[Point, ...], other: tuple[Point, ...]) -> float:
    """Return how far two rectangles, even turned ones, must be moved to be apart; 0 or less: they are."""
    least = inf
    for corners in (one, other):
        for (x, y), (u, v) in pairwise(corners[:3]):
            length = hypot(u - x, v - y)
            if not length:
                return 0.0
            across, up = (v - y) / length, (x - u) / length
            first = [px * across + py * up for px, py in one]
            second = [px * across + py * up for px, py in other]
            least = min(least, max(first) - min(second), max(second) - min(first))
            if least <= 0:
                return least
    return least


def around(points: Iterable[Point]) -> Box:
    """Return the smallest box that holds some points. Raises ValueError when there is none."""
    across, up = zip(*points, strict=True)
    return Box(min(across), min(up), max(across), max(up))


def moved(box: Box, matrix: Matrix) -> Box:
    """Return the upright box around a box that was put through a matrix."""
    corners = ((box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top))
    return around(placed(x, y, matrix) for x, y in corners)
