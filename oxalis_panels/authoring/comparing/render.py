"""A review as plain text, as a page to send and as a paper to read.

The text is readable aloud, in a message and without colour: words that went are `[-in these-]`, words that
came `{+in these+}`, as git writes them.
"""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

from oxalis_panels.authoring.comparing.views import FieldView, PanelReview, PieceView, Review, Row
from oxalis_panels.model.diagnostics import Parsed
from oxalis_panels.model.value import value
from oxalis_panels.poster.job import FontFile
from oxalis_panels.poster.paper import Paper, draw_paper
from oxalis_panels.rendering import glyphs
from oxalis_panels.rendering.coverage import printable
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.fonts import Font, load_fonts, web_fonts
from oxalis_panels.words.catalogue import Catalogue

WIDTH = 88
"""Longest line, in characters."""
SIGNS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "kept": ("", "")}
INDENT = {"paragraph": 2, "finding": 2, "point": 6, "gap": 6}
BULLETS = {"paragraph": "¶", "finding": "✓", "point": "→", "gap": "…"}
WHOLE = frozenset({"added", "removed", "same", "left"})
"""What is said of the whole text and needs no signs in it."""
PAGE, PAPER = "diff/page.html", "diff/paper.html"
QUIET = "#b9bcb6"
"""Colour of the mark of a text that did not change, on paper."""
TURN = 20
"""Of the clover in the corner, in degrees."""
MARKS = {"finding": glyphs.CHECK, "point": glyphs.ARROW}


def as_text(review: Review, words: Catalogue) -> str:
    """Return a review as text, ending with a line's end."""
    return "\n".join(_lines(review, words)) + "\n"


def _lines(review: Review, words: Catalogue) -> Iterator[str]:
    if review.verdict and not review.in_short and not review.notes:
        yield review.verdict
        return
    yield review.title
    for label, version in (("before", review.before), ("after", review.after)):
        said = words.text("compare.label", name=words.text(f"compare.{label}"), version=version.name)
        yield from _wrapped(f"{said}, {version.detail}" if version.detail else said, 2, 2)
    if review.verdict or review.in_short:
        yield ""
        yield from _wrapped(f"{review.verdict} {review.in_short}".strip(), 0)
    if review.settings:
        yield from ("", words.text("compare.settings"))
        for field in review.settings:
            yield from _field(field)
    for panel in review.panels:
        yield from _panel(panel, words)
    for note in review.notes:
        yield ""
        yield from _wrapped(note, 0)


def _panel(panel: PanelReview, words: Catalogue) -> Iterator[str]:
    yield ""
    title = words.text("compare.quoted", title=panel.plain_title)
    yield from _wrapped(f"{panel.name}, {title}", 0)
    yield from _wrapped(panel.sentence, 0)
    for field in panel.fields:
        yield from _field(field)
    for row in panel.rows:
        yield from _row(row)


def _field(field: FieldView) -> Iterator[str]:
    yield f"  {field.name}"
    yield from _wrapped(_joined(field.pieces), 4)


def _row(row: Row) -> Iterator[str]:
    indent = INDENT[row.kind]
    head = f"{BULLETS[row.kind]} {row.place}"
    if row.label:
        head = f"{head}, {row.label}"
    if row.note:
        head = f"{head} – {row.note}"
    yield from _wrapped(head, indent, 2)
    pieces = "".join(_unsigned(row.pieces)) if row.status in WHOLE else _joined(row.pieces)
    yield from _wrapped(pieces, indent + 2)


def _joined(pieces: tuple[PieceView, ...]) -> str:
    return "".join(f"{SIGNS[each.kind][0]}{each.text}{SIGNS[each.kind][1]}{each.space}" for each in pieces)


def _wrapped(text: str, indent: int, hanging: int = 0) -> Iterator[str]:
    yield from wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )


@value
class PageFont:
    """A font inside a page."""

    family: str
    weight: int
    data: str
    """An address that holds the font itself."""


def as_page(review: Review, folders: TemplateFolders, words: Catalogue, cache: Path) -> Parsed[str]:
    """Return a review as one file of HTML, fonts and pictures inside. Errors: a mistake in its template."""
    fonts = [
        PageFont(font.face.family, font.face.weight, _data("font/woff2", font.woff2))
        for font in web_fonts(_fonts(review, cache), cache)
    ]
    pictures = {name: _data("image/webp", data) if data else "" for name, data in _pictures(review)}
    return Templates(folders, words).render(PAGE, review=review, fonts=fonts, pictures=pictures)


def as_paper(review: Review, folders: TemplateFolders, words: Catalogue, cache: Path) -> Parsed[bytes]:
    """Return a review as a tagged PDF on A4, with page numbers. Errors: a mistake in its template."""
    shown = dict((*_pictures(review), *_signs(review)))
    pictures = {name: f"picture:{name}" if data else "" for name, data in shown.items()}
    html = Templates(folders, words).render(PAPER, review=review, pictures=pictures)
    if html.value is None:
        return Parsed(None, html.diagnostics)
    faces = [
        FontFile(font.face.family, font.face.weight, font.face.style, font.ttf)
        for font in _fonts(review, cache)
    ]
    held = {f"picture:{name}": data for name, data in shown.items() if data}
    return draw_paper(Paper(PAPER, printable(html.value), review.title, "", review.language), faces, held)


def _fonts(review: Review, cache: Path) -> tuple[Font, ...]:
    """Return the upright faces: italics are not used."""
    faces = load_fonts(frozenset("".join(_texts(review))), cache)
    return tuple(font for font in faces if font.face.style == "normal")


def _texts(review: Review) -> Iterator[str]:
    """Yield what is written by people; the words around it are in every font."""
    for version in (review.before, review.after):
        yield from (version.name, version.detail)
    yield from (review.title, *review.notes)
    for field in review.settings:
        yield from (field.name, *_unsigned(field.pieces))
    for panel in (*review.panels, *review.posters):
        yield panel.plain_title
        for field in panel.fields:
            yield from _unsigned(field.pieces)
        for row in panel.rows:
            yield from (row.note, *_unsigned(row.pieces))


def _unsigned(pieces: tuple[PieceView, ...]) -> Iterator[str]:
    return (piece.text + piece.space for piece in pieces)


def _pictures(review: Review) -> Iterator[tuple[str, bytes]]:
    """Yield each picture of a poster by name, large where its text changed; no bytes where there is none."""
    for panel in (*review.panels, *review.posters):
        if panel.looks:
            for when, look in (("before", panel.looks.before), ("after", panel.looks.after)):
                yield f"{panel.anchor}-{when}", look.large if panel.sentence else look.small


def _signs(review: Review) -> Iterator[tuple[str, bytes]]:
    """Yield the clover, and ✓ and → in each colour: pictures behind the text, which no reader speaks."""
    colours = {panel.colour.name: panel.colour.deep.screen for panel in review.panels} | {"quiet": QUIET}
    for kind, path in MARKS.items():
        for name, colour in colours.items():
            yield f"mark-{kind}-{name}", _drawing("0 0 24 24", colour, path)
    clover = glyphs.clover(0, 0, 1, TURN)
    yield "clover", _drawing("-110 -110 220 220", review.colour.mid.screen, clover)


def _drawing(box: str, colour: str, path: str) -> bytes:
    drawn = f'<path fill="{colour}" d="{path}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{drawn}</svg>'.encode()


def _data(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{b64encode(data).decode()}"
