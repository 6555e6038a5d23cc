"""What each step of making a poster costs, in one process that is warm, and what is drawn there."""

import base64
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from oxalis_panels.pipeline.artifacts import poster_inputs
from oxalis_panels.pipeline.check import check
from oxalis_panels.poster import distributing, fit, made, making
from oxalis_panels.poster.composing import Order, compose
from oxalis_panels.poster.job import Job, Series
from oxalis_panels.poster.print import Press, variables
from oxalis_panels.poster.trials import CACHE
from oxalis_panels.rendering.fonts import characters, load_fonts
from oxalis_panels.system import workers

READ, DRAW, REST = "read and compose", "draw for print", "fonts, style sheets, the rest"
STEPS: dict[str, tuple[Any, str]] = {
    "fit": (fit, "fit"),
    DRAW: (Press, "pdf"),
    "finish for print": (making, "finish"),
    "preflight": (making, "check_poster"),
    "draw for the screen": (Press, "tagged_pdf"),
    "finish for the screen": (making, "finish_screen"),
    "pictures": (making, "pictures"),
}
"""Under what name each function stands where a build calls it: there it is timed."""


Sheet = tuple[str, str, str, Any]
"""Slug, title, HTML and sizes of a poster, as it is drawn."""


def order_of(folder: Path) -> Order:
    """Return what the posters of a project are made from; its panels have no mistake."""
    checked = check(folder).value
    assert checked is not None  # the real panels have no mistake
    cache = folder / "output" / CACHE / "fonts"
    inputs = poster_inputs(checked, load_fonts(characters(checked.typeset), cache), cache)
    order = compose(checked.typeset, inputs).value
    assert order is not None
    return order


def edit(folder: Path) -> str:
    """Add a word to one panel and return its slug."""
    panel = folder / "panels" / "07-mouvement.md"
    panel.write_text(panel.read_text(encoding="utf-8").rstrip() + " encore\n", encoding="utf-8")
    return "mouvement"


class Workshop:
    """Makes posters as a build does, all in this process, and keeps the milliseconds of each step."""

    def __init__(self, folder: Path) -> None:
        """Have every step timed."""
        self._folder = folder
        self._took: defaultdict[str, float] = defaultdict(float)
        self._drawn: list[tuple[Any, ...]] = []
        self.order = order_of(folder)
        workers.MOST_PROCESSES = 1
        for name, (place, function) in STEPS.items():
            setattr(place, function, self._timed(name, getattr(place, function)))

    def series(self) -> dict[str, float]:
        """Return what each step costs for all posters."""
        return self._make(self.order.jobs)

    def one_changed(self) -> dict[str, float]:
        """Return what each step costs after a panel was changed."""
        slug = edit(self._folder)
        begin = time.perf_counter()
        self.order = order_of(self._folder)
        read = (time.perf_counter() - begin) * 1000
        return {READ: read} | self._make([job for job in self.order.jobs if job.slug == slug])

    def sheets(self) -> list[Sheet]:
        """Make all posters; return what is drawn."""
        self._drawn.clear()
        self.series()
        return [
            (job.slug, job.title, html, sizes)
            for job, (_, html, sizes, *_) in zip(self.order.jobs, self._drawn, strict=True)
        ]

    def _make(self, jobs: Sequence[Job]) -> dict[str, float]:
        self._took.clear()
        begin = time.perf_counter()
        for each in distributing.make(self.order.series, jobs):
            assert isinstance(each, made.Poster), each
        whole = (time.perf_counter() - begin) * 1000
        return {name: self._took[name] for name in STEPS} | {REST: whole - sum(self._took.values())}

    def _timed(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the step takes and gives
            if name == DRAW:
                self._drawn.append(given)
            begin = time.perf_counter()
            made = step(*given, **options)
            made = list(made) if isinstance(made, Iterator) else made
            self._took[name] += (time.perf_counter() - begin) * 1000
            return made

        return timed


def plain_texts(sheets: list[Sheet]) -> dict[str, tuple[float, list[str]]]:
    """Return under each slug the size found, in points, and title and texts without any markup."""
    plain = {}
    for slug, title, html, sizes in sheets:
        main = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
        parts = re.split(r"</(?:p|li)>", re.sub(r'<span class="mark">(.)</span>', r"\1 ", main))
        texts = [" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in parts]
        plain[slug] = (sizes.body, [title, *filter(None, texts)])
    return plain


def pages(sheets: list[Sheet], series: Series, folder: Path) -> list[Path]:
    """Write each poster as one self-contained page, at the size that fitting finds."""
    paths = []
    faces = "".join(
        f"@font-face {{ font-family: '{font.family}'; font-weight: {font.weight}; font-style: {font.style};"
        f" src: url(data:font/ttf;base64,{base64.b64encode(font.ttf).decode()}) }}\n"
        for font in series.fonts
    )
    for slug, _, html, sizes in sheets:
        style = faces + series.css + variables(series.sheet, sizes, series.sheet.media[1], series.drop)
        paths.append(folder / f"{slug}.html")
        paths[-1].write_text(html.replace("<style>", f"<style>{style}", 1), encoding="utf-8")
    return paths
