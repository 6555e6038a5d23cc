"""The keys of a printer's file, each with the values that can be printed."""

from __future__ import annotations

import re
from difflib import get_close_matches
from string import Formatter
from typing import TYPE_CHECKING, Any, Final, get_args

from oxalis_panels.diagnostics import Diagnostic, error, warning
from oxalis_panels.frozen import frozen
from oxalis_panels.poster.printers.printer import Grey, Standard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oxalis_panels.poster.printers.toml_source import TomlSource


@frozen
class Range:
    """The numbers that a key may have, both ends included."""

    least: float
    most: float
    unit: str
    whole: bool = False


NUMBERS: Final[Mapping[str, Range]] = {
    "bleed": Range(0, 200, "mm"),  # shops ask for 2.5 to 5; cloth and stretched canvas for more
    "safe": Range(0, 42, "mm"),  # shops ask for 3 to 10; 42 is what our largest sheet has
    "ink": Range(100, 400, "%", whole=True),  # four full inks are 400; under one full ink nothing is black
    "line": Range(0, 5, "pt"),  # rules of our sheets are 2.3
    "resolution": Range(36, 1200, "dpi", whole=True),
    "weight": Range(1, 10_000, "MB"),  # portals of print shops take 20 to 2,000; posters have 1 to 100
}
"""Limits of the numbers; the reason for each stands beside it."""
USUAL_BLEED = 10
"""Millimetres above which a bleed on paper is most often a mistake of unit."""
KEYS: Final = (
    "based_on",
    "label",
    "bleed",
    "safe",
    "marks",
    "standard",
    "condition",
    "icc",
    "ink",
    "grey",
    "line",
    "resolution",
    "weight",
    "file_name",
)
"""Every key, in the order in which a file is best written."""
LIKENESS = 0.6
PLAIN = re.compile(r"[A-Za-z0-9._-]*")
OLDER = re.compile(r"X\W?[1-3]", re.IGNORECASE)
WIDTH = re.compile(r"(?:0[1-4])?")


def check_fields(toml: TomlSource, found: list[Diagnostic]) -> Mapping[str, Any]:
    """Return the values that can be used; every other one is in `found`."""
    good: dict[str, Any] = {}
    for key, value in toml.values.items():
        mistake = _mistake(toml, key, value)
        found += [mistake] if mistake else []
        if mistake is None or mistake.severity == "warning":
            good[key] = int(value) if key in NUMBERS and NUMBERS[key].whole else value
    return good


def _mistake(toml: TomlSource, key: str, value: object) -> Diagnostic | None:
    if key not in KEYS:
        return _unknown(toml, key)
    if key in NUMBERS:
        return _number(toml, key, value)
    if key != "marks":
        return _text(toml, key, value)
    right = isinstance(value, bool)
    return (
        None if right else error("wrong-kind.toml-boolean", toml.value(key), key=key, found=_shown(toml, key))
    )


def _text(toml: TomlSource, key: str, value: object) -> Diagnostic | None:
    if not isinstance(value, str) or not value.strip():
        return error("wrong-kind.toml-text", toml.value(key), key=key, found=_shown(toml, key))
    if key == "standard" and value not in get_args(Standard):
        known = ", ".join(get_args(Standard))
        return error("printer-standard", toml.value(key), found=value, known=known, nearest=_nearest(value))
    if key == "grey" and value not in get_args(Grey):
        return error("printer-grey", toml.value(key), found=value, known=", ".join(get_args(Grey)))
    if key == "file_name" and not is_file_name(value):
        return error("printer-file-name", toml.value(key), found=value)
    return None


def _nearest(standard: str) -> Standard:
    """Return what a shop that asks for another standard most likely takes."""
    return "PDF/X-1a:2003" if OLDER.search(standard) else "PDF/X-4"


def _unknown(toml: TomlSource, key: str) -> Diagnostic:
    guess = next(iter(get_close_matches(key.lower(), KEYS, 1, LIKENESS)), None)
    if guess:
        return error("key-unknown.misspelt", toml.key(key), key=key, guess=guess)
    return error("key-unknown.other", toml.key(key), key=key, known=", ".join(KEYS))


def _number(toml: TomlSource, key: str, value: object) -> Diagnostic | None:
    limits = NUMBERS[key]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return error("wrong-kind.toml-number", toml.value(key), key=key, found=_shown(toml, key))
    if limits.whole and isinstance(value, float) and not value.is_integer():
        return error("wrong-kind.toml-whole", toml.value(key), key=key, found=_shown(toml, key))
    if not limits.least <= value <= limits.most:
        values = {"found": _shown(toml, key), "least": f"{limits.least:g}", "most": f"{limits.most:g}"}
        return error("printer-out-of-range", toml.value(key), key=key, unit=limits.unit, **values)
    if key == "bleed" and value > USUAL_BLEED:
        return warning("printer-bleed-large", toml.value(key), found=value)
    return None


def _shown(toml: TomlSource, key: str) -> str:
    return toml.value(key).text or str(toml.values[key])


def is_file_name(pattern: str) -> bool:
    """Whether a pattern gives each poster and size a plain ASCII name of its own that ends in `.pdf`."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        return False
    fields = [(field, spec) for _, field, spec, _ in parts if field is not None]
    names = {field for field, _ in fields}
    return (
        pattern.endswith(".pdf")
        and not pattern.startswith((".", "-"))
        and all(PLAIN.fullmatch(text) and conversion is None for text, _, _, conversion in parts)
        and all(WIDTH.fullmatch(spec or "") if field == "number" else not spec for field, spec in fields)
        and names <= {"number", "slug", "size"}
        and "size" in names
        and bool(names & {"number", "slug"})
    )
