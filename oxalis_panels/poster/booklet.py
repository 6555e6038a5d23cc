"""All sheets of a collection as one document for the screen, bound from the finished files.

Nothing is laid out again. Its pages are A4: whoever opens it reads it at its real size, and whoever prints it
needs no setting.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from oxalis_panels.poster.screen import described
from oxalis_panels.poster.tags import figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

A4 = (210 / 25.4 * 72, 297 / 25.4 * 72)
"""Width and height in points. A sheet fills its width; of its height 0.2 mm are cut off at each end."""


def bind_booklet(sheets: Sequence[bytes], title: str, authors: str, language: str) -> bytes:
    """Return the sheets, tagged files of one page each, as one PDF/UA-1 document with bookmarks."""
    with pikepdf.new() as booklet:
        binding = _Binding(booklet)
        with booklet.open_outline() as outline:
            for sheet in sheets:
                with pikepdf.open(io.BytesIO(sheet)) as source:
                    outline.root.append(binding.add(source))
        booklet.Root.PageMode = Name.UseOutlines
        return described(booklet, title, authors, language)


class _Binding:
    """The structure of a booklet that is being bound."""

    def __init__(self, booklet: pikepdf.Pdf) -> None:
        self._booklet = booklet
        self._owners = Array()
        self._root = booklet.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        booklet.Root.StructTreeRoot = booklet.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self._root]),
                ParentTree=booklet.make_indirect(Dictionary(Nums=self._owners)),
            )
        )
        self._root.P = booklet.Root.StructTreeRoot

    def add(self, sheet: pikepdf.Pdf) -> OutlineItem:
        """Add a sheet; return its bookmarks."""
        self._booklet.pages.extend(sheet.pages)
        page = self._booklet.pages[-1]
        move = _onto_a4(page)
        article = self._booklet.copy_foreign(sheet.Root.StructTreeRoot.K[0])
        article.S, article.P, article.T = Name.Art, self._root, sheet.docinfo["/Title"]
        self._root.K.append(article)
        for figure in figures(article):
            figure.A.BBox = Array(_moved(figure.A.BBox, move))
        numbers = list(self._booklet.copy_foreign(sheet.Root.StructTreeRoot.ParentTree).Nums)
        owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        page.obj.StructParents = self._number(owners[int(page.obj.StructParents)])
        for link in page.get("/Annots", ()):
            link.StructParent = self._number(owners[int(link.StructParent)])
        return _bookmarks(sheet, len(self._booklet.pages) - 1, move)

    def _number(self, owner: pikepdf.Object) -> int:
        """Return a new number, under which a page or a link finds the elements that it belongs to."""
        number = len(self._owners) // 2
        self._owners.append(number)
        self._owners.append(owner)
        return number


def _onto_a4(page: pikepdf.Page) -> pikepdf.Matrix:
    """Make a page A4 and what is on it as large as that allows; return how a point of it moves."""
    _, _, width, height = (float(side) for side in page.MediaBox)
    scale = A4[0] / width
    move = pikepdf.Matrix(scale, 0, 0, scale, 0, (A4[1] - scale * height) / 2)
    page.contents_add(b"q " + move.encode() + b" cm", prepend=True)
    page.contents_add(b"Q")
    for box in ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox"):
        if box in page:
            page[box] = Array([0, 0, *(round(side, 4) for side in A4)])
    for link in page.get("/Annots", ()):
        link.Rect = Array(round(side, 3) for side in _moved(link.Rect, move))
    return move


def _moved(box: Iterable[object], move: pikepdf.Matrix) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(side) for side in box)  # type: ignore[arg-type]
    return (*move.transform((left, bottom)), *move.transform((right, top)))


def _bookmarks(sheet: pikepdf.Pdf, page: int, move: pikepdf.Matrix) -> OutlineItem:
    """Return a bookmark for a sheet, and below it those that the sheet has itself."""
    whole = OutlineItem(str(sheet.docinfo["/Title"]), page, "Fit")
    with sheet.open_outline() as outline:
        inside = [child for item in outline.root for child in item.children]
        for item in inside:
            assert isinstance(item.destination, Array)  # noqa: S101 - as WeasyPrint writes them
            _, top = move.transform((0, float(item.destination[3])))
            whole.children.append(OutlineItem(item.title, page, "XYZ", left=0, top=top, zoom=0))
    whole.is_closed = True
    return whole
