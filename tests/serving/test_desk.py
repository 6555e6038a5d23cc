"""Who looks at what: the poster that somebody has before their eyes is made before the others."""

from __future__ import annotations

import asyncio
from pathlib import Path

from builds import write_project

from oxalis_panels.serving.desk import Desk
from oxalis_panels.serving.edition import Editor
from oxalis_panels.words.catalogue import catalogue


def test_the_posters_that_are_looked_at_are_those_of_open_pages(tmp_path: Path) -> None:
    """Those of all windows, as long as they are open; other pages need no poster soon."""

    async def seen() -> list[set[str]]:
        desk = Desk(Editor(write_project(tmp_path)), catalogue("fr"), lambda _found, _seconds: None)
        found = [set(desk.looked_at())]
        pages = ("/~/affiches/un/", "/~/affiches/deux/", "/un/", "/~/affiches/", "")
        streams = [desk.stream(page) for page in pages]
        for stream in streams:
            await anext(stream)
        found.append(set(desk.looked_at()))
        for stream in streams[1:]:
            await stream.aclose()
        return [*found, set(desk.looked_at())]

    assert asyncio.run(seen()) == [set(), {"un", "deux"}, {"un"}]
