"""The keys of a printer's file, each with the values that can be printed.

The file is flat TOML; tomllib gives its values without their places, `TomlSource` with them.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from math import inf
from string import Formatter
from typing import Any, Final, get_args

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error, warning
from oxalis_panels.model.value import value
from oxalis_panels.printers.printer import Grey, Standard
from oxalis_panels.reading.own_words import broken_line

KEY = re.compile(r"^[ \t]*(?P<quote>[\"']?)(?P<key>[^\"'=\n\[\]#]+?)(?P=quote)[ \t]*=[ \t]*", re.MULTILINE)
VALUE = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[^#\n]*')
LONG_TEXT = re.compile(r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'')
"""A text over several lines: a line of it may look like a key."""


@value
class TomlSource:
    """What a file says, and where."""

    source: Source
    values: Mapping[str, Any]

    def key(self, name: str) -> Span:
        """Return where a key stands; the whole file when it is not at the start of a line of its own."""
        match = self._find(name)
        return Span(self.source, *match.span("key")) if match else Span(self.source)

    def value(self, name: str) -> Span:
        """Return where the value of a key stands, its comment left out."""
        match = self._find(name)
        found = VALUE.match(self.source.text, match.end()) if match else None
        if found is None:
            return Span(self.source)
        return Span(self.source, found.start(), found.start() + len(found[0].rstrip()))

    def _find(self, name: str) -> re.Match[str] | None:
        text = LONG_TEXT.sub(lambda long: re.sub(r"[^\n]", " ", long[0]), self.source.text)
        return next((match for match in KEY.finditer(text) if match["key"] == name), None)


def read_toml(source: Source, found: list[Diagnostic]) -> TomlSource | None:
    """Return what a file says; None, and the line where it breaks, when it is not TOML."""
    try:
        return TomlSource(source, tomllib.loads(source.text))
    except (ValueError, RecursionError) as mistake:
        line = broken_line(source, str(mistake))
        begin = line.end - len(line.text.lstrip())
        found.append(error("toml-broken", Span(source, begin, line.start + len(line.text.rstrip()))))
        return None


Reader = Callable[[TomlSource, str, list[Diagnostic]], Any]
"""From a file and one of its keys to the value, and what is wrong with it; None: no value."""
LIKENESS = 0.6
PLAIN = re.compile(r"[A-Za-z0-9._-]*")
OLDER = re.compile(r"X\W?[1-3]", re.IGNORECASE)
"""A standard that a shop asks for in the place of which it most likely takes the older of ours."""
WIDTH = re.compile(r"(?:0[1-4])?")


def read_fields(toml: TomlSource, found: list[Diagnostic]) -> dict[str, Any]:
    """Return the values that can be used; what is wrong with the others is in `found`."""
    found += [_unknown(toml, key) for key in toml.values if key not in KEYS]
    read = {key: KEYS[key](toml, key, found) for key in toml.values if key in KEYS}
    return {key: value for key, value in read.items() if value is not None}


def _unknown(toml: TomlSource, key: str) -> Diagnostic:
    guess = next(iter(get_close_matches(key.lower(), KEYS, 1, LIKENESS)), None)
    if guess:
        return error("key-unknown.misspelt", toml.key(key), key=key, guess=guess)
    return error("key-unknown.other", toml.key(key), key=key, known=", ".join(KEYS))


def _text(toml: TomlSource, key: str, found: list[Diagnostic]) -> str | None:
    value = toml.values[key]
    if isinstance(value, str) and value.strip():
        return value
    found.append(_refused("wrong-kind.toml-text", toml, key))
    return None


def _boolean(toml: TomlSource, key: str, found: list[Diagnostic]) -> bool | None:
    value = toml.values[key]
    if isinstance(value, bool):
        return value
    found.append(_refused("wrong-kind.toml-boolean", toml, key))
    return None


def _number(least: float, most: float, unit: str, *, whole: bool = False, usual: float = inf) -> Reader:
    """Return the reader of a number within limits, both included; above what is `usual` it is asked about."""

    def read(toml: TomlSource, key: str, found: list[Diagnostic]) -> float | None:
        value = toml.values[key]
        if isinstance(value, bool) or not isinstance(value, int | float):
            found.append(_refused("wrong-kind.toml-number", toml, key))
        elif whole and value % 1:
            found.append(_refused("wrong-kind.toml-whole", toml, key))
        elif not least <= value <= most:
            limits = {"least": f"{least:g}", "most": f"{most:g}", "unit": unit}
            found.append(_refused("printer-out-of-range", toml, key, **limits))
        else:
            if value > usual:
                found.append(warning("printer-bleed-large", toml.value(key), found=value))
            return int(value) if whole else value
        return None

    return read


def _choice(code: str, known: tuple[str, ...]) -> Reader:
    """Return the reader of a text that is one of those known."""

    def read(toml: TomlSource, key: str, found: list[Diagnostic]) -> str | None:
        value = _text(toml, key, found)
        if value is None or value in known:
            return value
        nearest: Standard = "PDF/X-1a:2003" if OLDER.search(value) else "PDF/X-4"
        values = {"found": value, "known": ", ".join(known), "nearest": nearest}
        found.append(error(code, toml.value(key), **values))
        return None

    return read


def _file_name(toml: TomlSource, key: str, found: list[Diagnostic]) -> str | None:
    value = _text(toml, key, found)
    if value is None or is_file_name(value):
        return value
    found.append(error("printer-file-name", toml.value(key), found=value))
    return None


def _refused(code: str, toml: TomlSource, key: str, **values: str) -> Diagnostic:
    shown = toml.value(key).text or str(toml.values[key])
    return error(code, toml.value(key), key=key, found=shown, **values)


KEYS: Final[Mapping[str, Reader]] = {
    "based_on": _text,
    "label": _text,
    "bleed": _number(0, 200, "mm", usual=10),  # shops ask for 2.5 to 5; cloth and stretched canvas for more
    "safe": _number(0, 42, "mm"),  # shops ask for 3 to 10; 42 is what our largest sheet has
    "marks": _boolean,
    "standard": _choice("printer-standard", get_args(Standard)),
    "condition": _text,
    "icc": _text,
    "ink": _number(100, 400, "%", whole=True),  # four full inks are 400; under one full ink nothing is black
    "grey": _choice("printer-grey", get_args(Grey)),
    "line": _number(0, 5, "pt"),  # rules of our sheets are 2.3
    "resolution": _number(36, 1200, "dpi", whole=True),
    "weight": _number(1, 10_000, "MB"),  # portals of print shops take 20 to 2,000; posters have 1 to 100
    "file_name": _file_name,
}
"""Every key, in the order in which a file is best written; beside the limits of a number their reasons."""


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
