"""A review as a page and on paper: whole, alone in its file, readable by everyone."""

import io
import re
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import page as pdf_checker
import pikepdf
import pypdfium2
import pytest
from browsers import chromium, needs_chromium, violations
from builds import FRENCH, ROOT
from PIL import Image
from playwright.sync_api import Request
from tinyhtml5.parser import HTMLParser
from versions import read, reviewed

from oxalis_panels.authoring.comparing.looks import ABSENT, OVERFLOW
from oxalis_panels.authoring.comparing.render import SIGNS, as_page, as_paper
from oxalis_panels.authoring.comparing.views import Look, PieceView, PosterComparison, Review
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.words.catalogue import catalogue

FOLDERS = TemplateFolders.of(ROOT)
EDITS = {
    "03-offre.md": [
        ("# Rétablir et faire évoluer", "# Rétablir et faire connaître"),
        ("clarification de la proposition", "clarification de notre proposition"),
        ("  - → restructuration des séminaires d’accueil,\n", ""),
    ],
    "05-numerique.md": [("un sujet complexe", "un sujet difficile")],
    "06-gouvernance.md": [("dispositf", "dispositifs")],
}


def _picture(width: int, colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, width * 841 // 594), colour).save(buffer, "WEBP")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """Return a review of the real panels, a dozen things changed, with pictures in the place of posters."""
    folder = tmp_path_factory.mktemp("edited")
    shutil.copytree(ROOT / "panels", folder / "panels")
    for name, edits in EDITS.items():
        file = folder / "panels" / name
        text = file.read_text("utf-8")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        file.write_text(text, "utf-8")
    (folder / "panels" / "02-budget.md").unlink()
    (folder / "panels" / "09-neuf.md").write_text(
        "# Un neuvième\n\n- ✓ Tout neuf < & > :\n  - → oui.\n", "utf-8"
    )
    whole = Look(_picture(64, "teal"), _picture(128, "teal"))
    other = Look(_picture(64, "navy"), _picture(128, "navy"))
    looks: list[PosterComparison | None] = [PosterComparison(whole, other)] * 8
    return reviewed(read(ROOT), read(folder), looks=[*looks[:7], PosterComparison(ABSENT, OVERFLOW), None])


@pytest.fixture(scope="module")
def html(review: Review, french_fonts: Path) -> str:
    """Return the page."""
    made = as_page(review, FOLDERS, FRENCH, french_fonts)
    assert made.value is not None, made.diagnostics
    return made.value


@pytest.fixture(scope="module")
def pdf(review: Review, french_fonts: Path) -> bytes:
    """Return the paper."""
    made = as_paper(review, FOLDERS, FRENCH, french_fonts)
    assert made.value is not None, made.diagnostics
    return made.value


def _told(review: Review) -> list[str]:
    """Return every text of a review."""

    def joined(pieces: tuple[PieceView, ...]) -> str:
        return " ".join(piece.text for piece in pieces)

    fields = [*review.settings, *(field for panel in review.panels for field in panel.fields)]
    rows = [row for panel in review.panels for row in panel.rows]
    return [
        *(joined(field.pieces) for field in fields),
        *(text for row in rows for text in (row.place, row.label, row.note, joined(row.pieces))),
        *(text for panel in review.panels for text in (panel.plain_title, panel.sentence)),
        review.in_short,
        *review.notes,
    ]


def _remember(asked: list[str], request: Request) -> None:
    asked.append(request.url)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_the_page_is_valid_and_stands_alone(html: str) -> None:
    """No mistake in its HTML, no address outside it, every id once, every link inside leading somewhere."""
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(html)
    assert parser.errors == []
    outside = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(?!data:|#)([^"')\s>]+)""", html)
    assert outside == []
    identifiers = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(identifiers) == len(set(identifiers))
    targets = [each.get("href", "")[1:] for each in root.iter("a")]
    assert targets
    assert set(targets) <= set(identifiers)


def test_words_that_came_and_went_are_said_in_words(html: str) -> None:
    """A screen reader hears « supprimé » and « ajouté »: neither colour nor a line alone says it."""
    assert (
        '<del><span class="said">supprimé\u00a0: </span>dispositf<span class="said"> (fin)</span></del>'
        in html
    )
    assert 'class="then"><span class="said">ajouté\u00a0: </span>dispositifs<' in html
    assert "Tout neuf &lt; &amp; &gt;" in html


def test_nothing_of_the_review_is_left_out(review: Review, html: str, pdf: bytes) -> None:
    """Every word of it is on the page and on paper."""
    root = HTMLParser(namespace_html_elements=False).parse(html)
    for hidden in [each for each in root.iter() if each.get("class") == "said" or each.tag == "style"]:
        hidden.text = ""
    shown = set(_words(" ".join(root.itertext())))
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    printed = set(_words(text.replace("\ufffe", "-").replace("\r\n", " ")))
    for told in _told(review):
        assert [word for word in _words(told) if word not in shown] == []
        assert [word for word in _words(told) if word not in printed] == []


def test_the_paper_says_who_it_is_and_is_tagged(pdf: bytes, tmp_path: Path) -> None:
    """PDF/UA-1 on A4, with title, language, page numbers and both versions at the foot of each page."""
    file = tmp_path / "relecture.pdf"
    file.write_bytes(pdf)
    report = pdf_checker.validate_pdf(file, profile=pdf_checker.ValidationProfile.PDF_UA_1)
    assert [str(each) for each in report.failures] == []
    with pikepdf.open(file) as document:
        assert str(document.docinfo["/Title"]) == "Ce qui a changé — Trois ans de feuille de route"
        assert str(document.Root.Lang) == "fr"
        count = len(document.pages)
        assert {tuple(round(float(side)) for side in page.MediaBox) for page in document.pages} == {
            (0, 0, 595, 842)
        }
    with pypdfium2.PdfDocument(pdf) as read_back:
        feet = [page.get_textpage().get_text_range() for page in read_back]
    for number, foot in enumerate(feet, 1):
        assert f"Page {number} sur {count}" in foot
        assert "version 1 → version 2" in foot


def test_the_paper_is_the_same_every_time(review: Review, french_fonts: Path, pdf: bytes) -> None:
    """The same review gives the same bytes."""
    assert as_paper(review, FOLDERS, FRENCH, french_fonts).value == pdf


def test_the_posters_of_a_panel_stand_below_its_text(review: Review, french_fonts: Path, pdf: bytes) -> None:
    """On the same page; where one panel alone changed a little, that page is the only one."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert ["Constat 1" in page for page in pages] == ["L’affiche" in page for page in pages]
    one = next(panel for panel in review.panels if panel.plain_title.startswith("Continuer"))
    made = as_paper(replace(review, panels=(one,), posters=()), FOLDERS, FRENCH, french_fonts)
    assert made.value is not None
    with pypdfium2.PdfDocument(made.value) as document:
        assert len(document) == 1


def test_names_that_no_font_of_ours_can_write_do_not_stop_the_paper(
    review: Review, french_fonts: Path
) -> None:
    """A commit's author and subject, and a file's name, may be in any script; emoji count once."""
    said = replace(review.before, detail="« 🏃🏽‍♀️ l’affiche\tpartie », 李雷")
    strange = replace(review, panels=(), posters=(), before=said, notes=("Non comparé : 06-ميز.md.",))
    made = as_paper(strange, FOLDERS, FRENCH, french_fonts)
    assert made.value is not None
    with pypdfium2.PdfDocument(made.value) as read_back:
        text = read_back[0].get_textpage().get_text_range()
    assert "« ? l’affiche partie », ??" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "06-???.md" in text


def test_each_poster_has_both_pictures_or_a_reason(html: str) -> None:
    """Described for those who do not see them."""
    assert html.count('alt="Affiche du panneau 3, avant"') == 1
    assert html.count('alt="Affiche du panneau 3, après"') == 1
    assert "Dans cette version, le texte ne tient pas sur l’affiche." in html
    assert "Pas d’affiche dans cette version." in html


def test_english(review: Review, french_fonts: Path) -> None:
    """An English review of French panels says which texts are French."""
    made = as_page(review, FOLDERS, catalogue("en"), french_fonts)
    assert made.value is not None
    assert "Before" in made.value
    assert "struck through" in made.value


def test_signs_are_as_git_writes_them() -> None:
    """People who know git know them."""
    assert SIGNS == {"removed": ("[-", "-]"), "added": ("{+", "+}"), "kept": ("", "")}


@needs_chromium
def test_the_page_keeps_nobody_out(html: str, tmp_path: Path) -> None:
    """No violation known to axe, no scrolling sideways: a small phone in the dark, a desk in the light."""
    file = tmp_path / "relecture.html"
    file.write_text(html, "utf-8")
    with chromium() as browser:
        for width, scheme in ((320, "dark"), (1280, "light")):
            with browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=scheme,  # type: ignore[arg-type]
            ) as context:
                page = context.new_page()
                asked: list[str] = []
                page.on("request", partial(_remember, asked))
                page.goto(file.as_uri())
                assert violations(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") == width
                assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
