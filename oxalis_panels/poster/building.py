"""Posters as files that are not written yet; those whose inputs did not change are taken as they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import PurePosixPath

from oxalis_panels.inspection.report import as_diagnostics
from oxalis_panels.model.collection import Collection, Panel, plain
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, error
from oxalis_panels.model.value import value
from oxalis_panels.poster.composing import Order, PosterInputs, compose
from oxalis_panels.poster.distributing import make
from oxalis_panels.poster.figures import check_resolution, without_repeats
from oxalis_panels.poster.job import COVER, Job, NotMade, Series, Transparency, engines
from oxalis_panels.poster.places import (
    BOOKLET,
    COVER_SHEET,
    SERIES_CARD,
    WIDTHS,
    card_path,
    picture_path,
    screen_paths,
    sheet_path,
)
from oxalis_panels.poster.shortcomings import overflowing, small_type, wide_word
from oxalis_panels.poster.trials import Trials
from oxalis_panels.printers.printer import Printer
from oxalis_panels.rendering.artifact import Artifact
from oxalis_panels.rendering.views import collection_title

FOLDER = "print"
"""Where print files stand in the output folder."""

Reuse = Callable[[PurePosixPath, str], Artifact | None]
"""Returns the file that an earlier build made at a path from inputs with a digest, if it is still there."""
Progress = Callable[[int, int, str], None]
"""Called with how many posters are done, of how many, and which was the last."""


@value
class Demand:
    """Which posters are wanted, and what is known of those that an earlier build made."""

    only: frozenset[str]
    """Slugs; empty: all panels."""
    texts: Mapping[str, str]
    """Slug of each panel and digest of its text, to be recorded with the files."""
    reuse: Reuse
    known: Mapping[str, Trials]
    """What was tried, under each digest of inputs."""
    progress: Progress


@value
class PosterBuild:
    """The posters of one build."""

    artifacts: tuple[Artifact, ...]
    made: int
    """How many posters were laid out and drawn in this build; the others were taken as they stood."""
    trials: Mapping[str, Trials]
    """For each digest of inputs, what was tried to fit the text."""
    digests: Mapping[str, str]
    """For each slug, the digest of its inputs."""
    printer: Printer
    """For which they were made."""
    engines: Mapping[str, str]
    """Names and versions of what drew them."""


def poster_path(panel: Panel, printer: Printer, size: str = "a1") -> PurePosixPath:
    """Return where a panel's poster stands in the output folder, under the name that the printer wants."""
    return PurePosixPath(FOLDER, printer.file_of(panel.number, panel.slug, size))


def build_posters(collection: Collection, inputs: PosterInputs, demand: Demand) -> Parsed[PosterBuild]:
    """Return the posters asked for; those that an earlier build made from the same inputs as they stand.

    Errors: a title or a text too long for its sheet. Warning: type smaller than is read with ease.
    """
    composed = compose(collection, inputs, demand.only)
    if composed.value is None:
        return Parsed(None, composed.diagnostics)
    order = composed.value
    wanted = _Wanted(collection, order, demand.only, inputs.printer)
    kept = {
        slug: found
        for slug, digest in wanted.digests.items()
        if digest in demand.known and (found := _reused(wanted.files(slug), digest, demand.reuse))
    }
    trials = {wanted.digests[slug]: demand.known[wanted.digests[slug]] for slug in kept}
    missing = [job for job in order.jobs if job.slug not in kept]
    cover = None if demand.only else demand.reuse(COVER_SHEET, wanted.cover)
    jobs = missing if demand.only or cover else [*missing, order.cover]
    made, mistakes = _made(wanted, order, jobs, trials, demand.progress)
    mistakes = [*composed.diagnostics, *mistakes]
    mistakes += _small_type(wanted, trials)
    coarse = tuple(check_resolution(wanted.panels.values(), inputs.papers, inputs.printer))
    mistakes = [*without_repeats(mistakes, coarse, collection), *coarse]
    if any(mistake.severity == "error" for mistake in mistakes):
        return Parsed(None, tuple(mistakes))
    files = [*made, *(file for files in kept.values() for file in files)]
    if not demand.only:
        files += [cover] if cover else []
        title = plain(collection_title(collection.settings, inputs.words.text("site.untitled")))
        data, digests, reuse = {file.path: file.data for file in files}, wanted.digests, demand.reuse
        bound = partial(_booklet, title, wanted, order.series, data)
        files.append(_of_series(BOOKLET, (title, wanted.cover, digests), reuse, bound))
        if order.series.online:
            files.append(_of_series(SERIES_CARD, ("card", digests), reuse, partial(_card, wanted, data)))
    texts = {path: {slug: demand.texts[slug]} for slug in wanted.digests for path in wanted.files(slug)}
    artifacts = tuple(
        replace(file, panels=texts.get(file.path, demand.texts))
        for file in sorted(files, key=lambda artifact: artifact.path)
    )
    built = PosterBuild(artifacts, len(missing), trials, wanted.digests, inputs.printer, engines())
    return Parsed(built, tuple(mistakes))


def _reused(paths: tuple[PurePosixPath, ...], digest: str, reuse: Reuse) -> tuple[Artifact, ...] | None:
    """Return the files of one poster as an earlier build left them; None unless all of them are there."""
    found = tuple(file for path in paths if (file := reuse(path, digest)))
    return found if len(found) == len(paths) else None


def _of_series(path: PurePosixPath, inputs: object, reuse: Reuse, make: Callable[[], bytes]) -> Artifact:
    """Return a file that is made of all posters, from its inputs, unless it stands as they would make it."""
    digest = sha256(repr(inputs).encode()).hexdigest()
    return reuse(path, digest) or Artifact(path, make(), digest)


def _booklet(title: str, wanted: _Wanted, series: Series, made: Mapping[PurePosixPath, bytes]) -> bytes:
    """Return the cover and all sheets for the screen in one."""
    from oxalis_panels.poster.booklet import bind_booklet  # noqa: PLC0415 - only where something changed

    sheets = [made[sheet_path(slug)] for slug in wanted.panels]
    return bind_booklet(made[COVER_SHEET], sheets, title, series.authors, series.language)


def _card(wanted: _Wanted, made: Mapping[PurePosixPath, bytes]) -> bytes:
    """Return the picture of the series for messengers."""
    pictures = [made[picture_path(slug, min(WIDTHS))] for slug in wanted.panels]
    from oxalis_panels.poster.pictures import card_of_series  # noqa: PLC0415 - as above

    return card_of_series(pictures, photographs=any(panel.figure for panel in wanted.panels.values()))


class _Wanted:
    """The posters asked for: panel, path and digest of the inputs under each slug."""

    def __init__(self, collection: Collection, order: Order, only: frozenset[str], printer: Printer) -> None:
        self.panels = {panel.slug: panel for panel in collection.panels if not only or panel.slug in only}
        self.printer = printer
        self.papers, self.online = order.series.papers, order.series.online
        self.paths = {
            slug: tuple(poster_path(panel, printer, size.name) for size in self.papers)
            for slug, panel in self.panels.items()
        }
        series = order.series.digest
        self.digests = {job.slug: job.made_from(series) for job in order.jobs}
        self.cover = order.cover.made_from(series)

    def files(self, slug: str) -> tuple[PurePosixPath, ...]:
        """Return where the files of a poster stand: for the printer, for the screen, pictures."""
        return (*self.paths[slug], *screen_paths(slug, online=self.online))


def _made(
    wanted: _Wanted, order: Order, jobs: list[Job], trials: dict[str, Trials], progress: Progress
) -> tuple[list[Artifact], list[Diagnostic]]:
    made: list[Artifact] = []
    mistakes: list[Diagnostic] = []
    done = count(1)
    number = sum(job.slug != COVER for job in jobs)
    for result in make(order.series, jobs) if jobs else ():
        if isinstance(result, tuple):
            job, overflow = result
            mistakes.append(overflowing(wanted.panels[job.slug], overflow))
            progress(next(done), number, job.slug)
            continue
        if isinstance(result, NotMade):
            mistakes += [] if result.why in mistakes else [result.why]
            continue
        if isinstance(result, Transparency):
            place = wanted.panels[result.slug].span
            mistakes.append(error("poster-transparency", place, printer=wanted.printer.name))
            continue
        if result.slug == COVER:
            made.append(Artifact(COVER_SHEET, result.screen, wanted.cover))
            continue
        mistakes += as_diagnostics(result.faults, wanted.panels[result.slug].span)
        digest = wanted.digests[result.slug]
        trials[digest] = result.trials
        files = zip(wanted.paths[result.slug], result.pdfs, strict=True)
        made += [Artifact(path, pdf, digest) for path, pdf in files]
        made.append(Artifact(sheet_path(result.slug), result.screen, digest))
        shown = result.pictures.items()
        made += [Artifact(picture_path(result.slug, width), data, digest) for width, data in shown]
        made += [Artifact(card_path(result.slug), result.card, digest)] if result.card else []
        progress(next(done), number, result.slug)
    return made, mistakes


def _small_type(wanted: _Wanted, trials: Mapping[str, Trials]) -> list[Diagnostic]:
    return [
        each
        for slug, panel in wanted.panels.items()
        for trial in trials.get(wanted.digests[slug], ())[:1]
        for each in (*wide_word(panel, trial), *small_type(panel, trial, wanted.papers))
    ]
