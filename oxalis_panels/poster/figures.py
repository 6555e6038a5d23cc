"""The picture of a panel on paper: where it may stand, how wide, and whether it has points enough."""

import re
from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from oxalis_panels.model.collection import Collection, Figure, Panel, plain
from oxalis_panels.model.diagnostics import Diagnostic, error, warning
from oxalis_panels.model.texts import texts
from oxalis_panels.model.value import value
from oxalis_panels.printers.printer import COARSEST, Printer
from oxalis_panels.rendering.sheet import A1, CEILING_STEP, LAST_STEP, Size, half, points

MM_PER_INCH = 25.4
UPRIGHT, SQUARE, WIDE, PANORAMA = 0.9, 1.15, 1.6, 2.4
"""Width through height from which a picture is square, lies, may go across the sheet, does so if it can."""
LYING, STANDING, KEPT = 1.5, 0.8, 0.8
"""Width through height that a photograph is cropped towards, and the least part of it that stays."""
HIGHEST = 320.0
"""In mm on A1: of an upright picture."""
LOGO = 133.0
"""In mm: the greatest width of a logo."""
MARGIN = 36.0
"""In mm: from the right edge of the text to that of the trimmed sheet, over which a photograph may bleed."""
BLEED = A1.bleed
NOT_TEXT = ("title", "short_title", "figure")
SHARES = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Widths to be tried, as parts of the column."""
LARGE = 0.8
"""From this part on, a picture may be made smaller for the sake of larger type."""
READ_STEP = 10
"""42.8 pt: smaller pictures than that make room for type up to this size, not for larger."""
COMFORT_STEP = 7
"""36 pt: a drawing is smaller than its column only for type up to this size."""
ACROSS_STEPS = {False: 12, True: 10}
"""48 pt, 42.8 pt for a panorama: type at which a picture goes across the sheet."""
SHORT_WORDS = 60
"""A text of so few words leaves room for a picture that is wider than its column."""
WIDER = (240.0, 260.0, 280.0, 300.0)
"""In mm on A1: its width then, up to the edge of the sheet."""
STEPS = {False: 14, True: 19}
"""54 pt; 72 pt for a short text: the largest type beside a picture."""
HAIR = 0.01
"""The smallest width of a picture, in mm: one that is a thousand times as high as wide has some, too."""
EMBLEM = re.compile(r"\b(logo|logotype|emblem|emblème|sigle)s?\b", re.IGNORECASE)
"""What the description of a drawing says that is no chart."""
ACROSS = 2.0
"""The share of a picture across the sheet."""


@value
class Place:
    """Where on the sheet a picture stands: at the head of the second column, or across, above both."""

    share: float
    """Its width as a part of what it may have; `ACROSS` for all of the sheet's column."""
    most: float = 0.0
    """In mm: its greatest width, where that is less than the column; 0: the column."""
    column: float = 0.0
    """In mm: the width of the second column, where it is not half of the text's."""
    bleeds: bool = False
    """Whether it goes on to the right edge of the sheet."""
    enough: int = 99
    """The step of the scale from which larger type is no reason for this place."""
    least: int = 0
    """The step from which a picture goes across."""
    largest: int = 0
    """The last step of the scale to be tried."""

    @property
    def across(self) -> bool:
        """Whether it stands above both columns."""
        return self.share == ACROSS

    def right(self, half: float) -> float:
        """Return the width of the second column, `half` being that of one of two even ones, all in mm."""
        return self.column or half

    def left(self, half: float) -> float:
        """Return the width of the first column."""
        return 2 * half - self.right(half)

    def width(self, half: float) -> float:
        """Return the width of the picture, of which what bleeds over the trim is no part."""
        if self.across:
            return A1.column
        return self.right(half) + MARGIN if self.bleeds else (self.most or self.right(half)) * self.share

    @property
    def style(self) -> str:
        """The same as a style sheet has it, what bleeds included."""
        if self.across:
            return "var(--column)"
        if self.bleeds:
            return f"calc(var(--right) + {MARGIN}mm + var(--bleed))"
        return f"calc({f'{self.most:.2f}mm' if self.most else 'var(--right)'} * {self.share})"

    def level(self, step: int) -> int:
        """Return what type at a step of the scale is worth beside this place."""
        if self.across:
            return step + CEILING_STEP if step >= self.least else step - CEILING_STEP
        return min(step, self.enough)


def crop(figure: Figure) -> tuple[float, float, float, float]:
    """Return what is shown of a picture, as parts of it: left, top, right, bottom; all of it unless asked.

    A photograph with a focus comes nearer to 3:2 or, upright, to 4:5, by a fifth of its area at the most.
    """
    if not figure.focus or figure.drawn:
        return 0.0, 0.0, 1.0, 1.0
    ratio = figure.width / figure.height
    wished = LYING if ratio >= 1 else STANDING
    wide = max(KEPT, wished / ratio) if ratio > wished else 1.0
    high = max(KEPT, ratio / wished) if ratio < wished else 1.0
    across, down = (int(part.removesuffix("%")) / 100 for part in figure.focus.split())
    left = min(max(0.0, across - wide / 2), 1 - wide)
    top = min(max(0.0, down - high / 2), 1 - high)
    return left, top, left + wide, top + high


def proportion(figure: Figure) -> float:
    """Return the width of what is shown of a picture through its height."""
    left, top, right, bottom = crop(figure)
    return figure.width * (right - left) / (figure.height * (bottom - top))


def places(figure: Figure, words: int, widest: float) -> tuple[Place, ...]:
    """Return where a picture may stand beside so many words, `widest` mm being what it has points for."""
    found = tuple(_places(figure, words))
    fine = tuple(place for place in found if printed(place) <= widest)
    return fine or (min(found, key=printed),)


def _places(figure: Figure, words: int) -> Iterator[Place]:
    ratio, short = proportion(figure), words <= SHORT_WORDS
    largest = STEPS[short]
    if figure.drawn and EMBLEM.search(plain(figure.alt)):
        yield Place(1.0, most=max(HAIR, LOGO * min(1.0, ratio)), largest=largest)
        return
    most = max(HAIR, HIGHEST * ratio) if HIGHEST * ratio < half(points(largest)) else 0.0
    bleeds = figure.bleed and not figure.drawn and ratio >= UPRIGHT
    shares = SHARES[:1] if ratio >= PANORAMA else SHARES[:3] if ratio >= WIDE else SHARES
    for share in shares:
        yield Place(share, most, 0.0, bleeds and share == 1, _enough(figure, share), 0, largest)
    if bleeds:  # for one that has not points enough for that
        yield Place(0.99, most, largest=largest)
    if short and bleeds:
        for wide in WIDER:
            if wide / ratio < HIGHEST:
                yield Place(1.0, column=wide - MARGIN, bleeds=True, largest=largest)
    if ratio >= WIDE:
        yield Place(ACROSS, least=ACROSS_STEPS[ratio >= PANORAMA], largest=largest)


def _enough(figure: Figure, share: float) -> int:
    if figure.drawn and share < 1:
        return COMFORT_STEP
    return LAST_STEP if share >= LARGE else READ_STEP


def printed(place: Place) -> float:
    """Return the greatest width of a picture in a place, in mm on A1, what bleeds over the trim included."""
    return place.width(half(points(COMFORT_STEP))) + BLEED * place.bleeds


def widest(figure: Figure, papers: Sequence[Size], printer: Printer) -> float:
    """Return how wide a picture may be on A1, in mm, to have points enough on the largest of some papers."""
    left, _, right, _ = crop(figure)
    return figure.width * (right - left) * MM_PER_INCH / printer.resolution / enlargement(papers)


def enlargement(papers: Sequence[Size]) -> float:
    """Return by how much the largest of some sheets of paper is wider than the one that is drawn on."""
    return max(paper.width for paper in papers) / A1.width


def check_resolution(
    panels: Iterable[Panel], papers: Sequence[Size], printer: Printer
) -> Iterator[Diagnostic]:
    """Yield a warning for each picture that is coarse as it is printed, an error if very coarse."""
    for panel in panels:
        if panel.figure:
            most = widest(panel.figure, papers, printer)
            width = max(map(printed, places(panel.figure, words(panel), most)))
            pixels = ceil(printer.resolution * width * enlargement(papers) / MM_PER_INCH)
            values = {
                "found": int(printer.resolution * most / width),
                "wanted": printer.resolution,
                "pixels": pixels,
            }
            if most < COARSEST * width:
                yield error("figure-coarse", panel.figure.span, **values)
            elif most < width:
                yield warning("figure-coarse", panel.figure.span, **values)


def words(panel: Panel) -> int:
    """Count the words of a panel below its title, those of its picture left out."""
    found = " ".join(plain(each.text) for each in texts(panel, without=NOT_TEXT))
    return sum(any(map(str.isalnum, word)) for word in found.split())


def without_repeats(
    found: Iterable[Diagnostic], coarse: Sequence[Diagnostic], collection: Collection
) -> Iterator[Diagnostic]:
    """Yield what was found, without what the check of a finished file says again of a `coarse` picture."""
    panels = {panel.figure.span: panel.span for panel in collection.panels if panel.figure}
    reported = {panels[each.span]: each.severity for each in coarse}
    for each in found:
        repeated = reported.get(each.span) in {"error", each.severity}
        if each.code != "preflight-resolution" or not repeated:
            yield each
