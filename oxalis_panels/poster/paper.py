"""Papers that go with posters: A4 pages for people, in the same faces, tagged, the same bytes every time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

from oxalis_panels.poster.measure import Sizes
from oxalis_panels.poster.print import Press
from oxalis_panels.poster.screen import described
from oxalis_panels.poster.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oxalis_panels.poster.job import FontFile

A4 = Sheet(width=210, height=297, bleed=0, left=18, column=174)
BODIES = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""Sizes to try, in points."""

LARGEST = 10_000
"""So many pages take the largest type: a text that may be as long as it is."""


class Paper:
    """Lays out papers that share fonts."""

    def __init__(self, fonts: Sequence[FontFile]) -> None:
        """Load the fonts; a paper has its style sheet inside."""
        self._press = Press(fonts, "", A4)

    def take(self, pictures: Mapping[str, bytes]) -> None:
        """Have these pictures at hand, by their addresses, for the papers that follow."""
        self._press.take(pictures)

    def pdf(self, html: str, title: str, authors: str, language: str, pages: int) -> bytes:
        """Return a paper in the largest type that keeps it on so many pages; in the smallest on more."""
        for body in BODIES:
            drawn = self._press.tagged_pdf(html, Sizes(title=2.2 * body, body=body))
            with pikepdf.open(io.BytesIO(drawn)) as document:
                if len(document.pages) <= pages or body == BODIES[-1]:
                    return described(document, title, authors, language)
        raise AssertionError  # the last size always returns
