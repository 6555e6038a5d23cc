"""The folder `panels/` → the sources in it; each file is read once."""

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePath

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error, warning
from oxalis_panels.model.value import value
from oxalis_panels.reading.decoding import decode, find_conflicts, find_secrets, what_to_do
from oxalis_panels.system.bounded import TEMPLATE, read_bytes, read_error
from oxalis_panels.words.invocation import project_file, quoted

Entry = os.DirEntry[str]
"""One name in a folder; unlike a path it knows what it names without asking the system again."""

FOLDER = "panels"
STAGING = ".staging"
"""Where the first versions put texts, named 1, 2 … for the time of a `new` or an `import`."""
MARK = "build"
"""A file that says that the folder is a build's, and what is in it no text."""
MARKDOWN = frozenset({".md", ".markdown"})
YAML = frozenset({".yaml", ".yml"})
PANELS = MARKDOWN | YAML
SETTINGS = frozenset({"collection.yaml", "collection.yml"})
IGNORED_NAMES = frozenset({"readme", "readme.md", "readme.txt", "thumbs.db", "desktop.ini"})
IGNORED_ENDS = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".lock")
IMPORTED = frozenset({".docx", ".odt", ".pdf"})
WORD_PROCESSOR = IMPORTED | {".doc", ".rtf", ".pages"}
TEXT = frozenset({".txt", ".text", ""})
TEMPLATES = "templates"
OTHERS = ("messages", "printers", TEMPLATES)
"""What people write besides the panels; of the first two only TOML is read."""
STATIC = "static"
"""Files of the project's own, which the site has as they are."""
PAGES = "pages"
"""Pages of the project's own, in Markdown."""
SOURCES = (FOLDER, *OTHERS, PAGES, STATIC)
"""The folders of a project that everything is made from."""
PICTURES = frozenset(
    {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".avif", ".heic", ".heif", ".gif", ".svg"}
)
"""A panel names them as its `figure`."""
OTHER_PICTURES = frozenset({".bmp", ".eps", ".ico", ".jfif", ".jp2", ".jxl", ".psd"})
"""Pictures that none can name."""
UNOPENED = {FileNotFoundError: "folder-missing.read", NotADirectoryError: "folder-is-file"}


@value
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
    left = [place for place in (STAGING, f"{FOLDER}/{STAGING}") if staged(root / place)]
    found += [warning("staging-left", Span(Source(place))) for place in left]
    try:
        entries = sorted(_entries(root / FOLDER), key=_sorting)
    except OSError as mistake:
        code = UNOPENED.get(type(mistake), "file-unreadable.folder")
        found.append(error(code, Span(Source(FOLDER)), found=FOLDER))
        return Folder()
    wanted = [entry for entry in entries if _is_text_of_the_project(entry, found)]
    settings = [entry for entry in wanted if entry.name.lower() in SETTINGS]
    panels = [entry for entry in wanted if entry not in settings]
    if not panels:
        found.append(error("folder-empty", Span(Source(FOLDER))))
    found += [
        error("settings-twice", _place(entry), other=_place(settings[0]).source.path)
        for entry in settings[1:]
    ]
    sources = [source for entry in panels if (source := _read(entry, found))]
    read = _read_settings(settings[0], found) if settings else None
    return Folder(tuple(sources), read, tuple(_pictures(entries)))


def read_pages(root: Path, found: list[Diagnostic]) -> tuple[Source, ...]:
    """Read the Markdown of `root/pages`, by the order of its names; what is no picture either is told."""
    try:
        entries = sorted(_entries(root / PAGES), key=_sorting)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError:
        found.append(error("file-unreadable.folder", Span(Source(PAGES)), found=PAGES))
        return ()
    texts: list[Source | None] = []
    for entry in entries:
        end, place = suffix(entry.name), _place(entry, PAGES)
        if _is_left_aside(entry.name.lower()) or end in PICTURES:
            continue
        if end in MARKDOWN:
            texts.append(_read(entry, found, PAGES))
        elif not _surely(entry.is_dir):
            how = what_to_do("save", place)
            found.append(warning("file-not-read.unknown", place, suffix=end, how=how))
    return tuple(filter(None, texts))


def staged(folder: str | Path) -> bool:
    """Whether a folder holds texts without their names, as an old version that was killed left them."""
    with suppress(OSError):
        names = [entry.name for entry in _entries(folder)]
        return MARK not in names and any(map(str.isdigit, names))
    return False


def check_others(project: Path, folders: Sequence[str] = OTHERS) -> tuple[Diagnostic, ...]:
    """Return what no words, printers and templates of a project may hold.

    That is a mark of an unfinished merge, and an address with a password.
    """
    return tuple(each for folder in folders for each in _forbidden(project / folder, folder))


def _forbidden(folder: str | Path, path: str) -> Iterator[Diagnostic]:
    with suppress(OSError):  # whatever reads the folder for its own sake reports that better
        for entry in sorted(_entries(folder), key=_sorting):
            name = f"{path}/{escaped(entry.name)}"
            if _is_left_aside(entry.name.lower()):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _forbidden(entry.path, name)
            elif path.startswith(TEMPLATES) or suffix(entry.name) == ".toml":
                with suppress(OSError):
                    data = read_bytes(entry.path, TEMPLATE)
                    yield from find_conflicts(name, data) or find_secrets(name, data)


def suffix(path: str) -> str:
    """Return the extension of a path in lower case, with its dot; empty when it has none."""
    name = path.rpartition("/")[2]
    stem, dot, end = name.rpartition(".")
    return (dot + end).lower() if stem else ""


def _entries(folder: str | Path) -> list[Entry]:
    with os.scandir(folder) as entries:
        return list(entries)


def _pictures(entries: list[Entry]) -> Iterator[str]:
    for entry in entries:
        end = suffix(entry.name)
        if end in PICTURES and not entry.name.startswith(".") and _surely(entry.is_file):
            yield entry.name
        elif not end and not entry.name.startswith(".") and _surely(entry.is_dir):
            with suppress(OSError):
                for each in sorted(_entries(entry.path), key=lambda each: each.name):
                    if suffix(each.name) in PICTURES and _surely(each.is_file):
                        yield f"{entry.name}/{each.name}"


def _surely(asked: Callable[[], bool]) -> bool:
    """Return what an entry says that it is; a link that leads in a circle is nothing."""
    with suppress(OSError):
        return asked()
    return False


def _sorting(entry: Entry) -> tuple[str, str]:
    return folded_name(entry.name), entry.name


def folded_name(name: str | PurePath) -> str:
    """Return what macOS and Windows compare: names equal but for case or Unicode form are one file there."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", str(name)).casefold())


def _place(entry: Entry, folder: str = FOLDER) -> Span:
    return Span(Source(f"{folder}/{escaped(entry.name)}"))


def escaped(name: str) -> str:
    """Return the name of a file, with escapes in the place of what is not Unicode."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _is_left_aside(name: str) -> bool:
    """Whether everyone expects a file of this name to be left out: hidden, a note, an editor’s copy."""
    return name.startswith((".", "~$", "#")) or name in IGNORED_NAMES or name.endswith(IGNORED_ENDS)


def _is_text_of_the_project(entry: Entry, found: list[Diagnostic]) -> bool:
    """Whether an entry is a panel or the settings; warn of what is left out unless everyone expects it."""
    name = entry.name.lower()
    if _is_left_aside(name):
        return False
    end = suffix(name)
    if end in PANELS:
        return True
    if end in PICTURES and _surely(entry.is_file):
        return False
    if _surely(entry.is_dir):
        if _holds_panels(entry):
            found.append(warning("file-not-read.subfolder", _place(entry)))
        return False
    place = _place(entry)
    if end in TEXT:
        values = {"name": quoted([_renamed(entry.name)]), "path": project_file(place.source.path)}
        found.append(warning("file-not-read.text", place, **values))
    else:
        kind = "import" if end in IMPORTED else "picture" if end in PICTURES | OTHER_PICTURES else "save"
        code = "file-not-read.document" if end in WORD_PROCESSOR else "file-not-read.unknown"
        found.append(warning(code, place, suffix=end, how=what_to_do(kind, place)))
    return False


def _renamed(name: str) -> str:
    """Return the name that a panel in plain text should have: editors add `.txt` behind one that is right."""
    stem = name[: len(name) - len(suffix(name))]
    return stem if suffix(stem) in PANELS else f"{stem}.md"


def _holds_panels(folder: Entry) -> bool:
    try:
        return any(suffix(entry.name) in PANELS for entry in _entries(folder.path))
    except OSError:
        return False


def _read_settings(entry: Entry, found: list[Diagnostic]) -> Source | None:
    """Read the settings; an empty file is not a mistake there: every field has a default."""
    before = len(found)
    source = _read(entry, found)
    found[before:] = [diagnostic for diagnostic in found[before:] if diagnostic.code != "file-empty"]
    return source


def _read(entry: Entry, found: list[Diagnostic], folder: str = FOLDER) -> Source | None:
    try:
        entry.name.encode("utf-8")
        data = read_bytes(entry.path)
    except UnicodeEncodeError:
        found.append(error("file-name", _place(entry, folder)))
    except FileNotFoundError:
        found.append(error("file-special.link", _place(entry, folder)))
    except IsADirectoryError:
        found.append(error("file-special.panel-folder", _place(entry, folder)))
    except OSError as failure:
        found.append(read_error(failure, _place(entry, folder)))
    else:
        return decode(f"{folder}/{entry.name}", data, found)
    return None
