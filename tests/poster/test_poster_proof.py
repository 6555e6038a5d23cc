"""Proofs on the office printer: one A4 page, or the real size on many."""

import io
from itertools import product
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from builds import SHORT, Built, run_here, write_project
from PIL import ImageChops, ImageStat

from oxalis_panels.poster.proof import reduced, tiled

MM = 72 / 25.4


def test_the_reduced_proof_is_one_a4_page_with_all_the_text(built: Built) -> None:
    """The whole sheet, trimmed, on one A4 page; its text can still be searched."""
    poster = built.posters[2].read_bytes()
    proof = pypdfium2.PdfDocument(reduced(poster))
    assert len(proof) == 1
    assert [round(side / MM) for side in proof[0].get_size()] == [210, 297]
    expected = pypdfium2.PdfDocument(poster)[0].get_textpage().get_text_bounded()
    assert proof[0].get_textpage().get_text_bounded().split() == expected.split()


def test_tiles_are_a4_in_real_size_and_cover_the_sheet(built: Built) -> None:
    """Laid edge to edge at their crosses, the tiles show each part of the sheet as it is."""
    poster = built.posters[2].read_bytes()
    tiles = pypdfium2.PdfDocument(tiled(poster))
    assert len(tiles) == 15
    assert {tuple(round(side / MM) for side in page.get_size()) for page in tiles} == {(297, 210)}
    sheet = pypdfium2.PdfDocument(poster)[0].render(scale=1).to_pil()
    for (row, column), tile in zip(product(range(5), range(3)), tiles, strict=True):
        shown = tile.render(scale=1).to_pil().crop(_box(10 + 8, 10 + 8, 250, 160))
        left, top = 3 + column * 267 + 8, 3 + row * 180 + 8
        wanted = sheet.crop(_box(left, top, min(250, 597 - left), min(160, 844 - top)))
        difference = ImageChops.difference(shown.crop((0, 0, *wanted.size)), wanted)
        assert max(ImageStat.Stat(difference.convert("RGB")).mean) < 6


def _box(x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
    """Return a box of pixels, one to the point, for lengths in mm."""
    return (round(x * MM), round(y * MM), round((x + width) * MM), round((y + height) * MM))


@pytest.mark.parametrize("asked", [["--posters"], ["--site"], ["--panel", "un"]])
def test_a_build_says_where_the_proofs_are(asked: list[str], built: Built, tmp_path: Path) -> None:
    """How many, in which folder; whatever else is built, proofs that are asked for are made."""
    project = built.lend_fonts(write_project(tmp_path, un=SHORT))
    done = run_here("build", *asked, "--proofs", cwd=project)
    assert done.exit_code == 0
    line = "Épreuves pour l’imprimante du bureau : 2 fichiers dans output/proofs/ (2 nouveaux ou modifiés)."
    assert line in done.stdout.replace("\u00a0", " ")
    assert len(list((project / "output" / "proofs").iterdir())) == 2
    again = run_here("build", "--posters", cwd=project)
    assert "Épreuves" not in again.stdout


def test_proofs_are_the_same_bytes_each_time(built: Built) -> None:
    """A proof of an unchanged poster is an unchanged file."""
    poster = built.posters[0].read_bytes()
    assert reduced(poster) == reduced(poster)
    assert tiled(poster) == tiled(poster)


def test_proofs_stay_in_ink(built: Built) -> None:
    """What a proof adds to the sheet is black or paper: no RGB operator."""
    with pikepdf.open(io.BytesIO(tiled(built.posters[0].read_bytes()))) as document:
        operators = {
            str(instruction.operator)
            for page in document.pages
            for instruction in pikepdf.parse_content_stream(page)
        }
    assert operators & {"rg", "RG", "g", "G"} == set()
