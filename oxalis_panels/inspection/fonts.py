"""Fonts as a content stream uses them: name, embedding, widths of glyphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field

import uharfbuzz

from oxalis_panels.inspection.geometry import IDENTITY, Matrix
from oxalis_panels.inspection.objects import array, content, entry, matrix, name, number, numbers, text
from oxalis_panels.inspection.survey import Font
from oxalis_panels.model.value import value

SUBSET = re.compile(r"[A-Z]{6}\+")
FILES = ("FontFile", "FontFile2", "FontFile3")
AVERAGE = 500.0
"""Width taken for a glyph that the file does not measure, in thousandths of the size."""
DEFAULT = 1000.0
"""Width of a glyph of a composite font that says nothing else (ISO 32000-1, table 117)."""
ASCENT, DESCENT = 750.0, -250.0
"""Taken where the font does not say."""
HIGHEST = 1300.0
"""No letter is higher: fonts that say so mean something else."""
LOW_LETTER, CAPITAL = 450.0, 720.0
"""Heights that letters without and with an ascender have in most fonts."""
FAINT = b" \xa0._-"
MOST_GLYPHS = 65536
MOST_WIDTHS = 4 * MOST_GLYPHS
"""Widths that are read; a font may say them again and again."""
MOST_NAMES = 1024
THOUSANDTHS = 1000
MOST_BYTES = 8_000_000
"""Of a font whose glyphs are measured; larger ones are taken to be as high as they say."""


@value
class Metrics:
    """A font, and what is needed to tell where its text ends."""

    font: Font
    bytes_per_glyph: int
    widths: dict[int, float] = field(repr=False)
    """In thousandths of the size, by code."""
    default: float
    ascent: float
    descent: float
    glyphs: object = field(default=None, repr=False)
    """The drawings of a Type 3 font, by name."""
    names: dict[int, str] = field(default_factory=dict, repr=False)
    """The names of those drawings, by code."""
    matrix: Matrix = IDENTITY
    """From the units of a Type 3 font to those of its text."""
    resources: object = field(default=None, repr=False)
    """What those drawings draw with."""
    outlines: Outlines | None = field(default=None, repr=False)
    """The embedded glyphs, where their codes are their numbers."""
    whole: bool = True
    """Whether all the widths that it says were read."""

    def codes(self, shown: bytes) -> list[int]:
        """Split the bytes of a string into the codes of its glyphs."""
        step = self.bytes_per_glyph
        return [int.from_bytes(shown[at : at + step], "big") for at in range(0, len(shown), step)]

    def span(self, codes: list[int]) -> tuple[float, float]:
        """Return how deep and how high some glyphs reach, in thousandths of the size."""
        inked = self.outlines.span(codes) if self.outlines else None
        return inked or (self.descent, self.ascent)

    def core(self, codes: list[int]) -> tuple[float, float] | None:
        """Return between which heights most of the ink of glyphs stands; None where they have none."""
        if self.outlines is None:
            return 0.0, LOW_LETTER
        inked = self.outlines.span(codes)
        return (max(0.0, inked[0]), min(CAPITAL, inked[1])) if inked and inked[1] > 0 else None

    def ends(self, codes: list[int]) -> tuple[float, float]:
        """Return how much room without ink is before the first glyph and after the last one."""
        first, last = (self.outlines.sides(codes[at]) if self.outlines else None for at in (0, -1))
        after = self.widths.get(codes[-1], self.default) - last[1] if last else 0.0
        return (first[0] if first else 0.0), after

    def is_faint(self, code: int) -> bool:
        """Whether a glyph at the end of a text is a blank, or as good as one where we cannot see it."""
        if self.outlines is None:
            return self.bytes_per_glyph == 1 and code in FAINT
        return self.outlines.span([code]) is None

    def lacks(self, codes: list[int]) -> bool:
        """Whether a composite font shows its glyph 0, the empty frame that stands for what it lacks."""
        return self.bytes_per_glyph > 1 and 0 in codes


def metrics_of(font: object) -> Metrics:
    """Return a font of the resources; whatever is wrong with it, something that can be measured with."""
    composite = name(entry(font, "Subtype")) == "Type0"
    inner = next(iter(array(entry(font, "DescendantFonts"))), None) if composite else font
    descriptor = entry(inner, "FontDescriptor")
    drawn = name(entry(font, "Subtype")) == "Type3"
    to_text = matrix(array(entry(font, "FontMatrix"))) or IDENTITY
    unit = to_text[0] * 1000 if drawn else 1.0
    ascent, descent = _heights(descriptor)
    widths, whole = _composite_widths(inner) if composite else (_simple_widths(font, unit), True)
    return Metrics(
        font=_described(font, descriptor, drawn=drawn),
        bytes_per_glyph=2 if composite else 1,
        widths=widths,
        default=number(entry(inner, "DW"), DEFAULT) if composite else AVERAGE,
        ascent=ascent,
        descent=descent,
        glyphs=entry(font, "CharProcs") if drawn else None,
        names=_names(font) if drawn else {},
        matrix=to_text,
        resources=entry(font, "Resources") if drawn else None,
        outlines=outlines_of(font, inner) if composite else None,
        whole=whole,
    )


def _described(font: object, descriptor: object, *, drawn: bool) -> Font:
    full = name(entry(font, "BaseFont")) or text(entry(font, "Name")) or "?"
    short = SUBSET.sub("", full, count=1)
    return Font(
        name=short,
        family=text(entry(descriptor, "FontFamily")) or short,
        subset=SUBSET.match(full) is not None,
        embedded=drawn or any(entry(descriptor, key) is not None for key in FILES),
        drawn=drawn,
    )


def _heights(descriptor: object) -> tuple[float, float]:
    ascent = number(entry(descriptor, "Ascent")) or ASCENT
    descent = number(entry(descriptor, "Descent")) or DESCENT
    return min(abs(ascent), HIGHEST), -min(abs(descent), HIGHEST)


def _simple_widths(font: object, unit: float) -> dict[int, float]:
    first = int(number(entry(font, "FirstChar")))
    widths = numbers(entry(font, "Widths"))[:MOST_GLYPHS]
    return {first + at: width * unit for at, width in enumerate(widths)}


def _composite_widths(inner: object) -> tuple[dict[int, float], bool]:
    """Read `c [w1 w2 …]` and `first last w` (ISO 32000-1, 9.7.4.3); tell whether that was all."""
    widths: dict[int, float] = {}
    waiting = array(entry(inner, "W"))
    at = given = 0
    while at + 1 < len(waiting) and given < MOST_WIDTHS:
        first = int(number(waiting[at]))
        listed = array(waiting[at + 1])
        if listed:
            given += len(listed)
            widths.update({first + more: number(width) for more, width in enumerate(listed[:MOST_GLYPHS])})
            at += 2
        elif at + 2 < len(waiting):
            last = min(int(number(waiting[at + 1])), first + MOST_GLYPHS)
            given += max(0, last - first)
            widths.update(dict.fromkeys(range(first, last + 1), number(waiting[at + 2])))
            at += 3
        else:
            break
    return widths, at + 1 >= len(waiting) or given < MOST_WIDTHS


def _names(font: object) -> dict[int, str]:
    """Return the names that the encoding gives to codes."""
    found: dict[int, str] = {}
    code = 0
    for each in array(entry(entry(font, "Encoding"), "Differences"))[:MOST_NAMES]:
        if name(each):
            found[code] = name(each)
            code += 1
        else:
            code = int(number(each))
    return found


class Outlines:
    """The glyphs of one embedded font, by number."""

    def __init__(self, program: bytes) -> None:
        """Read a TrueType or OpenType font; one that cannot be read has no glyphs."""
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
    return Outlines(program) if program else None
