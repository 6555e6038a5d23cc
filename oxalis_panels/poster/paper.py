"""Papers that go with posters: A4 pages for people, in the same faces, tagged, the same bytes every time."""

import io
from collections.abc import Mapping, Sequence

import pikepdf

from oxalis_panels.model.diagnostics import Parsed, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.poster.engine_words import OBSTACLES, WeasyPrintComplaint, complaints, obstacle
from oxalis_panels.poster.job import FontFile
from oxalis_panels.poster.measure import Sizes
from oxalis_panels.poster.metadata import accessible
from oxalis_panels.poster.print import Press
from oxalis_panels.rendering.sheet import Sheet

A4 = Sheet(width=210, height=297, bleed=0, left=18, column=174)
BODIES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""Sizes to try, in points."""

LARGEST = 10_000
"""So many pages take the largest type: a text that may be as long as it is."""


@value
class Paper:
    """What is to be laid out."""

    template: str
    """Name of the template that made it."""
    html: str
    """With its style sheet inside."""
    title: str
    authors: str
    language: str
    pages: int = LARGEST
    """The largest type that keeps it on so many pages is taken; the smallest where none does."""


def draw_paper(paper: Paper, fonts: Sequence[FontFile], pictures: Mapping[str, bytes]) -> Parsed[bytes]:
    """Return a PDF; `pictures` by their addresses. Errors: mistakes in its style, a machine that refuses."""
    try:
        press = Press(fonts, "", A4)
        press.take(pictures)
        for body in BODIES:
            drawn = press.tagged_pdf(paper.html, Sizes(title=2.2 * body, body=body))
            with pikepdf.open(io.BytesIO(drawn)) as document:
                if len(document.pages) <= paper.pages or body == BODIES[-1]:
                    return Parsed(accessible(document, paper.title, paper.authors, paper.language))
    except WeasyPrintComplaint as failure:
        place = Span(Source(f"templates/{paper.template}"))
        found = complaints(str(failure))
        return Parsed(None, (error("template-mistake", place, found=found, path=place.source.path),))
    except OBSTACLES as failure:
        return Parsed(None, (obstacle(failure),))
    raise AssertionError  # the last size always returns
