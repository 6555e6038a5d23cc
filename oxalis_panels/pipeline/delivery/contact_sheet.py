"""All posters on one picture, each as it will be trimmed, with the name of its file."""

import io
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from oxalis_panels.pipeline.delivery.sent_posters import SentPoster
from oxalis_panels.rendering.colours import encoded

COLUMNS = 4
CELL = (360, 510)
"""Room for one poster, in pixels."""
GAP = 40
"""Between posters, and around them all."""
CAPTION = 56
"""Height below each poster for the name of its file."""
CAPTION_SIZES = (22, 18, 14, 11, 9)
"""In pixels: the largest in which a name fits below its poster."""
PAPER, INK, EDGE = (255, 255, 255), (28, 33, 30), (200, 200, 196)


def draw_contact_sheet(posters: Sequence[SentPoster], ttf: bytes) -> bytes:
    """Return a PNG of the posters in their order, captions set in the font `ttf`."""
    columns = min(COLUMNS, len(posters))
    rows = -(-len(posters) // columns)
    width, height = CELL[0] + GAP, CELL[1] + CAPTION + GAP
    whole = Image.new("RGB", (columns * width + GAP, rows * height + GAP), PAPER)
    for index, poster in enumerate(posters):
        left, top = GAP + index % columns * width, GAP + index // columns * height
        _place(whole, _picture(poster.pdf), (left, top))
        _caption(whole, poster.file, ttf, (left, top + CELL[1]))
    return encoded(whole.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE), "PNG")


def _picture(pdf: bytes) -> Image.Image:
    """Return the first page as it will be trimmed, as large as the cell takes."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        left, bottom, right, top = page.get_trimbox()
        scale = min(CELL[0] / (right - left), CELL[1] / (top - bottom))
        page.set_cropbox(left, bottom, right, top)
        bitmap = page.render(scale=scale)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        page.close()
    return picture.crop((0, 0, min(picture.width, CELL[0]), min(picture.height, CELL[1])))


def _place(whole: Image.Image, picture: Image.Image, corner: tuple[int, int]) -> None:
    """Put a poster at the bottom of its cell, in the middle, its edge drawn: paper is white, too."""
    left = corner[0] + (CELL[0] - picture.width) // 2
    top = corner[1] + CELL[1] - picture.height
    whole.paste(picture, (left, top))
    edge = (left - 1, top - 1, left + picture.width, top + picture.height)
    ImageDraw.Draw(whole).rectangle(edge, outline=EDGE)


def _caption(whole: Image.Image, name: str, ttf: bytes, corner: tuple[int, int]) -> None:
    faces = [
        ImageFont.truetype(io.BytesIO(ttf), size, layout_engine=ImageFont.Layout.BASIC)
        for size in CAPTION_SIZES
    ]
    face = next((face for face in faces if face.getlength(name) <= CELL[0]), faces[-1])
    ImageDraw.Draw(whole).text((corner[0] + CELL[0] / 2, corner[1] + 14), name, INK, face, anchor="ma")
