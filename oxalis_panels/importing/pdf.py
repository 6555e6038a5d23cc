"""A PDF → the lines of its pages, by what pdfium says of each character; `pdf_layout` makes paragraphs.

What nobody sees on the page, or what a line strikes out, is known here. All letters are counted once more, in
pdfium's own text of the page.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from collections import Counter
from math import atan2, cos, degrees, hypot, radians, sin
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.importing.gathering import TooLongError
from oxalis_panels.importing.page_order import Page
from oxalis_panels.importing.pdf_bounds import check_bounds
from oxalis_panels.importing.pdf_layout import document_of
from oxalis_panels.importing.pdf_lines import Glyph, Line, Look, lines_of
from oxalis_panels.importing.symbols import is_picture_font

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from oxalis_panels.importing.document import Document

    Box = tuple[float, float, float, float]
    """Left, bottom, right, top, in points from the lower left corner."""

MOST_PAGES = 500
MOST_CHARACTERS = 1_000_000
"""Of all pages together."""
MOST_OBJECTS = 2_000_000
"""Pieces of text, lines and pictures of all pages together."""
WHITE = 250
"""The darkest part, of 255, of a colour that nobody sees on paper."""
THIN, SMALL = 2.5, 10.0
"""Points that the line through a struck word is thick at most, and the bullet of a list wide."""
_HYPHENS = "\x02\ufffe"
"""How pdfium writes a hyphen at the end of a line, for a character and in a text."""
_WORD = re.compile(rf"[^\s{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
_KNOWN = {**dict.fromkeys(map(ord, _HYPHENS), "-"), 0: "\ufffd"}
_PLAIN = Look(10.0)
_LOOK = attrgetter("look")
FURTHEST = 15_000.0
"""Points: a little more than the largest page that a PDF may have."""
MOST_SMALL = 5_000
"""Thin or small shapes of a page that is no drawing."""
_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd|(?:cm|sf|ec)(?:bx|ssbx)", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq|slanted|[-,]it\b|(?:cm|sf|ec)(?:ti|sl|bxti|ssi)", re.IGNORECASE)
_UNSEEN = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
_UNCOUNTED = re.compile("[\\s\0\x02\ufffd\ufffe\u00ad\u200b\u2060\ufeff‐-]")
"""Blanks, hyphens at the ends of lines, and how pdfium writes what it cannot read."""
_object_at = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
"""pypdfium2's own wrapper makes a Python object for each character: four times as slow."""


def read_pdf(path: str, data: bytes, found: list[Diagnostic]) -> Document | None:
    """Return the text of a PDF; None, and why, when there is none that can be read."""
    place = Span(Source(path))
    try:
        check_bounds(data)
        with pdfium.PdfDocument(data) as file:
            pages = list(_pages(file))
        return document_of(path, pages)
    except pdfium.PdfiumError as broken:
        protected = getattr(broken, "err_code", None) == raw.FPDF_ERR_PASSWORD
        found.append(
            error("import-password", place) if protected else error("import-damaged", place, found="PDF")
        )
    return None


def _pages(file: Any) -> Iterator[Page]:  # noqa: ANN401 - pypdfium2 has no types
    if len(file) > MOST_PAGES:
        raise TooLongError
    characters = objects = 0
    for number in range(len(file)):
        page = file[number]
        text = page.get_textpage()
        characters += text.count_chars()
        objects += raw.FPDFPage_CountObjects(page.raw)
        if characters > MOST_CHARACTERS or objects > MOST_OBJECTS:
            raise TooLongError
        yield from _directions(page, text, number)
        text.close()
        page.close()


def _directions(page: Any, text: Any, number: int) -> Iterator[Page]:  # noqa: ANN401 - as above
    """Yield the lines of a page in the order in which they were written, those of each direction apart."""
    glyphs = list(_glyphs(text))
    if sum(1 if each.blank else -each.jump for each in glyphs) <= 0:  # no blank is typed in this file at all
        glyphs = [each._replace(jump=False, blank=" ") if each.jump else each for each in glyphs]
    drawn = _Drawn(page, glyphs)
    lost = _letters(text.get_text_range())
    for angle, _ in Counter(look.angle for look in map(_LOOK, glyphs)).most_common():
        place = 360 * number + angle
        if angle:
            lines = lines_of([_turned(each, angle) for each in glyphs if each.look.angle == angle], place)
        else:
            lines = lines_of([each for each in glyphs if not each.look.angle], place)
            for line in lines:
                drawn.mark(line)
        lost -= _letters("".join(glyph.text for line in lines for glyph in line.glyphs))
        yield Page(place, lines, lost, angle)


def _letters(text: str) -> Counter[str]:
    return Counter(_UNCOUNTED.sub("", text))


def _glyphs(text: Any) -> Iterator[Glyph]:  # noqa: ANN401 - as above
    """Yield the words, or their parts that were written apart, each told whether a blank stands before it."""
    handle = text.raw
    address = ctypes.cast(handle, ctypes.c_void_p).value
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    looks: dict[int | None, Look] = {}
    faces: dict[int, tuple[bool, bool, str]] = {}
    characters = _characters(text)
    above = 0

    def look_at(index: int) -> Look:
        piece = _object_at(address, index)
        if piece not in looks:
            looks[piece] = _look(raw.FPDFText_GetTextObject(handle, index), faces)
        return looks[piece]

    for word in _WORD.finditer(characters):
        blanks = [i for i in range(above, word.start()) if characters[i] not in "\r\n"]
        jump = bool(blanks) and all(raw.FPDFText_IsGenerated(handle, i) == 1 for i in blanks)
        blank = " " if blanks and not jump else ""
        above = word.end()
        for start, end, look in _pieces(word.start(), word.end(), look_at):
            raw.FPDFText_GetCharOrigin(handle, start, x, y)
            raw.FPDFText_GetLooseCharBox(handle, start, box)
            left = _bounded(x.value if look.angle else box.left)
            if end - start > 1:
                raw.FPDFText_GetLooseCharBox(handle, end - 1, box)
            shown = characters[start:end].translate(_KNOWN)
            yield Glyph(shown, left, _bounded(box.right), _bounded(y.value), look, blank, jump)
            blank, jump = "", False


def _bounded(value: float) -> float:
    """Return a number of points that may stand on a page; a damaged file may hold any, and none (NaN)."""
    return max(-FURTHEST, min(FURTHEST, value))


def _characters(text: Any) -> str:  # noqa: ANN401 - as above
    """Return a character for each that pdfium counts."""
    found: str = text.get_text_range()
    count = text.count_chars()
    if len(found) == count:
        return found
    return "".join(chr(raw.FPDFText_GetUnicode(text.raw, index)) for index in range(count))


def _pieces(start: int, end: int, look_at: Callable[[int], Look]) -> Iterator[tuple[int, int, Look]]:
    """Yield the parts of a word that were written at once; of a word that runs upwards, each letter."""
    look = look_at(start)
    if look is look_at(end - 1) and not look.angle:
        yield start, end, look
        return
    for index in range(start + 1, end):
        below = look_at(index)
        if below is not look or look.angle:
            yield start, index, look
            start, look = index, below
    yield start, end, look


def _look(piece: Any, faces: dict[int, tuple[bool, bool, str]]) -> Look:  # noqa: ANN401 - as above
    """Return how a piece of text looks; where there is none (a generated character), like nothing special."""
    if not piece:
        return _PLAIN
    matrix, size = raw.FS_MATRIX(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(piece, matrix)
    raw.FPDFTextObj_GetFontSize(piece, size)
    font = raw.FPDFTextObj_GetFont(piece)
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    if key not in faces:
        faces[key] = _face(font)
    unseen = raw.FPDFTextObj_GetTextRenderMode(piece) in _UNSEEN
    veiled = "unseen" if unseen else "white" if _is_white(piece) else ""
    a, b, height = map(_bounded, (matrix.a, matrix.b, size.value * hypot(matrix.c, matrix.d)))
    angle = round(degrees(atan2(b, a))) % 360 if b or a < 0 else 0
    return Look(round(max(height, 0.1), 1), *faces[key], veiled, angle)


def _face(font: Any) -> tuple[bool, bool, str]:  # noqa: ANN401 - as above
    """Return whether a font is bold, whether it is italic, and its name if it holds pictures."""
    buffer = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, buffer, 200)
    name = buffer.value.decode("latin-1").rpartition("+")[2]
    picture = re.sub(r"(?:MT)?(?:-?Regular)?$", "", re.sub(r"(?<=dings)[- ]?(?=\d)", " ", name)).lower()
    return bool(_BOLD.search(name)), bool(_ITALIC.search(name)), picture if is_picture_font(picture) else ""


def _is_white(piece: Any) -> bool:  # noqa: ANN401 - as above
    """Whether nobody sees a piece on white paper."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    known = raw.FPDFPageObj_GetFillColor(piece, red, green, blue, alpha)
    return bool(known) and (min(red.value, green.value, blue.value) >= WHITE or not alpha.value)


def _turned(glyph: Glyph, angle: int) -> Glyph:
    """Return a character of a text that runs at an angle as if it ran from left to right."""
    if not angle:
        return glyph
    turn = radians(-angle)
    left = glyph.left * cos(turn) - glyph.base * sin(turn)
    base = glyph.left * sin(turn) + glyph.base * cos(turn)
    return glyph._replace(left=left, right=left + glyph.look.size / 2, base=base)


class _Drawn:
    """What is drawn on a page, and what it hides, strikes out or shows of its text."""

    def __init__(self, page: Any, glyphs: Sequence[Glyph]) -> None:  # noqa: ANN401 - as above
        self.page: Box = page.get_bbox()
        self.pictures: list[Box] = []
        self.grounds: list[Box] = []
        """Surfaces of a colour that white text can be seen on."""
        self.small: list[tuple[float, Box]] = []
        """What may be the sign of a list or the line through a word, from the bottom up, with its middle."""
        veiled = any(look.veiled for look in {*map(_LOOK, glyphs)})
        seen = [glyph for glyph in glyphs if not glyph.look.veiled] if veiled else []
        self.seen = {spot for glyph in seen for spot in _spots(glyph)}
        for index in range(raw.FPDFPage_CountObjects(page.raw)):
            piece = raw.FPDFPage_GetObject(page.raw, index)
            kind = raw.FPDFPageObj_GetType(piece)
            if kind != raw.FPDF_PAGEOBJ_TEXT:
                self._take(piece, kind)
        self.small = sorted(self.small) if len(self.small) <= MOST_SMALL else []

    def _take(self, piece: Any, kind: int) -> None:  # noqa: ANN401 - as above
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(piece, left, bottom, right, top)
        box = (left.value, bottom.value, right.value, top.value)
        if kind != raw.FPDF_PAGEOBJ_PATH:
            self.pictures.append(box)
            return
        if box[3] - box[1] < THIN or box[2] - box[0] < SMALL:
            self.small.append(((box[1] + box[3]) / 2, box))
        if not _is_white(piece):
            self.grounds.append(box)

    def mark(self, line: Line) -> None:
        """Mark what of a line is hidden or struck out, and put the bullet before it that is drawn there."""
        left, bottom, right, top = self.page
        outside = line.left < left or line.right > right or not bottom <= line.base <= top
        if outside or any(glyph.look.veiled for glyph in line.glyphs):
            line.leave("import-hidden", self._is_hidden)
        for left, bottom, right, top in self._beside(line.base, line.base + line.size * 0.7):
            wide, high, middle = right - left, top - bottom, (bottom + top) / 2 - line.base
            if high <= min(THIN, line.size / 5) < wide and line.size * 0.12 < middle < line.size * 0.5:
                line.leave("import-struck", lambda glyph: left <= glyph.middle <= right)  # noqa: B023 - called at once
            near = line.left - 3 * line.size < left and right < line.left
            if near and line.size * 0.15 < wide < line.size * 0.7 and abs(wide - high) < wide / 4:
                line.bullet, line.left = "•", left

    def _beside(self, low: float, high: float) -> Iterator[Box]:
        for middle, box in self.small[bisect_left(self.small, (low,)) :]:
            if middle > high:
                break
            yield box

    def _is_hidden(self, glyph: Glyph) -> bool:
        """Whether nobody sees a character; an unseen one on a picture is what a scanner read there."""
        x, y = glyph.middle, glyph.base + glyph.look.size / 4
        if not _holds(self.page, x, y):
            return True
        if glyph.look.veiled == "unseen":
            return not self.seen.isdisjoint(_spots(glyph)) or not any(
                _holds(box, x, y) for box in self.pictures
            )
        return bool(glyph.look.veiled) and not any(
            _holds(box, x, y) for box in (*self.pictures, *self.grounds)
        )


def _spots(glyph: Glyph) -> Iterator[tuple[int, int]]:
    """Yield places that characters which cover each other share."""
    for column in range(int(glyph.left // 4), int(glyph.right // 4) + 1):
        yield from ((column, int(glyph.base // 4) + row) for row in (-1, 0, 1))


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
