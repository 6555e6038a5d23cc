"""Widths of letters, against the faces that they are taken from."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from oxalis_panels.rendering.fonts import BASE_CHARACTERS, load_fonts
from oxalis_panels.rendering.widths import Cut, width

CUTS: dict[str, Cut] = {
    "oxalis-text-400": "regular",
    "oxalis-text-600": "bold",
    "oxalis-display-800": "display",
}
SLIGHTLY = 0.031
"""How much wider than its letter an accent may be, in em: ď, with its caron at the side."""


def test_every_base_character_has_the_width_of_its_face(tmp_path: Path) -> None:
    """No letter that French text is made of counts for less than it takes; none is far off."""
    wrong = {}
    for font in load_fonts(frozenset(), tmp_path):
        if font.face.file in CUTS:
            made = TTFont(io.BytesIO(font.ttf))
            names, advances, units = made.getBestCmap(), made["hmtx"], made["head"].unitsPerEm
            for letter in BASE_CHARACTERS:
                off = advances[names[ord(letter)]][0] / units - width(letter, CUTS[font.face.file])
                if off > SLIGHTLY or (letter.isascii() and off != pytest.approx(0)):
                    wrong[font.face.file, letter] = off
    assert wrong == {}


def test_an_accent_makes_no_letter_wider() -> None:
    """And a letter that no table knows counts for a whole em."""
    assert width("é", "regular") == width("e", "regular")
    assert width("漢", "bold") == 1
