"""The links that authors wrote to other places of the site: found, made relative to a page, checked."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import partial

from oxalis_panels.model.collection import Collection, Inline, Link, Node, nodes, with_nodes
from oxalis_panels.model.diagnostics import Diagnostic, Span, error
from oxalis_panels.model.texts import FOR_PRINT_SHOP, LocatedText, mapped, texts
from oxalis_panels.model.value import value
from oxalis_panels.rendering.addresses import (
    ALL,
    HOME,
    INDEX,
    PROJECTION,
    Address,
    on_one_page,
    page_of,
    resolve,
)

Change = Callable[[str], str]


@value
class LocalLink:
    """A link inside the site as an author wrote it."""

    written: str
    address: Address
    span: Span


def local_links(collection: Collection) -> Iterator[LocalLink]:
    """Yield the authors' links within the site; those of `collection.yaml` are relative to the home page."""
    for each in texts(collection, without=("panels", "pages", *FOR_PRINT_SHOP)):
        yield from _of_text(each, HOME)
    for part in collection.addressed:
        page = page_of(part.slug)
        for each in texts(part):
            yield from _of_text(each, page)


def dead_links(collection: Collection, places: Mapping[str, Container[str]]) -> Iterator[Diagnostic]:
    """Yield an error for each link whose page is not in `places`, or whose fragment is not on its page."""
    for link in local_links(collection):
        if link.address.page not in places:
            yield _dead_page(link, collection)
        elif link.address.fragment and link.address.fragment not in places[link.address.page]:
            yield error("site-dead-link.anchor", link.span, found=link.written, anchor=link.address.fragment)


def panels_with_links(collection: Collection) -> frozenset[str]:
    """Return the slugs of the panels whose texts have a link of any kind."""
    return frozenset(
        panel.slug
        for panel in collection.panels
        if any(isinstance(node, Link) for each in texts(panel) for node in nodes(each.text))
    )


def with_links_from(collection: Collection, page: str | None, linking: frozenset[str]) -> Collection:
    """Return the collection with its local links relative to `page`.

    None stands for the panels' own pages: each panel's links start there, those of the settings one folder
    below the root. Panels that are not in `linking` stay the same objects.
    """
    slugs = frozenset(panel.slug for panel in collection.panels)

    def pointed(own: str) -> Change:
        def change(target: str) -> str:
            address = resolve(target, own)
            if address is None:
                return target
            if page in {ALL, PROJECTION}:
                address = on_one_page(address, slugs, page)
            return address.link_from(page or own)

        return change

    def from_settings(target: str) -> str:
        address = resolve(target, HOME)
        return target if address is None else address.link_from(page or page_of("any"))

    return _pointed(collection, linking, from_settings, pointed)


def with_public_links(collection: Collection) -> Collection:
    """Return the collection with its local links as public addresses; as it is while the site has none."""
    site_url = collection.settings.site_url
    if not site_url:
        return collection

    def public(own: str) -> Change:
        def change(target: str) -> str:
            address = resolve(target, own)
            return site_url + address.link_from(HOME).removesuffix(INDEX) if address else target

        return change

    return _pointed(collection, panels_with_links(collection), public(HOME), public)


def _pointed(
    collection: Collection, linking: frozenset[str], of_settings: Change, of_page: Callable[[str], Change]
) -> Collection:
    """Return the collection with the targets of its links changed, those of a panel by its page."""
    panels = tuple(
        mapped(panel, partial(_changed, change=of_page(page_of(panel.slug))))
        if panel.slug in linking
        else panel
        for panel in collection.panels
    )
    pages = tuple(
        mapped(page, partial(_changed, change=of_page(page_of(page.slug)))) for page in collection.pages
    )
    settings = mapped(collection.settings, partial(_changed, change=of_settings))
    return replace(collection, settings=settings, panels=panels, pages=pages)


def _of_text(written: LocatedText, page: str) -> Iterator[LocalLink]:
    for node in nodes(written.text):
        if isinstance(node, Link) and (address := resolve(node.target, page)):
            yield LocalLink(node.target, address, written.span.find(node.target))


def _dead_page(link: LocalLink, collection: Collection) -> Diagnostic:
    slugs = [each.slug for each in collection.addressed]
    wanted = link.address.page.removesuffix("/index.html").rpartition("/")[2]
    close = get_close_matches(wanted, slugs, 1, 0.6) or slugs[:1]
    return error(
        "site-dead-link.page", link.span, found=link.written, expected=f"../{close[0] if close else ''}/"
    )


def _changed(text: Inline, change: Change) -> Inline:
    def changed(node: Node) -> Node:
        return Link(node.children, change(node.target)) if isinstance(node, Link) else node

    return with_nodes(text, changed)
