"""Other sizes of paper: the same design scaled, exact boxes, floors for the distance of reading."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from builds import FRENCH

from oxalis_panels.pipeline.build import BuildReport, build
from oxalis_panels.pipeline.request import Request
from oxalis_panels.rendering.sheet import SIZES

MM = 72 / 25.4
PANEL = "# Un titre court\n\n- ✓ Un constat assez court,\n  - → et son premier point.\n"


def made(folder: Path, text: str, *papers: str, proofs: bool = False) -> BuildReport:
    """Build the poster of one panel on some sizes of paper."""
    (folder / "panels").mkdir(exist_ok=True)
    (folder / "panels" / "01-essai.md").write_text(text, encoding="utf-8")
    request = Request(folder, folder / "output", site=False, papers=papers, proofs=proofs)
    return build(request, lambda *_: None)


def test_every_size_has_exact_boxes_and_one_page(tmp_path: Path) -> None:
    """Trim as the paper, 3 mm of bleed around it whatever the size, to a hundredth of a millimetre."""
    report = made(tmp_path, PANEL, *SIZES)
    assert report.diagnostics == ()
    for size in SIZES.values():
        with pikepdf.open(tmp_path / "output" / "print" / f"01-essai-{size.name}.pdf") as document:
            (page,) = document.pages
            trim, bleed = [float(x) for x in page.trimbox], [float(x) for x in page.obj.BleedBox]
        wanted = [3 * MM, 3 * MM, (size.width + 3) * MM, (size.height + 3) * MM]
        assert trim == pytest.approx(wanted, abs=0.01 * MM)
        assert bleed == pytest.approx([0, 0, (size.width + 6) * MM, (size.height + 6) * MM], abs=0.01 * MM)


def test_every_size_shows_the_same_sheet(tmp_path: Path) -> None:
    """Brought to one width, the trimmed sheets of all sizes cannot be told apart."""
    made(tmp_path, PANEL, *SIZES)
    pictures = {}
    for size in SIZES.values():
        path = tmp_path / "output" / "print" / f"01-essai-{size.name}.pdf"
        page = pypdfium2.PdfDocument(io.BytesIO(path.read_bytes()))[0]
        page.set_cropbox(*page.get_trimbox())
        picture = page.render(scale=300 / page.get_width()).to_pil().convert("L")
        pictures[size.name] = picture.resize((60, 85)).tobytes()
    for name, picture in pictures.items():
        difference = sum(abs(a - b) for a, b in zip(pictures["a1"], picture, strict=True)) / len(picture)
        assert difference < 3, name


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (24, [("type-too-small.uneasy", "A4")]),
        (
            44,
            [
                ("type-too-small.uneasy", "A1"),
                ("type-too-small.unreadable", "A3"),
                ("type-too-small.unreadable", "A4"),
            ],
        ),
    ],
)
def test_text_too_small_for_its_paper_is_told(
    count: int, told: list[tuple[str, str]], tmp_path: Path
) -> None:
    """What is read with ease on A1 may be tiring on A4; what is too small there is refused."""
    items = "".join(f"  - → un point de plus, le numéro {n}, avec quelques mots\n" for n in range(count))
    report = made(tmp_path, f"# Un titre\n\n- ✓ Un constat :\n{items}", "a1", "a3", "a4")
    assert [(each.key, each.values["paper"]) for each in report.diagnostics] == told
    assert (report.plan is None) is (count == 44)


def test_one_word_too_long_makes_the_type_smaller(tmp_path: Path) -> None:
    """A word that may not break never leaves its column: the type shrinks until it fits."""
    word = "entrepreneur·es-salarié·es-associé·es-coopérateur·rices"
    report = made(tmp_path, f"# Un titre\n\n- ✓ {word} oui\n", "a1")
    assert report.diagnostics == ()
    page = pypdfium2.PdfDocument(tmp_path / "output" / "print" / "01-essai-a1.pdf")[0]
    text = page.get_textpage()
    letters = [index for index in range(text.count_chars()) if text.get_text_range(index, 1).isalpha()]
    right = max(text.get_charbox(index)[2] for index in letters)
    assert right < (3 + 594 - 30) * MM


def test_a_word_longer_than_any_line_is_an_error(tmp_path: Path) -> None:
    """Three hundred letters without a space fit on no line: the word is named, nothing is written."""
    report = made(tmp_path, f"# Un titre\n\n- ✓ {'a' * 300}\n", "a1")
    (found,) = (each for each in report.diagnostics if each.severity == "error")
    assert (found.key, found.values["found"]) == ("word-too-long.line", "a" * 300)
    assert report.plan is None


def test_an_a4_poster_is_its_own_proof_in_real_size(tmp_path: Path) -> None:
    """Four pages to glue would show what the office printer shows on one."""
    made(tmp_path, PANEL, "a4", "a3", proofs=True)
    names = sorted(path.name for path in (tmp_path / "output" / "proofs").iterdir())
    assert names == ["01-essai-a3-1-1.pdf", "01-essai-a3-a4.pdf", "01-essai-a4-a4.pdf"]


def test_proofs_are_made_when_asked_for_and_removed_when_not(tmp_path: Path) -> None:
    """Proofs stand beside the posters; those of a panel that is gone go with it."""
    made(tmp_path, PANEL, "a1", proofs=True)
    proofs = tmp_path / "output" / "proofs"
    assert sorted(path.name for path in proofs.iterdir()) == ["01-essai-a1-1-1.pdf", "01-essai-a1-a4.pdf"]
    (tmp_path / "panels" / "01-essai.md").rename(tmp_path / "panels" / "01-autre.md")
    (tmp_path / "panels" / "01-autre.md").write_text(PANEL, encoding="utf-8")
    request = Request(tmp_path, tmp_path / "output", site=False, proofs=True)
    build(request, lambda *_: None)
    assert sorted(path.name for path in proofs.iterdir()) == ["01-autre-a1-1-1.pdf", "01-autre-a1-a4.pdf"]


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("poster.html", "<!doctype html><html lang='fr'><title>x</title><body><footer>x</footer>", "<main>"),
        (
            "poster.html",
            "<!doctype html><html lang='fr'><title>x</title><body><main></main><footer></footer>",
            "f1",
        ),
    ],
)
def test_a_mistake_in_a_poster_template_is_told(file: str, text: str, complaint: str, tmp_path: Path) -> None:
    """A page without main, texts without ids: told once, nothing is written."""
    (tmp_path / "templates" / "poster").mkdir(parents=True)
    (tmp_path / "templates" / "poster" / file).write_text(text, encoding="utf-8")
    report = made(tmp_path, PANEL, "a1")
    (found,) = report.diagnostics
    assert found.key == "poster-template"
    assert complaint in str(FRENCH.value(found.values["found"]))
    assert report.plan is None
