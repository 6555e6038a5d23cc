"""What the finish makes for a printer, the check of finished files accepts, for all printers."""

import io
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from builds import FRENCH, Built, write_project
from PIL import Image
from poster_trials import press_of
from printer_files import ASKED, printer

from oxalis_panels.inspection.checks import judge
from oxalis_panels.inspection.expectations import expectations
from oxalis_panels.inspection.reading import read
from oxalis_panels.inspection.report import Report
from oxalis_panels.inspection.survey import Unreadable
from oxalis_panels.pipeline.check import Checked, check
from oxalis_panels.poster.composing import PosterInputs, compose
from oxalis_panels.poster.finish import finish
from oxalis_panels.poster.fit import fit
from oxalis_panels.poster.measure import Fit
from oxalis_panels.poster.separation import for_press
from oxalis_panels.printers.printer import Printer
from oxalis_panels.printers.reading import printer_names, read_printer
from oxalis_panels.rendering.fonts import characters, load_fonts, load_marks_font
from oxalis_panels.rendering.sheet import SIZES, drawing, paper

PANEL = """---
figure:
  file: vue.png
  alt: Une vue
  credit: Camille Untel
---
# Un titre

Un paragraphe.

- ✓ Un constat,
  - → et son point.
"""
SHIPPED = [name for name in printer_names(Path()) if read_printer(Path(), name, ASKED).value]
"""Those that can be used as they come; offset-non-couche waits for a profile."""


@dataclass(frozen=True)
class Studio:
    """A panel with a picture, laid out once for all printers."""

    checked: Checked
    inputs: PosterInputs
    found: Fit


@pytest.fixture(scope="module")
def studio(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """Return the panel and its layout."""
    folder = write_project(tmp_path_factory.mktemp("agreement"), un=PANEL)
    Image.effect_noise((1300, 1950), 90).convert("RGB").save(folder / "panels" / "vue.png", compress_level=1)
    (folder / "panels" / "collection.yaml").write_text("site_url: https://exemple.fr/\n", encoding="utf-8")
    checked = check(folder).value
    assert checked is not None
    faces, marks = load_fonts(characters(checked.typeset), built.fonts), load_marks_font(built.fonts)
    inputs = PosterInputs(checked.folders, checked.palette, faces, FRENCH, marks)
    order = compose(checked.typeset, inputs).value
    assert order is not None
    press_of(order).take({each.address: _grey() for each in order.jobs[0].pictures})
    found = fit(press_of(order), order.jobs[0], order.series)
    assert isinstance(found, Fit)
    return Studio(checked, inputs, found)


def _grey() -> bytes:
    buffer = io.BytesIO()
    Image.new("CMYK", (1300, 1950)).save(buffer, "JPEG")
    return buffer.getvalue()


def checked_file(studio: Studio, asked: Printer, size: str) -> Report:
    """Return what the check finds in the poster as it is made for a printer."""
    order = compose(studio.checked.typeset, replace(studio.inputs, printer=asked)).value
    assert order is not None
    (job,), series, press = order.jobs, order.series, press_of(order)
    press.take(
        {
            each.address: for_press(each.data, each.width, series.condition, series.ink)
            for each in job.pictures
        }
    )
    drawn = press.pdf(studio.found.layout.html, studio.found.sizes, drawing(SIZES[size], asked.bleed))
    pdf = finish(drawn, job, series, paper(SIZES[size], asked.bleed))
    assert isinstance(pdf, bytes)
    survey = read(pdf)
    assert not isinstance(survey, Unreadable)
    return judge(survey, expectations(asked, survey, size), asked.file_of(1, "un", size))


def faults(report: Report) -> list[str]:
    """Return the codes of all faults and doubts of a file."""
    return [fault.key for fault in report.faults]


@pytest.mark.parametrize(
    ("name", "size"), [*((name, "a1") for name in SHIPPED), ("offset-couche", "a2"), ("bureau", "a3")]
)
def test_a_file_for_a_shipped_printer_passes_its_check(
    name: str, size: str, studio: Studio, tmp_path: Path
) -> None:
    """Not one fault, and not one doubt."""
    asked = read_printer(tmp_path, name, ASKED).value
    assert asked is not None
    assert faults(checked_file(studio, asked, size)) == []


@pytest.mark.parametrize(
    ("bleed", "marks", "standard"),
    [
        (2.5, "false", "PDF/X-4"),
        (3, "true", "PDF/X-4"),
        (5, "true", "PDF/X-1a:2003"),
        (2.5, "false", "PDF/X-1a:2003"),
    ],
)
def test_a_file_for_a_printer_of_the_project_passes_its_check(
    bleed: float, marks: str, standard: str, studio: Studio, tmp_path: Path
) -> None:
    """Whatever its file says of bleed, marks and standard, they agree."""
    asked = printer(tmp_path, f'bleed = {bleed}\nmarks = {marks}\nstandard = "{standard}"\n')
    assert faults(checked_file(studio, asked, "a1")) == []


def test_a_file_for_another_printer_does_not_pass(studio: Studio, tmp_path: Path) -> None:
    """What was made for 3 mm of bleed and no marks is not what 5 mm and marks ask for."""
    made = printer(tmp_path, "bleed = 3\n")
    wanted = printer(tmp_path, 'bleed = 5\nstandard = "PDF/X-1a:2003"\n')
    order = compose(studio.checked.typeset, replace(studio.inputs, printer=made)).value
    assert order is not None
    drawn = press_of(order).pdf(studio.found.layout.html, studio.found.sizes, drawing(SIZES["a1"], 3))
    pdf = finish(drawn, order.jobs[0], order.series, paper(SIZES["a1"], 3))
    assert isinstance(pdf, bytes)
    survey = read(pdf)
    assert not isinstance(survey, Unreadable)
    assert {"preflight-bleed", "preflight-standard"} <= set(
        faults(judge(survey, expectations(wanted, survey, "a1"), "01-un-a1.pdf"))
    )
