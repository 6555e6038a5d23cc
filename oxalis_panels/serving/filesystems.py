"""File systems that raise no events: their files have to be polled.

A network drive, a folder shared with a virtual machine: what another machine writes raises no event here.
"""

import sys
from pathlib import Path, PurePosixPath

SILENT = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs", "afs", "ceph", "glusterfs"}
    | {"9p", "virtiofs", "vboxsf", "prl_fs", "fakeowner", "fuse", "fuseblk", "macfuse", "osxfuse"}
)
"""Types as the systems name them; `fuse.sshfs` and the like count as `fuse`."""
MOUNTS = Path("/proc/self/mountinfo")
REMOTE = 4
"""What Windows calls a network drive (GetDriveTypeW)."""


def is_silent(folder: Path) -> bool:
    """Return whether a folder is on a file system known to raise no events; False if that is unknown."""
    place = folder.resolve()
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - for this system only

        return place.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(place.anchor) == REMOTE
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:  # macOS has no such table; its own network volumes stand here
        return place.is_relative_to("/Volumes") and place.stat().st_dev != Path("/").stat().st_dev
    return kind_of(PurePosixPath(place.as_posix()), table).partition(".")[0] in SILENT


def kind_of(place: PurePosixPath, table: str) -> str:
    """Return the type of the file system of a place, from the text of `/proc/self/mountinfo` (proc(5))."""
    kind, longest = "", -1
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        columns = before.split(" ")
        if len(columns) < 5 or not after:  # noqa: PLR2004 - the fifth is the place where it is mounted
            continue
        mounted = PurePosixPath(columns[4].replace("\\040", " ").replace("\\134", "\\"))
        if place.is_relative_to(mounted) and len(mounted.parts) >= longest:
            kind, longest = after.split(" ")[0], len(mounted.parts)
    return kind
