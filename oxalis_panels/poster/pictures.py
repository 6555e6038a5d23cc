"""Pictures of a sheet, as the site and messengers show it."""

from __future__ import annotations

import io
from math import dist
from typing import TYPE_CHECKING

import pypdfium2
from PIL.Image import Dither, Quantize

from oxalis_panels.poster.cards import CARD as CARD_SIZE
from oxalis_panels.poster.cards import top_of
from oxalis_panels.poster.places import CARD, SOCIAL_WIDTH, WIDTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image
    from pypdfium2 import PdfPage

    Colour = tuple[int, ...]

COLOURS = 64
"""Of a sheet without photographs: a few flat colours, and the steps between them at the edges of letters."""
EXACT = 4
"""So many of the commonest colours stay exactly what they are: paper, band, ornament, black."""
MANY = 4096
"""A small picture with more colours than this is not flat: a template of somebody's own draws more."""


def pictures(pdf: bytes, *, photographs: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield pictures of a file's first page: the end of the file name (`640.webp`) and the bytes.

    A page with `photographs` keeps all its colours, be they some 200 greys; another is drawn in a few.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        drawn = {width: _drawn(page, width) for width in (min(WIDTHS), SOCIAL_WIDTH)}
        counted = None if photographs else drawn[min(WIDTHS)].getcolors(MANY)
        flat = counted is not None
        most = [
            colour for _, colour in sorted(counted or (), reverse=True)[:EXACT] if isinstance(colour, tuple)
        ]
        palette = _palette(drawn[SOCIAL_WIDTH], most) if flat else None
        card = top_of(_drawn(page, CARD_SIZE[0]))
        yield CARD, _png(_palette(card, most) if flat else card)  # by itself: it has not all of the sheet
        for width in WIDTHS:  # the large ones not before their turn: each fills 20 MB
            reduced = _reduced(drawn.get(width) or _drawn(page, width), palette)
            yield f"{width}.webp", _webp(reduced, flat=flat)
            if width == SOCIAL_WIDTH:
                yield f"{width}.png", _png(reduced)
        page.close()


def _drawn(page: PdfPage, width: int) -> Image:
    """Return a page on a picture so wide: sharper, and faster, than a larger one made smaller."""
    bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)  # as Pillow has colours
    # A copy, for what PDFium drew ends with the bitmap; PDFium may round up.
    picture: Image = bitmap.to_pil().crop((0, 0, width, bitmap.height))
    bitmap.close()
    return picture


def _palette(picture: Image, exact: Sequence[Colour]) -> Image:
    """Return a picture in few colours, among them the exact ones: white paper stays white.

    Its colours serve for all widths: choosing them costs more than using them.
    """
    reduced = picture.quantize(COLOURS, Quantize.FASTOCTREE, dither=Dither.NONE)
    values = reduced.getpalette() or []
    palette = [tuple(values[at : at + 3]) for at in range(0, len(values), 3)]
    used = [int(str(index)) for _, index in reduced.getcolors() or ()]
    for colour in reversed(exact):  # the commonest comes last: nothing takes its place
        palette[min(used, key=lambda index: dist(palette[index], colour))] = colour
    reduced.putpalette([part for colour in palette for part in colour])
    return reduced


def _reduced(picture: Image, palette: Image | None) -> Image:
    """Return a picture in the colours of another; as it is where there is none."""
    return picture.quantize(palette=palette, dither=Dither.NONE) if palette else picture


def _webp(picture: Image, *, flat: bool) -> bytes:
    """Return flat colours as they are, which is also smaller than what a lossy picture makes of letters."""
    buffer = io.BytesIO()
    quality = {"lossless": True, "quality": 20, "method": 1} if flat else {"quality": 80, "method": 2}
    picture.convert("RGB").save(buffer, "WEBP", **quality)
    return buffer.getvalue()


def _png(picture: Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
