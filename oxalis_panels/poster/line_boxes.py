"""The words of a sheet as they were laid out: how wide each is, on which line it stands, and in what room.

They are read from the private box tree of WeasyPrint 70 (as for measuring, see `print`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oxalis_panels.frozen import frozen
from oxalis_panels.poster.spaces import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@frozen
class Piece:
    """Text between two spaces, as far as it stands on one line in one type."""

    text: str
    width: float
    """In pixels."""
    at: int
    """How many letters of the sheet end with it, spaces not counted."""
    line: int
    """Which line of the sheet it stands on."""


@frozen
class Block:
    """Text whose lines have one width: a paragraph, a finding, a point."""

    room: float
    """The width of its lines, in pixels."""
    space: float
    """The width of a space, in pixels."""
    pieces: tuple[Piece, ...]


@frozen
class SheetText:
    """All text of a sheet that is measured."""

    letters: str
    """In reading order, without spaces."""
    blocks: tuple[Block, ...]


def read_text(main: Any, width_of: Callable[[Any, str], float]) -> SheetText:  # noqa: ANN401 - an untyped library's
    """Return the text inside a box; `width_of` measures text in the type of a box, in pixels.

    Marks are among the letters, but are no pieces: they stand beside the lines.
    """
    found: dict[int, tuple[Any, Any, list[Piece]]] = {}
    lines: dict[int, int] = {}
    read = ""
    for text, block, line in _texts(main, None, None):
        if is_mark(text):
            read += letters(text.text)
            continue
        number = lines.setdefault(id(line), len(lines))
        _, _, pieces = found.setdefault(id(block), (block, text, []))
        for word in filter(None, text.text.split(" ")):
            read += letters(word)
            pieces.append(Piece(word, width_of(text, word), len(read), number))
    return SheetText(
        read,
        tuple(
            Block(float(block.width), width_of(text, "n n") - 2 * width_of(text, "n"), tuple(pieces))
            for block, text, pieces in found.values()
        ),
    )


def is_mark(box: Any) -> bool:  # noqa: ANN401 - as above
    """Whether a box is that of a ✓ or →."""
    return box.element is not None and box.element.get("class") == "mark"


def _texts(box: Any, block: Any, line: Any) -> Iterator[tuple[Any, Any, Any]]:  # noqa: ANN401 - as above
    """Yield each box of text with the block and the line that it stands in, in reading order."""
    if type(box).__name__ == "TextBox":
        yield box, block, line
    for child in box.children:
        if type(child).__name__ == "LineBox":
            yield from _texts(child, box, child)
        else:
            yield from _texts(child, block, line)
