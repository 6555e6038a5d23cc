"""Everything that a build makes, in memory: the site, the posters and their proofs."""

import sys
from collections.abc import Mapping
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from oxalis_panels.model.diagnostics import Diagnostic, Parsed
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.check import Checked
from oxalis_panels.pipeline.leftovers import PAGES, PRINT, PROOFS, SITE, OldOutput, TextDigests
from oxalis_panels.pipeline.output.manifest import Manifest
from oxalis_panels.pipeline.output.standing import reuse
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.building import Demand, PosterBuild, Progress, build_posters
from oxalis_panels.poster.composing import PosterInputs
from oxalis_panels.poster.places import is_screen_file
from oxalis_panels.poster.trials import CACHE, load_trials
from oxalis_panels.rendering.artifact import Artifact
from oxalis_panels.rendering.fonts import Font, WebFont, characters, load_fonts, load_marks_font, web_fonts
from oxalis_panels.rendering.sheet import SIZES
from oxalis_panels.site.building import build_site
from oxalis_panels.site.faces import needed
from oxalis_panels.site.history import History, read_history
from oxalis_panels.site.inputs import SiteInputs
from oxalis_panels.system.workers import REFUSED, Workers


@value
class Rendered:
    """Everything that was made, in memory."""

    artifacts: tuple[Artifact, ...]
    posters: PosterBuild | None


def render(request: Request, checked: Checked, old: OldOutput, progress: Progress) -> Parsed[Rendered]:
    """Return all files in memory; mistakes in the site and in posters are reported together."""
    used, cache = characters(checked.typeset, checked.words), request.output / CACHE
    if sys.platform == "linux" and not (cache / "fonts").is_dir():
        _make_fonts(used, checked, cache)
    fonts = load_fonts(used, cache / "fonts")
    artifacts: tuple[Artifact, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    posters = None
    if request.posters:
        usable = old.usable
        demand = Demand(
            only=request.panels,
            texts=old.digests,
            reuse=lambda path, digest: reuse(request.output, usable, path, digest),
            known=load_trials(cache),
            progress=progress,
        )
        inputs = poster_inputs(checked, fonts, cache, request.papers)
        printed = build_posters(checked.typeset, inputs, demand)
        posters, found = printed.value, printed.diagnostics
        artifacts = posters.artifacts if posters else ()
        artifacts += _proofs(artifacts) if request.proofs else ()
    if request.site:
        site = _site(request, checked, fonts, old.digests, _screen_files(request, old.usable, artifacts))
        artifacts, found = artifacts + (site.value or ()), found + site.diagnostics
    failed = any(each.severity == "error" for each in found)
    return Parsed(None if failed else Rendered(artifacts, posters), found)


def _make_fonts(used: frozenset[str], checked: Checked, cache: Path) -> None:
    """Make fonts in a process of their own: with it ends the memory that this takes, 20 MB.

    While others draw the posters it makes those for browsers and whatever else a site finds in the cache.
    Whatever is in its way, they are made later.
    """
    with suppress(BrokenProcessPool, *REFUSED):
        process = Workers((), 1)
        fonts = process.submit(load_fonts, used, cache / "fonts").result()
        process.submit(load_marks_font, cache / "fonts").result()
        process.submit(_site_once, replace(checked, static=()), fonts, cache)
        process.shutdown(wait=False)


def _site_once(checked: Checked, fonts: tuple[Font, ...], cache: Path) -> None:
    site_of(checked, fonts, {}, History(), cache)


def _proofs(artifacts: tuple[Artifact, ...]) -> tuple[Artifact, ...]:
    """Return the proofs of the posters: each on one A4 page, and a larger one in its real size on many."""
    from oxalis_panels.poster.proof import needs_tiles, reduced, tiled  # noqa: PLC0415 - pikepdf, for proofs alone

    printed = [each for each in artifacts if each.path.parts[0] == PRINT]
    return tuple(
        Artifact(PurePosixPath(PROOFS, f"{each.path.stem}-{kind}.pdf"), make(each.data), panels=each.panels)
        for each in printed
        for kind, make in (("a4", reduced), ("1-1", tiled))
        if make is reduced or needs_tiles(each.data)
    )


def _screen_files(
    request: Request, manifest: Manifest, made: tuple[Artifact, ...]
) -> dict[PurePosixPath, int]:
    """Return the size of each poster file that the site will have, those of earlier builds included."""
    sizes = {artifact.path: len(artifact.data) for artifact in made if is_screen_file(artifact.path)}
    if request.posters and not request.panels:
        return sizes
    kept = {path: request.output / path for path in manifest.files if is_screen_file(path)}
    return {path: file.stat().st_size for path, file in kept.items() if file.is_file()} | sizes


def _site(
    request: Request,
    checked: Checked,
    fonts: tuple[Font, ...],
    digests: TextDigests,
    posters: Mapping[PurePosixPath, int],
) -> Parsed[tuple[Artifact, ...]]:
    site = site_of(checked, fonts, posters, read_history(request.project), request.output / CACHE)
    owned = tuple(replace(file, panels=_panels_of(file.path, digests)) for file in site.value or ())
    return Parsed(owned if site.value is not None else None, site.diagnostics)


def site_of(
    checked: Checked,
    fonts: tuple[Font, ...],
    posters: Mapping[PurePosixPath, int],
    history: History,
    cache: Path,
) -> Parsed[tuple[Artifact, ...]]:
    """Return the files of the site of a checked project; `posters` are those on it, with their sizes."""
    sizes = {path.relative_to(SITE).as_posix(): size for path, size in posters.items()}
    words, icc = checked.words, checked.printer.icc
    web = _for_browsers(fonts, checked, cache)
    palette, static = checked.palette, checked.static
    inputs = SiteInputs(checked.folders, palette, web, sizes, history, cache, words, icc, static)
    return build_site(checked.typeset, checked.as_typed, inputs)


def _for_browsers(fonts: tuple[Font, ...], checked: Checked, cache: Path) -> tuple[WebFont, ...]:
    return web_fonts(needed(fonts, checked.typeset), cache / "fonts")


def _panels_of(path: PurePosixPath, digests: TextDigests) -> TextDigests:
    """Return the panels to record for a file of the site: the one in whose folder it is, if any."""
    if path == PAGES:
        return digests
    folder = path.parts[1]
    return {folder: digests[folder]} if folder in digests else {}


def poster_inputs(
    checked: Checked, fonts: tuple[Font, ...], cache: Path, papers: tuple[str, ...] = ("a1",)
) -> PosterInputs:
    """Return what the posters of a checked project are made of; `cache` keeps fonts and templates."""
    sizes, marks = tuple(SIZES[name] for name in papers), load_marks_font(cache / "fonts")
    words, printer = checked.words, checked.printer
    return PosterInputs(checked.folders, checked.palette, fonts, words, marks, printer, sizes, cache)
