"""An archive of several sizes of paper, for a site whose address is given on the command line."""

import hashlib
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from builds import Built, run_here
from deliveries import archive_of, contents, project, text_of

TOP = "trois-ans-offset-couche"
MM = 25.4 / 72
SIZES = {"a1": (594, 841), "a3": (297, 420)}


@pytest.fixture(scope="module")
def said_and_sent(built: Built, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, bytes]]:
    """Return what the command says of two panels in two sizes, and what is in the archive."""
    folder = project(tmp_path_factory.mktemp("sizes"), built, panels=("un", "deux"))
    asked = ("--size", "a1", "--size", "a3", "--size", "a1", "--site-url", "https://bilan.exemple.fr/")
    done = run_here("deliver", *asked, "--project", folder)
    assert done.exit_code == 0, done.stderr
    files = contents(archive_of(folder).read_bytes())
    assert {name.split("/")[0] for name in files} == {TOP}
    return done.stdout, {name.removeprefix(f"{TOP}/"): data for name, data in files.items()}


@pytest.fixture(scope="module")
def sent(said_and_sent: tuple[str, dict[str, bytes]]) -> dict[str, bytes]:
    """Return what is in the archive."""
    return said_and_sent[1]


def test_each_size_has_a_file_of_its_own_name(sent: dict[str, bytes]) -> None:
    """Every panel is there once in each size, in the format that its name tells."""
    posters = {name: data for name, data in sent.items() if name.startswith("affiches/")}
    assert list(posters) == [f"affiches/{slug}-{size}.pdf" for slug in ("01-un", "02-deux") for size in SIZES]
    for name, data in posters.items():
        with pypdfium2.PdfDocument(data) as document:
            left, bottom, right, top = document[0].get_trimbox()
        trim = ((right - left) * MM, (top - bottom) * MM)
        assert trim == pytest.approx(SIZES[name[-6:-4]], abs=0.01)


def test_checksums_are_those_of_every_size(sent: dict[str, bytes]) -> None:
    """`SHA256SUMS` has one right line for each other file."""
    others = {name: data for name, data in sent.items() if name != "SHA256SUMS"}
    expected = [f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in sorted(others.items())]
    assert sent["SHA256SUMS"].decode().splitlines() == expected


def test_the_job_sheet_counts_files_and_sheets(said_and_sent: tuple[str, dict[str, bytes]]) -> None:
    """Two panels in two sizes, two copies of each: four files, eight sheets; each file with its size."""
    said, sent = said_and_sent
    text = text_of(sent["bon-de-commande.pdf"])
    assert "594 × 841 mm (2 fichiers), 297 × 420 mm (2 fichiers)" in text
    assert "2 de chaque affiche, 8 feuilles en tout" in text
    for slug in ("01-un", "02-deux"):
        for size, (width, height) in SIZES.items():
            row = text[text.index(f"{slug}-{size}.pdf") :]
            assert f"{width} × {height} mm" in row[:60]
    assert "4 affiches" in said


def test_the_address_of_the_command_line_is_on_every_poster(sent: dict[str, bytes]) -> None:
    """In words and as a code, at both sizes, as `build --site-url` prints it."""
    for name, data in sent.items():
        if not name.startswith("affiches/"):
            continue
        slug = name.split("-")[1]
        with pypdfium2.PdfDocument(data) as document:
            picture = document[0].render(scale=1600 / document[0].get_width()).to_pil()
            text = document[0].get_textpage().get_text_bounded()
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [
            f"https://bilan.exemple.fr/{slug}/"
        ]
        assert f"bilan.exemple.fr/{slug}" in text


def test_an_address_that_is_none_sends_nothing(built: Built, tmp_path: Path) -> None:
    """A slip in the address is told as `build` tells it, and there is no archive."""
    folder = project(tmp_path, built)
    done = run_here("deliver", "--site-url", "bilan", "--project", folder)
    assert done.exit_code == 1
    assert "--site-url" in done.stderr
    assert not (folder / "output" / "livraison").exists()
