"""A drawing in SVG → pixels, as fine as a press can show: WeasyPrint lays it out and PDFium draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

from oxalis_panels.poster.print import draw_svg

if TYPE_CHECKING:
    from PIL.Image import Image


def drawn(svg: bytes, size: tuple[int, int]) -> Image:
    """Return a drawing on white, in a size in pixels."""
    width, height = size
    with pypdfium2.PdfDocument(draw_svg(svg, height / width)) as document:
        page = document[0]
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
        picture: Image = bitmap.to_pil().convert("RGB").crop((0, 0, width, height))  # PDFium may round up
        bitmap.close()
        page.close()
    return picture
