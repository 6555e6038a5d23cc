"""Where a file system is known to raise no events."""

from pathlib import PurePosixPath

import pytest

from oxalis_panels.serving.watching import SILENT, kind_of

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
