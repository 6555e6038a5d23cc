"""Where this program was installed from → how a forge can install the same."""

from __future__ import annotations

from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from urllib.parse import unquote, urlsplit

from oxalis_panels import __version__
from oxalis_panels.frozen import frozen
from oxalis_panels.invocation import PROGRAM as NAME
from oxalis_panels.invocation import source

WHEEL = f"oxalis_panels-{__version__}-py3-none-any.whl"
LARGEST = 20_000_000
"""Bytes of a wheel that is copied."""


@frozen
class Origin:
    """What a project needs to install this version of the program elsewhere."""

    requirement: str
    """A line for pip."""
    wheel: tuple[str, bytes] | None = None
    """Name and content of a file to put into the project."""
    missing: str = ""
    """Name of the file that somebody has to put there."""


def origin() -> Origin:
    """Return the origin as pip wrote it down (PEP 610): an index, an address or a wheel.

    A name is only asked of an index that the program came from: elsewhere anybody could have taken it.
    """
    try:
        url = source()
    except PackageNotFoundError:  # a checkout that nobody installed
        return Origin(f"./{WHEEL}", missing=WHEEL)
    if url is None:
        return Origin(f"{NAME}=={__version__}")
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"} and parts.path.endswith(".whl"):
        return Origin(f"{NAME} @ {url}")
    path = Path(unquote(parts.path))
    with suppress(OSError):
        if path.suffix == ".whl" and path.stat().st_size <= LARGEST:
            return Origin(f"./{path.name}", wheel=(path.name, path.read_bytes()))
    return Origin(f"./{WHEEL}", missing=WHEEL)
