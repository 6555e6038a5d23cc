"""Panels named on the command line, as people name them → the paths of their files."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from unicodedata import normalize

from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.reading.files import FOLDER, MARKDOWN, SETTINGS, YAML, suffix
from oxalis_panels.reading.slugs import fold, number_and_slug

NEAR = 0.5
"""Similarity, from 0 to 1, from which a panel's name is suggested for a wrong one."""


def choose(root: Path, asked: Sequence[str]) -> Parsed[frozenset[str]]:
    """Return the paths of the panels (or settings) of a project that match these names.

    A name is a path, a file name with or without its suffix, the slug, or the number. No value when one of
    them matches nothing. Raises OSError if the folder cannot be read.
    """
    paths = [f"{FOLDER}/{path.name}" for path in sorted((root / FOLDER).iterdir())]
    paths = [path for path in paths if suffix(path) in MARKDOWN | YAML]
    found: list[Diagnostic] = []
    chosen: set[str] = set()
    for name in asked:
        matching = {path for path in paths if _matches(name, path)}
        chosen |= matching
        if not matching:
            slugs = [number_and_slug(path)[1] for path in paths if path.rpartition("/")[2] not in SETTINGS]
            found.append(unknown(name, slugs, Span(Source(name))))
    return Parsed(None if found else frozenset(chosen), tuple(found))


def _matches(asked: str, path: str) -> bool:
    """Return whether a name means a file of `panels/`."""
    name = path.rpartition("/")[2]
    number, slug = number_and_slug(path)
    last = asked.replace("\\", "/").rstrip("/").rpartition("/")[2]
    if normalize("NFC", last) in {normalize("NFC", each) for each in (name, name.removesuffix(suffix(name)))}:
        return True
    if last.isascii() and last.isdigit():
        return number == int(last)
    return bool(slug) and fold(last) == slug


def unknown(asked: str, slugs: Sequence[str], span: Span) -> Diagnostic:
    """Return the error that none of the panels with these slugs is called so."""
    known = ", ".join(slugs)
    near = get_close_matches(fold(asked), slugs, 1, NEAR)
    if near:
        return error("panel-unknown.misspelt", span, found=asked, nearest=near[0], known=known)
    return error("panel-unknown.other", span, found=asked, known=known)
