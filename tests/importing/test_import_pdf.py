"""`import` of a PDF: what its author sees on the page is what the panels say."""

import io
import random
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from oxalis_panels.authoring.importing.making import make, make_panels
from oxalis_panels.authoring.importing.sources import read_document_bytes

GOLDEN = Path(__file__).parent / "golden"
SMALL, LARGE = "/F1 11 Tf", "/F1 26 Tf"


def pdf(*pages: str) -> bytes:
    """Return a PDF with pages of these drawing commands."""
    with pikepdf.new() as file:
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
        )
        for commands in pages:
            page = file.add_blank_page(page_size=(595, 842))
            page.Resources = Dictionary(Font=Dictionary(F1=font))
            page.Contents = file.make_stream(commands.encode("cp1252"))
        data = io.BytesIO()
        file.save(data, compress_streams=True)
    return data.getvalue()


def text(left: int, base: int, words: str, font: str = SMALL) -> str:
    """Return the commands that write a text at a place."""
    return f"BT {font} {left} {base} Td ({words}) Tj ET\n"


def imported(data: bytes, path: Path) -> tuple[list[str], list[tuple[str, object]]]:
    """Return the panels of a PDF, and what is said of it."""
    path.write_bytes(data)
    made = make(path)
    said = [(each.key, dict(each.values).get("found")) for each in made.diagnostics]
    return ([] if made.value is None else list(made.value.files.values())), said


def test_a_large_figure_keeps_its_label(tmp_path: Path) -> None:
    """Figures in a row, their labels in the row below: each with its own, whatever was written first."""
    figures = text(60, 700, "120", LARGE) + text(240, 700, "45", LARGE) + text(420, 700, "8,4 M", LARGE)
    labels = text(55, 680, "entrepreneurs") + text(235, 680, "salariées") + text(410, 680, "de chiffre")
    panels, said = imported(pdf(text(60, 780, "Nos chiffres.") + figures + labels), tmp_path / "a.pdf")
    assert "120 entrepreneurs\n\n45 salariées\n\n8,4 M de chiffre\n" in panels[0]
    assert said == []


def test_a_number_never_changes_its_value(tmp_path: Path) -> None:
    """What is small and stands above the line is a power of ten, not a digit more."""
    six, two = (f"5 Ts /F1 7 Tf ({digit}) Tj 0 Ts {SMALL}" for digit in "62")
    raised = f"BT {SMALL} 60 700 Td (Il faut 10) Tj {six} ( m) Tj {two} (.) Tj ET"
    panels, _ = imported(pdf(raised), tmp_path / "a.pdf")
    assert "Il faut 10⁶ m².\n" in panels[0]


def test_two_pages_are_enough_for_a_running_head(tmp_path: Path) -> None:
    """And for page numbers; what only looks alike stays."""
    pages = [
        text(60, 800, "Oxalis – Compte rendu")
        + text(60, 700, f"Résolution {number}")
        + text(60, 670, "Elle est adoptée.")
        + text(290, 40, f"{number}")
        for number in (1, 2)
    ]
    panels, said = imported(pdf(*pages), tmp_path / "a.pdf")
    assert said == [
        ("import-left-out.running", "Oxalis – Compte rendu"),
        ("import-left-out.page-number", "1 2"),
    ]
    assert [f"Résolution {number}" in "".join(panels) for number in (1, 2)] == [True, True]


def nested(times: int, depth: int) -> bytes:
    """Return a PDF whose page draws a form so many times, which draws another so many times, and so on."""
    with pikepdf.new() as file:
        form = file.make_stream(b"0 0 1 1 re f")
        form.stream_dict.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 1, 1]})
        for _ in range(depth):
            outer = file.make_stream(b"/F Do\n" * times)
            outer.stream_dict.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 1, 1]})
            outer.Resources = Dictionary(XObject=Dictionary(F=form))
            form = outer
        page = file.add_blank_page()
        page.Resources = Dictionary(XObject=Dictionary(F=form))
        page.Contents = file.make_stream(b"/F Do")
        data = io.BytesIO()
        file.save(data)
    return data.getvalue()


@pytest.mark.parametrize(("times", "depth"), [(20, 5), (1, 2000), (30_000, 1)])
def test_drawings_in_drawings_are_counted_before_they_are_drawn(
    times: int, depth: int, tmp_path: Path
) -> None:
    """Two kilobytes that would be millions of drawings."""
    assert imported(nested(times, depth), tmp_path / "a.pdf") == ([], [("import-too-large.pages", None)])


def test_a_few_drawings_in_drawings_are_read(tmp_path: Path) -> None:
    """As in the file of any letterhead."""
    assert imported(nested(3, 3), tmp_path / "a.pdf") == ([], [("import-nothing", None)])


@pytest.mark.parametrize("piece", ["BT /F1 9 Tf 9 9 Td (a) Tj ET\n", "0 0 m 1 1 l S\n", " " * 20])
def test_what_unpacks_to_far_too_much_is_refused_before_it_is(tmp_path: Path, piece: str) -> None:
    """A page of millions of commands in a file of some kilobytes."""
    _, said = imported(pdf(piece * (40_000_000 // len(piece))), tmp_path / "a.pdf")
    assert [code for code, _ in said] == ["import-too-large.pages"]


def test_a_page_of_many_commands_is_read(tmp_path: Path) -> None:
    """Its size is known in pieces of a million bytes; the last one ends."""
    panels, said = imported(pdf(text(60, 700, "Un texte.") + "\n" * 2_200_640), tmp_path / "a.pdf")
    assert (said, "Un texte." in panels[0]) == ([], True)


@pytest.mark.parametrize("sign", ["", "- "])
def test_a_page_of_tens_of_thousands_of_pieces_is_refused(tmp_path: Path, sign: str) -> None:
    """Numbers of a map, or marks all over the page: at once, as a document of as many paragraphs is."""
    pieces = (text(i * 37 % 560, i * 91 % 800, f"{sign}{i}") for i in range(60_000))
    _, said = imported(pdf("".join(pieces)), tmp_path / "a.pdf")
    assert said == [("import-too-large.pages", None)]


def test_lines_are_bounded_on_all_pages_together(tmp_path: Path) -> None:
    """Each page has no more than a page may have."""
    page = "".join(text(60, 820 - 4 * i, f"Ligne {i}", "/F1 2 Tf") for i in range(200))
    _, said = imported(pdf(*[page] * 101), tmp_path / "a.pdf")
    assert said == [("import-too-large.pages", None)]


def test_a_label_between_two_figures_is_written_once(tmp_path: Path) -> None:
    """It stands under both."""
    figures = text(60, 700, "120", LARGE) + text(110, 700, "45", LARGE)
    panels, said = imported(
        pdf(text(60, 780, "Nos chiffres.") + figures + text(60, 680, "membres actifs")), tmp_path / "a.pdf"
    )
    assert (
        "".join(panels).count("membres actifs"),
        [code for code, _ in said if code == "unproved.import"],
    ) == (1, [])


@pytest.mark.parametrize("case", sorted(folder.name for folder in GOLDEN.glob("pdf-*")))
def test_a_damaged_pdf_is_read_or_refused(case: str) -> None:
    """Whatever bytes changed on the way: a message, or panels with every word that is left."""
    data = (GOLDEN / case / "source.pdf").read_bytes()
    for seed in range(12):
        chance = random.Random(seed)  # noqa: S311 - a test, not a secret
        damaged = bytearray(data)
        for _ in range(1 + seed):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        read = read_document_bytes("a.pdf", bytes(damaged))
        found = read.diagnostics if read.value is None else make_panels(read.value).diagnostics
        assert "unproved.import" not in {each.key for each in found}


def test_a_word_that_is_miles_long_takes_no_time(tmp_path: Path) -> None:
    """A damaged number makes letters wider than any page; what is white is looked for all the same."""
    wide = "BT /F1 11 Tf 900000000 0 0 1 60 700 Tm (ample) Tj ET\n1 g\n" + text(60, 600, "blanc")
    _, said = imported(pdf(text(60, 780, "Un texte.") + wide), tmp_path / "a.pdf")
    assert ("import-left-out.hidden", "blanc") in said


@pytest.mark.parametrize("name", [Name.Nowhere, Name.ArialMT])
def test_a_lone_sign_in_a_font_that_is_not_in_the_file_is_read(name: Name) -> None:
    """Which fonts are installed changes nothing: the file says what its characters are, and how wide."""
    with pikepdf.open(GOLDEN / "pdf-compte-rendu-deux-colonnes" / "source.pdf") as file:
        for font in file.pages[0].resources.Font.values():
            font.BaseFont = font.DescendantFonts[0].BaseFont = name
        data = io.BytesIO()
        file.save(data)
    document = read_document_bytes("a.pdf", data.getvalue()).value
    assert document is not None
    assert sum(block.mark == "finding" for block in document.blocks) == 2
