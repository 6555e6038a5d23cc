"""The tables of a catalogue, each parsed when it is first asked for.

Parsing all of one takes 12 ms, a tenth of what `--help` takes; most commands say a dozen sentences. The words
of diagnostics are a table of some three hundred tables, of which a run needs a few.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

MANY = 100
"""A table with more tables than these in it is itself parsed one by one."""


class Tables(Mapping[str, Any]):
    """The tables of a TOML text, by name; in a nested one, those below the keys `path`.

    Nothing but a table's header begins a line with a bracket, in a catalogue.
    """

    def __init__(self, text: str, path: tuple[str, ...] = ()) -> None:
        """Find where tables begin; those of one name (`[report]`, `[report.file]`) may stand anywhere."""
        self._path = path
        self._texts: dict[str, str] = {}
        self._parsed: dict[str, Any] = {}
        above = "".join(re.escape(f"{name}.") for name in path)
        headers = list(re.finditer(rf"^\[{above}([\w-]+)", text, re.MULTILINE))
        ends = [*(header.start() for header in headers[1:]), len(text)]
        for header, end in zip(headers, ends, strict=True):
            self._texts[header[1]] = self._texts.get(header[1], "") + text[header.start() : end]

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - what TOML holds
        """Return a table. Raises KeyError for one that the text lacks."""
        if name not in self._parsed:
            self._parsed[name] = self._read(name)
        return self._parsed[name]

    def source(self, name: str) -> str:
        """Return a table as it is written. Raises KeyError for one that the text lacks."""
        return self._texts[name]

    def _read(self, name: str) -> Any:  # noqa: ANN401 - as above
        text, path = self._texts[name], (*self._path, name)
        if text.count(f"\n[{'.'.join(path)}.") > MANY:
            return Tables(text, path)
        found: Any = tomllib.loads(text)
        for key in path:
            found = found[key]
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield the names in the order of the text."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._texts)
