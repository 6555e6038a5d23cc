"""What is no PDF, or too much of one, is refused in words, and soon."""

from time import perf_counter

import pikepdf
import pytest
from builds import Built
from good_file import OFFSET, box, draw, good_file, saved
from pikepdf import Dictionary, Name

from oxalis_panels.inspection.checks import inspect
from oxalis_panels.inspection.expectations import for_our_own

ASK = for_our_own(OFFSET, 594, 841)


@pytest.mark.parametrize(
    ("pdf", "code"),
    [
        (b"", "preflight-unreadable.empty"),
        (b" \n", "preflight-unreadable.empty"),
        (b"<!doctype html><title>Page introuvable</title>", "preflight-unreadable.not-a-pdf"),
        (b"%PDF-1.6\n", "preflight-unreadable.broken"),
        (b"%PDF-1.6\n" + bytes(5000), "preflight-unreadable.broken"),
    ],
)
def test_what_is_no_pdf_is_said_to_be_none(pdf: bytes, code: str) -> None:
    """A download page, an empty file and half a file are told apart."""
    assert inspect(pdf, ASK).unreadable == code


def test_a_password_is_said() -> None:
    """A file that asks for a password cannot be read; one that does not, but is protected, can."""
    closed = saved(good_file(), "", encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert inspect(closed, ASK).unreadable == "preflight-unreadable.password"
    protected = saved(good_file(), "", encryption=pikepdf.Encryption(user="", owner="secret"))
    assert [each.key for each in inspect(protected, ASK).faults] == [
        "preflight-version",
        "preflight-encrypted",
    ]


def test_what_cannot_be_followed_is_not_passed_over() -> None:
    """A page whose operators cannot be parsed has nothing wrong on it that we could see; it is refused."""
    pdf = good_file()
    draw(pdf, "BI EI")
    assert [each.key for each in inspect(saved(pdf), ASK).faults] == ["preflight-too-much"]


def test_a_file_that_had_to_be_repaired_is_refused() -> None:
    """A viewer repairs in silence; a press may not."""
    pdf = saved(good_file()).replace(b"startxref", b"startxxxx")
    assert {"preflight-damaged"} <= {each.key for each in inspect(pdf, ASK).faults}


def test_a_thousand_pages_are_refused_soon() -> None:
    """The number of pages is told without reading all of them."""
    pdf = good_file()
    for _ in range(999):
        pdf.pages.append(pdf.pages[0])
    data = saved(pdf)
    started = perf_counter()
    report = inspect(data, ASK)
    assert report.items[0].found == {"found": 1000}
    assert report.items[0].result == "failure"
    assert perf_counter() - started < 5


def test_forms_that_draw_each_other_come_to_an_end() -> None:
    """Ten forms that each draw the next one ten times would be ten thousand million; one may draw itself."""
    pdf = good_file()
    form = None
    for _ in range(10):
        inner = Dictionary(XObject=Dictionary(F=form)) if form is not None else Dictionary()
        form = pdf.make_stream(b"/F Do " * 10, Subtype=Name.Form, BBox=box(0, 0, 9, 9), Resources=inner)
    assert form is not None
    draw(pdf, "/F Do", XObject={"F": form})
    assert "preflight-too-much" in [each.key for each in inspect(saved(pdf), ASK).faults]
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    assert "preflight-too-much" in [each.key for each in inspect(saved(pdf), ASK).faults]


def test_our_posters_pass(built: Built) -> None:
    """Each of the eight real posters conforms without a doubt; benchmarks/ tells what it takes."""
    for path in built.posters:
        assert inspect(path.read_bytes(), ASK, path.name).faults == ()
