"""How the text of a panel may be set out: one below the other, or long lists in two explicit columns."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from oxalis_panels.model.collection import Finding, Inline, Panel, Text, nodes
from oxalis_panels.model.value import value

ENOUGH_FOR_COLUMNS = 4
"""A list of fewer points, or of fewer findings without points, stays in one column."""
LINE = 31
"""Characters on a line of half a sheet, about: enough to tell which items weigh most."""
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
    beside: bool = False
    """Whether the picture of the panel stands beside its text, not below."""

    @property
    def columns(self) -> int:
        """The most columns anywhere, one with a picture included."""
        return 2 if self.beside or any(self.splits) or any(len(run) > 1 for run in self.runs) else 1

    def gaps(self, panel: Panel) -> int:
        """Count the gaps from top to bottom, through the longer column wherever there are two."""
        findings = zip(panel.findings, self.splits, strict=True)
        rows = [1 + max(split, len(finding.points) - split) for finding, split in findings]
        count = len(panel.paragraphs) + (panel.figure is not None and not self.beside)
        count += sum(max(sum(rows[index] for index in column) for column in run) for run in self.runs)
        return count - 1


def arrangements(panel: Panel, *, beside: bool = False) -> Iterator[Arrangement]:
    """Yield the ways worth trying: one column, two even ones, and two whose first is one item shorter.

    Long lists go into two columns where they stand; a long text of many findings does so whole. Text with a
    picture `beside` it has one column.
    """
    places = tuple(range(len(panel.findings)))
    unsplit = (0,) * len(places)
    yield Arrangement(((places,),) if places else (), unsplit, beside)
    if beside:
        return
    even = _arranged(panel, 0)
    if even.columns > 1:
        yield even
        yield _arranged(panel, 1)
    texts = ((each.text, *(point.text for point in each.points)) for each in panel.findings)
    weights = [sum(map(_height, each)) for each in texts]
    if len(places) > 1 and sum(weights) > LONG:
        split = _even_split(weights)
        halves = (places[:split], places[split:])
        if (halves,) != even.runs:
            yield Arrangement((halves,), unsplit)


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
