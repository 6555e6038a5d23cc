"""Files → one zip with their checksums, the same bytes for the same files."""

from __future__ import annotations

import io
from collections.abc import Mapping
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CHECKSUMS = "SHA256SUMS"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name: a date of making would change the bytes of an unchanged archive."""
UNIX = 3
PLAIN_FILE = 0o100644 << 16
"""A regular file that everybody may read, where zip keeps Unix permissions."""
LEVEL = 9


def pack(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Return a zip whose one `folder` holds the files, by their paths in it, and their checksums."""
    whole = {**files, CHECKSUMS: checksums(files)}
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path in sorted(whole):
            archive.writestr(_entry(f"{folder}/{path}"), whole[path], ZIP_DEFLATED, LEVEL)
    return buffer.getvalue()


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return what `sha256sum --check` reads, in the order of the paths."""
    lines = [f"{sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)]
    return "".join(lines).encode()


def _entry(path: str) -> ZipInfo:
    entry = ZipInfo(path, EARLIEST)
    entry.create_system = UNIX
    entry.external_attr = PLAIN_FILE
    return entry
