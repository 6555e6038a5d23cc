"""Which versions of the libraries that make fonts are installed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache

END = ".dist-info"


@cache
def installed(name: str) -> str:
    """Return the version of an installed package. Raises PackageNotFoundError when there is none.

    It is read in the name of its folder, `name-version.dist-info` (specification "Recording installed
    projects"): `importlib.metadata` opens a file there with a parser of e-mail, which takes 20 ms to load.
    """
    start = f"{name.lower().replace('-', '_')}-"
    for folder in sys.path:
        with suppress(OSError):
            names = [entry for entry in os.listdir(folder or os.curdir) if entry.endswith(END)]  # noqa: PTH208 - pathlib would make an object of every entry
            for found in (entry for entry in names if entry.lower().startswith(start)):
                return found[len(start) : -len(END)]
    from importlib.metadata import version  # noqa: PLC0415 - for packages installed in another way

    return version(name)
