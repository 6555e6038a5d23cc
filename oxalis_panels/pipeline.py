"""From a project folder to its outputs: read, typeset, render everything, and only then write."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from oxalis_panels.artifacts import render
from oxalis_panels.choosing import unknown
from oxalis_panels.diagnostics import Diagnostic, Parsed, Source, Span, told
from oxalis_panels.frozen import frozen
from oxalis_panels.leftovers import leftovers, look_back, texts_of
from oxalis_panels.messages.own import read_words
from oxalis_panels.output import HALF_WRITTEN, commit, load_manifest, lock, plan
from oxalis_panels.poster.printers.choosing import choose_printer, place_of_choice
from oxalis_panels.poster.printers.inks import within_inks
from oxalis_panels.poster.printers.margins import check_margin
from oxalis_panels.poster.sheet import SIZES
from oxalis_panels.poster.trials import CACHE, FILE, load_trials, save_trials
from oxalis_panels.reading import read_project
from oxalis_panels.reading.files import OTHERS, check_others
from oxalis_panels.rendering.contrast import check_contrast
from oxalis_panels.rendering.coverage import check_characters
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.palette import load_palette
from oxalis_panels.spelling import check_spelling, unsaid
from oxalis_panels.texts import SETTINGS
from oxalis_panels.typography import review_collection, typeset_collection
from oxalis_panels.wording import review_wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from oxalis_panels.leftovers import Leftovers
    from oxalis_panels.messages import Catalogue
    from oxalis_panels.model import Collection
    from oxalis_panels.output import Plan
    from oxalis_panels.poster.building import PosterBuild, Progress
    from oxalis_panels.poster.printers.printer import Printer
    from oxalis_panels.rendering.palette import Palette


@frozen
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
    site_url: str | None = None
    """Public address of the site; None: the one that the collection gives."""
    proofs: bool = False
    """Whether proofs for the office printer are made of the posters."""
    renewed: str = ""
    """Folder of archives that are made anew next: nothing is said of those that stand there."""


@frozen
class Report:
    """What a build found and did."""

    diagnostics: tuple[Diagnostic, ...]
    collection: Collection | None = None
    plan: Plan | None = None
    """What was written; None when the build stopped before writing."""
    posters: PosterBuild | None = None
    leftovers: Leftovers | None = None
    """What still stands there and is not of the text of today; None as for `plan`."""

    @property
    def failed(self) -> bool:
        """Whether nothing was written, or not everything."""
        return self.plan is None or any(each.severity == "error" for each in self.diagnostics)

    @property
    def whole(self) -> bool:
        """Whether the output folder holds one version: nothing was written, or all, or it was undone."""
        return all(each.code != HALF_WRITTEN for each in self.diagnostics)


@frozen
class Checked:
    """A collection without mistakes, as typed and as typeset, and the looks that go with it."""

    as_typed: Collection
    typeset: Collection
    folders: TemplateFolders
    palette: Palette
    printer: Printer
    words: Catalogue
    """Of the interface, in the language of the panels or the nearest to it."""


def check(  # noqa: PLR0913 - each but the first for one command
    project: Path,
    printer: str | None = None,
    site_url: str | None = None,
    output: Path | None = None,
    *,
    site: bool = True,
    templates: TemplateFolders | None = None,
) -> Parsed[Checked]:
    """Read a project and review its text; nothing is rendered.

    `printer` and `site_url` go before the collection's own; `output` is its `output/` unless it is given;
    without `site`, nothing is said of what only a published site must have; `templates` go before the
    project's own, and nothing is said of these.
    """
    forbidden = check_others(project, OTHERS[:-1] if templates else OTHERS)
    if forbidden:  # nothing is to be made of those files: what follows is about the panels
        return Parsed(None, forbidden + read_project(project, site_url=site_url, site=site).diagnostics)
    folders = templates or TemplateFolders.of(project)
    palette = load_palette(folders)
    looks = () if templates else folders.check() + palette.diagnostics
    colours = palette.value.names if palette.value and not templates else ()
    parsed = read_project(project, colours=colours, site_url=site_url, site=site)
    if palette.value is None or parsed.value is None:
        return Parsed(None, looks + parsed.diagnostics)
    chosen = choose_printer(project, parsed.value.settings, printer)
    words = _words(project, parsed.value)
    own = words.value.own if words.value else ()
    allow = parsed.value.allow
    found = looks + parsed.diagnostics
    typeset = typeset_collection(parsed.value)
    found += check_characters(parsed.value, own)
    found += review_collection(parsed.value) + review_wording(parsed.value)
    unknown = check_spelling(parsed.value, (output or project / "output") / CACHE)
    found += unsaid(unknown, found) + chosen.diagnostics + words.diagnostics
    if chosen.value is None or words.value is None:
        return Parsed(None, told(found, allow))
    asked = place_of_choice(parsed.value.settings, printer)
    printed = within_inks(palette.value, folders, chosen.value, asked)
    assert printed.value is not None  # noqa: S101 - a palette always yields
    if not templates:
        found += printed.diagnostics
        found += tuple(check_contrast(palette.value, folders))
    if any(panel.figure for panel in typeset.panels):
        from oxalis_panels.poster.separation import check_separations  # noqa: PLC0415 - Pillow, for pictures

        found += tuple(check_separations(typeset, chosen.value.pressed))
    found = told(found, allow)
    checked = Checked(parsed.value, typeset, folders, printed.value, chosen.value, words.value)
    return Parsed(None if any(each.severity == "error" for each in found) else checked, found)


def review(project: Path) -> Parsed[Checked]:
    """Check a project, and say what its build would refuse, as far as that is known without making it."""
    checked = check(project)
    if checked.value is None:
        return checked
    from oxalis_panels.poster.outlook import PAPERS, outlook  # noqa: PLC0415 - a build measures by itself

    typeset, untitled = checked.value.typeset, checked.value.words.text("site.untitled")
    own, printer = checked.value.folders.own_posters, checked.value.printer
    found = (*outlook(typeset, printer, untitled, own=own), *_dead_links(checked.value, project / "output"))
    found = _narrow(checked.value, None, PAPERS) + told(found, typeset.allow)
    return Parsed(checked.value, checked.diagnostics + found)


def _dead_links(checked: Checked, output: Path) -> tuple[Diagnostic, ...]:
    """Return an error for each link that leads nowhere on the site; posters count as made."""
    from oxalis_panels.site.links import local_links  # noqa: PLC0415 - as above

    if not any(True for _ in local_links(checked.typeset)):
        return ()
    from oxalis_panels.poster.places import published_files  # noqa: PLC0415 - few texts have such links
    from oxalis_panels.site.building import check_links  # noqa: PLC0415 - Jinja
    from oxalis_panels.site.inputs import SiteInputs  # noqa: PLC0415

    files = published_files(panel.slug for panel in checked.typeset.panels)
    posters = {path.relative_to("site").as_posix(): 0 for path in files}
    cache, words = output / CACHE, checked.words
    inputs = SiteInputs(checked.folders, checked.palette, (), posters, cache=cache, words=words)
    return tuple(check_links(checked.typeset, inputs))


def _words(project: Path, collection: Collection) -> Parsed[Catalogue]:
    settings = collection.settings
    return read_words(project, settings.language, settings.places.get("language", SETTINGS))


def _narrow(checked: Checked, asked: str | None, papers: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return an error where the printer wants wider margins than our own design has."""
    place, sizes = place_of_choice(checked.as_typed.settings, asked), [SIZES[name] for name in papers]
    return () if checked.folders.own_posters else tuple(check_margin(checked.printer, sizes, place))


def build(request: Request, progress: Progress) -> Report:
    """Build what is asked for. Nothing is written unless everything could be made."""
    checked = check(request.project, request.printer, request.site_url, request.output, site=request.site)
    if checked.value is None:
        return Report(checked.diagnostics)
    wrong = unknown_panels(request.panels, [panel.slug for panel in checked.value.as_typed.panels])
    if request.posters:
        wrong += _narrow(checked.value, request.printer, request.papers)
    if wrong:
        return Report(checked.diagnostics + wrong, checked.value.as_typed)
    if request.posters and not (request.output / CACHE / FILE).is_file():  # none has been made yet
        from oxalis_panels.poster.presses import start_early  # noqa: PLC0415 - few builds make posters

        start_early()
    with lock(request.output) as refused:
        if refused:
            return Report(checked.diagnostics + refused, checked.value.as_typed)
        return _build(request, checked.value, checked.diagnostics, progress)


def unknown_panels(asked: frozenset[str], slugs: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return an error for each panel asked for with `--panel` that is not among these."""
    return tuple(unknown(slug, slugs, Span(Source("--panel"))) for slug in sorted(asked - set(slugs)))


def _build(request: Request, checked: Checked, found: tuple[Diagnostic, ...], progress: Progress) -> Report:
    """Render, compare and write, the output folder being locked."""
    before = look_back(load_manifest(request.output), texts_of(checked.typeset))
    request = replace(request, site=request.site or before.pages_are_wrong)
    rendered = render(request, checked, before, progress)
    found += told(rendered.diagnostics, checked.as_typed.allow)
    if rendered.value is None or _stops(found, request):
        return Report(found, checked.as_typed)
    planned = plan(
        request.output,
        rendered.value.artifacts,
        before.manifest,
        scope=before.made_whole(request),
        withdrawn=before.withdrawn,
    )
    found += told(planned.diagnostics, checked.as_typed.allow)
    if planned.value is None or _stops(found, request):
        return Report(found, checked.as_typed)
    found += commit(request.output, planned.value)
    posters = rendered.value.posters
    if posters:
        others = load_trials(request.output / CACHE) if request.panels else {}
        with suppress(OSError):  # only a cache: without it, posters are laid out again
            save_trials(request.output / CACHE, {**others, **posters.trials})
    left = leftovers(request.output, planned.value.after, before.texts)
    return Report(found, checked.as_typed, planned.value, posters, left)


def _stops(found: tuple[Diagnostic, ...], request: Request) -> bool:
    return any(request.strict or each.severity == "error" for each in found)
