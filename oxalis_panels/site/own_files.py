"""The folder `static/` → the files that the site has as they are: nothing but their names is looked at."""

import os
import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from unicodedata import normalize

from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.reading.decoding import find_conflicts, find_secrets
from oxalis_panels.reading.files import STATIC, escaped
from oxalis_panels.system.bounded import TEMPLATE, read_bytes, read_error

LARGEST = 100_000_000
"""Bytes of one file: no forge takes a larger one."""
LEFT_OUT = re.compile(
    r"\._.*|\.ds_store|thumbs\.db|desktop\.ini|~\$.*|\.~lock\..*|\.#.*|.*~|\.git.*|\.hg.*|\.svn|\.bzr.*|\.jj|cvs",
    re.IGNORECASE,
)
"""What systems, editors and version control put beside the files of a person."""
PEEK = 8000
"""Bytes by which git, too, tells a text: there is no zero among them."""


@value
class OwnFile:
    """A file of the project that is copied into the site."""

    path: str
    """Inside `static/` and inside the site; accents as one sign, whatever the system writes."""
    data: bytes = field(repr=False)
    span: Span = field(compare=False, repr=False)
    """Where it stands, for messages."""


def read_static(root: Path) -> Parsed[tuple[OwnFile, ...]]:
    """Return every file of `root/static`, by the order of their names, hidden ones too.

    Errors: what cannot be read, what is no file, a link that leads out of the project; in a text a mark of an
    unfinished merge and an address with a password. No value when there are any.
    """
    found: list[Diagnostic] = []
    files = tuple(_files(root / STATIC, STATIC, Path(os.path.realpath(root)), found))
    return Parsed(None if found else files, tuple(found))


def _files(folder: str | Path, path: str, root: Path, found: list[Diagnostic]) -> Iterator[OwnFile]:
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        found.append(error("file-unreadable.folder", Span(Source(escaped(path))), found=escaped(path)))
        return
    for entry in entries:
        name = f"{path}/{entry.name}"
        if LEFT_OUT.fullmatch(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, name, root, found)
        elif (data := _data(entry.path, name, root, found)) is not None:
            inside = normalize("NFC", name.removeprefix(f"{STATIC}/"))
            yield OwnFile(inside, data, Span(Source(escaped(name))))


def _data(file: str, name: str, root: Path, found: list[Diagnostic]) -> bytes | None:
    span = Span(Source(escaped(name)))
    try:
        if not Path(os.path.realpath(file)).is_relative_to(root):
            found.append(error("static-file.outside", span))
            return None
        data = read_bytes(file, LARGEST)
    except FileNotFoundError:
        found.append(error("file-special.link", span))
    except OSError as failure:
        found.append(read_error(failure, span))
    else:
        if len(data) <= TEMPLATE and b"\0" not in data[:PEEK]:
            found += find_conflicts(span.source.path, data) or find_secrets(span.source.path, data)
        return data
    return None
