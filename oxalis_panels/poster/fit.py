"""How large the type can be: a search over the one scale, on real layouts."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from math import floor, log2
from typing import TypeVar

from oxalis_panels.poster.job import Job, Layout, Series
from oxalis_panels.poster.line_setting import set_lines
from oxalis_panels.poster.measure import Fit, Measure, Overflow, Sizes
from oxalis_panels.poster.print import Press, TextMoved, require
from oxalis_panels.poster.trials import SHORTEST_LINE, Trial
from oxalis_panels.rendering.sheet import (
    CEILING_STEP,
    LAST_STEP,
    MM_PER_POINT,
    STATEMENT,
    STEPS_PER_DOUBLE,
    Sheet,
    points,
)

T = TypeVar("T")

FINDING = re.compile(r"f\d+")
"""The id of a finding, as in the template."""
FIGURE = "figure"
CHARACTER = 0.45
"""Mean width of a character of French text in our text face, in ems."""
ROUNDING = 0.999
"""By so much, what WeasyPrint rounds may make a text lower than reckoned."""
ROUNDING_MM = 0.01
LARGEST_GAP = 1.1
"""Most space added between two items, in ems: more, and the items no longer belong together."""
FEW_WORDS = 0.4
"""Part of the sheet that a text may fill to be set larger than the ceiling."""
AIR = 0.94
"""Part of the sheet that a text may fill for its findings to be set larger."""
CLOSE = 0.98
"""Part of the sheet that a text may fill for the sake of its lines."""
LARGEST_STATEMENT = 0.88
"""The largest finding above points, as a part of the title's type size: the title is read first."""
ROOM_KEPT = 30.0
"""In mm: as much stays free above the footer before the band at the top takes of what is left."""
DROP = 0.7
"""The part of that which the band takes."""


def fit_and_draw(press: Press, job: Job, series: Series, draw: Callable[..., T]) -> tuple[Fit, T] | Overflow:
    """Return how a text fits, and what `draw` makes of that, told as `checked` whether to see where it ends.

    Lines are set from widths, and the page that is drawn tells whether they fell so; if not, they stay as the
    layout broke them.
    """
    found = fit(press, job, series)
    if isinstance(found, Fit):
        with suppress(TextMoved):
            return found, draw(found, checked=True)
        found = fit(press, job, series, as_they_fall=True)
    return (found, draw(found, checked=False)) if isinstance(found, Fit) else found


def fit(press: Press, job: Job, series: Series, *, as_they_fall: bool = False) -> Fit | Overflow:
    """Return the layout that gives the largest type; between equals, the one that reads best.

    `as_they_fall`: its lines are not set. Raises WeasyPrintComplaint where the template leaves a
    text without its id: it could not be measured.
    """
    tried = _tried(press, job, series)
    place, *others = sorted(tried, key=lambda place: (tried[place][0].rank, -place), reverse=True)
    layout, (best, measure) = job.layouts[place], tried[place]
    assert measure  # only what cannot be the best is spared
    if not measure.fits:
        return _overflow(press, job, series)
    most = largest_statement(layout, series.sheet, LARGEST_STATEMENT * series.title_size)
    sizes = _emphasised(press, layout, measure, Sizes(series.title_size, points(best.step)), most)
    height = press.measure(layout.html, sizes).used
    layout, sizes = _finished(press, layout, sizes, best.step, as_they_fall=as_they_fall)
    trials = (best, *(tried[each][0] for each in others))
    return Fit(layout, place, best.step, sizes, measure, trials, height)


def _tried(press: Press, job: Job, series: Series) -> dict[int, tuple[Trial, Measure | None]]:
    """Return, by the place of each layout, its largest step and what it takes there; None if it was spared.

    The likeliest is tried first. If it is about as large as guessed, those are spared that could not win
    even if their own guess was as wrong as it gets.
    """
    sheet = series.sheet
    guessed = [_estimated(layout, layout.guess, layout.fill, sheet) for layout in job.layouts]
    likeliest, *others = sorted(range(len(guessed)), key=lambda place: guessed[place].rank, reverse=True)
    first = job.layouts[likeliest]
    best, measure = _largest(press, first, series, 0)
    tried: dict[int, tuple[Trial, Measure | None]] = {likeliest: (best, measure)}
    sure = first.guess <= best.step <= first.reach
    for place in others:
        layout = job.layouts[place]
        if sure and _estimated(layout, layout.reach, 0.0, sheet).rank <= best.rank:
            tried[place] = guessed[place], None
            continue
        tried[place] = _largest(press, layout, series, best.level if best.fill <= 1 else 0)
        best = max(best, tried[place][0], key=lambda trial: trial.rank)
    return tried


def _estimated(layout: Layout, step: int, fill: float, sheet: Sheet) -> Trial:
    step = min(step, largest_step(layout, sheet))
    length, beside = characters(layout, step, sheet), layout.beside > 0
    return Trial(layout.columns, step, fill, length, beside=beside, estimated=True)


def kept(press: Press, job: Job, series: Series, last: Fit) -> Fit | None:
    """Return the fit of a text in the sizes that it had in `last`; None where it has outgrown them.

    One trial, not a search: another layout or larger type may be the better one by now, which `fit` tells.
    """
    if last.place >= len(job.layouts):
        return None
    layout = job.layouts[last.place]
    if last.step > largest_step(layout, series.sheet):
        return None
    sizes = Sizes(series.title_size, points(last.step), statement=last.sizes.statement)
    measure = press.measure(layout.html, sizes)
    require(measure, layout)
    most = AIR * measure.available if sizes.statement else allowed(measure, last.step)
    if measure.width > 1 or measure.used > most:
        return None
    if sizes.title == last.sizes.title and abs(measure.used - last.height) < ROUNDING_MM:
        height = CLOSE * allowed(measure, last.step)  # as many lines as before, and as much room between them
        layout, sizes = set_lines(press, layout, sizes, height, confirmed=False)[0], last.sizes
    else:
        layout, sizes = _finished(press, layout, sizes, last.step)
    return replace(last, layout=layout, sizes=sizes, measure=measure, height=measure.used)


def _finished(
    press: Press, layout: Layout, sizes: Sizes, step: int, *, as_they_fall: bool = False
) -> tuple[Layout, Sizes]:
    """Set the lines of a text whose sizes are found, then share the room that is left."""
    measure = press.measure(layout.html, sizes)
    if not as_they_fall:
        layout, measure = set_lines(press, layout, sizes, CLOSE * allowed(measure, step))
    return layout, _spread(layout, measure, sizes)


def allowed(measure: Measure, step: int) -> float:
    """Return the height in mm that a text may take at a step: beyond the ceiling, a part of the sheet."""
    return measure.available * (FEW_WORDS if step > CEILING_STEP else 1)


def _largest(press: Press, layout: Layout, series: Series, low: int) -> tuple[Trial, Measure]:
    """Return the largest step, from `low` on, at which the text fits, else the last that was tried."""
    high = largest_step(layout, series.sheet) + 1
    step = max(low, min(high - 1, layout.guess))
    found = None
    while low < high:
        measure = press.measure(layout.html, Sizes(series.title_size, points(step)))
        require(measure, layout)
        tried = (_trial(layout, step, measure, series.sheet), measure)
        if measure.fits and measure.used <= allowed(measure, step):
            found, low = tried, step + 1
            if _at_least(measure, step + 1) > allowed(measure, step + 1):
                break
        elif step == low:
            break
        else:
            high = step
        step = max(low, min(high - 1, CEILING_STEP, step + _steps_to_fill(measure)))
    return found or tried


def _at_least(measure: Measure, step: int) -> float:
    """Return the least height in mm at a step of what was measured at the one before.

    All of a text grows with its type, and its lines break no later; only a picture keeps its size.
    """
    fixed = sum(item.height for item in measure.items if item.identifier == FIGURE)
    return fixed + (measure.used - fixed) * points(step) / points(step - 1) * ROUNDING


def _trial(layout: Layout, step: int, measure: Measure, sheet: Sheet) -> Trial:
    fill = max(measure.used / measure.available, measure.width if measure.width > 1 else 0.0)
    held = layout.beside > 0 and step == largest_step(layout, sheet)
    length = characters(layout, step, sheet)
    return Trial(layout.columns, step, fill, length, beside=layout.beside > 0, held=held and fill < 1)


def _steps_to_fill(measure: Measure) -> int:
    """Return how many steps lie between a layout and a full sheet: its height grows as size squared."""
    height = STEPS_PER_DOUBLE / 2 * log2(measure.available / max(measure.used, 1.0))
    return floor(min(height, -STEPS_PER_DOUBLE * log2(measure.width) if measure.width > 1 else height))


def _emphasised(press: Press, layout: Layout, measure: Measure, sizes: Sizes, most: float) -> Sizes:
    """Return sizes at which the findings above points are as large as the sheet allows with the same points.

    `most` is the largest they may be, in points.

    « Un bilan complet » above twelve points is what is to be read from three metres. Larger findings never
    take less height: where the smallest leave too little air, nothing is tried.
    """
    least, best = STATEMENT * sizes.body, sizes
    low, high = 1, floor(STEPS_PER_DOUBLE * log2(max(most / least, 1.0)))
    if measure.used > AIR * measure.available:
        return best
    step = max(low, min(high, _emphasis_to_fill(measure)))
    while low <= high:
        tried = replace(sizes, statement=least * 2 ** (step / STEPS_PER_DOUBLE))
        larger = press.measure(layout.html, tried)
        if larger.width <= 1 and larger.used <= AIR * larger.available:
            best = tried
            low = step = step + 1
        else:
            step = high = step - 1
    return best


def _emphasis_to_fill(measure: Measure) -> int:
    """Return about how many steps the findings may grow, their height growing as size squared."""
    findings = sum(item.height for item in measure.items if FINDING.fullmatch(item.identifier))
    room = AIR * measure.available - measure.used
    return round(STEPS_PER_DOUBLE / 2 * log2(1 + room / max(findings, 1.0)))


def _spread(layout: Layout, measure: Measure, sizes: Sizes) -> Sizes:
    """Share the room that is left between the items, up to a limit; of the rest, the band takes the most."""
    room = (measure.available - measure.used) * 0.999  # what WeasyPrint rounds may not push text out
    gap = min(room / max(layout.gaps, 1), LARGEST_GAP * sizes.body * MM_PER_POINT)
    left = room - gap * layout.gaps
    return replace(sizes, gap=gap, drop=max(0.0, DROP * (left - ROOM_KEPT)))


def _overflow(press: Press, job: Job, series: Series) -> Overflow:
    """Return where the text stops fitting at the floor: in one column, where that is the plain answer."""
    sizes = Sizes(series.title_size, points(0))
    measures = [press.measure(layout.html, sizes) for layout in job.layouts]
    plain = measures[0]
    wide = next((item for item in plain.items if item.width > 1), None)
    if wide:
        return Overflow(wide.identifier, 0.0)
    first = next((item for item in plain.items if item.bottom > plain.available), plain.items[-1])
    least, columns = min(
        (measure.used, layout.columns) for measure, layout in zip(measures, job.layouts, strict=True)
    )
    return Overflow(first.identifier, max(0.0, 1 - plain.available / least), columns)


def characters(layout: Layout, step: int, sheet: Sheet) -> int:
    """Return how many characters a full line of a point holds at a step of the scale."""
    return round(_line(layout, sheet) / (CHARACTER * points(step) * MM_PER_POINT))


def largest_step(layout: Layout, sheet: Sheet) -> int:
    """Return the last step worth trying: beside a picture, the last whose lines are long enough.

    Lines of too few characters end on « pour la », « dans la », where nobody breathes.
    """
    if not layout.beside:
        return LAST_STEP
    steps = range(LAST_STEP, 0, -1)
    return next((step for step in steps if characters(layout, step, sheet) >= SHORTEST_LINE), 0)


def largest_statement(layout: Layout, sheet: Sheet, most: float) -> float:
    """Return the largest type of a finding above its points, in points: `most`, or less beside a picture.

    Its lines may be shorter than those of the points by as much as its type is larger at the least.
    """
    if not layout.beside:
        return most
    return min(most, STATEMENT * _line(layout, sheet) / (CHARACTER * SHORTEST_LINE * MM_PER_POINT))


def _line(layout: Layout, sheet: Sheet) -> float:
    """Return the width of a line in mm."""
    return sheet.column - layout.beside if layout.beside else sheet.column / layout.columns
