"""The search for the size leaves out layouts, and still finds what trying all of them finds."""

from dataclasses import dataclass
from random import Random
from typing import cast

from builds import ROOT, Built, order_of
from poster_trials import body_alone, fitted
from test_any_project import EXAMPLES

from oxalis_panels.poster.box_tree import SheetText
from oxalis_panels.poster.fit import AIR, CHARACTER, LARGEST_STATEMENT, allowed, fit
from oxalis_panels.poster.job import Job, Layout, Series
from oxalis_panels.poster.measure import Fit, Item, Measure, Sizes
from oxalis_panels.poster.print import Press
from oxalis_panels.poster.trials import Trial
from oxalis_panels.printers.printer import Condition
from oxalis_panels.rendering.sheet import A1, LAST_STEP, MM_PER_POINT, STATEMENT, STEPS_PER_DOUBLE, points

TITLE = 96.0
AVAILABLE = 492.0
SERIES = Series(A1, "", (), Condition("", b""), TITLE, "", "fr")

Paragraph = tuple[str, tuple[float, ...]]
"""The id of a text and the widths of its words, in ems."""


@dataclass(frozen=True, slots=True)
class Reckoner:
    """A press that breaks lines as WeasyPrint does, without fonts or style sheets: in microseconds."""

    columns: dict[str, tuple[tuple[Paragraph, ...], ...]]
    """Under the HTML of each layout, its texts, column by column."""
    picture: float
    """Height in mm of a picture below the text."""

    def measure(self, html: str, sizes: Sizes) -> Measure:
        """Return what the texts take."""
        columns = self.columns[html]
        items = [item for column in columns for item in _items(column, A1.column / len(columns), sizes)]
        if self.picture:
            bottom = max((item.bottom for item in items), default=0) + self.picture
            items.append(Item("figure", bottom, self.picture, 0.5))
        return Measure(AVAILABLE, tuple(items))

    def text(self, _html: str, _sizes: Sizes) -> SheetText:
        """Return no words: how lines are set once the size is found is no matter of the search."""
        return SheetText("", ())


def _items(column: tuple[Paragraph, ...], room: float, sizes: Sizes) -> list[Item]:
    items, bottom = [], 0.0
    for identifier, words in column:
        size = sizes.body
        if "p" not in identifier:
            size = sizes.statement or STATEMENT * sizes.body
        em = size * MM_PER_POINT
        lines = _lines(words, room / em)
        height = len(lines) * 1.24 * em
        bottom += height + 0.4 * sizes.body * MM_PER_POINT
        items.append(Item(identifier, bottom, height, max(lines) * em / room))
    return items


def _lines(words: tuple[float, ...], room: float) -> list[float]:
    lines = [0.0]
    for word in words:
        if lines[-1] and lines[-1] + word > room:
            lines.append(0.0)
        lines[-1] += word
    return lines


def exhaustive(press: Reckoner, job: Job) -> tuple[str, int, float] | None:
    """Return layout, step and size of findings that are best of all there are; None if nothing fits."""
    tried = []
    for index, layout in enumerate(job.layouts):
        for step in range(LAST_STEP + 1):
            found = press.measure(layout.html, Sizes(TITLE, points(step)))
            if found.fits and found.used <= allowed(found, step):
                characters = round(A1.column / layout.columns / (CHARACTER * points(step) * MM_PER_POINT))
                trial = Trial(layout.columns, step, found.used / found.available, characters)
                tried.append((index, trial))
    largest = dict(tried)
    if not largest:
        return None
    index = max(largest, key=lambda each: (largest[each].rank, -each))
    layout, body = job.layouts[index], points(largest[index].step)
    statement, size = 0.0, STATEMENT * body
    for step in range(1, LAST_STEP):
        larger = size * 2 ** (step / STEPS_PER_DOUBLE)
        found = press.measure(layout.html, Sizes(TITLE, body, statement=larger))
        if larger <= LARGEST_STATEMENT * TITLE and found.width <= 1 and found.used <= AIR * AVAILABLE:
            statement = larger
    return layout.html, largest[index].step, round(statement, 3)


def some_job(chance: Random) -> tuple[Reckoner, Job]:
    """Return a panel that nobody has written, in one column and in two, with a press that measures it."""
    texts: list[Paragraph] = []
    for finding in range(1, chance.choice([1, 1, 2, 3]) + 1):
        texts.append((f"f{finding}", _some_words(chance, 10)))
        count = chance.randrange(9)
        texts += [(f"f{finding}p{point}", _some_words(chance, 20)) for point in range(1, count)]
    even, less = (len(texts) + 1) // 2, max(1, len(texts) // 2 - 1)
    columns: dict[str, tuple[tuple[Paragraph, ...], ...]] = {"1": (tuple(texts),)}
    if len(texts) > 1:
        columns |= {f"2 from {at}": (tuple(texts[:at]), tuple(texts[at:])) for at in (even, less)}
    items = tuple(identifier for identifier, _ in texts)
    guess = chance.randrange(LAST_STEP + 1)
    layouts = tuple(Layout(len(each), 1, html, items, guess=guess) for html, each in columns.items())
    return Reckoner(columns, chance.choice([0.0, 0.0, 90.0, 250.0])), Job("", "", layouts)


def _some_words(chance: Random, most: int) -> tuple[float, ...]:
    return tuple(chance.uniform(0.4, 5) for _ in range(chance.randint(1, most)))


def test_the_search_finds_what_trying_every_size_finds() -> None:
    """With or without a picture, wherever the search begins: the same layout and sizes."""
    found = {}
    expected = {}
    for seed in range(4 * EXAMPLES):
        press, job = some_job(Random(seed))  # noqa: S311 - panels, not secrets
        best = fit(cast("Press", press), job, SERIES)
        found[seed] = (
            (best.layout.html, best.step, round(best.sizes.statement, 3)) if isinstance(best, Fit) else None
        )
        expected[seed] = exhaustive(press, job)
    assert found == expected
    assert len([each for each in expected.values() if each]) > 2 * EXAMPLES


def test_the_guess_saves_layouts_on_the_real_panels(built: Built) -> None:
    """At most two steps from where the search ends: each further one would be a layout more."""
    composed = order_of(ROOT, built.fonts).value
    assert composed is not None
    with body_alone():
        away = [abs(found.step - found.layout.guess) for found in fitted(composed) if isinstance(found, Fit)]
    assert len(away) == len(composed.jobs)
    assert max(away) <= 2, away
