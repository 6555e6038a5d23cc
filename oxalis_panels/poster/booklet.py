"""All sheets of a collection as one document for the screen, bound from the finished files.

Nothing is laid out again. Its pages are A4: whoever opens it reads it at its real size, and whoever prints it
needs no setting.
"""

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, OutlineItem, String

from oxalis_panels.poster.marked import letters_of, pieces_of
from oxalis_panels.poster.metadata import accessible
from oxalis_panels.poster.places import COVER_LABEL
from oxalis_panels.poster.screen import figures

A4 = (210 / 25.4 * 72, 297 / 25.4 * 72)
"""Width and height in points. A sheet fills its width; of its height 0.2 mm are cut off at each end."""


def bind_booklet(cover: bytes, sheets: Sequence[bytes], title: str, authors: str, language: str) -> bytes:
    """Return a cover and sheets, tagged files of one page each, as one PDF/UA-1 document with bookmarks.

    The number of a page is that of its sheet.
    """
    with pikepdf.new() as booklet:
        binding = _Binding(booklet)
        with booklet.open_outline() as outline:
            for sheet in (cover, *sheets):
                with pikepdf.open(io.BytesIO(sheet)) as source:
                    outline.root.append(binding.add(source))
        booklet.Root.PageMode = Name.UseOutlines
        booklet.Root.PageLabels = Dictionary(
            Nums=Array([0, Dictionary(P=String(COVER_LABEL)), 1, Dictionary(S=Name.D)])
        )
        return accessible(booklet, title, authors, language)


class _Binding:
    """The structure of a booklet that is being bound."""

    def __init__(self, booklet: pikepdf.Pdf) -> None:
        self._booklet = booklet
        self._owners = Array()
        self._running: set[str] = set()
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
        article = self._booklet.copy_foreign(sheet.Root.StructTreeRoot.K[0])
        silent = self._silenced(page, article)
        move = _onto_a4(page)
        article.S, article.P, article.T = Name.Art, self._root, String(str(sheet.docinfo["/Title"]))
        self._root.K.append(article)
        for figure in figures(article):
            figure.A.BBox = Array(_moved(figure.A.BBox, move))
        numbers = list(self._booklet.copy_foreign(sheet.Root.StructTreeRoot.ParentTree).Nums)
        owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        speaking = owners[int(page.obj.StructParents)]
        spoken = Array([None if mcid in silent else each for mcid, each in enumerate(speaking)])
        page.obj.StructParents = self._number(spoken)
        for link in page.get("/Annots", ()):
            link.StructParent = self._number(owners[int(link.StructParent)])
        return _bookmarks(sheet, len(self._booklet.pages) - 1, move)

    def _silenced(self, page: pikepdf.Page, article: pikepdf.Object) -> set[int]:
        """Make an artifact of what earlier sheets said beside their text; return it (ISO 14289-1, 7.8)."""
        instructions = list(pikepdf.parse_content_stream(page))
        pieces = pieces_of(instructions)
        letters = {key: letters_of(font) for key, font in page.Resources.Font.items()}
        silent: set[int] = set()
        fresh: set[str] = set()
        kept = []
        for kid in article.K:
            plain = kid.get("/S") == Name.P and all(isinstance(at, int) for at in kid.K)
            lines = [int(at) for at in kid.K] if plain else []
            said = " ".join("".join(pieces[at].text(letters) for at in lines).split())
            if said in self._running:
                silent |= set(lines)
            else:
                kept.append(kid)
            fresh.add(said)
        self._running |= fresh - {""}
        article.K = Array(kept)
        for mcid in silent:
            instructions[pieces[mcid].start] = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
        page.Contents = self._booklet.make_stream(pikepdf.unparse_content_stream(instructions))
        return silent

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


def _moved(box: pikepdf.Object, move: pikepdf.Matrix) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(side) for side in box)
    return (*move.transform((left, bottom)), *move.transform((right, top)))


def _bookmarks(sheet: pikepdf.Pdf, page: int, move: pikepdf.Matrix) -> OutlineItem:
    """Return a bookmark for a sheet, and below it those that the sheet has itself."""
    whole = OutlineItem(str(sheet.docinfo["/Title"]), page, "Fit")
    with sheet.open_outline() as outline:
        inside = [child for item in outline.root for child in item.children]
        for item in inside:
            assert isinstance(item.destination, Array)
            _, top = move.transform((0, float(item.destination[3])))
            whole.children.append(OutlineItem(item.title, page, "XYZ", left=0, top=top, zoom=0))
    whole.is_closed = True
    return whole
