"""Which printer the posters of a project are for, and where that was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Parsed, Source, Span
from oxalis_panels.poster.printers.reading import read_printer

if TYPE_CHECKING:
    from pathlib import Path

    from oxalis_panels.model import Settings
    from oxalis_panels.poster.printers.printer import Printer


def choose_printer(project: Path, settings: Settings, asked: str | None) -> Parsed[Printer]:
    """Return the printer asked for on the command line, else in `collection.yaml`, else the default."""
    name = asked or (settings.printer if settings.printer_span else None)
    return read_printer(project, name, place_of_choice(settings, asked))


def place_of_choice(settings: Settings, asked: str | None) -> Span:
    """Return where the printer was chosen."""
    return (None if asked else settings.printer_span) or Span(Source("--printer"))
