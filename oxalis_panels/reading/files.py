"""The folder `panels/` → the sources in it; each file is read once."""

from __future__ import annotations

import stat
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Source, Span, error, warning
from oxalis_panels.reading.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "panels"
LARGEST = 1_000_000
"""Bytes; the longest real panel has two thousand."""
MARKDOWN = frozenset({".md", ".markdown"})
YAML = frozenset({".yaml", ".yml"})
SETTINGS = frozenset({"collection.yaml", "collection.yml"})
IGNORED_NAMES = frozenset({"readme", "readme.md", "readme.txt", "thumbs.db", "desktop.ini"})
IGNORED_ENDS = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".lock")
WORD_PROCESSOR = frozenset({".doc", ".docx", ".odt", ".rtf", ".pages", ".pdf", ".html", ".htm"})
TEXT = frozenset({".txt", ".text", ""})
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"})
"""A panel names them as its `figure`."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What `panels/` holds."""

    panels: tuple[Source, ...] = ()
    """Readable panels, in the order of their names."""
    settings: Source | None = None
    """The text of `collection.yaml`; None when there is none, or nothing in it."""
    pictures: tuple[str, ...] = ()
    """Paths of the pictures in the folder, and in the folders in it, from there."""


def read_folder(root: Path, found: list[Diagnostic]) -> Folder:
    """Read every file of `root/panels`; what cannot be read is in `found`."""
    try:
        entries = sorted((root / FOLDER).iterdir(), key=_sorting)
    except OSError as mistake:
        found.append(error(_folder_code(mistake), Span(Source(FOLDER))))
        return Folder()
    wanted = [path for path in entries if _is_text_of_the_project(path, found)]
    settings = [path for path in wanted if path.name.lower() in SETTINGS]
    panels = [path for path in wanted if path not in settings]
    if not panels:
        found.append(error("folder-empty", Span(Source(FOLDER))))
    found += [
        error("settings-twice", _place(path), other=_place(settings[0]).source.path) for path in settings[1:]
    ]
    sources = [source for path in panels if (source := _read(path, found))]
    pictures = tuple(path.relative_to(root / FOLDER).as_posix() for path in _pictures(entries))
    return Folder(tuple(sources), _read_settings(settings[0], found) if settings else None, pictures)


def suffix(path: str) -> str:
    """Return the extension of a path in lower case, with its dot; empty when it has none."""
    name = path.rpartition("/")[2]
    stem, dot, end = name.rpartition(".")
    return (dot + end).lower() if stem else ""


def _pictures(entries: list[Path]) -> Iterator[Path]:
    for path in entries:
        if path.name.startswith("."):
            continue
        if suffix(path.name) in PICTURES and path.is_file():
            yield path
        elif not suffix(path.name) and path.is_dir():
            with suppress(OSError):
                yield from _pictures_of(path)


def _pictures_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if suffix(path.name) in PICTURES and path.is_file())


def _sorting(path: Path) -> tuple[str, str]:
    return unicodedata.normalize("NFC", path.name).casefold(), path.name


def _folder_code(mistake: OSError) -> str:
    if isinstance(mistake, FileNotFoundError):
        return "folder-missing"
    return "folder-is-file" if isinstance(mistake, NotADirectoryError) else "folder-unreadable"


def _place(path: Path) -> Span:
    """Return the file itself as a place; a name that is not Unicode is shown with escapes."""
    name = path.name.encode("utf-8", "backslashreplace").decode("utf-8")
    return Span(Source(f"{FOLDER}/{name}"))


def _is_text_of_the_project(path: Path, found: list[Diagnostic]) -> bool:
    """Tell panels and settings from everything else; say what is left out unless everyone expects it."""
    name = path.name.lower()
    if name.startswith((".", "~$", "#")) or name in IGNORED_NAMES or name.endswith(IGNORED_ENDS):
        return False
    end = suffix(name)
    if end in MARKDOWN | YAML:
        return True
    if end in PICTURES and path.is_file():
        return False
    if path.is_dir():
        if _holds_panels(path):
            found.append(warning("file-in-subfolder", _place(path)))
        return False
    found.append(warning(_unknown(end), _place(path), suffix=end, name=_renamed(path.name)))
    return False


def _unknown(end: str) -> str:
    if end in WORD_PROCESSOR:
        return "file-word-processor"
    return "file-text" if end in TEXT else "file-unknown"


def _renamed(name: str) -> str:
    """Return the name that a panel in plain text should have: editors add `.txt` behind one that is right."""
    stem = name[: len(name) - len(suffix(name))]
    return stem if suffix(stem) in MARKDOWN | YAML else f"{stem}.md"


def _holds_panels(folder: Path) -> bool:
    try:
        return any(suffix(path.name) in MARKDOWN | YAML for path in folder.iterdir())
    except OSError:
        return False


def _read_settings(path: Path, found: list[Diagnostic]) -> Source | None:
    """Read the settings; an empty file is not a mistake there: every field has a default."""
    told = len(found)
    source = _read(path, found)
    found[told:] = [diagnostic for diagnostic in found[told:] if diagnostic.code != "file-empty"]
    return source


def _read(path: Path, found: list[Diagnostic]) -> Source | None:
    place = _place(path)
    try:
        path.name.encode("utf-8")
        data = _bytes(path)
    except UnicodeEncodeError:
        found.append(error("file-name", place))
    except FileNotFoundError:
        found.append(error("file-broken-link", place))
    except IsADirectoryError:
        found.append(error("file-is-folder", place))
    except OSError:
        found.append(error("file-unreadable", place))
    else:
        if len(data) <= LARGEST:
            return decode(place.source.path, data, found)
        found.append(error("file-too-large", place))
    return None


def _bytes(path: Path) -> bytes:
    """Read at most one byte too many. Raises OSError, also for a pipe, which would wait."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(path)
    if not stat.S_ISREG(mode):
        raise OSError(path)
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
