"""The pages of the site, and the views for their templates."""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from urllib.parse import urlsplit

from oxalis_panels.model.collection import Collection, Panel, Paragraph, plain
from oxalis_panels.model.value import value
from oxalis_panels.rendering.abbreviations import Explainer, Explanation
from oxalis_panels.rendering.addresses import (
    ACCESSIBILITY,
    ALL,
    GLOSSARY,
    HOME,
    INDEX,
    LEGAL,
    MISSING,
    PROJECTION,
    page_of,
    root_from,
)
from oxalis_panels.rendering.inline_html import Html
from oxalis_panels.rendering.links import panels_with_links, with_links_from
from oxalis_panels.rendering.palette import Colour
from oxalis_panels.rendering.views import CollectionView, ViewCache, view
from oxalis_panels.site.inputs import SiteInputs
from oxalis_panels.site.poster_views import PosterViews
from oxalis_panels.site.projection import projection
from oxalis_panels.site.record import Record, record
from oxalis_panels.site.slide_lines import bind_slides
from oxalis_panels.words.catalogue import Catalogue

STYLE = "style.css"
ICONS = ("favicon.svg", "favicon.png", "favicon.ico")
"""What a project calls an icon of its own; the first is taken, which looks best."""
DESCRIPTION_LENGTH = 160
"""Characters that search engines and messengers show."""


@value
class PageView:
    """What a template sees of its page."""

    path: str
    """Inside the site: `offre/index.html`."""
    root: str
    """Path to the root of the site: empty or ending in `/`; on 404.html from the root of the host."""
    style: str
    """The style sheet, inside the site; its name changes with it."""
    icon: str
    """The project's own icon for the browser's tab, inside the site; empty: the one of the template."""
    url: str | None
    """Public address; None while the site is not published."""
    title: str
    """For the browser's tab."""
    description: str
    """One or two sentences of plain text; may be empty."""
    colour: Colour
    interface_lang: Html
    """The attribute `lang` for the interface's words; empty when they are in the panels' language."""
    card: str
    """Public address of the picture that messengers show beside a link; empty if there is none."""
    card_alt: str
    """Description of that picture."""
    record: Record
    """When the page's text was changed, and where it can be."""
    posters: PosterViews
    """`of(slug)` is the poster of a panel or none, `booklet` all posters in one file or none."""


@value
class Page:
    """A page to be rendered."""

    path: str
    template: str
    views: Mapping[str, object]


def pages(
    collection: Collection, words: Catalogue, inputs: SiteInputs, assets: Mapping[str, str]
) -> Iterator[Page]:
    """Yield every page of a typeset collection; `assets` has the paths of style sheets and script."""
    common = Common(collection, words, inputs, assets, panels_with_links(collection))
    yield common.page(HOME, "home", common.explained(HOME))
    yield common.page(ALL, "all", common.explained(ALL), prefix=words.text("site.all"))
    yield common.missing()
    yield common.projection()
    below = common.view_from(None)
    yield from common.panel_pages(below)
    yield from common.own_pages(below)
    yield from common.pages_about(below)


@value
class Subject:
    """What a page is about."""

    title: str
    text: str
    """Of which the beginning describes the page."""
    colour: Colour
    file: str = ""
    """The source of the panel that it shows."""


@value
class Common:
    """What the pages share."""

    collection: Collection
    words: Catalogue
    inputs: SiteInputs
    assets: Mapping[str, str]
    linking: frozenset[str]
    """The slugs of panels with links."""
    known: ViewCache = field(default_factory=dict)
    """Views of panels, shared by all pages but for panels with links."""

    def view_from(self, page: str | None) -> CollectionView:
        """Return the view of the collection with links relative to `page`."""
        pointed = with_links_from(self.collection, page, self.linking)
        return view(pointed, self.inputs.palette, self.words.text("site.untitled"), known=self.known)

    def explained(self, page: str) -> CollectionView:
        """Return the same, abbreviations explained where the page first shows them."""
        site = self.view_from(page)
        explainer = Explainer(self._explanation(site, page))
        shown = (each if page == HOME and each.own_title else explainer.panel(each) for each in site.panels)
        return replace(site, panels=tuple(shown))

    def _explanation(self, site: CollectionView, page: str) -> Explanation:
        words = Html("<span{}>{}</span>") if (lang := self._lang(site)) else Html("{}{}")
        words = words.format(lang, self.words.text("site.glossary.name"))
        return Explanation(site.glossary, root_from(page) + GLOSSARY, words)

    def _lang(self, site: CollectionView) -> Html:
        """Return the attribute `lang` for words of the interface; empty if it is that of the panels."""
        spoken, written = self.words.language, site.language.split("-")[0].lower()
        return Html("") if spoken == written else Html(' lang="{}"').format(spoken)

    def page(self, path: str, template: str, site: CollectionView, prefix: str = "") -> Page:
        """Return a page about the whole collection."""
        title = f"{prefix} – {site.plain_title}" if prefix else site.plain_title
        colour = site.panels[0].colour if site.panels else self.inputs.palette.colours[0]
        text = plain(self.collection.settings.subtitle)
        if self.collection.panels and not text:
            text = _first_text(self.collection.panels[0])
        views = {"site": site, "page": self._about(path, site, Subject(title, text, colour))}
        return Page(path, f"site/{template}.html", views)

    def missing(self) -> Page:
        """Return the page for addresses that lead nowhere."""
        page = self.page(MISSING, "404", self.view_from(MISSING), prefix=self.words.text("site.missing"))
        return replace(page, views={**page.views, "style": self.assets["404.css"]})

    def projection(self) -> Page:
        """Return the page of the slides."""
        bound = replace(self, collection=bind_slides(self.collection), known={})
        site = bound.view_from(PROJECTION)
        page = self.page(PROJECTION, "projection", site, prefix=self.words.text("site.projection"))
        slides = projection(bound.collection, site, self.words)
        files = {"style": self.assets["projection.css"], "script": self.assets["projection.js"]}
        return replace(page, views={**page.views, "projection": slides, **files})

    def own_pages(self, site: CollectionView) -> Iterator[Page]:
        """Yield the pages of the project's own."""
        for written, own in zip(self.collection.pages, site.pages, strict=True):
            path, source = page_of(own.slug), written.span.source.path
            first = next((plain(each.text) for each in written.blocks if isinstance(each, Paragraph)), "")
            title = f"{own.plain_title} – {site.plain_title}"
            about = self._about(path, site, Subject(title, first, site.panels[0].colour))
            about = replace(about, record=record(source, self.collection, self.inputs, self.words))
            yield Page(path, "site/own_page.html", {"site": site, "page": about, "own": own})

    def pages_about(self, site: CollectionView) -> Iterator[Page]:
        """Yield the pages about words and about the site itself."""
        words = {GLOSSARY: "glossary"} if site.glossary else {}
        for path, name in {**words, LEGAL: "legal", ACCESSIBILITY: "accessibility"}.items():
            yield self.page(path, name, site, prefix=self.words.text(f"site.{name}.name"))

    def panel_pages(self, site: CollectionView) -> Iterator[Page]:
        """Yield the pages of the panels, each of which knows its neighbours."""
        if not site.panels:
            return
        around = (None, *site.panels, None)
        explanation = self._explanation(site, page_of(site.panels[0].slug))  # the way is the same from all
        for number, panel in enumerate(site.panels):
            path = page_of(panel.slug)
            title = panel.short_title if panel.own_title else self.words.text("site.introduction")
            written = self.collection.panels[number]
            title = f"{title} – {site.plain_title}"
            about = Subject(title, _first_text(written), panel.colour, written.span.source.path)
            views = {
                "site": site,
                "page": self._about(path, site, about),
                "panel": Explainer(explanation).panel(panel),
                "previous": around[number],
                "next": around[number + 2],
            }
            yield Page(path, "site/panel.html", views)

    def _about(self, path: str, site: CollectionView, subject: Subject) -> PageView:
        posters = PosterViews(self.inputs.posters, self.words, site.language)
        card = posters.card(path.removesuffix(f"/{INDEX}")) if site.site_url else ""
        return PageView(
            path=path,
            root=urlsplit(site.site_url or "").path if path == MISSING else root_from(path),
            style=self.assets[STYLE],
            icon=next((name for name in ICONS if name in {each.path for each in self.inputs.static}), ""),
            url=site.site_url and site.site_url + path.removesuffix(INDEX),
            title=subject.title,
            description=_shortened(subject.text),
            colour=subject.colour,
            interface_lang=self._lang(site),
            card=f"{site.site_url}{card}" if card else "",
            card_alt=self._card_alt(site, subject),
            record=record(subject.file, self.collection, self.inputs, self.words),
            posters=posters,
        )

    def _card_alt(self, site: CollectionView, subject: Subject) -> str:
        if subject.file:
            return self.words.text("site.card", title=subject.title)
        return self.words.text("site.card_all", count=site.count, title=site.plain_title)


def _first_text(panel: Panel) -> str:
    texts = [*(each.text for each in panel.paragraphs), *(each.text for each in panel.findings)]
    return plain(texts[0]) if texts else ""


def _shortened(text: str) -> str:
    """Return the text, cut after a word with an ellipsis if it is long."""
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[:DESCRIPTION_LENGTH].rpartition(" ")[0].rstrip(",;: \u00a0\u202f") + "…"
