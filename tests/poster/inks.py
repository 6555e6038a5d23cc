"""Every colour of a PDF, read from its content streams: what a print shop's preflight does.

Nothing here looks at how the program makes its files; any PDF can be held against it. All objects that can be
reached from the catalogue are read, used or not: pages, forms, tiling patterns, glyphs of Type 3 fonts,
pictures, shadings, soft masks and transparency groups.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

SETTERS = {"K": 4, "k": 4}
"""Operators that set a colour in DeviceCMYK, and how many operands they take."""
FORBIDDEN = {"RG", "rg", "G", "g"}
"""Operators that set a colour in DeviceRGB or DeviceGray."""
SPACES = {"CS", "cs"}
COLOURS = {"SC", "sc", "SCN", "scn"}

Inks = tuple[float, float, float, float]


def mistakes(document: pikepdf.Pdf) -> list[str]:
    """Return everything in a document that would not be printed in the inks it names, as `place: what`."""
    found: list[str] = []
    for place, thing in _things(document):
        found += [f"{place}: {what}" for what in _mistakes_of(thing, mask=place.endswith("/SMask"))]
        if _has_operators(place, thing):
            found += [f"{place}: {what}" for what in _operator_mistakes(thing)]
    return found


def colours(document: pikepdf.Pdf) -> set[Inks]:
    """Return every colour that an operator sets in DeviceCMYK."""
    streams = [thing for place, thing in _things(document) if _has_operators(place, thing)]
    return {colour for stream in streams for colour in _colours_in(stream)}


def _things(document: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Yield every dictionary and stream once, with the keys that lead to it, but not the output intent."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[str, pikepdf.Object]] = [("", document.Root)]
    while waiting:
        place, thing = waiting.pop()
        if not isinstance(thing, (Dictionary, Array, Stream)):
            continue
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if isinstance(thing, Array):
            waiting += [(place, each) for each in thing]
            continue
        yield place, thing
        waiting += [(f"{place}{key}", thing[key]) for key in thing.keys() if key != "/OutputIntents"]  # noqa: SIM118 - a stream is no mapping


def _mistakes_of(thing: pikepdf.Object, *, mask: bool) -> Iterator[str]:
    """Yield the colour spaces of pictures, shadings, groups and resources that are not of the press."""
    for key in ("/CS", "/ColorSpace"):
        value = thing.get(key)
        if isinstance(value, Dictionary):
            for name in value.keys():  # noqa: SIM118 - a PDF dictionary yields no keys by itself
                if not _of_the_press(value[name]):
                    yield f"resource {name} in {_named(value[name])}"
        elif value is not None and not _of_the_press(value, mask=mask):
            yield f"{thing.get('/Subtype') or thing.get('/S') or 'shading'} in {_named(value)}"


def _of_the_press(space: pikepdf.Object, *, mask: bool = False) -> bool:
    """Whether a colour space names inks; the picture of a soft mask is grey, and no ink."""
    if isinstance(space, Array):
        base = {"/Indexed": 1, "/Pattern": 1, "/Separation": 2, "/DeviceN": 2}.get(str(space[0]))
        return base is not None and (len(space) <= base or _of_the_press(space[base]))
    return space in (Name.DeviceCMYK, Name.Pattern) or (mask and space == Name.DeviceGray)


def _named(space: pikepdf.Object) -> str:
    return str(space[0] if isinstance(space, Array) else space)


def _has_operators(place: str, thing: pikepdf.Object) -> bool:
    """Whether a stream is drawn: a page's, a form's, a tiling pattern's or a glyph's."""
    if not isinstance(thing, Stream):
        return False
    drawn = thing.get("/Subtype") == Name.Form or thing.get("/PatternType") == 1
    return drawn or place.endswith("/Contents") or "/CharProcs/" in place


def _operator_mistakes(stream: pikepdf.Object) -> Iterator[str]:
    for operands, operator in _instructions(stream):
        if operator in FORBIDDEN:
            yield f"operator {operator}"
        elif operator in SPACES and not _of_the_press(operands[0]):
            yield f"operator {operator} {operands[0]}"
        elif operator == "INLINE IMAGE":
            yield "a picture inside the stream"


def _colours_in(stream: pikepdf.Object) -> Iterator[Inks]:
    for operands, operator in _instructions(stream):
        if operator in SETTERS or (operator in COLOURS and len(operands) == 4):
            cyan, magenta, yellow, black = map(float, operands)
            yield cyan, magenta, yellow, black


def _instructions(stream: pikepdf.Object) -> Iterator[tuple[list[pikepdf.Object], str]]:
    for instruction in pikepdf.parse_content_stream(stream):
        yield list(instruction.operands), str(instruction.operator)
