"""Requests → responses from memory. No path of a request ever becomes the path of a file."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from oxalis_panels.reading.decoding import printable
from oxalis_panels.serving.gallery import Gallery
from oxalis_panels.serving.poster_files import PosterFiles
from oxalis_panels.serving.responses import HEADERS, OWN_PREFIX, file_response, template_response
from oxalis_panels.serving.session import Session
from oxalis_panels.serving.snapshot import MISSING
from oxalis_panels.words.catalogue import Catalogue

HOSTS = frozenset({"127.0.0.1", "localhost"})
"""Names of this machine. Any other is that of a foreign site which resolves here (DNS rebinding)."""
INDEX = "index.html"


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
