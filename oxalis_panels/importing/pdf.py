"""A PDF → its text, line by line, and which lines are set larger than the rest: its titles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.importing.plain_text import read_text
from oxalis_panels.importing.words import behind_prefix

if TYPE_CHECKING:
    from oxalis_panels.importing.document import Document

LARGER = 1.2
"""How much larger than most of the text a title is."""
ALIKE = 0.95
"""How large a line of a title is at least, as a part of the largest on its page."""
MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000


@dataclass(slots=True)
class _Line:
    text: str = ""
    heights: list[float] = field(default_factory=list)
    """Of its characters, in points."""
    left: float = 0.0
    middle: float = 0.0
    """Where its first character is, in points from the lower left corner."""

    @property
    def height(self) -> float:
        """That of most of its characters; 0 for a line of blanks."""
        return round(median(self.heights), 1) if self.heights else 0


def read_pdf(path: str, data: bytes, found: list[Diagnostic]) -> Document | None:
    """Return the text of a PDF; None, and why, when there is none that can be read."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - a tenth of a second

    place = Span(Source(path))
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as broken:
        protected = getattr(broken, "err_code", None) == pdfium.raw.FPDF_ERR_PASSWORD
        found.append(
            error("import-password", place) if protected else error("import-damaged", place, found="PDF")
        )
        return None
    try:
        if len(file) > MOST_PAGES:
            found.append(error("import-too-many", place, limit=MOST_PAGES))
            return None
        pages = [_lines(page) for page in file]
    except pdfium.PdfiumError:
        found.append(error("import-damaged", place, found="PDF"))
        return None
    finally:
        file.close()
    return _document(path, pages)


def _document(path: str, pages: list[list[_Line]]) -> Document:
    """Return pages parted by form feeds, with the lines that are titles."""
    pages = [_with_marks(page) for page in pages]
    text = "\f".join("".join(f"{line.text}\n" for line in page) for page in pages)
    counts = Counter(line.height for page in pages for line in page for _ in line.heights)
    usual = max(counts, key=lambda height: counts[height], default=0.0)
    titles = [is_title for page in pages for is_title in _titles(page, usual)]
    return read_text(path, text, frozenset(number for number, is_title in enumerate(titles) if is_title))


def _titles(page: list[_Line], usual: float) -> list[bool]:
    """Tell the titles of a page, its largest lines; where items are as large, only those above the first."""
    largest = max((line.height for line in page if _is_words(line.text)), default=0.0)
    least = max(usual * LARGER, largest * ALIKE)
    items = [place for place, line in enumerate(page) if not _is_words(line.text) and line.height >= least]
    end = items[0] if items else len(page)
    return [place < end and line.height >= least and _is_words(line.text) for place, line in enumerate(page)]


def _with_marks(lines: list[_Line]) -> list[_Line]:
    """Put marks that stand alone before the lines beside them: they may have been drawn at any time."""
    marks = [line for line in lines if line.text.strip() and _is_mark(line.text)]
    beside: dict[int, _Line] = {}
    for mark in marks:
        near = [line for line in lines if line.left > mark.left and not _is_mark(line.text) and line.heights]
        line = min(near, key=lambda each: abs(each.middle - mark.middle), default=None)
        if line is not None and abs(line.middle - mark.middle) < line.height and id(line) not in beside:
            beside[id(line)] = mark
    placed = {id(mark) for mark in beside.values()}
    for line in lines:
        if id(line) in beside:
            line.text = f"{beside[id(line)].text.strip()} {line.text}"
    return [line for line in lines if id(line) not in placed]


def _is_mark(text: str) -> bool:
    match, rest = behind_prefix(text)
    return match is not None and not rest.strip()


def _is_words(text: str) -> bool:
    """Whether a line is more than a number or a mark."""
    return behind_prefix(text)[0] is None and any(character.isalpha() for character in text)


def _lines(page: Any) -> list[_Line]:  # noqa: ANN401 - pypdfium2 has no types
    """Return the lines of a page as pdfium orders them, each character with the height of its font there."""
    from pypdfium2 import raw  # noqa: PLC0415 - as above

    text = page.get_textpage()
    lines = [_Line()]
    units = [
        raw.FPDFText_GetUnicode(text, index) for index in range(min(text.count_chars(), MOST_CHARACTERS))
    ]
    for index, character in enumerate(map(chr, units)):
        if character == "\n":
            lines.append(_Line())
        elif character.isspace():
            lines[-1].text += " "
        else:
            left, bottom, _, top = text.get_charbox(index, loose=True)
            if lines[-1].heights and left < lines[-1].left and _is_mark(character):
                lines.append(_Line())  # pdfium takes a mark for the end of the line above it
            if not lines[-1].heights:
                lines[-1].left, lines[-1].middle = left, (bottom + top) / 2
            lines[-1].text += character
            lines[-1].heights.append(top - bottom)
    for line in lines:
        line.text = line.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return lines
