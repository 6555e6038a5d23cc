"""What search engines are told: `sitemap.xml` and `robots.txt`, once the site has an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from html import escape

from oxalis_panels.site.addresses import INDEX, MISSING

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def for_robots(
    site_url: str | None, pages: Iterable[str], changed: Mapping[str, datetime]
) -> Iterator[tuple[str, bytes]]:
    """Yield both files, none while the site has no address. `changed` has the pages whose date is known."""
    if not site_url:
        return
    rows = "".join(_row(site_url, page, changed.get(page)) for page in pages if page != MISSING)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield SITEMAP, f'{head}<urlset xmlns="{NAMESPACE}">\n{rows}</urlset>\n'.encode()
    yield ROBOTS, f"User-agent: *\nAllow: /\n\nSitemap: {site_url}{SITEMAP}\n".encode()


def _row(site_url: str, page: str, changed: datetime | None) -> str:
    date = f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(site_url + page.removesuffix(INDEX), quote=False)}</loc>{date}</url>\n"
