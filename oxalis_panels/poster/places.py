"""Where the files for the screen stand in the output folder: published with the pages, so below the site."""

from collections.abc import Iterable
from math import ceil
from pathlib import PurePosixPath

SCREEN = PurePosixPath("site", "posters")
BOOKLET = SCREEN / "livret.pdf"
"""All sheets in one; no panel can have this address."""
COVER_SHEET = SCREEN / "livret-couverture.pdf"
"""Its first page, which few changes make anew."""
COVER_LABEL = "·"
"""What that page has instead of a number: none of the panels' words are there alone."""
WIDTHS = (320, 736)
"""Of the pictures, in pixels: for a phone, and for the cards of a wide window on the finest of screens."""
SERIES_CARD = SCREEN / "livret-card.png"
"""The picture of all sheets for messengers."""
SHEET = (594, 841)
"""Width and height of a sheet for the screen (A1), in mm."""


def sheet_path(slug: str) -> PurePosixPath:
    """Return where a panel's sheet for the screen stands."""
    return SCREEN / f"{slug}.pdf"


def picture_path(slug: str, width: int) -> PurePosixPath:
    """Return where a picture of a panel's sheet stands that is so many pixels wide."""
    return SCREEN / f"{slug}-{width}.webp"


def card_path(slug: str) -> PurePosixPath:
    """Return where the picture of a panel's sheet for messengers stands."""
    return SCREEN / f"{slug}-card.png"


def screen_paths(slug: str, *, online: bool) -> tuple[PurePosixPath, ...]:
    """Return where all files for the screen of one panel stand, its sheet first.

    Only a site that is `online`, at an address of its own, has pictures for messengers.
    """
    pictures = (picture_path(slug, width) for width in WIDTHS)
    return (sheet_path(slug), *pictures, *[card_path(slug)] * online)


def published_files(slugs: Iterable[str], *, online: bool) -> list[PurePosixPath]:
    """Return where all that the posters of some panels put on the site stands in the output folder."""
    own = (path for slug in slugs for path in screen_paths(slug, online=online))
    return [*own, BOOKLET, COVER_SHEET, *[SERIES_CARD] * online]


def is_screen_file(path: PurePosixPath) -> bool:
    """Tell whether a file of the output folder is made with the posters and not with the pages."""
    return path.is_relative_to(SCREEN)


def height_of(width: int) -> int:
    """Return the height in pixels of a picture that is so wide."""
    return ceil(width * SHEET[1] / SHEET[0])
