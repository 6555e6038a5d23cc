"""What a screen reader says of a PDF: its structure read aloud, piece by piece.

Nothing here looks at how the program makes its files. Text is found by way of the structure alone: what no
element holds is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

BFCHAR = re.compile(rb"<([0-9a-fA-F]{4})> <((?:[0-9a-fA-F]{4})+)>\n")


@dataclass
class Element:
    """An element of the structure."""

    kind: str
    """`H1`, `L`, `LI`…"""
    content: list[Element | str] = field(default_factory=list)
    """What it holds, in order; text as it is drawn, one string per piece."""
    target: str = ""
    """Where a link leads."""
    instead: str | None = None
    """Its alternative text, which is said instead of what it holds."""

    @property
    def text(self) -> str:
        """All that is said of it; a reader pauses after everything that is not part of a line."""
        said = self._text("text") if self.instead is None else self.instead
        return said if self.kind == "Link" else f"{said}\n"

    @property
    def written(self) -> str:
        """All text that it holds, alternative text or not; a label stands on the line of its item."""
        return self._text("written") + {"Link": "", "Lbl": " "}.get(self.kind, "\n")

    def _text(self, way: str) -> str:
        return "".join(each if isinstance(each, str) else getattr(each, way) for each in self.content)

    def find(self, kind: str) -> Iterator[Element]:
        """Yield every element of a kind, in reading order."""
        for each in self.content:
            if isinstance(each, Element):
                if each.kind == kind:
                    yield each
                yield from each.find(kind)

    def kids(self, kind: str) -> list[Element]:
        """Return the elements of a kind that it holds itself."""
        return [each for each in self.content if isinstance(each, Element) and each.kind == kind]


def spoken(document: pikepdf.Pdf) -> Element:
    """Return a document as a screen reader meets it. Raises KeyError for content that is lost."""
    texts = {page.obj.objgen: _pieces(page) for page in document.pages}
    return _element(document.Root.StructTreeRoot.K[0], texts)


def _element(thing: pikepdf.Object, texts: dict[tuple[int, int], dict[int, str]]) -> Element:
    element = Element(str(thing.S)[1:], instead=str(thing.Alt) if "/Alt" in thing else None)
    for kid in thing.K:
        if isinstance(kid, int):
            element.content.append(texts[thing.Pg.objgen][kid])
        elif kid.get("/Type") == Name.OBJR:
            element.target = str(kid.Obj.A.URI)
        else:
            assert kid.P.objgen == thing.objgen
            element.content.append(_element(kid, texts))
    return element


def _pieces(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of each piece of marked content."""
    fonts = {key: _letters(font) for key, font in page.Resources.Font.items()}
    pieces: dict[int, str] = {}
    marks: list[int | None] = []
    letters: dict[bytes, str] = {}
    kept: list[dict[bytes, str]] = []
    for instruction in pikepdf.parse_content_stream(page):
        assert isinstance(instruction, pikepdf.ContentStreamInstruction)
        operands, operator = list(instruction.operands), str(instruction.operator)
        if operator == "q":
            kept.append(letters)
        elif operator == "Q":
            letters = kept.pop()
        elif operator == "Tf":
            letters = fonts[str(operands[0])]
        elif operator in {"BDC", "BMC"}:
            tagged = operator == "BDC" and isinstance(operands[1], Dictionary)
            marks.append(int(operands[1].MCID) if tagged else None)
            pieces |= {int(operands[1].MCID): ""} if tagged else {}
            assert marks.count(None) in {0, len(marks)}, "artifact in text, or text in artifact"
        elif operator == "EMC":
            marks.pop()
        elif operator in {"Tj", "TJ"} and marks[-1] is not None:
            pieces[marks[-1]] = pieces.get(marks[-1], "") + _decoded(operands[0], letters)
    return pieces


def _decoded(shown: pikepdf.Object, letters: dict[bytes, str]) -> str:
    parts = (
        [bytes(part) for part in shown if isinstance(part, pikepdf.String)]
        if isinstance(shown, Array)
        else []
    )
    codes = b"".join(parts or [bytes(shown)])
    return "".join(letters[codes[at : at + 2]] for at in range(0, len(codes), 2))


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    pairs = BFCHAR.findall(font.ToUnicode.read_bytes())
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs
    }
