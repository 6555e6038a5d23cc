"""A printer's wishes reach the files of a whole build."""

from pathlib import Path

import pikepdf
import pytest
from builds import Built, build_posters_of, said, write_project
from printer_files import write_printer

MM = 72 / 25.4
PANEL = "# Un titre\n\n- ✓ Un constat assez court.\n"
WISHES = (
    'bleed = 2.5\nmarks = true\nstandard = "PDF/X-1a:2003"\nfile_name = "OXALIS_{number:03}_{size}.pdf"\n'
)


def project(folder: Path, built: Built, wishes: str) -> Path:
    """Write a project of one panel with a printer of its own, whose fonts are already made."""
    write_printer(folder, wishes)
    return write_project(built.lend_fonts(folder), un=PANEL)


def test_bleed_marks_standard_and_name_reach_the_file(built: Built, tmp_path: Path) -> None:
    """Another printer makes the poster anew, under its own name; the old file goes."""
    made = project(tmp_path, built, WISHES)
    assert build_posters_of(made)[1] == ["un"]
    assert [path.name for path in (tmp_path / "output" / "print").iterdir()] == ["01-un-a1.pdf"]
    report, again = build_posters_of(made, printer="atelier")
    assert (report.diagnostics, again) == ((), ["un"])
    (file,) = (tmp_path / "output" / "print").iterdir()
    assert file.name == "OXALIS_001_a1.pdf"
    with pikepdf.open(file) as document:
        sides = [float(side) / MM for side in document.pages[0].TrimBox]
        assert sides == pytest.approx([14.5, 14.5, 608.5, 855.5], abs=0.01)
        assert document.pdf_version == "1.4"
        assert "/Registration" in document.pages[0].Resources.ColorSpace
    assert build_posters_of(made, printer="atelier")[1] == []


@pytest.mark.parametrize("bleed", [3, 5])
def test_marks_pass_the_check_at_the_bleeds_that_printers_ask(
    built: Built, tmp_path: Path, bleed: int
) -> None:
    """Marks that touch the bleed would be registration colour on the sheet, and stop the build."""
    made = project(tmp_path, built, f"bleed = {bleed}\nmarks = true\n")
    report, again = build_posters_of(made, printer="atelier")
    assert (report.diagnostics, again) == ((), ["un"])


def test_the_smallest_sheets_keep_the_widest_margin_of_a_shipped_printer(
    built: Built, tmp_path: Path
) -> None:
    """A4 in large format digital, 10 mm: also where the ✓ is as large as it gets."""
    write_project(project(tmp_path, built, ""), un="# Un titre\n\n- ✓ Fait.\n  - → Et oui.\n")
    report, made = build_posters_of(tmp_path, printer="grand-format", papers=("a4",))
    assert (said(report.diagnostics), made) == ([], ["un"])


def test_a_margin_wider_than_ours_is_told_before_anything_is_laid_out(built: Built, tmp_path: Path) -> None:
    """Once, for the smallest sheet; a larger one has it, and so may a design of one's own."""
    project(tmp_path, built, "safe = 16\n")
    report, made = build_posters_of(tmp_path, printer="atelier", papers=("a3", "a4", "a2"))
    assert (said(report.diagnostics), made) == (["printer-margin"], [])
    assert report.diagnostics[0].values["fitting"] == "A0, A1, A2"
    report, made = build_posters_of(tmp_path, printer="atelier", papers=("a2",))
    assert (said(report.diagnostics), made) == ([], ["un"])
    (tmp_path / "templates" / "poster").mkdir(parents=True)
    report, made = build_posters_of(tmp_path, printer="atelier", papers=("a4",))
    assert set(said(report.diagnostics)) == {"preflight-margin"}
