"""The operators of a content stream (ISO 32000-1, annex A): each changes the walk or paints."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import isfinite
from typing import Literal

from pikepdf import Name, PdfInlineImage

from oxalis_panels.inspection.colours import colour_of
from oxalis_panels.inspection.geometry import Box, moved, placed, stretches, times
from oxalis_panels.inspection.images import kinds_of, mask_of, picture_of
from oxalis_panels.inspection.objects import array, entry, matrix, name, number
from oxalis_panels.inspection.survey import Colour, Feature, Mark, Picture, Transparency
from oxalis_panels.inspection.text_operators import WRITING, Operands, set_font
from oxalis_panels.inspection.walk import SIDES, Walk

Side = Literal["fill", "stroke"]
PLAIN = ("Normal", "Compatible")
LIGHTENING = ("Screen", "Lighten", "ColorDodge")
"""Blend modes that take ink away; all others but the plain ones may add some."""
UNIT = Box(0, 0, 1, 1)
INCH = 72
DEEPEST = 512
"""States that may wait for `Q`; ISO 32000-1 asks for 28."""


def _values(operands: Operands) -> list[float]:
    return [number(each) for each in operands]


# State


def _save(walk: Walk, _operands: Operands) -> None:
    if len(walk.saved) < DEEPEST:
        walk.saved.append(replace(walk.state))
    else:
        walk.sheet.complete = False


def _restore(walk: Walk, _operands: Operands) -> None:
    if walk.saved:
        walk.state = walk.saved.pop()


def _transform(walk: Walk, operands: Operands) -> None:
    found = matrix(operands)
    if found:
        walk.state.matrix = times(found, walk.state.matrix)


def _line_width(walk: Walk, operands: Operands) -> None:
    walk.state.line_width = abs(number(operands[0])) if operands else 0.0


def _graphics_state(walk: Walk, operands: Operands) -> None:
    found = walk.resource("ExtGState", operands[0] if operands else None)
    state = walk.state
    state.line_width = number(entry(found, "LW"), state.line_width)
    font = array(entry(found, "Font"))
    if font:
        set_font(walk, font[0], number(font[-1]))
    lines, fills = entry(found, "OP"), entry(found, "op")
    fills = fills if isinstance(fills, bool) else lines
    if isinstance(lines, bool):
        state.stroke = replace(state.stroke, overprints=lines)
    if isinstance(fills, bool):
        state.fill = replace(state.fill, overprints=fills)
    if entry(found, "OPM") is not None:
        state.nonzero = number(entry(found, "OPM")) == 1
    walk.look_at(found)
    _note_transparency(walk, found)


def _note_transparency(walk: Walk, found: object) -> None:
    opacity = min(number(entry(found, key), 1.0) for key in ("CA", "ca"))
    if opacity < 1:
        walk.transparent(Transparency(walk.page, "opacity", f"{100 * opacity:.0f} %"))
    blend = entry(found, "BM")
    modes = [name(each) for each in array(blend)] or [name(blend)]
    if modes[0]:
        walk.state.darkens = modes[0] not in PLAIN + LIGHTENING
    if modes[0] and modes[0] not in PLAIN:
        walk.transparent(Transparency(walk.page, "blend", modes[0]))
    mask = entry(found, "SMask")
    if entry(mask, "G") is not None:
        walk.transparent(Transparency(walk.page, "mask", ""))
        walk.soft_mask(mask)


# Paths


def _points(walk: Walk, operands: Operands) -> None:
    values = _values(operands)
    matrix = walk.state.matrix
    walk.path.points += [placed(x, y, matrix) for x, y in zip(values[::2], values[1::2], strict=False)]


def _rectangle(walk: Walk, operands: Operands) -> None:
    values = _values(operands)
    if len(values) == SIDES:
        x, y, width, height = values
        matrix = walk.state.matrix
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        walk.path.points += [placed(*corner, matrix) for corner in corners]


def _clips(walk: Walk, _operands: Operands) -> None:
    walk.path.clips = True


def _painter(*, fill: bool, stroke: bool) -> Callable[[Walk, Operands], None]:
    return lambda walk, _operands: walk.paint_path(fill=fill, stroke=stroke)


# Colours


def _set(walk: Walk, side: Side, **changes: object) -> None:
    """Change what fills, or what lines, are made of."""
    setattr(walk.state, side, replace(getattr(walk.state, side), **changes))


def _device(family: Name, side: Side) -> Callable[[Walk, Operands], None]:
    def obey(walk: Walk, operands: Operands) -> None:
        space = walk.space(family)
        _set(walk, side, space=space, colour=colour_of(space, _values(operands)), pattern=None)

    return obey


def _space(side: Side) -> Callable[[Walk, Operands], None]:
    def obey(walk: Walk, operands: Operands) -> None:
        space = walk.space(operands[0] if operands else None)
        black = [0.0, 0.0, 0.0, 1.0] if space.label == "DeviceCMYK" else [0.0] * space.components
        colour = colour_of(space, [1.0] * space.components if space.inks else black)
        _set(walk, side, space=space, colour=colour, pattern=None)

    return obey


def _components(side: Side) -> Callable[[Walk, Operands], None]:
    def obey(walk: Walk, operands: Operands) -> None:
        space, pattern = getattr(walk.state, side).space, None
        if space.kind != "pattern":
            colour = colour_of(space, _values(operands))
        else:
            pattern = walk.resource("Pattern", operands[-1] if operands else None)
            colour = colour_of(space.base, _values(operands[:-1])) if space.base else Colour(space, None)
        _set(walk, side, colour=colour, pattern=pattern)

    return obey


# Pictures, gradients and forms


def _shading(walk: Walk, operands: Operands) -> None:
    adds = walk.state.fill.overprints or walk.state.darkens
    mark = Mark("shading", walk.page, walk.state.clip, adds=adds)
    walk.shade(mark, walk.resource("Shading", operands[0] if operands else None))


def _draw(walk: Walk, operands: Operands) -> None:
    found = walk.resource("XObject", operands[0] if operands else None)
    kind = name(entry(found, "Subtype"))
    if kind == "Form":
        walk.form(found)
    elif kind == "Image":
        if mask_of(found):
            walk.transparent(Transparency(walk.page, "mask", ""))
        _picture(walk, walk.sheet.picture(found, lambda: picture_of(found, walk.space)))


def _inline(walk: Walk, operands: Operands) -> None:
    found = operands[0] if operands else None
    described = found.obj if isinstance(found, PdfInlineImage) else None
    walk.sheet.features |= dict.fromkeys(Feature(0, kind) for kind in kinds_of(described, picture=True))
    _picture(walk, picture_of(described, walk.space))


def _picture(walk: Walk, picture: Picture) -> None:
    state = walk.state
    across, up = stretches(state.matrix)
    sides: Sequence[tuple[int, float]] = ((picture.width, across), (picture.height, up))
    resolutions = [pixels * INCH / length for pixels, length in sides if length > 0 and isfinite(length)]
    resolution = min(resolutions, default=0.0)
    box = moved(UNIT, state.matrix)
    walk.paint(Mark("picture", walk.page, box, picture=picture, resolution=resolution), state.fill)


OPERATORS: dict[str, Callable[[Walk, Operands], None]] = {
    "q": _save,
    "Q": _restore,
    "cm": _transform,
    "w": _line_width,
    "gs": _graphics_state,
    **dict.fromkeys(("m", "l", "c", "v", "y"), _points),
    "re": _rectangle,
    "W": _clips,
    "W*": _clips,
    **dict.fromkeys(("S", "s"), _painter(fill=False, stroke=True)),
    **dict.fromkeys(("f", "F", "f*"), _painter(fill=True, stroke=False)),
    **dict.fromkeys(("B", "B*", "b", "b*"), _painter(fill=True, stroke=True)),
    "n": _painter(fill=False, stroke=False),
    "CS": _space("stroke"),
    "cs": _space("fill"),
    **dict.fromkeys(("SC", "SCN"), _components("stroke")),
    **dict.fromkeys(("sc", "scn"), _components("fill")),
    "G": _device(Name.DeviceGray, "stroke"),
    "g": _device(Name.DeviceGray, "fill"),
    "RG": _device(Name.DeviceRGB, "stroke"),
    "rg": _device(Name.DeviceRGB, "fill"),
    "K": _device(Name.DeviceCMYK, "stroke"),
    "k": _device(Name.DeviceCMYK, "fill"),
    "sh": _shading,
    "Do": _draw,
    "INLINE IMAGE": _inline,
    **WRITING,
}
"""Whatever is not here paints nothing and moves nothing: marked content, line joins, dashes, hints."""
