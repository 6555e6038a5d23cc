"""The posters on the pages of the site, as they will look once they are built: drawn on request."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from oxalis_panels.poster.places import BOOKLET, SHEET, WIDTHS, height_of
from oxalis_panels.serving.answers import HEADERS, OURS
from oxalis_panels.serving.desk import Desk

PICTURE = re.compile(rb"posters/([a-z0-9-]+)-(\d+)\.webp")
BLANK = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SHEET[0]} {SHEET[1]}"/>'
"""Stands for a sheet that is not laid out yet."""


class Published:
    """Answers requests for the files of posters that pages name."""

    def __init__(self, desk: Desk) -> None:
        """Answer from `desk`."""
        self._desk = desk

    def page(self, data: bytes) -> bytes:
        """Return a page on which the picture of a poster has another address once it has another look."""
        return PICTURE.sub(self._versioned, data)

    def _versioned(self, found: re.Match[bytes]) -> bytes:
        shown = self._desk.posters.shown.get(found[1].decode())
        return found[0] + (f"?v={shown.version}".encode() if shown else b"")

    async def picture(self, request: Request) -> Response:
        """Return a picture of a sheet without its bleed."""
        slug = str(request.path_params["slug"])
        edition, widths = self._desk.edition, {str(width): width for width in WIDTHS}
        width = widths.get(request.path_params["width"])
        if edition is None or slug not in edition.slugs or width is None:
            return Response(status_code=404, headers=HEADERS)
        shown = self._desk.posters.shown.get(slug)
        if shown is None or not shown.pdf:
            return Response(BLANK, headers=HEADERS, media_type="image/svg+xml")
        bleed = edition.checked.printer.bleed
        whole, edge = width * (SHEET[0] + 2 * bleed) / SHEET[0], width * bleed / SHEET[0]
        part = (round(edge), round(edge), width, height_of(width))
        data = await self._desk.posters.drawn(shown.pdf, round(whole), part)
        return Response(data, headers=HEADERS, media_type="image/png")

    async def sheet(self, request: Request) -> Response:
        """Lead from a file that only a build makes to the poster as it is now."""
        slug = str(request.path_params["slug"])
        place = "" if slug == BOOKLET.stem else f"{slug}/"
        return RedirectResponse(f"{OURS}affiches/{place}", headers=HEADERS)
