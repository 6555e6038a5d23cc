"""Optical margin: a quotation mark that begins a line hangs beside it, so that the words stand in one line.

WeasyPrint 70 knows no hanging punctuation. Whole lines are shifted after the layout, in its private box tree
(as for measuring, see `print`): no line breaks elsewhere, and text layer and tags keep their order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from oxalis_panels.poster.line_boxes import is_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUOTES = re.compile('[«“‘„"][\u00a0\u202f]?(?:[«“‘„"][\u00a0\u202f]?)*')
BESIDE_MARK = 0.22
"""In ems, how far quotation marks may hang in a text with a ✓ or → in its margin: they may not touch it."""


def hang_quotes(page: Any, width_of: Callable[[Any, str], float]) -> None:  # noqa: ANN401 - an untyped library's
    """Shift the lines of a page that begin with a quotation mark; `width_of` measures text in a box."""
    boxes = list(page.descendants(placeholders=True))
    marked = {box.element for box in boxes if box.element_tag in {"p", "li"} and _has_mark(box.element)}
    for line in boxes:
        if type(line).__name__ != "LineBox" or not (text := next(_texts(line), None)):
            continue
        if quotes := QUOTES.match(text.text):
            hang = width_of(text, quotes.group())
            if line.element in marked:
                hang = min(hang, BESIDE_MARK * text.style["font_size"])
            line.translate(-hang, 0)
            for mark in filter(is_mark, line.children):
                mark.translate(hang, 0)


def _has_mark(element: Any) -> bool:  # noqa: ANN401 - as above
    return any(child.get("class") == "mark" for child in element)


def _texts(line: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    """Yield the texts of a line, a mark before them left out."""
    return (box for box in line.descendants() if type(box).__name__ == "TextBox" and not is_mark(box))
