"""The colours of the series, read from `templates/shared/palette.toml`, and the contrast of those that meet.

Ratios are those of WCAG 2.2: success criteria 1.4.3 (text), 1.4.11 (graphics) and 1.4.6 (text, enhanced).
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from oxalis_panels.model.collection import Panel
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error, warning
from oxalis_panels.model.value import value
from oxalis_panels.rendering.folders import TemplateFolders

FILE = "shared/palette.toml"
FULL = 100
"""Percent of an ink."""


@value
class Ink:
    """One colour, for both media."""

    screen: str
    """sRGB, `#rrggbb`."""
    cmyk: tuple[float, float, float, float]
    """Cyan, magenta, yellow and black, each from 0 to 1."""

    @property
    def print(self) -> str:
        """The CSS colour that WeasyPrint writes as DeviceCMYK."""
        return f"device-cmyk({' '.join(f'{part:g}' for part in self.cmyk)})"


@value
class Colour:
    """One colour of the palette in its shades."""

    name: str
    deep: Ink
    """Bands, marks and accents on paper."""
    mid: Ink
    """Ornament on a deep band."""
    pale: Ink
    """Ornament and tints on paper."""
    light: str
    """Accents on a dark screen, `#rrggbb`."""


@value
class Palette:
    """All colours, in the order of the series."""

    colours: tuple[Colour, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What a panel may write after `colour:`."""
        return tuple(colour.name for colour in self.colours)

    def of(self, panel: Panel) -> Colour:
        """Return the colour that the panel names, else the one at its position, counting around."""
        for colour in self.colours:
            if colour.name == panel.colour:
                return colour
        return self.colours[(panel.number - 1) % len(self.colours)]


def load_palette(folders: TemplateFolders) -> Parsed[Palette]:
    """Read the palette of a project, or the one that comes with the program.

    For a file that cannot be read there is no value and no diagnostic: `TemplateFolders.check` reports it.
    """
    try:
        text = folders.read(FILE)
    except (UnicodeDecodeError, OSError):
        return Parsed(None)
    source = Source(f"templates/{FILE}", text)
    try:
        rows = tomllib.loads(text)["colour"]
        wrong = tuple(_wrong_values(rows, source))
        if wrong:
            return Parsed(None, wrong)
        colours = tuple(map(_colour, rows))
    except (KeyError, TypeError, ValueError, RecursionError) as mistake:
        return Parsed(None, (error("palette-mistake", Span(source), found=str(mistake)),))
    return Parsed(Palette(colours))


def place(source: Source, name: str, shade: str = "") -> Span:
    """Return where the palette names a colour, or a shade of it; the whole file where that is uncertain."""
    start = source.text.find(f'name = "{name}"')
    if start < 0 or source.text.find(f'name = "{name}"', start + 1) >= 0:
        return Span(source)
    end = source.text.find("[[", start)
    line = re.compile(rf"^{shade}\b.*", re.MULTILINE).search(
        source.text, start, end if end > 0 else len(source.text)
    )
    if shade and line:
        return Span(source, *line.span())
    return Span(source, start, source.text.find("\n", start))


def _wrong_values(rows: list[dict[str, Any]], source: Source) -> Iterator[Diagnostic]:
    """Yield an error for each invalid colour. Raises KeyError or TypeError if it is no palette at all."""
    if not rows:
        yield error("palette-mistake", Span(source), found="[[colour]]")
    names = [row["name"] for row in rows]
    for row in rows:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", row["name"]) or names.count(row["name"]) > 1:
            yield error("palette-name", place(source, row["name"]), found=row["name"])
        for shade in ("deep", "mid", "pale", "light"):
            screen, inks = row[shade]["screen"], row[shade]["print"] if shade != "light" else [0] * 4
            if not re.fullmatch(r"#[0-9a-fA-F]{6}", screen):
                yield error("palette-colour.screen", place(source, row["name"], shade), found=screen)
            if len(inks) != len("CMYK") or not all(0 <= ink <= FULL for ink in inks):
                yield error("palette-colour.inks", place(source, row["name"], shade), found=str(inks))


def _colour(row: dict[str, Any]) -> Colour:
    deep, mid, pale = (_ink(row[shade]) for shade in ("deep", "mid", "pale"))
    return Colour(row["name"], deep, mid, pale, row["light"]["screen"])


def _ink(value: dict[str, Any]) -> Ink:
    cyan, magenta, yellow, black = (percent / FULL for percent in value["print"])
    return Ink(value["screen"], (cyan, magenta, yellow, black))


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
