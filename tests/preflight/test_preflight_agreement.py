"""Other programs measure the same files and find the same."""

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from bad_files import FAULTS, make
from builds import Built
from good_file import OFFSET, good_file, saved
from PIL import Image

from oxalis_panels.inspection.checks import inspect
from oxalis_panels.inspection.expectations import for_our_own
from oxalis_panels.inspection.report import Item, Report
from oxalis_panels.printers.limits import MARGIN

ASK = for_our_own(OFFSET, 594, 841)
TOLERANCE = 2
"""Percent of ink: eight bits per ink, and JPEG."""
MM = 25.4 / 72
CONTRAST = 40
"""Of 255: what is read on a band stands out by more."""
HEAVY = ("encrage-330", "encrage-image", "encrage-jpeg", "encrage-degrade")


def needs(program: str) -> pytest.MarkDecorator:
    """Skip a test where a program is not installed."""
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


def run(*command: str | Path) -> str:
    """Return what a command prints; it must succeed."""
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def item(report: Report, check: str) -> Item:
    """Return one line of a report."""
    return next(each for each in report.items if each.check == check)


def most_ink(pdf: Path, folder: Path) -> float:
    """Return the largest total that Ghostscript paints on a page, in percent."""
    profile, picture = folder / "fogra39.icc", folder / "ink.tif"
    profile.write_bytes(OFFSET.icc)
    profiles = (f"-sDefaultCMYKProfile={profile}", f"-sOutputICCProfile={profile}")
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", f"--permit-file-read={profile}", "-r36", *profiles,
        "-sDEVICE=tiff32nc", "-o", picture, pdf)  # fmt: skip
    with Image.open(picture) as opened:
        assert opened.mode == "CMYK"
        return max(map(sum, set(zip(*(band.tobytes() for band in opened.split()), strict=True)))) / 2.55


@needs("gs")
@pytest.mark.parametrize("name", ["", *HEAVY])
def test_ghostscript_measures_the_same_ink(name: str, tmp_path: Path) -> None:
    """Areas, gradients, raw pictures and JPEG come to the total that a raster image processor paints."""
    pdf = make(FAULTS[name]) if name else saved(good_file())
    (tmp_path / "affiche.pdf").write_bytes(pdf)
    found = item(inspect(pdf, ASK), "ink").found["found"]
    assert found == pytest.approx(most_ink(tmp_path / "affiche.pdf", tmp_path), abs=TOLERANCE)


@needs("gs")
def test_ghostscript_measures_the_same_ink_on_our_posters(built: Built, tmp_path: Path) -> None:
    """All eight have the total that we read off their operators, and none more than the printer takes."""
    for path in built.posters:
        painted = most_ink(path, tmp_path)
        found = item(inspect(path.read_bytes(), ASK), "ink").found["found"]
        assert (path.name, found) == (path.name, pytest.approx(painted, abs=TOLERANCE))
        assert painted <= OFFSET.ink


@needs("qpdf")
def test_qpdf_finds_no_damage_in_our_files(built: Built) -> None:
    """Neither in the print files nor in what is made from them for the screen."""
    screen = (built.output / "site" / "posters").glob("*.pdf")
    for path in (*built.posters, *screen):
        assert "No syntax or stream encoding errors" in run("qpdf", "--check", path), path


def test_a_raster_shows_the_margin_that_we_find(built: Built) -> None:
    """Letters are as high as their ink: above what we call the nearest text nothing is printed.

    A font says of all its letters that they are as high as the highest; the running title is the nearest.
    """
    pdf = built.posters[1].read_bytes()
    found = float(str(item(inspect(pdf, ASK), "margin").found["found"]))
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=1, grayscale=True).to_pil()
    bleed = 3 / MM
    strip = [round(bleed + at / MM) for at in (72, 200)]  # beside the ornament
    rows = [picture.crop((strip[0], y, strip[1], y + 1)).getextrema() for y in range(round(bleed + 60 / MM))]
    inked = next(y for y, (darkest, lightest) in enumerate(rows) if lightest - darkest > CONTRAST)
    assert inked * MM - 3 == pytest.approx(found, abs=1)
    assert found >= MARGIN


@needs("qpdf")
def test_qpdf_finds_no_damage_in_what_we_call_whole(tmp_path: Path) -> None:
    """The good file is one for qpdf, too; the repaired one is not."""
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(saved(good_file()))
    bad.write_bytes(good.read_bytes().replace(b"startxref", b"startxxxx"))
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", good)
    assert subprocess.run(["qpdf", "--check", bad], capture_output=True, check=False).returncode != 0  # noqa: S607 - wherever it is installed


@needs("pdffonts")
def test_pdffonts_lists_the_same_fonts(built: Built, tmp_path: Path) -> None:
    """Names and embedding are those that poppler reports."""
    for path in built.posters[:3]:
        rows = [line.split() for line in run("pdffonts", path).splitlines()[2:]]
        assert sorted({row[0].split("+")[1] for row in rows}) == sorted(
            item(inspect(path.read_bytes(), ASK), "fonts").found["fonts"]  # type: ignore[call-overload]
        )
    missing = tmp_path / "missing.pdf"
    missing.write_bytes(make(FAULTS["police-absente"]))
    assert run("pdffonts", missing).splitlines()[2].split()[-5] == "no"


@needs("pdfimages")
@pytest.mark.parametrize(("name", "dpi"), [("image-90", 90), ("image-140", 140), ("image-rvb", 216)])
def test_pdfimages_measures_the_same_resolution(name: str, dpi: int, tmp_path: Path) -> None:
    """Pixels per inch at the printed size are those that poppler reports."""
    pdf = make(FAULTS[name])
    (tmp_path / "affiche.pdf").write_bytes(pdf)
    rows = [line.split() for line in run("pdfimages", "-list", tmp_path / "affiche.pdf").splitlines()[2:]]
    assert min(int(row[12]) for row in rows) == dpi
    assert item(inspect(pdf, ASK), "pictures").found == {"found": dpi}
