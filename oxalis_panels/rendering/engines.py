"""Which versions of the libraries that make fonts are installed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache

END = ".dist-info"


@cache
def _named(folder: str) -> tuple[str, ...]:
    """Return the folders in which the packages of `folder` are recorded."""
    with suppress(OSError):
        return tuple(entry for entry in os.listdir(folder) if entry.endswith(END))  # noqa: PTH208 - pathlib would make an object of every entry
    return ()


@cache
def installed(name: str) -> str:
    """Return the version of an installed package. Raises PackageNotFoundError when there is none.

    It is read in the name of its folder, `name-version.dist-info` (specification "Recording installed
    projects"): `importlib.metadata` opens a file there with a parser of e-mail, which takes 20 ms to load.
    """
    start = f"{name.lower().replace('-', '_')}-"
    for found in (each for folder in sys.path for each in _named(folder or os.curdir)):
        if found.lower().startswith(start):
            return found[len(start) : -len(END)]
    from importlib.metadata import version  # noqa: PLC0415 - for packages installed in another way

    return version(name)
