"""Requests → what is in memory. No path of a request ever becomes the path of a file."""

from __future__ import annotations

from mimetypes import guess_type
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.serving.edition import MISSING

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from oxalis_panels.serving.desk import Desk

HOSTS = ("127.0.0.1", "localhost")
"""Names under which this machine asks itself. Another one is a foreign site that leads its name here."""
OURS = "/~/"
"""Where the server's own pages are: no panel can have this address."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SCRIPT = f'<script type="module" src="{OURS}live.js"></script>\n</head>'.encode()
INDEX = "index.html"


def application(desk: Desk, project: Path) -> Starlette:
    """Return the application that serves a desk; `project` may have templates of its own."""
    pages = Pages(desk, project)
    return Starlette(
        routes=[
            Route(f"{OURS}live.js", pages.script),
            Route(f"{OURS}events", pages.events),
            Route("/{path:path}", pages.file),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)],
    )


class Pages:
    """Answers requests."""

    def __init__(self, desk: Desk, project: Path) -> None:
        """Answer from `desk`."""
        self._desk = desk
        self._project = project

    async def file(self, request: Request) -> Response:
        """Return a file of the site; the page for what is missing, with its status."""
        path = str(request.path_params["path"])
        edition = self._desk.edition
        if edition is None:
            return self._own("serve/waiting.html", "text/html", 503)
        if path == "" or path.endswith("/"):
            path += INDEX
        elif f"{path}/{INDEX}" in edition.files:
            return RedirectResponse(f"/{path}/", headers=HEADERS)
        if path not in edition.files:
            return _answer(MISSING, edition.files.get(MISSING, b""), 404)
        return _answer(path, edition.files[path])

    async def script(self, _: Request) -> Response:
        """Return the script that keeps pages up to date."""
        return self._own("serve/live.js", "text/javascript")

    async def events(self, _: Request) -> Response:
        """Return the stream that tells of changes."""
        return StreamingResponse(self._desk.stream(), media_type="text/event-stream", headers=HEADERS)

    def _own(self, template: str, kind: str, status: int = 200) -> Response:
        folders = TemplateFolders.of(self._project)
        made = Templates(folders, self._desk.words).render(template, language=self._desk.words.language)
        if made.value is None:
            return Response("\n".join(each.code for each in made.diagnostics), 500, HEADERS, "text/plain")
        data = made.value.encode()
        return Response(
            data.replace(b"</head>", SCRIPT, 1) if kind == "text/html" else data, status, HEADERS, kind
        )


def _answer(path: str, data: bytes, status: int = 200) -> Response:
    """Return a file; a page with the script in it, which no built page has."""
    kind = guess_type(path)[0] or "application/octet-stream"
    if path.endswith(".html"):
        data = data.replace(b"</head>", SCRIPT, 1)
    return Response(data, status, HEADERS, kind)
