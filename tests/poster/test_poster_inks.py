"""The colours of the print files, and the checker that reads them: it must catch what it is there for."""

import base64
import io
from pathlib import Path

import inks
import pikepdf
import pytest
import weasyprint
from builds import ROOT, Built, order_of
from pikepdf import Array, Dictionary, Name
from text_runs import runs
from weasyprint.text.fonts import FontConfiguration

from oxalis_panels.poster.finish import finish
from oxalis_panels.poster.job import Job
from oxalis_panels.rendering.fonts import load_fonts

BLACK = (0, 0, 0, 1)
BAND_ENDS = 256
"""Where the coloured band at the top ends, in mm."""
CMYK = "device-cmyk(.1 .2 .3 .4)"


def drawn(fonts: Path, body: str, style: str = "") -> pikepdf.Pdf:
    """Return a page as WeasyPrint 70 draws it, before the finish, in one of the fonts kept in a folder."""
    ttf = base64.b64encode(load_fonts(frozenset(), fonts)[0].ttf).decode()
    address = f"data:font/ttf;base64,{ttf}"
    face = f"@font-face {{ font-family: F; src: url({address}) }} html {{ font-family: F }}"
    configuration = FontConfiguration()
    html = f"<style>@page {{ size: 100mm 100mm }} {face} {style}</style><body>{body}"
    pdf = weasyprint.HTML(string=html).write_pdf(
        output_intent="device-cmyk", pdf_version="1.6", font_config=configuration
    )
    return pikepdf.open(io.BytesIO(pdf))


def test_print_files_are_in_inks_only(built: Built) -> None:
    """No operator, picture, pattern, shading or group of any poster is in RGB, grey, Lab or a profile."""
    for path in built.posters:
        with pikepdf.open(path) as document:
            assert inks.mistakes(document) == []
            assert BLACK in inks.colours(document)


def test_total_ink_stays_under_300_percent(built: Built) -> None:
    """More than 300 % of ink on coated paper does not dry."""
    for path in built.posters:
        with pikepdf.open(path) as document:
            assert max(map(sum, inks.colours(document))) <= 3


def test_body_text_is_black_ink_alone(built: Built) -> None:
    """Four inks under a letter print with coloured edges; text under the band is pure K 100."""
    for path in built.posters:
        with pikepdf.open(path) as document:
            body = [run for run in runs(document.pages[0]) if run.baseline > BAND_ENDS]
        colours = {run.colour for run in body if run.font.startswith("Oxalis-Text")}
        assert colours == {BLACK}


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<p>texte", "p { color: #000 }"),
        ("<p>texte", f"body {{ color: {CMYK} }} p {{ border-top: 1pt solid red }}"),
        ("<a href='https://exemple.fr/'>lien</a>", f"body {{ color: {CMYK} }}"),
        ("<svg viewBox='0 0 9 9'><path d='M0 0H9V9Z'/></svg>", ""),
        (f"<svg viewBox='0 0 9 9'><path d='M0 0H9V9Z' fill='{CMYK}' stroke='#123456'/></svg>", ""),
        ("<div>", "div { height: 9mm; background: linear-gradient(red, blue) }"),
        ("<p>texte", f"p {{ color: {CMYK}; opacity: .5 }}"),
        ("<p>texte", "p { color: lab(50% 10 10) }"),
    ],
)
def test_the_checker_catches_screen_colours(body: str, style: str, built: Built) -> None:
    """What WeasyPrint turns into RGB, Lab or a profile without a word, as posters.md lists it, is found."""
    with drawn(built.fonts, body, f"html {{ color: {CMYK} }} {style}") as document:
        _drop_lab(document, but=b"lab" in document.pages[0].Contents.read_bytes())
        assert inks.mistakes(document) != []


def test_the_checker_accepts_inks(built: Built) -> None:
    """Text, borders and shapes in DeviceCMYK pass, so that the checker says something by being silent."""
    with drawn(
        built.fonts, "<p>texte", f"html {{ color: {CMYK} }} p {{ border-top: 1pt solid {CMYK} }}"
    ) as document:
        _drop_lab(document)
        assert inks.mistakes(document) == []
        assert inks.colours(document) == {(0.1, 0.2, 0.3, 0.4)}


def _drop_lab(document: pikepdf.Pdf, *, but: bool = False) -> None:
    """Take away the two Lab spaces that WeasyPrint declares in every file: what else is found counts."""
    if not but:
        del document.pages[0].Resources.ColorSpace


@pytest.mark.parametrize("place", ["form", "pattern", "glyph", "unused"])
def test_the_checker_looks_everywhere(place: str) -> None:
    """RGB is found in a form, a tiling pattern and a glyph, drawn or not."""
    with pikepdf.new() as document:
        page = document.add_blank_page()
        stream = document.make_stream(b"1 0 0 rg 0 0 9 9 re f")
        if place == "pattern":
            stream.PatternType = 1
            page.obj.Resources = Dictionary(Pattern=Dictionary(P=stream))
        elif place == "glyph":
            font = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=stream))
            page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        else:
            stream.Subtype = Name.Form
            page.obj.Resources = Dictionary(XObject=Dictionary(X=stream))
            page.obj.Contents = document.make_stream(b"/X Do" if place == "form" else b"")
        (mistake,) = inks.mistakes(document)
        assert mistake.endswith(": operator rg")


@pytest.mark.parametrize(
    ("key", "thing"),
    [
        ("/XObject", Dictionary(Subtype=Name.Image, ColorSpace=Name.DeviceRGB)),
        ("/XObject", Dictionary(Subtype=Name.Image, ColorSpace=Name.DeviceGray)),
        (
            "/XObject",
            Dictionary(Subtype=Name.Image, ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 1, b""])),
        ),
        ("/Shading", Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB)),
        (
            "/ExtGState",
            Dictionary(
                SMask=Dictionary(G=Dictionary(Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)))
            ),
        ),
    ],
)
def test_the_checker_reads_pictures_shadings_and_groups(key: str, thing: pikepdf.Object) -> None:
    """Colour spaces that no operator names are found too."""
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.obj.Resources = Dictionary({key: Dictionary(X=thing)})
        assert len(inks.mistakes(document)) == 1


def test_the_finish_blends_in_inks_however_deep(built: Built) -> None:
    """Opacity inside opacity is blended in DeviceCMYK, whatever it was drawn for."""
    style = f"html {{ color: {CMYK} }} div {{ opacity: .5; border: 1pt solid {CMYK} }}"
    buffer = io.BytesIO()
    with drawn(built.fonts, "<div>un<div>deux</div></div>", style) as document:
        for group in groups(document):
            group.CS = Name.DeviceRGB
        document.save(buffer)
    order = order_of(ROOT, built.fonts).value
    assert order is not None
    finished = finish(buffer.getvalue(), Job("un", "Un", (), 63.0), order.series)
    assert isinstance(finished, bytes)
    with pikepdf.open(io.BytesIO(finished)) as document:
        assert [str(group.CS) for group in groups(document)] == ["/DeviceCMYK", "/DeviceCMYK"]
        assert inks.mistakes(document) == []


def groups(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return the transparency groups of a document."""
    forms = [thing for thing in document.objects if isinstance(thing, pikepdf.Stream)]
    return [form.Group for form in forms if "/Group" in form]
