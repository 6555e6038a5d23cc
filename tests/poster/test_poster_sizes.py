"""Other sizes of paper: the same design scaled, exact boxes, floors for the distance of reading."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from builds import FRENCH, SHORT, Built, build_posters_of, write_project

from oxalis_panels.pipeline.build import BuildReport
from oxalis_panels.rendering.sheet import SIZES

MM = 72 / 25.4


@pytest.fixture
def folder(tmp_path: Path, built: Built) -> Path:
    """Return a folder for a project, whose fonts are already made."""
    return built.lend_fonts(tmp_path)


@pytest.fixture(scope="module")
def every_size(tmp_path_factory: pytest.TempPathFactory, built: Built) -> Path:
    """Return the print files of one panel on every size of paper."""
    folder = built.lend_fonts(tmp_path_factory.mktemp("every"))
    assert made(folder, SHORT, *SIZES).diagnostics == ()
    return folder / "output" / "print"


def made(folder: Path, text: str, *papers: str, proofs: bool = False) -> BuildReport:
    """Build the poster of one panel on some sizes of paper."""
    return build_posters_of(write_project(folder, essai=text), papers=papers, proofs=proofs)[0]


def test_every_size_has_exact_boxes_and_one_page(every_size: Path) -> None:
    """Trim as the paper, 3 mm of bleed around it whatever the size, to a hundredth of a millimetre."""
    for size in SIZES.values():
        with pikepdf.open(every_size / f"01-essai-{size.name}.pdf") as document:
            (page,) = document.pages
            trim, bleed = [float(x) for x in page.trimbox], [float(x) for x in page.obj.BleedBox]
        wanted = [3 * MM, 3 * MM, (size.width + 3) * MM, (size.height + 3) * MM]
        assert trim == pytest.approx(wanted, abs=0.01 * MM)
        assert bleed == pytest.approx([0, 0, (size.width + 6) * MM, (size.height + 6) * MM], abs=0.01 * MM)


def test_every_size_shows_the_same_sheet(every_size: Path) -> None:
    """Brought to one width, the trimmed sheets of all sizes cannot be told apart."""
    pictures = {}
    for size in SIZES.values():
        page = pypdfium2.PdfDocument((every_size / f"01-essai-{size.name}.pdf").read_bytes())[0]
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
def test_text_too_small_for_its_paper_is_told(count: int, told: list[tuple[str, str]], folder: Path) -> None:
    """What is read with ease on A1 may be tiring on A4; what is too small there is refused."""
    items = "".join(f"  - → un point de plus, le numéro {n}, avec quelques mots\n" for n in range(count))
    report = made(folder, f"# Un titre\n\n- ✓ Un constat :\n{items}", "a1", "a3", "a4")
    assert [(each.key, each.values["paper"]) for each in report.diagnostics] == told
    assert (report.plan is None) is (count == 44)


def test_one_word_too_long_makes_the_type_smaller(folder: Path) -> None:
    """A word that may not break never leaves its column: the type shrinks until it fits."""
    word = "entrepreneur·es-salarié·es-associé·es-coopérateur·rices"
    report = made(folder, f"# Un titre\n\n- ✓ {word} oui\n", "a1")
    assert report.diagnostics == ()
    page = pypdfium2.PdfDocument(folder / "output" / "print" / "01-essai-a1.pdf")[0]
    text = page.get_textpage()
    letters = [index for index in range(text.count_chars()) if text.get_text_range(index, 1).isalpha()]
    right = max(text.get_charbox(index)[2] for index in letters)
    assert right < (3 + 594 - 30) * MM


def test_a_word_longer_than_any_line_is_an_error(folder: Path) -> None:
    """Three hundred letters without a space fit on no line: the word is named, nothing is written."""
    report = made(folder, f"# Un titre\n\n- ✓ {'a' * 300}\n", "a1")
    (found,) = (each for each in report.diagnostics if each.severity == "error")
    assert (found.key, found.values["found"]) == ("word-too-long.line", "a" * 300)
    assert report.plan is None


def test_an_a4_poster_is_its_own_proof_in_real_size(folder: Path) -> None:
    """Four pages to glue would show what the office printer shows on one."""
    made(folder, SHORT, "a4", "a3", proofs=True)
    names = sorted(path.name for path in (folder / "output" / "proofs").iterdir())
    assert names == ["01-essai-a3-1-1.pdf", "01-essai-a3-a4.pdf", "01-essai-a4-a4.pdf"]


def test_proofs_are_made_when_asked_for_and_removed_when_not(folder: Path) -> None:
    """Proofs stand beside the posters; those of a panel that is gone go with it."""
    made(folder, SHORT, "a1", proofs=True)
    proofs = folder / "output" / "proofs"
    assert sorted(path.name for path in proofs.iterdir()) == ["01-essai-a1-1-1.pdf", "01-essai-a1-a4.pdf"]
    (folder / "panels" / "01-essai.md").rename(folder / "panels" / "01-autre.md")
    build_posters_of(folder, proofs=True)
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
def test_a_mistake_in_a_poster_template_is_told(file: str, text: str, complaint: str, folder: Path) -> None:
    """A page without main, texts without ids: told once, nothing is written."""
    (folder / "templates" / "poster").mkdir(parents=True)
    (folder / "templates" / "poster" / file).write_text(text, encoding="utf-8")
    report = made(folder, SHORT, "a1")
    (found,) = report.diagnostics
    assert found.key == "poster-template"
    assert complaint in str(FRENCH.value(found.values["found"]))
    assert report.plan is None
