"""How high and how deep the glyphs of an embedded font are: where ink really stands.

A font says only how high its highest letters are, accents and air included; a figure of 184 points has two
centimetres less.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from oxalis_panels.preflight.objects import content, entry, name

THOUSANDTHS = 1000
KEPT = 16
MOST_BYTES = 8_000_000
"""Of a font whose glyphs are measured; larger ones are taken to be as high as they say."""


class Outlines:
    """The glyphs of one embedded font, by number."""

    def __init__(self, program: bytes) -> None:
        """Read a TrueType or OpenType font; one that cannot be read has no glyphs."""
        import uharfbuzz  # noqa: PLC0415 - not before a file is looked into

        face = uharfbuzz.Face(program)
        self._font = uharfbuzz.Font(face)
        self._unit = THOUSANDTHS / (face.upem or THOUSANDTHS)
        self._known: dict[int, tuple[int, int, int, int] | None] = {}

    def span(self, glyphs: Iterable[int]) -> tuple[float, float] | None:
        """Return the lowest and the highest of some glyphs in thousandths of the size; None without ink."""
        inked = [found for glyph in set(glyphs) if (found := self._inked(glyph))]
        if not inked:
            return None
        return min(low for low, *_ in inked) * self._unit, max(high for _, high, *_ in inked) * self._unit

    def sides(self, glyph: int) -> tuple[float, float] | None:
        """Return where the ink of a glyph begins and ends, in thousandths of the size; None without ink."""
        found = self._inked(glyph)
        return (found[2] * self._unit, found[3] * self._unit) if found else None

    def _inked(self, glyph: int) -> tuple[int, int, int, int] | None:
        """Return the lower, upper, left and right end of one glyph, in units of the font."""
        if glyph not in self._known:
            found = self._font.get_glyph_extents(glyph)
            self._known[glyph] = None
            if found is not None and found.height:
                top, left = found.y_bearing, found.x_bearing
                self._known[glyph] = (top + found.height, top, left, left + found.width)
        return self._known[glyph]


def outlines_of(font: object, inner: object) -> Outlines | None:
    """Return the glyphs of a composite font whose codes are their numbers; None of any other."""
    direct = name(entry(font, "Encoding")) == "Identity-H"
    direct &= (name(entry(inner, "CIDToGIDMap")) or "Identity") == "Identity"
    program = content(entry(entry(inner, "FontDescriptor"), "FontFile2"), MOST_BYTES) if direct else b""
    return _read(program) if program else None


@lru_cache(maxsize=KEPT)
def _read(program: bytes) -> Outlines:
    return Outlines(program)
