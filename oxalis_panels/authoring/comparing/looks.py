"""The posters of two versions, side by side where their looks differ.

A poster is laid out only where nothing of it is at hand: its sheet as the last build left it in the output
folder, or the pictures that an earlier comparison kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from oxalis_panels.authoring.comparing.changes import Changes
from oxalis_panels.authoring.comparing.versions import Version
from oxalis_panels.authoring.comparing.views import Look, PosterComparison
from oxalis_panels.model.diagnostics import Diagnostic, Parsed
from oxalis_panels.pipeline.artifacts import poster_inputs
from oxalis_panels.pipeline.output.manifest import load_manifest
from oxalis_panels.pipeline.output.standing import reuse
from oxalis_panels.poster.composing import Order, compose
from oxalis_panels.poster.distributing import draw
from oxalis_panels.poster.job import Job
from oxalis_panels.poster.made import Sheet
from oxalis_panels.poster.pictures import pictures
from oxalis_panels.poster.places import sheet_path
from oxalis_panels.poster.trials import CACHE
from oxalis_panels.rendering.fonts import characters, load_fonts
from oxalis_panels.system.kept import keep, recall

FOLDER = "relecture"
"""In the cache."""
SMALL, LARGE = 640, 1280
"""Widths of the pictures, in pixels."""
ABSENT, OVERFLOW, TEMPLATE = Look(b"", b""), Look(b"", b"", "overflow"), Look(b"", b"", "template")


def changed_looks(
    changes: Changes, before: Version, after: Version, output: Path, progress: Callable[[int, int, str], None]
) -> Parsed[tuple[PosterComparison | None, ...]]:
    """Return, for each panel of `changes`, its poster in both versions, unless it looks the same.

    Diagnostics say what forbids to draw: mistakes in templates are warnings, what the machine refuses errors.
    Posters are those of the size A1. Pictures are read from `output`, and kept in its cache.
    """
    series = [_Series(version, output) for version in (before, after)]
    slugs = [
        tuple(panel.slug if panel else "" for panel in (change.before, change.after))
        for change in changes.panels
    ]
    wanted = [pair for pair in slugs if _may_differ(series, pair)]
    missing = [each.missing([pair[at] for pair in wanted]) for at, each in enumerate(series)]
    total, done = sum(map(len, missing)), 0
    for each, jobs in zip(series, missing, strict=True):
        for slug in each.draw(jobs):
            done += 1
            progress(done, total, slug)
    looks = tuple(_looks(series, pair) if pair in wanted else None for pair in slugs)
    found, more = (each.diagnostics for each in series)
    return Parsed(looks, (*found, *(each for each in more if each not in found)))


def _may_differ(series: Sequence[_Series], slugs: Sequence[str]) -> bool:
    """Whether a poster was made from other inputs, or a version has none."""
    before, after = (each.digests.get(slug) for each, slug in zip(series, slugs, strict=True))
    return before != after and any(slug in each.known for each, slug in zip(series, slugs, strict=True))


def _looks(series: Sequence[_Series], slugs: Sequence[str]) -> PosterComparison | None:
    """Return both looks; None where other inputs gave the same picture."""
    before, after = (each.look(slug) for each, slug in zip(series, slugs, strict=True))
    return None if before == after else PosterComparison(before, after)


class _Series:
    """The posters of one version."""

    def __init__(self, version: Version, output: Path) -> None:
        self._cache = output / CACHE
        self._output, self._manifest = output, load_manifest(output)
        self._order: Order | None = None
        self._found: dict[str, Look] = {}
        self.digests: Mapping[str, str] = {}
        self.diagnostics: list[Diagnostic] = []
        panels = version.collection.panels
        self.known = {panel.slug for panel in panels if panel.span.source.path not in version.unread}
        if version.checked:
            checked, cache = version.checked, self._cache / "fonts"
            fonts = load_fonts(characters(checked.typeset), cache)
            composed = compose(checked.typeset, poster_inputs(checked, fonts, cache))
            self._order = composed.value
            long = {each.span.source.path for each in composed.diagnostics}
            self._found = {panel.slug: OVERFLOW for panel in panels if panel.span.source.path in long}
            if composed.value is None:
                self.diagnostics += (
                    replace(each, severity="warning")
                    for each in composed.diagnostics
                    if each.span.source.path.startswith("templates/")
                )
        if self._order:
            jobs, series = self._order.jobs, self._order.series.digest
            self.digests = {job.slug: job.made_from(series) for job in jobs if job.slug in self.known}

    def look(self, slug: str) -> Look:
        """Return how a poster looks; why it does not, if it could not be drawn."""
        return self._found.get(slug, TEMPLATE if slug in self.known and self._order is None else ABSENT)

    def missing(self, slugs: Sequence[str]) -> list[Job]:
        """Return the jobs of the posters that have to be drawn; take the pictures of the others."""
        jobs = [job for job in self._order.jobs if job.slug in self.known & set(slugs)] if self._order else []
        for job in jobs:
            if job.slug not in self._found and (found := self._standing(job)):
                self._found[job.slug] = found
        return [job for job in jobs if job.slug not in self._found]

    def draw(self, jobs: Sequence[Job]) -> Iterator[str]:
        """Draw posters; yield the slug of each that is done."""
        for made in draw(self._order.series, jobs, (SMALL, LARGE)) if self._order and jobs else ():
            if isinstance(made, Sheet):
                look, slug = self._kept(made.slug, made.pictures), made.slug
            elif isinstance(made, tuple):
                look, slug = OVERFLOW, made[0].slug
            else:
                look, slug = TEMPLATE, made.slug
                mistake = made.why.code == "poster-template"
                why = replace(made.why, severity="warning") if mistake else made.why
                self.diagnostics += [] if why in self.diagnostics else [why]
            self._found[slug] = look
            yield slug

    def _standing(self, job: Job) -> Look | None:
        kept = {width: recall(self._place(job.slug, width)) for width in (SMALL, LARGE)}
        if (small := kept[SMALL]) and (large := kept[LARGE]):
            return Look(small, large)
        built = reuse(self._output, self._manifest, sheet_path(job.slug), self.digests[job.slug])
        if built is None:
            return None
        return self._kept(job.slug, pictures(built.data, (SMALL, LARGE), photographs=bool(job.pictures)))

    def _kept(self, slug: str, drawn: Mapping[int, bytes]) -> Look:
        for width, data in drawn.items():
            keep(self._place(slug, width), data)
        return Look(drawn[SMALL], drawn[LARGE])

    def _place(self, slug: str, width: int) -> Path:
        return self._cache / FOLDER / f"{self.digests[slug]}-{width}.picture"
