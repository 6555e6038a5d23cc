"""What a picture takes at the head of its column: the picture, its caption and the space between."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from oxalis_panels.model.collection import Emphasis, Figure, Inline, Panel, Text, plain
from oxalis_panels.poster.figures import Place, places, proportion, widest
from oxalis_panels.poster.figures import words as words_of
from oxalis_panels.poster.line_breaking import LONELY_WORD, WEAK_END, Ends, is_lonely, is_weak
from oxalis_panels.poster.titles import with_breaks
from oxalis_panels.printers.printer import Printer
from oxalis_panels.rendering import sheet
from oxalis_panels.rendering.sheet import A1, MM_PER_POINT, Size
from oxalis_panels.rendering.widths import width

CERTAIN = 0.96
"""Part of a line up to which the table of letter widths is believed."""
NARROWEST = 100.0
"""In mm: a picture may be narrower than its caption."""
MOST_LINES = 3
"""Under a picture: it is small type."""


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
    ends = _ends(plain(text).split(" "), _room(place))
    return tuple(with_breaks(text, ends[:-1], count(1))), len(ends)


def characters(figure: Figure, place: Place) -> int:
    """Return how many characters of a caption, from its beginning, take no more lines than it should."""
    words, room, number = plain(whole(figure)).split(" "), _room(place), 1
    while number < len(words) and len(_ends(words[: number + 1], room)) <= MOST_LINES:
        number += 1
    return len(" ".join(words[:number]))


def places_for(panel: Panel, papers: Sequence[Size], printer: Printer) -> tuple[Place, ...]:
    """Return where the picture of a panel may stand; nothing for a panel without one.

    A column so narrow that the caption takes too many lines is for texts that fit beside no wider picture.
    """
    figure = panel.figure
    if not figure:
        return ()
    found = places(figure, words_of(panel), widest(figure, papers, printer))
    numbers = {place: lines(figure, place)[1] for place in found if not place.across}
    most = max(MOST_LINES, min(numbers.values()))
    return tuple(replace(place, enough=0) if numbers.get(place, 0) > most else place for place in found)


def _room(place: Place) -> float:
    """Return the width of a caption in ems."""
    body = sheet.points(place.largest)
    half = sheet.half(body)
    room = A1.column if place.across else max(NARROWEST, min(place.width(half), place.right(half)))
    return room / (sheet.caption(body) * MM_PER_POINT)


def _ends(words: Sequence[str], room: float) -> Ends:
    """Return after how many words each line of a caption ends, some room being there for it."""
    last = len(words)
    best = [(0.0, last)] * (last + 1)
    """What it costs to set the words from each one on, and where its line ends."""
    for start in reversed(range(last)):
        found = []
        for end in range(start + 1, last + 1):
            filled = width(" ".join(words[start:end]), "regular") / CERTAIN / room
            if filled > 1 and end > start + 1:
                break
            here = 1.0 + LONELY_WORD * is_lonely(end - start, filled)
            if end < last:
                here += (1 - filled) ** 2 + WEAK_END * is_weak(words[end - 1])
            found.append((here + best[end][0], end))
        best[start] = min(found)
    ends = [best[0][1]]
    while ends[-1] < last:
        ends.append(best[ends[-1]][1])
    return tuple(ends)


def head(figure: Figure, place: Place, number: int, body: float) -> float:
    """Return the height in mm of a picture with so many lines of caption, the text being of `body` points."""
    wide = place.width(sheet.half(body)) + (A1.bleed if place.bleeds else 0.0)
    text = number * sheet.CAPTION_LEADING * sheet.caption(body) * MM_PER_POINT
    return wide / proportion(figure) + (sheet.TO_CAPTION + text if number else 0.0)
