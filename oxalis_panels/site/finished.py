"""Checks of a finished site: everything its pages refer to exists, once, and pictures have a description.

Authors' links are reported at their place in the text (`rendering/links.py`); other mistakes come from a
template, and are reported there if it has the same words, else in the page that was made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection as Names
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from oxalis_panels.model.collection import Collection
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.rendering.addresses import (
    ALL,
    MISSING,
    PROJECTION,
    Address,
    on_one_page,
    resolve,
    root_from,
)
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.links import dead_links, local_links
from oxalis_panels.rendering.style_mistakes import style_mistakes
from oxalis_panels.site.extraction import Facts, facts_of, style_files

SHOWN = 3
"""Pages that one message names at most."""
PLAIN = re.compile(r"[\w./-]*\w\.\w+", re.ASCII)
"""A path that needs no percent-encoding in a link."""
SHORTEST = 3
"""Characters from which on a target is searched for in templates: shorter ones are found anywhere."""


class _Anywhere:
    """Holds every fragment: nobody knows what is in a file that was not made here (`#page=2` of a PDF)."""

    def __contains__(self, _: object) -> bool:
        return True


ANYWHERE: Container[str] = _Anywhere()


@value
class BuiltFile:
    """A page, a style sheet or another file as it was made."""

    data: bytes
    """As it is written: UTF-8."""
    named: Facts

    @classmethod
    def of(cls, path: str, text: str) -> BuiltFile:
        """Return the file for a text, with what was extracted from it if it is a page or a style sheet."""
        if path.endswith(".html"):
            return cls(text.encode(), facts_of(text))
        return cls(text.encode(), Facts(targets=style_files(text)) if path.endswith(".css") else Facts())

    @property
    def text(self) -> str:
        """Its text, to show what is wrong."""
        return self.data.decode()


@value
class Fault:
    """Something wrong on one page."""

    code: str
    found: str
    """What is wrong: a target, an identifier, a tag."""
    page: str

    @property
    def snippet(self) -> str:
        """What is wrong, as it stands on the page."""
        return f'id="{self.found}"' if self.code == "site-id-twice" else self.found


def check_site(
    collection: Collection,
    made: Mapping[str, BuiltFile],
    files: frozenset[str],
    folders: TemplateFolders,
    own: Names[str] = (),
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the pages and style sheets `made`.

    `files` are the paths of the whole site, `own` those of the project's own files among them.
    """
    places: dict[str, Container[str]] = dict.fromkeys(files, ())
    places |= {path: frozenset(each.named.identifiers) for path, each in made.items()}
    places |= dict.fromkeys(own, ANYWHERE)
    dead = tuple(dead_links(collection, places))
    known = _authors_own(collection) if dead else frozenset()
    plain = [path for path in files if PLAIN.fullmatch(path)]
    plainly = {root: frozenset(root + path for path in plain) for root in {*map(root_from, made)}}
    check = _Check(places, plainly, known, collection.settings.site_url)
    faults = [fault for path, each in made.items() for fault in check.faults(path, each.named)]
    return (*dead, *_diagnostics(faults, made, folders), *_styles(made, folders))


def _authors_own(collection: Collection) -> frozenset[Address]:
    """Return where the authors' own links lead, on their own pages and on the pages of all panels."""
    slugs = frozenset(panel.slug for panel in collection.panels)
    addresses = [link.address for link in local_links(collection)]
    return frozenset(
        [*addresses, *(on_one_page(each, slugs, page) for each in addresses for page in (ALL, PROJECTION))]
    )


@value
class _Check:
    """What every page is checked against."""

    places: Mapping[str, Container[str]]
    """Every file of the site, and the identifiers on it."""
    plainly: Mapping[str, frozenset[str]]
    """By the relative path to the root: the links that lead to files of the site from there."""
    known: frozenset[Address]
    """Where links lead that were reported already."""
    site_url: str | None

    def faults(self, page: str, named: Facts) -> Iterator[Fault]:
        """Yield what is wrong on a page."""
        yield from (Fault("site-dead-link.target", target, page) for target in self._dead(page, named))
        if len(named.identifiers) != len(set(named.identifiers)):
            twice = [name for name, count in Counter(named.identifiers).items() if count > 1]
            yield from (Fault("site-id-twice", name, page) for name in twice)
        missing = [name for name in named.references if name not in self.places[page]]
        yield from (Fault("site-dead-link.reference", name, page) for name in missing)
        yield from (Fault("site-alt-missing", tag, page) for tag in named.without_alt)

    def _dead(self, page: str, named: Facts) -> Iterator[str]:
        own, plainly = self.places[page], self.plainly[root_from(page)]
        for target in named.targets:  # nearly all skip the work below
            if target in plainly or (target[:1] == "#" and target[1:] in own):
                continue
            address = self._inside(target, page)
            if address and not self._exists(address) and address not in self.known:
                yield target
        for content in named.published:
            if self.site_url and content.startswith(self.site_url):
                address = self._inside(content, page)
                if address and not self._exists(address):
                    yield content

    def _inside(self, target: str, page: str) -> Address | None:
        """Return where a target leads on this site, its public address included."""
        if self.site_url and target.startswith(self.site_url):
            return resolve(f"/{target.removeprefix(self.site_url)}", page)
        if page == MISSING and target.startswith("/") and not target.startswith("//"):
            root = urlsplit(self.site_url or "/").path  # such a target begins at the root of the host
            return resolve(f"/{target.removeprefix(root)}", page) if target.startswith(root) else None
        return resolve(target, page)

    def _exists(self, address: Address) -> bool:
        return address.page in self.places and (
            not address.fragment or address.fragment in self.places[address.page]
        )


def _diagnostics(
    faults: Iterable[Fault], made: Mapping[str, BuiltFile], folders: TemplateFolders
) -> Iterator[Diagnostic]:
    """Yield one error for each mistake, though every page may have it."""
    pages: dict[tuple[str, str | Span], list[Fault]] = {}
    places: dict[str, Span | None] = {}
    templates = tuple(folders.sources("site")) if faults else ()
    page_made = cache(lambda page: Source(f"site/{page}", made[page].text))
    for fault in faults:
        if fault.snippet not in places:
            places[fault.snippet] = _in_templates(fault.snippet, templates)
        pages.setdefault((fault.code, places[fault.snippet] or fault.found), []).append(fault)
    for same in pages.values():
        first = same[0]
        shown = tuple(f"site/{each.page}" for each in same[:SHOWN]) + ("…",) * (len(same) > SHOWN)
        span = places[first.snippet] or _first(first.snippet, page_made(first.page))
        yield error(first.code, span, found=first.found, pages=shown)


def _styles(made: Mapping[str, BuiltFile], folders: TemplateFolders) -> Iterator[Diagnostic]:
    """Yield the mistakes of a project's own style sheet, at the line of its template."""
    if folders.own is None or not (folders.own / "site" / "style.css").is_file():
        return
    template = Source("templates/site/style.css", folders.read("site/style.css"))
    for path in (path for path in made if path.endswith(".css")):
        for each in style_mistakes(Source(f"site/{path}", made[path].text)):
            yield replace(each, span=_same_line(each.span, template))


def _in_templates(snippet: str, templates: tuple[tuple[Source, ...], ...]) -> Span | None:
    """Return the only place of a snippet, or of its end, in templates; a project's own come first."""
    shorter = [] if "<" in snippet else [snippet.lstrip("./"), snippet.rpartition("/")[2]]
    for words in dict.fromkeys([snippet, *shorter]):
        for folder in templates if len(words) >= SHORTEST else ():
            holders = [source for source in folder if words in source.text]
            if len(holders) == 1:
                return _first(words, holders[0])
    return None


def _first(words: str, source: Source) -> Span:
    start = max(source.text.find(words), 0)
    return Span(source, start, start + len(words))


def _same_line(made: Span, template: Source) -> Span:
    """Return the place in the template if it has exactly one identical line, else `made`."""
    text = made.source.text
    begin = text.rfind("\n", 0, made.start) + 1
    line = text[begin:].partition("\n")[0]
    if not line.strip() or template.text.count(line) != 1:
        return made
    start = template.text.find(line) + made.start - begin
    return Span(template, start, start + made.end - made.start)
