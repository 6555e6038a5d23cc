"""The pieces of text of a PDF page as its content stream draws them: font, size, colour and place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import hypot

import pikepdf

MM = 25.4 / 72
Colour = tuple[float, ...]
Matrix = pikepdf.Matrix


@dataclass(frozen=True)
class Run:
    """Text drawn by one operator."""

    font: str
    """The name of the font without the six letters of its subset."""
    size: float
    """In points on paper."""
    colour: Colour
    """The inks it is filled with."""
    left: float
    """Where it starts, in mm from the left edge of the trimmed sheet."""
    baseline: float
    """Where it stands, in mm from the upper edge of the trimmed sheet."""


@dataclass
class _State:
    matrix: Matrix = field(default_factory=Matrix)
    colour: Colour = ()
    font: str = ""
    size: float = 0.0


class _Reader:
    def __init__(self, page: pikepdf.Page) -> None:
        self.fonts = {key: str(font.BaseFont)[1:].split("+")[-1] for key, font in page.Resources.Font.items()}
        self.trim = [float(number) for number in page.TrimBox]
        self.state = _State()
        self.saved: list[_State] = []
        self.text = Matrix()

    def run(self) -> Run:
        """Return the text that is drawn now."""
        placed = self.text @ self.state.matrix
        left, baseline = (placed.e - self.trim[0]) * MM, (self.trim[3] - placed.f) * MM
        size = self.state.size * hypot(placed.c, placed.d)
        return Run(self.state.font, round(size, 2), self.state.colour, left, baseline)

    def obey(self, operands: list[pikepdf.Object], operator: str) -> None:
        """Follow an operator that changes how or where text is drawn."""
        state = self.state
        match operator:
            case "q":
                self.saved.append(_State(state.matrix, state.colour, state.font, state.size))
            case "Q":
                self.state = self.saved.pop()
            case "cm":
                state.matrix = Matrix(*map(float, operands)) @ state.matrix
            case "k" | "scn" | "sc":
                state.colour = tuple(map(float, operands))
            case "Tf":
                state.font, state.size = self.fonts[str(operands[0])], float(operands[1])
            case "BT":
                self.text = Matrix()
            case "Tm":
                self.text = Matrix(*map(float, operands))


def runs(page: pikepdf.Page) -> Iterator[Run]:
    """Yield all text of a page as it is drawn. Raises ValueError for operators that are not followed."""
    reader = _Reader(page)
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"Td", "TD", "T*", "'", '"', "Tz", "Ts"}:
            raise ValueError(operator)
        if operator in {"Tj", "TJ"}:
            yield reader.run()
        else:
            reader.obey(list(instruction.operands), operator)
