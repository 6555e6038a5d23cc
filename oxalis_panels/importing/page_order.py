"""The lines of pages in the order in which they are read, without what is no text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oxalis_panels.importing.page_marks import page_marks
from oxalis_panels.importing.pdf_lines import is_mark
from oxalis_panels.importing.words import words

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from oxalis_panels.importing.gathering import Gathering
    from oxalis_panels.importing.pdf_lines import Line

    Box = tuple[float, float, float, float]
    """Left, bottom, right, top."""

_MOST_BLOCKS = 300
"""Blocks of a page that are put in order; one that has more is no page of text."""
_FIGURE = 1.2
"""How much larger than its label a figure is."""
_FIGURES = 12
"""Key figures beside each other at most."""
_LABEL = 30
"""Rows, those of other columns too, in which the label of a figure is looked for."""
_SMALL = 0.92
"""How small, beside the text, the notes at the foot of a page are."""
_NOTE = re.compile(r"[\d*]{1,2}[.)]?\s*[^\W\d]")


@dataclass(slots=True)
class Page:
    """The lines of a page that run in one direction."""

    number: int
    lines: list[Line]
    lost: Counter[str]
    """Letters that pdfium counts and no line has."""
    angle: int = 0


def overlap(one: Line, other: Line) -> bool:
    """Whether a part of one line is above a part of the other."""
    return one.left < other.right and other.left < one.right


def leave_marks(pages: Sequence[Page], usual: float, gathering: Gathering) -> None:
    """Take running heads, page numbers and notes off the pages, and say so."""
    said: dict[tuple[str, str], None] = {}
    for angle in dict.fromkeys(page.angle for page in pages):
        rows: list[tuple[Page, list[Line]]] = []
        starts: list[int] = []
        for page in pages:
            if page.angle == angle:
                starts.append(len(rows))
                rows += [(page, row) for row in _rows(page.lines)]
        texts = [" ".join(line.text for line in row) for _, row in rows]
        found = page_marks(texts, starts)
        for place, code in sorted(found.items()):
            page, row = rows[place]
            like = [rows[each][1][0].base for each in found if rows[each][0] is not page]
            if len(starts) > 1 and not any(abs(base - row[0].base) < row[0].size for base in like):
                continue  # a running head stands at the same height on all pages
            gone = {id(line) for line in row}
            page.lines = [line for line in page.lines if id(line) not in gone]
            if (code, texts[place]) in said:
                gathering.aside += words(texts[place])
            said[code, texts[place]] = None
    for code in dict.fromkeys(code for code, _ in said):
        gathering.leave(code, " ".join(text for each, text in said if each == code), nowhere=True)
    for page in pages:
        for text in _notes(page, usual):
            gathering.leave("import-footnote", text, nowhere=True)


def _rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines from the top down, those beside each other as one."""
    rows: list[list[Line]] = []
    for line in sorted((line for line in lines if not line.is_gone), key=lambda line: -line.base):
        if rows and rows[-1][0].base - line.base < line.size / 3:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _notes(page: Page, usual: float) -> list[str]:
    """Take the notes at the foot of a page off it: small, and begun by a number."""
    notes: list[str] = []
    text: list[str] = []
    for row in reversed(_rows(page.lines)):
        if len(row) > 1 or row[0].size > usual * _SMALL:
            break
        text.insert(0, row[0].text)
        if _NOTE.match(row[0].text):
            notes.insert(0, " ".join(text))
            gone = {*text}
            page.lines = [line for line in page.lines if line.base > row[0].base or line.text not in gone]
            text = []
    return notes


def in_order(lines: list[Line]) -> list[Line]:
    """Return the lines of a page as they are read.

    That is the order in which they were written, but where one stands above another or left of it.
    """
    blocks: list[list[Line]] = []
    left = right = 0.0
    for line in _with_labels(_with_marks(lines)):
        above = blocks[-1][-1] if blocks else line
        near = -line.size / 2 < above.base - line.base < 3.5 * max(line.size, above.size)
        down = near and left < line.right and line.left < right
        if blocks and (line.labelled or line.beside or down):
            blocks[-1].append(line)
            left, right = min(left, line.left), max(right, line.right)
        else:
            blocks.append([line])
            left, right = line.left, line.right
    if len(blocks) > _MOST_BLOCKS:
        return [line for block in blocks for line in block]
    boxes = [_box(block) for block in blocks]
    waiting = list(range(len(blocks)))
    ordered: list[Line] = []
    while waiting:
        free = (b for b in waiting if not any(_is_before(boxes[a], boxes[b]) for a in waiting if a != b))
        place = next(free, waiting[0])
        waiting.remove(place)
        ordered += blocks[place]
    return ordered


def _box(lines: Sequence[Line]) -> Box:
    return (
        min(line.left for line in lines),
        min(line.base for line in lines),
        max(line.right for line in lines),
        max(line.base + line.size * 0.7 for line in lines),
    )


def _is_before(one: Box, other: Box) -> bool:
    """Whether a block is above another, or left of it."""
    if one[0] < other[2] and other[0] < one[2]:
        return one[1] >= other[3] - 1
    return (
        one[2] <= other[0]
        and min(one[3], other[3]) - max(one[1], other[1]) > min(one[3] - one[1], other[3] - other[1]) / 2
    )


def _with_marks(lines: list[Line]) -> list[Line]:
    """Put bullets that were drawn at another time before the lines beside them."""
    marks = [line for line in lines if is_mark(line.text)]
    texts = [line for line in lines if not is_mark(line.text)] if marks else []
    placed = set()
    for mark in marks:
        near = [
            each for each in texts if each.left > mark.left and abs(each.base - mark.base) < each.size * 0.6
        ]
        line = min(near, key=lambda each: each.left, default=None)
        if line is not None:
            line.glyphs = [*mark.glyphs, line.glyphs[0]._replace(blank="\t"), *line.glyphs[1:]]
            line.settle()
            line.beside = False
            placed.add(id(mark))
            texts.remove(line)
    return [line for line in lines if id(line) not in placed]


def _with_labels(lines: list[Line]) -> list[Line]:
    """Put what says what a large figure is right behind it, or before it if it stands above."""
    rows = _rows(lines)
    ordered = list(lines)
    taken: set[int] = set()
    for place, row in enumerate(rows):
        if len(row) <= _FIGURES and all(map(_is_figure, row)):
            for figure, label in _labelled(rows, place, taken):
                gone = {id(line) for line in label}
                taken |= gone
                ordered = [line for line in ordered if id(line) not in gone]
                group = sorted((figure, *label), key=lambda line: -line.base)
                group[0].beside = figure.beside
                at = next(i for i, line in enumerate(ordered) if line is figure)
                ordered[at : at + 1] = group
                for line in group[1:]:
                    line.labelled, line.beside = True, False
    return ordered


def _labelled(rows: Sequence[Sequence[Line]], place: int, taken: set[int]) -> list[tuple[Line, list[Line]]]:
    """Return the figures of a row, each with the lines of its label: those below all, or those above all."""
    row = rows[place]
    sides = []
    for side in (1, -1):
        near = [line for each in rows[place + side :: side][:_LABEL] for line in each if place + side >= 0]
        labels = [_label(figure, near, taken) for figure in row]
        small = all(label and label[0].size * _FIGURE <= row[0].size for label in labels)
        counts = [
            len(rows[i]) if 0 <= i < len(rows) else 0 for i in range(place - 2 * side, place + 3 * side, side)
        ]
        alone = 1 < counts[2] == counts[3] and max(counts[1], counts[4]) < 2  # noqa: PLR2004 - a table of two rows
        if all(labels) and (small or alone):
            sides.append(
                (
                    abs(labels[0][0].base - row[0].base) - (labels[0][0].size if side > 0 else row[0].size),
                    labels,
                )
            )
    return list(zip(row, min(sides)[1], strict=True)) if sides else []


def _label(figure: Line, near: Iterable[Line], taken: set[int]) -> list[Line]:
    """Return the lines that stand under or over a figure, close to it and to each other."""
    found: list[Line] = []
    for line in near:
        above = found[-1] if found else figure
        same = not found or line.size == found[0].size
        room = 2 * figure.size if not found else 1.6 * line.size
        if same and overlap(figure, line) and abs(line.base - above.base) <= room:
            if id(line) in taken or _is_figure(line):
                break
            found.append(line)
    return found


def _is_figure(line: Line) -> bool:
    digits, letters = (sum(map(kind, line.text)) for kind in (str.isdigit, str.isalpha))
    return digits > letters and not line.is_gone
