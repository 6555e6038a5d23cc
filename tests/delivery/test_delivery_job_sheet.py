"""The job sheet: one page that says all that the print shop asks, and leaves a blank for what nobody said."""

import hashlib
from dataclasses import replace
from pathlib import Path

import page
import pytest
from builds import Built
from deliveries import ORDER, contents, delivered, number_of_pages, project, text_of

from oxalis_panels.inspection.report import Fault, Item, Report
from oxalis_panels.pipeline.check import check
from oxalis_panels.pipeline.delivery.job_sheet import TEMPLATE, job_sheet
from oxalis_panels.pipeline.delivery.sent_posters import SentPoster
from oxalis_panels.poster.job import FontFile
from oxalis_panels.poster.paper import Paper, draw_paper
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.fonts import characters, load_fonts
from oxalis_panels.words.catalogue import catalogue

NOTHING = "title: Trois ans\n"
PRINTED = (
    "Offset, papier couché",
    "594 × 841 mm",
    "3 mm de chaque côté",
    "PDF/X-4",
    "FOGRA39",
    "300 % au plus",
)


def sheet_of(folder: Path) -> bytes:
    """Deliver a project and return its job sheet."""
    value = delivered(folder).value
    assert value is not None
    (sheet,) = (data for name, data in contents(value.data).items() if name.endswith("/bon-de-commande.pdf"))
    return sheet


def drawn(folder: Path, fonts: Path, posters: int, *, doubt: bool = False, language: str = "fr") -> bytes:
    """Return the job sheet of a project of so many posters that nobody has printed."""
    checked = check(folder).value
    assert checked is not None
    faults = (Fault("preflight-name", {}, "warning"),) if doubt else ()
    report = Report("", "", (Item("name", {}, {}, faults),))
    sent = [
        SentPoster(panel.number, f"{panel.number:02}-{panel.slug}-a1.pdf", b"", 594, 841, 1, report)
        for panel in checked.typeset.panels
    ]
    assert len(sent) == posters
    words = catalogue(language)
    sheet = job_sheet(replace(checked, words=words), sent)
    html = Templates(checked.folders, words).render(TEMPLATE, sheet=sheet).value
    assert html is not None
    faces = [
        FontFile(font.face.family, font.face.weight, font.face.style, font.ttf)
        for font in load_fonts(characters(checked.typeset), fonts)
    ]
    paper = Paper("delivery/job-sheet.html", html, "Bon de commande", "", "fr", 1 if posters <= 40 else 2)
    drawn = draw_paper(paper, faces, {}).value
    assert drawn is not None
    return drawn


def test_an_english_sheet_names_the_profile_in_english(built: Built, tmp_path: Path) -> None:
    """As everything else that the program says on it."""
    text = text_of(drawn(project(tmp_path, built), built.fonts, 1, language="en"))
    assert ("Offset, coated paper" in text, "papier" in text) == (True, False)


def test_everything_said_is_on_one_page(built: Built, tmp_path: Path) -> None:
    """The order, the printer's profile and each file with its checksum, in French, on one A4 page."""
    folder = project(tmp_path, built)
    pdf = sheet_of(folder)
    text = text_of(pdf)
    poster = (folder / "output" / "print" / "01-un-a1.pdf").read_bytes()
    expected = (
        "Bon de commande",
        "Trois ans — Oxalis",
        "2 de chaque affiche, 2 feuilles en tout",
        "couché mat 170 g",
        "quatre œillets",
        "lundi 3 juin",
        "Camille Martin",
        "04 00 00 00 00",
        "Merci !",
        *PRINTED,
        "Un titre court",
        "01-un-a1.pdf",
        hashlib.sha256(poster).hexdigest()[:12],
        "Contrôle : conforme",
    )
    assert [words for words in expected if words not in text] == []
    assert "à préciser" not in text
    assert number_of_pages(pdf) == 1


def test_what_nobody_said_is_left_blank(built: Built, tmp_path: Path) -> None:
    """Copies, paper, finish, date and contact are to be filled in by hand; remarks need no blank."""
    text = text_of(drawn(project(tmp_path, built, NOTHING), built.fonts, 1))
    assert text.count("à préciser") == 5
    assert "Remarques" not in text


def test_english_panels_have_an_english_job_sheet(built: Built, tmp_path: Path) -> None:
    """The job sheet is in the language of the panels."""
    text = text_of(sheet_of(project(tmp_path, built, "title: Three years\nlanguage: en\n")))
    assert "Job sheet Three years" in text
    assert "Check: passed" in text


def test_the_order_is_typeset_and_the_contact_is_not(built: Built, tmp_path: Path) -> None:
    """French spaces go into what is said in sentences, not into names, numbers and addresses."""
    settings = "delivery:\n  notes: Attention!\n  contact: bonjour!\n"
    text = text_of(drawn(project(tmp_path, built, settings), built.fonts, 1))
    assert "Attention !" in text
    assert "bonjour!" in text


@pytest.mark.parametrize(("posters", "pages"), [(8, 1), (20, 1), (40, 1), (60, 2)])
def test_a_long_series_has_smaller_rows(posters: int, pages: int, built: Built, tmp_path: Path) -> None:
    """Up to forty posters are on one page, sixty on two, and every one of them is listed."""
    folder = project(tmp_path, built, panels=tuple(f"panneau-{n}" for n in range(posters)))
    pdf = drawn(folder, built.fonts, posters)
    assert number_of_pages(pdf) == pages
    text = text_of(pdf)
    assert [n for n in range(posters) if f"{n + 1:02}-panneau-{n}-a1.pdf" not in text] == []


def test_doubts_of_the_check_are_on_the_sheet(built: Built, tmp_path: Path) -> None:
    """A warning forbids nothing, and is not hidden from the print shop."""
    text = text_of(drawn(project(tmp_path, built), built.fonts, 1, doubt=True))
    assert "Contrôle : conforme, 1 point à vérifier : voir controle.html" in text


def test_the_job_sheet_is_pdf_ua(built: Built, tmp_path: Path) -> None:
    """An independent checker of PDF/UA-1 finds nothing."""
    path = tmp_path / "sheet.pdf"
    path.write_bytes(drawn(project(tmp_path / "project", built), built.fonts, 1))
    report = page.validate_pdf(path, profile=page.ValidationProfile.PDF_UA_1)
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []


def test_a_character_that_the_fonts_lack_is_told(tmp_path: Path, built: Built) -> None:
    """The job sheet would show an empty frame; the check says so before anything is made."""
    folder = project(tmp_path, built, "delivery:\n  contact: 点\n")
    checked = check(folder)
    assert checked.value is None
    (found,) = checked.diagnostics
    assert found.key == "missing-character"
    assert "点" in str(found.values["found"])


def test_the_order_says_so(built: Built, tmp_path: Path) -> None:
    """`delivery:` in `collection.yaml` is what the tests above rely on."""
    checked = check(project(tmp_path, built, ORDER)).value
    assert checked is not None
    assert checked.as_typed.settings.delivery.copies == 2
    assert checked.as_typed.settings.delivery.contact == "Camille Martin\n04 00 00 00 00"
