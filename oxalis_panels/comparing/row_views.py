"""The texts of a panel that changed, in words, with what shows where they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

from oxalis_panels.comparing.changes import ItemChange, PanelChange, Place, Wording
from oxalis_panels.comparing.views import PieceView, Row
from oxalis_panels.messages import Catalogue
from oxalis_panels.model import Inline, Text, plain
from oxalis_panels.rendering.inline import html

LANDMARK = 90
"""Characters of a text that did not change and only shows where one is."""
WHOLE = ("added", "removed")


class RowTeller:
    """Says what became of texts, in one language."""

    def __init__(
        self, titles: Sequence[Mapping[int, str]], pairs: set[tuple[int, int]], words: Catalogue
    ) -> None:
        """Take the titles of the panels, by number, before and after, and which numbers are one panel."""
        self._titles, self._pairs, self._words = titles, pairs, words

    def rows(self, change: PanelChange) -> Iterator[Row]:
        """Yield what changed, each ✓ above its → that did; of what did not, how much there is."""
        told = _told(change)
        if not any(told):
            return
        for shown, group in groupby(zip(change.items, told, strict=True), key=lambda each: each[1]):
            items = [item for item, _ in group]
            if shown:
                yield from (self._row(change, item) for item in items)
            else:
                yield Row("gap", "same", self._words.count("compare.count.same", len(items)), "", "", ())

    def _row(self, change: PanelChange, item: ItemChange) -> Row:
        left = change.has_left(item)
        place = item.before if left and item.before else item.place
        status = "left" if left else item.status
        if status in {"same", "left"}:
            pieces: tuple[PieceView, ...] = (landmark(item.text.before if left else item.text.after),)
        else:
            pieces = tuple(piece_views(item.text))
        said = self._place(place)
        named = status != "same" and not (change.fate != "kept" and status in WHOLE)
        label = self._words.text(f"compare.status.{status}") if named else ""
        name = f"{said[:1].upper()}{said[1:]}"
        return Row(place.kind, status, name, label, self._note(item, left=left), pieces)

    def _note(self, item: ItemChange, *, left: bool) -> str:
        """Return where a text was, or went."""
        before, after = item.before, item.after
        if before is None or after is None or not (item.moved or left):
            return ""
        if (before.panel, after.panel) in self._pairs:
            return self._words.text("compare.was_here", place=self._place(before))
        place, titles = (after, self._titles[1]) if left else (before, self._titles[0])
        key = "compare.now_there" if left else "compare.was_there"
        return self._words.text(key, panel=place.panel, title=titles[place.panel], place=self._place(place))

    def _place(self, place: Place) -> str:
        number = place.finding if place.kind == "finding" else place.number
        return self._words.text(f"compare.at_{place.kind}", n=number, finding=place.finding)


def _told(change: PanelChange) -> list[bool]:
    """Return which texts are shown: those that changed, and each ✓ above one that did."""
    told = [change.fate != "kept" or item.status != "same" or change.has_left(item) for item in change.items]
    below = False
    for at in reversed(range(len(told))):
        if change.items[at].place.kind == "point":
            below = below or told[at]
        else:
            told[at] = told[at] or (below and change.items[at].place.kind == "finding")
            below = False
    return told


def piece_views(text: Wording) -> Iterator[PieceView]:
    """Yield a text in pieces; spaces stand outside what is struck through or underlined."""
    for piece, following in zip(text.pieces, [*text.pieces[1:], None], strict=True):
        if piece.kept:
            goes = following is not None and following.before and not piece.after[-1:].isspace()
            yield _view("kept", piece.after, space=_end(piece.before) if goes else None)
            continue
        if piece.before:
            yield _view("removed", piece.before, space="" if piece.after else None)
        if piece.after:
            yield _view("added", piece.after)


def _view(kind: Literal["kept", "removed", "added"], text: str, *, space: str | None = None) -> PieceView:
    bare = text.rstrip()
    return PieceView(kind, bare, html((Text(bare),)), _end(text) if space is None else space)


def _end(text: str) -> str:
    """Return the spaces at the end of a text."""
    return text[len(text.rstrip()) :]


def landmark(text: Inline) -> PieceView:
    """Return the beginning of a text, up to a word's end."""
    whole = plain(text)
    if len(whole) > LANDMARK:
        whole = whole[:LANDMARK].rsplit(" ", 1)[0].rstrip(" ,;:.\u00a0\u202f") + "\u00a0…"
    return _view("kept", whole)
