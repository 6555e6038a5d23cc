"""Colour spaces and colours: which inks a paint is printed with, if its file says so.

PDF functions (ISO 32000-1, 7.10) say what a spot ink is replaced by, and the colours along a gradient.
"""

from collections.abc import Sequence
from itertools import pairwise

from oxalis_panels.inspection.objects import array, content, entry, name, number, numbers, raw
from oxalis_panels.inspection.survey import Colour, Inks, Space, Way

PRESS = ("DeviceCMYK", "DeviceGray")
SHORT = {"CMYK": "DeviceCMYK", "G": "DeviceGray", "RGB": "DeviceRGB", "I": "Indexed"}
"""Abbreviations of pictures that stand inside a content stream."""
PROCESS = {"Cyan": 0, "Magenta": 1, "Yellow": 2, "Black": 3}
COMPONENTS = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4, "CalGray": 1, "CalRGB": 3, "Lab": 3}
PROFILED = {1: "ICC Gray", 3: "ICC RGB", 4: "ICC CMYK"}
DEEPEST = 6
MOST_PLATES = 32
"""Inks of one colour (ISO 32000-1, annex C)."""
MOST_TABLE = 256 * MOST_PLATES
"""Bytes of a palette."""
GREY, CMYK = 1, 4
TRACE = 0.002
"""Less of an ink is none: half a step of eight bits."""
SAMPLED, EXPONENTIAL, STITCHED = 0, 2, 3
BYTE = 8
SAMPLES = 65
"""Places at which a gradient is looked at."""
DEEPEST_FUNCTION = 8
NESTED = 4
"""Functions that may be stitched into each other in one of an array."""
MOST_SAMPLES = 65_536
SLACK = 100
"""Bytes behind a table that are nobody's."""


def space_of(thing: object, depth: int = 0) -> Space:
    """Return a colour space, whichever way it is written."""
    parts = array(thing)
    family = name(parts[0] if parts else thing)
    family = SHORT.get(family, family)
    if depth > DEEPEST or family not in {
        *COMPONENTS,
        "ICCBased",
        "Indexed",
        "Separation",
        "DeviceN",
        "Pattern",
    }:
        return Space("foreign", family or "?")
    if family in COMPONENTS:
        return Space("press" if family in PRESS else "foreign", family, COMPONENTS[family])
    if family == "ICCBased":
        return _profiled(parts[1] if len(parts) > 1 else None)
    base = space_of(parts[_base_at(family)], depth + 1) if len(parts) > _base_at(family) else None
    if family == "Pattern":
        return Space("pattern", family, base=base)
    if family == "Indexed":
        table = parts[-1] if parts[3:] else None  # /Indexed, base, last index, table
        rows = (content(table, MOST_TABLE) or raw(table))[:MOST_TABLE]
        return Space("press", family, 1, base or Space("foreign", "?"), rows)
    return _separated(parts, base)


def _base_at(family: str) -> int:
    return 2 if family in {"Separation", "DeviceN"} else 1


def _profiled(profile: object) -> Space:
    count = int(number(entry(profile, "N")))
    kind: Way = "profiled" if count in {GREY, CMYK} else "foreign"
    return Space(kind, PROFILED.get(count, "ICC"), count)


def _separated(parts: list[object], base: Space | None) -> Space:
    plates = tuple(name(each) for each in array(parts[1])[:MOST_PLATES]) if len(parts) > 1 else ()
    plates = plates or tuple(name(each) for each in parts[1:2])
    spots = [plate for plate in plates if plate not in {*PROCESS, "None"}]
    kind: Way = "spot" if spots else "press"
    if plates == ("All",):
        kind = "registration"
    base = base or Space("foreign", "?")
    tint = parts[3] if parts[3:] else None  # family, names, alternate, function
    return Space(kind, ", ".join(spots or plates), len(plates), base, tint, plates)


def colour_of(space: Space, values: list[float]) -> Colour:
    """Return a colour from its components."""
    return Colour(space, inks_of(space, values))


def inks_of(space: Space, values: list[float]) -> Inks | None:
    """Return the inks that components stand for; None where that is not known."""
    within = [min(1.0, max(0.0, value)) for value in values]
    if space.kind == "registration":
        return (within[0],) * 4 if within else None
    if space.inks:
        return _plates(space, within)
    if space.label == "Indexed":
        return _looked_up(space, values)
    if space.kind in {"press", "profiled"}:
        return _direct(within, space.components)
    return None


def _direct(values: list[float], components: int) -> Inks | None:
    if components == CMYK == len(values):
        cyan, magenta, yellow, black = values
        return cyan, magenta, yellow, black
    return (0.0, 0.0, 0.0, 1 - values[0]) if components == GREY == len(values) else None


def _plates(space: Space, values: list[float]) -> Inks | None:
    """Return process plates as they are; a spot ink as what replaces it, if that is simple to tell."""
    if len(values) != len(space.inks) or space.base is None:
        return None
    if not any(values):
        return 0.0, 0.0, 0.0, 0.0
    if space.kind == "press":
        inks = [0.0, 0.0, 0.0, 0.0]
        for plate, value in zip(space.inks, values, strict=True):
            if plate in PROCESS:
                inks[PROCESS[plate]] = value
        return inks[0], inks[1], inks[2], inks[3]
    replaced = evaluate(space.tint, values[0]) if len(values) == 1 else None
    return inks_of(space.base, list(replaced)) if replaced else None


def _looked_up(space: Space, values: list[float]) -> Inks | None:
    table, base = space.tint, space.base
    if not isinstance(table, bytes) or base is None or not values:
        return None
    start = int(max(0, values[0])) * base.components
    row = table[start : start + base.components]
    return inks_of(base, [byte / 255 for byte in row]) if row else None


def vanishes(colour: Colour, *, nonzero: bool) -> bool:
    """Whether a colour that overprints is white and leaves all below it as it is (ISO 32000-1, 8.6.7).

    `nonzero`: OPM is 1, with which inks that are not there are not taken away either. It is said of CMYK;
    most presses do the same with grey, and a space of plates never touches those that it does not name.
    """
    if colour.inks is None or max(colour.inks) > TRACE or colour.space.kind == "registration":
        return False
    return not PROCESS.keys() <= set(colour.space.inks) if colour.space.inks else nonzero


def described(colour: Colour) -> str:
    """Return a colour for a person: its four inks in percent, `0/0/0/100`, else its space."""
    if colour.inks is None:
        return colour.space.label
    return "/".join(f"{value * 100:.0f}" for value in colour.inks)


def colours_along(shading: object, space: Space) -> list[Colour]:
    """Return the colour with most ink along a gradient, and one without inks if some are not known.

    Meshes (types 4 to 7) without a function carry their colours in packed data and are not read.
    """
    function = entry(shading, "Function")
    values = along(function, entry(shading, "Domain")) if function is not None else []
    colours = [colour_of(space, list(each)) for each in values]
    known = [colour for colour in colours if colour.total is not None]
    unknown = [] if len(known) == SAMPLES else [Colour(space, None)]
    background = numbers(entry(shading, "Background"))
    known += [colour_of(space, list(background))] if background else []
    return [*unknown, *([max(known, key=lambda colour: colour.total or 0.0)] if known else [])]


def evaluate(function: object, value: float, depth: int = 0) -> tuple[float, ...] | None:
    """Return what a function of one variable gives; None for a PostScript calculator and for nonsense."""
    parts = array(function)
    if parts:  # one function for each component, and none of them an array again
        found = (
            [evaluate(part, value, DEEPEST_FUNCTION - NESTED) for part in parts[:MOST_PLATES]]
            if not depth
            else [None]
        )
        return None if None in found else tuple(each for part in found if part for each in part)
    kind = int(number(entry(function, "FunctionType"), -1))
    if depth >= DEEPEST_FUNCTION:
        return None
    if kind == EXPONENTIAL:
        return _exponential(function, value)
    if kind == STITCHED:
        return _stitched(function, value, depth)
    return _sampled(function, value) if kind == SAMPLED else None


def _exponential(function: object, value: float) -> tuple[float, ...]:
    first = numbers(entry(function, "C0"))[:MOST_PLATES] or (0.0,)
    last = numbers(entry(function, "C1"))[:MOST_PLATES] or (1.0,)
    exponent = min(100.0, max(0.0, number(entry(function, "N"), 1)))
    share = min(1.0, max(0.0, value)) ** exponent
    return tuple(a + share * (b - a) for a, b in zip(first, last, strict=False))


def _stitched(function: object, value: float, depth: int) -> tuple[float, ...] | None:
    parts = array(entry(function, "Functions"))
    low, high = _range(entry(function, "Domain"), (0.0, 1.0))
    edges = [low, *numbers(entry(function, "Bounds")), high]
    encode = numbers(entry(function, "Encode"))
    if len(edges) != len(parts) + 1 or len(encode) != 2 * len(parts):
        return None
    pieces = list(pairwise(edges))
    last = len(parts) - 1
    at = next((i for i, (_, end) in enumerate(pieces) if value < end or i == last), 0)
    start, end = pieces[at]
    share = (value - start) / (end - start) if end > start else 0.0
    first, then = encode[2 * at : 2 * at + 2]
    return evaluate(parts[at], first + share * (then - first), depth + 1)


def _sampled(function: object, value: float) -> tuple[float, ...] | None:
    """Return the nearest sample of a one-dimensional table of bytes."""
    size = numbers(entry(function, "Size"))
    ranges = numbers(entry(function, "Range"))
    outputs = len(ranges) // 2
    if len(size) != 1 or number(entry(function, "BitsPerSample")) != BYTE or not 0 < outputs <= MOST_PLATES:
        return None
    count = int(size[0])
    if not 0 < count <= MOST_SAMPLES:
        return None
    table = content(function, count * outputs + SLACK)
    if len(table) < count * outputs:
        return None
    low, high = _range(entry(function, "Domain"), (0.0, 1.0))
    share = min(1.0, max(0.0, (value - low) / (high - low) if high > low else 0.0))
    row = table[round(share * (count - 1)) * outputs :][:outputs]
    decode = numbers(entry(function, "Decode")) or ranges
    pairs = zip(decode[::2], decode[1::2], strict=False)
    return tuple(low + byte / 255 * (high - low) for byte, (low, high) in zip(row, pairs, strict=False))


def _range(thing: object, default: tuple[float, float]) -> tuple[float, float]:
    found: Sequence[float] = numbers(thing)
    return (found[0], found[1]) if len(found) == len(default) else default


def along(function: object, domain: object) -> list[tuple[float, ...]]:
    """Return the values of a function at places spread over its domain; none where it cannot be evaluated."""
    low, high = _range(domain, (0.0, 1.0))
    steps = (low + (high - low) * step / (SAMPLES - 1) for step in range(SAMPLES))
    return [found for step in steps if (found := evaluate(function, step)) is not None]
