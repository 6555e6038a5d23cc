"""The sheet for the screen: PDF/UA-1 (ISO 14289-1), RGB, with live links, and tags that can be read aloud.

WeasyPrint 70 writes every line as an element of its own, no space between the last word of a line and the
first of the next, every drawing as a figure without a description, and a mark as a word of its item. Here
lines become the content of their paragraph, line ends get their space back, decoration becomes an artifact,
which no reader speaks, and marks become the labels of their items (ISO 32000-1, 14.8.2.2, 14.8.2.5,
14.8.4.3.3).
"""

import io
from collections.abc import Container, Iterator

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, String

from oxalis_panels.poster.job import Job, Series
from oxalis_panels.poster.marked import end_lines, pieces_of
from oxalis_panels.poster.metadata import accessible
from oxalis_panels.rendering.fonts import MARKS

TRANSPARENT = frozenset({Name.NonStruct, Name.Span, Name.Div})
"""Elements that say nothing: their content belongs to what is around them."""
GROUPING = frozenset({Name.Document, Name.Part, Name.Art, Name.Sect})
"""Elements that hold no text of their own."""
SILENCE = " "
"""Said instead of a mark (ISO 32000-1, 14.9.3): neither « coche » nor « flèche droite »."""
POINTS_PER_PIXEL = 0.75
"""WeasyPrint 70 gives the place of a figure in its own pixels, from the top."""


def finish_screen(pdf: bytes, job: Job, series: Series) -> bytes:
    """Return a tagged sheet as WeasyPrint draws it as the file for the site."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _tidy_tags(document)
        if "/Names" in document.Root:
            del document.Root["/Names"]  # an anchor for every item, and nothing leads to them
        _drop_unused_spaces(document)
        _tidy_bookmarks(document)
        return accessible(document, job.title, series.authors, series.language)


def _drop_unused_spaces(document: pikepdf.Pdf) -> None:
    """Drop the Lab colour spaces that WeasyPrint 70 declares in every file."""
    for each in document.objects:
        if isinstance(each, Dictionary | pikepdf.Stream) and "/ColorSpace" in each.get("/Resources", {}):
            del each.Resources["/ColorSpace"]


def _tidy_bookmarks(document: pikepdf.Pdf) -> None:
    """Take the mark off each bookmark, and the unbreakable spaces that only lines need."""
    with document.open_outline() as outline:
        for item in [*outline.root, *(child for each in outline.root for child in each.children)]:
            item.title = " ".join(item.title.lstrip("✓→").split())


def _tidy_tags(document: pikepdf.Pdf) -> None:
    """Tidy the tags of a page. Decoration: figures without a description, marks that begin no item."""
    page, root = document.pages[0], document.Root.StructTreeRoot
    instructions = list(pikepdf.parse_content_stream(page))
    pieces = pieces_of(instructions)
    fonts = {str(key): font for key, font in page.Resources.Font.items()}
    mark_fonts = {key for key, font in fonts.items() if MARKS.replace(" ", "-") in str(font.BaseFont)}
    marks = {mcid for mcid, piece in pieces.items() if piece.fonts and piece.fonts <= mark_fonts}
    labels = set(_label_items(document, root.K[0], marks))
    dumb = {*_undescribed(root.K[0]), *(marks - labels)}
    end_lines(instructions, [pieces[mcid] for mcid in sorted(pieces.keys() - dumb)], fonts)
    for mcid in dumb:
        instructions[pieces[mcid].start] = ContentStreamInstruction([Name.Artifact], Operator("BMC"))
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
    _tidy_element(root.K[0], dumb)
    owners: dict[int, pikepdf.Object] = {}
    linked: dict[int, pikepdf.Object] = {}
    _own(root.K[0], owners, linked)
    for figure in figures(root.K[0]):
        left, top, right, bottom = (float(side) * POINTS_PER_PIXEL for side in figure.A.BBox)
        height = float(page.MediaBox[3])
        figure.A.BBox = Array([left, height - bottom, right, height - top])
    numbers = root.ParentTree.Nums
    numbers[1] = Array([owners.get(mcid) for mcid in range(len(numbers[1]))])
    for at in range(2, len(numbers), 2):
        numbers[at + 1] = linked[int(numbers[at])]


def figures(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield every figure below an element that says where it stands."""
    for kid in _kids(element):
        if not isinstance(kid, int) and "/S" in kid:
            if _is(kid, Name.Figure) and "/A" in kid:
                yield kid
            yield from figures(kid)


def _undescribed(element: pikepdf.Object) -> Iterator[int]:
    """Yield what a figure without alternative text is made of."""
    for kid in _kids(element):
        if isinstance(kid, int):
            if _is(element, Name.Figure) and "/Alt" not in element:
                yield kid
        elif "/S" in kid:
            yield from _undescribed(kid)


def _kids(element: pikepdf.Object | int) -> list[pikepdf.Object | int]:
    return [] if isinstance(element, int) else list(element.K)


def _tidy_element(element: pikepdf.Object, dumb: Container[int]) -> None:
    """Leave out decoration and what it empties, and lift what stands in elements that say nothing."""
    kids: list[pikepdf.Object | int] = []
    for kid in _kids(element):
        if isinstance(kid, int):
            kids += [] if kid in dumb else [kid]
        elif "/S" not in kid:
            kids.append(kid)
        else:
            _tidy_element(kid, dumb)
            for each in _lifted(kid, element):
                _add(each, kids)
    element.K = Array(kids)


def _label_items(document: pikepdf.Pdf, element: pikepdf.Object, marks: Container[int]) -> Iterator[int]:
    """Make the mark that an item begins with its label; yield each that is one."""
    for kid in _kids(element):
        if isinstance(kid, int) or "/S" not in kid:
            continue
        if _is(kid, Name.LI) and (mark := _taken(kid, marks)) is not None:
            label = Dictionary(
                Type=Name.StructElem, S=Name.Lbl, K=Array([mark]), Alt=String(SILENCE), Pg=kid.Pg
            )
            kid.K = Array([document.make_indirect(label), *_kids(kid)])
            yield mark
        yield from _label_items(document, kid, marks)


def _taken(element: pikepdf.Object, marks: Container[int]) -> int | None:
    """Take the mark that an element begins with out of it, if there is one."""
    kids = _kids(element)
    first = kids[0] if kids else None
    if isinstance(first, int) and first in marks:
        element.K = Array(kids[1:])
        return first
    return _taken(first, marks) if isinstance(first, pikepdf.Dictionary) and "/S" in first else None


def _add(kid: pikepdf.Object | int, kids: list[pikepdf.Object | int]) -> None:
    """Add something to the content of an element: to what stands before, where it is the rest of that."""
    before = kids[-1] if kids else 0
    if not isinstance(kid, int) and not isinstance(before, int) and _goes_on(kid, before):
        before.K = Array([*_kids(before), *_kids(kid)])
    else:
        kids.append(kid)


def _lifted(kid: pikepdf.Object, parent: pikepdf.Object) -> list[pikepdf.Object | int]:
    """Return what is left of an element inside its parent: nothing, itself or its content."""
    inside = _kids(kid)
    if not inside:
        return []
    if _is(kid, Name.Div) and len(inside) > 1 and all(_is(each, Name.L) for each in inside):
        kid.S, kid.K = Name.L, Array([item for each in inside for item in _kids(each)])
        return [kid]
    if kid.S in TRANSPARENT and parent.S in GROUPING and any(isinstance(each, int) for each in inside):
        kid.S = Name.P
    return inside if kid.S in TRANSPARENT or kid.S == parent.S == Name.P else [kid]


def _goes_on(kid: pikepdf.Object, before: pikepdf.Object) -> bool:
    """Whether two links are the two lines of one, or two lists one of which a part stands in two columns."""
    if _is(kid, Name.Link) and _is(before, Name.Link):
        return _target(kid) == _target(before)
    return _is(kid, Name.L) and _is(before, Name.L)


def _target(link: pikepdf.Object) -> str:
    return next((str(kid.Obj.A.URI) for kid in _kids(link) if not isinstance(kid, int) and "/Obj" in kid), "")


def _is(kid: pikepdf.Object | int, kind: pikepdf.Object) -> bool:
    return not isinstance(kid, int) and kid.get("/S") == kind


def _own(
    element: pikepdf.Object, owners: dict[int, pikepdf.Object], linked: dict[int, pikepdf.Object]
) -> None:
    """Tell everything below an element where it stands; collect which holds which piece and which link."""
    for kid in _kids(element):
        if isinstance(kid, int):
            owners[kid] = element
        elif "/S" in kid:
            kid.P = element
            _own(kid, owners, linked)
        else:
            linked[int(kid.Obj.StructParent)] = element
