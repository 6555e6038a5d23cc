"""Lines of pages → their paragraphs, by what the eye goes by: distance, indents, short lines, boldness."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from oxalis_panels.importing.gathering import Paragraph
from oxalis_panels.importing.hyphens import Joiner
from oxalis_panels.importing.lists import Place
from oxalis_panels.importing.page_order import in_order, leave_marks
from oxalis_panels.importing.pdf_lines import COUNTED
from oxalis_panels.importing.pdf_measures import ALIKE, Measures, alike, distance, is_end, stacked, usual_size
from oxalis_panels.importing.titles import goes_on, reads_as_title
from oxalis_panels.importing.words import behind_prefix, mark_of
from oxalis_panels.spelling.word_list import french

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oxalis_panels.importing.document import Document
    from oxalis_panels.importing.gathering import Gathering
    from oxalis_panels.importing.page_order import Page
    from oxalis_panels.importing.pdf_lines import Line
    from oxalis_panels.importing.runs import Run

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
            place = len(self.paragraphs) - (1 if self._open else 0)
            self.paragraphs.insert(place, [line])
        elif self._open and self._goes_on(self.paragraphs[-1], line, below):
            self.paragraphs[-1].append(line)
        else:
            self.paragraphs.append([line])
            self._open = True

    def _goes_on(self, lines: Sequence[Line], line: Line, below: Line | None) -> bool:
        """Whether a line goes on with the paragraph above it."""
        above = lines[-1]
        if line.labelled or line.beside or above.labelled or _has_mark(line):
            return line.labelled
        weak = bool(_WEAK.match(line.text))
        on = goes_on(line.text) and not is_end(above)
        if not alike(above, line):
            return not weak and self._is_second_half(lines, line, on=on)
        if above.page != line.page or distance(above, line) < -_INDENT:  # the next column, or page
            return not weak and self._crosses(above, line, below, on=on)
        if above.beside:
            return on and abs(line.left - above.left) < 1 and self._is_near(above, line)
        if line.size >= LARGER * self.measures.usual:
            return distance(above, line) < _OF_TITLES and not weak
        return self._is_wrapped(lines, line, on=on, weak=weak) and self._is_in_place(lines, line, below)

    def _is_near(self, above: Line, line: Line) -> bool:
        room = self.measures.pitch * _WIDER * max(above.size, line.size)
        return above.page == line.page and 0 < above.base - line.base < room

    def _is_second_half(self, lines: Sequence[Line], line: Line, *, on: bool) -> bool:
        """Whether a line of another size ends a sentence, or follows what an item begins with."""
        above = lines[-1]
        sizes = (above.size, line.size)
        return (on or (_is_item(lines[0]) and self._is_near(above, line))) and max(
            sizes
        ) < _LARGER_HALF * min(sizes)

    def _is_wrapped(self, lines: Sequence[Line], line: Line, *, on: bool, weak: bool) -> bool:
        """Whether only want of room parted a line from the one above."""
        above = lines[-1]
        open_, full = not is_end(above), self.measures.is_full(above, line)
        near = self._is_near(above, line)
        if not near and not (full and on and distance(above, line) < self.measures.pitch * _WIDER**2):
            return False  # a raised character may push a line down a little
        if weak:
            second = not (len(lines) == 1 and _is_item(above))
            return full and open_ and second and abs(line.left - above.left) < 1
        if above.bold != line.bold:
            return full and open_ and above.glyphs[-1].look.bold == line.glyphs[0].look.bold
        if full:
            return True
        ended = not on if line.page in self.measures.greedy else not open_
        return not (ended or self.measures.is_short(above))

    def _crosses(self, above: Line, line: Line, below: Line | None, *, on: bool) -> bool:
        """Whether a paragraph goes on at the head of the next column or page."""
        if above.bold != line.bold or line.size >= LARGER * self.measures.usual:
            return False
        full = self.measures.is_full(above, line) and not (below and _is_first(line, below))
        return on or (full and not is_end(above))

    def _is_in_place(self, lines: Sequence[Line], line: Line, below: Line | None) -> bool:
        """Whether a line begins where the lines of the paragraph above it do."""
        above, step = lines[-1], _INDENT * line.size
        first, item = len(lines) == 1, _is_item(lines[0])
        if line.left > above.left + step:
            hangs = below is not None and abs(below.left - line.left) < 1 and stacked(line, below)
            return first and (item or hangs)
        if line.left < above.left - step:
            return first
        return not (first and not item and below is not None and _is_first(line, below))

    def give(self, gathering: Gathering, joiner: Joiner) -> None:
        """Hand the paragraphs over."""
        levels = self._levels()
        page, row, table = self.paragraphs[0][0].page if self.paragraphs else 0, 0, False
        for at, lines in enumerate(self.paragraphs):
            first = lines[0]
            if first.gone:
                gathering.leave(first.gone, first.text)
                continue
            below = self.paragraphs[at + 1][0] if at + 1 < len(self.paragraphs) else None
            cell = first.beside or bool(below and below.beside)
            cell = cell and not (len(lines) > 1 and lines[1].labelled)
            row += cell and not first.beside
            runs = self._runs(lines, joiner, gathering)
            if cell and not table:
                texts = (line.text for each in self.paragraphs[at : at + 6] for line in each)
                gathering.say("import-table", found=" ".join(" ".join(texts).split()[:6]))
            table = cell
            fresh = first.page != page and page in self.measures.ended
            page = lines[-1].page
            indent = first.left - self.measures.margin(first)
            place = Place(0 if first.bullet else None, first.bullet, indent=indent)
            gathering.add(Paragraph(runs, levels.get(at, 0), place, fresh, row if cell else 0))

    def _levels(self) -> dict[int, int]:
        """Return the level of each title, by its place: the larger the higher; of those atop all pages, 1."""
        titles = {place: lines[0] for place, lines in enumerate(self.paragraphs) if self._is_title(lines)}
        if len(titles) == 1 and sum(map(self._is_bold_title, self.paragraphs)) > _BOLD_TITLES:
            return {}
        sizes = sorted({line.size for line in titles.values()}, reverse=True)
        ranks: dict[float, int] = {}
        for above, size in pairwise((inf, *sizes)):
            ranks[size] = ranks.get(above, 0) + (above > size * ALIKE)
        tops: dict[int, int] = {}
        for place, lines in enumerate(self.paragraphs):
            tops.setdefault(lines[0].page, place)
        sheets = len(tops) > 1 and all(place in titles for place in tops.values())
        heads = set(tops.values()) if sheets else set()
        return {place: 1 if place in heads else ranks[line.size] + sheets for place, line in titles.items()}

    def _is_title(self, lines: Sequence[Line]) -> bool:
        text = " ".join(line.text for line in lines)
        letters, digits = (sum(map(kind, text)) for kind in (str.isalpha, str.isdigit))
        prefix = behind_prefix(text)[0]
        marked = lines[0].bullet or (prefix and mark_of(prefix) != "none")
        large = lines[0].size >= LARGER * self.measures.usual and not lines[-1].labelled and not lines[0].gone
        return large and letters > digits and not marked and reads_as_title(text)

    def _is_bold_title(self, lines: Sequence[Line]) -> bool:
        text = " ".join(line.text for line in lines)
        return all(line.bold for line in lines) and not _is_item(lines[0]) and reads_as_title(text)

    def _runs(self, lines: Sequence[Line], joiner: Joiner, gathering: Gathering) -> list[Run]:
        """Return the text of a paragraph, what lines end put together again."""
        runs: list[Run] = []
        above = ""
        for line in lines:
            if runs:
                seam, last = joiner.seam(above, line.text), runs[-1]
                runs[-1] = replace(last, text=f"{last.text[: len(last.text) - seam.cut]}{seam.sign}")
                if not seam.sure:
                    gathering.say("import-hyphen-kept", found=seam.word)
            runs += line.runs()
            above = line.text
        return runs


def _is_item(line: Line) -> bool:
    return bool(line.bullet or behind_prefix(line.text)[0] or _WEAK.match(line.text))


def _has_mark(line: Line) -> bool:
    """Whether a line begins an item, wherever it stands."""
    return bool(line.bullet or (behind_prefix(line.text)[0] and not _WEAK.match(line.text)))


def _is_first(line: Line, below: Line) -> bool:
    """Whether a line is further in than the one below it, as the first of a paragraph may be."""
    return stacked(line, below) and line.left > below.left + _INDENT * line.size and not _is_item(below)
