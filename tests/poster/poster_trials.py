"""What the tests of fitting share: panels of any length, and a press to try them on."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from builds import order_of, write_project

from oxalis_panels.poster import fit as fitting
from oxalis_panels.poster.composing import Order
from oxalis_panels.poster.fit import fit
from oxalis_panels.poster.job import FontFile
from oxalis_panels.poster.measure import Fit, Overflow
from oxalis_panels.poster.print import Press
from oxalis_panels.rendering.sheet import Sheet

SENTENCE = (
    "la coopérative accompagne ses entrepreneur·es et consolide une organisation qui tient compte des besoins"
    " de chacun avec des outils simples"
)
WORDS = SENTENCE.split(" ")


@cache
def press(fonts: tuple[FontFile, ...], css: str, sheet: Sheet) -> Press:
    """Return a press, the same one for the same fonts and style sheet."""
    return Press(fonts, css, sheet)


def press_of(order: Order) -> Press:
    """Return the press that makes these posters."""
    return press(order.series.fonts, order.series.css, order.series.sheet)


def sentence(count: int) -> str:
    """Return a sentence of so many words."""
    return " ".join(WORDS[n % len(WORDS)] for n in range(count)).capitalize() + "."


def panel_of(*findings: tuple[int, ...], title: str = "Un titre de longueur moyenne") -> str:
    """Return a panel: for each finding the words of its text, then those of each of its points."""
    lines = [f"# {title}", ""]
    for text, *items in findings:
        lines += [f"- ✓ {sentence(text)}", *(f"  - → {sentence(item)}" for item in items)]
    return "\n".join(lines) + "\n"


def order(folder: Path, fonts: Path, **panels: str) -> Order:
    """Return the jobs for the posters of panels with these texts."""
    composed = order_of(write_project(folder, **panels), fonts).value
    assert composed is not None
    return composed


def fitted(order: Order) -> list[Fit | Overflow]:
    """Return how large each poster's type can be."""
    return [fit(press_of(order), job, order.series) for job in order.jobs]


def lines_as_they_come() -> AbstractContextManager[object]:
    """Have lines broken where they are full: well set ones take time, and no size depends on them."""
    return patch.object(
        fitting,
        "set_lines",
        lambda press, layout, sizes, *_, **__: (layout, press.measure(layout.html, sizes)),
    )


@contextmanager
def body_alone() -> Iterator[None]:
    """Have nothing done that the size of the body does not depend on: no line well set, no finding larger."""
    with lines_as_they_come(), patch.object(fitting, "_emphasised", lambda _, __, ___, sizes, ____: sizes):
        yield


def steps(order: Order) -> list[int]:
    """Return the step that the body of each poster reaches; they all fit."""
    with body_alone():
        found = fitted(order)
    assert all(isinstance(each, Fit) for each in found)
    return [each.step for each in found if isinstance(each, Fit)]
