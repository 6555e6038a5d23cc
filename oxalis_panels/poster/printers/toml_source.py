"""A flat TOML file and where its keys and values stand: tomllib gives values without their places."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = re.compile(r"^[ \t]*(?P<quote>[\"']?)(?P<key>[^\"'=\n\[\]#]+?)(?P=quote)[ \t]*=[ \t]*", re.MULTILINE)
VALUE = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[^#\n]*')
LONG_TEXT = re.compile(r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'')
"""A text over several lines: a line of it that looks like a key is none."""
POSITION = re.compile(r"\(at line (\d+), column \d+\)")


@frozen
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
        position = POSITION.search(str(mistake))
        lines = source.text.split("\n")
        number = int(position[1]) if position else len(lines)
        start = sum(len(line) + 1 for line in lines[: number - 1])
        line = lines[number - 1]
        begin = start + len(line) - len(line.lstrip())
        found.append(error("toml-broken", Span(source, begin, start + len(line.rstrip()))))
        return None
