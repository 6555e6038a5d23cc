"""What a finished site promises: all that its pages name exists, once, and pictures have a description.

Authors' links are told at their place in the text (`links.py`); what is left is a template's doing, and is
told in the template wherever its words are found there, else in the page that was made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from oxalis_panels.model.collection import Collection
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.model.value import frozen
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
from oxalis_panels.site.checking import Named, names, style_files

SHOWN = 3
"""Pages that one message names."""
PLAIN = re.compile(r"[\w./-]*\w\.\w+", re.ASCII)
"""The path of a file that stands in a link as it is: nothing of it is quoted."""
SHORTEST = 3
"""Characters of a target that are looked for in templates: shorter ones stand anywhere."""


@frozen
class Finished:
    """A page, a style sheet or another file as it was made."""

    data: bytes
    """As it is written: UTF-8."""
    named: Named

    @classmethod
    def of(cls, path: str, text: str) -> Finished:
        """Read what a text names; its path tells what it is."""
        if path.endswith(".html"):
            return cls(text.encode(), names(text))
        return cls(text.encode(), Named(targets=style_files(text)) if path.endswith(".css") else Named())

    @property
    def text(self) -> str:
        """It as text, to show what is wrong."""
        return self.data.decode()


@frozen
class Fault:
    """Something wrong on one page."""

    code: str
    found: str
    """What is wrong: a target, an identifier, a tag."""
    page: str

    @property
    def snippet(self) -> str:
        """It as it stands on the page."""
        return f'id="{self.found}"' if self.code == "site-id-twice" else self.found


def check_site(
    collection: Collection, made: Mapping[str, Finished], files: frozenset[str], folders: TemplateFolders
) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with what was `made` (pages and style sheets, by path).

    `files` are the paths of the whole site, these included.
    """
    places = {
        path: frozenset(made[path].named.identifiers) if path in made else frozenset() for path in files
    }
    dead = tuple(dead_links(collection, places))
    known = _authors_own(collection) if dead else frozenset()
    plain = [path for path in files if PLAIN.fullmatch(path)]
    plainly = {root: frozenset(root + path for path in plain) for root in {*map(root_from, made)}}
    check = _Check(places, plainly, known, collection.settings.site_url)
    faults = [fault for path, each in made.items() for fault in check.faults(path, each.named)]
    return (*dead, *_told(faults, made, folders), *_styles(made, folders))


def _authors_own(collection: Collection) -> frozenset[Address]:
    """Return where the authors' own links lead, as their pages and the pages of all panels write them."""
    slugs = frozenset(panel.slug for panel in collection.panels)
    addresses = [link.address for link in local_links(collection)]
    return frozenset(
        [*addresses, *(on_one_page(each, slugs, page) for each in addresses for page in (ALL, PROJECTION))]
    )


@frozen
class _Check:
    """What every page is held against."""

    places: Mapping[str, frozenset[str]]
    """Every file of the site, and the identifiers on it."""
    plainly: Mapping[str, frozenset[str]]
    """Targets that lead to files of the site from pages with this way to the root."""
    known: frozenset[Address]
    """Where links lead that were told already."""
    site_url: str | None

    def faults(self, page: str, named: Named) -> Iterator[Fault]:
        """Yield what is wrong on a page."""
        yield from (Fault("site-dead-link.target", target, page) for target in self._dead(page, named))
        if len(named.identifiers) != len(self.places[page]):
            twice = [name for name, count in Counter(named.identifiers).items() if count > 1]
            yield from (Fault("site-id-twice", name, page) for name in twice)
        missing = [name for name in named.references if name not in self.places[page]]
        yield from (Fault("site-dead-link.reference", name, page) for name in missing)
        yield from (Fault("site-alt-missing", tag, page) for tag in named.without_alt)

    def _dead(self, page: str, named: Named) -> Iterator[str]:
        own, plainly = self.places[page], self.plainly[root_from(page)]
        for target in named.targets:  # nearly all are spared the work below
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


def _told(
    faults: Iterable[Fault], made: Mapping[str, Finished], folders: TemplateFolders
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


def _styles(made: Mapping[str, Finished], folders: TemplateFolders) -> Iterator[Diagnostic]:
    """Yield the mistakes of a project's own style sheet, at the line of its template."""
    if folders.own is None or not (folders.own / "site" / "style.css").is_file():
        return
    template = Source("templates/site/style.css", folders.read("site/style.css"))
    for path in (path for path in made if path.endswith(".css")):
        for each in style_mistakes(Source(f"site/{path}", made[path].text)):
            yield replace(each, span=_same_line(each.span, template))


def _in_templates(snippet: str, templates: tuple[tuple[Source, ...], ...]) -> Span | None:
    """Return the only place with these words, or with their end; a project's own templates come first."""
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
    """Return the only place in the template whose line stands there as it was made, else `made`."""
    text = made.source.text
    begin = text.rfind("\n", 0, made.start) + 1
    line = text[begin:].partition("\n")[0]
    if not line.strip() or template.text.count(line) != 1:
        return made
    start = template.text.find(line) + made.start - begin
    return Span(template, start, start + made.end - made.start)
