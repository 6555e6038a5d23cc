"""From a project folder to its outputs: read, typeset, render everything, and only then write."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.messages import interface
from oxalis_panels.output import commit, load_manifest, lock, plan, reuse
from oxalis_panels.poster.places import is_screen_file
from oxalis_panels.poster.printers.inks import check_inks
from oxalis_panels.poster.printers.reading import read_printer
from oxalis_panels.poster.sheet import SIZES
from oxalis_panels.poster.trials import load_trials, save_trials
from oxalis_panels.reading import read_project
from oxalis_panels.rendering.coverage import check_characters
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.palette import load_palette
from oxalis_panels.typography import review_collection, typeset_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from oxalis_panels.model import Collection
    from oxalis_panels.output import Artifact, Manifest, Plan
    from oxalis_panels.poster.building import PosterBuild, Progress
    from oxalis_panels.poster.printers.printer import Printer
    from oxalis_panels.rendering.fonts import Font
    from oxalis_panels.rendering.palette import Palette

SITE, PRINT, PROOFS = "site", "print", "proofs"
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
    printer: str | None = None
    """Name of the printer that posters are made for; None: the one that the collection names."""
    papers: tuple[str, ...] = ("a1",)
    """Sizes of paper that posters are made for."""
    proofs: bool = False
    """Whether proofs for the office printer are made of the posters."""


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
    printer: Printer


def check(project: Path, printer: str | None = None) -> Parsed[Checked]:
    """Read a project and review its text; nothing is rendered. `printer` goes before the collection's own."""
    folders = TemplateFolders.of(project)
    unreadable = folders.check()
    if unreadable:
        return Parsed(None, unreadable)
    palette = load_palette(folders)
    if palette.value is None:
        return Parsed(None, palette.diagnostics)
    parsed = read_project(project, colours=palette.value.names)
    if parsed.value is None:
        return Parsed(None, parsed.diagnostics)
    chosen = _printer(project, parsed.value, printer)
    found = parsed.diagnostics + check_characters(parsed.value) + review_collection(parsed.value)
    found += chosen.diagnostics
    if chosen.value is None:
        return Parsed(None, found)
    found += tuple(check_inks(palette.value, folders, chosen.value))
    checked = Checked(parsed.value, typeset_collection(parsed.value), folders, palette.value, chosen.value)
    return Parsed(None if any(each.severity == "error" for each in found) else checked, found)


def _printer(project: Path, collection: Collection, asked: str | None) -> Parsed[Printer]:
    """Return the printer asked for on the command line, else in `collection.yaml`, else the default."""
    settings = collection.settings
    if asked or settings.printer_span is None:
        return read_printer(project, asked, Span(Source("--printer")))
    return read_printer(project, settings.printer, settings.printer_span)


def build(request: Request, progress: Progress) -> Report:
    """Build what is asked for. Nothing is written unless everything could be made."""
    checked = check(request.project, request.printer)
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
        others = load_trials(request.output / CACHE) if request.panels else {}
        with suppress(OSError):  # only a cache: without it, posters are laid out again
            save_trials(request.output / CACHE, {**others, **posters.trials})
    return Report(found, checked.as_typed, planned.value, posters)


def _stops(found: tuple[Diagnostic, ...], request: Request) -> bool:
    return any(request.strict or each.severity == "error" for each in found)


def _scope(request: Request) -> Callable[[PurePosixPath], bool]:
    """Return which output paths this build makes completely: stale files are removed only there."""

    def made(path: PurePosixPath) -> bool:
        if path.parts[0] == PRINT or is_screen_file(path):
            return request.posters and not request.panels
        if path.parts[0] == PROOFS:
            return request.proofs and not request.panels
        return path.parts[0] == SITE and request.site

    return made


def _render(request: Request, checked: Checked, manifest: Manifest, progress: Progress) -> Parsed[_Rendered]:
    """Return all files in memory; mistakes found in site and posters are told together."""
    from oxalis_panels.rendering.fonts import characters, load_fonts  # noqa: PLC0415 - `check` needs no font

    fonts = load_fonts(characters(checked.typeset), request.output / CACHE / "fonts")
    artifacts: tuple[Artifact, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    posters = None
    if request.posters:
        printed = _posters(request, checked, fonts, manifest, progress)
        posters, found = printed.value, printed.diagnostics
        artifacts = posters.artifacts if posters else ()
        artifacts += _proofs(artifacts) if request.proofs else ()
    if request.site:
        site = _site(checked, fonts, _screen_files(request, manifest, artifacts))
        artifacts, found = artifacts + (site.value or ()), found + site.diagnostics
    failed = any(each.severity == "error" for each in found)
    return Parsed(None if failed else _Rendered(artifacts, posters), found)


def _proofs(artifacts: tuple[Artifact, ...]) -> tuple[Artifact, ...]:
    """Return the proofs of the posters: each on one A4 page, and in its real size on many."""
    from oxalis_panels.output import Artifact  # noqa: PLC0415 - as for posters
    from oxalis_panels.poster.proof import reduced, tiled  # noqa: PLC0415

    printed = [each for each in artifacts if each.path.parts[0] == PRINT]
    return tuple(
        Artifact(PurePosixPath(PROOFS, f"{each.path.stem}-{kind}.pdf"), make(each.data))
        for each in printed
        for kind, make in (("a4", reduced), ("1-1", tiled))
    )


def _screen_files(
    request: Request, manifest: Manifest, made: tuple[Artifact, ...]
) -> dict[PurePosixPath, int]:
    """Return the size of each file of the posters that will stand on the site after this build.

    A build of the site alone keeps what the last build of posters left there, and needs no WeasyPrint.
    """
    sizes = {artifact.path: len(artifact.data) for artifact in made if is_screen_file(artifact.path)}
    if request.posters and not request.panels:
        return sizes
    standing = {path: request.output / path for path in manifest.files if is_screen_file(path)}
    return {path: file.stat().st_size for path, file in standing.items() if file.is_file()} | sizes


def _site(
    checked: Checked, fonts: tuple[Font, ...], posters: Mapping[PurePosixPath, int]
) -> Parsed[tuple[Artifact, ...]]:
    from oxalis_panels.site import SiteInputs, build_site  # noqa: PLC0415 - Jinja, for `build` alone

    there = {path.relative_to(SITE).as_posix(): size for path, size in posters.items()}
    inputs = SiteInputs(checked.folders, checked.palette, fonts, there)
    return build_site(checked.typeset, checked.as_typed, inputs)


def _posters(
    request: Request, checked: Checked, fonts: tuple[Font, ...], manifest: Manifest, progress: Progress
) -> Parsed[PosterBuild]:
    from oxalis_panels.poster.building import Demand, build_posters  # noqa: PLC0415 - for `build` alone
    from oxalis_panels.poster.composing import PosterInputs  # noqa: PLC0415

    words = interface(checked.typeset.settings.language)
    return build_posters(
        checked.typeset,
        PosterInputs(
            checked.folders,
            checked.palette,
            fonts,
            words,
            checked.printer,
            tuple(SIZES[name] for name in request.papers),
        ),
        Demand(
            only=request.panels,
            standing=lambda path, digest: reuse(request.output, manifest, path, digest),
            known=load_trials(request.output / CACHE),
            progress=progress,
        ),
    )
