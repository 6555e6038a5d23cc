"""Pictures that messengers and social networks show beside a link: 1200 × 630 pixels, made from posters."""

from __future__ import annotations

import io
from math import ceil
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

CARD = (1200, 630)
"""Width and height that Facebook, LinkedIn, Mastodon and Signal ask for, in pixels."""
PAPER = 110
"""Of its height that is paper, below the band of most posters."""
MOST = 8
"""Posters on the card of a series: more would be too small to be told apart."""
GROUND = "#d8d8cf"
"""No band's colour, and darker than paper."""
MARGIN = 30
"""Around the posters of a series, and between them."""


def top_of(picture: Image.Image) -> Image.Image:
    """Return the band of a poster that is drawn as wide as a card; the paper below stays bare.

    Lines of text that the lower edge cuts would look torn. Of a band that is higher than the card, the lower
    part is shown, where the title is.
    """
    end, paper = _band(picture), picture.getpixel((0, picture.height - 1))
    top = max(0, end + PAPER - CARD[1])
    card = picture.crop((0, top, CARD[0], top + CARD[1]))
    if end and isinstance(paper, tuple):
        card.paste(paper, (0, end - top, *CARD))
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
    width, height = _size(posters[0], columns, rows)
    card = Image.new("RGB", CARD, GROUND)
    left = (CARD[0] - columns * (width + MARGIN) + MARGIN) // 2
    for number, poster in enumerate(posters):
        row, column = divmod(number, columns)
        place = (left + column * (width + MARGIN), MARGIN + row * (height + MARGIN))
        card.paste(poster.resize((width, height), Image.Resampling.LANCZOS), place)
    buffer = io.BytesIO()
    (card if photographs else card.quantize(255)).save(buffer, "PNG")
    return buffer.getvalue()


def _size(poster: Image.Image, columns: int, rows: int) -> tuple[int, int]:
    """Return the size at which so many posters fit."""
    room = ((CARD[0] - MARGIN) / columns - MARGIN, (CARD[1] - MARGIN) / rows - MARGIN)
    scale = min(room[0] / poster.width, room[1] / poster.height)
    return int(poster.width * scale), int(poster.height * scale)
