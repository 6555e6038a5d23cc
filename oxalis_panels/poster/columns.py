"""How a text may be set out: in one column, long lists in two, all of it in two beside a picture."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from oxalis_panels.model.collection import Finding, Inline, Panel, Text, nodes
from oxalis_panels.model.value import value
from oxalis_panels.poster.figures import Place

ENOUGH_FOR_COLUMNS = 4
"""A list of fewer points, or of fewer findings without points, stays in one column."""
LINE = 31
"""Characters on a line of half a sheet, about: enough to tell which items weigh most."""
FEWEST_POINTS = 2
"""Of a finding that is parted, in each column."""
SPACE = 0.35
"""Between two items, in lines."""
LONG = 40
"""Lines of half a sheet, about 200 words: a text of more has long lines of small type in one column."""


@value
class Arrangement:
    """One way to set out a panel."""

    runs: tuple[tuple[tuple[int, ...], ...], ...]
    """The findings in order, by their places in the panel from 0, in runs; each run has one column or two."""
    splits: tuple[int, ...]
    """For each finding, how many of its points stand in the first column; 0: all in one column."""
    place: Place | None = None
    """Of the picture; all of the text stands in two columns then, in one run."""
    paragraphs: int = 0
    """How many paragraphs stand in the first column then."""

    @property
    def columns(self) -> int:
        """The most columns anywhere, one with a picture included."""
        return 2 if self.place or any(self.splits) or any(len(run) > 1 for run in self.runs) else 1

    def gaps(self, panel: Panel) -> tuple[int, ...]:
        """Count the gaps from top to bottom, through the longer column wherever there are two.

        With a picture, those of each column.
        """
        findings = zip(panel.findings, self.splits, strict=True)
        if self.place:
            texts = [1 + len(finding.points) for finding in panel.findings]
            counts = [sum(texts[index] for index in column) for column in self.runs[0]]
            rest = sum(len(finding.points) - split for finding, split in findings if split)
            left = self.paragraphs + counts[0] - rest
            return left - 1, len(panel.paragraphs) - self.paragraphs + counts[1] + rest - 1
        rows = [1 + max(split, len(finding.points) - split) for finding, split in findings]
        count = len(panel.paragraphs)
        count += sum(max(sum(rows[index] for index in column) for column in run) for run in self.runs)
        return (count - 1,)


def arrangements(panel: Panel, places: Sequence[Place] = ()) -> Iterator[Arrangement]:
    """Yield the ways worth trying: one column, two even ones, and two whose first is one item shorter.

    Long lists go into two columns where they stand; a long text of many findings does so whole. With a
    picture, all texts go into two columns in each of the `places` that it may have.
    """
    if places:
        yield from (each for place in places for each in _with_picture(panel, place))
        return
    indexes = tuple(range(len(panel.findings)))
    unsplit = (0,) * len(indexes)
    yield Arrangement(((indexes,),) if indexes else (), unsplit)
    even = _arranged(panel, 0)
    if even.columns > 1:
        yield even
        yield _arranged(panel, 1)
    texts = ((each.text, *(point.text for point in each.points)) for each in panel.findings)
    weights = [sum(map(_height, each)) for each in texts]
    if len(indexes) > 1 and sum(weights) > LONG:
        split = _even_split(weights)
        halves = (indexes[:split], indexes[split:])
        if (halves,) != even.runs:
            yield Arrangement((halves,), unsplit)


def _with_picture(panel: Panel, place: Place) -> Iterator[Arrangement]:
    """Yield the ways to part a text in two: between two of its paragraphs or findings, which stay whole.

    One long finding alone is parted between its points, at least two on each side.
    """
    count, indexes = len(panel.paragraphs), tuple(range(len(panel.findings)))
    unsplit = (0,) * len(indexes)
    for left in range(1, count + len(indexes) + 1):
        first = max(0, left - count)
        yield Arrangement(((indexes[:first], indexes[first:]),), unsplit, place, min(left, count))
    if len(indexes) == 1:
        for split in range(FEWEST_POINTS, len(panel.findings[0].points) - FEWEST_POINTS + 1):
            yield Arrangement(((indexes, ()),), (split,), place, count)


def _arranged(panel: Panel, less: int) -> Arrangement:
    splits = tuple(
        max(0, _even_split([_height(point.text) for point in finding.points]) - less)
        if len(finding.points) >= ENOUGH_FOR_COLUMNS
        else 0
        for finding in panel.findings
    )
    runs = groupby(range(len(panel.findings)), key=lambda index: bool(panel.findings[index].points))
    return Arrangement(tuple(_columns(panel.findings, tuple(run), less) for _, run in runs), splits)


def _columns(findings: Sequence[Finding], run: tuple[int, ...], less: int) -> tuple[tuple[int, ...], ...]:
    """Return findings in one column; in two if there are enough of them and none has points."""
    if findings[run[0]].points or len(run) < ENOUGH_FOR_COLUMNS:
        return (run,)
    split = max(1, _even_split([_height(findings[index].text) for index in run]) - less)
    return run[:split], run[split:]


def _height(text: Inline) -> float:
    """Return about how many lines a text takes in half a sheet, and the space above it."""
    words = "".join(node.text for node in nodes(text) if isinstance(node, Text)).split()
    return -(-len(" ".join(words)) // LINE) + SPACE


def _even_split(heights: Sequence[float]) -> int:
    """Return after how many items, two at least, the first of two columns of about one height ends."""
    return min(range(1, len(heights)), key=lambda split: max(sum(heights[:split]), sum(heights[split:])))
