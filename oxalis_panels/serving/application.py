"""Requests → what is in memory. No path of a request ever becomes the path of a file."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from oxalis_panels.reading.decoding import printable
from oxalis_panels.serving.answers import HEADERS, OURS, answer, rendered
from oxalis_panels.serving.desk import Desk
from oxalis_panels.serving.edition import MISSING
from oxalis_panels.serving.gallery import Gallery
from oxalis_panels.serving.published import Published
from oxalis_panels.words.catalogue import Catalogue

HOSTS = frozenset({"127.0.0.1", "localhost"})
"""Names under which this machine asks itself. Another one is a foreign site that leads its name here."""
INDEX = "index.html"


def application(desk: Desk, project: Path) -> Starlette:
    """Return the application that serves a desk; `project` may have templates of its own."""
    published = Published(desk)
    pages, gallery = Pages(desk, project, published), Gallery(desk, project)
    return Starlette(
        routes=[
            Route(f"{OURS}live.js", pages.script),
            Route(f"{OURS}events", pages.events),
            Route(f"{OURS}affiches/", gallery.all),
            Route(f"{OURS}affiches/{{slug}}/", gallery.one),
            Route(f"{OURS}affiches/{{slug}}.png", gallery.picture),
            Route("/posters/{slug}-{width}.webp", published.picture),
            Route("/posters/{slug}.pdf", published.sheet),
            Route("/{path:path}", pages.file),
        ],
        middleware=[Middleware(OwnNames, words=desk.words)],
    )


class OwnNames:
    """Refuses what is asked of another machine's name, and says how to ask instead."""

    def __init__(self, app: ASGIApp, words: Catalogue) -> None:
        """Let `app` answer what is asked of this machine."""
        self._app = app
        self._words = words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        named = Headers(scope=scope).get("host", "").rpartition("@")[2]
        answering: ASGIApp = self._app
        if named.partition(":")[0].lower() not in HOSTS:
            port = (scope.get("server") or ("", 0))[1]
            text = self._words.text("serve.foreign", host=printable(named) or "—", port=port)
            answering = PlainTextResponse(text, 400, HEADERS)
        await answering(scope, receive, send)


class Pages:
    """Answers requests."""

    def __init__(self, desk: Desk, project: Path, published: Published) -> None:
        """Answer from `desk`; `published` knows how posters look on pages."""
        self._desk = desk
        self._project = project
        self._published = published

    async def file(self, request: Request) -> Response:
        """Return a file of the site; the page for what is missing, with its status."""
        path = str(request.path_params["path"])
        edition = self._desk.edition
        if edition is None:
            return rendered(self._project, self._desk.words, "serve/waiting.html", status=503)
        if path == "" or path.endswith("/"):
            path += INDEX
        elif f"{path}/{INDEX}" in edition.files:
            return RedirectResponse(f"/{path}/", headers=HEADERS)
        if path not in edition.files and path.endswith(".css"):
            path = path.rpartition("/")[2]  # 404.html names it from the root of the public host
        if path not in edition.files:
            return answer(MISSING, edition.files.get(MISSING, b""), 404)
        data = edition.files[path]
        return answer(path, self._published.page(data) if path.endswith(".html") else data)

    async def script(self, _: Request) -> Response:
        """Return the script that keeps pages up to date."""
        return rendered(self._project, self._desk.words, "serve/live.js")

    async def events(self, request: Request) -> Response:
        """Return the stream that tells a `page` of changes."""
        stream = self._desk.stream(request.query_params.get("page", ""))
        return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)
