"""How the text of a panel may be set out: one below the other, or long lists in two explicit columns."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oxalis_panels.rendering.inline import Html
    from oxalis_panels.rendering.views import FindingView, PanelView

ENOUGH_FOR_COLUMNS = 4
"""A list of fewer points, or of fewer findings without points, stays in one column."""
LINE = 31
"""Characters on a line of half a sheet, about: enough to tell which items weigh most."""
SPACE = 0.35
"""Between two items, in lines."""
LONG = 40
"""Lines of half a sheet, about 200 words: a text of more has long lines of small type in one column."""


@frozen
class Arrangement:
    """One way to set out a panel."""

    runs: tuple[tuple[tuple[FindingView, ...], ...], ...]
    """The findings in order, in runs; each run has one column or two."""
    splits: tuple[int, ...]
    """For each finding, how many of its points stand in the first column; 0: all in one column."""
    beside: bool = False
    """Whether the picture of the panel stands beside its text, not below."""

    @property
    def columns(self) -> int:
        """The most columns anywhere, one with a picture included."""
        return 2 if self.beside or any(self.splits) or any(len(run) > 1 for run in self.runs) else 1

    def gaps(self, panel: PanelView) -> int:
        """Count the gaps from top to bottom, through the longer column wherever there are two."""
        rows = len(panel.paragraphs) + (panel.figure is not None and not self.beside)
        rows += sum(max(sum(map(self._rows, column)) for column in run) for run in self.runs)
        return rows - 1

    def _rows(self, finding: FindingView) -> int:
        split = self.splits[finding.number - 1]
        return 1 + max(split, len(finding.points) - split)


def arrangements(panel: PanelView, *, beside: bool = False) -> Iterator[Arrangement]:
    """Yield the ways worth trying: one column, two even ones, and two whose first is one item shorter.

    Long lists go into two columns where they stand; a long text of many findings does so whole. Text with a
    picture `beside` it has one column.
    """
    whole = (panel.findings,) if panel.findings else ()
    yield Arrangement((whole,) if whole else (), _unsplit(panel), beside)
    if beside:
        return
    even = _arranged(panel, 0)
    if even.columns > 1:
        yield even
        yield _arranged(panel, 1)
    if len(panel.findings) > 1 and sum(map(_weight, panel.findings)) > LONG:
        split = _even_split([_weight(finding) for finding in panel.findings])
        halves = (panel.findings[:split], panel.findings[split:])
        if (halves,) != even.runs:
            yield Arrangement((halves,), _unsplit(panel))


def _unsplit(panel: PanelView) -> tuple[int, ...]:
    return (0,) * len(panel.findings)


def _arranged(panel: PanelView, less: int) -> Arrangement:
    splits = tuple(
        max(0, _even_split(list(map(_height, finding.points))) - less)
        if len(finding.points) >= ENOUGH_FOR_COLUMNS
        else 0
        for finding in panel.findings
    )
    runs = groupby(panel.findings, key=lambda finding: bool(finding.points))
    columns = (_columns(tuple(run), less, with_points=with_points) for with_points, run in runs)
    return Arrangement(tuple(columns), splits)


def _columns(
    run: tuple[FindingView, ...], less: int, *, with_points: bool
) -> tuple[tuple[FindingView, ...], ...]:
    """Return findings in one column; in two if there are enough of them and none has points."""
    if with_points or len(run) < ENOUGH_FOR_COLUMNS:
        return (run,)
    split = max(1, _even_split([_height(finding.text) for finding in run]) - less)
    return run[:split], run[split:]


def _weight(finding: FindingView) -> float:
    return sum(map(_height, (finding.text, *finding.points)))


def _height(text: Html) -> float:
    """Return about how many lines a text takes in half a sheet, and the space above it."""
    return -(-len(text.striptags()) // LINE) + SPACE


def _even_split(heights: Sequence[float]) -> int:
    """Return after how many items, two at least, the first of two columns of about one height ends."""
    return min(range(1, len(heights)), key=lambda split: max(sum(heights[:split]), sum(heights[split:])))
