"""Files and templates → responses: nothing that may change is cached, and no other site may embed them."""

import re
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path

from starlette.responses import Response

from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.report import drawn

OWN_PREFIX = "/~/"
"""Where the server's own pages are: no panel can have this address."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
VERSIONED = re.compile(r"-[0-9a-f]{10}\.(?:css|woff2)")
"""The end of a name that changes with the file's content: a new style sheet needs no fonts again."""
IMMUTABLE = {**HEADERS, "Cache-Control": "max-age=86400, immutable"}
SCRIPT = f'<script type="module" src="{OWN_PREFIX}live.js"></script>\n</head>'.encode()
KINDS = {"js": "text/javascript", "html": "text/html", "css": "text/css"}
"""As everywhere, whatever the registry of a Windows machine says."""


def file_response(path: str, data: bytes, status: int = 200) -> Response:
    """Return a file; HTML pages get the script that reloads them, which no built page has."""
    kind = KINDS.get(path.rpartition(".")[2]) or guess_type(path)[0] or "application/octet-stream"
    if path.endswith(".html"):
        data = data.replace(b"</head>", SCRIPT, 1)
    return Response(data, status, IMMUTABLE if VERSIONED.search(path) else HEADERS, kind)


def template_response(
    project: Path,
    words: Catalogue,
    template: str,
    *,
    status: int = 200,
    views: Mapping[str, object] | None = None,
) -> Response:
    """Return one of the server's own templates, rendered with `views`; a project may replace the template."""
    made = Templates(TemplateFolders.of(project), words).render(
        template, language=words.language, **(views or {})
    )
    if made.value is None:
        return Response("\n\n".join(drawn(made.diagnostics, words)), 500, HEADERS, "text/plain")
    return file_response(template, made.value.encode(), status)
