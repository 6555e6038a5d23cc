"""Pictures of a sheet for the site, and cards, which messengers and social networks show beside a link."""

import io
from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain, pairwise
from math import ceil

import pypdfium2
from PIL import Image
from pypdfium2 import PdfPage

from oxalis_panels.rendering.colours import encoded

EXACT = 4
"""So many of the commonest colours stay exactly what they are: paper, band, ornament, black."""
MANY, SHADES = 4096, 32
"""A picture with more colours than the first, or more that fill a five-hundredth of it than the second, is
not flat: a template of somebody's own has gradients, of which a few colours would make stripes."""
LEVEL = 51
"""From one of the levels of each ink that are kept to the next, of 255: the edges of letters need no more."""
CARD_SIZE = (1200, 630)
"""Width and height that Facebook, LinkedIn, Mastodon and Signal ask for, in pixels."""
PAPER = 110
"""Of its height that is paper, below the band of most posters."""
MOST = 8
"""Posters on the card of a series: more would be too small to be told apart."""
GROUND = "#d8d8cf"
"""No band's colour, and darker than paper."""
MARGIN = 30
"""Around the posters of a series, and between them."""


def pictures(pdf: bytes, widths: Sequence[int], *, photographs: bool = False) -> dict[int, bytes]:
    """Return pictures of a file's first page by their widths in pixels, as WebP.

    A page with `photographs` keeps all its colours, be they some 200 greys; another is drawn in a few.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        made = {width: _webp(_drawn(page, width), photographs=photographs) for width in widths}
        page.close()
    return made


def card(pdf: bytes, *, photographs: bool = False) -> bytes:
    """Return the band of a file's first page for messengers, as PNG."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        top = _top_of(_drawn(page, CARD_SIZE[0]))
        page.close()
    flat = None if photographs else _in_few_colours(top)
    return encoded(flat.quantize(method=Image.Quantize.MAXCOVERAGE) if flat else top, "PNG")


def _drawn(page: PdfPage, width: int) -> Image.Image:
    """Return a page on a picture so wide: sharper, and faster, than a larger one made smaller."""
    bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)  # as Pillow has colours
    # A copy, for what PDFium drew ends with the bitmap; PDFium may round up.
    picture: Image.Image = bitmap.to_pil().crop((0, 0, width, bitmap.height))
    bitmap.close()
    return picture


def _in_few_colours(picture: Image.Image) -> Image.Image | None:
    """Return a flat picture with a few levels of each ink, its commonest colours exact: white stays white.

    Flat are a few colours, and the steps between them at the edges of letters. None: it has more.
    """
    counted = picture.getcolors(MANY)
    pixels = picture.width * picture.height
    if counted is None or sum(500 * count > pixels for count, _ in counted) > SHADES:
        return None
    exact = [colour for _, colour in sorted(counted)[-EXACT:] if isinstance(colour, tuple)]
    levels = sorted({*chain(*exact), *range(0, 256, LEVEL)})
    between = [(one + other) // 2 for one, other in pairwise(levels)]
    nearest = [levels[bisect_left(between, value)] for value in range(256)]
    return picture.point(nearest * 3)


def _webp(picture: Image.Image, *, photographs: bool) -> bytes:
    """Return flat colours as they are, which is also smaller than what a lossy picture makes of letters."""
    flat = None if photographs else _in_few_colours(picture)
    if flat:
        return encoded(flat, "WEBP", lossless=True, quality=0, method=1)
    return encoded(picture, "WEBP", quality=80, method=2)


def _top_of(picture: Image.Image) -> Image.Image:
    """Return the band of a poster that is drawn as wide as a card; the paper below stays bare.

    Lines of text that the lower edge cuts would look torn. Of a band that is higher than the card, the lower
    part is shown, where the title is.
    """
    end, paper = _band(picture), picture.getpixel((0, picture.height - 1))
    top = max(0, end + PAPER - CARD_SIZE[1])
    card = picture.crop((0, top, CARD_SIZE[0], top + CARD_SIZE[1]))
    if end and isinstance(paper, tuple):
        card.paste(paper, (0, end - top, *CARD_SIZE))
    return card


def _band(picture: Image.Image) -> int:
    """Return where the colour at the left edge ends; 0 when it goes on to the bottom."""
    edge = [picture.getpixel((0, row)) for row in range(picture.height)]
    return next((row for row, colour in enumerate(edge) if colour != edge[0]), 0)


def card_of_series(pictures: Sequence[bytes], *, photographs: bool = False) -> bytes:
    """Return the first posters of a series side by side; a PNG, in few colours without `photographs`."""
    posters = [Image.open(io.BytesIO(each)).convert("RGB") for each in pictures[:MOST]]
    columns = ceil(len(posters) / (2 if len(posters) > MOST // 2 else 1))
    rows = ceil(len(posters) / columns)
    width, height = _fitting_size(posters[0], columns, rows)
    card = Image.new("RGB", CARD_SIZE, GROUND)
    left = (CARD_SIZE[0] - columns * (width + MARGIN) + MARGIN) // 2
    for number, poster in enumerate(posters):
        row, column = divmod(number, columns)
        place = (left + column * (width + MARGIN), MARGIN + row * (height + MARGIN))
        card.paste(poster.resize((width, height), Image.Resampling.LANCZOS), place)
    return encoded(card if photographs else card.quantize(255), "PNG")


def _fitting_size(poster: Image.Image, columns: int, rows: int) -> tuple[int, int]:
    """Return the size at which so many posters fit."""
    room = ((CARD_SIZE[0] - MARGIN) / columns - MARGIN, (CARD_SIZE[1] - MARGIN) / rows - MARGIN)
    scale = min(room[0] / poster.width, room[1] / poster.height)
    return int(poster.width * scale), int(poster.height * scale)
