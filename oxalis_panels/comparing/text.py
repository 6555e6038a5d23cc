"""A review as plain text: readable aloud, in a message and without colour.

Words that went are `[-in these-]`, words that came `{+in these+}`, as git writes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from oxalis_panels.comparing.views import FieldView, PanelReview, PieceView, Review, Row
from oxalis_panels.messages import Catalogue

WIDTH = 88
"""Longest line, in characters."""
SIGNS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "kept": ("", "")}
INDENT = {"paragraph": 2, "finding": 2, "point": 6, "gap": 6}
MARK = {"paragraph": "¶", "finding": "✓", "point": "→", "gap": "…"}
WHOLE = frozenset({"added", "removed", "same", "left"})
"""What is said of the whole text and needs no signs in it."""


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
    head = f"{MARK[row.kind]} {row.place}"
    if row.label:
        head = f"{head}, {row.label}"
    if row.note:
        head = f"{head} – {row.note}"
    yield from _wrapped(head, indent, 2)
    pieces = (
        "".join(piece.text + piece.space for piece in row.pieces)
        if row.status in WHOLE
        else _joined(row.pieces)
    )
    yield from _wrapped(pieces, indent + 2)


def _joined(pieces: tuple[PieceView, ...]) -> str:
    return "".join(f"{SIGNS[each.kind][0]}{each.text}{SIGNS[each.kind][1]}{each.space}" for each in pieces)


def _wrapped(text: str, indent: int, hanging: int = 0) -> Iterator[str]:
    first, other = " " * indent, " " * (indent + hanging)
    yield from wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=other,
        break_long_words=False,
        break_on_hyphens=False,
    )
