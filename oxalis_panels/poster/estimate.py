"""About how high a text is on its poster, from the widths of its letters and without a layout.

The search for the largest type (`fit`) begins where this ends, and spares arrangements that cannot win;
`check` tells of texts that will be small. What the type really can be is found on layouts.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from oxalis_panels.model.collection import Finding, Inline, Panel, plain
from oxalis_panels.model.value import value
from oxalis_panels.poster.captions import head, lines
from oxalis_panels.poster.columns import Arrangement, arrangements
from oxalis_panels.poster.figures import Place
from oxalis_panels.poster.line_ends import bound_lead
from oxalis_panels.poster.trials import LARGEST_GAP, Trial, trial
from oxalis_panels.rendering import sheet
from oxalis_panels.rendering.sheet import A1, CEILING_STEP, MM_PER_POINT, points
from oxalis_panels.rendering.widths import Cut, width

MOST_ROOM = 1.04
"""How much more than by the tables a line holds at the most: kerning is up to 2.5 % of it (2,000 layouts),
and italics are narrower."""
LIKELIEST = 4
"""So many ways to set out a text and its picture are laid out at the most."""


@value
class _Words:
    """A text as the widths of its words, in ems of the running text."""

    widths: tuple[float, ...]
    space: float
    leading: float

    def height(self, room: float) -> float:
        """Return the height of the text in lines of so much room, all in ems."""
        lines, filled = 1, 0.0
        for word in self.widths:
            if filled and filled + self.space + word > room:
                lines, filled = lines + 1, word
            else:
                filled += word + self.space * (filled > 0)
        return lines * self.leading


@value
class _Item:
    """A finding: what stands out of it, the rest of its text, its points."""

    lead: _Words
    rest: _Words | None
    points: tuple[_Words, ...]

    def height(self, room: float, split: int) -> float:
        """Return its height in ems, `split` points standing in a first column (0: there is only one)."""
        total = self.lead.height(room) + (self.rest.height(room) + sheet.BEFORE_REST if self.rest else 0.0)
        if not self.points:
            return total
        room = (room - sheet.BETWEEN_COLUMNS) / 2 if split else room - sheet.INDENT
        heights = [point.height(room) for point in self.points]
        columns = (_stacked(each, sheet.BETWEEN_POINTS) for each in (heights[:split], heights[split:]))
        return total + sheet.BEFORE_POINTS + max(columns)

    def with_points(self, room: float, most: int | None = None) -> float:
        """Return its height in ems beside a picture, with so many of its points; with all by default."""
        points = self.points_height(room, 0, most)
        return replace(self, points=()).height(room, 0) + (sheet.BEFORE_POINTS + points if points else 0.0)

    def points_height(self, room: float, start: int, end: int | None = None) -> float:
        """Return the height in ems of some of its points, whose arrows hang beside them."""
        return _stacked([point.height(room) for point in self.points[start:end]], sheet.BETWEEN_POINTS)


@value
class Column:
    """One of the two columns of a sheet with a picture; all in mm."""

    width: float
    text: float
    """The height of the text."""
    picture: float = 0.0
    """The height of the picture at its head, with its caption and the space around."""

    @property
    def height(self) -> float:
        """All of it."""
        return self.text + self.picture


def _stacked(heights: list[float], space: float) -> float:
    return sum(heights) + space * max(0, len(heights) - 1)


class Estimate:
    """The widths of one panel's text, for all arrangements of it."""

    def __init__(self, panel: Panel, *, online: bool, largest: int = CEILING_STEP, drop: float = 0.0) -> None:
        """Take the text of a panel as posters have it; `online`: whether a code stands in the footer.

        `largest` is the last step of the scale that the sheet may have, `drop` by how many mm its text begins
        lower.
        """
        self._largest, self._panel = largest, panel
        scale = sheet.STATEMENT if any(finding.points for finding in panel.findings) else 1.0
        self._paragraphs = [_words(each.text, "regular") for each in panel.paragraphs]
        self._items = [_item(finding, scale) for finding in panel.findings]
        self._height = (sheet.FOOTER_ONLINE if online else sheet.FOOTER) - sheet.TEXT_TOP - drop
        self.bare = 0 if panel.figure is None else _largest(replace(panel, figure=None), online=online)
        """The step that the text would reach without its picture."""
        self._captions: dict[Place, int] = {}

    def step(self, arrangement: Arrangement, steps: range, room: float = 1.0) -> int:
        """Return the largest of some steps at which the text fits, or the first; `room` as for `fill`."""

        def full(step: int) -> float:
            return self.fill(arrangement, step, room) / (sheet.ROOMY if step > CEILING_STEP else 1)

        return steps[max(0, bisect_right(steps, 1.0, key=full) - 1)]

    def largest(self, place: Place | None) -> int:
        """Return the last step to be tried, with a picture in its place or without one."""
        return min(self._largest, place.largest) if place else self._largest

    def guess(self, arrangement: Arrangement) -> Trial:
        """Return what the search for the largest type will probably find."""
        place = arrangement.place
        step = self.step(arrangement, range(self.largest(place) + 1))
        fill = self.fill(arrangement, step)
        filled = self._filled(arrangement, step) if place else fill
        return trial(arrangement.columns, place, step, fill, filled, self.bare, estimated=True)

    def best(self, arrangement: Arrangement, guess: int) -> Trial:
        """Return the best that it may find, `guess` being the step at which the text seems to fit."""
        place = arrangement.place
        last = self.step(arrangement, range(guess, self.largest(place) + 1), MOST_ROOM)
        fill = self.fill(arrangement, last, MOST_ROOM)
        return trial(arrangement.columns, place, last, fill, 1.0, self.bare, estimated=True)

    def spare(self, arrangement: Arrangement) -> float:
        """Return how many mm stay free below a text without a picture whose gaps are as large as they get."""
        trial = self.guess(arrangement)
        between = LARGEST_GAP * points(trial.step) * MM_PER_POINT * arrangement.gaps(self._panel)[0]
        return (1 - trial.fill) * self._height - between

    def worth_trying(self, ways: Iterable[Arrangement]) -> list[Arrangement]:
        """Return some ways to set a text out; of those with a picture, the likeliest and the roomiest."""
        ways = list(ways)
        if not any(way.place for way in ways):
            return ways
        likely = sorted(ways, key=lambda way: self.guess(way).rank, reverse=True)[:LIKELIEST]
        roomy = min(ways, key=lambda way: self.fill(way, 0))
        return likely if roomy in likely else [*likely, roomy]

    def fill(self, arrangement: Arrangement, step: int, room: float = 1.0) -> float:
        """Return the height of the text at a step of the scale as a part of what it may fill.

        Its lines are taken to hold `room` times what they do by the tables.
        """
        if arrangement.place:
            return max(column.height for column in self.columns(arrangement, step, room)) / self._height
        em = points(step) * MM_PER_POINT
        room *= A1.column / em
        blocks = [paragraph.height(room) for paragraph in self._paragraphs]
        for run in arrangement.runs:
            each = room if len(run) == 1 else (room - sheet.BETWEEN_HALVES) / 2
            columns = [
                [self._items[index].height(each, arrangement.splits[index]) for index in column]
                for column in run
            ]
            blocks.append(max(_stacked(heights, sheet.BETWEEN_FINDINGS) for heights in columns))
        return _stacked(blocks, sheet.BETWEEN_FINDINGS) * em / self._height

    def columns(self, arrangement: Arrangement, step: int, room: float = 1.0) -> tuple[Column, Column]:
        """Return both columns of a sheet with a picture at a step of the scale; `room` as for `fill`."""
        place, figure, em = arrangement.place, self._panel.figure, points(step) * MM_PER_POINT
        assert place is not None
        assert figure is not None
        half = sheet.half(points(step))
        if place not in self._captions:
            self._captions[place] = lines(figure, place)[1]
        picture = head(figure, place, self._captions[place], points(step))
        widths = place.left(half), place.right(half)
        parts = self._parts(arrangement, room * widths[0] / em, room * widths[1] / em)
        first, second = (_stacked(part, sheet.BETWEEN_FINDINGS) * em for part in parts)
        below = sheet.AROUND if second or place.across else 0.0
        return (
            Column(widths[0], first, picture + below if place.across else 0.0),
            Column(widths[1], second, picture + below),
        )

    def _filled(self, arrangement: Arrangement, step: int) -> float:
        """Return what part of the sheet text and picture fill, with what stays empty beside the picture."""
        columns = self.columns(arrangement, step)
        taken = sum(column.width * min(column.height, self._height) for column in columns)
        return taken / (sum(column.width for column in columns) * self._height)

    def _parts(
        self, arrangement: Arrangement, first: float, second: float
    ) -> tuple[list[float], list[float]]:
        """Return the heights of the texts in each of two columns, whose widths are given, all in ems."""
        left = [each.height(first) for each in self._paragraphs[: arrangement.paragraphs]]
        right = [each.height(second) for each in self._paragraphs[arrangement.paragraphs :]]
        splits = arrangement.splits
        left += [
            self._items[index].with_points(first, splits[index] or None) for index in arrangement.runs[0][0]
        ]
        right += [self._items[index].with_points(second) for index in arrangement.runs[0][1]]
        right += [
            item.points_height(second, split)
            for item, split in zip(self._items, splits, strict=True)
            if split
        ]
        return left, right


def _largest(panel: Panel, *, online: bool) -> int:
    estimate = Estimate(panel, online=online)
    return max(estimate.guess(way).step for way in arrangements(panel))


def _item(finding: Finding, scale: float) -> _Item:
    lead, rest = bound_lead(finding.text)
    points_ = tuple(_words(point.text, "regular") for point in finding.points)
    return _Item(_words(lead, "bold", scale), _words(rest, "regular") if rest else None, points_)


def _words(text: Inline, cut: Cut, scale: float = 1.0) -> _Words:
    leading = (sheet.LEADING_BOLD if cut == "bold" else sheet.LEADING) * scale
    words = tuple(width(word, cut) * scale for word in plain(text).replace("\n", " ").split(" ") if word)
    return _Words(words, width(" ", cut) * scale, leading)
