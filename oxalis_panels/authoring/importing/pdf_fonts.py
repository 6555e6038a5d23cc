"""The font that pdfium measures with where a PDF brings none: the same on every machine.

Left to itself, pdfium takes one that happens to be installed: words become wider or narrower, and a word of
which that font has no character (a lone ✓) is not on the page at all. In this one every character is a bar,
so that a word has the width that the PDF gives.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from struct import pack

from pypdfium2 import raw

_STANDARD = (b"Courier", b"Helvetica", b"Times")
"""What pdfium has fonts of its own for, with their widths, but with few signs."""
_MOST = 65_535
"""Characters of a font."""
_WIDE, _HIGH = 5, 70
"""Hundredths of the size of the type: narrower than any character, as high as most."""
_BAR = pack(">5h 2H 3B 2B x", 1, 0, 0, _WIDE, _HIGH, 2, 0, 0x31, 0x33, 0x35, _WIDE, _HIGH)


@contextmanager
def same_fonts(*, all_of_them: bool) -> Iterator[None]:
    """Keep pdfium from the fonts of this machine, also afterwards: what imports a PDF draws none.

    `all_of_them` says that the file gives the widths of the standard fonts too.
    """
    font, known = _font(), raw.FPDF_SYSFONTINFO(version=1)

    def find(*asked: ctypes.c_char_p) -> int | None:  # the name is all that counts
        return 1 if all_of_them or not ctypes.string_at(asked[5]).startswith(_STANDARD) else None

    def give(_info: object, _font: object, table: int, into: ctypes.c_void_p, room: int) -> int:
        if table:  # a single table, or the head of a collection of fonts
            return 0
        if room >= len(font):
            ctypes.memmove(into, font, len(font))
        return len(font)

    known.MapFont, known.GetFontData = type(known.MapFont)(find), type(known.GetFontData)(give)
    raw.FPDF_SetSystemFontInfo(known)
    try:
        yield
    finally:
        raw.FPDF_SetSystemFontInfo(None)


@cache
def _font() -> bytes:
    """Return a TrueType font of nothing but bars; its numbers are those of the format, table by table."""
    tables = {
        b"glyf": _BAR * _MOST,
        b"head": pack(
            ">4L 2H 16x 4h 2H 3h", 0x10000, 0, 0, 0x5F0F3CF5, 0, 100, 0, 0, _WIDE, _HIGH, 0, 8, 2, 1, 0
        ),
        b"hhea": pack(">L 3h 24x H", 0x10000, 80, -20, 0, 1),
        b"hmtx": pack(">Hh", 50, 0) + bytes(2 * (_MOST - 1)),
        b"loca": pack(f">{_MOST + 1}L", *range(0, len(_BAR) * (_MOST + 1), len(_BAR))),
        b"maxp": pack(">L 14H", 0x10000, _MOST, 3, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    head, body, start = pack(">L 4H", 0x10000, len(tables), 0, 0, 0), b"", 12 + 16 * len(tables)
    for name, table in tables.items():
        head += pack(">4s 3L", name, 0, start + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body
