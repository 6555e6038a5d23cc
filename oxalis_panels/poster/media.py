"""One sheet for two media: what a sheet is made of, translated for paper and for the screen.

Templates and style sheets are written once, in the inks of the press, with the authors' links. Both media are
laid out from the same text in the same sizes, so their lines are the same.
"""

import re
from functools import lru_cache

from PIL import Image

from oxalis_panels.poster.job import Screen
from oxalis_panels.printers.printer import Condition
from oxalis_panels.rendering.colours import read_profile, srgb, transform, transformed

INKS = re.compile(r"device-cmyk\(([^()]*)\)")
NUMBER = re.compile(r"(\d*\.?\d+)(%?)")
TARGET = re.compile(r'(<a)\s+href="[^"]*"')

Inks = tuple[float, ...]


def on_paper(html: str) -> str:
    """Return a sheet without the targets of its links: PDF/X allows nothing to click on."""
    return TARGET.sub(r"\1", html)


def on_screen(text: str, screen: Screen, condition: Condition) -> str:
    """Return HTML or CSS with every `device-cmyk()` as sRGB.

    A colour of the palette becomes its own screen colour, black ink alone a grey, any other what the profile
    of the condition says that it looks like in print. One whose inks are not numbers (a `var()`) stays.
    """
    known = {_parts(printed)[0]: shown for printed, shown in screen.colours}

    def translated(match: re.Match[str]) -> str:
        inks, alpha = _parts(match.group())
        if not inks:
            return match.group()
        if not alpha and inks in known:
            return known[inks]
        red, green, blue = _look(inks, condition.icc)
        return f"rgb({red} {green} {blue}{f' / {alpha}' if alpha else ''})"

    return INKS.sub(translated, text)


def _parts(colour: str) -> tuple[Inks, str]:
    """Return the inks of a CSS colour, from 0 to 1, and its alpha as written; no inks if unclear."""
    match = INKS.fullmatch(colour)
    inks, _, alpha = match.group(1).partition("/") if match else ("", "", "")
    values = tuple(
        round(float(number) / (100 if percent else 1), 4) for number, percent in NUMBER.findall(inks)
    )
    return (values if len(values) == len("CMYK") and "(" not in inks else ()), alpha.strip()


@lru_cache(maxsize=256)
def _look(inks: Inks, icc: bytes) -> tuple[int, int, int]:
    """Return the sRGB colour, each part from 0 to 255, that inks look like on the condition's paper."""
    if not any(inks[:3]):
        grey = round(255 * (1 - inks[3]))
        return grey, grey, grey
    patch = Image.new("CMYK", (1, 1), tuple(round(255 * ink) for ink in inks))
    to_screen = transform(read_profile(icc), srgb(), ("CMYK", "RGB"))
    red, green, blue = transformed(patch, to_screen).tobytes()
    return red, green, blue
