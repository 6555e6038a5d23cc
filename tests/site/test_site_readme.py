"""`templates/README.md` against what templates really see."""

from __future__ import annotations

import re
from dataclasses import fields

from site_project import ROOT

from oxalis_panels.rendering.notices import AccessibilityView, EntryView, LegalView
from oxalis_panels.rendering.views import CollectionView, FindingView, PanelView
from oxalis_panels.site.fitting import Kind, Screen
from oxalis_panels.site.pages import PageView
from oxalis_panels.site.posters import FileView, PictureView, PosterView
from oxalis_panels.site.projection import ProjectionView, SlidePointView, SlidesView, SlideView
from oxalis_panels.site.record import Record

README = (ROOT / "templates/README.md").read_text(encoding="utf-8")
SITE = ROOT / "templates/site"


def test_every_variable_is_described() -> None:
    """Each field of each view stands in code letters somewhere."""
    code = set(re.findall(r"`(\w+)`", README))
    notices = (AccessibilityView, EntryView, LegalView, Record)
    projected = (ProjectionView, SlidesView, SlideView, SlidePointView, Screen, Kind)
    for view in (
        PageView,
        CollectionView,
        PanelView,
        FindingView,
        PosterView,
        FileView,
        PictureView,
        *notices,
        *projected,
    ):
        assert {field.name for field in fields(view)} - code == set()


def test_every_template_and_block_of_the_site_is_described() -> None:
    """And none that does not exist."""
    described = set(
        re.findall(r"^\| `([\w.]+)` \|", README.partition("## `site/`")[2].partition("### ")[0], re.MULTILINE)
    )
    assert described == {path.name for path in SITE.iterdir()}
    blocks = re.findall(r"{% block (\w+)", (SITE / "base.html").read_text(encoding="utf-8"))
    listed = README.partition("Blocks of `base.html`, in order:")[2].partition("\n\n")[0]
    assert blocks == re.findall(r"`(\w+)`", listed)
