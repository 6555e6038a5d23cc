"""Where a file system is known to raise no events, and where it names files otherwise than people."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath
from unicodedata import normalize

import pytest
import watchfiles

from oxalis_panels.serving.watching import SILENT, Watch, kind_of

TABLE = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:45 / /home/coop/r\040seau rw shared:2 master:1 - nfs4 serveur:/export rw
32 22 0:46 / /mnt/partage rw - fuse.sshfs moi@serveur: rw
33 32 8:2 / /mnt/partage/local rw - ext4 /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("place", "kind", "silent"),
    [
        ("/home/coop/panneaux", "ext4", False),
        ("/home/coop/réseau", "ext4", False),
        ("/home/coop/r seau/panneaux", "nfs4", True),
        ("/mnt/partage", "fuse.sshfs", True),
        ("/mnt/partage/local/x", "ext4", False),
    ],
)
def test_the_innermost_mount_decides(place: str, kind: str, silent: bool) -> None:  # noqa: FBT001 - a parameter of a case
    """A network drive needs to be looked at, a disk below it does not."""
    found = kind_of(PurePosixPath(place), TABLE)
    assert (found, found.partition(".")[0] in SILENT) == (kind, silent)


@pytest.mark.parametrize("changed", ["images/Été.jpg", "panels", "images/autre.jpg"])
def test_a_change_is_known_under_the_name_that_the_disk_has(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MacOS reports its own: the capitals and the accents that files got when they were made."""
    (tmp_path / "images").mkdir()
    picture = tmp_path / "images" / "été.jpg"
    picture.touch()
    told = normalize("NFD", f"{tmp_path}/{changed}")

    looked, handled = asyncio.Event(), asyncio.Event()

    async def reported(*_: Path, recursive: bool, **__: object) -> AsyncIterator[set[tuple[int, str]]]:
        await looked.wait()
        if not recursive:
            yield {(1, told)}
            handled.set()
        await asyncio.Event().wait()

    async def noticed() -> bool:
        watch = Watch(tmp_path, poll=False)
        watch.watch_pictures([picture])
        running = asyncio.create_task(watch.run())
        await watch.changed.wait()  # whoever begins to watch looks at all once
        watch.changed.clear()
        looked.set()
        await handled.wait() if "panels" not in told else await watch.changed.wait()
        running.cancel()
        return watch.changed.is_set()

    monkeypatch.setattr(watchfiles, "awatch", reported)
    assert asyncio.run(noticed()) == ("autre" not in changed)
