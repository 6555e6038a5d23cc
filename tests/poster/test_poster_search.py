"""The search for the size leaves out layouts, and still finds what trying all of them finds."""

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import cast

from builds import ROOT, Built, order_of, write_project
from poster_trials import body_alone, fitted, press_of
from test_any_project import EXAMPLES

from oxalis_panels.model.collection import Figure
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.poster.box_tree import SheetText
from oxalis_panels.poster.figures import Place, places
from oxalis_panels.poster.fit import AIR, SPREAD, allowed, fit
from oxalis_panels.poster.job import Job, Layout, Series
from oxalis_panels.poster.measure import Fit, Item, Measure, Sizes
from oxalis_panels.poster.print import Press
from oxalis_panels.poster.trials import trial
from oxalis_panels.printers.printer import Condition
from oxalis_panels.rendering.sheet import (
    A1,
    LAST_STEP,
    MM_PER_POINT,
    STATEMENT,
    STEPS_PER_DOUBLE,
    half,
    points,
)

TITLE = 96.0
AVAILABLE = 492.0
SERIES = Series(A1, "", (), Condition("", b""), TITLE, 0.0, "", "fr")

Paragraph = tuple[str, tuple[float, ...]]
"""The id of a text and the widths of its words, in ems."""


@dataclass(frozen=True, slots=True)
class Reckoner:
    """A press that breaks lines as WeasyPrint does, without fonts or style sheets: in microseconds."""

    columns: dict[str, tuple[tuple[Paragraph, ...], ...]]
    """Under the HTML of each layout, its texts, column by column."""
    places: dict[str, Place]
    """Of a picture, under the same; it stands at the head of the second column or above both."""
    ratio: float
    """Its width through its height."""

    def measure(self, html: str, sizes: Sizes) -> Measure:
        """Return what the texts take."""
        columns, place = self.columns[html], self.places.get(html)
        if place is None:
            rooms = [A1.column / len(columns)] * len(columns)
            heads = [0.0] * len(columns)
        else:
            side = half(sizes.body)
            rooms = [place.left(side), place.right(side)]
            picture = place.width(side) / self.ratio
            heads = [picture if place.across else 0.0, picture]
        items = [
            item
            for column, room, head in zip(columns, rooms, heads, strict=True)
            for item in _items(column, room, head, sizes)
        ]
        if place:
            items.append(Item("figure", heads[1], heads[1], 0.5))
        return Measure(AVAILABLE, tuple(items))

    def text(self, _html: str, _sizes: Sizes) -> SheetText:
        """Return no words: how lines are set once the size is found is no matter of the search."""
        return SheetText("", ())


def _items(column: tuple[Paragraph, ...], room: float, head: float, sizes: Sizes) -> list[Item]:
    items, bottom = [], head
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
        for step in range(layout.largest + 1):
            found = press.measure(layout.html, Sizes(TITLE, points(step)))
            if found.fits and found.used <= allowed(found, step):
                fill = found.used / found.available
                filled = part_filled(layout, layout.place, found, step) if layout.place else fill
                tried.append((index, trial(layout.columns, layout.place, step, fill, filled, 0)))
    largest = dict(tried)
    if not largest:
        return None
    index = max(largest, key=lambda each: (largest[each].rank, -each))
    layout, body = job.layouts[index], points(largest[index].step)
    statement, size = 0.0, STATEMENT * body
    for step in range(1, LAST_STEP):
        larger = size * 2 ** (step / STEPS_PER_DOUBLE)
        found = press.measure(layout.html, Sizes(TITLE, body, statement=larger))
        if larger <= job.largest_statement and found.width <= 1 and found.used <= AIR * AVAILABLE:
            statement = larger
    return layout.html, largest[index].step, round(statement, 3)


def part_filled(layout: Layout, place: Place, found: Measure, step: int) -> float:
    """Return what part of a sheet text and picture take, all beside it, and gaps half again as large."""
    side, em = half(points(step)), points(step) * MM_PER_POINT
    feet = [0.0, found.items[-1].height]
    for item in found.items[:-1]:
        column = item.identifier in layout.second
        feet[column] = max(feet[column], item.bottom)
    feet = [min(AVAILABLE, foot + gaps * SPREAD * em) for foot, gaps in zip(feet, layout.gaps, strict=True)]
    taken = feet[0] * place.left(side) + feet[1] * place.right(side)
    return taken / (2 * side * AVAILABLE)


def some_job(chance: Random) -> tuple[Reckoner, Job]:
    """Return a panel that nobody has written, with a press that measures it.

    In one column and in two; of some, in all the places of a picture.
    """
    texts: list[Paragraph] = []
    for finding in range(1, chance.choice([1, 1, 2, 3]) + 1):
        texts.append((f"f{finding}", _some_words(chance, 10)))
        count = chance.randrange(9)
        texts += [(f"f{finding}p{point}", _some_words(chance, 20)) for point in range(1, count)]
    even, less = (len(texts) + 1) // 2, max(1, len(texts) // 2 - 1)
    items = tuple(identifier for identifier, _ in texts)
    ratio = chance.choice([0.4, 0.7, 1.0, 1.5, 2.5])
    wanted: tuple[Place | None, ...] = (None,)
    if chance.random() < 0.5:
        figure = Figure(
            "m.png", (), (), (), round(900 * ratio), 900, chance.random() < 0.5, b"", Span(Source("m.md"))
        )
        wanted = places(figure, chance.choice([20, 120]), A1.width)
    columns: dict[str, tuple[tuple[Paragraph, ...], ...]] = {}
    layouts = []
    for number, place in enumerate(wanted):
        ways: dict[str, tuple[tuple[Paragraph, ...], ...]]
        ways = {f"{number}: 2 from {at}": (tuple(texts[:at]), tuple(texts[at:])) for at in (even, less)}
        if place is None:
            ways = {"1": (tuple(texts),)} | (ways if len(texts) > 1 else {})
        for html, way in ways.items():
            second = tuple(identifier for identifier, _ in way[1]) if place else ()
            last = place.largest if place else LAST_STEP
            gaps = (len(way[0]) - 1, len(way[1]) - 1) if place else (1,)
            guess = trial(
                len(way), place, chance.randrange(last + 1), chance.random(), 1.0, 0, estimated=True
            )
            best = trial(len(way), place, last, 0.0, 1.0, 0, estimated=True)
            layouts.append(Layout(len(way), gaps, html, items, place, second, guess, best, last))
        columns |= ways
    stand = {layout.html: layout.place for layout in layouts if layout.place}
    return Reckoner(columns, stand, ratio), Job("", "", tuple(layouts), 0.88 * TITLE)


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
        away = [
            abs(found.step - found.layout.guess.step) for found in fitted(composed) if isinstance(found, Fit)
        ]
    assert len(away) == len(composed.jobs)
    assert max(away) <= 2, away


def test_no_layout_is_larger_than_its_bound(tmp_path: Path, built: Built) -> None:
    """Kerning, italics, a point in the middle of a word: what is not tried does not fit."""
    chance = Random(7)  # noqa: S311 - panels, not secrets
    words = [word for word in " ".join(real_texts()).split() if word.strip("«»:;!?–")]
    panels = {f"p{number}": some_panel(chance, words) for number in range(EXAMPLES)}
    composed = order_of(write_project(tmp_path, **panels), built.fonts).value
    assert composed is not None
    press, tried = press_of(composed), 0
    for job in composed.jobs:
        for layout in job.layouts:
            step = layout.best.step + 1
            if step <= layout.largest:
                found = press.measure(layout.html, Sizes(composed.series.title_size, points(step)))
                assert found.used > allowed(found, step), (job.slug, layout.best)
                tried += 1
    assert tried > EXAMPLES


def real_texts() -> list[str]:
    """Return what the real panels say, without marks of Markdown."""
    files = sorted((ROOT / "panels").glob("0*.md"))
    return [re.sub(r"[-#✓→*_<>\[\]]", " ", path.read_text(encoding="utf-8")) for path in files]


def some_panel(chance: Random, words: list[str]) -> str:
    """Return a panel of these words, some of them in italics."""
    lines = ["# Titre", ""]
    for _ in range(chance.randint(1, 4)):
        lines.append(f"- ✓ {_some_text(chance, words, 12)}")
        lines += [f"  - → {_some_text(chance, words, 18)}" for _ in range(chance.randrange(8))]
    return "\n".join(lines) + "\n"


def _some_text(chance: Random, words: list[str], most: int) -> str:
    chosen = [chance.choice(words) for _ in range(chance.randint(2, most))]
    if chance.random() < 0.3:
        chosen[1] = f"*{chosen[1]}*"
    return " ".join(["Un", *chosen])
