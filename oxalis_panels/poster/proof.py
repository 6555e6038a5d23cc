"""Proofs for the office printer, made from the finished print file: on one A4 sheet, and 1:1 on many.

They show the sheet as it will be trimmed. Neither is meant for a print shop.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from math import ceil

import pikepdf
from pikepdf import Array, Dictionary

from oxalis_panels.rendering.sheet import MM_PER_POINT

A4 = (210.0, 297.0)
MARGIN = 10.0
"""In mm: what an office printer cannot reach, on each side."""
OVERLAP = 10.0
"""In mm: what two neighbouring sheets both show, to glue them."""
ROUNDING = 0.1
"""In mm."""
CROSS = 4.0
"""Half the length, in mm, of the crosses that show where sheets meet."""


def reduced(pdf: bytes) -> bytes:
    """Return the sheet on one A4 page, as large as the margins allow."""
    return _made(pdf, _reduced_pages)


def tiled(pdf: bytes) -> bytes:
    """Return the sheet in its real size on as few A4 pages as possible, row by row from the top left."""
    return _made(pdf, _tiles)


def needs_tiles(pdf: bytes) -> bool:
    """Whether the sheet is larger than A4: one that is not shows its real size by being printed."""
    with pikepdf.open(io.BytesIO(pdf)) as source:
        left, bottom, right, top = (float(side) * MM_PER_POINT for side in source.pages[0].trimbox)
    return sorted((right - left, top - bottom)) > [side + ROUNDING for side in A4]


def _made(pdf: bytes, pages: Callable[[_Sheet], Iterator[tuple[tuple[float, float], str]]]) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as proof:
        sheet = _Sheet(source, proof)
        for size, content in pages(sheet):
            _add_page(proof, size, content, sheet.form)
        buffer = io.BytesIO()
        proof.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return buffer.getvalue()


class _Sheet:
    """The trimmed sheet as a form that pages can show."""

    def __init__(self, source: pikepdf.Pdf, proof: pikepdf.Pdf) -> None:
        left, bottom, right, top = (float(side) for side in source.pages[0].trimbox)
        self.form = proof.copy_foreign(source.pages[0].as_form_xobject())
        self.form.BBox = Array([left, bottom, right, top])
        self.corner = (left, bottom)
        """In points."""
        self.size = ((right - left) * MM_PER_POINT, (top - bottom) * MM_PER_POINT)
        """In mm."""

    def shown(self, x: float, y: float, scale: float) -> str:
        """Return the operators that show the sheet with its bottom left corner at (x, y) mm of the page."""
        left, bottom = (x / MM_PER_POINT - self.corner[0] * scale, y / MM_PER_POINT - self.corner[1] * scale)
        return f"q {scale:.6f} 0 0 {scale:.6f} {left:.4f} {bottom:.4f} cm /Sheet Do Q\n"


def _reduced_pages(sheet: _Sheet) -> Iterator[tuple[tuple[float, float], str]]:
    width, height = sheet.size
    scale = min((A4[0] - 2 * MARGIN) / width, (A4[1] - 2 * MARGIN) / height)
    x, y = (A4[0] - width * scale) / 2, (A4[1] - height * scale) / 2
    frame = _rectangle(x, y, width * scale, height * scale)
    yield A4, sheet.shown(x, y, scale) + f"0.5 w {frame} S\n"


def _tiles(sheet: _Sheet) -> Iterator[tuple[tuple[float, float], str]]:
    page = min((A4, A4[::-1]), key=lambda size: _rows(sheet, size) * _columns(sheet, size))
    across, down = (side - 2 * MARGIN for side in page)
    for row in range(_rows(sheet, page)):
        for column in range(_columns(sheet, page)):
            x = MARGIN - column * (across - OVERLAP)
            y = page[1] - MARGIN - sheet.size[1] + row * (down - OVERLAP)
            clip = f"q {_rectangle(MARGIN, MARGIN, across, down)} W n\n"
            yield page, clip + sheet.shown(x, y, 1) + "Q\n" + _crosses(page)


def _columns(sheet: _Sheet, page: tuple[float, float]) -> int:
    return ceil((sheet.size[0] - OVERLAP) / (page[0] - 2 * MARGIN - OVERLAP))


def _rows(sheet: _Sheet, page: tuple[float, float]) -> int:
    return ceil((sheet.size[1] - OVERLAP) / (page[1] - 2 * MARGIN - OVERLAP))


def _crosses(page: tuple[float, float]) -> str:
    """Draw a cross at each corner where the middle of the overlap lies: sheets are cut or laid there."""
    inset = MARGIN + OVERLAP / 2
    lines = [
        line
        for x in (inset, page[0] - inset)
        for y in (inset, page[1] - inset)
        for line in (_line(x - CROSS, y, x + CROSS, y), _line(x, y - CROSS, x, y + CROSS))
    ]
    return f"0 0 0 0 K 1.5 w {''.join(lines)} 0 0 0 1 K 0.5 w {''.join(lines)}"


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    x, y, to_x, to_y = (side / MM_PER_POINT for side in (x, y, to_x, to_y))
    return f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l S "


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    return " ".join(f"{side / MM_PER_POINT:.3f}" for side in (x, y, width, height)) + " re"


def _add_page(proof: pikepdf.Pdf, size: tuple[float, float], content: str, form: pikepdf.Object) -> None:
    page = proof.add_blank_page()
    page.MediaBox = Array([0, 0, *(round(side / MM_PER_POINT, 4) for side in size)])
    page.Resources = Dictionary(XObject=Dictionary(Sheet=form))
    page.Contents = proof.make_stream(content.encode())
