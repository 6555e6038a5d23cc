"""Finished posters with pictures, as a raster image processor makes plates of them."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from builds import FRENCH, Built, build_posters_of, write_project
from PIL import Image
from printer_files import FOGRA39
from test_picture_kinds import INKS, OTHER, encoded, textured

from oxalis_panels.cli.summary import explained
from oxalis_panels.inspection.reading import read
from oxalis_panels.inspection.survey import Unreadable

DPI = 18
FINE = (2880, 720)
"""Pixels: 150 dpi at the width of the text."""
BARS = ((0, 0, 0, 100), (100, 0, 0, 0), (0, 100, 0, 0), (0, 0, 100, 0), (100, 100, 100, 100), INKS)
PANEL = "---\nfigure:\n  file: {slug}.{kind}\n  alt: Une image\n---\n# Un titre\n\n- ✓ Un constat.\n"


def bars() -> Image.Image:
    """Return a picture of bars in inks."""
    picture = Image.new("CMYK", FINE)
    for index, inks in enumerate(BARS):
        picture.paste(tuple(round(2.55 * ink) for ink in inks), (index * 480, 0, (index + 1) * 480, FINE[1]))
    return picture


def plan() -> Image.Image:
    """Return lines, black on white, as a scanner gives them in one bit."""
    picture = Image.new("1", FINE, 1)
    for x in range(0, FINE[0], 240):
        picture.paste(0, (x, 0, x + 120, FINE[1]))
    return picture


def glow() -> Image.Image:
    """Return a photograph in dark colours."""
    grey = textured().resize(FINE)
    return Image.merge(
        "RGB", [grey.point(lambda value: value // 5), grey.point(lambda value: value // 9), grey]
    )


PICTURES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "encres": ("tif", lambda: encoded(bars(), "TIFF", icc_profile=FOGRA39, compression="tiff_lzw")),
    "autres": ("tif", lambda: encoded(bars(), "TIFF", icc_profile=OTHER, compression="tiff_lzw")),
    "plan": ("tif", lambda: encoded(plan(), "TIFF", compression="group4")),
    "photo": ("jpg", lambda: encoded(textured().resize(FINE), "JPEG")),
    "nuit": ("png", lambda: encoded(glow(), "PNG")),
}


def plates(pdf: Path, folder: Path) -> Image.Image:
    """Return the four plates of the picture on a poster, as Ghostscript makes them."""
    profile, picture = folder / "fogra39.icc", folder / "plates.tif"
    profile.write_bytes(FOGRA39)
    profiles = (f"-sDefaultCMYKProfile={profile}", f"-sOutputICCProfile={profile}")
    read_too = f"--permit-file-read={profile}"
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", read_too, f"-r{DPI}", *profiles]
    subprocess.run([*command, "-sDEVICE=tiff32nc", "-o", str(picture), str(pdf)], check=True)
    survey = read(pdf.read_bytes())
    assert not isinstance(survey, Unreadable)
    (box,) = (mark.box for mark in survey.painted.marks if mark.kind == "picture")
    with Image.open(picture) as opened:
        scale = DPI / 72
        edges = (box.left * scale, opened.height - box.top * scale)
        far = (box.right * scale, opened.height - box.bottom * scale)
        return opened.crop((round(edges[0]), round(edges[1]), round(far[0]), round(far[1])))


def percent(picture: Image.Image, part: float) -> tuple[float, ...]:
    """Return the inks at a part of the width of some plates."""
    found = picture.getpixel((int(part * picture.width), picture.height // 2))
    assert isinstance(found, tuple)
    return tuple(ink / 2.55 for ink in found)


@pytest.mark.skipif(shutil.which("gs") is None, reason="gs is not installed")
def test_plates(built: Built, tmp_path: Path) -> None:
    """Inks of the printer are kept, those of another press where they are pure; lines are in black alone."""
    panels = {slug: PANEL.format(slug=slug, kind=kind) for slug, (kind, _) in PICTURES.items()}
    write_project(built.lend_fonts(tmp_path), **panels)
    for slug, (kind, data) in PICTURES.items():
        (tmp_path / "panels" / f"{slug}.{kind}").write_bytes(data())
    report, made = build_posters_of(tmp_path)
    assert {each.key for each in report.diagnostics if each.severity == "error"} == set()
    assert sorted(made) == sorted(PICTURES)
    files = {path.stem.split("-")[1]: path for path in (tmp_path / "output" / "print").glob("*.pdf")}
    found = {slug: plates(path, tmp_path) for slug, path in files.items()}

    for slug, exact in (("encres", 6), ("autres", 4)):
        for index, inks in enumerate(BARS[:exact]):
            limited = inks if sum(inks) <= 300 else (66.7, 66.7, 66.7, 100)
            assert percent(found[slug], (index + 0.5) / len(BARS)) == pytest.approx(limited, abs=2), slug
    for slug in ("plan", "photo"):
        *colours, black = (set(band.tobytes()) for band in found[slug].split())
        assert colours == [{0}] * 3
        assert max(black) - min(black) > 100
    assert percent(found["plan"], 60 / 2880) == pytest.approx((0, 0, 0, 100), abs=2)
    for plate in found.values():
        bands = [band.tobytes() for band in plate.split()]
        assert max(map(sum, zip(*bands, strict=True))) / 2.55 <= 300.5
    assert len(files["plan"].read_bytes()) < 1_000_000

    ways = [line for line in explained(report, FRENCH) if line.startswith("  image")]
    assert sorted(ways) == sorted(set(ways))
    assert len(ways) == len(PICTURES)
