"""The panels that a folder holds, however wrong they may be: their numbers and addresses."""

from __future__ import annotations

from pathlib import Path

from oxalis_panels.bounded import read_bytes
from oxalis_panels.diagnostics import Diagnostic, Source, Span
from oxalis_panels.frozen import frozen
from oxalis_panels.reading.decoding import CONFLICT, decode
from oxalis_panels.reading.files import MARKDOWN, SETTINGS, YAML, suffix
from oxalis_panels.reading.panel import read_panel
from oxalis_panels.reading.slugs import number_and_slug


@frozen
class Standing:
    """A panel on the disk."""

    name: str
    """Of its file."""
    slug: str
    number: int
    """Its place: what its front matter or the name of its file says; 0 where neither does."""
    in_name: bool
    """Whether the name of its file alone says it, so that another name is another place."""


def standing_panels(folder: Path, found: list[Diagnostic]) -> list[Standing]:
    """Return the panels in a folder in the order of their places; none where there is no folder.

    A file that cannot be read counts by its name; one that git could not merge has no certain place, and is
    an error in `found`. Raises no OSError.
    """
    try:
        paths = [path for path in folder.iterdir() if _is_panel(path)]
    except OSError:
        return []
    return sorted((_standing(path, found) for path in paths), key=lambda each: (each.number, each.name))


def _is_panel(path: Path) -> bool:
    name = path.name.lower()
    known = suffix(name) in MARKDOWN | YAML and not name.startswith((".", "~$", "#"))
    return known and name not in SETTINGS and name != "readme.md"


def _standing(path: Path, found: list[Diagnostic]) -> Standing:
    name = path.name.encode("utf-8", "backslashreplace").decode("utf-8")
    number, slug = number_and_slug(f"panels/{name}")
    mistakes: list[Diagnostic] = []
    try:
        source = decode(f"panels/{name}", read_bytes(path), mistakes)
    except OSError:
        source = None
    found += (each for each in mistakes if each.code == CONFLICT)
    if source is None:
        return Standing(name, slug, number or 0, in_name=number is not None)
    entry = read_panel(source, path.parent.parent, (), [])
    in_name = number is not None and entry.order_span == Span(Source(source.path))
    return Standing(name, entry.panel.slug, entry.order or 0, in_name=in_name)
