"""What a build will say of posters, as far as it is known without laying anything out: for `check`.

Pictures and titles are told as the build tells them. How large a text comes out, and whether it fits at all,
is an estimate, and says so: only a build measures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oxalis_panels.diagnostics import Diagnostic, error
from oxalis_panels.model import plain
from oxalis_panels.poster.crowding import crowded
from oxalis_panels.poster.figures import check_resolution, width_beside
from oxalis_panels.poster.scale import points
from oxalis_panels.poster.sheet import A1, MM_PER_POINT, SIZES
from oxalis_panels.poster.titles import CERTAIN, surely_fits
from oxalis_panels.rendering.widths import width
from oxalis_panels.texts import body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.model import Collection, Panel
    from oxalis_panels.poster.printers.printer import Printer

PAPERS: Final = ("a1",)
"""What a build prints on unless it is told otherwise."""
LETTERS: Final = re.compile(r"[^\W_]{25,}")
"""Letters between which no line is broken, more of them than any line of readable type is short of."""


def outlook(collection: Collection, printer: Printer, untitled: str, *, own: bool) -> Iterator[Diagnostic]:
    """Yield what is wrong with the posters of a typeset collection, or will probably be.

    `untitled` heads a collection without a title; of a design of the project's `own`, nothing is known but
    its titles and pictures.
    """
    yield from check_resolution(collection.panels, [SIZES[name] for name in PAPERS], printer)
    for panel in () if own else collection.panels:
        yield from crowded(panel, online=collection.settings.site_url is not None)
        yield from _long_words(panel)
    titles = [
        panel.title or collection.settings.title or collection.settings.organisation
        for panel in collection.panels
    ]
    if not all(surely_fits(title, A1.column) for title in titles):
        from oxalis_panels.poster.headings import head  # noqa: PLC0415 - fonts, for a title that may be too long

        yield from head(collection, untitled).diagnostics


def _long_words(panel: Panel) -> Iterator[Diagnostic]:
    """Yield an error for each word that surely is wider than a line of the smallest type."""
    room = (A1.column - (width_beside(panel.figure, A1) if panel.figure else 0.0)) / CERTAIN
    most = room / (points(0) * MM_PER_POINT)
    for each in body(panel):
        for word in plain(each.text).split():
            if any(width(letters, "regular") > most for letters in LETTERS.findall(word)):
                yield error("word-too-long.line", each.span.find(word), found=word)
