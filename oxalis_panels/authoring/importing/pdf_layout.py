"""Lines of pages → their paragraphs, by what the eye goes by: distance, indents, short lines, boldness."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from statistics import median

from oxalis_panels.authoring.importing.document import Document
from oxalis_panels.authoring.importing.gathering import Gathering, Paragraph
from oxalis_panels.authoring.importing.lists import Place
from oxalis_panels.authoring.importing.page_order import Page, in_order, leave_marks, overlap
from oxalis_panels.authoring.importing.pdf_lines import COUNTED, Line
from oxalis_panels.authoring.importing.runs import Run
from oxalis_panels.authoring.importing.words import (
    Joiner,
    beginning,
    behind_prefix,
    goes_on,
    mark_of,
    reads_as_title,
)
from oxalis_panels.language.spelling.word_list import french

LARGER = 1.2
"""How much larger than most of the text a title is."""
_LARGER_HALF = 1.35
"""How much larger than its second half the first half of a sentence may be."""
_WIDER = 1.2
"""How much further apart than those of a paragraph two lines are that something parts."""
_OF_TITLES = 1.6
"""Distance of the lines of a title, in sizes of the type, at most."""
_INDENT = 0.5
"""Sizes of the type by which a first line is further in, or further out."""
_BOLD_TITLES = 3
"""Bold lines from which on they are the titles of panels, a larger one above them that of the whole."""
_WEAK = re.compile(rf"[-–—]\s|{COUNTED.pattern}")
"""What begins an item, unless the line above goes on into it."""
ALIKE = 1.08
"""How much larger than another a line is at most that looks the same."""
_SHORT = 0.6
"""What part of its column a line fills at most that ends there, whoever chose the ends of the lines."""
_COLUMN = 0.25
"""What part of the text the columns left of another are wide at least."""
_ROOM = 4
"""Lines that are free at the foot of a page which its author ended."""
PITCH = 1.3
"""Distance of lines, in sizes of the type, where no paragraph shows any."""
_ENDS = (".", "!", "?", "…", ":", ";", ".»", "!»", "?»")


def document_of(pages: Sequence[Page], texts: Iterable[str], gathering: Gathering) -> Document:
    """Return the paragraphs of all pages, with their texts; the pages lose the lines that are no text."""
    joiner = Joiner("\n".join(line.text for page in pages for line in page.lines), french().knows)
    usual = usual_size(line for page in pages for line in page.lines)
    leave_marks(pages, usual, gathering)
    for page in pages:
        page.lines = in_order(page.lines)
    reader = _Reader(Measures(pages, usual))
    for page in pages:
        for line, below in zip(page.lines, (*page.lines[1:], None), strict=False):
            reader.take(line, below)
    reader.give(gathering, joiner)
    return gathering.document(texts)


@dataclass(slots=True)
class _Reader:
    """The paragraphs so far, each a list of its lines."""

    measures: Measures
    paragraphs: list[list[Line]] = field(default_factory=list)
    _open: bool = False

    def take(self, line: Line, below: Line | None) -> None:
        """Take the next line, and look at the one below it."""
        if line.gone:
            self.paragraphs.insert(len(self.paragraphs) - self._open, [line])
        elif self._open and self._goes_on(self.paragraphs[-1], line, below):
            self.paragraphs[-1].append(line)
        else:
            self.paragraphs.append([line])
            self._open = True

    def _goes_on(self, lines: Sequence[Line], line: Line, below: Line | None) -> bool:
        """Whether a line goes on with the paragraph above it."""
        above, weak = lines[-1], bool(_WEAK.match(line.text))
        if line.labelled or line.beside or above.labelled or line.bullet or (line.prefix and not weak):
            return line.labelled
        on = goes_on(line.text) and not is_end(above)
        near = self._is_near(above, line)
        if not alike(above, line):  # the end of a sentence, or what follows that with which an item begins
            sizes = (above.size, line.size)
            second = on or (_is_item(lines[0]) and near)
            return not weak and second and max(sizes) < _LARGER_HALF * min(sizes)
        large = line.size >= LARGER * self.measures.usual
        if above.page != line.page or distance(above, line) < -_INDENT:  # the next column, or page
            full = self.measures.is_full(above, line) and not (below and _is_first(line, below))
            inside = above.bold == line.bold and not large and not weak
            return inside and (on or (full and not is_end(above)))
        if above.beside:
            return on and abs(line.left - above.left) < 1 and near
        if large:
            return distance(above, line) < _OF_TITLES and not weak
        return self._is_wrapped(lines, line, on=on, weak=weak) and _is_in_place(lines, line, below)

    def _is_near(self, above: Line, line: Line) -> bool:
        room = self.measures.pitch * _WIDER * max(above.size, line.size)
        return above.page == line.page and 0 < above.base - line.base < room

    def _is_wrapped(self, lines: Sequence[Line], line: Line, *, on: bool, weak: bool) -> bool:
        """Whether only want of room parted a line from the one above."""
        above = lines[-1]
        full, ends = self.measures.is_full(above, line), is_end(above)
        pushed = full and on and distance(above, line) < self.measures.pitch * _WIDER**2
        if not (pushed or self._is_near(above, line)):  # a raised character may push a line down a little
            return False
        if weak:
            begins = len(lines) == 1 and _is_item(above)
            return full and not ends and not begins and abs(line.left - above.left) < 1
        if above.bold != line.bold:
            return full and not ends and above.glyphs[-1].look.bold == line.glyphs[0].look.bold
        ended = not on if line.page in self.measures.greedy else ends
        return full or not (ended or self.measures.is_short(above))

    def give(self, gathering: Gathering, joiner: Joiner) -> None:
        levels = self._levels()
        page, row, table = self.paragraphs[0][0].page if self.paragraphs else 0, 0, False
        for at, lines in enumerate(self.paragraphs):
            first = lines[0]
            if first.gone:
                gathering.leave(first.gone, first.text)
                continue
            after = self.paragraphs[at + 1 : at + 2]
            cell = first.beside or bool(after and after[0][0].beside)
            cell = cell and not (len(lines) > 1 and lines[1].labelled)
            row += cell and not first.beside
            if cell and not table:
                near = (line.text for each in self.paragraphs[at : at + 6] for line in each)
                gathering.say("import-order.table", found=beginning(near))
            table = cell
            fresh = first.page != page and page in self.measures.ended
            page = lines[-1].page
            indent = first.left - self.measures.margin(first)
            place = Place(0 if first.bullet else None, first.bullet, indent=indent)
            runs = _runs(lines, joiner, gathering)
            gathering.add(Paragraph(runs, levels.get(at, 0), place, fresh, row if cell else 0))

    def _levels(self) -> dict[int, int]:
        """Return the level of each title, by its place: the larger the higher; of those atop all pages, 1."""
        texts = [" ".join(line.text for line in lines) for lines in self.paragraphs]
        readable = [at for at, text in enumerate(texts) if reads_as_title(text)]
        titles = {at: self.paragraphs[at][0] for at in readable if self._is_large(self.paragraphs[at])}
        bold = [at for at in readable if all(line.bold for line in self.paragraphs[at])]
        if len(titles) == 1 and sum(not _is_item(self.paragraphs[at][0]) for at in bold) > _BOLD_TITLES:
            return {}
        sizes = sorted({line.size for line in titles.values()}, reverse=True)
        ranks: dict[float, int] = {}
        for above, size in pairwise((inf, *sizes)):
            ranks[size] = ranks.get(above, 0) + (above > size * ALIKE)
        tops: dict[int, int] = {}
        for at, lines in enumerate(self.paragraphs):
            tops.setdefault(lines[0].page, at)
        sheets = len(tops) > 1 and all(at in titles for at in tops.values())
        heads = set(tops.values()) if sheets else set()
        return {at: 1 if at in heads else ranks[line.size] + sheets for at, line in titles.items()}

    def _is_large(self, lines: Sequence[Line]) -> bool:
        """Whether a paragraph is larger than the text, and more letters than figures, without a mark."""
        first, text = lines[0], " ".join(line.text for line in lines)
        letters, digits = (sum(map(kind, text)) for kind in (str.isalpha, str.isdigit))
        prefix = behind_prefix(text)[0]
        marked = first.bullet or (prefix and mark_of(prefix) != "none")
        large = first.size >= LARGER * self.measures.usual and not lines[-1].labelled and not first.gone
        return large and letters > digits and not marked


def _runs(lines: Sequence[Line], joiner: Joiner, gathering: Gathering) -> list[Run]:
    """Return the text of a paragraph, what lines end put together again."""
    runs = list(lines[0].runs())
    for above, line in pairwise(lines):
        seam, last = joiner.seam(above.text, line.text), runs[-1]
        runs[-1] = last._replace(text=f"{last.text[: len(last.text) - seam.cut]}{seam.sign}")
        if not seam.sure:
            gathering.say("import-hyphen.kept", found=seam.word)
        runs += line.runs()
    return runs


def _is_item(line: Line) -> bool:
    return bool(line.bullet or line.prefix or _WEAK.match(line.text))


def _is_first(line: Line, below: Line) -> bool:
    """Whether a line is further in than the one below it, as the first of a paragraph may be."""
    return stacked(line, below) and line.left > below.left + _INDENT * line.size and not _is_item(below)


def _is_in_place(lines: Sequence[Line], line: Line, below: Line | None) -> bool:
    """Whether a line begins where the lines of the paragraph above it do."""
    off, step = line.left - lines[-1].left, _INDENT * line.size
    first, item = len(lines) == 1, _is_item(lines[0])
    if off > step:
        hangs = below is not None and abs(below.left - line.left) < 1 and stacked(line, below)
        return first and (item or hangs)
    if off < -step:
        return first
    return not (first and not item and below is not None and _is_first(line, below))


def usual_size(lines: Iterable[Line]) -> float:
    """Return the size of most of the text."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[line.size] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 1.0


class Measures:
    """What lines look like in this file, so that what is unlike can be seen."""

    def __init__(self, pages: Sequence[Page], usual: float) -> None:
        """Measure all pages; `usual` is the size of most of the text."""
        self.usual = usual
        lines = {page.number: [line for line in page.lines if not line.gone] for page in pages}
        lines = {number: each for number, each in lines.items() if each}
        lefts = {number: min(line.left for line in each) for number, each in lines.items()}
        self._rights = {
            number: sorted(x.right for x in each if not x.beside) or [0.0] for number, each in lines.items()
        }
        self._left = median(lefts.values()) if lefts else 0.0
        self._right = median(each[-1] for each in self._rights.values()) if lefts else 0.0
        self._starts: dict[int, list[float]] = {}
        above: list[float] = []
        for number, each in lines.items():
            kept = above if above and self._rights[number][-1] < above[0] else []
            above = self._starts[number] = self._columns(each, lefts[number]) or kept
        self._lefts = {number: min(left, self._left) for number, left in lefts.items()}
        bottoms = {number: min(line.base for line in each) for number, each in lines.items()}
        lowest = min(bottoms.values(), default=0.0)
        self.ended = {number for number, base in bottoms.items() if base > lowest + _ROOM * usual * PITCH}
        """Pages whose author had room left."""
        pairs = {
            number: [each for each in pairwise(found) if stacked(*each)] for number, found in lines.items()
        }
        pitches = [
            round(distance(above, line), 1)
            for each in pairs.values()
            for above, line in each
            if self.is_full(above, line)
        ]
        self.pitch = Counter(sorted(pitches)).most_common(1)[0][0] if pitches else PITCH
        self.greedy = {number for number, each in pairs.items() if self._fills(each)}
        """Pages on which a line takes all the words that it can."""

    def _columns(self, lines: Sequence[Line], left: float) -> list[float]:
        """Return where columns other than the first begin."""
        counts = Counter(round(line.left) for line in lines if not line.beside)
        wide = _COLUMN * (self._rights[lines[0].page][-1] - left)
        starts = [left]
        for x in sorted(counts):
            if x > starts[-1] + wide and counts[x] + counts[x + 1] > 2:  # noqa: PLR2004 - three lines are no accident
                starts.append(x)
        return starts[1:]

    def _fills(self, pairs: Sequence[tuple[Line, Line]]) -> bool:
        surely = [self.is_full(*each) for each in pairs if goes_on(each[1].text) and not is_end(each[0])]
        return sum(surely) * 2 >= len(surely)

    def edge(self, line: Line) -> float:
        """Return how far to the right the lines of its column go."""
        starts, rights = self._starts[line.page], self._rights[line.page]
        limit = next((start for start in starts if start > line.right), inf)
        widest = rights[max(bisect_right(rights, limit) - 1, 0)]
        return widest if limit < inf or starts else max(widest, self._right)

    def margin(self, line: Line) -> float:
        """Return where the lines of its column begin."""
        starts = [start for start in self._starts[line.page] if start <= line.left + 1]
        return starts[-1] if starts else self._lefts[line.page]

    def is_full(self, line: Line, below: Line) -> bool:
        """Whether the first word below would not have found room at the end of a line."""
        word = below.text.split(maxsplit=1)[0]
        wide = (below.right - below.left) * len(word) / len(below.text) + line.size / 4
        return line.right + wide * 0.9 > self.edge(line)

    def is_short(self, line: Line) -> bool:
        """Whether a line ends long before its column does."""
        margin = self.margin(line)
        return line.right - margin < _SHORT * (self.edge(line) - margin)


def distance(above: Line, line: Line) -> float:
    """Return how far below another a line is, in sizes of the type."""
    return (above.base - line.base) / (line.size or 1)


def stacked(above: Line, line: Line) -> bool:
    """Whether a line stands right below another that looks the same."""
    near = 0.5 < distance(above, line) < 3  # noqa: PLR2004 - sizes of the type
    return near and alike(above, line) and not line.beside and overlap(above, line)


def alike(above: Line, line: Line) -> bool:
    """Whether two lines are of one size."""
    return max(above.size, line.size) <= ALIKE * min(above.size, line.size)


def is_end(line: Line) -> bool:
    """Whether a line ends as a sentence does, or as what introduces a list."""
    return line.text.replace(" ", "").replace("\u00a0", "").endswith(_ENDS)
