"""The name of a picture as another computer writes it."""

import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from builds import said, write_project
from PIL import Image

from oxalis_panels.reading.choosing import choose
from oxalis_panels.reading.files import folded_name
from oxalis_panels.reading.project import read_project

DECOMPOSED = unicodedata.normalize("NFD", "assemblée.png")


@pytest.mark.parametrize(
    ("there", "written"),
    [
        ("photo.png", "photo.png"),
        (DECOMPOSED, "assemblée.png"),
        ("assemblée.png", DECOMPOSED),
        ("Photo.PNG", "photo.png"),
        ("photo.png", "PHOTO.png"),
        (unicodedata.normalize("NFD", "Été.png"), "ÉTÉ.PNG"),
        ("deux mots.png", "deux%20mots.png"),
        ("photo.png", r"..\\panels\\photo.png"),
        ("photo.png", "../panels/photo.png"),
        ("images/photo.png", r"images\\photo.png"),
        ("Images/Deux mots.png", r"images\\deux%20mots.PNG"),
        ("100%.png", "100%.png"),
        ("a%20b.png", "a%20b.png"),
    ],
)
def test_a_picture_is_found(there: str, written: str, tmp_path: Path) -> None:
    """Whatever writes the panel, whatever holds the file; and it is not called unused."""
    figure = f'figure:\n  file: "{written}"\n  alt: Une image\n'
    write_project(tmp_path, un=f"---\n{figure}---\n# Un\n\n- ✓ Oui.\n")
    path = tmp_path / "panels" / there
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (8, 6)).save(path)
    read = read_project(tmp_path)
    assert said(read.diagnostics) == []
    assert read.value is not None
    assert read.value.panels[0].figure is not None


@pytest.mark.parametrize("written", ["assemblée.png", "Assemblée.PNG"])
def test_a_disk_that_finds_it_by_another_name_makes_none_unused(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those of macOS and Windows do: the panel's name stays as it was written."""
    write_project(tmp_path, un=f"---\nfigure:\n  file: {written}\n  alt: Une image\n---\n# Un\n\n- ✓ Oui.\n")
    Image.new("RGB", (8, 6)).save(tmp_path / "panels" / DECOMPOSED)

    def standing(path: str | Path) -> list[Path]:
        place = Path(path)
        return [each for each in place.parent.iterdir() if folded_name(each.name) == folded_name(place.name)]

    monkeypatch.setattr("os.path.lexists", lambda path: bool(standing(path)))
    monkeypatch.setattr("os.path.realpath", lambda path: str((standing(path) or [path])[0]))
    assert said(read_project(tmp_path).diagnostics) == []


@pytest.mark.parametrize(("typed", "there"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_panel_is_chosen_however_accents_are_written(
    typed: Literal["NFC", "NFD"], there: Literal["NFC", "NFD"], tmp_path: Path
) -> None:
    """Typed on one computer, named on another."""
    file = tmp_path / "panels" / unicodedata.normalize(there, "01-été.md")
    file.parent.mkdir()
    file.touch()
    chosen = choose(tmp_path, [unicodedata.normalize(typed, "panels/01-été.md")])
    assert chosen.value == frozenset({f"panels/{file.name}"})


def test_of_two_that_differ_in_capitals_none_is_guessed(tmp_path: Path) -> None:
    """The message names one of them."""
    write_project(tmp_path, un="---\nfigure:\n  file: PHOTO.png\n  alt: Une image\n---\n# Un\n\n- ✓ Oui.\n")
    for name in ("photo.png", "Photo.png"):
        Image.new("RGB", (8, 6)).save(tmp_path / "panels" / name)
    if len(list((tmp_path / "panels").glob("*.png"))) == 2:
        assert said(read_project(tmp_path).diagnostics) == ["figure-not-found.misspelt"]
