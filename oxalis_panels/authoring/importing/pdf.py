"""A PDF → the lines of its pages, by what pdfium says of each word; `pdf_layout` makes paragraphs.

What nobody sees on the page, or what a line strikes out, is known here. All words are counted once more, in
pdfium's own text of the page.
"""

import ctypes
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Any, TypeAlias

import pypdfium2 as pdfium
from pypdfium2 import raw

from oxalis_panels.authoring.importing.document import Document
from oxalis_panels.authoring.importing.gathering import Gathering, TooLongError
from oxalis_panels.authoring.importing.page_order import Page
from oxalis_panels.authoring.importing.pdf_bounds import check_bounds
from oxalis_panels.authoring.importing.pdf_fonts import same_fonts
from oxalis_panels.authoring.importing.pdf_layout import document_of
from oxalis_panels.authoring.importing.pdf_lines import Glyph, Line, Look, lines_of
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.poster.places import COVER_LABEL
from oxalis_panels.reading.symbols import is_picture_font, real

Handle: TypeAlias = Any
"""Something of pdfium, for which pypdfium2 has no types."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the lower left corner."""

MOST_PAGES = 500
MOST_DRAWN = 1_000_000
"""Characters, pieces of text, lines and pictures of all pages together."""
MOST_LINES = 20_000
"""Of all pages together."""
MOST_PIECES = 20_000
"""Of text, on a page: each letter may be one."""
MOST_SHAPES = 5_000
"""Of each kind, on a page that is no drawing."""
WHITE = 250
"""The darkest part, of 255, of a colour that nobody sees on paper."""
THIN, SMALL = 2.5, 10.0
"""Points that the line through a struck word is thick at most, and the bullet of a list wide."""
FURTHEST = 15_000.0
"""Points: a little more than the largest page that a PDF may have."""
_HYPHENS = "\x02\ufffe"
"""How pdfium writes a hyphen at the end of a line, for a character and in a text."""
_WORD = re.compile(rf"[^\s{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
_KNOWN = {**dict.fromkeys(map(ord, _HYPHENS), "-"), 0: "\ufffd"}
_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd|(?:cm|sf|ec)(?:bx|ssbx)", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq|slanted|[-,]it\b|(?:cm|sf|ec)(?:ti|sl|bxti|ssi)", re.IGNORECASE)
_UNSEEN = {raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP}
_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_INK = tuple(ctypes.c_uint() for _ in range(4))
"""Filled by pdfium: red, green, blue, opacity."""


def _quick(function: Handle, *types: Handle) -> Handle:
    """Return a function of pdfium that takes addresses as numbers: it is called for every word."""
    return ctypes.CFUNCTYPE(*types)(ctypes.cast(function, _POINTER).value or 0)


_object_at = _quick(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_box_at = _quick(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)


def read_pdf(path: str, data: bytes, found: list[Diagnostic]) -> Document | None:
    """Return the text of a PDF; None, and why, when there is none that can be read. Raises TooLongError."""
    place, gathering, texts = Span(Source(path)), Gathering(path), list[str]()
    try:
        measured = check_bounds(data)
        with same_fonts(all_of_them=measured), pdfium.PdfDocument(data) as file:
            pages = list(_pages(file, texts, gathering))
        return document_of(pages, texts, gathering)
    except pdfium.PdfiumError as broken:
        protected = getattr(broken, "err_code", None) == raw.FPDF_ERR_PASSWORD
        found.append(error("import-password" if protected else "import-damaged", place, found="PDF"))
    return None


def _pages(file: Handle, texts: list[str], gathering: Gathering) -> Iterator[Page]:
    """Yield the lines of each page in the order in which they were written, those of each direction apart."""
    if len(file) > MOST_PAGES:
        raise TooLongError
    drawn = count = 0
    for number in range(file.get_page_label(0) == COVER_LABEL, len(file)):
        page = file[number]
        text = page.get_textpage()
        drawn += text.count_chars() + raw.FPDFPage_CountObjects(page.raw)
        if drawn > MOST_DRAWN:
            raise TooLongError
        texts.append(text.get_text_range())
        shapes = _Shapes(page)
        glyphs = list(_Text(text, texts[-1], gathering).glyphs())
        # No more blanks are typed here than pdfium made.
        if sum(1 if each.blank else -each.jump for each in glyphs) <= 0:
            glyphs = [each._replace(jump=False, blank=" ") if each.jump else each for each in glyphs]
        shapes.see(glyphs)
        for angle, _ in Counter(each.look.angle for each in glyphs).most_common():
            lines = lines_of(each for each in glyphs if each.look.angle == angle)
            count += len(lines)
            if count > MOST_LINES:
                raise TooLongError
            for line in lines:
                line.page = 360 * number + angle
                if not angle:
                    shapes.mark(line)
            yield Page(360 * number + angle, lines, angle)
        text.close()
        page.close()


class _Text:
    """The text of a page as pdfium has it."""

    def __init__(self, text: Handle, characters: str, gathering: Gathering) -> None:
        self.handle = text.raw
        self.gathering = gathering
        count = text.count_chars()
        if len(characters) != count:  # there is not one for each that pdfium counts
            characters = "".join(chr(raw.FPDFText_GetUnicode(self.handle, i)) for i in range(count))
        self.characters = characters
        self.looks: dict[int | None, Look] = {None: Look(10.0)}
        """By piece of text; a character that pdfium made is in none, and like nothing special."""
        self.faces: dict[int, tuple[bool, bool, str]] = {}
        self.matrix, self.size = raw.FS_MATRIX(), ctypes.c_float()

    def glyphs(self) -> Iterator[Glyph]:
        """Yield the words, or their parts that were written apart."""
        address, box = ctypes.cast(self.handle, _POINTER).value, raw.FS_RECTF()
        into = ctypes.addressof(box)
        words = [word.span() for word in _WORD.finditer(self.characters)]
        pieces = [_object_at(address, start) for start, _ in words]
        above, known, base = 0, -1, 0.0
        for (start, end), piece, after in zip(words, pieces, (*pieces[1:], -1), strict=False):
            blank, jump = self._blank(above, start)
            above = end
            parts = [(piece, start, end - 1)]
            if piece != after and start + 1 < end and piece != _object_at(address, end - 1):
                groups = groupby(range(start, end), key=lambda index: _object_at(address, index))
                parts = [(each, (inner := list(group))[0], inner[-1]) for each, group in groups]
            for each, first, last in parts:
                look = self._look(each, first)
                if each != known or look.angle:
                    x, base = self._origin(first, look.angle)
                    known = each
                _box_at(address, first, into)
                left, right = box.left, box.right
                if first < last:
                    _box_at(address, last, into)
                    right = box.right
                if look.angle:
                    left, right = x, self._origin(last, look.angle)[0] + look.size / 2
                if not -FURTHEST < left <= right < FURTHEST:
                    left, right = _bounded(left), _bounded(right)
                shown = self.characters[first : last + 1]
                shown = self._pictured(shown, look.font) if look.font else shown.translate(_KNOWN)
                place = (round(left, 2), round(right, 2), round(base, 2))
                yield Glyph(shown, *place, look, blank, jump)
                blank, jump = "", False

    def _blank(self, start: int, end: int) -> tuple[str, bool]:
        """Return the blank that is typed between two words, and whether pdfium alone takes space for one."""
        jump = False
        for index in range(start, end):
            if self.characters[index] not in "\r\n":
                jump = raw.FPDFText_IsGenerated(self.handle, index) == 1
                if not jump:
                    return " ", False
        return "", jump

    def _origin(self, index: int, angle: int) -> tuple[float, float]:
        """Return where a character stands, the page turned so that it runs from left to right."""
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self.handle, index, x, y)
        left, base, turn = _bounded(x.value), _bounded(y.value), radians(-angle)
        if angle:
            return left * cos(turn) - base * sin(turn), left * sin(turn) + base * cos(turn)
        return left, base

    def _pictured(self, text: str, font: str) -> str:
        """Return what a text in a font of pictures shows; those of Symbol are letters, mostly."""
        kept = range(0x20, 0xB7) if font == "symbol" else range(0)
        wide = range(0x100, 0xF000)
        shown = "".join(c if ord(c) in kept or ord(c) in wide else real(c, font) for c in text)
        self.gathering.dropped.append(text)
        self.gathering.added.append(shown)
        return shown

    def _look(self, piece: int | None, index: int) -> Look:
        if piece in self.looks:
            return self.looks[piece]
        drawn = raw.FPDFText_GetTextObject(self.handle, index)
        matrix, size = self.matrix, self.size
        raw.FPDFPageObj_GetMatrix(drawn, matrix)
        raw.FPDFTextObj_GetFontSize(drawn, size)
        font = raw.FPDFTextObj_GetFont(drawn)
        key = ctypes.cast(font, _POINTER).value or 0
        if key not in self.faces:
            self.faces[key] = _face(font)
        unseen = raw.FPDFTextObj_GetTextRenderMode(drawn) in _UNSEEN
        veiled = "unseen" if unseen else "white" if _is_white(drawn) else ""
        a, b, height = map(_bounded, (matrix.a, matrix.b, size.value * hypot(matrix.c, matrix.d)))
        angle = round(degrees(atan2(b, a))) % 360 if b or a < 0 else 0
        self.looks[piece] = Look(round(max(height, 0.1), 1), *self.faces[key], veiled, angle)
        return self.looks[piece]


def _bounded(value: float) -> float:
    """Return a number of points that may stand on a page; a damaged file may hold any, and none (NaN)."""
    return max(-FURTHEST, min(FURTHEST, value))


def _face(font: Handle) -> tuple[bool, bool, str]:
    """Return whether a font is bold, whether it is italic, and its name if it holds pictures."""
    buffer = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, buffer, 200)
    name = buffer.value.decode("latin-1").rpartition("+")[2]
    picture = re.sub(r"(?:MT)?(?:-?Regular)?$", "", re.sub(r"(?<=dings)[- ]?(?=\d)", " ", name)).lower()
    return bool(_BOLD.search(name)), bool(_ITALIC.search(name)), picture if is_picture_font(picture) else ""


def _is_white(piece: Handle) -> bool:
    """Whether nobody sees a piece on white paper."""
    known = raw.FPDFPageObj_GetFillColor(piece, *_INK)
    red, green, blue, alpha = (part.value for part in _INK)
    return bool(known) and (min(red, green, blue) >= WHITE or not alpha)


class _Shapes:
    """What is drawn on a page, and what it hides, strikes out or shows of its text."""

    def __init__(self, page: Handle) -> None:
        self.page: Box = page.get_bbox()
        self.pictures: list[Box] = []
        self.grounds: list[Box] = []
        """Pictures, and surfaces of a colour that white text can be seen on."""
        self.small: list[tuple[float, Box]] = []
        """What may be the sign of a list or the line through a word, from the bottom up, with its middle."""
        pieces = [raw.FPDFPage_GetObject(page.raw, i) for i in range(raw.FPDFPage_CountObjects(page.raw))]
        kinds = [raw.FPDFPageObj_GetType(piece) for piece in pieces]
        if kinds.count(raw.FPDF_PAGEOBJ_TEXT) > MOST_PIECES:
            raise TooLongError
        for piece, kind in zip(pieces, kinds, strict=True):
            if kind != raw.FPDF_PAGEOBJ_TEXT:
                self._take(piece, is_picture=kind != raw.FPDF_PAGEOBJ_PATH)
        self.small = sorted(self.small) if len(self.small) <= MOST_SHAPES else []
        del self.pictures[MOST_SHAPES:], self.grounds[MOST_SHAPES:]

    def _take(self, piece: Handle, *, is_picture: bool) -> None:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(piece, left, bottom, right, top)
        box = (round(left.value, 2), round(bottom.value, 2), round(right.value, 2), round(top.value, 2))
        if is_picture:
            self.pictures.append(box)
        elif box[3] - box[1] < THIN or box[2] - box[0] < SMALL:
            self.small.append(((box[1] + box[3]) / 2, box))
        if is_picture or not _is_white(piece):
            self.grounds.append(box)

    def see(self, glyphs: list[Glyph]) -> None:
        """Take in where the text of the page is that everybody sees."""
        veiled = any(each.look.veiled for each in glyphs)
        seen = [glyph for glyph in glyphs if not glyph.look.veiled] if veiled else []
        self.seen = {spot for glyph in seen for spot in _spots(glyph)}

    def mark(self, line: Line) -> None:
        """Mark what of a line is hidden or struck out, and put the bullet before it that is drawn there."""
        left, bottom, right, top = self.page
        outside = line.left < left or line.right > right or not bottom <= line.base <= top
        if outside or any(glyph.look.veiled for glyph in line.glyphs):
            line.leave("import-left-out.hidden", self._is_hidden)
        start = bisect_left(self.small, (line.base,))
        end = bisect_left(self.small, (line.base + line.size * 0.7,), start)
        for middle, (left, bottom, right, top) in self.small[start:end]:
            wide, high, off = right - left, top - bottom, middle - line.base
            if high <= min(THIN, line.size / 5) < wide and line.size * 0.12 < off < line.size * 0.5:
                line.leave("import-left-out.struck", lambda glyph: left <= glyph.middle <= right)  # noqa: B023 - called at once
            near = line.left - 3 * line.size < left and right < line.left
            if near and line.size * 0.15 < wide < line.size * 0.7 and abs(wide - high) < wide / 4:
                line.bullet, line.left = "•", left

    def _is_hidden(self, glyph: Glyph) -> bool:
        """Whether nobody sees a character; an unseen one on a picture is what a scanner read there."""
        x, y, veiled = glyph.middle, glyph.base + glyph.look.size / 4, glyph.look.veiled
        if not _holds(self.page, x, y):
            return True
        if veiled == "unseen" and not self.seen.isdisjoint(_spots(glyph)):
            return True
        shown_on = self.pictures if veiled == "unseen" else self.grounds
        return bool(veiled) and not any(_holds(box, x, y) for box in shown_on)


def _spots(glyph: Glyph) -> Iterator[tuple[int, int]]:
    """Yield places that characters which cover each other share."""
    for column in range(int(glyph.left // 4), int(glyph.right // 4) + 1):
        yield from ((column, int(glyph.base // 4) + row) for row in (-1, 0, 1))


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
