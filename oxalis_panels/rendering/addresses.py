"""The addresses of the site, and links from one to another.

A page is named by its path inside the site (`offre/index.html`). Links are relative and name the file, so
that they work under any sub-path and from a USB stick. Names of files that browsers may cache for ever change
with their content.
"""

import posixpath
import re
from hashlib import sha256
from urllib.parse import quote, unquote, urlsplit

from oxalis_panels.model.value import value

INDEX = "index.html"
HOME = INDEX
ALL = f"tout/{INDEX}"
GLOSSARY = f"glossaire/{INDEX}"
LEGAL = f"mentions-legales/{INDEX}"
ACCESSIBILITY = f"accessibilite/{INDEX}"
PROJECTION = f"projection/{INDEX}"
MISSING = "404.html"
PAGES = (HOME, ALL, GLOSSARY, LEGAL, ACCESSIBILITY, PROJECTION, MISSING)
"""All pages but those of panels."""

MARK = re.compile(r"c\d+(-\d+)?")
"""Identifier of a ✓ (`c1`) or of one of its → (`c1-2`) on its panel's page."""
LENGTH = 10
"""Hexadecimal digits: enough for the few files of a site, over all its builds."""


@value
class Address:
    """A page of the site, or another of its files, and a place on it."""

    page: str
    """Path inside the site; starts with `..` when it leads out of it."""
    fragment: str = ""

    def link_from(self, page: str) -> str:
        """Return the relative link to it from `page`."""
        fragment = f"#{quote(self.fragment, '/=&')}" if self.fragment else ""
        if self.page == page and fragment:
            return fragment
        return quote(posixpath.relpath(self.page, posixpath.dirname(page) or ".")) + fragment


def page_of(slug: str) -> str:
    """Return the page of a panel."""
    return f"{slug}/{INDEX}"


def root_from(page: str) -> str:
    """Return the relative path from `page` to the root of the site: empty or ending in `/`."""
    return "../" * page.count("/")


def resolve(target: str, page: str) -> Address | None:
    """Return where a link on `page` leads; None when it leaves the site (`https:`, `mailto:`, `//host`).

    A folder stands for its `index.html`; a leading `/` is the root of the site.
    """
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    if not path:
        return Address(page, fragment)
    start = "" if path.startswith("/") else posixpath.dirname(page)
    found = posixpath.normpath(posixpath.join(start, path.lstrip("/")))
    if path.endswith(("/", "/..", "/.")) or not posixpath.splitext(found)[1]:
        found = posixpath.normpath(f"{found}/{INDEX}")
    return Address(found, fragment)


def on_one_page(address: Address, slugs: frozenset[str], page: str) -> Address:
    """Return where a page of all panels shows the same as `address`, else `address` itself."""
    slug, _, rest = address.page.partition("/")
    if rest != INDEX or slug not in slugs:
        return address
    if not address.fragment:
        return Address(page, slug)
    return Address(page, f"{slug}_{address.fragment}") if MARK.fullmatch(address.fragment) else address


def hashed(path: str, data: bytes) -> str:
    """Return `style.css` as `style-1a2b3c4d5e.css`, so that caches show no old one."""
    stem, dot, end = path.rpartition(".")
    return f"{stem}-{sha256(data).hexdigest()[:LENGTH]}{dot}{end}"
