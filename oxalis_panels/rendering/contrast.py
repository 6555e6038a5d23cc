"""The contrast of the palette: every pair of colours that meet on the site or on a poster.

Ratios are those of WCAG 2.2: success criteria 1.4.3 (text), 1.4.11 (graphics) and 1.4.6 (text, enhanced).
"""

from collections.abc import Iterator
from typing import Final

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error, warning
from oxalis_panels.model.value import value
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.palette import FILE, Colour, Palette, place

GRAPHIC, TEXT, ENHANCED = 3.0, 4.5, 7.0
"""Minimum contrast of marks and letters over 24 px; of text; of text that everybody reads with ease."""
WHITE: Final = "#ffffff"
PAPER, INK = "#fdfcf8", "#1c211e"
"""As in `site/style.css`; a poster's white and black are further apart."""
NIGHT_PAPER, NIGHT_INK = "#131614", "#eceae3"
"""The same in dark mode."""
TINT = 0.3
"""Share of the deep colour in tints in dark mode, from 0 to 1."""


@value
class Pair:
    """Two colours that meet."""

    shade: str
    """Of the palette: `deep`, `mid`, `pale` or `light`."""
    one: str
    """`#rrggbb`: the shade, or a tint of it."""
    other: str
    """The colour that it meets, `#rrggbb`."""
    least: float
    """Contrast below which it is an error."""
    wished: float = 0.0
    """Contrast below which it is a warning."""


def check_contrast(palette: Palette, folders: TemplateFolders) -> Iterator[Diagnostic]:
    """Yield an error for each pair too weak to read, a warning for each that not everybody can read."""
    source = Source(f"templates/{FILE}", folders.read(FILE))
    for colour in palette.colours:
        for pair in _pairs(colour):
            found = contrast(pair.one, pair.other)
            if found < max(pair.least, pair.wished):
                yield _diagnostic(pair, colour, place(source, colour.name, pair.shade), found)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours `#rrggbb`, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _pairs(colour: Colour) -> Iterator[Pair]:
    deep, night = colour.deep.screen, _mixed(colour.deep.screen, NIGHT_PAPER, TINT)
    yield Pair("deep", deep, WHITE, TEXT, ENHANCED)  # words on a band
    yield Pair("mid", colour.mid.screen, WHITE, GRAPHIC, TEXT)  # a title over the clover of a band
    yield Pair("deep", deep, PAPER, TEXT)  # numbers and headings
    yield Pair("pale", colour.pale.screen, INK, TEXT, ENHANCED)  # a text that a link led to
    yield Pair("pale", colour.pale.screen, deep, GRAPHIC)  # the mark beside it
    yield Pair("light", colour.light, NIGHT_PAPER, TEXT)
    yield Pair("deep", night, NIGHT_INK, TEXT, ENHANCED)
    yield Pair("light", colour.light, night, GRAPHIC)


def _diagnostic(pair: Pair, colour: Colour, where: Span, found: float) -> Diagnostic:
    make, asked = (error, pair.least) if found < pair.least else (warning, pair.wished)
    values = {"colour": colour.name, "shade": pair.shade, "other": pair.other}
    return make("palette-contrast", where, **values, found=int(found * 10) / 10, asked=asked)


def _mixed(one: str, other: str, part: float) -> str:
    """Return `color-mix(in srgb, one part, other)`."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(part * a + (1 - part) * b):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def _luminance(colour: str) -> float:
    parts = (channel / 255 for channel in _channels(colour))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004 - sRGB
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
