"""The typefaces: static, subset, renamed instances of the variable fonts of two `fontpkg-*` packages.

Print and site are set in the same instances. Static ones, because WeasyPrint 70 ignores weight ranges;
renamed, because "Source" is a reserved font name (SIL Open Font License 1.1, clause 3).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from oxalis_panels.model.collection import Collection, plain
from oxalis_panels.model.texts import FOR_PRINT_SHOP, texts
from oxalis_panels.model.value import value
from oxalis_panels.rendering import glyphs
from oxalis_panels.system.kept import made_once
from oxalis_panels.words.catalogue import Catalogue

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

TEXT = "Oxalis Text"
DISPLAY = "Oxalis Display"
MARKS = "Oxalis Marks"
REGULAR, BOLD = 400, 600

BASE_CHARACTERS = frozenset(
    [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))]
    + list("ˆ˜\u2009\u202f–—‘’‚“”„†‡•…‰‹›€™−×÷≤≥≠√½¼¾⅓→·№")
) - frozenset("¤\u00adĈĉĔĕĜĝĤĥĬĭĴĵĸĿŀŉŎŏŜŝŢţŦŧſ")
"""The characters of Western languages: always in the fonts, so that a changed word does not change them.

The ones that are removed are missing in the display face.
"""
INVISIBLE = frozenset("\n\u00ad")
"""A line's end and the soft hyphen need no glyph."""

ENGINES = ("uharfbuzz", "fonttools", "brotli", "fontpkg-source-sans-3", "fontpkg-bricolage-grotesque")
UNITS, ASCENT, DESCENT = 1000, 1024, -400
"""Of the text face: a mark inside a line makes it no higher."""
CHECK_SIZE, CHECK_TOP = 950, 707
ARROW_SIZE, ARROW_TOP = 800, 716
"""Side of the square around a mark, and height of its upper edge, in thousandths of an em."""
CHECK_WIDTH, ARROW_WIDTH = 600, 700
"""Advance width of a mark, in the same unit: so narrow that programs always see a space after it."""
LAYOUT = 3
"""Part of the cache key: raise it when this module makes other fonts from the same input."""
KEPT_NAMES = frozenset({0, 5, 13, 14})
"""Entries of the name table that an instance keeps: copyright, version, licence and its address."""


@value
class Face:
    """One face: its source and its name in style sheets."""

    file: str
    """Name of its file on the site, without suffix."""
    family: str
    weight: int
    style: str
    package: str
    source: str
    axes: tuple[tuple[str, float], ...]

    def load(self) -> bytes:
        """Return the bytes of the variable font that it is an instance of."""
        return (package_folder(self.package) / "files" / self.source).read_bytes()


def package_folder(package: str) -> Path:
    """Return the folder of a package of fonts (`importlib.resources` would take 10 ms)."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent


def _text(weight: int, *, italic: bool = False) -> Face:
    return Face(
        f"oxalis-text-{weight}{'-italic' if italic else ''}",
        TEXT,
        weight,
        "italic" if italic else "normal",
        "fontpkg_source_sans_3",
        "SourceSans3-Italic[wght].ttf" if italic else "SourceSans3[wght].ttf",
        (("wght", weight),),
    )


FACES = (
    _text(REGULAR),
    _text(BOLD),
    _text(REGULAR, italic=True),
    _text(BOLD, italic=True),
    Face(
        "oxalis-display-800",
        DISPLAY,
        800,
        "normal",
        "fontpkg_bricolage_grotesque",
        "BricolageGrotesque[opsz,wdth,wght].ttf",
        (("opsz", 96), ("wdth", 100), ("wght", 800)),
    ),
)


@value
class Font:
    """A face made into a file."""

    face: Face
    ttf: bytes


@value
class WebFont:
    """The same for browsers."""

    face: Face
    woff2: bytes


def characters(collection: Collection, words: Catalogue | None = None) -> frozenset[str]:
    """Return every character that readers of the collection may see, a project's own `words` included."""
    own = (text for text, _ in words.own) if words else ()
    read = (plain(each.text) for each in texts(collection, without=FOR_PRINT_SHOP))
    return frozenset("".join([*read, *own]))


def uncovered(used: frozenset[str]) -> frozenset[str]:
    """Return the characters that one of our faces lacks."""
    doubtful = used - BASE_CHARACTERS - INVISIBLE
    if not doubtful:
        return frozenset()
    import uharfbuzz  # noqa: PLC0415 - only for texts with rare characters

    covered = [set(uharfbuzz.Face(face.load()).unicodes) for face in FACES]
    return frozenset(c for c in doubtful if any(ord(c) not in each for each in covered))


def load_fonts(used: frozenset[str], cache: Path) -> tuple[Font, ...]:
    """Return all faces with the base characters and the `used` ones; made once, then cached in a folder."""
    wanted = sorted(BASE_CHARACTERS | used)
    made = (made_once(cache / f"{_key(face, wanted)}.font", partial(_make, face, wanted)) for face in FACES)
    return tuple(map(Font, FACES, made))


def web_fonts(fonts: Iterable[Font], cache: Path) -> tuple[WebFont, ...]:
    """Return faces as browsers take them; made once, which takes longer than the faces, then cached."""
    keyed = ((font, _key(hashlib.sha256(font.ttf).hexdigest())) for font in fonts)
    return tuple(
        WebFont(font.face, made_once(cache / f"{key}.font", partial(_packed, font.ttf)))
        for font, key in keyed
    )


def load_marks_font(cache: Path) -> bytes:
    """Return the font of the two marks; made once, then read from `cache`."""
    check = (glyphs.CHECK, CHECK_SIZE, CHECK_TOP, CHECK_WIDTH)
    arrow = (glyphs.ARROW, ARROW_SIZE, ARROW_TOP, ARROW_WIDTH)
    return made_once(cache / f"{_key(UNITS, ASCENT, DESCENT, check, arrow)}.font", marks_font)


def _key(*parts: object) -> str:
    """Return the cache key of a font made from these parts by these versions of the libraries."""
    made_from = repr((LAYOUT, *parts, _versions()))
    return hashlib.sha256(made_from.encode()).hexdigest()[:24]


@cache
def _versions() -> list[str]:
    from importlib.metadata import version  # noqa: PLC0415 - a parser of e-mail, which `check` need not load

    return [version(engine) for engine in ENGINES]


def _make(face: Face, wanted: list[str]) -> bytes:
    """Return the TrueType file of a face."""
    import uharfbuzz  # noqa: PLC0415 - see `uncovered`
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - 60 ms that a build with cached fonts does not need

    source = uharfbuzz.Face(face.load())
    subset = uharfbuzz.SubsetInput()
    subset.unicode_set.update(ord(character) for character in wanted)
    subset.name_id_set.update(KEPT_NAMES)
    subset.flags |= uharfbuzz.SubsetFlags.NO_HINTING
    for axis, position in face.axes:
        subset.pin_axis_location(source, axis, position)
    font = TTFont(io.BytesIO(subset.subset(source).blob.data), recalcTimestamp=False)
    _rename(font, face)
    return _saved(font)


def _packed(ttf: bytes) -> bytes:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - as above

    font = TTFont(io.BytesIO(ttf), recalcTimestamp=False)
    font.flavor = "woff2"
    return _saved(font)


def _rename(font: TTFont, face: Face) -> None:
    """Give the instance its own names; keep copyright (0) and licence (13, 14) as the OFL asks."""
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in KEPT_NAMES]
    style = ("Italic" if face.style == "italic" else "Regular") if face.weight == REGULAR else None
    style = style or f"W{face.weight}{' Italic' if face.style == 'italic' else ''}"
    full = f"{face.family} {style}"
    for identifier, name in (
        (1, full),
        (2, "Regular"),
        (3, face.file),
        (4, full),
        (6, full.replace(" ", "")),
    ):
        names.setName(name, identifier, 3, 1, 0x409)
    if "STAT" in font:
        del font["STAT"]  # describes the axes that the instance no longer has


def _saved(font: TTFont) -> bytes:
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=False)
    return buffer.getvalue()


def marks_font() -> bytes:
    """Return a font of the two marks: a poster shows our shapes, and its text layer has ✓ and →."""
    from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415 - only a poster build needs it
    from fontTools.pens.cu2quPen import Cu2QuPen  # noqa: PLC0415
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415
    from fontTools.svgLib.path import parse_path  # noqa: PLC0415

    def glyph(path: str, size: int, top: int) -> object:
        pen = TTGlyphPen(None)
        scale = size / 24
        parse_path(
            path, TransformPen(Cu2QuPen(pen, 1, reverse_direction=True), (scale, 0, 0, -scale, 0, top))
        )
        return pen.glyph()

    shapes: Mapping[str, object] = {
        ".notdef": TTGlyphPen(None).glyph(),
        "check": glyph(glyphs.CHECK, CHECK_SIZE, CHECK_TOP),
        "arrow": glyph(glyphs.ARROW, ARROW_SIZE, ARROW_TOP),
    }
    font = FontBuilder(UNITS, isTTF=True)
    font.setupGlyphOrder(list(shapes))
    font.setupCharacterMap({ord("✓"): "check", ord("→"): "arrow"})
    font.setupGlyf(shapes)
    widths = {".notdef": UNITS, "check": CHECK_WIDTH, "arrow": ARROW_WIDTH}
    font.setupHorizontalMetrics({name: (width, 0) for name, width in widths.items()})
    font.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    font.setupNameTable({"familyName": MARKS, "styleName": "Regular", "psName": "OxalisMarks-Regular"})
    font.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
    font.setupPost()
    font.updateHead(created=0, modified=0)
    buffer = io.BytesIO()
    font.font.recalcTimestamp = False
    font.save(buffer)
    return buffer.getvalue()
