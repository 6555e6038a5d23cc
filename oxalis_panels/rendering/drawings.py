"""A drawing in SVG → pixels, as fine as a press can show: WeasyPrint lays it out and PDFium draws it."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL.Image import Image

from oxalis_panels.rendering.layout_engine import MemoryFetcher, no_fonts_of_the_machine, weasyprint
from oxalis_panels.temporary import temporary_files

<<<<<<< HEAD
=======
FONTCONFIG = "FONTCONFIG_FILE"


@contextmanager
def no_fonts_of_the_machine() -> Iterator[None]:
    """Have Fontconfig read our empty configuration, and no program that this one starts later.

    Without the fonts of the machine nothing can be borrowed from them, line heights do not depend on them,
    and a HOME that cannot be written to is no matter. Fontconfig reads it each time it is started anew.
    """
    before = os.environ.get(FONTCONFIG)
    os.environ[FONTCONFIG] = str(Path(__file__).with_name("fonts.conf"))
    try:
        yield
    finally:
        if before is None:
            del os.environ[FONTCONFIG]
        else:
            os.environ[FONTCONFIG] = before


with no_fonts_of_the_machine(), warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")  # that is the purpose
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

>>>>>>> a53aeaf3e8b6a79afa7c4d389abf571e9a8a62ac
ADDRESS = "picture:svg"
WIDTH = 594
"""In mm: lines that are hairs on a sheet of paper are none on a small one."""


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
