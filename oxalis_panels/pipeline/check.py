"""A project folder → a collection without mistakes, typeset, and all diagnostics about it."""

from collections.abc import Sequence
from pathlib import Path

from oxalis_panels.language.spelling import check_spelling, unreported
from oxalis_panels.language.typography import review_collection, typeset_collection
from oxalis_panels.language.wording import review_wording
from oxalis_panels.model.collection import Collection
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, without_allowed
from oxalis_panels.model.texts import SETTINGS
from oxalis_panels.model.value import value
from oxalis_panels.poster.places import published_files
from oxalis_panels.poster.shortcomings import PAPERS, long_captions, outlook
from oxalis_panels.poster.trials import CACHE
from oxalis_panels.printers.limits import check_margin, within_inks
from oxalis_panels.printers.printer import Printer
from oxalis_panels.printers.reading import choose_printer, place_of_choice
from oxalis_panels.reading.files import OTHERS, check_others
from oxalis_panels.reading.own_words import read_words
from oxalis_panels.reading.project import read_project
from oxalis_panels.rendering.coverage import check_characters
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.links import local_links
from oxalis_panels.rendering.palette import Palette, check_contrast, load_palette
from oxalis_panels.rendering.sheet import SIZES
from oxalis_panels.site.own_files import OwnFile, read_static
from oxalis_panels.words.catalogue import Catalogue


@value
class Checked:
    """A collection without mistakes, as typed and as typeset, with its templates, palette and printer."""

    as_typed: Collection
    typeset: Collection
    folders: TemplateFolders
    palette: Palette
    printer: Printer
    words: Catalogue
    """Texts of the interface, in the language of the panels or, where there are none, in English."""
    static: tuple[OwnFile, ...] = ()
    """Files of the project's own for the site."""


def check(  # noqa: PLR0913 - each but the first for one command
    project: Path,
    printer: str | None = None,
    site_url: str | None = None,
    output: Path | None = None,
    *,
    edit_url: str | None = None,
    site: bool = True,
    templates: TemplateFolders | None = None,
) -> Parsed[Checked]:
    """Read a project and review its text, as every build does first; nothing is rendered.

    `project` is the folder that holds `panels/`. `printer` (a name) and `site_url` go before the collection's
    own, `edit_url` only serves where the collection has none; `output` is the output folder, `project/output`
    unless it is given, of which only the cache is used; without `site`, nothing is said of what only a
    published site must have; `templates` go before the project's own, and nothing is said of these, nor of
    the files in `static/`.

    No value when there is an error, a file that cannot be read included. Diagnostics are those of all panels,
    in no promised order, without what `allow:` keeps.
    """
    forbidden = check_others(project, OTHERS[:-1] if templates else OTHERS)
    if forbidden:  # such files cannot be used: go on with the panels alone
        read = read_project(project, site_url=site_url, edit_url=edit_url, site=site)
        return Parsed(None, forbidden + read.diagnostics)
    folders = templates or TemplateFolders.of(project)
    palette = load_palette(folders)
    static = Parsed[tuple[OwnFile, ...]](()) if templates else read_static(project)
    found = static.diagnostics if templates else static.diagnostics + folders.check() + palette.diagnostics
    colours = palette.value.names if palette.value and not templates else ()
    parsed = read_project(project, colours=colours, site_url=site_url, edit_url=edit_url, site=site)
    if palette.value is None or parsed.value is None:
        return Parsed(None, found + parsed.diagnostics)
    chosen = choose_printer(project, parsed.value.settings, printer)
    words = _words(project, parsed.value)
    own = words.value.own if words.value else ()
    allow = parsed.value.allow
    found += parsed.diagnostics
    typeset = typeset_collection(parsed.value)
    found += check_characters(parsed.value, own)
    found += review_collection(parsed.value) + review_wording(parsed.value)
    unknown = check_spelling(parsed.value, (output or project / "output") / CACHE)
    found += unreported(unknown, found) + chosen.diagnostics + words.diagnostics
    if chosen.value is None or words.value is None:
        return Parsed(None, without_allowed(found, allow))
    asked = place_of_choice(parsed.value.settings, printer)
    printed = within_inks(palette.value, folders, chosen.value, asked)
    assert printed.value is not None
    if not templates:
        found += printed.diagnostics
        found += tuple(check_contrast(palette.value, folders))
    if any(panel.figure for panel in typeset.panels):
        from oxalis_panels.poster.separation import check_separations  # noqa: PLC0415 - Pillow, for pictures

        found += tuple(check_separations(typeset, chosen.value.pressed))
        found += () if folders.own_posters else tuple(long_captions(typeset, chosen.value))
    found = without_allowed(found, allow)
    files = static.value or ()
    checked = Checked(parsed.value, typeset, folders, printed.value, chosen.value, words.value, files)
    return Parsed(None if any(each.severity == "error" for each in found) else checked, found)


def review(project: Path) -> Parsed[Checked]:
    """Check a project, and say what its build would refuse, as far as that is known without making it.

    The command `check` says this: besides all that `check` finds, dead links, panels that are too long and
    margins too narrow for the printer. With errors of these kinds there is a value: `failed` tells them.
    """
    checked = check(project)
    if checked.value is None:
        return checked
    typeset, untitled = checked.value.typeset, checked.value.words.text("site.untitled")
    own, printer = checked.value.folders.own_posters, checked.value.printer
    found = (
        *outlook(typeset, printer, untitled, own=own),
        *_site_mistakes(checked.value, project / "output"),
    )
    found = check_margins(checked.value, None, PAPERS) + without_allowed(found, typeset.allow)
    return Parsed(checked.value, checked.diagnostics + found)


def _site_mistakes(checked: Checked, output: Path) -> tuple[Diagnostic, ...]:
    """Return an error for each dead link and each file in the way of another; posters count as built."""
    if not (checked.static or any(True for _ in local_links(checked.typeset))):
        return ()
    from oxalis_panels.site.building import check_places  # noqa: PLC0415 - Jinja, for what needs the site
    from oxalis_panels.site.inputs import SiteInputs  # noqa: PLC0415

    typeset = checked.typeset
    online = typeset.settings.site_url is not None
    files = published_files((panel.slug for panel in typeset.panels), online=online)
    posters = {path.relative_to("site").as_posix(): 0 for path in files}
    cache, words = output / CACHE, checked.words
    inputs = SiteInputs(
        checked.folders, checked.palette, (), posters, cache=cache, words=words, static=checked.static
    )
    return tuple(check_places(typeset, inputs))


def _words(project: Path, collection: Collection) -> Parsed[Catalogue]:
    settings = collection.settings
    return read_words(project, settings.language, settings.places.get("language", SETTINGS))


def check_margins(checked: Checked, asked: str | None, papers: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Return an error where the printer needs wider margins than our own design has."""
    place, sizes = place_of_choice(checked.as_typed.settings, asked), [SIZES[name] for name in papers]
    return () if checked.folders.own_posters else tuple(check_margin(checked.printer, sizes, place))
