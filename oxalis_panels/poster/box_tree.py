"""The boxes of a page that WeasyPrint has laid out: the one place that reads what it keeps private.

Nothing public says that a box overflows, where a line ends or how wide a text is, and WeasyPrint knows no
hanging punctuation. So `Page._page_box`, the boxes below it and `split_first_line` are read here, of every
release from 70 to before 71 (`pyproject.toml`). A test names whatever of them a release has changed.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from oxalis_panels.model.value import value
from oxalis_panels.poster.engine_words import WeasyPrintComplaint
from oxalis_panels.poster.measure import Item, Measure
from oxalis_panels.rendering.layout_engine import weasyprint

Box: TypeAlias = Any
"""A box, or a page: WeasyPrint has no types."""

MM_PER_PIXEL = 25.4 / 96
ROUNDING = 1e-3
"""Part of a line by which rounding may widen it."""
QUOTES = re.compile('[«“‘„"][\u00a0\u202f]?(?:[«“‘„"][\u00a0\u202f]?)*')
BESIDE_MARK = 0.12
"""In ems, how far quotation marks may hang in a text with a ✓ or → in its margin: they may not touch it."""
LARGE = 160
"""Pixels: in larger type the mark itself is so near that they do not hang at all."""
BREAKING_SPACES = str.maketrans("", "", " \t\n\r\f\u200b")
"""What HTML takes for spaces, and what `<wbr>` becomes; the unbreakable ones are letters here."""


@value
class Piece:
    """Text between two spaces, as far as it stands on one line in one type."""

    text: str
    width: float
    """In pixels."""
    at: int
    """How many letters of the sheet end with it, spaces not counted."""
    line: int
    """Which line of the sheet it stands on."""


@value
class Block:
    """Text whose lines have one width: a paragraph, a finding, a point."""

    room: float
    """The width of its lines, in pixels."""
    space: float
    """The width of a space, in pixels."""
    pieces: tuple[Piece, ...]


@value
class SheetText:
    """All text of a sheet that is measured."""

    letters: str
    """In reading order, without spaces."""
    blocks: tuple[Block, ...]


def measured(page: Box) -> Measure:
    """Return where everything on a page ends. Raises WeasyPrintComplaint without `<main>` and `<footer>`."""
    main, footer = _main_and_footer(page)
    available = footer.position_y - main.position_y
    return Measure(available * MM_PER_PIXEL, tuple(_items(main, main.position_y)))


def _main_and_footer(page: Box) -> tuple[Box, Box]:
    tree = page._page_box  # noqa: SLF001 - see the top of this module
    boxes = {box.element_tag: box for box in tree.descendants() if box.element_tag in {"main", "footer"}}
    if boxes.keys() != {"main", "footer"}:
        message = "the page needs <main> and <footer>, both displayed"
        raise WeasyPrintComplaint(message)
    return boxes["main"], boxes["footer"]


def _items(main: Box, top: float) -> Iterator[Item]:
    """Yield the outermost box of every element that has an id."""
    seen = set()
    for box in main.descendants():
        identifier = box.element.get("id") if box.element is not None else None
        if identifier and identifier not in seen:
            seen.add(identifier)
            height = box.margin_height()
            bottom = (box.position_y + height - top) * MM_PER_PIXEL
            yield Item(identifier, bottom, height * MM_PER_PIXEL, _widest_line(box))


def _widest_line(box: Box) -> float:
    """Return the widest line of a box as a part of the box; marks, which stand aside, are no part of it."""
    words = [each for each in box.descendants() if _is_text(each)]
    right = max((word.position_x + word.width for word in words), default=0.0)
    return float((right - box.content_box_x()) / max(box.width, 1.0) - ROUNDING)


def letters(text: str) -> str:
    """Return a text without the spaces at which it may break."""
    return text.translate(BREAKING_SPACES)


def read_text(page: Box) -> SheetText:
    """Return the text inside `<main>`; marks, which stand beside its lines, are letters but no pieces."""
    main, _footer = _main_and_footer(page)
    found: dict[int, tuple[Box, Box, list[Piece]]] = {}
    lines: dict[int, int] = {}
    read = ""
    for text, block, line in _texts(main, None, None):
        if _is_mark(text):
            read += letters(text.text)
            continue
        number = lines.setdefault(id(line), len(lines))
        _, _, pieces = found.setdefault(id(block), (block, text, []))
        for word in filter(None, text.text.split(" ")):
            read += letters(word)
            pieces.append(Piece(word, _width(text, word), len(read), number))
    return SheetText(
        read,
        tuple(
            Block(float(block.width), _width(text, "n n") - 2 * _width(text, "n"), tuple(pieces))
            for block, text, pieces in found.values()
        ),
    )


def _texts(box: Box, block: Box, line: Box) -> Iterator[tuple[Box, Box, Box]]:
    """Yield each box of text with the block and the line that it stands in, in reading order."""
    if _is_text(box):
        yield box, block, line
    for child in box.children:
        if _is_line(child):
            yield from _texts(child, box, child)
        else:
            yield from _texts(child, block, line)


def hang_quotes(page: Box) -> None:
    """Have quotation marks that begin a line hang beside it, so that the words stand in one line.

    It is done after the layout: no line breaks elsewhere, and text layer and tags keep their order.
    """
    boxes = list(page._page_box.descendants(placeholders=True))  # noqa: SLF001 - see the top of this module
    marked = {box.element for box in boxes if box.element_tag in {"p", "li"} and _has_mark(box.element)}
    for line in filter(_is_line, boxes):
        texts = (box for box in line.descendants() if _is_text(box) and not _is_mark(box))
        if (text := next(texts, None)) and (quotes := QUOTES.match(text.text)):
            hang = _width(text, quotes.group())
            if line.element in marked:
                size = text.style["font_size"]
                hang = min(hang, BESIDE_MARK * size) if size <= LARGE else 0.0
            line.translate(-hang, 0)
            for mark in filter(_is_mark, line.children):
                mark.translate(hang, 0)


def _has_mark(element: Box) -> bool:
    return any(child.get("class") == "mark" for child in element)


def _is_mark(box: Box) -> bool:
    """Whether a box is that of a ✓ or →."""
    return box.element is not None and box.element.get("class") == "mark"


def _is_text(box: Box) -> bool:
    return type(box).__name__ == "TextBox"


def _is_line(box: Box) -> bool:
    return type(box).__name__ == "LineBox"


def _width(box: Box, text: str) -> float:
    """Return the width of a text in the type of a box, in pixels."""
    return float(weasyprint.text.line_break.split_first_line(text, box.style, None, None, 0)[3])
