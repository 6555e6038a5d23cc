"""Each fault is found by the check that it belongs to, and what is right is left alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from bad_files import FAULTS, UNREADABLE, UNUSUAL, make
from builds import FRENCH
from good_file import OFFSET, box, draw, good_file, saved
from pikepdf import Array, Dictionary, Name

from oxalis_panels.inspection.checks import inspect, judge
from oxalis_panels.inspection.expectations import ARC_MINUTE, expectations, for_our_own
from oxalis_panels.inspection.reading import read
from oxalis_panels.inspection.render import view
from oxalis_panels.inspection.report import Report
from oxalis_panels.inspection.survey import Survey
from oxalis_panels.printers.printer import Printer
from oxalis_panels.words.explanations import keys

MESSAGES = Path(__file__).parent / "messages"
"""What is said of each bad file, word for word."""


def report_on(pdf: bytes, printer: Printer = OFFSET) -> Report:
    """Return what the check says of a file that should be a poster of ours."""
    return inspect(pdf, for_our_own(printer, 594, 841), "affiche.pdf")


def remarks(report: Report) -> str:
    """Return what a person is told of the faults, each with what to do and where it is."""
    return "".join(
        "".join(f"{text}\n" for text in (f"{each.label} — {each.message}", each.help, each.place) if text)
        for each in view(report, FRENCH).remarks
    )


def results(report: Report) -> dict[str, str]:
    """Return the checks that found something, with their result."""
    return {item.check: item.result for item in report.items if item.result in {"warning", "failure"}}


def test_a_good_file_passes_every_check() -> None:
    """Nothing is found in the file that the bad ones are made from; every check has looked at something."""
    report = report_on(saved(good_file()))
    assert [item.result for item in report.items] == ["ok"] * 16
    assert not report.failed


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_by_its_own_check(name: str) -> None:
    """One thing wrong is told once, under the right heading; no other check is disturbed by it."""
    fault = FAULTS[name]
    report = report_on(make(fault), fault.printer)
    assert results(report) == {fault.check: "warning" if fault.warning else "failure"}
    assert [each.key for each in report.faults] == [fault.code]
    assert report.failed is not fault.warning
    assert remarks(report) == MESSAGES.joinpath(f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_checked_says_why(name: str) -> None:
    """A page of a website, an empty file, half a file, one that asks for a password: in these words."""
    code, pdf = UNREADABLE[name]
    report = report_on(pdf())
    assert code in {report.unreadable, *(each.key for each in report.faults)}
    assert remarks(report) == MESSAGES.joinpath(f"{name}.txt").read_text(encoding="utf-8")


def test_what_is_cut_is_told_in_the_row_of_the_margin() -> None:
    """By how much it goes beyond the cut, not a distance below zero."""
    rows = view(report_on(make(FAULTS["texte-long-au-bord"])), FRENCH).rows
    assert [row.found for row in rows if row.name == "marge de sécurité"] == [
        "dépasse la coupe de 2,7\u00a0mm"
    ]


@pytest.mark.parametrize("called", ["Équipe.pdf", "offre finale.pdf"])
def test_a_name_that_servers_damage_is_told(called: str) -> None:
    """Accents and spaces: a warning with the name, and one that will do."""
    report = inspect(saved(good_file()), for_our_own(OFFSET, 594, 841), called)
    assert results(report) == {"name": "warning"}
    expected = MESSAGES.joinpath("nom-accentue.txt").read_text(encoding="utf-8")
    assert remarks(report) == expected.replace("Équipe.pdf", called)


def test_every_code_of_the_check_is_provoked() -> None:
    """Each by a file here; what a system refuses to open or to write is in other tests."""
    known = {fault.code for fault in FAULTS.values()} | {code for code, _ in UNREADABLE.values()}
    every = {key for key in keys() if key.startswith("preflight-")}
    assert every - known == {"preflight-name", "preflight-size", "preflight-unreadable.other"}


def test_no_message_is_left_over() -> None:
    """Each file of words belongs to a file that is made."""
    assert {path.stem for path in MESSAGES.iterdir()} == {*FAULTS, *UNREADABLE, "nom-accentue"}


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_only_unusual_passes(name: str) -> None:
    """A check that cries wolf is soon switched off."""
    pdf = good_file()
    UNUSUAL[name](pdf)
    assert report_on(saved(pdf)).faults == ()


def test_trim_marks_outside_the_bleed_pass() -> None:
    """Marks in all inks, thin lines and small words for the printer are where only the printer sees them."""
    pdf = good_file()
    page = pdf.pages[0]
    page.MediaBox = box(-10, -10, 610, 857)
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([1] * 4), N=1)
    everything = Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])
    marks = "/All CS 1 SCN 0.25 w 8.5 -20 m 8.5 -10 l S"
    words = "BT /All cs 1 scn /F1 8 Tf 1 0 0 1 300 -20 Tm <0001> Tj ET"
    draw(pdf, f"{marks} {words}", ColorSpace={"All": everything})
    assert report_on(saved(pdf)).faults == ()


def test_a_fault_in_many_places_is_told_once() -> None:
    """Forty lines of the same small type are one fault, with its first place and how often it comes back."""
    pdf = good_file()
    for line in range(40):
        draw(pdf, f"BT /F1 18 Tf 1 0 0 1 300 {300 + 10 * line} Tm <0001> Tj ET")
    (fault,) = report_on(saved(pdf)).faults
    assert fault.count == 40
    assert fault.place is not None
    assert fault.place.page == 1
    assert fault.place.x == pytest.approx(300 * 25.4 / 72 - 3, abs=0.1)
    assert fault.place.y == pytest.approx(844 - (300 + 18 * 0.53) * 25.4 / 72, abs=0.1)


def test_the_floor_of_type_is_that_of_the_sheet() -> None:
    """12 pt are as large on A3 as 24 pt on A1."""
    assert for_our_own(OFFSET, 297, 420).smallest == 12
    assert for_our_own(OFFSET, 594, 841).smallest == 24


@pytest.mark.parametrize(
    ("trim", "printer", "expected"),
    [
        ((594, 841), OFFSET, 150),  # ours, on the sizes that they are for
        ((841, 594), OFFSET, 150),
        ((850, 2000), OFFSET, 61),  # read from 1.43 m
        ((800, 1200), OFFSET, 65),
        ((500, 700), OFFSET, 104),
        ((500, 707), OFFSET, 104),
        ((100, 150), OFFSET, 291),  # in the hand
        ((850, 2000), replace(OFFSET, resolution=120, resolution_asked=True), 120),
    ],
)
def test_pictures_need_what_an_eye_can_see(trim: tuple[int, int], printer: Printer, expected: int) -> None:
    """One arc minute is 87 dots per inch at a metre; the print shop's own word goes before."""
    assert for_our_own(printer, *trim).resolution == expected
    assert round(ARC_MINUTE) == 87


def test_a_roll_up_is_held_against_its_own_size() -> None:
    """850 by 2000 mm, and a picture of 90 dots per inch on it, are right for `--size 850x2000`."""
    pdf = good_file()
    page = pdf.pages[0]
    page.MediaBox = page.BleedBox = box(0, 0, 856, 2006)
    page.TrimBox = box(3, 3, 853, 2003)
    page.Contents = pdf.make_stream(b"720 0 0 720 300 300 cm /Im0 Do")
    survey = read(saved(pdf))
    assert isinstance(survey, Survey)
    assert judge(survey, expectations(OFFSET, survey, "850x2000")).faults == ()
    assert judge(survey, expectations(OFFSET, survey, "2000 x 850")).faults == ()
    told = {fault.key for fault in judge(survey, expectations(OFFSET, survey)).faults}
    assert told == {"preflight-trim", "preflight-resolution"}


def test_any_embedded_font_will_do_in_a_file_that_is_not_ours() -> None:
    """The list of families is for our own posters."""
    pdf = good_file()
    FAULTS["police-empruntee"].change(pdf)
    pdf.docinfo["/Producer"] = "LibreOffice"
    survey = read(saved(pdf))
    assert isinstance(survey, Survey)
    assert expectations(OFFSET, survey).families == ()
    assert expectations(OFFSET, survey).trim == (594, 841)
