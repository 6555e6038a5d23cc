"""The colours of the series, read from `templates/shared/palette.toml`."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from oxalis_panels.model.collection import Panel
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.rendering.folders import TemplateFolders

FILE = "shared/palette.toml"


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
            if len(inks) != 4 or not all(0 <= ink <= 100 for ink in inks):  # noqa: PLR2004 - C, M, Y, K in percent
                yield error("palette-colour.inks", place(source, row["name"], shade), found=str(inks))


def _colour(row: dict[str, Any]) -> Colour:
    deep, mid, pale = (_ink(row[shade]) for shade in ("deep", "mid", "pale"))
    return Colour(row["name"], deep, mid, pale, row["light"]["screen"])


def _ink(value: dict[str, Any]) -> Ink:
    cyan, magenta, yellow, black = (percent / 100 for percent in value["print"])
    return Ink(value["screen"], (cyan, magenta, yellow, black))
