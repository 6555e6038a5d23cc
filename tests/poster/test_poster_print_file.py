"""The eight finished print files as a print shop reads them: boxes, standard, fonts, nothing else."""

import io
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pikepdf
import pytest
from builds import Built
from pikepdf import Name
from PIL import ImageCms

MM = 25.4 / 72
FILES = (
    "01-introduction-a1.pdf",
    "02-budget-a1.pdf",
    "03-offre-a1.pdf",
    "04-equipe-a1.pdf",
    "05-numerique-a1.pdf",
    "06-gouvernance-a1.pdf",
    "07-mouvement-a1.pdf",
    "08-partenaires-a1.pdf",
)
FAMILIES = ("Oxalis-Text", "Oxalis-Display", "Oxalis-Marks")


@pytest.fixture(params=FILES)
def path(request: pytest.FixtureRequest, built: Built) -> Path:
    """Return each print file in turn."""
    found: Path = built.output / "print" / request.param
    return found


@pytest.fixture
def document(path: Path) -> Iterator[pikepdf.Pdf]:
    """Return each print file, open."""
    with pikepdf.open(path) as opened:
        yield opened


def sides(page: pikepdf.Page, box: str) -> list[float]:
    """Return left, bottom, right and top of a box in mm."""
    return [float(number) * MM for number in page.obj[box]]


def test_there_is_one_file_per_panel(built: Built) -> None:
    """File names are those that print shops ask for: number, plain letters, size."""
    assert [path.name for path in built.posters] == list(FILES)


def test_a_poster_is_one_page(document: pikepdf.Pdf) -> None:
    """Nothing ever runs onto a second page."""
    assert len(document.pages) == 1


def test_the_boxes_are_a1_with_bleed(document: pikepdf.Pdf) -> None:
    """Trimmed 594 × 841 mm in the middle of 600 × 847 mm; no smaller box hides the bleed."""
    (page,) = document.pages
    assert sides(page, "/TrimBox") == pytest.approx([3, 3, 597, 844], abs=0.01)
    assert sides(page, "/BleedBox") == pytest.approx([0, 0, 600, 847], abs=0.01)
    assert sides(page, "/MediaBox") == pytest.approx([0, 0, 600, 847], abs=0.01)
    assert not {"/CropBox", "/ArtBox", "/UserUnit", "/Rotate"} & set(page.obj.keys())
    parents = document.Root.Pages
    assert not {"/CropBox", "/Rotate"} & set(parents.keys())


def test_the_file_says_pdf_x_4(path: Path, document: pikepdf.Pdf) -> None:
    """PDF 1.6, the standard named where ISO 15930-7 wants it, trapping said to be left to the printer."""
    assert path.read_bytes().startswith(b"%PDF-1.6")
    assert document.pdf_version == "1.6"
    metadata = document.open_metadata()
    assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
    assert metadata["pdf:Trapped"] == "False"
    assert document.docinfo["/Trapped"] == Name("/False")
    assert metadata["dc:title"] == str(document.docinfo["/Title"])
    assert "\n" not in str(document.docinfo["/Title"])
    assert {"/CreationDate", "/ModDate", "/Title", "/Producer"} <= set(document.docinfo.keys())
    assert len(document.trailer.ID) == 2


def test_the_output_intent_is_fogra39(document: pikepdf.Pdf) -> None:
    """One intent, named as in the registry, with the shipped CMYK profile inside."""
    (intent,) = document.Root.OutputIntents
    assert (intent.Type, intent.S) == (Name.OutputIntent, Name.GTS_PDFX)
    assert str(intent.OutputConditionIdentifier) == "FOGRA39"
    assert str(intent.RegistryName) == "http://www.color.org"
    assert intent.DestOutputProfile.N == 4
    profile = intent.DestOutputProfile.read_bytes()
    assert profile == files("oxalis_panels.printers").joinpath("profiles", "FOGRA39L_coated.icc").read_bytes()
    assert profile[12:24] == b"prtrCMYKLab "
    assert profile[36:40] == b"acsp"
    assert "FOGRA39" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))


def test_nothing_but_a_printed_page_is_in_the_file(document: pikepdf.Pdf) -> None:
    """No link, note, form, script, attachment, bookmark, layer or password."""
    assert not document.is_encrypted
    assert document.Root.keys() == {"/Type", "/Pages", "/Metadata", "/OutputIntents", "/Lang"}
    assert "/Annots" not in document.pages[0].obj
    assert "/AA" not in document.pages[0].obj
    for thing in document.objects:
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            assert thing.get("/Type") not in (Name.Filespec, Name.EmbeddedFile, Name.Annot, Name.OCG)
            assert "/JS" not in thing


def fonts(document: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Yield the name without subset tag and the descriptor of every font that is drawn with."""
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == Name.Font:
            name = str(thing.BaseFont).lstrip("/")
            inner = thing.DescendantFonts[0] if "/DescendantFonts" in thing else thing
            yield name, inner.FontDescriptor


def test_all_fonts_are_ours_and_embedded_as_subsets(document: pikepdf.Pdf) -> None:
    """A font that is borrowed from the machine, or left to the printer, changes the poster without a word."""
    found = list(fonts(document))
    assert found
    for name, descriptor in found:
        tag, _, family = name.partition("+")
        assert len(tag) == 6
        assert family.startswith(FAMILIES)
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())
