"""What a finished page promises: every link, anchor and file that it names exists."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.site.addresses import Address, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
ATTRIBUTE = re.compile(r"\s(id|href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
STYLE_FILE = re.compile(r"url\(\s*[\"']?(?!data:)([^\"')]+)")

Named = tuple[frozenset[str], tuple[str, ...]]
"""Identifiers of a page, and everything that it links to."""


def names(page: str, text: str) -> Named:
    """Return the identifiers of an HTML page and what it links to. Raises ValueError for an id used twice."""
    identifiers: list[str] = []
    targets: list[str] = []
    for tag in TAG.finditer(text):
        for attribute in ATTRIBUTE.finditer(tag.group()):
            value = unescape(next(filter(None, attribute.groups()[1:]), ""))
            (identifiers if attribute.group(1).lower() == "id" else targets).append(value)
    twice = [each for each, count in Counter(identifiers).items() if count > 1]
    if twice:
        message = f"{page}: id used twice: {', '.join(twice)}"
        raise ValueError(message)
    return frozenset(identifiers), tuple(dict.fromkeys(targets))


def style_files(text: str) -> tuple[str, ...]:
    """Return the files that a style sheet asks for."""
    return tuple(dict.fromkeys(STYLE_FILE.findall(text)))


def dead_targets(
    pages: Mapping[str, Named], files: frozenset[str], site_url: str | None
) -> Iterator[Diagnostic]:
    """Yield an error for each link of a page that leads nowhere."""
    for page, (_, targets) in pages.items():
        for target in targets:
            address = _inside(target, page, site_url)
            if address and not _exists(address, pages, files):
                yield error("site-dead-target", Span(Source(f"site/{page}")), found=target)


def _inside(target: str, page: str, site_url: str | None) -> Address | None:
    """Return where a target leads on this site, its public address included."""
    if site_url and target.startswith(site_url):
        return resolve(f"/{target.removeprefix(site_url)}", page)
    return resolve(target, page)


def _exists(address: Address, pages: Mapping[str, Named], files: frozenset[str]) -> bool:
    if not address.fragment:
        return address.page in files
    return address.page in pages and address.fragment in pages[address.page][0]
