"""The font files of the site: the faces that its text needs, and their licences."""

from collections.abc import Iterator
from typing import TypeVar

from oxalis_panels.model.collection import Collection, Emphasis, Inline, Link, Strong
from oxalis_panels.model.texts import FOR_PRINT_SHOP, texts
from oxalis_panels.model.value import value
from oxalis_panels.rendering.addresses import hashed
from oxalis_panels.rendering.fonts import BOLD, REGULAR, Face, Font, WebFont, package_folder

AnyFont = TypeVar("AnyFont", Font, WebFont)

FOLDER = "fonts"
LICENCES = f"{FOLDER}/OFL.txt"


@value
class FontFile:
    """A font of the site."""

    font: WebFont
    path: str
    """Inside the site."""

    @property
    def face(self) -> Face:
        """Its face."""
        return self.font.face


def needed(fonts: tuple[AnyFont, ...], collection: Collection) -> tuple[AnyFont, ...]:
    """Return the fonts that pages of this collection use: italics only if there is emphasised text."""
    italics = frozenset(_italics(collection))
    return tuple(font for font in fonts if font.face.style == "normal" or font.face.weight in italics)


def font_files(fonts: tuple[WebFont, ...]) -> tuple[FontFile, ...]:
    """Return each font with its path on the site, which changes with the font."""
    return tuple(FontFile(font, hashed(f"{FOLDER}/{font.face.file}.woff2", font.woff2)) for font in fonts)


def licences(fonts: tuple[FontFile, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield the licence file that must be beside the fonts: for each typeface, its copyright line first."""
    packages = dict.fromkeys(each.face.package for each in fonts)
    texts = (_licence(package, [f for f in fonts if f.face.package == package]) for package in packages)
    yield LICENCES, "\n\n".join(texts).encode()


def _licence(package: str, fonts: list[FontFile]) -> str:
    """Return the licence of a typeface, after the names of the files made from it."""
    names = ", ".join(font.path.removeprefix(f"{FOLDER}/") for font in fonts)
    text = (package_folder(package) / "LICENSE").read_text(encoding="utf-8")
    return f"{names}\nModified: static instances, subset and renamed.\n\n{text.strip()}\n"


def _italics(collection: Collection) -> Iterator[int]:
    """Yield the weight of every emphasised text; titles are upright."""
    for each in texts(collection, without=("title", "short_title", "alt", *FOR_PRINT_SHOP)):
        bold = each.key.endswith(("findings.text", "head.text"))
        yield from _italics_of(each.text, BOLD if bold else REGULAR)


def _italics_of(text: Inline, weight: int, *, italic: bool = False) -> Iterator[int]:
    if italic:
        yield weight
    for node in text:
        if isinstance(node, Emphasis):
            yield from _italics_of(node.children, weight, italic=True)
        elif isinstance(node, Strong):
            yield from _italics_of(node.children, BOLD, italic=italic)
        elif isinstance(node, Link):
            yield from _italics_of(node.children, weight, italic=italic)
