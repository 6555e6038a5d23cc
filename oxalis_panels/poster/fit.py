"""How large the type can be: a search over the one scale, on real layouts."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from math import floor, log2
from typing import TypeVar

from oxalis_panels.poster.figures import Place
from oxalis_panels.poster.job import Job, Layout, Series
from oxalis_panels.poster.line_setting import set_lines
from oxalis_panels.poster.measure import Fit, Measure, Overflow, Sizes
from oxalis_panels.poster.print import Press, TextMoved, require
from oxalis_panels.poster.trials import LARGEST_GAP, Trial, trial
from oxalis_panels.rendering.sheet import (
    CEILING_STEP,
    MM_PER_POINT,
    ROOMY,
    STATEMENT,
    STEPS_PER_DOUBLE,
    half,
    points,
)

T = TypeVar("T")

FINDING = re.compile(r"f\d+")
"""The id of a finding, as in the template."""
FIGURE = "figure"
ROUNDING = 0.999
"""By so much, what WeasyPrint rounds may make a text lower or higher than reckoned."""
ROUNDING_MM = 0.01
RIGHT = 0.005
"""Parts of a sheet: where an estimate is off by less, every line breaks as it says."""
SPREAD = 0.18
"""In ems: half of the usual space between two points."""
LARGEST_GAP_BESIDE = 0.5
"""Most space added between two items of a column that has a picture beside it, in ems."""
UNEVEN = 15.0
"""In mm: a column with a picture at its head that ends so far above the other has it at its foot instead."""
PICTURE_KEPT = 0.98
"""Part of its height that a picture keeps at the next step of the scale."""
AIR = 0.94
"""Part of the sheet that a text may fill for its findings to be set larger."""
CLOSE = 0.98
"""Part of the sheet that a text may fill for the sake of its lines."""


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
    sizes = Sizes(series.title_size, points(best.step))
    sizes = _emphasised(press, layout, measure, sizes, job.largest_statement)
    height = press.measure(layout.html, sizes).used
    layout, sizes = _finished(press, layout, sizes, best.step, as_they_fall=as_they_fall)
    trials = (best, *(tried[each][0] for each in others))
    return Fit(layout, place, best.step, sizes, measure, trials, height)


def _tried(press: Press, job: Job, series: Series) -> dict[int, tuple[Trial, Measure | None]]:
    """Return, by the place of each layout, its largest step and what it takes there; None if it was spared.

    The likeliest is tried first. If it is about as large as guessed, those are spared that could not win
    even if their own guess was as wrong as it gets.
    """
    guesses = [layout.guess for layout in job.layouts]
    likeliest, *others = sorted(range(len(guesses)), key=lambda place: guesses[place].rank, reverse=True)
    first = job.layouts[likeliest]
    best, measure = _largest(press, first, series, 0)
    tried: dict[int, tuple[Trial, Measure | None]] = {likeliest: (best, measure)}
    sure = first.guess.step <= best.step <= first.best.step
    for place in others:
        layout = job.layouts[place]
        if sure and layout.best.rank <= best.rank:
            tried[place] = layout.guess, None
            continue
        low = best.level if best.fill <= 1 and not layout.place else 0
        tried[place] = _largest(press, layout, series, low)
        best = max(best, tried[place][0], key=lambda trial: trial.rank)
    return tried


def kept(press: Press, job: Job, series: Series, last: Fit) -> Fit | None:
    """Return the fit of a text in the sizes that it had in `last`; None where it has outgrown them.

    One trial, not a search: another layout or larger type may be the better one by now, which `fit` tells.
    """
    if last.place >= len(job.layouts):
        return None
    layout = job.layouts[last.place]
    if last.step > layout.largest:
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
    return measure.available * (ROOMY if step > CEILING_STEP else 1)


def _largest(press: Press, layout: Layout, series: Series, low: int) -> tuple[Trial, Measure]:
    """Return the largest step, from `low` on, at which the text fits, else the last that was tried."""
    high = layout.largest + 1
    step = max(low, min(high - 1, layout.guess.step))
    found = None
    while low < high:
        measure = press.measure(layout.html, Sizes(series.title_size, points(step)))
        require(measure, layout)
        tried = (_trial(layout, step, measure), measure)
        if measure.fits and measure.used <= allowed(measure, step):
            found, low = tried, step + 1
            if step == layout.guess.step and abs(tried[0].fill - layout.guess.fill) < RIGHT:
                high = min(high, layout.best.step + 1)
            if _at_least(measure, step + 1) > allowed(measure, step + 1):
                break
        elif step == low:
            break
        else:
            high = step
        step = max(low, min(high - 1, step + _steps_to_fill(measure)))
    return found or tried


def _at_least(measure: Measure, step: int) -> float:
    """Return the least height in mm at a step of what was measured at the one before.

    All of a text grows with its type, and its lines break no later; only a picture keeps its size, or is a
    little smaller, as its column is.
    """
    fixed = PICTURE_KEPT * sum(item.height for item in measure.items if item.identifier == FIGURE)
    return fixed + (measure.used - fixed) * points(step) / points(step - 1) * ROUNDING


def _trial(layout: Layout, step: int, measure: Measure) -> Trial:
    fill = max(measure.used / measure.available, measure.width if measure.width > 1 else 0.0)
    filled = _filled(layout, layout.place, measure, points(step)) if layout.place else fill
    return trial(layout.columns, layout.place, step, fill, filled, layout.guess.bare)


def _filled(layout: Layout, place: Place, measure: Measure, body: float) -> float:
    """Return what part of a sheet text and picture fill, with what stays empty beside the picture.

    Gaps may be half again as large as the usual.
    """
    column, wider = half(body), SPREAD * body * MM_PER_POINT
    widths = place.left(column), place.right(column)
    feet = zip(ends(layout, measure), layout.gaps, widths, strict=True)
    taken = sum(min(measure.available, end + gaps * wider) * width for end, gaps, width in feet)
    return taken / (2 * column * measure.available)


def ends(layout: Layout, measure: Measure) -> tuple[float, float]:
    """Return where both columns of a sheet with a picture end, in mm below the top of the text."""
    bottoms = {item.identifier: item.bottom for item in measure.items}
    figure = bottoms.get(FIGURE, 0.0)
    first = [bottoms[each] for each in layout.items if each not in layout.second]
    return max(first, default=0.0), max((bottoms[each] for each in layout.second), default=figure)


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
    """Share the room that is left between the items, up to a limit."""
    if layout.place:
        most = LARGEST_GAP_BESIDE * sizes.body * MM_PER_POINT
        columns = list(zip(ends(layout, measure), layout.gaps, strict=True))
        gaps = [min((measure.available - end) * ROUNDING / max(count, 1), most) for end, count in columns]
        left, right = (end + count * gap for (end, count), gap in zip(columns, gaps, strict=True))
        below = bool(layout.second) and not layout.place.across and left - right > UNEVEN
        return replace(sizes, gap=gaps[0], gap_right=gaps[1], below=below)
    (count,) = layout.gaps
    room = (measure.available - measure.used) * ROUNDING
    return replace(sizes, gap=min(room / max(count, 1), LARGEST_GAP * sizes.body * MM_PER_POINT))


def _overflow(press: Press, job: Job, series: Series) -> Overflow:
    """Return where the text stops fitting at the floor: in one column, where that is the plain answer."""
    sizes = Sizes(series.title_size, points(0))
    measures = [press.measure(layout.html, sizes) for layout in job.layouts]
    plain = measures[0]
    wide = next((item for item in plain.items if item.width > 1), None)
    if wide:
        return Overflow(wide.identifier, 0.0, job.layouts[0].guess.bare)
    first = next((item for item in plain.items if item.bottom > plain.available), plain.items[-1])
    least, columns = min(
        (measure.used, layout.columns) for measure, layout in zip(measures, job.layouts, strict=True)
    )
    excess = max(0.0, 1 - plain.available / least)
    return Overflow(first.identifier, excess, job.layouts[0].guess.bare, columns)
