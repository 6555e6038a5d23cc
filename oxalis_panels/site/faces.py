"""The font files of the site: the faces that its text needs, and their licences."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from oxalis_panels.model import Collection, Emphasis, Inline, Link, Strong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.rendering.fonts import Face, Font

FOLDER = "fonts"
LICENCES = f"{FOLDER}/OFL.txt"
REGULAR, BOLD = 400, 600


def needed(fonts: tuple[Font, ...], collection: Collection) -> tuple[Font, ...]:
    """Return the fonts that pages of this collection can ask for: italics only where somebody emphasised."""
    italics = frozenset(_italics(collection))
    return tuple(font for font in fonts if font.face.style == "normal" or font.face.weight in italics)


def font_files(fonts: tuple[Font, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each font file, and of the licences that must stand beside them."""
    for font in fonts:
        yield f"{FOLDER}/{font.face.file}.woff2", font.woff2
    yield LICENCES, _licences([font.face for font in fonts]).encode()


def _licences(faces: list[Face]) -> str:
    """Return each typeface's own licence, copyright line first; the files made from it come before."""
    packages = dict.fromkeys(face.package for face in faces)
    return "\n\n".join(_licence(package, [f for f in faces if f.package == package]) for package in packages)


def _licence(package: str, faces: list[Face]) -> str:
    names = ", ".join(f"{face.file}.woff2" for face in faces)
    text = files(package).joinpath("LICENSE").read_text(encoding="utf-8")
    return f"{names}\nModified: static instances, subset and renamed.\n\n{text.strip()}\n"


def _italics(collection: Collection) -> Iterator[int]:
    """Yield the weight of every emphasised text; titles and subtitles are set upright or from a text face."""
    settings = collection.settings
    for text in (settings.subtitle, settings.organisation, settings.period, settings.authors):
        yield from _italics_of(text, REGULAR)
    for panel in collection.panels:
        for paragraph in panel.paragraphs:
            yield from _italics_of(paragraph.text, REGULAR)
        for finding in panel.findings:
            yield from _italics_of(finding.text, BOLD)
            for point in finding.points:
                yield from _italics_of(point.text, REGULAR)


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
