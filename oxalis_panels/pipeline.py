"""From a project folder to its outputs: read, typeset, render everything, and only then write."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.messages import interface
from oxalis_panels.output import commit, load_manifest, lock, plan, reuse
from oxalis_panels.poster.steps import load_steps, save_steps
from oxalis_panels.reading import read_project
from oxalis_panels.rendering.coverage import check_characters
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.palette import load_palette
from oxalis_panels.typography import review_collection, typeset_collection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path, PurePosixPath

    from oxalis_panels.model import Collection
    from oxalis_panels.output import Artifact, Manifest, Plan
    from oxalis_panels.poster.building import PosterBuild, Progress
    from oxalis_panels.rendering.fonts import Font
    from oxalis_panels.rendering.palette import Palette

SITE, PRINT = "site", "print"
CACHE = ".cache"
"""In the output folder: what is costly to make again and goes nowhere."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be built."""

    project: Path
    """The folder that holds `panels/`."""
    output: Path
    site: bool = True
    posters: bool = True
    panels: frozenset[str] = frozenset()
    """Slugs of the posters to make; empty: all of them."""
    strict: bool = False
    """Whether a warning stops the build."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and did."""

    diagnostics: tuple[Diagnostic, ...]
    collection: Collection | None = None
    plan: Plan | None = None
    """What was written; None when the build stopped before writing."""
    posters: PosterBuild | None = None

    @property
    def failed(self) -> bool:
        """Whether nothing was written, or not everything."""
        return self.plan is None or any(each.severity == "error" for each in self.diagnostics)


@dataclass(frozen=True, slots=True)
class _Rendered:
    """Everything that was made, in memory."""

    artifacts: tuple[Artifact, ...]
    posters: PosterBuild | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A collection without mistakes, as typed and as typeset, and the looks that go with it."""

    as_typed: Collection
    typeset: Collection
    folders: TemplateFolders
    palette: Palette


def check(project: Path) -> Parsed[Checked]:
    """Read a project and review its text; nothing is rendered."""
    folders = TemplateFolders.of(project)
    palette = load_palette(folders)
    if palette.value is None:
        return Parsed(None, palette.diagnostics)
    parsed = read_project(project, colours=palette.value.names)
    if parsed.value is None:
        return Parsed(None, parsed.diagnostics)
    found = parsed.diagnostics + check_characters(parsed.value) + review_collection(parsed.value)
    checked = Checked(parsed.value, typeset_collection(parsed.value), folders, palette.value)
    return Parsed(None if any(each.severity == "error" for each in found) else checked, found)


def build(request: Request, progress: Progress) -> Report:
    """Build what is asked for. Nothing is written unless everything could be made."""
    checked = check(request.project)
    if checked.value is None:
        return Report(checked.diagnostics)
    unknown = _unknown(request, checked.value.as_typed)
    if unknown:
        return Report(checked.diagnostics + unknown, checked.value.as_typed)
    with lock(request.output) as refused:
        if refused:
            return Report(checked.diagnostics + refused, checked.value.as_typed)
        return _build(request, checked.value, checked.diagnostics, progress)


def _unknown(request: Request, collection: Collection) -> tuple[Diagnostic, ...]:
    slugs = [panel.slug for panel in collection.panels]
    return tuple(
        error(
            "unknown-panel",
            Span(Source("--panel")),
            found=slug,
            nearest=next(iter(get_close_matches(slug, slugs, 1, 0)), ""),
            known=", ".join(slugs),
        )
        for slug in sorted(request.panels - set(slugs))
    )


def _build(request: Request, checked: Checked, found: tuple[Diagnostic, ...], progress: Progress) -> Report:
    """Render, compare and write, the output folder being locked."""
    manifest = load_manifest(request.output)
    rendered = _render(request, checked, manifest, progress)
    found += rendered.diagnostics
    if rendered.value is None or _stops(found, request):
        return Report(found, checked.as_typed)
    planned = plan(request.output, rendered.value.artifacts, manifest, scope=_scope(request))
    found += planned.diagnostics
    if planned.value is None or _stops(found, request):
        return Report(found, checked.as_typed)
    found += commit(request.output, planned.value)
    posters = rendered.value.posters
    if posters:
        others = load_steps(request.output / CACHE) if request.panels else {}
        save_steps(request.output / CACHE, {**others, **posters.steps})
    return Report(found, checked.as_typed, planned.value, posters)


def _stops(found: tuple[Diagnostic, ...], request: Request) -> bool:
    return any(request.strict or each.severity == "error" for each in found)


def _scope(request: Request) -> Callable[[PurePosixPath], bool]:
    """Return which output paths this build makes completely: stale files are removed only there."""
    folders = {SITE} if request.site else set()
    if request.posters and not request.panels:
        folders.add(PRINT)
    return lambda path: path.parts[0] in folders


def _render(request: Request, checked: Checked, manifest: Manifest, progress: Progress) -> Parsed[_Rendered]:
    """Return all files in memory; mistakes found in site and posters are told together."""
    from oxalis_panels.rendering.fonts import characters, load_fonts  # noqa: PLC0415 - `check` needs no font

    fonts = load_fonts(characters(checked.typeset), request.output / CACHE / "fonts")
    artifacts: tuple[Artifact, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    posters = None
    if request.site:
        site = _site(checked, fonts)
        artifacts, found = site.value or (), site.diagnostics
    if request.posters:
        printed = _posters(request, checked, fonts, manifest, progress)
        posters, found = printed.value, found + printed.diagnostics
    failed = any(each.severity == "error" for each in found)
    artifacts += posters.artifacts if posters else ()
    return Parsed(None if failed else _Rendered(artifacts, posters), found)


def _site(checked: Checked, fonts: tuple[Font, ...]) -> Parsed[tuple[Artifact, ...]]:
    from oxalis_panels.site import SiteInputs, build_site  # noqa: PLC0415 - Jinja, for `build` alone

    inputs = SiteInputs(checked.folders, checked.palette, fonts)
    return build_site(checked.typeset, checked.as_typed, inputs)


def _posters(
    request: Request, checked: Checked, fonts: tuple[Font, ...], manifest: Manifest, progress: Progress
) -> Parsed[PosterBuild]:
    from oxalis_panels.poster.building import Demand, build_posters  # noqa: PLC0415 - for `build` alone
    from oxalis_panels.poster.composing import PosterInputs  # noqa: PLC0415

    words = interface(checked.typeset.settings.language)
    return build_posters(
        checked.typeset,
        PosterInputs(checked.folders, checked.palette, fonts, words),
        Demand(
            only=request.panels,
            standing=lambda path, digest: reuse(request.output, manifest, path, digest),
            known=load_steps(request.output / CACHE),
            progress=progress,
        ),
    )
