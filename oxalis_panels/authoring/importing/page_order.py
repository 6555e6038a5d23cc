"""The lines of pages in the order in which they are read, without what is no text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from oxalis_panels.authoring.importing.gathering import Gathering
from oxalis_panels.authoring.importing.pdf_lines import Line, is_mark
from oxalis_panels.authoring.importing.words import behind_prefix, words

_MOST_BLOCKS = 200
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
_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:(?:page|p\.)\s*)?(\d{1,4})(?:\s*(?:/|sur|of)\s*\d{1,4})?(?:\s*[-–—])?\s*",
    re.IGNORECASE,
)
_OF_PAGE = re.compile(r"\b(?:page|p\.)\s*\d|\d\s*(?:/|sur|of)\s*\d", re.IGNORECASE)
_FEWEST = 3
"""Pages with a line that differs by a number which counts them; it says `page` or is the same: two."""
_DEEPEST = 3
"""Lines of a running head or foot."""


@dataclass(slots=True)
class Page:
    """The lines of a page that run in one direction."""

    number: int
    lines: list[Line]
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
                rows += [(page, row) for row in _rows(_live(page.lines))]
        texts = [" ".join(line.text for line in row) for _, row in rows]
        found = page_marks(texts, starts)
        for place, code in sorted(found.items()):
            page, row = rows[place]
            others = (rows[each][1][0].base for each in found if rows[each][0] is not page)
            if len(starts) > 1 and not any(abs(base - row[0].base) < row[0].size for base in others):
                continue  # a running head stands at the same height on all pages
            _take_off(page, row)
            if (code, texts[place]) in said:
                gathering.aside += words(texts[place])
            said[code, texts[place]] = None
    for code in dict.fromkeys(code for code, _ in said):
        gathering.leave(code, " ".join(text for each, text in said if each == code), nowhere=True)
    for page in pages:
        for note in _notes(page, usual):
            _take_off(page, note)
            gathering.leave("import-left-out.footnote", " ".join(line.text for line in note), nowhere=True)


def _take_off(page: Page, lines: Iterable[Line]) -> None:
    gone = {id(line) for line in lines}
    page.lines = [line for line in page.lines if id(line) not in gone]


def _live(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if not line.gone]


def _rows(lines: Iterable[Line], high: float = 1 / 3) -> list[list[Line]]:
    """Return the lines from the top down, those beside each other as one; a row is so many sizes high."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if rows and rows[-1][0].base - line.base < line.size * high:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _notes(page: Page, usual: float) -> list[list[Line]]:
    """Return the notes at the foot of a page: small, and begun by a number."""
    notes: list[list[Line]] = []
    note: list[Line] = []
    for row in reversed(_rows(_live(page.lines))):
        if len(row) > 1 or row[0].size > usual * _SMALL:
            break
        note.insert(0, row[0])
        if _NOTE.match(row[0].text):
            notes.insert(0, note)
            note = []
    return notes


def in_order(lines: list[Line]) -> list[Line]:
    """Return the lines of a page as they are read.

    That is the order in which they were written, but where one stands above another or left of it.
    """
    blocks: list[list[Line]] = []
    left = right = 0.0
    for line in _with_labels(_with_marks(lines)):
        last = blocks[-1][-1] if blocks else line
        near = -line.size / 2 < last.base - line.base < 3.5 * max(line.size, last.size)
        down = near and left < line.right and line.left < right
        if blocks and (line.labelled or line.beside or down):
            blocks[-1].append(line)
            left, right = min(left, line.left), max(right, line.right)
        else:
            blocks.append([line])
            left, right = line.left, line.right
    if len(blocks) > _MOST_BLOCKS:
        return [line for block in blocks for line in block]
    boxes = [
        (
            min(line.left for line in block),
            min(line.base for line in block),
            max(line.right for line in block),
            max(line.base + line.size * 0.7 for line in block),
        )
        for block in blocks
    ]
    before = {
        place: {each for each, other in enumerate(boxes) if each != place and _is_before(other, box)}
        for place, box in enumerate(boxes)
    }
    ordered: list[Line] = []
    while before:
        place = next((each for each, above in before.items() if not above), next(iter(before)))
        del before[place]
        for above in before.values():
            above.discard(place)
        ordered += blocks[place]
    return ordered


def _is_before(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether a block is above another, or left of it; each is its left, bottom, right and top."""
    if one[0] < other[2] and other[0] < one[2]:
        return one[1] >= other[3] - 1
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return one[2] <= other[0] and shared > min(one[3] - one[1], other[3] - other[1]) / 2


def _with_marks(lines: list[Line]) -> list[Line]:
    """Put bullets that were drawn at another time before the lines beside them."""
    marks = {id(line) for line in lines if is_mark(line.text)}
    for row in _rows(lines, 0.6) if marks else ():
        for mark, line in pairwise(row):
            if id(mark) in marks and id(line) not in marks:
                line.glyphs = [*mark.glyphs, line.glyphs[0]._replace(blank="\t"), *line.glyphs[1:]]
                line.settle()
                line.beside = False
                mark.glyphs = []
    return [line for line in lines if line.glyphs]


def _with_labels(lines: list[Line]) -> list[Line]:
    """Put what says what a large figure is right behind it, or before it if it stands above."""
    rows = _rows(_live(lines))
    groups: dict[int, list[Line]] = {}
    taken: set[int] = set()
    for place, row in enumerate(rows):
        if len(row) > _FIGURES or not all(map(_is_figure, row)):
            continue
        for figure, label in _labelled(rows, place, taken):
            own = [line for line in label if id(line) not in taken]
            taken |= {id(line) for line in own}
            group = sorted((figure, *own), key=lambda line: -line.base)
            groups[id(figure)] = group
            group[0].beside = figure.beside
            for line in group[1:]:
                line.labelled, line.beside = True, False
    return [each for line in lines if id(line) not in taken for each in groups.get(id(line), [line])]


def _labelled(rows: Sequence[Sequence[Line]], place: int, taken: set[int]) -> list[tuple[Line, list[Line]]]:
    """Return the figures of a row, each with the lines of its label: those below all, or those above all."""
    row = rows[place]
    sides = []
    below, over = rows[place + 1 : place + _LABEL], rows[max(place - _LABEL, 0) : place][::-1]
    for side, near, behind in ((1, below, over), (-1, over, below)):
        labels = [_label(figure, [line for each in near for line in each], taken) for figure in row]
        small = all(label and label[0].size * _FIGURE <= row[0].size for label in labels)
        after, further, above = (len(each) for each in (*near, (), ())[:2] + (*behind, ())[:1])
        is_table = 1 < len(row) == after and max(further, above) < 2  # noqa: PLR2004 - of two rows
        if all(labels) and (small or is_table):
            first = labels[0][0]
            sides.append((abs(first.base - row[0].base) - (first.size if side > 0 else row[0].size), labels))
    return list(zip(row, min(sides, key=lambda side: side[0])[1], strict=True)) if sides else []


def _label(figure: Line, near: Iterable[Line], taken: set[int]) -> list[Line]:
    """Return the lines that stand under or over a figure, close to it and to each other."""
    found: list[Line] = []
    for line in near:
        last, room = (found[-1], 1.6 * found[0].size) if found else (figure, 2 * figure.size)
        if abs(line.base - last.base) > room:
            break
        if overlap(figure, line) and line.size == (found or [line])[0].size:
            if id(line) in taken or _is_figure(line):
                break
            found.append(line)
    return found


def _is_figure(line: Line) -> bool:
    digits, letters = (sum(map(kind, line.text)) for kind in (str.isdigit, str.isalpha))
    return digits > letters


def page_marks(lines: Sequence[str], starts: Sequence[int]) -> dict[int, str]:
    """Return the lines that are no text, each with the code of what is said of it.

    `starts` are the lines with which pages begin; a text without pages has one.
    """
    if len(starts) == 1:
        return dict.fromkeys(_counting(lines), "import-left-out.page-number")
    found: dict[int, str] = {}
    for depth in range(_DEEPEST):
        edges = dict(_edges(lines, starts, found))
        numbers = [
            (line, page, int(match[1]))
            for line, page in edges.items()
            if (match := _NUMBER.fullmatch(lines[line]))
        ]
        found |= dict.fromkeys(_in_step(numbers), "import-left-out.page-number")
        left = {each: page for each, page in edges.items() if each not in found}
        found |= dict.fromkeys(_running(lines, left, 2 if depth == 0 else _FEWEST), "import-left-out.running")
    return found


def _edges(lines: Sequence[str], starts: Sequence[int], found: dict[int, str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of text of each page that are not found yet, with the page."""
    for page, (start, end) in enumerate(pairwise((*starts, len(lines)))):
        filled = [line for line in range(start, end) if lines[line].strip() and line not in found]
        yield from ((line, page) for line in filled[:1] + filled[-1:])


def _running(lines: Sequence[str], edges: dict[int, int], fewest: int) -> Iterator[int]:
    """Yield lines that are the same on so many pages, or differ by numbers that count the pages."""
    alike = defaultdict(list)
    for line in edges:
        if not behind_prefix(lines[line])[0]:
            alike[re.sub(r"\d+", "#", lines[line].strip())].append(line)
    for group in alike.values():
        same = Counter(text for text, _ in {(lines[line].strip(), edges[line]) for line in group})
        yield from (line for line in group if same[lines[line].strip()] >= fewest)
        enough = 2 if all(_OF_PAGE.search(lines[line]) for line in group) else _FEWEST
        if len({edges[line] for line in group}) >= enough:
            rows = [(line, edges[line], re.findall(r"\d+", lines[line])) for line in group]
            for place in range(len(rows[0][2])):
                yield from _in_step((line, page, int(row[place])) for line, page, row in rows)


def _in_step(numbers: Iterable[tuple[int, int, int]]) -> list[int]:
    """Return the lines, each with its page and a number, whose numbers grow as the pages do."""
    steps = [(line, page, value - page) for line, page, value in numbers]
    counts = Counter(step for _, step in {(page, step) for _, page, step in steps})
    return [line for line, _, step in steps if counts[step] > 1]


def _counting(lines: Sequence[str]) -> list[int]:
    """Return lone numbers that count 1, 2, 3: whoever took the text from a PDF took its page numbers too."""
    found = [(line, int(match[1])) for line, text in enumerate(lines) if (match := _NUMBER.fullmatch(text))]
    values = [value for _, value in found]
    counts = len(values) > 1 and all(b == a + 1 for a, b in pairwise(values))
    alone = [line for line, value in found[-1:] if value == 1 and not any(map(str.strip, lines[line + 1 :]))]
    return [line for line, _ in found] if counts else alone
