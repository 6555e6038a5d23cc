"""What to tell the authors of a text that does not fit its poster, or only in small type."""

import re
from collections.abc import Iterator, Sequence
from math import ceil

from oxalis_panels.model.collection import Panel, plain
from oxalis_panels.model.diagnostics import Diagnostic, error, warning
from oxalis_panels.model.texts import body
from oxalis_panels.poster.measure import Overflow
from oxalis_panels.poster.trials import Trial
from oxalis_panels.rendering.inline_html import solid_length
from oxalis_panels.rendering.sheet import A1, CEILING_STEP, FLOOR_PT, Size, points
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
    return error("poster-overflow", span, item=item, words=words, size=f"{FLOOR_PT:.0f}")


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


def small_type(panel: Panel, step: int, papers: Sequence[Size]) -> Iterator[Diagnostic]:
    """Hold the running text of a poster, at its real size, against what is read on that size of paper."""
    for paper in papers:
        size = points(step) * paper.width / A1.width
        if size < paper.comfort - ROUNDING:
            kind = error if size < paper.floor - ROUNDING else warning
            code = "type-too-small.unreadable" if kind is error else "type-too-small.uneasy"
            wished = paper.floor if kind is error else paper.comfort
            values = {"size": float(f"{size:.3g}"), "comfort": f"{wished:g}", "paper": paper.name.upper()}
            yield kind(code, panel.span, **values)
