"""Where imported panels go: beside the others, behind the last of them, over none."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Parsed, Source, Span, warning
from oxalis_panels.importing.making import Made, Taken
from oxalis_panels.output.sources import add
from oxalis_panels.starting.standing import standing_panels

if TYPE_CHECKING:
    from pathlib import Path

    from oxalis_panels.diagnostics import Diagnostic


def taken(folder: Path) -> Parsed[Taken]:
    """Return the numbers and addresses that the panels in a folder have; none where there is no folder.

    Errors: the marks of an unfinished merge, for nobody knows yet which number and address that panel keeps.
    """
    found: list[Diagnostic] = []
    standing = standing_panels(folder, found)
    last = max((each.number for each in standing), default=0)
    slugs = frozenset(each.slug for each in standing)
    return Parsed(None if found else Taken(folder, last, slugs), tuple(found))


def twins(folder: Path, made: Made) -> tuple[Diagnostic, ...]:
    """Warn of each panel that the folder holds already, word for word, as after an import that was killed."""
    names = {text.encode(): name for name, text in made.files.items()}
    sizes = {len(data) for data in names}
    found = []
    for each in standing_panels(folder, []):
        with suppress(OSError):
            path = folder / each.name
            if path.stat().st_size in sizes and (data := path.read_bytes()) in names:
                found.append(warning("import-there", Span(Source(path.as_posix())), other=names[data]))
    return tuple(found)


def save(folder: Path, made: Made) -> tuple[Diagnostic, ...]:
    """Put the files of all panels into a folder, or none; return what hindered it."""
    return add(folder, {name: text.encode() for name, text in made.files.items()})
