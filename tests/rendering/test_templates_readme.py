"""`templates/README.md` against the templates, and against what they really see, room by room."""

import re
from dataclasses import fields

import pytest
from jinja2 import Environment, meta

from oxalis_panels.authoring.comparing import views as compared
from oxalis_panels.authoring.comparing.views import (
    FieldView,
    PanelReview,
    PieceView,
    PosterComparison,
    Review,
)
from oxalis_panels.inspection.render import Remark, ReportView, Row
from oxalis_panels.pipeline.delivery.job_sheet import FileRow, JobSheet, OrderView
from oxalis_panels.poster.qr import AddressView
from oxalis_panels.printers.printer import Printer
from oxalis_panels.rendering.folders import shipped_templates
from oxalis_panels.rendering.notices import AccessibilityView, EntryView, LegalView
from oxalis_panels.rendering.palette import Colour, Ink
from oxalis_panels.rendering.views import CollectionView, FigureView, FindingView, PanelView
from oxalis_panels.serving.gallery import SheetView
from oxalis_panels.site.faces import FontFile
from oxalis_panels.site.fitting import Kind, Screen
from oxalis_panels.site.pages import PageView
from oxalis_panels.site.poster_views import FileView, PictureView, PosterView
from oxalis_panels.site.projection import ProjectionView, SlidePointView, SlidesView, SlideView
from oxalis_panels.site.record import Record

FOLDER = shipped_templates()
ROOMS = tuple(sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))
CODE = re.compile(r"`[^`]+`")
SECTIONS = {
    re.sub(r"\W", "", head): text
    for head, text in re.findall(
        r"^## (.+?)\n(.*?)(?=^## |\Z)", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
}
COMMON = SECTIONS["Foralltemplates"]
VIEWS: dict[str, tuple[type, ...]] = {
    "delivery": (JobSheet, OrderView, FileRow, Printer),
    "diff": (Review, PanelReview, compared.Row, PieceView, FieldView, PosterComparison),
    "poster": (AddressView,),
    "preflight": (ReportView, Row, Remark),
    "serve": (SheetView,),
    "shared": (),
    "site": (
        *(PageView, PosterView, FileView, PictureView, Record, FontFile),
        *(ProjectionView, SlidesView, SlideView, SlidePointView, Screen, Kind),
    ),
}
"""What the templates of each room see, besides what those of all rooms do."""
SEEN_BY_ALL = (CollectionView, PanelView, FindingView, FigureView, Colour, Ink, EntryView, LegalView)
UNTOLD = {"FontFile": {"font"}, "Ink": {"cmyk"}, "Printer": {"icc"}}
"""What a view has for the program alone."""
GLOBALS = {"words", "marks"}


def _words(text: str) -> set[str]:
    """Return the words that stand in code letters."""
    return set(re.findall(r"\w+", " ".join(CODE.findall(text))))


def _sources(room: str) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((FOLDER / room).iterdir())}


def _lacking(view: type, text: str) -> set[str]:
    return {each.name for each in fields(view)} - UNTOLD.get(view.__name__, set()) - _words(text)


@pytest.mark.parametrize("room", ROOMS)
def test_every_template_is_described(room: str) -> None:
    """And none that does not exist."""
    described = re.findall(r"^(?:\| )?`([\w-]+\.\w+)`(?: \||:)", SECTIONS[room], re.MULTILINE)
    assert sorted(described) == sorted(_sources(room))


@pytest.mark.parametrize("room", ROOMS)
def test_every_field_of_every_view_is_described(room: str) -> None:
    """In the section of its room, or in that for all."""
    lacking = {view.__name__: _lacking(view, COMMON + SECTIONS[room]) for view in VIEWS[room]}
    assert {name: names for name, names in lacking.items() if names} == {}


def test_what_all_templates_see_is_described_for_all() -> None:
    """Panels, findings, pictures, colours, the collection and its notices."""
    lacking = {view.__name__: _lacking(view, COMMON) for view in (*SEEN_BY_ALL, AccessibilityView)}
    assert {name: names for name, names in lacking.items() if names} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_every_variable_that_a_template_names_is_described(room: str) -> None:
    """But for those that templates make themselves."""
    lacking: dict[str, set[str]] = {}
    for name, source in _sources(room).items():
        made = re.findall(r"{%-? *(?:set|macro|import|from)\b([^%]*)%}", source)
        named = meta.find_undeclared_variables(Environment().parse(source))  # noqa: S701 - nothing is rendered
        told = _words(COMMON + SECTIONS[room]) | GLOBALS | set(re.findall(r"\w+", " ".join(made)))
        lacking |= {name: named - told} if named - told else {}
    assert lacking == {}


@pytest.mark.parametrize("room", ROOMS)
def test_every_block_and_shared_macro_is_described(room: str) -> None:
    """Blocks in their order, which is that of the page; macros with what they take."""
    extended = {
        "base.html": "Blocks of `base.html`, in order:",
        "frame.html": "Blocks of `frame.html`, in order:",
    }
    for name, source in _sources(room).items():
        if name in extended:
            listed = SECTIONS[room].partition(extended[name])[2].partition("\n\n")[0]
            assert re.findall(r"{% block (\w+)", source) == re.findall(r"`(\w+)`", listed)
        if name in {"panel_parts.html", "frame.html"}:
            macros = re.findall(r"{% macro (\w+)\(([^)]*)\)", source)
            signatures = [f"{called}({re.sub(r'=[^,]+', '', takes)})" for called, takes in macros]
            assert [each for each in signatures if f"`{each}`" not in SECTIONS[room]] == []
