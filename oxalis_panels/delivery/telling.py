"""What the command line says of an archive: where it is, how heavy, and what to tell the print shop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from oxalis_panels.delivery.delivering import Delivered
from oxalis_panels.delivery.job_sheet import sizes
from oxalis_panels.messages import Catalogue
from oxalis_panels.poster.printers.printer import Printer

MEGABYTE = 1_000_000


def tell(delivered: Delivered, output: Path, words: Catalogue) -> Iterator[str]:
    """Yield the lines; `output` is the output folder as the person named it."""
    yield words.text(
        "delivery.made",
        path=(output / delivered.path).as_posix(),
        weight=words.text("delivery.weight", n=max(0.1, round(len(delivered.data) / MEGABYTE, 1))),
        files=words.count("report.file", delivered.files),
        changed=words.text("delivery.changed" if delivered.changed else "delivery.unchanged"),
    )
    for path in delivered.removed:
        yield words.text("delivery.removed", path=(output / path).as_posix())
    printer = delivered.printer
    yield words.text(
        "delivery.say",
        posters=words.count("delivery.poster", len(delivered.posters)),
        size=sizes(delivered.posters, words),
        copies=_copies(delivered.copies, words),
        standard=printer.standard,
        condition=printer.condition,
        bleed=_bleed(printer, words),
    )


def _copies(copies: int | None, words: Catalogue) -> str:
    if copies is None:
        return words.text("delivery.say_copies_unknown")
    return words.count("delivery.say_copies", copies)


def _bleed(printer: Printer, words: Catalogue) -> str:
    bleed = words.text(
        "delivery.say_bleed" if printer.bleed else "delivery.say_no_bleed", bleed=printer.bleed
    )
    return words.text("delivery.say_marks", bleed=bleed) if printer.marks else bleed
