"""The palette: readable on screen, dry on paper, and told when it is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from oxalis_panels.model.collection import Panel
from oxalis_panels.model.diagnostics import Source, Span, line_and_column
from oxalis_panels.rendering.folders import TemplateFolders, shipped_templates
from oxalis_panels.rendering.palette import (
    INK,
    NIGHT_INK,
    NIGHT_PAPER,
    PAPER,
    Colour,
    Palette,
    check_contrast,
    contrast,
    load_palette,
)

SHIPPED = load_palette(TemplateFolders((shipped_templates(),))).value
COLOURS = SHIPPED.colours if SHIPPED else ()
PANEL = Panel("un", 1, (), (), (), (), None, Span(Source("panels/01-un.md")))


def test_contrast_is_computed_as_wcag_does() -> None:
    """Known values: black on white, the grey that just passes AA."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)


def test_there_are_eight_colours_with_names_of_their_own() -> None:
    """One for each panel of the series."""
    assert len({colour.name for colour in COLOURS}) == len(COLOURS) == 8


@pytest.mark.parametrize("colour", COLOURS, ids=[colour.name for colour in COLOURS])
def test_a_colour_can_be_read(colour: Colour) -> None:
    """White on deep has 7:1 (WCAG AAA), light on black too; deep on its pale tint 4.5:1 at least."""
    assert contrast(colour.deep.screen, "#ffffff") >= 7
    assert contrast(colour.deep.screen, colour.pale.screen) >= 4.5
    assert contrast(colour.light, "#000000") >= 7


@pytest.mark.parametrize("colour", COLOURS, ids=[colour.name for colour in COLOURS])
def test_a_colour_dries(colour: Colour) -> None:
    """No shade takes more than 300 % of ink, and each ink is a part of one."""
    for ink in (colour.deep, colour.mid, colour.pale):
        assert all(0 <= part <= 1 for part in ink.cmyk)
        assert sum(ink.cmyk) <= 3
        assert ink.print == f"device-cmyk({' '.join(f'{part:g}' for part in ink.cmyk)})"


def test_a_panel_has_its_own_colour_or_that_of_its_place() -> None:
    """Nine panels: the ninth begins again; a named colour is taken wherever the panel stands."""
    palette = Palette(COLOURS)
    assert [palette.of(replace(PANEL, number=n)).name for n in (1, 8, 9)] == [
        COLOURS[0].name,
        COLOURS[7].name,
        COLOURS[0].name,
    ]
    assert palette.of(replace(PANEL, colour="iris")).name == "iris"
    assert "iris" in palette.names


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("[[colour]]", "[[colour"), ""),
        (('name = "sapin"\n', ""), "name"),
        (("print = [86, 34, 84, 42]", 'print = "vert"'), ""),
        (('light = { screen = "#98d5ac" }', 'light = "#98d5ac"'), ""),
    ],
)
def test_a_wrong_palette_is_a_diagnostic(change: tuple[str, str], complaint: str, tmp_path: Path) -> None:
    """A project's own palette is read instead of the shipped one, and its mistakes are told."""
    text = (shipped_templates() / "shared" / "palette.toml").read_text(encoding="utf-8")
    own = tmp_path / "templates" / "shared" / "palette.toml"
    own.parent.mkdir(parents=True)
    own.write_text(text.replace(*change), encoding="utf-8")
    parsed = load_palette(TemplateFolders.of(tmp_path))
    assert parsed.value is None
    (found,) = parsed.diagnostics
    assert (found.key, found.span.source.path) == ("palette-mistake", "templates/shared/palette.toml")
    assert complaint in str(found.values["found"])


def test_the_shipped_palette_has_contrast_enough() -> None:
    """No error and no warning in either mode; papers and inks are those of the style sheet."""
    folders = TemplateFolders((shipped_templates(),))
    assert SHIPPED is not None
    assert list(check_contrast(SHIPPED, folders)) == []
    css = folders.read("site/style.css")
    assert f"--paper: {PAPER}; --ink: {INK}" in css
    assert f"--paper: {NIGHT_PAPER}; --ink: {NIGHT_INK}" in css


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('deep = { screen = "#1e5a38"', 'deep = { screen = "#3e8a58"', ("palette-contrast", "error", 15)),
        ('deep = { screen = "#1e5a38"', 'deep = { screen = "#2e6a48"', ("palette-contrast", "warning", 15)),
        ('light = { screen = "#98d5ac"', 'light = { screen = "#406050"', ("palette-contrast", "error", 18)),
        ('deep = { screen = "#1e5a38"', 'deep = { screen = "sapin"', ("palette-colour.screen", "error", 15)),
        ("[86, 34, 84, 42]", "[86, 34, 84, 420]", ("palette-colour.inks", "error", 15)),
        ('name = "canard"', 'name = "vert canard"', ("palette-name", "error", 21)),
        ('name = "canard"', 'name = "iris"', ("palette-name", "error", 1)),
        ("[86, 34, 84, 42]", "[86]", ("palette-colour.inks", "error", 15)),
    ],
)
def test_a_colour_that_cannot_be_read_is_told_at_its_line(
    old: str, new: str, told: tuple[str, str, int], tmp_path: Path
) -> None:
    """Below what text needs it is an error, below what everybody reads with ease a warning."""
    own = tmp_path / "templates" / "shared" / "palette.toml"
    own.parent.mkdir(parents=True)
    text = (shipped_templates() / "shared" / "palette.toml").read_text(encoding="utf-8")
    own.write_text(text.replace(old, new), encoding="utf-8")
    folders = TemplateFolders.of(tmp_path)
    parsed = load_palette(folders)
    found = parsed.diagnostics or tuple(check_contrast(parsed.value, folders) if parsed.value else ())
    assert told in {(each.key, each.severity, line_and_column(each.span)[0]) for each in found}
