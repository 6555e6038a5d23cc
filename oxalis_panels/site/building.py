"""The website of a collection, as files in memory."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from oxalis_panels.model.collection import Collection, Figure, figures_in
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, error, sort_key
from oxalis_panels.poster.places import SCREEN as POSTERS
from oxalis_panels.reading.files import STATIC
from oxalis_panels.rendering.addresses import PAGES, hashed, page_of
from oxalis_panels.rendering.artifact import Artifact, clashes, is_inside
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.figures import site_path, site_picture
from oxalis_panels.rendering.links import dead_links, local_links
from oxalis_panels.site.data import for_robots, panels_json
from oxalis_panels.site.extraction import Facts, facts_of
from oxalis_panels.site.faces import FontFile, font_files, licences
from oxalis_panels.site.finished import ANYWHERE, BuiltFile, check_site
from oxalis_panels.site.fitting import SCREEN
from oxalis_panels.site.icon import PATH as ICON
from oxalis_panels.site.icon import touch_icon
from oxalis_panels.site.inputs import SiteInputs
from oxalis_panels.site.own_files import OwnFile
from oxalis_panels.site.pages import pages
from oxalis_panels.site.record import changed_pages
from oxalis_panels.words.catalogue import interface

FOLDER = "site"
"""The folder of the site in the output folder."""
ASSETS = ("style.css", "404.css", "projection.css", "projection.js")
"""Made from templates of the same names."""
NAMED_LATER = re.compile(r"fonts/.+|[^/]+\.(?:css|js)")
"""Files whose names depend on their content, and the licences of fonts."""


def build_site(typeset: Collection, as_typed: Collection, inputs: SiteInputs) -> Parsed[tuple[Artifact, ...]]:
    """Return every file of the site: pages from the typeset text, `panels.json` from the text as typed.

    Errors: a dead link in a text or in a template, a mistake in a template, an id used twice, a picture
    without a description, two pages with one address, a file of `static/` in the place of another.
    """
    if twice := tuple(_twice(typeset)):
        return Parsed(None, twice)
    fonts = font_files(inputs.fonts)
    colour = inputs.palette.of(typeset.panels[0]) if typeset.panels else inputs.palette.colours[0]
    rendered = _rendered(typeset, inputs, fonts)
    if rendered.value is None:
        return Parsed(None, rendered.diagnostics)
    others = {"panels.json": panels_json(as_typed), ICON: touch_icon(colour, inputs.cache)}
    finished = rendered.value | {path: BuiltFile(data, Facts()) for path, data in others.items()}
    files = {path: each.data for path, each in finished.items()}
    files |= {site_path(slug, each): site_picture(each, inputs.press) for slug, each in _figures(typeset)}
    files |= {font.path: font.font.woff2 for font in fonts} | dict(licences(fonts))
    files[".nojekyll"] = b""
    changed = dict(changed_pages(typeset, inputs.history))
    made = [path for path in finished if path.endswith(".html")]
    files |= dict(for_robots(typeset.settings.site_url, made, changed))
    wrong = tuple(_misplaced(inputs.static, files))
    own = {each.path: each.data for each in inputs.static}
    files |= own
    wrong += check_site(typeset, finished, frozenset((*files, *inputs.posters)), inputs.folders, own.keys())
    if any(each.severity == "error" for each in wrong):
        return Parsed(None, wrong)
    artifacts = tuple(Artifact(PurePosixPath(FOLDER, path), data) for path, data in sorted(files.items()))
    return Parsed(artifacts, wrong)


def check_places(typeset: Collection, inputs: SiteInputs) -> Iterator[Diagnostic]:
    """Yield dead links, and files of `static/` that are in the way, as `build_site`, without making the site.

    Only pages with links to a fragment are rendered. Mistakes in templates, and links to files whose names
    only a build knows, are not reported here.
    """
    wanted: dict[str, set[str]] = {}
    for link in local_links(typeset):
        wanted.setdefault(link.address.page, set()).update({link.address.fragment} - {""})
    robots = (path for path, _ in for_robots(typeset.settings.site_url, (), {}))
    figures = (site_path(slug, figure) for slug, figure in _figures(typeset))
    unknown = (path for path in wanted if NAMED_LATER.fullmatch(path))
    files = ("panels.json", ICON, ".nojekyll", *robots, *figures)
    places: dict[str, Container[str]] = dict.fromkeys(files, ())
    words = inputs.words or interface(typeset.settings.language)
    templates = Templates(inputs.folders, words, inputs.cache)
    for page in pages(typeset, words, inputs, {name: name for name in ASSETS}):
        places[page.path] = ()
        if wanted.get(page.path):
            made = templates.render(page.template, **page.views).value
            places[page.path] = wanted[page.path] if made is None else facts_of(made).identifiers
    yield from _misplaced(inputs.static, places)
    own = {each.path: ANYWHERE for each in inputs.static}
    yield from dead_links(typeset, {**dict.fromkeys((*inputs.posters, *unknown), ()), **places, **own})


def _misplaced(own: Iterable[OwnFile], ours: Mapping[str, object]) -> Iterator[Diagnostic]:
    """Yield an error for each file of `static/` whose name or whose place no site can give it."""
    known = {each.path: each for each in own}
    for each in own:
        if not is_inside(PurePosixPath(FOLDER, each.path)):
            yield error("static-file.name", each.span)
    ours = {**ours, POSTERS.name: b""}
    paths = [PurePosixPath(each) for each in (*ours, *(each.path for each in own))]
    for path, other in clashes(paths):
        place = f"{FOLDER}/{other}" if str(other) in ours else f"{STATIC}/{other}"
        yield error("static-file.taken", known[str(path)].span, other=place)


def _figures(collection: Collection) -> Iterator[tuple[str, Figure]]:
    """Yield each picture of the site, with the address of the page that it is on."""
    for panel in collection.panels:
        if panel.figure:
            yield panel.slug, panel.figure
    for page in collection.pages:
        yield from ((page.slug, figure) for figure in figures_in(page.blocks))


def _rendered(
    collection: Collection, inputs: SiteInputs, fonts: tuple[FontFile, ...]
) -> Parsed[dict[str, BuiltFile]]:
    """Return each page, the style sheets and the script as they were made."""
    words = inputs.words or interface(collection.settings.language)
    templates = Templates(inputs.folders, words, inputs.cache)
    unreadable = templates.check("site")
    if unreadable:
        return Parsed(None, unreadable)
    pictured = any(panel.figure for panel in collection.panels)
    screen = SCREEN if pictured else replace(SCREEN, pictured=False)
    made: list[Parsed[dict[str, BuiltFile]]] = []
    assets: dict[str, str] = {}
    for name in ASSETS:
        asset = templates.render(f"site/{name}", palette=inputs.palette, fonts=fonts, screen=screen)
        assets[name] = hashed(name, (asset.value or "").encode())
        made.append(_finished(assets[name], asset))
    made += [
        _finished(page.path, templates.render(page.template, **page.views))
        for page in pages(collection, words, inputs, assets)
    ]
    finished = {path: each for some in made for path, each in (some.value or {}).items()}
    mistakes = _once(each for some in made for each in some.diagnostics)
    return Parsed(None if mistakes else finished, mistakes)


def _twice(collection: Collection) -> Iterator[Diagnostic]:
    """Yield an error for each panel whose page would overwrite another."""
    taken = set(PAGES)
    for each in collection.addressed:
        page = page_of(each.slug)
        if page in taken:
            yield error("site-page-twice", each.span, page=page)
        taken.add(page)


def _finished(path: str, rendered: Parsed[str]) -> Parsed[dict[str, BuiltFile]]:
    finished = {} if rendered.value is None else {path: BuiltFile.of(path, rendered.value)}
    return Parsed(finished, rendered.diagnostics)


def _once(mistakes: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return each mistake once: one in the base template is found on every page."""
    found: dict[tuple[object, ...], Diagnostic] = {}
    for each in mistakes:
        found.setdefault((*sort_key(each), repr(each.values)), each)
    return tuple(found.values())
