"""Where the files for the screen stand in the output folder: published with the pages, so below the site."""

from collections.abc import Iterable
from math import ceil
from pathlib import PurePosixPath

SCREEN = PurePosixPath("site", "posters")
BOOKLET = SCREEN / "livret.pdf"
"""All sheets in one; no panel can have this address."""
WIDTHS = (320, 640, 1280)
"""Of the pictures, in pixels: a thumbnail, a phone, a wide window."""
SOCIAL_WIDTH = 640
"""Of the PNG, for services that read no WebP."""
CARD = "card.png"
"""How the name of a picture for messengers ends."""
SERIES_CARD = SCREEN / f"livret-{CARD}"
"""The same of all sheets; `livret` is no panel's address."""
SHEET = (594, 841)
"""Width and height of a sheet for the screen (A1), in mm."""


def sheet_path(slug: str) -> PurePosixPath:
    """Return where a panel's sheet for the screen stands."""
    return SCREEN / f"{slug}.pdf"


def picture_path(slug: str, end: str) -> PurePosixPath:
    """Return where a picture of a panel's sheet stands; `end` is its width and format: `640.webp`."""
    return SCREEN / f"{slug}-{end}"


def screen_paths(slug: str) -> tuple[PurePosixPath, ...]:
    """Return where all files for the screen of one panel stand, its sheet first."""
    ends = [f"{width}.webp" for width in WIDTHS] + [f"{SOCIAL_WIDTH}.png", CARD]
    return (sheet_path(slug), *(picture_path(slug, end) for end in ends))


def published_files(slugs: Iterable[str]) -> list[PurePosixPath]:
    """Return where all that the posters of some panels put on the site stands in the output folder."""
    return [*(path for slug in slugs for path in screen_paths(slug)), BOOKLET, SERIES_CARD]


def is_screen_file(path: PurePosixPath) -> bool:
    """Tell whether a file of the output folder is made with the posters and not with the pages."""
    return path.is_relative_to(SCREEN)


def height_of(width: int) -> int:
    """Return the height in pixels of a picture that is so wide."""
    return ceil(width * SHEET[1] / SHEET[0])
