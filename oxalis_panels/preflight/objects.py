"""Values of a PDF whose writer may have put anything anywhere: asked for by the type that is needed.

What is of another type than asked for is taken for absent, as viewers do.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

if TYPE_CHECKING:
    from oxalis_panels.preflight.geometry import Matrix

LARGEST = 1e9
"""No number on a page is larger; a larger one is a mistake that must not become infinite."""
MATRIX = 6


def entry(thing: object, key: str) -> object:
    """Return what a dictionary or stream has under a key such as `Font`; None for nothing."""
    return thing.get(f"/{key}") if isinstance(thing, (Dictionary, Stream)) else None


def filled(thing: object) -> bool:
    """Whether a dictionary or stream has anything in it."""
    return isinstance(thing, (Dictionary, Stream)) and len(thing) > 0


def array(thing: object) -> list[object]:
    """Return the elements of an array; none for anything else."""
    return list(thing.as_list()) if isinstance(thing, Array) else []


def number(thing: object, default: float = 0.0) -> float:
    """Return a number, or the default where there is none."""
    if type(thing) not in (int, Decimal, float):
        return default
    found = float(thing)  # type: ignore[arg-type]
    return found if -LARGEST <= found <= LARGEST else LARGEST if found > 0 else -LARGEST


def numbers(thing: object) -> tuple[float, ...]:
    """Return the elements of an array as numbers."""
    return tuple(number(each) for each in array(thing))


def matrix(thing: object) -> Matrix | None:
    """Return six numbers."""
    found = numbers(thing)
    return found if len(found) == MATRIX else None  # type: ignore[return-value]


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


def content(thing: object) -> bytes:
    """Return the decoded bytes of a stream; nothing where they cannot be decoded."""
    if not isinstance(thing, Stream):
        return b""
    try:
        return thing.read_bytes()
    except (pikepdf.PikepdfError, RuntimeError):
        return b""


def identity(thing: object) -> tuple[int, int] | None:
    """Return what tells an object of the file from all others; None for one that has no number."""
    return thing.objgen if isinstance(thing, Object) and thing.is_indirect else None


def instructions(thing: object) -> list[tuple[str, list[object]]] | None:
    """Return the operators of a page or of a stream with their operands; None where it cannot be parsed."""
    try:
        parsed = pikepdf.parse_content_stream(thing)  # type: ignore[arg-type]
    except (pikepdf.PikepdfError, IndexError, TypeError, ValueError, RuntimeError):
        return None  # IndexError: pikepdf 10 at a picture that ends before it begins
    return [(_decoded(each.operator), list(each.operands)) for each in parsed]
