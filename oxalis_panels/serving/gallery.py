"""The pages that show the posters: all of them, and one at any zoom with the lines of the cut."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from oxalis_panels.model.value import frozen
from oxalis_panels.poster.measure import Fit
from oxalis_panels.rendering.sheet import A1, points
from oxalis_panels.rendering.views import CollectionView, PanelView, view
from oxalis_panels.serving.answers import HEADERS, rendered
from oxalis_panels.serving.desk import Desk
from oxalis_panels.serving.edition import Edition
from oxalis_panels.words.report import drawn

LARGEST_PICTURE = 4096
"""Pixels on a side of one picture."""
LARGEST_ZOOM = 40_000
"""Pixels across the sheet: seven times its real size on a fine screen."""


@frozen
class SheetView:
    """A poster, as the pages about it know it."""

    panel: PanelView
    version: str
    """Changes with the picture; empty while there is none."""
    fresh: bool
    """Whether it is shown as its files are now."""
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
    """Answers requests for posters."""

    def __init__(self, desk: Desk, project: Path) -> None:
        """Answer from `desk`."""
        self._desk = desk
        self._project = project

    async def all(self, _: Request) -> Response:
        """Return the page with all posters."""
        edition = self._desk.edition
        if edition is None:
            return self._waiting()
        sheets = tuple(self._sheet(panel) for panel in self._site(edition).panels)
        return self._page("serve/posters.html", edition, {"sheets": sheets})

    async def one(self, request: Request) -> Response:
        """Return the page with one poster, which is made before the others while it is open."""
        edition, slug = self._desk.edition, str(request.path_params["slug"])
        if edition is None:
            return self._waiting()
        panels = (None, *self._site(edition).panels, None)
        for before, panel, after in zip(panels, panels[1:], panels[2:], strict=False):
            if panel and panel.slug == slug:
                views: dict[str, object] = {"sheet": self._sheet(panel), "previous": before, "next": after}
                bleed, safe = edition.checked.printer.bleed, edition.checked.printer.safe
                paper = {"width": A1.width, "height": A1.height, "bleed": bleed, "safe": safe}
                return self._page("serve/poster.html", edition, {**views, "paper": paper})
        return rendered(self._project, self._desk.words, "serve/waiting.html", status=404)

    async def picture(self, request: Request) -> Response:
        """Return a picture of a sheet, `width` pixels wide, or the `part` of it: left, top, width, height."""
        shown = self._desk.posters.shown.get(str(request.path_params["slug"]))
        try:
            width = int(request.query_params.get("width", "640"))
            part = tuple(int(each) for each in request.query_params.get("part", "").split(",") if each)
        except ValueError:
            return Response(status_code=400, headers=HEADERS)
        if shown is None or not shown.pdf:
            return Response(status_code=404, headers=HEADERS)
        if not _is_bearable(width, part):
            return Response(status_code=400, headers=HEADERS)
        data = await self._desk.posters.drawn(shown.pdf, width, part)
        if not data:
            return Response(status_code=404, headers=HEADERS)
        return Response(data, headers=HEADERS, media_type="image/png")

    def _waiting(self) -> Response:
        return rendered(self._project, self._desk.words, "serve/waiting.html", status=503)

    def _site(self, edition: Edition) -> CollectionView:
        checked = edition.checked
        return view(checked.typeset, checked.palette, checked.words.text("site.untitled"))

    def _page(self, template: str, edition: Edition, views: Mapping[str, object]) -> Response:
        style = next(path for path in edition.files if path.startswith("style-") and path.endswith(".css"))
        general = tuple(drawn(self._desk.posters.diagnostics, self._desk.words))
        common = {"site": self._site(edition), "style": f"/{style}", "general": general}
        return rendered(self._project, self._desk.words, template, views={**common, **views})

    def _sheet(self, panel: PanelView) -> SheetView:
        posters, words = self._desk.posters, self._desk.words
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


def _is_bearable(width: int, part: tuple[int, ...]) -> bool:
    """Tell whether a picture can be asked for: whole or in part, and not larger than a screen needs."""
    if not 0 < width <= LARGEST_ZOOM or len(part) not in {0, 4}:
        return False
    if not part:
        return width <= LARGEST_PICTURE
    return min(part) >= 0 and min(part[2:]) > 0 and max(part[2:]) <= LARGEST_PICTURE
