"""What a picture takes at the head of its column: the picture, its caption and the space between."""

from itertools import count

from oxalis_panels.model.collection import Emphasis, Figure, Inline, Text, plain
from oxalis_panels.poster.figures import Place, proportion
from oxalis_panels.poster.line_breaking import LONELY_WORD, WEAK_END, cheapest, is_lonely, is_weak
from oxalis_panels.poster.titles import with_breaks
from oxalis_panels.rendering import sheet
from oxalis_panels.rendering.sheet import A1, MM_PER_POINT
from oxalis_panels.rendering.widths import width

CERTAIN = 0.96
"""Part of a line up to which the table of letter widths is believed."""
NARROWEST = 100.0
"""In mm: a picture may be narrower than its caption."""


def whole(figure: Figure) -> Inline:
    """Return the caption of a picture and, in italics, who made it; empty without either."""
    credit = (Emphasis(figure.credit),) if figure.credit else ()
    between = (Text(" "),) if figure.caption and credit else ()
    return (*figure.caption, *between, *credit)


def lines(figure: Figure, place: Place) -> tuple[Inline, int]:
    """Return the caption of a picture with a break at the end of each line, and how many lines it has.

    They are set for the larger type of captions and the narrowest column that type may give.
    """
    text = whole(figure)
    if not text:
        return (), 0
    half = sheet.half(sheet.points(place.largest))
    room = A1.column if place.across else max(NARROWEST, min(place.width(half), place.right(half)))
    words = plain(text).split(" ")
    ems = room / (sheet.caption(sheet.points(place.largest)) * MM_PER_POINT)

    def cost(start: int, end: int) -> float | None:
        filled = width(" ".join(words[start:end]), "regular") / CERTAIN / ems
        if filled > 1 and end > start + 1:
            return None
        last = end == len(words)
        weak = 0.0 if last else WEAK_END * is_weak(words[end - 1])
        return (
            (0.0 if last else (1 - filled) ** 2) + weak + LONELY_WORD * is_lonely(end - start, filled) + 1.0
        )

    found = cheapest(len(words), len(words), cost)
    ends = found[1] if found else ()
    return tuple(with_breaks(text, ends[:-1], count(1))), max(1, len(ends))


def head(figure: Figure, place: Place, number: int, body: float) -> float:
    """Return the height in mm of a picture with so many lines of caption, the text being of `body` points."""
    wide = place.width(sheet.half(body)) + (A1.bleed if place.bleeds else 0.0)
    text = number * sheet.CAPTION_LEADING * sheet.caption(body) * MM_PER_POINT
    return wide / proportion(figure) + (sheet.TO_CAPTION + text if number else 0.0)
