"""The palette held against a printer: no colour of ours may ask for more ink than its paper takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, error
from oxalis_panels.rendering.palette import FILE, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.poster.printers.printer import Printer
    from oxalis_panels.rendering.folders import TemplateFolders
    from oxalis_panels.rendering.palette import Palette


def check_inks(palette: Palette, folders: TemplateFolders, printer: Printer) -> Iterator[Diagnostic]:
    """Yield an error for each colour whose four inks together exceed the printer's limit."""
    source = Source(f"templates/{FILE}", folders.read(FILE))
    for colour in palette.colours:
        for shade in ("deep", "mid", "pale"):
            total = round(100 * sum(getattr(colour, shade).cmyk))
            if total > printer.ink:
                values = {"colour": colour.name, "shade": shade, "total": total}
                where = place(source, colour.name)
                yield error("palette-ink", where, **values, printer=printer.name, limit=printer.ink)
