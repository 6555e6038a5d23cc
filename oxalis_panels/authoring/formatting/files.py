"""The panels of a project → their canonical forms, and those back to the disk."""

import difflib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from oxalis_panels.authoring.formatting.canonical import Form, canonical
from oxalis_panels.authoring.sources import replace, sweep
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.reading.decoding import decode
from oxalis_panels.reading.files import FOLDER, SETTINGS, read_folder
from oxalis_panels.reading.settings import read_settings
from oxalis_panels.system.failure import reason

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def read_forms(root: Path, chosen: Sequence[Path], *, typography: bool) -> Parsed[tuple[Form, ...]]:
    """Return the form of each panel in `root/panels`, or of those `chosen`, and what is wrong with them.

    Panels with mistakes are among the forms, as they are; there is no value when a chosen file is no panel or
    the settings that `typography` needs have a mistake.
    """
    found: list[Diagnostic] = []
    folder = read_folder(root, found)
    by_path = {_real(root / source.path): source for source in folder.panels}
    wanted = dict.fromkeys(_real(path) for path in chosen) or by_path
    mistakes = [each for each in found if typography and _forbids_settings(each)]
    places = [(each, _real(root / each.span.source.path)) for each in found if each not in mistakes]
    found = [each for each, place in places if not chosen or place in wanted]
    known = {*by_path, *(place for _, place in places)}
    strangers = sorted(str(path) for path in chosen if _real(path) not in known)
    found += [error("panel-unknown.file", Span(Source(path))) for path in strangers]
    settings = read_settings(folder.settings, mistakes) if typography else None
    if strangers or Parsed(None, tuple(mistakes)).failed:
        return Parsed(None, (*found, *mistakes))
    forms = tuple(canonical(by_path[path], root, settings) for path in wanted if path in by_path)
    return Parsed(forms, (*found, *(each for form in forms for each in form.diagnostics)))


def _forbids_settings(diagnostic: Diagnostic) -> bool:
    """Whether the file of the settings could not be read: what they keep must not be typeset."""
    name = diagnostic.span.source.path.rpartition("/")[2].lower()
    return name in SETTINGS and diagnostic.severity == "error"


def _real(path: Path) -> Path:
    """Return what a path leads to; a link that leads in a circle, to itself."""
    return Path(os.path.realpath(path))


def is_formed(root: Path, form: Form) -> bool:
    """Whether the file is in its canonical form to the byte: line ends and byte order mark included."""
    try:
        return bool(form.diagnostics) or (root / form.source.path).read_bytes() == form.text.encode()
    except OSError:  # gone since it was read: `save` says so
        return False


def difference(form: Form) -> Iterator[str]:
    """Yield the lines of a unified diff from a panel as it is to its canonical form."""
    path = form.source.path
    before, after = form.source.text.split("\n"), form.text.split("\n")
    yield from difflib.unified_diff(before, after, path, path, lineterm="")


def save(root: Path, forms: Sequence[Form]) -> tuple[Diagnostic, ...]:
    """Put forms in the place of their files, each whole or not at all; return what hindered it.

    A file that was saved by somebody else since it was read is left to them.
    """
    for folder in {(root / form.source.path).resolve().parent for form in forms} | {root / FOLDER}:
        sweep(folder)
    return tuple(failure for form in forms if (failure := _save(root / form.source.path, form)))


def _save(path: Path, form: Form) -> Diagnostic | None:
    place = Span(Source(form.source.path))
    try:
        if not path.stat().st_mode & WRITABLE:
            return error("format-read-only", place)
        before = path.read_bytes()
        read = decode(form.source.path, before, []) == form.source
        if not read or not replace(path, form.text.encode(), before):
            return error("format-changed", place)
    except FileNotFoundError:
        return error("format-changed", place)
    except OSError as failure:
        return error("file-unwritten.format", place, reason=reason(failure))
    return None
