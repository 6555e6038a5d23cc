"""The files of posters that pages of the site name, drawn on request as they will look once built."""

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from oxalis_panels.poster.places import BOOKLET, SHEET, WIDTHS, height_of
from oxalis_panels.serving.responses import HEADERS, OWN_PREFIX
from oxalis_panels.serving.session import Session

PICTURE = re.compile(rb"posters/([a-z0-9-]+)-(\d+)\.webp")
BLANK = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SHEET[0]} {SHEET[1]}"/>'
"""Shown for a sheet that is not laid out yet."""


class PosterFiles:
    """Handles requests for these files."""

    def __init__(self, session: Session) -> None:
        """Serve from `session`."""
        self._session = session

    def page(self, data: bytes) -> bytes:
        """Return a page on which the address of each poster's picture changes with the picture."""
        return PICTURE.sub(self._versioned, data)

    def _versioned(self, found: re.Match[bytes]) -> bytes:
        shown = self._session.posters.shown.get(found[1].decode())
        return found[0] + (f"?v={shown.version}".encode() if shown else b"")

    async def picture(self, request: Request) -> Response:
        """Return a picture of a sheet without its bleed."""
        slug = str(request.path_params["slug"])
        snapshot, widths = self._session.snapshot, {str(width): width for width in WIDTHS}
        width = widths.get(request.path_params["width"])
        if snapshot is None or slug not in snapshot.slugs or width is None:
            return Response(status_code=404, headers=HEADERS)
        shown = self._session.posters.shown.get(slug)
        if shown is None or not shown.pdf:
            return Response(BLANK, headers=HEADERS, media_type="image/svg+xml")
        bleed = snapshot.checked.printer.bleed
        whole, edge = width * (SHEET[0] + 2 * bleed) / SHEET[0], width * bleed / SHEET[0]
        part = (round(edge), round(edge), width, height_of(width))
        data = await self._session.posters.drawn(shown.pdf, round(whole), part)
        return Response(data, headers=HEADERS, media_type="image/png")

    async def sheet(self, request: Request) -> Response:
        """Redirect from a PDF, which only a build makes, to the page of the poster as it is now."""
        slug = str(request.path_params["slug"])
        place = "" if slug == BOOKLET.stem else f"{slug}/"
        return RedirectResponse(f"{OWN_PREFIX}affiches/{place}", headers=HEADERS)
