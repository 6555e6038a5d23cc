"""What to tell authors of posters that their text does not fit, or only in small type.

`outlook` says it for `check`, as far as it is known without laying anything out: pictures and titles as the
build reports them; how large a text comes out, and whether it fits at all, as an estimate that says so.
"""

import re
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from oxalis_panels.model.collection import Collection, Panel, Text, plain
from oxalis_panels.model.diagnostics import Diagnostic, error, warning
from oxalis_panels.model.texts import body
from oxalis_panels.poster.captions import MOST_LINES, characters, lines, places_for
from oxalis_panels.poster.columns import Arrangement, arrangements
from oxalis_panels.poster.estimate import Estimate
from oxalis_panels.poster.figures import Place, check_resolution
from oxalis_panels.poster.measure import Overflow
from oxalis_panels.poster.titles import CERTAIN, head, surely_fits
from oxalis_panels.poster.trials import Trial
from oxalis_panels.printers.printer import Printer
from oxalis_panels.rendering.inline_html import solid_length
from oxalis_panels.rendering.sheet import A1, CEILING_STEP, FLOOR_PT, MM_PER_POINT, SIZES, Size, half, points
from oxalis_panels.rendering.widths import width
from oxalis_panels.words.catalogue import Phrase

ITEM = re.compile(r"p(?P<paragraph>\d+)|f(?P<finding>\d+)(?:p(?P<point>\d+))?|figure")
ROUNDING = 0.5
"""Points by which a size may miss what is asked: no eye tells 35.9 from 36."""
ROOMY = 0.5
"""Part of a sheet that a text fills at most if it is no lack of room that keeps its type small."""
LINE = 25
"""Words on a line of the whole width at the floor."""


def overflowing(panel: Panel, overflow: Overflow) -> Diagnostic:
    """Return what to tell the author: the item that no longer fits and how much to cut."""
    match = ITEM.fullmatch(overflow.item)
    assert match is not None
    paragraph, finding, point = (int(number or 0) for number in match.groups())
    words = words_to_cut(panel, overflow)
    if panel.figure and overflow.item == "figure":
        kind, span = "figure", panel.figure.span
    elif paragraph:
        kind, span = "paragraph", panel.paragraphs[paragraph - 1].span
    elif point:
        kind, span = "point", panel.findings[finding - 1].points[point - 1].span
    else:
        kind, span = "finding", panel.findings[finding - 1].span
    if not overflow.excess:
        longest = max(span.text.split(), key=solid_length)
        return error("word-too-long.line", span.find(longest), found=longest)
    item = Phrase(f"overflow.{kind}", {"paragraph": paragraph, "finding": finding, "point": point})
    bare = _bare(panel, points(overflow.bare))
    return error("poster-overflow", span, item=item, words=words, size=f"{FLOOR_PT:.0f}", bare=bare)


def words_to_cut(panel: Panel, overflow: Overflow) -> int:
    """Return about how many words to take away, in tens: enough, as text comes off in whole lines.

    Two columns end with whole items: what is cut may leave them uneven by as much as the longest.
    """
    counts = [len(plain(each.text).split()) for each in body(panel)]
    uneven = max(counts) if overflow.columns > 1 else 0
    return ceil((overflow.excess * sum(counts) + uneven + LINE) / 10) * 10


def wide_word(panel: Panel, trial: Trial) -> Iterator[Diagnostic]:
    """Name the word that keeps the type of a poster small, though the sheet has room for more."""
    if trial.fill >= ROOMY or trial.held or trial.step >= CEILING_STEP:
        return
    words = [(word, each.span) for each in body(panel) for word in plain(each.text).split()]
    word, span = max(words, key=lambda each: solid_length(each[0]), default=("", panel.span))
    size = float(f"{points(trial.step):.3g}")
    yield warning("word-too-long.type", span.find(word), found=word, size=size)


def small_type(panel: Panel, trial: Trial, papers: Sequence[Size]) -> Iterator[Diagnostic]:
    """Hold the running text of a poster, at its real size, against what is read on that size of paper."""
    for paper in papers:
        scale = paper.width / A1.width
        size = points(trial.step) * scale
        if size < paper.comfort - ROUNDING:
            kind = error if size < paper.floor - ROUNDING else warning
            code = "type-too-small.unreadable" if kind is error else "type-too-small.uneasy"
            wished = paper.floor if kind is error else paper.comfort
            values = {"size": float(f"{size:.3g}"), "comfort": f"{wished:g}", "paper": paper.name.upper()}
            values["bare"] = _bare(panel, points(trial.bare) * scale)
            yield kind(code, panel.span, **values)


def _bare(panel: Panel, size: float) -> Phrase | str:
    """Return what to add to a message: how large the type would be without the picture."""
    return Phrase("figure.bare", {"size": round(size)}) if panel.figure else ""


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
        places = places_for(panel, [SIZES[name] for name in PAPERS], printer)
        yield from crowded(panel, places, online=collection.settings.site_url is not None)
        yield from _long_words(panel, places)
    common = collection.settings.title or collection.settings.organisation or (Text(untitled),)
    if not all(surely_fits(panel.title or common, A1.column) for panel in collection.panels):
        yield from head(collection, common).diagnostics


def crowded(panel: Panel, places: Sequence[Place] = (), *, online: bool) -> Iterator[Diagnostic]:
    """Yield a warning where the text will be small on its A1 poster, or too long for it.

    `places` are those that its picture may have; `online` is whether the poster shows a code to scan, which
    takes room.
    """
    estimate = Estimate(panel, online=online)

    def step_of(way: Arrangement) -> int:
        most = min(COMFORT_STEP, way.place.enough) if way.place else COMFORT_STEP
        return estimate.step(way, range(SMALLEST_STEP, most + 1))

    step = max(map(step_of, arrangements(panel, places)))
    if step == COMFORT_STEP:
        return
    words = sum(len(plain(each.text).split()) for each in body(panel))
    wanted = SIZES["a1"].floor if step < 0 else SIZES["a1"].comfort
    cut = ceil(words * (1 - (points(step) / wanted) ** 2) / 10) * 10
    bare = _bare(panel, points(estimate.bare))
    if step < 0:
        yield warning("panel-long.overfull", panel.span, words=words, cut=cut, bare=bare)
    else:
        size, comfort = round(points(step)), round(wanted)
        yield warning(
            "panel-long.crowded", panel.span, words=words, cut=cut, size=size, comfort=comfort, bare=bare
        )


def long_captions(collection: Collection, printer: Printer) -> Iterator[Diagnostic]:
    """Yield a warning for each caption that takes too many lines wherever its picture may well stand."""
    for panel in collection.panels:
        figure, places = panel.figure, places_for(panel, [SIZES[name] for name in PAPERS], printer)
        beside = [place for place in places if not place.across]
        if figure and all(lines(figure, place)[1] > MOST_LINES for place in beside):
            estimate = Estimate(panel, online=collection.settings.site_url is not None)
            likely = estimate.worth_trying(arrangements(panel, places))[0].place
            assert likely
            number, most = lines(figure, likely)[1], characters(figure, likely) // 10 * 10
            if number > MOST_LINES:
                span = figure.places.get("caption", figure.span)
                yield warning("caption-long", span, lines=number, most=most)


def _long_words(panel: Panel, places: Sequence[Place]) -> Iterator[Diagnostic]:
    """Yield an error for each word that surely is wider than a line of the smallest type."""
    room = (half(points(0)) if places else A1.column) / CERTAIN
    most = room / (points(0) * MM_PER_POINT)
    for each in body(panel):
        for word in plain(each.text).split():
            if any(width(letters, "regular") > most for letters in LETTERS.findall(word)):
                yield error("word-too-long.line", each.span.find(word), found=word)
