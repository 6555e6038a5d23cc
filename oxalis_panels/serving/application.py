"""Requests → responses from memory. No path of a request ever becomes the path of a file.

The files of posters that pages of the site name are drawn on request, as they will look once built.
"""

import re
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from oxalis_panels.poster.places import BOOKLET, SHEET, WIDTHS, height_of
from oxalis_panels.reading.decoding import printable
from oxalis_panels.rendering.addresses import INDEX, MISSING
from oxalis_panels.serving.gallery import Gallery
from oxalis_panels.serving.responses import HEADERS, OWN_PREFIX, file_response, template_response
from oxalis_panels.serving.session import Session
from oxalis_panels.words.catalogue import Catalogue

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
        return Response(data, headers=HEADERS, media_type="image/bmp")

    async def sheet(self, request: Request) -> Response:
        """Redirect from a PDF, which only a build makes, to the page of the poster as it is now."""
        slug = str(request.path_params["slug"])
        place = "" if slug == BOOKLET.stem else f"{slug}/"
        return RedirectResponse(f"{OWN_PREFIX}affiches/{place}", headers=HEADERS)


HOSTS = frozenset({"127.0.0.1", "localhost"})
"""Names of this machine. Any other is that of a foreign site which resolves here (DNS rebinding)."""


def application(session: Session, project: Path) -> Starlette:
    """Return the application that serves a session; the folder `project` may have templates of its own."""
    poster_files = PosterFiles(session)
    pages, gallery = Pages(session, project, poster_files), Gallery(session, project)
    return Starlette(
        routes=[
            Route(f"{OWN_PREFIX}live.js", pages.script),
            Route(f"{OWN_PREFIX}events", pages.events),
            Route(f"{OWN_PREFIX}affiches/", gallery.all),
            Route(f"{OWN_PREFIX}affiches/{{slug}}/", gallery.one),
            Route(f"{OWN_PREFIX}affiches/{{slug}}.png", gallery.picture),
            Route("/posters/{slug}-{width}.webp", poster_files.picture),
            Route("/posters/{slug}.pdf", poster_files.sheet),
            Route("/{path:path}", pages.file),
        ],
        middleware=[Middleware(HostCheck, words=session.words)],
    )


class HostCheck:
    """Refuses requests to another host name, and says which address to use instead."""

    def __init__(self, app: ASGIApp, words: Catalogue) -> None:
        """Pass requests to this machine on to `app`."""
        self._app = app
        self._words = words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        named = Headers(scope=scope).get("host", "").rpartition("@")[2]
        answering: ASGIApp = self._app
        if named.partition(":")[0].lower() not in HOSTS:
            port = (scope.get("server") or ("", 0))[1]
            text = self._words.text("serve.foreign", host=printable(named) or "—", port=port)
            answering = PlainTextResponse(text, 400, HEADERS)
        await answering(scope, receive, send)


class Pages:
    """Handles requests for pages."""

    def __init__(self, session: Session, project: Path, poster_files: PosterFiles) -> None:
        """Serve from `session`; `poster_files` gives pictures on pages their current addresses."""
        self._session = session
        self._project = project
        self._poster_files = poster_files

    async def file(self, request: Request) -> Response:
        """Return a file of the site; the page for what is missing, with its status."""
        path = str(request.path_params["path"])
        snapshot = self._session.snapshot
        if snapshot is None:
            return template_response(self._project, self._session.words, "serve/waiting.html", status=503)
        if path == "" or path.endswith("/"):
            path += INDEX
        elif f"{path}/{INDEX}" in snapshot.files:
            return RedirectResponse(f"/{path}/", headers=HEADERS)
        if path not in snapshot.files and path.endswith(".css"):
            path = path.rpartition("/")[2]  # 404.html names it from the root of the public host
        if path not in snapshot.files:
            return file_response(MISSING, snapshot.files.get(MISSING, b""), 404)
        data = snapshot.files[path]
        return file_response(path, self._poster_files.page(data) if path.endswith(".html") else data)

    async def script(self, _: Request) -> Response:
        """Return the script that keeps pages up to date."""
        return template_response(self._project, self._session.words, "serve/live.js")

    async def events(self, request: Request) -> Response:
        """Return the stream of changes for a `page`."""
        stream = self._session.stream(request.query_params.get("page", ""))
        return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)
