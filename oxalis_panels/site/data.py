"""The files for other programs: `panels.json`, and `sitemap.xml` and `robots.txt` for search engines."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from html import escape

from oxalis_panels.model.collection import Collection, Panel, plain
from oxalis_panels.model.texts import texts
from oxalis_panels.rendering.addresses import INDEX, MISSING

HELD = frozenset(
    {
        "settings.title",
        "panels.title",
        "panels.paragraphs.text",
        "panels.findings.text",
        "panels.findings.points.text",
    }
)
"""The texts that are in `panels.json`."""
LEFT_OUT = frozenset(
    {"subtitle", "organisation", "period", "authors", "glossary", "delivery", "legal", "accessibility"}
    | {"short_title", "figure", "pages"}
)
"""The others: its form is public, so that every text is added or left out on purpose."""
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def panels_json(collection: Collection) -> bytes:
    """Return the plain text of a collection that is not typeset, as JSON in UTF-8.

    `{title, panels: [{slug, number, title, paragraphs: [...], findings: [{text, points: [...]}]}]}`; a title
    that the authors did not write is the empty string. Raises LookupError for a text of the model that is
    neither in `HELD` nor in `LEFT_OUT`.
    """
    if unknown := {each.key for each in texts(collection, without=LEFT_OUT)} - HELD:
        wrong = f"in panels.json or left out of it? {', '.join(sorted(unknown))}"
        raise LookupError(wrong)
    tree = {"title": plain(collection.settings.title), "panels": [_panel(each) for each in collection.panels]}
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()


def _panel(panel: Panel) -> dict[str, object]:
    return {
        "slug": panel.slug,
        "number": panel.number,
        "title": plain(panel.title),
        "paragraphs": [plain(paragraph.text) for paragraph in panel.paragraphs],
        "findings": [
            {"text": plain(each.text), "points": [plain(point.text) for point in each.points]}
            for each in panel.findings
        ],
    }


def for_robots(
    site_url: str | None, pages: Iterable[str], changed: Mapping[str, datetime]
) -> Iterator[tuple[str, bytes]]:
    """Yield `sitemap.xml` and `robots.txt` if the site has an address; `changed` are known dates of pages."""
    if not site_url:
        return
    rows = "".join(_row(site_url, page, changed.get(page)) for page in pages if page != MISSING)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield SITEMAP, f'{head}<urlset xmlns="{NAMESPACE}">\n{rows}</urlset>\n'.encode()
    yield ROBOTS, f"User-agent: *\nAllow: /\n\nSitemap: {site_url}{SITEMAP}\n".encode()


def _row(site_url: str, page: str, changed: datetime | None) -> str:
    date = f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(site_url + page.removesuffix(INDEX), quote=False)}</loc>{date}</url>\n"
