"""A drawing in SVG → pixels, as fine as a press can show: WeasyPrint lays it out and PDFium draws it."""

import pypdfium2
from PIL.Image import Image

from oxalis_panels.rendering.layout_engine import MemoryFetcher, no_fonts_of_the_machine, weasyprint
from oxalis_panels.system.temporary import temporary_files

ADDRESS = "picture:svg"
WIDTH = 594
"""In mm, that of a poster: on a small page hairlines would become thick."""


def drawn(svg: bytes, size: tuple[int, int]) -> Image:
    """Return a drawing on white, in a size in pixels; it can fetch nothing."""
    width, height = size
    with pypdfium2.PdfDocument(_page(svg, height / width)) as document:
        page = document[0]
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
        picture: Image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        page.close()
    return picture if picture.size == size else picture.crop((0, 0, *size))  # PDFium may round up


def _page(svg: bytes, height: float) -> bytes:
    """Return a PDF of a drawing alone, `height` times as high as wide."""
    page = f"@page {{ size: {WIDTH}mm {WIDTH * height}mm; margin: 0 }}"
    image = f"img {{ display: block; width: {WIDTH}mm }}"
    html = f"<style>{page} {image}</style><img src='{ADDRESS}'>"
    fetcher = MemoryFetcher({ADDRESS: (svg, "image/svg+xml")})
    with no_fonts_of_the_machine(), temporary_files():
        pdf: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf()
    return pdf
