"""Sheets read by programs: marks before their items, words in order, lines whole, whoever reads.

Four readers: poppler in the order of the file (`-raw`) and in that of its own layout, pdfium, and what
follows the structure. All read the sheets to print and those for the screen; the last only these, which are
tagged.
"""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from builds import ROOT, Built, build_posters_of, write_project
from PIL import Image
from spoken import spoken
from words import MARKS, words

from oxalis_panels.model.collection import Panel, plain
from oxalis_panels.pipeline.check import check

Sheets = list[tuple[Panel, Path, Path]]
"""Panels with their sheets to print and for the screen."""

LONG = (
    "Un constat assez long pour tenir sur plusieurs lignes. «Cité d’abord», il a une deuxième phrase, avec"
    " [un lien](https://exemple.fr) et du *relief*, et encore quelques mots."
)
POINT = "un point assez long pour que sa ligne se brise au moins une fois sur une affiche"
PICTURE = "---\nfigure:\n  file: {}.png\n  alt: Une courbe\n  caption: La courbe\n  credit: De presse\n---\n"
FIXTURES = {
    "long": f"# Un titre\n\nUn chapeau.\n\n- ✓ {LONG}\n  - → «Guillemets», {POINT}.\n"
    f"- ✓ «{POINT}»\n  - → Court.\n",
    "moities": "# Un titre\n\n"
    + "".join(f"- ✓ {'«Cité», ' * (n % 2)}Constat numéro {n}, long de deux lignes.\n" for n in range(12)),
    "colonnes": "# Un titre\n\n- ✓ **Un** constat :\n"
    + "".join(f"  - → {'«Cité», ' * (n % 3 == 0)}{POINT}, numéro {n}.\n" for n in range(16)),
    "large": PICTURE.format("large") + f"# Un titre\n\nUn chapeau.\n\n- ✓ {LONG}\n  - → {POINT}.\n",
    "haute": PICTURE.format("haute") + f"# Un titre\n\nUn chapeau.\n\n- ✓ {LONG}\n  - → {POINT}.\n- ✓ Fin.\n",
    "chapeau": f"# Un titre\n\nUn chapeau. {LONG}\n\n- ✓ Fin.\n",
    "mot": "# Un titre\n\n- ✓ Mot.\n",
    "cite": "# Un titre\n\n- ✓ «Un mot.»\n",
    "signes": "# Un titre\n\n- ✓ (Entre parenthèses) :\n  - → – un tiret,\n  - → 12 h,\n  - → *relief*,\n"
    "  - → …\n",
}
SIDE_BY_SIDE = {"offre", "moities", "colonnes", "large", "haute", "signes"}
"""Panels of which two columns, or text and picture, stand side by side: a layout has no one order."""


@pytest.fixture(scope="module")
def real(built: Built) -> Sheets:
    """Return the sheets of the eight panels."""
    return _sheets(ROOT, built.output)


@pytest.fixture(scope="module")
def made(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    """Return the sheets of panels of every kind."""
    project = built.lend_fonts(write_project(tmp_path_factory.mktemp("lus"), **FIXTURES))
    for name, size in (("large", (3000, 2000)), ("haute", (2000, 3000))):
        Image.linear_gradient("L").resize(size).save(project / "panels" / f"{name}.png")
    report, _ = build_posters_of(project)
    assert not report.failed
    return _sheets(project, project / "output")


@pytest.fixture(params=["real", "made"])
def sheets(request: pytest.FixtureRequest) -> Sheets:
    """Return the sheets of the eight panels, then those of every kind."""
    found: Sheets = request.getfixturevalue(request.param)
    return found


def _sheets(project: Path, output: Path) -> Sheets:
    collection = check(project).value
    assert collection is not None
    printed = sorted((output / "print").iterdir())
    return [
        (panel, path, output / "site" / "posters" / f"{panel.slug}.pdf")
        for panel, path in zip(collection.typeset.panels, printed, strict=True)
    ]


def tokens(text: str) -> list[str]:
    """Return the words of a text, each mark being one."""
    parts = re.split(f"([{MARKS}])", text)
    return [word for part in parts for word in ([part] if part in {*MARKS} else words(part))]


def expected(panel: Panel) -> list[str]:
    """Return what stands on a sheet from the title to the last item, the words of a picture behind."""
    said = [plain(panel.title), *(plain(each.text) for each in panel.paragraphs)]
    for finding in panel.findings:
        said += [f"✓ {plain(finding.text)}", *(f"→ {plain(point.text)}" for point in finding.points)]
    if panel.figure:
        said += [plain(panel.figure.caption), plain(panel.figure.credit)]
    return tokens("\n".join(said))


def inside(text: list[str], wanted: list[str]) -> bool:
    """Whether words follow each other in a text, with nothing in between."""
    return any(text[at : at + len(wanted)] == wanted for at in range(len(text)))


def poppler(path: Path, *options: str) -> str:
    """Return the text of a file as poppler reads it."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("poppler is not installed")
    done = subprocess.run([program, *options, path, "-"], capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def pdfium(path: Path) -> str:
    """Return the text of a file as pdfium reads it."""
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def structure(path: Path) -> str:
    """Return the text of a file as its structure holds it."""
    with pikepdf.open(path) as document:
        return spoken(document).written


def readings(sheets: Sheets) -> Iterator[tuple[Panel, Path, str]]:
    """Yield what each reader that follows the order of the file, or its structure, makes of each sheet."""
    for panel, printed, screen in sheets:
        for path in (printed, screen):
            yield panel, path, poppler(path, "-raw")
            yield panel, path, pdfium(path)
        yield panel, screen, structure(screen)


def test_each_mark_is_read_before_its_item(sheets: Sheets) -> None:
    """Title, paragraphs, each mark and its item, the credit: all words in order, nothing in between."""
    for panel, path, text in readings(sheets):
        assert inside(tokens(text), expected(panel)), path


def test_a_space_parts_a_mark_from_its_item(sheets: Sheets) -> None:
    """So that what is copied reads « ✓ Un bilan », on one line."""
    for panel, path, text in [
        *readings(sheets),
        *((panel, path, poppler(path)) for panel, path, _ in sheets),
    ]:
        marks = sum(1 + len(finding.points) for finding in panel.findings)
        assert len(re.findall(rf"(?m)^[{MARKS}] (?=\S)", text)) == marks, path


def test_a_layout_tears_no_line(sheets: Sheets) -> None:
    """What poppler sets out as on the sheet has the lines that the file draws, each of them whole."""
    for panel, printed, screen in sheets:
        for path in (printed, screen):
            drawn = [tuple(tokens(line)) for line in poppler(path, "-raw").split("\n")]
            start = next(
                at for at, line in enumerate(drawn) if line == tuple(expected(panel)[: len(line)]) and line
            )
            body = drawn[start : -3 if panel.title else -2]
            laid_out = Counter(tuple(tokens(line)) for line in poppler(path).split("\n"))
            assert not Counter(body) - laid_out, path


def test_a_layout_of_one_column_is_in_order(sheets: Sheets) -> None:
    """What poppler sets out as on the sheet reads as the panel does, where nothing stands side by side.

    It may read the number, at the right of a title of four lines, behind that.
    """
    plain_sheets = [each for each in sheets if each[0].slug not in SIDE_BY_SIDE]
    assert len(plain_sheets) >= 4
    for panel, printed, screen in plain_sheets:
        for path in (printed, screen):
            text = re.sub(rf"(?m)^(?:{panel.number}|/{len(sheets)})$", "", poppler(path))
            assert inside(tokens(text), expected(panel)), path


def test_the_booklet_reads_as_its_sheets_do(built: Built, real: Sheets) -> None:
    """Eight pages: the panels with their marks, one after the other."""
    path = built.output / "site" / "posters" / "livret.pdf"
    for text in (poppler(path, "-raw"), pdfium(path), structure(path)):
        found = tokens(text)
        assert all(inside(found, expected(panel)) for panel, _, _ in real)
        assert [found.count(mark) for mark in MARKS] == [10, 26]
