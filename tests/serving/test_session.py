"""Who looks at what: the poster that somebody has before their eyes is made before the others."""

import asyncio
from pathlib import Path

from builds import write_project

from oxalis_panels.serving.session import Session
from oxalis_panels.serving.snapshot import SnapshotBuilder
from oxalis_panels.words.catalogue import catalogue


def test_the_posters_that_are_looked_at_are_those_of_open_pages(tmp_path: Path) -> None:
    """Those of all windows, as long as they are open; other pages need no poster soon."""

    async def seen() -> list[set[str]]:
        session = Session(
            SnapshotBuilder(write_project(tmp_path)), catalogue("fr"), lambda _found, _seconds: None
        )
        found = [set(session.viewed())]
        pages = ("/~/affiches/un/", "/~/affiches/deux/", "/un/", "/~/affiches/", "")
        streams = [session.stream(page) for page in pages]
        for stream in streams:
            await anext(stream)
        found.append(set(session.viewed()))
        for stream in streams[1:]:
            await stream.aclose()
        return [*found, set(session.viewed())]

    assert asyncio.run(seen()) == [set(), {"un", "deux"}, {"un"}]
