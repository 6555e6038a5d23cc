"""Type, pictures and lines: embedded, large, fine and thick enough, and not too near to the edge."""

from collections.abc import Iterator

from oxalis_panels.inspection.checks.printed import doubt_at, fault_at, printed
from oxalis_panels.inspection.expectations import Expectations
from oxalis_panels.inspection.geometry import MM
from oxalis_panels.inspection.report import Fault, Item, gathered
from oxalis_panels.inspection.survey import Font, Mark, Survey
from oxalis_panels.printers.printer import COARSEST
from oxalis_panels.words.catalogue import Phrase, Words

SIZE_ROUNDING = 0.05
"""Points that type may be too small: sizes are rounded on the way from millimetres to pixels to points."""
PLACE_ROUNDING = 0.1
"""Millimetres that text may be too near: its box is that of its font, not of its letters."""
ROUNDING = 0.005
"""Points that a line may be too thin."""
SLIVER = 3.0
"""Points: what is filled, thin and longer than this is a line."""
NOTHING = 1e-6


def _texts(survey: Survey) -> list[Mark]:
    return [mark for mark in printed(survey) if mark.kind == "text"]


def check_fonts(survey: Survey, ask: Expectations) -> Item:
    """Check that every font is in the file, and on our own posters none but ours."""
    texts = [mark for mark in survey.painted.marks if mark.kind == "text"]
    names = sorted({mark.font.name for mark in texts if mark.font})
    asked = ask.families or (Words("preflight.any_font"),)
    faults = gathered(fault for mark in texts for fault in _wrong_font(survey, mark, ask))
    return Item("fonts", {"families": asked}, {"fonts": tuple(names)}, faults, bool(texts))


def _wrong_font(survey: Survey, mark: Mark, ask: Expectations) -> Iterator[Fault]:
    font = mark.font
    if font is None:
        return
    if not font.embedded:
        yield fault_at(survey, mark, "preflight-font-missing", font=font.name)
    elif font.drawn:
        yield doubt_at(survey, mark, "preflight-font-drawn", font=font.name)
    elif not font.subset:
        yield doubt_at(survey, mark, "preflight-font-whole", font=font.name)
    if ask.families and not _allowed(font, ask.families):
        yield fault_at(survey, mark, "preflight-font-borrowed", font=font.name, families=ask.families)
    if mark.missing:
        yield fault_at(survey, mark, "preflight-glyph", font=font.name)


def _allowed(font: Font, families: tuple[str, ...]) -> bool:
    """Whether a font is of a family, by the family that the file names, else by the name of the font."""
    wanted = [_letters(family) for family in families]
    return _letters(font.family) in wanted or (
        font.family == font.name and _letters(font.name).startswith(tuple(wanted))
    )


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def check_sizes(survey: Survey, ask: Expectations) -> Item:
    """Check that no type is too small to be read on the wall, the footer included."""
    texts = _texts(survey)
    smallest = min((mark.size for mark in texts), default=0.0)
    floor = round(ask.smallest, 1)
    faults = gathered(
        fault_at(survey, mark, "preflight-small", found=round(mark.size, 1), asked=floor)
        for mark in texts
        if mark.size < ask.smallest - SIZE_ROUNDING
    )
    return Item("sizes", {"floor": floor}, {"found": round(smallest, 1)}, faults, bool(texts))


def check_margin(survey: Survey, ask: Expectations) -> Item:
    """Check that no text is so near to the edge that a knife could take some of it."""
    texts = [(_nearest(survey, mark), mark) for mark in _texts(survey)]
    nearest = min((distance for distance, _ in texts), default=0.0)
    safe = ask.printer.safe
    faults = gathered(
        fault_at(survey, mark, "preflight-margin", what=_beside("text", distance, asked=safe))
        for distance, mark in texts
        if distance < safe - PLACE_ROUNDING
    )
    return Item(
        "margin",
        {"safe": safe},
        {"found": round(nearest, 1), "place": _beside("place", nearest)},
        faults,
        bool(texts),
    )


def _beside(what: str, distance: float, **values: object) -> Phrase:
    """Return how far inside the cut something stands, in mm, or how far it goes beyond."""
    mm = round(distance, 1)
    return Phrase(f"preflight.{what}_{'cut' if mm < 0 else 'kept'}", {"mm": abs(mm), **values})


def _nearest(survey: Survey, mark: Mark) -> float:
    """Return the distance in mm from a mark to the nearest edge of the finished sheet."""
    return min(mark.box.distances(survey.pages[mark.page - 1].sheet)) * MM


def check_pictures(survey: Survey, ask: Expectations) -> Item:
    """Check that there are enough pixels for the size that pictures are printed at."""
    pictures = [mark for mark in printed(survey) if mark.kind == "picture"]
    coarsest = min((mark.resolution for mark in pictures), default=0.0)
    faults = gathered(fault for mark in pictures for fault in _coarse(survey, mark, ask.resolution))
    asked = {"resolution": ask.resolution}
    return Item("pictures", asked, {"found": round(coarsest)}, faults, bool(pictures))


def _coarse(survey: Survey, mark: Mark, asked: int) -> Iterator[Fault]:
    found = round(mark.resolution)
    if found < COARSEST * asked:
        yield fault_at(survey, mark, "preflight-resolution", found=found, asked=asked)
    elif found < asked:
        yield doubt_at(survey, mark, "preflight-resolution", found=found, asked=asked)


def check_lines(survey: Survey, ask: Expectations) -> Item:
    """Check that no line is so thin that it breaks on press."""
    lines = [mark for mark in survey.painted.marks if mark.kind == "stroke" and not mark.masks]
    slivers = [mark for mark in printed(survey) if _sliver(mark, ask.printer.line)]
    thinnest = min((_thickness(mark) for mark in (*lines, *slivers)), default=0.0)
    asked = ask.printer.line
    faults = [
        fault_at(survey, mark, "preflight-line.line", found=round(mark.width, 2), asked=asked)
        for mark in lines
        if mark.width < asked - ROUNDING
    ]
    faults += [
        doubt_at(survey, mark, "preflight-line.area", found=round(_thickness(mark), 2), asked=asked)
        for mark in slivers
    ]
    applies = bool(lines or slivers)
    return Item("lines", {"line": asked}, {"found": round(thinnest, 2)}, gathered(faults), applies)


def _thickness(mark: Mark) -> float:
    return mark.width if mark.kind == "stroke" else min(mark.box.width, mark.box.height)


def _sliver(mark: Mark, line: float) -> bool:
    """Whether something filled is in truth a thin line."""
    thin = NOTHING < _thickness(mark) < line - ROUNDING
    return mark.kind == "fill" and thin and max(mark.box.width, mark.box.height) >= SLIVER
