"""The operators of text (ISO 32000-1, 9.3 and 9.4): where each piece stands, how large, in what font."""

from collections.abc import Callable
from dataclasses import replace

from oxalis_panels.inspection.fonts import Metrics, metrics_of
from oxalis_panels.inspection.geometry import Box, Matrix, least_stretch, moved, placed, stretches, times
from oxalis_panels.inspection.objects import array, entry, identity, keys, matrix, number, raw
from oxalis_panels.inspection.survey import Mark, Run
from oxalis_panels.inspection.walk import TextPlace, Walk

Operands = list[object]
FILLED, STROKED, BOTH, INVISIBLE, CLIPPING = 0, 1, 2, 3, 4
"""Rendering modes; those from 4 also clip."""
MODES = range(8)
SPACE = 32
GAP = 300
"""Thousandths of the size: letters further apart than that are not side by side."""
COST_OF_A_FONT = 200
"""What it takes to read a font, counted in operators; its widths and the letters of a text cost more."""
WIDTHS_PER_OPERATOR = 2
LETTERS_PER_OPERATOR = 8


def _first(operands: Operands) -> float:
    return number(operands[0]) if operands else 0.0


def _begin(walk: Walk, _operands: Operands) -> None:
    walk.text = TextPlace()


def _setter(field: str, scale: float = 1.0) -> Callable[[Walk, Operands], None]:
    return lambda walk, operands: setattr(walk.state, field, _first(operands) * scale)


def _mode(walk: Walk, operands: Operands) -> None:
    mode = int(_first(operands))
    if mode in MODES:
        walk.state.mode = mode


def _font(walk: Walk, operands: Operands) -> None:
    match operands:
        case [name, size]:
            set_font(walk, walk.resource("Font", name), number(size))


def set_font(walk: Walk, font: object, size: float) -> None:
    """Write in a font of the resources from now on."""
    key = identity(font)
    known = walk.sheet.fonts.get(key) if key else None
    if known is None and walk.sheet.spend(COST_OF_A_FONT):
        known = metrics_of(font)
        walk.sheet.spend(len(known.widths) // WIDTHS_PER_OPERATOR)
        walk.sheet.complete &= known.whole
        if key:
            walk.sheet.fonts[key] = known
    walk.state.font, walk.state.size = known, size


def _place(walk: Walk, matrix: Matrix) -> None:
    walk.text.line = walk.text.glyph = matrix


def _matrix(walk: Walk, operands: Operands) -> None:
    found = matrix(operands)
    if found:
        _place(walk, found)


def _move(walk: Walk, operands: Operands) -> None:
    x, y = (number(operands[at]) if len(operands) > at else 0.0 for at in (0, 1))
    _place(walk, times((1, 0, 0, 1, x, y), walk.text.line))


def _move_and_lead(walk: Walk, operands: Operands) -> None:
    walk.state.leading = -number(operands[1]) if len(operands) > 1 else 0.0
    _move(walk, operands)


def _next_line(walk: Walk, _operands: Operands) -> None:
    _place(walk, times((1, 0, 0, 1, 0, -walk.state.leading), walk.text.line))


def _next_line_show(walk: Walk, operands: Operands) -> None:
    _next_line(walk, operands)
    _write(walk, operands[-1:])


def _spaced_next_line_show(walk: Walk, operands: Operands) -> None:
    match operands:
        case [word_space, character_space, _]:
            walk.state.word_space, walk.state.character_space = number(word_space), number(character_space)
    _next_line_show(walk, operands)


def _write(walk: Walk, pieces: list[object]) -> None:
    """Paint pieces of text one after the other, with the numbers between them as distances."""
    state = walk.state
    font = state.font
    if font is None:
        return
    start = walk.text.glyph
    per_unit = state.size * state.stretch / 1000
    advance = 0.0
    codes: list[int] = []
    runs: list[tuple[float, float, list[int]]] = []
    apart = True
    for piece in pieces:
        text = raw(piece)
        if not walk.sheet.spend(len(text) // LETTERS_PER_OPERATOR):
            return
        shown = font.codes(text)
        if not shown:
            advance -= number(piece) * per_unit
            apart |= abs(number(piece)) > GAP
            continue
        if font.glyphs is not None:
            _draw_glyphs(walk, font, shown, times((1, 0, 0, 1, advance, 0), start))
        codes += shown
        begin, before = (advance, []) if apart else (runs[-1][0], runs.pop()[2])
        apart = False
        advance += sum([_advance(walk, font, code) for code in shown])
        runs.append((begin, advance, before + shown))
    walk.text.glyph = times((1, 0, 0, 1, advance, 0), start)
    if codes and not all(code == SPACE and font.bytes_per_glyph == 1 for code in codes):
        low, high = (state.rise + height / 1000 * state.size for height in font.span(codes))
        box = moved(Box(0.0, low, advance, high), place := times(start, state.matrix))
        lines = [found for run in runs if (found := _run(walk, font, place, run))] if not walk.region else []
        mark = Mark("text", walk.page, box, runs=tuple(lines), missing=font.lacks(codes), font=font.font)
        _mark(walk, font, replace(mark, size=abs(state.size) * stretches(place)[1]))


def _run(walk: Walk, font: Metrics, place: Matrix, side: tuple[float, float, list[int]]) -> Run | None:
    """Return letters side by side, without blanks at their ends; None where there is nothing else."""
    left, right, codes = side
    first, last = 0, len(codes)
    while first < last and font.is_faint(codes[first]):
        left += _advance(walk, font, codes[first])
        first += 1
    while first < last and font.is_faint(codes[last - 1]):
        last -= 1
        right -= _advance(walk, font, codes[last])
    shown = codes[first:last]
    core = font.core(shown) if shown else None
    if core is None:
        return None
    begin, end = font.ends(shown)
    per_unit = walk.state.size * walk.state.stretch / 1000
    left, right = left + begin * per_unit, right - end * per_unit
    low, high = (walk.state.rise + height / 1000 * walk.state.size for height in core)
    corners = ((left, low), (right, low), (right, high), (left, high))
    turned = tuple(placed(x, y, place) for x, y in corners)
    return Run(turned, tuple(shown), font.outlines is not None)


def _advance(walk: Walk, font: Metrics, code: int) -> float:
    state = walk.state
    width = font.widths.get(code, font.default) / 1000 * state.size + state.character_space
    if code == SPACE and font.bytes_per_glyph == 1:
        width += state.word_space
    return width * state.stretch


def _mark(walk: Walk, font: Metrics, text: Mark) -> None:
    """Paint a piece of text: filled, outlined, or both; what is invisible is no mark."""
    state = walk.state
    mode = state.mode % CLIPPING
    if font.glyphs is not None and mode != INVISIBLE:
        mode = FILLED  # drawings have no outline (ISO 32000-1, 9.3.6)
    if mode in {FILLED, BOTH}:
        walk.paint(text, state.fill)
    if mode in {STROKED, BOTH}:
        width = state.line_width * least_stretch(state.matrix)
        walk.paint(Mark("stroke", walk.page, text.box, width=width), state.stroke)
    if mode == STROKED:
        walk.paint(text, state.stroke)


def _draw_glyphs(walk: Walk, font: Metrics, codes: list[int], start: Matrix) -> None:
    """Follow the drawings of a Type 3 font, each once in a piece of text: all where none has a code."""
    size = (walk.state.size * walk.state.stretch, 0.0, 0.0, walk.state.size, 0.0, walk.state.rise)
    place = times(times(times(font.matrix, size), start), walk.state.matrix)
    named = {font.names.get(code, "") for code in codes} if font.names else keys(font.glyphs)
    for each in sorted(named):
        walk.glyph(entry(font.glyphs, each), font.resources, place)


WRITING: dict[str, Callable[[Walk, Operands], None]] = {
    "BT": _begin,
    "Tc": _setter("character_space"),
    "Tw": _setter("word_space"),
    "Tz": _setter("stretch", 0.01),
    "TL": _setter("leading"),
    "Ts": _setter("rise"),
    "Tr": _mode,
    "Tf": _font,
    "Tm": _matrix,
    "Td": _move,
    "TD": _move_and_lead,
    "T*": _next_line,
    "Tj": lambda walk, operands: _write(walk, operands[:1]),
    "TJ": lambda walk, operands: _write(walk, array(operands[0]) if operands else []),
    "'": _next_line_show,
    '"': _spaced_next_line_show,
}
