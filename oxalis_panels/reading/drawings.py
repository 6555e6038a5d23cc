"""A drawing in SVG, as far as it is read without drawing it: its size, and what no press could print."""

import re
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import ParseError, XMLParser

LARGEST: Final = 10_000_000
"""Bytes."""
PIXELS: Final = 8200
"""The longer side of a drawing, which has no pixels of its own: what the largest sheet shows at most."""
BOX: Final = 4
"""Numbers of a `viewBox`: left, top, width, height."""
LEAST: Final = 1e-6
"""What a side is more than, in any unit, and less than a million."""
SVG: Final = "{http://www.w3.org/2000/svg}"
WORDS, ELSEWHERE, HEAVY, SIDES = "letters", "elsewhere", "heavy", "sides"
"""Why a drawing is not shown: keys of the words in `drawing`."""
LETTERS: Final = frozenset(SVG + name for name in ("text", "tspan", "textPath", "foreignObject"))
ADDRESS: Final = re.compile(r"url\(\s*+['\"]?+(?!#)|@import", re.IGNORECASE)
"""What in a style leads out of the file."""
NUMBER: Final = re.compile(r"\s*(\d*\.?\d+(?:e[+-]?\d+)?)\s*(?:px|pt|pc|mm|cm|in|em|ex)?\s*", re.IGNORECASE)


class DrawingError(ValueError):
    """A drawing that is not shown; it says why with a key of the words in `drawing`."""


def is_drawing(data: bytes) -> bool:
    """Whether a file begins as an SVG does."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in data[:20_000]


def drawing_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a drawing, the longer side in `PIXELS`.

    Raises `DrawingError` for one with letters or parts in other files, ValueError for what is no drawing.
    """
    if len(data) > LARGEST:
        raise DrawingError(HEAVY)
    reader = _Reader()
    parser = XMLParser(target=reader)  # noqa: S314 - expat bounds what entities grow to, and fetches nothing
    try:
        parser.feed(data)
        parser.close()
    except (ParseError, LookupError) as mistake:  # the latter: an encoding that nobody knows
        raise ValueError(str(mistake)) from mistake
    for why in (WORDS, ELSEWHERE):
        if why in reader.found:
            raise DrawingError(why)
    width, height = _sides(reader.root)
    scale = PIXELS / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


class _Reader:
    """Looks at each element of a drawing."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self.found: set[str] = set()
        self._depth = 0
        self._style = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._depth:
            if tag != f"{SVG}svg":
                raise ParseError(tag)
            self.root = attributes
        self._depth += 1
        self._style = tag == f"{SVG}style"
        if tag in LETTERS:
            self.found.add(WORDS)
        for name, value in attributes.items():
            link = name.rpartition("}")[2] == "href" and tag != f"{SVG}a" and not value.startswith("#")
            if link or ADDRESS.search(value):
                self.found.add(ELSEWHERE)

    def end(self, _tag: str) -> None:
        self._style = False

    def data(self, text: str) -> None:
        if self._style and ADDRESS.search(text):
            self.found.add(ELSEWHERE)


def _sides(root: Mapping[str, str]) -> tuple[float, float]:
    """Return width and height in any unit. Raises DrawingError where they are not said."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    said = (root.get("width", ""), root.get("height", ""))
    for pair in (box[2:] if len(box) == BOX else (), said):
        found = [float(match[1]) for each in pair if (match := NUMBER.fullmatch(each))]
        if len(found) == len(said) and all(LEAST < side < 1 / LEAST for side in found):
            return found[0], found[1]
    raise DrawingError(SIDES)
