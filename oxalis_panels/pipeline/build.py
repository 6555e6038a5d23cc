"""A project folder → its output folder: check, render everything, and only then write."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from oxalis_panels.model.collection import Collection
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, without_allowed
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.artifacts import render
from oxalis_panels.pipeline.check import Checked, check, check_margins
from oxalis_panels.pipeline.leftovers import Leftovers, leftovers, old_output, text_digests
from oxalis_panels.pipeline.output.manifest import load_manifest
from oxalis_panels.pipeline.output.planning import Plan, plan
from oxalis_panels.pipeline.output.writing import commit
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.building import PosterBuild, Progress
from oxalis_panels.poster.processes import begin_early
from oxalis_panels.poster.trials import CACHE, load_trials, save_trials
from oxalis_panels.reading.choosing import unknown
from oxalis_panels.system.failure import HALF_WRITTEN
from oxalis_panels.system.locking import lock


@value
class BuildReport:
    """What a build found and did."""

    diagnostics: tuple[Diagnostic, ...]
    collection: Collection | None = None
    plan: Plan | None = None
    """What was written; None when the build stopped before writing."""
    posters: PosterBuild | None = None
    leftovers: Leftovers | None = None
    """Files in the output folder that are out of date; None as for `plan`."""

    @property
    def failed(self) -> bool:
        """Whether nothing was written, or not everything."""
        return self.plan is None or any(each.severity == "error" for each in self.diagnostics)

    @property
    def whole(self) -> bool:
        """Whether the output folder holds one version: all was written, or nothing, or it was undone."""
        return all(each.code != HALF_WRITTEN for each in self.diagnostics)


def build(request: Request, progress: Progress = lambda *_: None) -> BuildReport:
    """Build what is asked for. Nothing is written unless everything could be made.

    `progress` is called after each poster: how many are done, of how many, and the slug of this one. Mistakes
    of authors and refusals of the disk are diagnostics of the report, not exceptions. Posters are made by
    other processes: a script must call this below `if __name__ == "__main__":` (see `multiprocessing`).
    """
    if request.posters:
        begin_early(request.output)
    checked = check(
        request.project,
        request.printer,
        request.site_url,
        request.output,
        edit_url=request.edit_url,
        site=request.site,
    )
    if checked.value is None:
        return BuildReport(checked.diagnostics)
    wrong = unknown_panels(request.panels, [panel.slug for panel in checked.value.as_typed.panels])
    if request.posters:
        wrong += check_margins(checked.value, request.printer, request.papers)
    if wrong:
        return BuildReport(checked.diagnostics + wrong, checked.value.as_typed)
    with lock(request.output) as refused:
        if refused:
            return BuildReport(checked.diagnostics + refused, checked.value.as_typed)
        return _build(request, checked.value, checked.diagnostics, progress)


def unknown_panels(asked: frozenset[str], slugs: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return an error for each panel asked for with `--panel` that is not among these."""
    return tuple(unknown(slug, slugs, Span(Source("--panel"))) for slug in sorted(asked - set(slugs)))


def _build(
    request: Request, checked: Checked, found: tuple[Diagnostic, ...], progress: Progress
) -> BuildReport:
    """Render, compare and write, the output folder being locked."""
    old = old_output(load_manifest(request.output), text_digests(checked.typeset))
    request = replace(request, site=request.site or old.pages_are_wrong)
    rendered = render(request, checked, old, progress)
    found += without_allowed(rendered.diagnostics, checked.as_typed.allow)
    if rendered.value is None or _stops(found, request):
        return BuildReport(found, checked.as_typed)
    planned = plan(
        request.output,
        rendered.value.artifacts,
        old.manifest,
        scope=old.scope(request),
        withdrawn=old.withdrawn,
    )
    found += without_allowed(planned.diagnostics, checked.as_typed.allow)
    if planned.value is None or _stops(found, request):
        return BuildReport(found, checked.as_typed)
    made, posters = planned.value, rendered.value.posters
    if posters:
        made = replace(made, after=replace(made.after, engines=posters.engines))
    found += commit(request.output, made)
    if posters:
        others = load_trials(request.output / CACHE) if request.panels else {}
        with suppress(OSError):  # only a cache: without it, posters are laid out again
            save_trials(request.output / CACHE, {**others, **posters.trials})
    left = leftovers(request.output, made.after, old.digests)
    return BuildReport(found, checked.as_typed, made, posters, left)


def _stops(found: tuple[Diagnostic, ...], request: Request) -> bool:
    return any(request.strict or each.severity == "error" for each in found)
