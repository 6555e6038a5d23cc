"""The press: it measures true, and what WeasyPrint only logs stops it."""

import tomllib
from inspect import signature

import pytest
from builds import ROOT, Built, order_of
from poster_trials import press_of

from oxalis_panels.poster.engine_words import WeasyPrintComplaint
from oxalis_panels.poster.measure import Sizes
from oxalis_panels.poster.print import Press
from oxalis_panels.rendering.fonts import marks_font
from oxalis_panels.rendering.layout_engine import weasyprint
from oxalis_panels.rendering.sheet import A1

SIZES = Sizes(title=100, body=50)
CSS = """
@page { margin: 0 }
body, p, ul, main { margin: 0; padding: 0 }
main, footer { position: absolute; left: 0; width: var(--column) }
main { top: 100mm } footer { top: 700mm; height: 10mm }
"""


def pressed(css: str = "") -> Press:
    """Return a press without fonts, for pages of known heights and without text."""
    return Press((), CSS + css, A1)


def test_no_release_is_allowed_whose_private_boxes_are_not_known() -> None:
    """Every 70, and no 71 before somebody has looked at the posters that it makes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "weasyprint>=70,<71" in project["dependencies"]


def test_what_weasyprint_keeps_private_is_there() -> None:
    """All that `box_tree` reads: where a release has changed something of it, this names what."""
    html = '<main><p id="p1"><span class="mark">✓</span>Un mot</p></main><footer></footer>'
    (page,) = weasyprint.HTML(string=html).render().pages
    boxes = list(page._page_box.descendants(placeholders=True))  # noqa: SLF001 - as `box_tree` does
    kinds = {type(box).__name__: box for box in boxes}
    assert {"TextBox", "LineBox"} <= kinds.keys()
    needed = {
        "TextBox": "text style element width position_x",
        "LineBox": "element children descendants translate",
        "BlockBox": "element_tag position_y content_box_x margin_height",
    }
    read = [(kind, name) for kind, names in needed.items() for name in names.split()]
    assert [(kind, name) for kind, name in read if not hasattr(kinds[kind], name)] == []
    assert kinds["LineBox"].element.get("id") == "p1"
    assert kinds["TextBox"].style["font_size"] > 0
    split = weasyprint.text.line_break.split_first_line
    arguments = "text, style, context, max_width, justification_spacing"
    assert ", ".join(signature(split).parameters).startswith(arguments)
    assert split("mot", kinds["TextBox"].style, None, None, 0)[3] > 0


def test_heights_are_measured_to_a_tenth_of_a_millimetre() -> None:
    """Boxes of known height are found where they are: the canary for the private box tree."""
    finding = '<section><p id="f1"></p><ul><li id="f1p1"></li></ul></section>'
    html = f'<main><p id="p1"></p>{finding}</main><footer></footer>'
    css = """
    #p1 { height: 12.3mm; margin-bottom: 4mm }
    #f1 { height: 20mm; padding-top: 5mm; border-bottom: 1mm solid }
    li { display: block; height: 7.7mm; margin-top: calc(2mm + var(--gap)) }
    """
    measure = pressed(css).measure(html, Sizes(100, 50, gap=3))
    assert measure.available == pytest.approx(600, abs=0.1)
    assert [item.identifier for item in measure.items] == ["p1", "f1", "f1p1"]
    assert [item.bottom for item in measure.items] == pytest.approx([16.3, 42.3, 55], abs=0.1)
    assert measure.used == pytest.approx(55, abs=0.1)
    assert measure.fits


def test_what_stands_lower_than_the_footer_does_not_fit() -> None:
    """A text longer than ten sheets is measured on one endless page, and told not to fit."""
    html = '<main><p id="p1"></p><p id="f1"></p></main><footer></footer>'
    measure = pressed("#f1 { height: 9000mm }").measure(html, SIZES)
    assert measure.used == pytest.approx(9000, abs=0.1)
    assert not measure.fits


def test_columns_side_by_side_are_as_high_as_the_higher() -> None:
    """Floats are measured by where they end, not by their order."""
    html = '<main><p id="f1p1"></p><p id="f1p2"></p></main><footer></footer>'
    css = "p { float: left; width: 40% } #f1p1 { height: 300mm } #f1p2 { height: 200mm }"
    assert pressed(css).measure(html, SIZES).used == pytest.approx(300, abs=0.1)


@pytest.mark.parametrize(
    ("css", "html", "complaint"),
    [
        ("p { colour: red }", "", "colour"),
        ("p { width: 3 parsecs }", "", "width"),
        ("p { background: url(https://exemple.fr/image.png) }", "", "https://exemple.fr/image.png"),
        ("", '<img src="image.png">', "image.png"),
        ('@font-face { font-family: "Absente"; src: url(absente.ttf) }', "", "absente.ttf"),
    ],
)
def test_what_weasyprint_only_logs_is_an_exception(css: str, html: str, complaint: str) -> None:
    """A property it does not know, a file it may not read: nothing goes on with a wrong poster."""
    with pytest.raises(WeasyPrintComplaint, match=complaint):
        pressed(css).measure(f"<main><p></p>{html}</main><footer></footer>", SIZES)


def test_after_a_complaint_the_press_goes_on() -> None:
    """The next poster is not blamed for the mistake of the one before."""
    press = pressed()
    with pytest.raises(WeasyPrintComplaint):
        press.measure('<main><img src="image.png"></main><footer></footer>', SIZES)
    assert press.measure('<main><p id="p1"></p></main><footer></footer>', SIZES).fits


def test_real_posters_raise_no_complaint(built: Built) -> None:
    """The style sheet and all eight pages are understood in full, in the fonts that are served."""
    composed = order_of(ROOT, built.fonts).value
    assert composed is not None
    press = press_of(composed)
    measures = [
        press.measure(job.layouts[0].html, Sizes(composed.series.title_size, 24)) for job in composed.jobs
    ]
    assert [measure.fits for measure in measures] == [True] * 8


def test_the_marks_have_a_font_of_their_own() -> None:
    """Two characters and no other, so that nothing else can be set in it."""
    import uharfbuzz  # noqa: PLC0415 - only this test reads a font

    assert sorted(map(chr, uharfbuzz.Face(marks_font()).unicodes)) == ["→", "✓"]
