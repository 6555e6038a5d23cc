"""Titles: one size for the whole series, and lines broken where a typographer would.

No line ends on a word that announces the next (« à », « et », « de ») and none holds a lonely word, as far
as the words allow; among what remains, the lines come out as even as possible.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import count
from math import inf
from typing import Final

from oxalis_panels.model.collection import Break, Collection, Inline, Node, Text, plain
from oxalis_panels.model.diagnostics import Parsed, error
from oxalis_panels.model.value import value
from oxalis_panels.poster.figures import words
from oxalis_panels.poster.line_breaking import LONELY_WORD, WEAK_END, Ends, cheapest, is_lonely, is_weak
from oxalis_panels.rendering.fonts import DISPLAY, FACES
from oxalis_panels.rendering.sheet import A1, FEW_WORDS, MM_PER_POINT, points
from oxalis_panels.rendering.widths import Cut
from oxalis_panels.rendering.widths import width as letters_width

MAX_LINES: Final = 4
LONG_STEP: Final = 26
"""108 pt: four lines of it still leave the number alone."""
SHORT_LINES: Final = 2
LARGEST_STEP: Final = 38
"""216 pt: titles of two lines at the most, above a few words, are as high as four lines of 108."""
SMALLEST_STEP: Final = 19
"""72 pt, the least for a title read from five metres (Musée canadien pour les droits de la personne)."""

STEPS_FOR_BREAKS: Final = 2
"""How many steps smaller (11 %) a series may be so that no line of it ends on a word that announces the next.

« avec » at a line's end stops a reader at any distance; 96 points instead of 108 read as well at five metres.
"""

HEAD_WIDTH, HEAD_PT, HEAD_LINES = 400.0, 32.0, 2
"""In mm and points, of the running head, as the style sheet has it: it ends before the number."""
CERTAIN: Final = 0.95
"""Part of a line up to which the table of letter widths is believed."""

EXTRA_LINE: Final = 1.0
"""What one more line costs, beside the other penalties."""

LEFT_OUT = (Text("…"),)
"""Stands for a title that is too long."""


class Ruler:
    """Measures text in one font."""

    def __init__(self, ttf: bytes, axes: Iterable[tuple[str, float]] = ()) -> None:
        """Measure in the font file `ttf`, a variable one at these places on its axes."""
        import uharfbuzz  # noqa: PLC0415 - not needed to check or to list panels

        self._harfbuzz = uharfbuzz
        self._face = uharfbuzz.Face(ttf)
        self._font = uharfbuzz.Font(self._face)
        self._font.set_variations(dict(axes))
        self.width: Callable[[str], float] = cache(self._measure)
        """Return the width of a text in ems."""

    def _measure(self, text: str) -> float:
        buffer = self._harfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        self._harfbuzz.shape(self._font, buffer)
        advance = sum(position.x_advance for position in buffer.glyph_positions or ())
        return float(advance / self._face.upem)


@value
class BrokenTitle:
    """A title and its lines."""

    text: Inline
    """With a `Break` at the end of each line but the last."""
    lines: int
    weak: int
    """How many lines end on a word that announces the next."""


@value
class Headings:
    """The titles of a series."""

    size: float
    """In points."""
    titles: tuple[BrokenTitle, ...]
    """One per panel, in order."""
    running: Inline
    """What stands above the strip of every sheet."""
    cover: BrokenTitle
    """The title of the series; unbroken where it is too long for any size."""
    cover_size: float
    """Of that, in points."""

    @property
    def short(self) -> bool:
        """Whether none has more than two lines."""
        return all(title.lines <= SHORT_LINES for title in self.titles)


def head(collection: Collection, common: Inline, only: frozenset[str] = frozenset()) -> Parsed[Headings]:
    """Return the titles of a typeset collection, always; `common` heads a panel that has none.

    Error: a title that is too long for its sheet. What is wrong below it can still be reported in the same
    run: its sheet is made without it. Where `only` some panels are asked for (slugs), nothing is said of the
    titles of others.
    """
    titles = [panel.title or common for panel in collection.panels]
    face = next(face for face in FACES if face.family == DISPLAY)
    ruler = Ruler(face.load(), face.axes)
    long = [break_title(title, ruler, A1.column, SMALLEST_STEP) is None for title in titles]
    kept = [LEFT_OUT if is_long else title for title, is_long in zip(titles, long, strict=True)]
    few = any(words(panel) <= FEW_WORDS for panel in collection.panels)
    step = series_step(kept, ruler, A1.column, LARGEST_STEP if few else LONG_STEP)
    assert step is not None
    broken = tuple(each for title in kept if (each := break_title(title, ruler, A1.column, step)))
    too_long = [panel for panel, is_long in zip(collection.panels, long, strict=True) if is_long]
    values = {"lines": MAX_LINES, "size": f"{points(SMALLEST_STEP):.0f}"}
    mistakes = (
        error("title-too-long.poster", panel.span, **values)
        for panel in too_long
        if not only or panel.slug in only
    )
    running = running_head(collection.settings.organisation, common)
    return Parsed(Headings(points(step), broken, running, *_on_cover(common, ruler)), tuple(mistakes))


def _on_cover(title: Inline, ruler: Ruler) -> tuple[BrokenTitle, float]:
    """Return the title of the series for the cover, where it is as large as leaves no line a weak end."""
    broken = {
        step: each
        for step in range(LARGEST_STEP, SMALLEST_STEP - 1, -1)
        if (each := break_title(title, ruler, A1.column, step))
    }
    best = min(broken, key=lambda step: (broken[step].weak, -step), default=SMALLEST_STEP)
    return broken.get(best, BrokenTitle(title, 1, 0)), points(best)


def series_step(titles: Sequence[Inline], ruler: Ruler, width: float, largest: int = LONG_STEP) -> int | None:
    """Return the step at which all titles fit in four lines of `width` mm, or in two; None if none does.

    It is the largest, or up to two below it the one that leaves fewest lines ending on a weak word.
    """
    weak: dict[int, int] = {}
    for step in range(largest, SMALLEST_STEP - 1, -1):
        broken = [break_title(title, ruler, width, step) for title in titles]
        if all(broken):
            weak[step] = sum(each.weak for each in broken if each)
        if weak and (not weak.get(step, 1) or step <= max(weak) - STEPS_FOR_BREAKS):
            break
    return min(weak, key=lambda step: (weak[step], -step), default=None)


def break_title(title: Inline, ruler: Ruler, width: float, step: int) -> BrokenTitle | None:
    """Return the title in at most four lines of `width` mm at a step, or two; None when it does not fit."""
    ems = width / (points(step) * MM_PER_POINT)
    words = plain(title).split(" ")
    ends = _best_ends(words, ruler, ems, MAX_LINES if step <= LONG_STEP else SHORT_LINES)
    if ends is None:
        return None
    weak = sum(is_weak(words[end - 1]) for end in ends[:-1])
    return BrokenTitle(tuple(with_breaks(title, ends[:-1], count(1))), len(ends), weak)


def surely_fits(title: Inline, width: float) -> bool:
    """Whether a title fits in four lines of `width` mm without loading the font: `check` need not measure it.

    The table of widths knows no kerning: what it says within a few hundredths is left to the font.
    """
    return lines_of(title, width, points(SMALLEST_STEP), "display") <= MAX_LINES


def running_head(organisation: Inline, title: Inline) -> Inline:
    """Return what stands above the strip of a sheet: the organisation and the title of the series.

    If that takes more than two lines, the organisation alone; if even that does, nothing.
    """
    both = (*organisation, Text(" · "), *title) if organisation and organisation != title else title
    fitting = (
        each for each in (both, organisation) if lines_of(each, HEAD_WIDTH, HEAD_PT, "bold") <= HEAD_LINES
    )
    return next(fitting, ())


def lines_of(text: Inline, width: float, size: float, cut: Cut) -> float:
    """Return how many lines of `width` mm a text takes, `size` points large; inf if a word is wider."""
    ems = width / (size * MM_PER_POINT) * CERTAIN
    lines, filled = 1, 0.0
    for word in plain(text).split(" "):
        wide = letters_width(word, cut)
        if wide > ems:
            return inf
        lines += filled + wide > ems
        filled = wide if filled + wide > ems else filled + wide
        filled += letters_width(" ", cut)
    return lines


def _best_ends(words: list[str], ruler: Ruler, ems: float, lines: int) -> Ends | None:
    """Return the index after the last word of each line for the least cost; None when nothing fits."""

    def cost(start: int, end: int) -> float | None:
        wide = ruler.width(" ".join(words[start:end]))
        return None if wide > ems else _cost(words, start, end, wide / ems)

    chosen = cheapest(len(words), lines, cost)
    return chosen[1] if chosen else None


def _cost(words: list[str], start: int, end: int, filled: float) -> float:
    """Return what a line costs that fills a part of the width; even lines and full ones cost least."""
    cost = (1 - filled) ** 2 + EXTRA_LINE * (start > 0)
    cost += WEAK_END * (end < len(words) and is_weak(words[end - 1]))
    cost += LONELY_WORD * (len(words) > 1 and is_lonely(end - start, filled))
    return cost


def with_breaks(inline: Inline, ends: Ends, words: Iterator[int]) -> Iterator[Node]:
    """Yield an inline text with a break after the words at which lines end; `words` counts its spaces."""
    for node in inline:
        match node:
            case Text(text):
                line, *following = text.split(" ")
                for word in following:
                    if next(words) in ends:
                        yield from (Text(line), Break())
                        line = word
                    else:
                        line += f" {word}"
                yield Text(line)
            case Break():
                yield Break() if next(words) in ends else Text(" ")
            case _:
                yield replace(node, children=tuple(with_breaks(node.children, ends, words)))
