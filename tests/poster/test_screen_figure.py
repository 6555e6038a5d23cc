"""The picture of a panel on its sheet for the screen."""

from pathlib import Path

import pikepdf
import pytest
from builds import Built, build_posters_of, write_project
from PIL import Image
from test_screen_structure import failures, heard

from oxalis_panels.poster.screen import figures


def test_a_picture_is_described_and_in_its_place(built: Built, tmp_path: Path) -> None:
    """A figure has the author's words, its credit is its caption, and its box lies on the page."""
    head = "---\nfigure:\n  file: photo.png\n  alt: Une assemblée\n  credit: Photo de presse\n---\n"
    project = write_project(built.lend_fonts(tmp_path), un=f"{head}# Un titre\n\n- ✓ Oui.\n")
    Image.linear_gradient("L").resize((3000, 1500)).save(project / "panels" / "photo.png")
    report, _ = build_posters_of(project)
    assert not report.failed
    for name, width, column in (("un.pdf", 594, 486), ("livret.pdf", 210, 486 * 210 / 594)):
        path = project / "output" / "site" / "posters" / name
        assert failures(path) == []
        assert [each.text.strip() for each in heard(path).find("Caption")] == ["Photo de presse"]
        with pikepdf.open(path) as document:
            (figure,) = figures(document.Root.StructTreeRoot.K[0])
            left, bottom, right, top = (float(side) * 25.4 / 72 for side in figure.A.BBox)
            assert str(figure.Alt) == "Une assemblée"
        assert right - left == pytest.approx(column, abs=0.5)
        assert top - bottom == pytest.approx(column / 2, abs=0.5)
        assert 0 < left < right < width
        assert 0 < bottom < top < width * 1.416
