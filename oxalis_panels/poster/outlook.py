"""What a build will say of posters, as far as it is known without laying anything out: for `check`.

Pictures and titles are reported as the build reports them. How large a text comes out, and whether it fits at
all, is an estimate, and says so: only a build measures.
"""

import re
from collections.abc import Iterator
from math import ceil
from typing import Final

from oxalis_panels.model.collection import Collection, Panel, Text, plain
from oxalis_panels.model.diagnostics import Diagnostic, error, warning
from oxalis_panels.model.texts import body
from oxalis_panels.poster.columns import arrangements
from oxalis_panels.poster.estimate import Estimate
from oxalis_panels.poster.figures import check_resolution, stands_beside, width_beside
from oxalis_panels.poster.titles import CERTAIN, head, surely_fits
from oxalis_panels.printers.printer import Printer
from oxalis_panels.rendering.sheet import A1, MM_PER_POINT, SIZES, points
from oxalis_panels.rendering.widths import width

PAPERS: Final = ("a1",)
"""What a build prints on unless asked otherwise."""
COMFORT_STEP: Final = 7
"""36 pt, to be read without effort."""
SMALLEST_STEP: Final = -24
"""6 pt: how much a text without any bound is too long need not be known better."""
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
    common = collection.settings.title or collection.settings.organisation or (Text(untitled),)
    if not all(surely_fits(panel.title or common, A1.column) for panel in collection.panels):
        yield from head(collection, common).diagnostics


def crowded(panel: Panel, *, online: bool) -> Iterator[Diagnostic]:
    """Yield a warning where the text will be small on its A1 poster, or too long for it.

    `online` is whether the poster shows a code to scan, which takes room. One step of the scale is left to
    chance: nothing is said of a text that the build may still find large enough.
    """
    estimate = Estimate(panel, online=online)
    beside = panel.figure is not None and stands_beside(panel.figure)
    ways = list(arrangements(panel, beside=beside))
    if any(estimate.fill(way, COMFORT_STEP - 1) <= 1 for way in ways):
        return
    step = max(estimate.step(way, range(SMALLEST_STEP, COMFORT_STEP - 1)) for way in ways)
    words = sum(len(plain(each.text).split()) for each in body(panel))
    wanted = SIZES["a1"].floor if step < -1 else SIZES["a1"].comfort
    cut = ceil(words * (1 - (points(step) / wanted) ** 2) / 10) * 10
    if step < -1:
        yield warning("panel-long.overfull", panel.span, words=words, cut=cut)
    else:
        size, comfort = round(points(step)), round(wanted)
        yield warning("panel-long.crowded", panel.span, words=words, cut=cut, size=size, comfort=comfort)


def _long_words(panel: Panel) -> Iterator[Diagnostic]:
    """Yield an error for each word that surely is wider than a line of the smallest type."""
    room = (A1.column - (width_beside(panel.figure, A1) if panel.figure else 0.0)) / CERTAIN
    most = room / (points(0) * MM_PER_POINT)
    for each in body(panel):
        for word in plain(each.text).split():
            if any(width(letters, "regular") > most for letters in LETTERS.findall(word)):
                yield error("word-too-long.line", each.span.find(word), found=word)
