"""Whatever the bytes are, the check answers; and it answers soon."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import cache
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import pikepdf
import pytest
from bad_files import FAULTS, OFFSET
from good_file import box, draw, good_file, saved
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from oxalis_panels.messages import catalogue
from oxalis_panels.preflight.expectations import for_our_own
from oxalis_panels.preflight.inspection import inspect
from oxalis_panels.preflight.telling import lines, told
from oxalis_panels.preflight.views import view
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.folders import TemplateFolders, shipped_templates

if TYPE_CHECKING:
    from builds import Built

    from oxalis_panels.preflight.report import Report

ASK = for_our_own(OFFSET, 594, 841)
FRENCH = catalogue("fr")
SOON = 0.06
"""Seconds for one poster."""


RICH = ("motif-rvb", "masque-rvb", "degrade-rvb", "police-dessinee", "image-rvb-en-ligne", "annotation")
"""Faults that bring many kinds of things into a file."""


@cache
def plain_bytes() -> bytes:
    """Return a file with many kinds of things in it, nothing compressed, so that any byte can matter."""
    pdf = good_file()
    for name in (
        "motif-rvb",
        "masque-rvb",
        "degrade-rvb",
        "police-dessinee",
        "image-rvb-en-ligne",
        "annotation",
    ):
        FAULTS[name].change(pdf)
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(OFFSET.icc[:200], N=4)
    pdf.pages[0].Resources.XObject.Im0 = pdf.make_stream(
        bytes(64), Subtype=Name.Image, Width=4, Height=4, BitsPerComponent=8, ColorSpace=Name.DeviceCMYK
    )
    return saved(pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def answered(pdf: bytes) -> Report:
    """Return the report on some bytes; it can be said in every form."""
    report = inspect(pdf, ASK, "affiche.pdf")
    assert list(lines(view(report, FRENCH), FRENCH))
    templates = Templates(TemplateFolders((shipped_templates(),)), FRENCH)
    data = told([report], "json", FRENCH, templates).value
    assert data is not None
    assert json.loads(data)[0]["file"] == "affiche.pdf"
    return report


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 255)), min_size=1, max_size=30))
def test_changed_bytes_never_raise(changes: list[tuple[int, int]]) -> None:
    """A file in which any bytes were changed gets a report."""
    pdf = bytearray(plain_bytes())
    for at, byte in changes:
        pdf[at % len(pdf)] = byte
    answered(bytes(pdf))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40_000))
def test_a_file_cut_off_anywhere_is_refused(length: int) -> None:
    """Half a file never passes: it says of itself less than a whole one, or cannot be read."""
    pdf = plain_bytes()
    assert answered(pdf[: length % (len(pdf) - 200)]).failed


TOKENS = (
    *("/F1", "/Im0", "/Pattern", "/P", "<0001>", "(A)", "[(A) 1e9 (B)]", "<<>>", "true", "-1", "0", "0.5"),
    *("99999999999999999999", "q", "Q", "cm", "re", "f", "S", "W", "n", "k", "rg", "cs", "scn", "gs", "Do"),
    *(
        "sh",
        "BT",
        "Tf",
        "Tm",
        "TJ",
        "Tj",
        "'",
        '"',
        "Td",
        "TL",
        "Tr",
        "w",
        "m",
        "l",
        "c",
        "d",
        "BI",
        "ID",
        "EI",
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=40))
def test_any_operators_in_any_order_never_raise(tokens: list[str]) -> None:
    """Operands may be missing, of a wrong type or without end."""
    pdf = good_file()
    FAULTS["motif-rvb"].change(pdf)
    draw(pdf, " ".join(tokens))
    answered(saved(pdf))


Change = tuple[str, Callable[[], object]]
ODD: tuple[Callable[[], object], ...] = (
    lambda: 0,
    lambda: -1,
    lambda: 10**9,
    lambda: 0.5,
    lambda: True,
    lambda: Name.X,
    lambda: pikepdf.String("x"),
    lambda: Array([]),
    lambda: Array([Name.Y, 1]),
    Dictionary,
)
"""Values that have no business where they are put."""
PLACES = (
    "Root.OutputIntents",
    "Root.Metadata",
    "Root.Names",
    "Root.OpenAction",
    "Page.MediaBox",
    "Page.TrimBox",
    "Page.Resources",
    "Page.Group",
    "Page.Annots",
    "Page.Rotate",
    "Page.UserUnit",
    "Page.Contents",
    "Page.Resources.Font",
    "Page.Resources.Font.F1",
    "Page.Resources.Font.F1.DescendantFonts",
    "Page.Resources.XObject.Im0.ColorSpace",
    "Page.Resources.XObject.Im0.Width",
    "Page.Resources.XObject.Im0.Decode",
    "Page.Resources.Pattern.P.Matrix",
    "Page.Resources.Pattern.P.Resources",
    "Page.Resources.Shading.Sh.Function",
    "Page.Resources.Shading.Sh.ColorSpace",
    "Page.Resources.ExtGState.Gs.SMask",
    "Page.Resources.ExtGState.Gs.BM",
    "Page.Resources.Font.T3.Encoding",
    "Page.Resources.Font.T3.FontMatrix",
    "Page.Resources.Font.T3.CharProcs",
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(ODD)), min_size=1, max_size=3))
def test_a_thing_of_another_kind_anywhere_never_raises(
    changes: list[tuple[str, Callable[[], object]]],
) -> None:
    """A writer may have put anything under any key."""
    with pikepdf.open(io.BytesIO(plain_bytes())) as pdf:
        for place, odd in changes:
            first, *keys, last = place.split(".")
            holder: pikepdf.Object | None = pdf.Root if first == "Root" else pdf.pages[0].obj
            for key in keys:
                holder = holder.get(f"/{key}") if isinstance(holder, Dictionary | pikepdf.Stream) else None
            if isinstance(holder, Dictionary | pikepdf.Stream):
                holder[f"/{last}"] = odd()
        answered(saved(pdf, fix_metadata_version=False))


@pytest.mark.parametrize(
    ("pdf", "code"),
    [
        (b"", "preflight-empty"),
        (b" \n", "preflight-empty"),
        (b"<!doctype html><title>Page introuvable</title>", "preflight-not-a-pdf"),
        (b"%PDF-1.6\n", "preflight-broken"),
        (b"%PDF-1.6\n" + bytes(5000), "preflight-broken"),
    ],
)
def test_what_is_no_pdf_is_said_to_be_none(pdf: bytes, code: str) -> None:
    """A download page, an empty file and half a file are told apart."""
    assert inspect(pdf, ASK).unreadable == code


def test_a_password_is_said() -> None:
    """A file that asks for a password cannot be read; one that does not, but is protected, can."""
    closed = saved(good_file(), "", encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert inspect(closed, ASK).unreadable == "preflight-password"
    protected = saved(good_file(), "", encryption=pikepdf.Encryption(user="", owner="secret"))
    assert [each.code for each in inspect(protected, ASK).faults] == [
        "preflight-version",
        "preflight-encrypted",
    ]


def test_what_cannot_be_followed_is_not_passed_over() -> None:
    """A page whose operators cannot be parsed has nothing wrong on it that we could see; it is refused."""
    pdf = good_file()
    draw(pdf, "BI EI")
    assert [each.code for each in inspect(saved(pdf), ASK).faults] == ["preflight-too-much"]


def test_a_file_that_had_to_be_repaired_is_refused() -> None:
    """A viewer repairs in silence; a press may not."""
    pdf = saved(good_file()).replace(b"startxref", b"startxxxx")
    assert {"preflight-damaged"} <= {each.code for each in inspect(pdf, ASK).faults}


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
    assert "preflight-too-much" in [each.code for each in inspect(saved(pdf), ASK).faults]
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    assert "preflight-too-much" in [each.code for each in inspect(saved(pdf), ASK).faults]


def test_our_posters_pass_and_take_little_time(built: Built) -> None:
    """Each of the eight real posters conforms without a doubt, in the time that the build can spare."""
    for path in built.posters:
        pdf = path.read_bytes()
        times = []
        for _ in range(3):
            started = process_time()
            report = inspect(pdf, ASK, path.name)
            times.append(process_time() - started)
        assert report.faults == ()
        assert min(times) < SOON
