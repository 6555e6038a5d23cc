"""What can be computed of the looks: contrast of the palette, width of the fallback faces."""

import io
import re
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from site_project import ROOT, checked, files, style

from oxalis_panels.rendering import glyphs
from oxalis_panels.rendering.fonts import Font, load_fonts

SEED = ROOT / "tests/data/seed.txt"
TOKEN = re.compile(r"--(paper|ink|soft|rule): (#[0-9a-f]{6})")
SMALL = " abcdefghijklmnopqrstuvwxyz"
ARIAL = """278 556 556 500 556 556 278 556 556 222 222 500 222 833
           556 556 556 556 333 500 278 556 500 722 500 500 500"""
ARIAL_BOLD = """278 556 611 556 611 556 333 611 611 278 278 556 278 889
                611 611 611 611 389 556 333 611 556 778 556 556 500"""
"""Advance widths of `SMALL` in thousandths of an em: Helvetica's, which Arial and Liberation Sans copy."""
FALLBACK = re.compile(
    r'"Oxalis (\w+) Fallback"; font-weight: (\d+);.*?size-adjust: (.*?)%.*?: (.*?)%.*?: (.*?)%'
)


def test_a_reader_can_tell_text_from_paper_in_both_modes() -> None:
    """Body text and quiet text: 7:1 or more on light and on dark paper."""
    tokens = TOKEN.findall(style(files(checked(ROOT))))
    modes = [dict(tokens[:4]), dict(tokens[4:])]
    assert [set(mode) for mode in modes] == [{"paper", "ink", "soft", "rule"}] * 2
    assert all(contrast(mode[ink], mode["paper"]) >= 7 for mode, ink in product(modes, ("ink", "soft")))


def test_every_colour_of_the_palette_carries_text_in_both_modes() -> None:
    """White on deep, deep on light paper, light on dark paper: 7:1 or more; white on mid: 4.5:1."""
    project = checked(ROOT)
    tokens = TOKEN.findall(style(files(project)))
    light, dark = tokens[0][1], tokens[4][1]
    for colour in project.palette.colours:
        deep = colour.deep.screen
        assert contrast("#ffffff", deep) >= 7
        assert contrast(deep, light) >= 7
        assert contrast(colour.light, dark) >= 7
        assert contrast("#ffffff", colour.mid.screen) >= 4.5


def test_fallback_faces_have_the_width_and_the_lines_of_the_real_ones(tmp_path: Path) -> None:
    """The mean lower-case letter or space of the seed, and hhea's ascent and descent, over that width."""
    written = {
        (family, int(weight)): [float(value) for value in values]
        for family, weight, *values in FALLBACK.findall(style(files(checked(ROOT))))
    }
    letters = Counter(c for c in " ".join(SEED.read_text(encoding="utf-8").lower().split()) if c in SMALL)
    faces = [font for font in load_fonts(frozenset(), tmp_path) if font.face.style == "normal"]
    computed = {(f.face.family.removeprefix("Oxalis "), f.face.weight): _fallback(f, letters) for f in faces}
    assert computed == written


def _fallback(font: Font, letters: Counter[str]) -> list[float]:
    """Return size-adjust, ascent-override and descent-override in percent, to a tenth."""
    made = TTFont(io.BytesIO(font.ttf))
    names, advances, units = made.getBestCmap(), made["hmtx"], made["head"].unitsPerEm
    widths = (ARIAL if font.face.weight == 400 else ARIAL_BOLD).split()
    local = dict(zip(SMALL, map(int, widths), strict=True))
    own = sum(advances[names[ord(letter)]][0] * count for letter, count in letters.items()) / units
    size = 1000 * own / sum(local[letter] * count for letter, count in letters.items())
    line = made["hhea"]
    return [
        round(100 * value, 1) for value in (size, line.ascent / units / size, -line.descent / units / size)
    ]


def test_marks_become_polygons() -> None:
    """Points of the 24-unit square as percentages; a curve is refused rather than drawn wrong."""
    assert glyphs.polygon("M6 12H18L12 24Z") == "polygon(25% 50%, 75% 50%, 50% 100%)"
    with pytest.raises(ValueError, match="not a straight line: C"):
        glyphs.polygon("M0 0C1 1 2 2 3 3Z")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two `#rrggbb` colours as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
