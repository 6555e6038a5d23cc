"""The marked content of a page: the pieces of text and the drawings that its structure speaks of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Operator, String

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage

SHOWS = frozenset({"Tj", "TJ"})
NO_BREAK_SPACE = "\u00a0"
UNSPACED = "-‐/ \u00a0\u202f"
"""A line that ends with one of these needs no space."""
TO_UNICODE = re.compile(rb"<([0-9a-fA-F]{4})>\s+<([0-9a-fA-F]{4})>\s*[\n\]]")


@dataclass(slots=True)
class Piece:
    """Marked content: one line of text, or part of one, or a drawing."""

    start: int
    """Index of the instruction that opens it."""
    fonts: set[str] = field(default_factory=set)
    baseline: float = 0.0
    last: int | None = None
    """Index of the instruction that shows its last letters."""
    font: str = ""
    """Name of the font they are in."""
    shown: list[tuple[str, bytes]] = field(default_factory=list)
    """All its letters as codes, each run with the name of its font."""

    def text(self, letters: Mapping[str, Mapping[bytes, str]]) -> str:
        """Return what it says; `letters` tells what the codes of each font stand for."""
        return "".join(
            letters[font].get(codes[at : at + 2], "")
            for font, codes in self.shown
            for at in range(0, len(codes), 2)
        )


def pieces_of(instructions: Sequence[Instruction]) -> dict[int, Piece]:
    """Return the marked content of a page under its identifiers."""
    pieces: dict[int, Piece] = {}
    open_pieces: list[Piece | None] = []
    font, kept, baseline = "", [], 0.0
    for index, instruction in enumerate(instructions):
        assert isinstance(instruction, ContentStreamInstruction)
        operands, operator = instruction.operands, str(instruction.operator)
        if operator == "q":
            kept.append(font)
        elif operator == "Q":
            font = kept.pop()
        elif operator == "Tf":
            font = str(operands[0])
        elif operator == "Tm":
            baseline = float(operands[5])
        elif operator in {"BDC", "BMC"}:
            tagged = operator == "BDC" and "/MCID" in operands[1]
            piece = Piece(index) if tagged else None
            if piece:
                pieces[int(operands[1].MCID)] = piece
            open_pieces.append(piece)
        elif operator == "EMC":
            open_pieces.pop()
        elif operator in SHOWS and open_pieces and (piece := open_pieces[-1]):
            piece.fonts.add(font)
            piece.shown += [(font, bytes(part)) for part in _strings(operands[0])]
            piece.baseline, piece.last, piece.font = baseline, index, font
    return pieces


def _strings(operand: object) -> list[String]:
    return [
        part for part in (operand if isinstance(operand, Array) else [operand]) if isinstance(part, String)
    ]


def end_lines(
    instructions: list[Instruction], pieces: Sequence[Piece], fonts: Mapping[str, pikepdf.Object]
) -> None:
    """Add a space to the last piece of each line; nothing is drawn for it."""
    letters = {key: letters_of(font) for key, font in fonts.items()}
    spaces = {
        key: code
        for key, found in letters.items()
        for kind in NO_BREAK_SPACE + " "  # one glyph for both: its name is that of whichever came first
        for code, letter in found.items()
        if letter == kind
    }
    texts = [piece for piece in pieces if piece.last is not None]
    for piece, following in zip(texts, [*texts[1:], None], strict=True):
        ends = following is None or following.baseline != piece.baseline
        if not ends or piece.last is None or piece.font not in spaces:
            continue
        show = instructions[piece.last]
        assert isinstance(show, ContentStreamInstruction)
        shown = list(show.operands[0]) if isinstance(show.operands[0], Array) else [show.operands[0]]
        last = piece.shown[-1][1] if piece.shown else b""
        if letters[piece.font].get(last[-2:], "") not in UNSPACED:
            ended = Array([*shown, String(spaces[piece.font])])
            instructions[piece.last] = ContentStreamInstruction([ended], Operator("TJ"))


def letters_of(font: pikepdf.Object) -> dict[bytes, str]:
    """Return what each two-byte code of a font stands for; ligatures left out."""
    pairs = TO_UNICODE.findall(font.ToUnicode.read_bytes())
    return {bytes.fromhex(code.decode()): chr(int(letter, 16)) for code, letter in pairs}
