"""What each step of making a poster costs, in one process that is warm."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from oxalis_panels.inspection.checks import check_poster
from oxalis_panels.pipeline.artifacts import poster_inputs
from oxalis_panels.pipeline.check import check
from oxalis_panels.poster.composing import Order, compose
from oxalis_panels.poster.finish import finish
from oxalis_panels.poster.fit import fit
from oxalis_panels.poster.job import Job
from oxalis_panels.poster.measure import Fit
from oxalis_panels.poster.media import on_screen
from oxalis_panels.poster.pictures import pictures
from oxalis_panels.poster.print import Press
from oxalis_panels.poster.screen import finish_screen
from oxalis_panels.poster.trials import CACHE
from oxalis_panels.rendering.fonts import characters, load_fonts

T = TypeVar("T")
PREVIEW = ("read and compose", "fit", "draw for the screen", "finish for the screen")
"""What somebody waits for who edits a panel and looks at its sheet."""


def order_of(folder: Path) -> Order:
    """Return what the posters of a project are made from; its panels have no mistake."""
    checked = check(folder).value
    assert checked is not None  # the real panels have no mistake
    cache = folder / "output" / CACHE / "fonts"
    order = compose(
        checked.typeset, poster_inputs(checked, load_fonts(characters(checked.typeset), cache), cache)
    )
    assert order.value is not None
    return order.value


class Workshop:
    """Makes posters step by step and keeps what each step took, in milliseconds."""

    def __init__(self, folder: Path) -> None:
        """Load fonts and style sheets, as a process does once."""
        self._folder = folder
        self.order = order_of(folder)
        self.took: dict[str, list[float]] = {}
        series = self.order.series
        css = on_screen(series.css + series.screen.css, series.screen, series.condition)
        self.paper = Press(series.fonts, series.css, series.sheet)
        self._screen = Press(series.fonts, css, replace(series.sheet, bleed=0))

    def again(self) -> None:
        """Read and compose the whole collection anew: a panel was changed."""
        self.order = self._timed("read and compose", lambda: order_of(self._folder))

    def make(self, job: Job) -> None:
        """Make everything that a build makes of one panel."""
        series = self.order.series
        found = self._timed("fit", lambda: fit(self.paper, job, series))
        assert isinstance(found, Fit)
        drawn = self._timed("draw for print", lambda: self.paper.pdf(found.layout.html, found.sizes))
        printed = self._timed("finish for print", lambda: finish(drawn, job, series))
        asked = series.asked
        assert isinstance(printed, bytes)
        assert asked
        self._timed("preflight", lambda: check_poster(printed, asked))
        html = on_screen(found.layout.html, series.screen, series.condition)
        tagged = self._timed("draw for the screen", lambda: self._screen.tagged_pdf(html, found.sizes))
        sheet = self._timed("finish for the screen", lambda: finish_screen(tagged, job, series))
        self._timed("pictures", lambda: list(pictures(sheet)))

    def _timed(self, name: str, step: Callable[[], T]) -> T:
        begin = time.perf_counter()
        done = step()
        self.took.setdefault(name, []).append((time.perf_counter() - begin) * 1000)
        return done


def edit(folder: Path) -> str:
    """Add a word to one panel and return its slug."""
    panel = folder / "panels" / "07-mouvement.md"
    panel.write_text(panel.read_text(encoding="utf-8").rstrip() + " encore\n", encoding="utf-8")
    return "mouvement"


def one_changed(workshop: Workshop, folder: Path) -> dict[str, float]:
    """Return the milliseconds of each step for one changed panel, the process being warm."""
    slug = edit(folder)
    workshop.took.clear()
    workshop.again()
    workshop.make(next(job for job in workshop.order.jobs if job.slug == slug))
    return {name: took[0] for name, took in workshop.took.items()}


def whole_series(workshop: Workshop) -> dict[str, list[float]]:
    """Return the milliseconds of each step for each panel, the process being warm."""
    workshop.took.clear()
    for job in workshop.order.jobs:
        workshop.make(job)
    return dict(workshop.took)


def plain_texts(workshop: Workshop) -> dict[str, tuple[float, list[str]]]:
    """Return under each slug the size found, in points, and title and texts without any markup."""
    sheets = {}
    for job in workshop.order.jobs:
        found = fit(workshop.paper, job, workshop.order.series)
        assert isinstance(found, Fit)
        main = found.layout.html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
        parts = re.split(r"</(?:p|li)>", re.sub(r'<span class="mark">(.)</span>', r"\1 ", main))
        texts = [" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in parts]
        sheets[job.slug] = (found.sizes.body, [job.title, *filter(None, texts)])
    return sheets


def pages(workshop: Workshop, folder: Path) -> list[Path]:
    """Write each poster as one self-contained page, at the size that fitting finds."""
    import base64  # noqa: PLC0415 - for this alone

    from oxalis_panels.poster.print import variables  # noqa: PLC0415 - as above

    series, paths = workshop.order.series, []
    faces = "".join(
        f"@font-face {{ font-family: '{font.family}'; font-weight: {font.weight}; font-style: {font.style};"
        f" src: url(data:font/ttf;base64,{base64.b64encode(font.ttf).decode()}) }}\n"
        for font in series.fonts
    )
    for job in workshop.order.jobs:
        found = fit(workshop.paper, job, series)
        assert isinstance(found, Fit)
        style = faces + series.css + variables(series.sheet, found.sizes, series.sheet.media[1])
        paths.append(folder / f"{job.slug}.html")
        paths[-1].write_text(found.layout.html.replace("<style>", f"<style>{style}", 1), encoding="utf-8")
    return paths
