"""The pages that show the posters: all of them, and one at any zoom with its trim and bleed."""

from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from oxalis_panels.model.value import value
from oxalis_panels.poster.measure import Fit
from oxalis_panels.rendering.sheet import A1, points
from oxalis_panels.rendering.views import CollectionView, PanelView, view
from oxalis_panels.serving.responses import HEADERS, template_response
from oxalis_panels.serving.session import Session
from oxalis_panels.serving.snapshot import Snapshot
from oxalis_panels.words.report import drawn

LARGEST_PICTURE = 4096
"""Pixels on a side of one picture."""
LARGEST_ZOOM = 40_000
"""Pixels across the sheet: seven times its real size on a fine screen."""


@value
class SheetView:
    """A poster, as the templates of these pages see it."""

    panel: PanelView
    version: str
    """Digest of the sheet; empty while there is none."""
    fresh: bool
    """Whether it shows the files as they are now."""
    size: str
    """Of the running text, in points; empty while unknown."""
    words: int
    before_smaller: int
    before_floor: int
    """Words that may be added; below 0, that are to be cut."""
    measured: bool
    """Whether the words are known."""
    problems: tuple[str, ...]
    """Mistakes and doubts, drawn as in the terminal."""


class Gallery:
    """Handles requests for the pages and pictures of posters."""

    def __init__(self, session: Session, project: Path) -> None:
        """Serve from `session`; the folder `project` may have templates of its own."""
        self._session = session
        self._project = project

    async def all(self, _: Request) -> Response:
        """Return the page with all posters."""
        snapshot = self._session.snapshot
        if snapshot is None:
            return self._waiting()
        sheets = tuple(self._sheet(panel) for panel in self._site(snapshot).panels)
        return self._page("serve/posters.html", snapshot, {"sheets": sheets})

    async def one(self, request: Request) -> Response:
        """Return the page with one poster, which is made before the others while it is open."""
        snapshot, slug = self._session.snapshot, str(request.path_params["slug"])
        if snapshot is None:
            return self._waiting()
        panels = (None, *self._site(snapshot).panels, None)
        for before, panel, after in zip(panels, panels[1:], panels[2:], strict=False):
            if panel and panel.slug == slug:
                views: dict[str, object] = {"sheet": self._sheet(panel), "previous": before, "next": after}
                bleed, safe = snapshot.checked.printer.bleed, snapshot.checked.printer.safe
                paper = {"width": A1.width, "height": A1.height, "bleed": bleed, "safe": safe}
                return self._page("serve/poster.html", snapshot, {**views, "paper": paper})
        return template_response(self._project, self._session.words, "serve/waiting.html", status=404)

    async def picture(self, request: Request) -> Response:
        """Return a picture of a sheet `width` pixels wide, or a `part` of that: left, top, width, height."""
        shown = self._session.posters.shown.get(str(request.path_params["slug"]))
        try:
            width = int(request.query_params.get("width", "640"))
            part = tuple(int(each) for each in request.query_params.get("part", "").split(",") if each)
        except ValueError:
            return Response(status_code=400, headers=HEADERS)
        if shown is None or not shown.pdf:
            return Response(status_code=404, headers=HEADERS)
        if not _is_allowed(width, part):
            return Response(status_code=400, headers=HEADERS)
        data = await self._session.posters.drawn(shown.pdf, width, part)
        if not data:
            return Response(status_code=404, headers=HEADERS)
        return Response(data, headers=HEADERS, media_type="image/bmp")

    def _waiting(self) -> Response:
        return template_response(self._project, self._session.words, "serve/waiting.html", status=503)

    def _site(self, snapshot: Snapshot) -> CollectionView:
        checked = snapshot.checked
        return view(checked.typeset, checked.palette, checked.words.text("site.untitled"))

    def _page(self, template: str, snapshot: Snapshot, views: Mapping[str, object]) -> Response:
        style = next(path for path in snapshot.files if path.startswith("style-") and path.endswith(".css"))
        general = tuple(drawn(self._session.posters.diagnostics, self._session.words))
        common = {"site": self._site(snapshot), "style": f"/{style}", "general": general}
        return template_response(self._project, self._session.words, template, views={**common, **views})

    def _sheet(self, panel: PanelView) -> SheetView:
        posters, words = self._session.posters, self._session.words
        shown = posters.shown.get(panel.slug)
        room = shown.room if shown else None
        found = shown.preview.found if shown else None
        size = str(words.value(points(found.step))) if isinstance(found, Fit) else ""
        return SheetView(
            panel,
            version=shown.version if shown else "",
            fresh=posters.is_fresh(panel.slug),
            size=size,
            words=room.words if room else 0,
            before_smaller=room.before_smaller if room else 0,
            before_floor=room.before_floor if room else 0,
            measured=room is not None,
            problems=tuple(drawn(shown.diagnostics, words)) if shown else (),
        )


def _is_allowed(width: int, part: tuple[int, ...]) -> bool:
    """Return whether a requested picture, whole or in part, is no larger than a screen needs."""
    if not 0 < width <= LARGEST_ZOOM or len(part) not in {0, 4}:
        return False
    if not part:
        return width <= LARGEST_PICTURE
    return min(part) >= 0 and min(part[2:]) > 0 and max(part[2:]) <= LARGEST_PICTURE
