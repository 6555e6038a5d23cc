"""Values of a PDF whose writer may have put anything anywhere: asked for by the type that is needed.

What is of another type than asked for is taken for absent, as viewers do. No stream is unpacked beyond what
the caller can use: a few kilobytes may stand for gigabytes.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, settings

from oxalis_panels.inspection.geometry import Matrix

LARGEST = 1e9
"""No number on a page is larger; a larger one is a mistake that must not become infinite."""
MATRIX = 6
MOST_BYTES = 32_000_000
"""Of a stream that is unpacked; a picture alone may have more."""
MOST_TOKENS = 2_500_000
"""Numbers, names and operators of a page or a form, each of which takes 130 to 290 bytes."""
TOKEN = re.compile(rb"[^\s()<>\[\]{}/%]+|[()<>\[\]{}/]")
BYTES_PER_OPERATOR = 100
"""So much is unpacked, blanks and comments included, in the time that an operator takes."""
MOST_WARNINGS = 10_000
DAMAGED = (pikepdf.PikepdfError, RuntimeError, MemoryError)
"""What reading a stream can end with."""
CLEAR, END, FIRST = 256, 257, 258
LONGEST = 12
"""Bits of a code."""


LIMITED = hasattr(settings, "set_qpdf_limits")
"""Whether pikepdf knows limits: the last one that Intel Macs can install (pyproject.toml) does not."""


def set_limits(most: int = MOST_BYTES) -> None:
    """Have qpdf, in this whole process, unpack no stream beyond `most` bytes: our own ones are smaller."""
    if not LIMITED:
        return
    settings.set_qpdf_limits(
        flate_max_memory=most,
        run_length_max_memory=most,
        png_max_memory=most,
        tiff_max_memory=most,
        dct_max_memory=most,
        doc_max_warnings=MOST_WARNINGS,
    )


def limit_errors() -> int:
    """Return how often a limit was exceeded in this process."""
    return settings.qpdf_limit_errors() if LIMITED else 0


def entry(thing: object, key: str) -> object:
    """Return what a dictionary or stream has under a key such as `Font`; None for nothing."""
    return thing.get(f"/{key}") if isinstance(thing, (Dictionary, Stream)) else None


def keys(thing: object) -> list[str]:
    """Return the keys of a dictionary or stream, without their slashes."""
    found = thing.keys() if isinstance(thing, (Dictionary, Stream)) else ()
    return [key[1:] for key in found]


def array(thing: object) -> list[object]:
    """Return the elements of an array; none for anything else."""
    return list(thing.as_list()) if isinstance(thing, Array) else []


def number(thing: object, default: float = 0.0) -> float:
    """Return a number, or the default where there is none."""
    if isinstance(thing, bool) or not isinstance(thing, (int, Decimal, float)):
        return default
    found = float(thing)
    return found if -LARGEST <= found <= LARGEST else LARGEST if found > 0 else -LARGEST


def numbers(thing: object) -> tuple[float, ...]:
    """Return the elements of an array as numbers."""
    return tuple(number(each) for each in array(thing))


def matrix(parts: list[object]) -> Matrix | None:
    """Return six numbers."""
    if len(parts) != MATRIX:
        return None
    a, b, c, d, e, f = map(number, parts)
    return a, b, c, d, e, f


def name(thing: object) -> str:
    """Return a name without its slash; the empty string for anything else."""
    return _decoded(thing)[1:] if isinstance(thing, Name) else ""


def text(thing: object) -> str:
    """Return a string or a name as text."""
    return _decoded(thing) if isinstance(thing, pikepdf.String) else name(thing)


def _decoded(thing: Object) -> str:
    try:
        return str(thing)
    except UnicodeDecodeError:
        return "?"


def raw(thing: object) -> bytes:
    """Return the bytes of a string."""
    return bytes(thing) if isinstance(thing, pikepdf.String) else b""


def content(thing: object, most: int = MOST_BYTES) -> bytes:
    """Return the decoded bytes of a stream; nothing where they cannot be decoded, or are more than `most`."""
    return bytes(samples(thing, most) or b"")


def samples(thing: object, most: int) -> bytes | memoryview | None:
    """Return the decoded bytes of a stream without copying them; None where `content` has nothing."""
    if not isinstance(thing, Stream):
        return None
    set_limits(most)
    try:
        if "LZW" in "".join(filters(thing)):
            return _unpacked(thing, most)
        return memoryview(thing.get_stream_buffer())
    except DAMAGED:
        return None
    finally:
        set_limits()


def filters(stream: object) -> list[str]:
    """Return how a stream is packed, outermost first."""
    written = entry(stream, "Filter")
    return [name(each) for each in array(written) or [written] if name(each)]


def _unpacked(stream: Stream, most: int) -> bytes | None:
    """Return the bytes of a stream that is packed with LZW, of which qpdf has no limit: step by step."""
    data = stream.read_raw_bytes()
    options = entry(stream, "DecodeParms")
    given = array(options) or [options]
    scratch = pikepdf.new()
    for at, filter_ in enumerate(filters(stream)):
        parameters = given[at] if at < len(given) else None
        early = number(entry(parameters, "EarlyChange"), 1) != 0
        if filter_.startswith("LZW") and unpacked_size(data, most, early=early) > most:
            return None
        step = scratch.make_stream(data, Filter=Name(f"/{filter_}"))
        if isinstance(parameters, Dictionary):
            step.DecodeParms = scratch.copy_foreign(parameters) if parameters.is_indirect else parameters
        data = step.read_bytes()
    return data


def identity(thing: object) -> tuple[int, int] | None:
    """Return what tells an object of the file from all others; None for one that has no number."""
    return thing.objgen if isinstance(thing, Object) and thing.is_indirect else None


def instructions(
    thing: object, streams: list[object], spend: Callable[[int], bool]
) -> Iterator[tuple[str, list[object]]] | None:
    """Return the operators of a page or a form, made of `streams`, with their operands.

    `spend` tells whether there is time for so much, in operators. None where they cannot be parsed, or are
    more than can be kept in memory.
    """
    unpacked: list[bytes | memoryview] = []
    room = MOST_BYTES
    for each in streams:
        found = samples(each, room) if isinstance(each, Stream) else b""
        if found is None or not spend(len(found) // BYTES_PER_OPERATOR):
            return None
        unpacked.append(found)
        room -= len(found)
    if not isinstance(thing, Object) or _tokens(unpacked) > MOST_TOKENS:
        return None
    del unpacked
    try:
        parsed = list(pikepdf.parse_content_stream(thing))
    except (*DAMAGED, IndexError, TypeError, ValueError):
        return None  # IndexError: pikepdf 10 at a picture that ends before it begins
    return _consumed(parsed)


def _tokens(unpacked: list[bytes | memoryview]) -> int:
    """Return about how many tokens there are; no more than one for each byte."""
    if sum(map(len, unpacked)) <= MOST_TOKENS:
        return 0
    found = (None for each in unpacked for _ in TOKEN.finditer(each))
    return sum(1 for _ in islice(found, MOST_TOKENS + 1))


def _consumed(
    parsed: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage],
) -> Iterator[tuple[str, list[object]]]:
    """Yield the operators, each forgotten as soon as it has been followed."""
    parsed.reverse()
    while parsed:
        each = parsed.pop()
        yield _decoded(each.operator), list(each.operands)


def unpacked_size(data: bytes, most: int, *, early: bool = True) -> int:
    """Return the number of bytes, at most the first above `most`; `early`: codes grow one code early."""
    lengths = [1] * FIRST
    total = waiting = bits = before = 0
    width = 9
    for byte in data:
        waiting, bits = waiting << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, waiting = waiting >> bits, waiting & (1 << bits) - 1
        if code == END or total > most:
            break
        if code == CLEAR:
            del lengths[FIRST:]
            before, width = 0, 9
            continue
        length = lengths[code] if code < len(lengths) else before + 1
        total += length
        if before and len(lengths) < 1 << LONGEST:
            lengths.append(before + 1)
        before = length
        width = min(LONGEST, max(9, (len(lengths) + early).bit_length()))
    return total
