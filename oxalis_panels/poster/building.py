"""Posters as files that are not written yet; those whose inputs did not change are taken as they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Parsed, error, warning
from oxalis_panels.model import plain, texts
from oxalis_panels.output import Artifact
from oxalis_panels.poster.composing import compose
from oxalis_panels.poster.making import make
from oxalis_panels.poster.scale import COMFORT_PT, FLOOR_PT, points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oxalis_panels.model import Collection, Panel
    from oxalis_panels.poster.composing import Order, PosterInputs
    from oxalis_panels.poster.fit import Overflow
    from oxalis_panels.poster.job import Job

FOLDER = "print"
"""Where print files stand in the output folder."""
ITEM = re.compile(r"p(?P<paragraph>\d+)|f(?P<finding>\d+)(?:p(?P<point>\d+))?")
LINE = 25
"""Words on a line of the whole width at the floor."""

Standing = Callable[[PurePosixPath, str], Artifact | None]
"""Returns the file that an earlier build made at a path from inputs with a digest, if it is still there."""
Progress = Callable[[int, int, str], None]
"""Is told how many posters are done, of how many, and which was the last."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Which posters are wanted, and what is known of those that an earlier build made."""

    only: frozenset[str]
    """Slugs; empty: all panels."""
    standing: Standing
    known: Mapping[str, int]
    """The step of the scale under each digest of inputs."""
    progress: Progress


@dataclass(frozen=True, slots=True)
class PosterBuild:
    """The posters of one build."""

    artifacts: tuple[Artifact, ...]
    made: int
    """How many were laid out and drawn in this build; the others were taken as they stood."""
    steps: Mapping[str, int]
    """For each digest of inputs, the step of the scale that the body text reached."""


def poster_path(panel: Panel) -> PurePosixPath:
    """Return where a panel's poster stands in the output folder: ASCII, no spaces, as print shops ask."""
    return PurePosixPath(FOLDER, f"{panel.number:02}-{panel.slug}-a1.pdf")


def build_posters(collection: Collection, inputs: PosterInputs, demand: Demand) -> Parsed[PosterBuild]:
    """Return the posters asked for; those that an earlier build made from the same inputs as they stand.

    Errors: a title or a text too long for its sheet. Warning: type smaller than is read with ease.
    """
    composed = compose(collection, inputs)
    if composed.value is None:
        return Parsed(None, composed.diagnostics)
    order = composed.value
    wanted = _Wanted(collection, order, demand.only)
    kept = {
        slug: found
        for slug, digest in wanted.digests.items()
        if digest in demand.known and (found := demand.standing(wanted.paths[slug], digest))
    }
    steps = {wanted.digests[slug]: demand.known[wanted.digests[slug]] for slug in kept}
    missing = [job for job in order.jobs if job.slug in wanted.digests and job.slug not in kept]
    made, mistakes = _made(wanted, order, missing, steps, demand.progress)
    artifacts = tuple(sorted([*kept.values(), *made], key=lambda artifact: artifact.path))
    mistakes += _small_type(wanted, steps)
    failed = any(mistake.severity == "error" for mistake in mistakes)
    return Parsed(None if failed else PosterBuild(artifacts, len(made), steps), tuple(mistakes))


class _Wanted:
    """The posters asked for: panel, path and digest of the inputs under each slug."""

    def __init__(self, collection: Collection, order: Order, only: frozenset[str]) -> None:
        self.panels = {panel.slug: panel for panel in collection.panels if not only or panel.slug in only}
        self.paths = {slug: poster_path(panel) for slug, panel in self.panels.items()}
        series = order.series.digest
        self.digests = {job.slug: job.made_from(series) for job in order.jobs if job.slug in self.panels}


def _made(
    wanted: _Wanted, order: Order, jobs: list[Job], steps: dict[str, int], progress: Progress
) -> tuple[list[Artifact], list[Diagnostic]]:
    made: list[Artifact] = []
    mistakes: list[Diagnostic] = []
    for done, result in enumerate(make(order.series, jobs) if jobs else (), 1):
        if isinstance(result, tuple):
            job, overflow = result
            mistakes.append(_overflow(wanted.panels[job.slug], overflow))
            progress(done, len(jobs), job.slug)
            continue
        digest = wanted.digests[result.slug]
        steps[digest] = result.step
        made.append(Artifact(wanted.paths[result.slug], result.pdf, digest))
        progress(done, len(jobs), result.slug)
    return made, mistakes


def _overflow(panel: Panel, overflow: Overflow) -> Diagnostic:
    """Return what to tell the author: the item that no longer fits and how much to cut."""
    match = ITEM.fullmatch(overflow.item)
    assert match is not None  # noqa: S101 - the identifiers are those of our own template
    paragraph, finding, point = (int(number or 0) for number in match.groups())
    words = _to_cut(panel, overflow.excess)
    if paragraph:
        item, span = f"§ {paragraph}", panel.paragraphs[paragraph - 1].span
    elif point:
        item = f"→ {point} / ✓ {finding}"
        span = panel.findings[finding - 1].points[point - 1].span
    else:
        item, span = f"✓ {finding}", panel.findings[finding - 1].span
    return error("poster-overflow", span, item=item, words=words, size=f"{FLOOR_PT:.0f}")


def _to_cut(panel: Panel, excess: float) -> int:
    """Return about how many words to take away, in tens: enough, as text comes off in whole lines."""
    _title, _short_title, *body = texts(panel)
    words = sum(len(plain(text).split()) for text, _ in body)
    return ceil((excess * words + LINE) / 10) * 10


def _small_type(wanted: _Wanted, steps: Mapping[str, int]) -> list[Diagnostic]:
    return [
        warning("poster-small-type", panel.span, size=f"{points(step):g}", comfort=f"{COMFORT_PT:g}")
        for slug, panel in wanted.panels.items()
        if (step := steps.get(wanted.digests[slug])) is not None and points(step) < COMFORT_PT - 0.5
    ]
