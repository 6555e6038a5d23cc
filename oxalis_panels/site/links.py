"""The links that authors wrote to other places of the site: found, pointed right, checked."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.frozen import frozen
from oxalis_panels.model import Collection, Emphasis, Inline, Link, Node, Panel, Strong, texts
from oxalis_panels.site.addresses import ALL, HOME, INDEX, PROJECTION, Address, on_one_page, page_of, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from oxalis_panels.model import Finding, Settings
    from oxalis_panels.notices import Legal

    Change = Callable[[str], str]

SETTINGS = Source("panels/collection.yaml")


@frozen
class LocalLink:
    """A link inside the site as an author wrote it."""

    written: str
    address: Address
    span: Span


def local_links(collection: Collection) -> Iterator[LocalLink]:
    """Yield the authors' links that stay on the site; those of `collection.yaml` start at the home page."""
    settings = collection.settings
    for key in ("title", "subtitle", "organisation", "period", "authors"):
        yield from _of_text(getattr(settings, key), HOME, settings.places.get(key, Span(SETTINGS)))
    for key, texts_of in (
        ("glossary", tuple(entry.expansion for entry in settings.glossary)),
        ("legal", settings.legal.texts),
        ("accessibility", settings.accessibility.texts),
    ):
        for text in texts_of:
            yield from _of_text(text, HOME, settings.places.get(key, Span(SETTINGS)))
    for panel in collection.panels:
        page = page_of(panel.slug)
        for text, span in texts(panel):
            yield from _of_text(text, page, span)


def dead_links(collection: Collection, places: Mapping[str, Container[str]]) -> Iterator[Diagnostic]:
    """Yield an error for each link whose page is not in `places`, or whose fragment is not on its page."""
    for link in local_links(collection):
        if link.address.page not in places:
            yield _dead_page(link, collection)
        elif link.address.fragment and link.address.fragment not in places[link.address.page]:
            yield error("site-dead-anchor", link.span, found=link.written, anchor=link.address.fragment)


def linking(collection: Collection) -> frozenset[str]:
    """Return the slugs of the panels whose texts have a link of any kind."""
    return frozenset(
        panel.slug for panel in collection.panels if any(_has_link(text) for text, _ in texts(panel))
    )


def pointed_from(collection: Collection, page: str | None, linking: frozenset[str]) -> Collection:
    """Return the collection with its local links as they must be written on `page`.

    None stands for the panels' own pages: each panel's links start there, those of the settings one folder
    below the root. Panels that are not among those `linking` stay the same objects.
    """
    slugs = frozenset(panel.slug for panel in collection.panels)

    def pointed(own: str) -> Change:
        def change(target: str) -> str:
            address = resolve(target, own)
            if address is None:
                return target
            if page in {ALL, PROJECTION}:
                address = on_one_page(address, slugs, page)
            return address.seen_from(page or own)

        return change

    def from_settings(target: str) -> str:
        address = resolve(target, HOME)
        return target if address is None else address.seen_from(page or page_of("any"))

    return _pointed(collection, linking, from_settings, pointed)


def published(collection: Collection) -> Collection:
    """Return the collection with its local links as public addresses; as it is while the site has none."""
    site_url = collection.settings.site_url
    if not site_url:
        return collection

    def public(own: str) -> Change:
        def change(target: str) -> str:
            address = resolve(target, own)
            return site_url + address.seen_from(HOME).removesuffix(INDEX) if address else target

        return change

    return _pointed(collection, linking(collection), public(HOME), public)


def _pointed(
    collection: Collection, linking: frozenset[str], of_settings: Change, of_page: Callable[[str], Change]
) -> Collection:
    """Return the collection with the targets changed that it links to, each panel's as its page asks."""
    panels = tuple(
        _pointed_panel(panel, of_page(page_of(panel.slug))) if panel.slug in linking else panel
        for panel in collection.panels
    )
    return replace(collection, settings=_pointed_settings(collection.settings, of_settings), panels=panels)


def _of_text(text: Inline, page: str, span: Span) -> Iterator[LocalLink]:
    for node in text:
        if isinstance(node, Link) and (address := resolve(node.target, page)):
            yield LocalLink(node.target, address, span.find(node.target))
        if isinstance(node, (Link, Emphasis, Strong)):
            yield from _of_text(node.children, page, span)


def _dead_page(link: LocalLink, collection: Collection) -> Diagnostic:
    slugs = [panel.slug for panel in collection.panels]
    wanted = link.address.page.removesuffix("/index.html").rpartition("/")[2]
    close = get_close_matches(wanted, slugs, 1, 0.6) or slugs[:1]
    return error("site-dead-link", link.span, found=link.written, expected=f"../{close[0] if close else ''}/")


def _pointed_settings(settings: Settings, change: Change) -> Settings:
    return replace(
        settings,
        title=_changed(settings.title, change),
        subtitle=_changed(settings.subtitle, change),
        organisation=_changed(settings.organisation, change),
        period=_changed(settings.period, change),
        authors=_changed(settings.authors, change),
        glossary=tuple(
            replace(entry, expansion=_changed(entry.expansion, change)) for entry in settings.glossary
        ),
        legal=_pointed_legal(settings.legal, change),
        accessibility=replace(
            settings.accessibility,
            date=_changed(settings.accessibility.date, change),
            audit=_changed(settings.accessibility.audit, change),
        ),
    )


def _pointed_legal(legal: Legal, change: Change) -> Legal:
    return replace(
        legal,
        publisher=_changed(legal.publisher, change),
        director=_changed(legal.director, change),
        host=_changed(legal.host, change),
        privacy=_changed(legal.privacy, change),
        licence=_changed(legal.licence, change),
    )


def _pointed_panel(panel: Panel, change: Change) -> Panel:
    figure = panel.figure
    return replace(
        panel,
        figure=replace(figure, credit=_changed(figure.credit, change)) if figure else None,
        title=_changed(panel.title, change),
        paragraphs=tuple(replace(each, text=_changed(each.text, change)) for each in panel.paragraphs),
        findings=tuple(_pointed_finding(finding, change) for finding in panel.findings),
    )


def _pointed_finding(finding: Finding, change: Change) -> Finding:
    points = tuple(replace(point, text=_changed(point.text, change)) for point in finding.points)
    return replace(finding, text=_changed(finding.text, change), points=points)


def _has_link(text: Inline) -> bool:
    return any(
        isinstance(node, Link) or (isinstance(node, (Emphasis, Strong)) and _has_link(node.children))
        for node in text
    )


def _changed(text: Inline, change: Change) -> Inline:
    return tuple(_changed_node(node, change) for node in text)


def _changed_node(node: Node, change: Change) -> Node:
    match node:
        case Link(children, target):
            return Link(_changed(children, change), change(target))
        case Emphasis(children):
            return Emphasis(_changed(children, change))
        case Strong(children):
            return Strong(_changed(children, change))
        case _:
            return node
