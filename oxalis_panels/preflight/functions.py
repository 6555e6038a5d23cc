"""PDF functions: what a spot ink is replaced by, and the colours along a gradient (ISO 32000-1, 7.10)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from oxalis_panels.preflight.objects import array, content, entry, number, numbers

SAMPLED, EXPONENTIAL, STITCHED = 0, 2, 3
BYTE = 8
SAMPLES = 65
"""Places at which a gradient is looked at."""
DEEPEST = 8
NESTED = 4
"""Functions that may be stitched into each other in one of an array."""
MOST = 32
"""Components of a colour (ISO 32000-1, annex C)."""
MOST_SAMPLES = 65_536
SLACK = 100
"""Bytes behind a table that are nobody's."""


def evaluate(function: object, value: float, depth: int = 0) -> tuple[float, ...] | None:
    """Return what a function of one variable gives; None for a PostScript calculator and for nonsense."""
    parts = array(function)
    if parts:  # one function for each component, and none of them an array again
        found = [evaluate(part, value, DEEPEST - NESTED) for part in parts[:MOST]] if not depth else [None]
        return None if None in found else tuple(each for part in found if part for each in part)
    kind = int(number(entry(function, "FunctionType"), -1))
    if depth >= DEEPEST:
        return None
    if kind == EXPONENTIAL:
        return _exponential(function, value)
    if kind == STITCHED:
        return _stitched(function, value, depth)
    return _sampled(function, value) if kind == SAMPLED else None


def _exponential(function: object, value: float) -> tuple[float, ...]:
    first = numbers(entry(function, "C0"))[:MOST] or (0.0,)
    last = numbers(entry(function, "C1"))[:MOST] or (1.0,)
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
    if len(size) != 1 or number(entry(function, "BitsPerSample")) != BYTE or not 0 < outputs <= MOST:
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
