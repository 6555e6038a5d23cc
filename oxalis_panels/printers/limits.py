"""What a printer cannot print of our design, known before anything is laid out.

Where the paper takes less ink than the palette has, the palette yields, and a warning says so. A margin wider
than that of the sheets is an error.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil, floor

from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error, warning
from oxalis_panels.printers.printer import Printer
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.palette import FILE, Ink, Palette, place
from oxalis_panels.rendering.sheet import A1, SIZES, Size

SHADES = ("deep", "mid", "pale")


def within_inks(palette: Palette, folders: TemplateFolders, printer: Printer, asked: Span) -> Parsed[Palette]:
    """Return the palette with no more ink than a printer takes.

    Warning: which colours had more, at the palette if it is the project's own, else at `asked`, where
    somebody chose the printer.
    """
    totals = {
        (colour.name, shade): round(100 * sum(getattr(colour, shade).cmyk))
        for colour in palette.colours
        for shade in SHADES
    }
    over = {key: total for key, total in totals.items() if total > printer.ink}
    if not over:
        return Parsed(palette)
    ink = printer.ink
    yielding = tuple(
        replace(each, deep=lighter(each.deep, ink), mid=lighter(each.mid, ink), pale=lighter(each.pale, ink))
        for each in palette.colours
    )
    own = folders.own is not None and (folders.own / FILE).is_file()
    first = next(iter(over))[0]
    where = place(Source(f"templates/{FILE}", folders.read(FILE)), first) if own else asked
    names = tuple(f"{name} ({shade})" for name, shade in over)
    values = {"colours": names, "total": max(over.values()), "limit": printer.ink, "printer": printer.name}
    return Parsed(Palette(yielding), (warning("palette-ink", where, **values),))


def lighter(ink: Ink, limit: int) -> Ink:
    """Return a colour with no more ink than `limit` percent, in its hue.

    Black takes the place of what is grey in the three others, which looks the same; only where that is not
    enough do these get less, all by the same part.
    """
    *colours, black = (round(100 * part) for part in ink.cmyk)
    over = sum(colours) + black - limit
    if over <= 0:
        return ink
    under = min(ceil(over / 2), *colours, 100 - black)
    colours, black = [part - under for part in colours], black + under
    room = max(0, limit - black) / max(1, sum(colours))
    cyan, magenta, yellow = (floor(part * min(1, room)) / 100 for part in colours)
    return replace(ink, cmyk=(cyan, magenta, yellow, black / 100))


MARGIN = 30.0
"""In mm on A1: no text of our sheets stands nearer to the trim, as the style sheet says."""


def check_margin(printer: Printer, papers: Sequence[Size], asked: Span) -> Iterator[Diagnostic]:
    """Yield an error where a printer wants wider margins than the sheets have on the smallest of some papers.

    `asked` is where somebody chose the printer.
    """
    smallest = min(papers, key=lambda paper: paper.width)
    if printer.safe <= margin_on(smallest):
        return
    fitting = [size.name.upper() for size in SIZES.values() if printer.safe <= margin_on(size)]
    yield error(
        "printer-margin",
        asked,
        name=printer.name,
        safe=printer.safe,
        paper=smallest.name.upper(),
        margin=round(margin_on(smallest), 1),
        fitting=", ".join(fitting),
    )


def margin_on(paper: Size) -> float:
    """Return how far inside the trim all text of a sheet of a size stands, in mm."""
    return MARGIN * paper.width / A1.width
