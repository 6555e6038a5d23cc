"""About how high a text is on its poster, from the widths of its letters and without a layout.

The search for the largest type (`fit`) begins where this ends, and spares arrangements that cannot win;
`check` tells of texts that will be small. What the type really can be is found on layouts.
"""

from bisect import bisect_right

from oxalis_panels.model.collection import Finding, Inline, Panel, plain
from oxalis_panels.model.value import value
from oxalis_panels.poster.columns import Arrangement
from oxalis_panels.poster.figures import shown_width, width_beside
from oxalis_panels.poster.line_ends import bound_lead
from oxalis_panels.rendering import sheet
from oxalis_panels.rendering.sheet import A1, CEILING_STEP, LAST_STEP, MM_PER_POINT, points
from oxalis_panels.rendering.widths import Cut, width

MOST_WRONG = 0.09
"""By what part a height is taken for more than it is, at the most: 7 % in 250 layouts, and never for less."""
CAPTION = 14.0
"""In mm: what the name of its author takes below a picture."""


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


def _stacked(heights: list[float], space: float) -> float:
    return sum(heights) + space * max(0, len(heights) - 1)


class Estimate:
    """The widths of one panel's text, for all arrangements of it."""

    def __init__(self, panel: Panel, *, online: bool) -> None:
        """Take the text of a panel as posters have it; `online`: whether a code stands in the footer."""
        scale = sheet.STATEMENT if any(finding.points for finding in panel.findings) else 1.0
        self._paragraphs = [_words(each.text, "regular") for each in panel.paragraphs]
        self._items = [_item(finding, scale) for finding in panel.findings]
        self._height = (sheet.FOOTER_ONLINE if online else sheet.FOOTER) - sheet.TEXT_TOP
        self._column, self._picture = A1.column, 0.0
        if (figure := panel.figure) is not None:
            beside = width_beside(figure, A1)
            self._column -= beside
            if not beside:
                caption = CAPTION if figure.credit else 0.0
                self._picture = shown_width(figure, A1) * figure.height / figure.width + caption

    def step(self, arrangement: Arrangement, steps: range, most: float = 1.0) -> int:
        """Return the largest of some steps at which the text fills at most that much; the first if none."""
        return steps[max(0, bisect_right(steps, most, key=lambda step: self.fill(arrangement, step)) - 1)]

    def reach(self, arrangement: Arrangement, guess: int) -> int:
        """Return the largest step at which the text may fit, `guess` being that at which it seems to."""
        if guess == CEILING_STEP:  # a few words may be larger still
            return LAST_STEP
        return self.step(arrangement, range(guess, LAST_STEP + 1), 1 + MOST_WRONG)

    def fill(self, arrangement: Arrangement, step: int) -> float:
        """Return the height of the text at a step of the scale as a part of what it may fill."""
        em = points(step) * MM_PER_POINT
        room = self._column / em
        blocks = [paragraph.height(room) for paragraph in self._paragraphs]
        for run in arrangement.runs:
            each = room if len(run) == 1 else (room - sheet.BETWEEN_HALVES) / 2
            columns = [
                [self._items[index].height(each, arrangement.splits[index]) for index in column]
                for column in run
            ]
            blocks.append(max(_stacked(heights, sheet.BETWEEN_FINDINGS) for heights in columns))
        blocks += [self._picture / em] if self._picture else []
        return _stacked(blocks, sheet.BETWEEN_FINDINGS) * em / self._height


def _item(finding: Finding, scale: float) -> _Item:
    lead, rest = bound_lead(finding.text)
    points_ = tuple(_words(point.text, "regular") for point in finding.points)
    return _Item(_words(lead, "bold", scale), _words(rest, "regular") if rest else None, points_)


def _words(text: Inline, cut: Cut, scale: float = 1.0) -> _Words:
    leading = (sheet.LEADING_BOLD if cut == "bold" else sheet.LEADING) * scale
    words = tuple(width(word, cut) * scale for word in plain(text).replace("\n", " ").split(" ") if word)
    return _Words(words, width(" ", cut) * scale, leading)
