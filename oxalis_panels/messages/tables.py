"""The tables of a catalogue, each parsed when it is first asked for.

Parsing all of one takes 12 ms, a tenth of what `--help` takes; most commands say a dozen sentences.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

_HEADER = re.compile(r"^\[([\w-]+)", re.MULTILINE)
"""The first key of a table's header; nothing else in a catalogue begins a line with a bracket."""


class Tables(Mapping[str, Any]):
    """The top-level tables of a TOML text, by name."""

    def __init__(self, text: str) -> None:
        """Find where tables begin; those of one name (`[report]`, `[report.file]`) may stand anywhere."""
        self._texts: dict[str, str] = {}
        self._parsed: dict[str, Any] = {}
        headers = list(_HEADER.finditer(text))
        ends = [*(header.start() for header in headers[1:]), len(text)]
        for header, end in zip(headers, ends, strict=True):
            self._texts[header[1]] = self._texts.get(header[1], "") + text[header.start() : end]

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - what TOML holds
        """Return a table. Raises KeyError for one that the text lacks."""
        if name not in self._parsed:
            self._parsed[name] = tomllib.loads(self._texts[name])[name]
        return self._parsed[name]

    def source(self, name: str) -> str:
        """Return a table as it is written. Raises KeyError for one that the text lacks."""
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names in the order of the text."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._texts)
