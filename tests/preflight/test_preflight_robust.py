"""Whatever the bytes are, the check answers; and it answers soon."""

import io
import json
from collections.abc import Callable
from functools import cache

import pikepdf
from bad_files import FAULTS
from good_file import OFFSET, draw, good_file, saved
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from test_any_project import EXAMPLES

from oxalis_panels.inspection.checks import inspect
from oxalis_panels.inspection.expectations import for_our_own
from oxalis_panels.inspection.render import lines, render_reports, view
from oxalis_panels.inspection.report import Report
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.folders import TemplateFolders, shipped_templates
from oxalis_panels.words.catalogue import catalogue

ASK = for_our_own(OFFSET, 594, 841)
FRENCH = catalogue("fr")


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
    data = render_reports([report], "json", FRENCH, templates).value
    assert data is not None
    assert json.loads(data)[0]["file"] == "affiche.pdf"
    return report


@settings(max_examples=EXAMPLES)
@given(st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 255)), min_size=1, max_size=30))
def test_changed_bytes_never_raise(changes: list[tuple[int, int]]) -> None:
    """A file in which any bytes were changed gets a report."""
    pdf = bytearray(plain_bytes())
    for at, byte in changes:
        pdf[at % len(pdf)] = byte
    answered(bytes(pdf))


@settings(max_examples=EXAMPLES)
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


@settings(max_examples=EXAMPLES)
@given(st.lists(st.sampled_from(TOKENS), max_size=40))
def test_any_operators_in_any_order_never_raise(tokens: list[str]) -> None:
    """Operands may be missing, of a wrong type or without end."""
    with pikepdf.open(io.BytesIO(plain_bytes())) as pdf:
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


@settings(max_examples=EXAMPLES)
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


TYPES: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "null": lambda _pdf: None,
    "boolean": lambda _pdf: True,
    "integer": lambda _pdf: -3,
    "real": lambda _pdf: 0.5,
    "huge": lambda _pdf: 10**12,
    "name": lambda _pdf: Name.X,
    "indirect name": lambda pdf: pdf.make_indirect(Name.Y),
    "odd name": lambda _pdf: pikepdf.Object.parse(b"/#e9#ff"),
    "string": lambda _pdf: pikepdf.String("x"),
    "bytes": lambda _pdf: pikepdf.String(b"\xfe\xff\xd8\x00\x80"),
    "numbers": lambda _pdf: Array([0, 0, 9, 9, 10**10, -1]),
    "empty array": lambda _pdf: Array([]),
    "array": lambda _pdf: Array([Name.X, -1, Array([]), Dictionary(), pikepdf.String("y")]),
    "empty dictionary": lambda _pdf: Dictionary(),
    "dictionary": lambda _pdf: Dictionary(X=1, Type=2),
    "stream": lambda pdf: pdf.make_stream(b"0 0 m", X=Name.Y),
    "page": lambda pdf: pdf.pages[0].obj,
}
"""A value of each type that a PDF has."""


@cache
def rich_bytes() -> bytes:
    """Return a file with everything in it that is read, each stream as it is."""
    with pikepdf.open(io.BytesIO(plain_bytes())) as pdf:
        for name in ("ton-direct", "transfert-de-trame", "calques", "programme", "groupe-rvb"):
            FAULTS[name].change(pdf)
        table = pdf.make_stream(bytes(8), FunctionType=0, Size=Array([2]), BitsPerSample=8)
        table.Domain, table.Range = Array([0, 1]), Array([0, 1] * 4)
        stitched = Dictionary(FunctionType=3, Functions=Array([table, table]), Bounds=Array([0.5]))
        stitched.Encode, stitched.Domain = Array([0, 1, 0, 1]), Array([0, 1])
        shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Function=stitched)
        pattern = Dictionary(PatternType=2, Shading=shading, ExtGState=Dictionary(TR2=Name.Default))
        palette = Array([Name.Indexed, Name.DeviceCMYK, 1, pikepdf.String(b"abcdefgh")])
        mark = Dictionary(Subtype=Name.PrinterMark, Rect=Array([0, 0, 9, 9]), AP=Dictionary(N=table))
        pdf.pages[0].Annots = Array([mark])
        draw(
            pdf,
            "/Pattern cs /Grad scn 9 9 9 9 re f /Pal cs 1 sc 9 9 9 9 re f /Gs3 gs",
            Pattern={"Grad": pattern},
            ColorSpace={"Pal": palette, "DefaultRGB": Array([Name.ICCBased, pdf.make_stream(b"", N=3)])},
            ExtGState={
                "Gs3": Dictionary(Font=Array([pdf.pages[0].Resources.Font.F1, 9]), LW=1, OPM=1, op=True)
            },
        )
        return saved(pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def parts(holder: object) -> list[tuple[object, str | int]]:
    """Return each place that something stands in, in an object and in those that it has in itself."""
    if isinstance(holder, Dictionary | pikepdf.Stream):
        keys: list[str | int] = [key for key in holder.keys() if key != "/Length"]  # noqa: SIM118 - of a stream
    else:
        keys = list(range(len(holder))) if isinstance(holder, Array) else []
    found: list[tuple[object, str | int]] = []
    for key in keys:
        found.append((holder, key))
        inner = holder[key]  # type: ignore[index]
        if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
            found += parts(inner)
    return found


def changed(at: int, kind: str) -> bytes | None:
    """Return the file with the value at one place changed into one of another type; None at its end."""
    with pikepdf.open(io.BytesIO(rich_bytes())) as pdf:
        places = [place for thing in pdf.objects for place in parts(thing)]
        if at >= len(places):
            return None
        holder, key = places[at]
        if isinstance(holder, Array) and TYPES[kind](pdf) is None:
            del holder[key]
        elif TYPES[kind](pdf) is None:
            del holder[key]  # type: ignore[attr-defined]
        else:
            holder[key] = TYPES[kind](pdf)  # type: ignore[index]
        try:
            return saved(pdf, fix_metadata_version=False, deterministic_id=False)
        except (pikepdf.PikepdfError, RuntimeError):
            return b"%PDF-1.6 what cannot be written"


def test_any_value_may_be_of_any_type() -> None:
    """One value at a time, each of them into each other type: all with `OXALIS_PANELS_EXAMPLES=10000`."""
    with pikepdf.open(io.BytesIO(rich_bytes())) as pdf:
        count = sum(len(parts(thing)) for thing in pdf.objects)
    cases = [(at, kind) for at in range(count) for kind in TYPES]
    for at, kind in cases[:: max(1, len(cases) // (4 * EXAMPLES))]:
        pdf_bytes = changed(at, kind)
        if pdf_bytes is not None:
            inspect(pdf_bytes, ASK, "affiche.pdf")
