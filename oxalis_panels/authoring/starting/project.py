"""The files of a new project, in the language of the run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit
from urllib.request import url2pathname

from oxalis_panels import __version__
from oxalis_panels.authoring.formatting.source_text import written
from oxalis_panels.authoring.sources import TEMPORARY
from oxalis_panels.model.collection import Text
from oxalis_panels.model.diagnostics import Parsed, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.reading.decoding import printable
from oxalis_panels.reading.files import FOLDER, escaped
from oxalis_panels.reading.schema import NAMES, schema_text
from oxalis_panels.reading.tidying import clean
from oxalis_panels.system.bounded import files_below
from oxalis_panels.system.failure import reason
from oxalis_panels.words.catalogue import catalogue
from oxalis_panels.words.invocation import PROGRAM as NAME
from oxalis_panels.words.invocation import installed_from

FILES = Path(__file__).parent / "project"
"""A folder for each language, and `both`; `dot-` at the beginning of a name stands for a dot."""
_PLACE = re.compile(r"\{(?:title|organisation|requirement|origin)\}")
SYSTEM = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".gitkeep"})
"""What may lie in a folder without anybody having put it there."""
WHEEL = f"oxalis_panels-{__version__}-py3-none-any.whl"
LARGEST = 20_000_000
"""Bytes of a wheel that is copied."""


@value
class Answers:
    """What somebody said of their project."""

    language: str
    title: str = ""
    """Empty: not known yet."""
    organisation: str = ""
    origin_note: str = ""
    """A sentence on how the forge gets the program."""


@value
class Start:
    """What `init` would do; nothing of it is on the disk yet."""

    files: dict[PurePosixPath, bytes]
    kept: tuple[PurePosixPath, ...]
    """Files that are there already, and stay as they are."""


def plan_project(folder: Path, answers: Answers, origin: Origin) -> Parsed[Start]:
    """Return which files a new project gets; no value where there are panels, or no folder."""
    place = Span(Source(folder.as_posix()))
    if folder.exists() and not folder.is_dir():
        return Parsed(None, (error("init-not-folder", place),))
    try:
        existing = sorted(_existing(folder / FOLDER))
    except OSError as failure:
        return Parsed(None, (error("file-unwritten.new", place, reason=reason(failure)),))
    if existing:
        place = Span(Source((folder / FOLDER).as_posix()))
        found = ", ".join(existing[:3]) + (", …" if existing[3:] else "")
        return Parsed(None, (error("init-panels", place, found=found),))
    # panels last: until one is there, an `init` that was killed can be run again
    files = dict(sorted(_files(answers, origin), key=lambda file: file[0].parts[0] == FOLDER))
    kept = tuple(path for path in files if (folder / path).exists())
    return Parsed(Start({path: data for path, data in files.items() if path not in kept}, kept))


def _existing(panels: Path) -> list[str]:
    """Return what lies in the folder of panels; a file in its place counts too. Raises OSError."""
    if not panels.is_dir():
        return [panels.name] if panels.exists() or panels.is_symlink() else []
    names = (escaped(path.name) for path in panels.iterdir())
    return [name for name in names if name.lower() not in SYSTEM and not TEMPORARY.fullmatch(name)]


def _files(answers: Answers, origin: Origin) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield every file with its path in the project."""
    values = {
        "{title}": _field("title", answers.title, _EXAMPLES[answers.language][0]),
        "{organisation}": _field("organisation", answers.organisation, _EXAMPLES[answers.language][1]),
        "{requirement}": origin.requirement,
        "{origin}": answers.origin_note,
    }
    for root in (FILES / answers.language, FILES / "both"):
        for name, path in files_below(root).items():
            text = _PLACE.sub(lambda place: values[place[0]], path.read_text(encoding="utf-8"))
            parts = (part.replace("dot-", ".", 1) for part in PurePosixPath(name).parts)
            yield PurePosixPath(*parts), text.encode()
    for name in NAMES:
        schema = schema_text(name, catalogue(answers.language))
        yield PurePosixPath(".vscode", "schemas", f"{name}.json"), schema.encode()
    if origin.wheel:
        yield PurePosixPath(origin.wheel[0]), origin.wheel[1]


_EXAMPLES = {
    "fr": ("Trois ans de feuille de route", "Notre coopérative"),
    "en": ("Three years of our roadmap", "Our cooperative"),
}
"""What stands in a comment for a title and an organisation that are not known yet."""


def _field(key: str, value: str, example: str) -> str:
    """Return the line of a field of `collection.yaml`; a comment while there is nothing to say."""
    text = clean(printable(value)).strip()
    if not text:
        return f"# {key}: {example}"
    return f"{key}: {json.dumps(written((Text(text),)) or text, ensure_ascii=False)}"


@value
class Origin:
    """What a project needs to install this version of the program elsewhere."""

    requirement: str
    """A line for pip."""
    wheel: tuple[str, bytes] | None = None
    """Name and content of a file to put into the project."""
    missing: str = ""
    """Name of the file that somebody has to put there."""

    @property
    def kind(self) -> str:
        """What is to be said of it: `missing`, `wheel`, `address` or `pinned`."""
        if self.wheel or self.missing:
            return "missing" if self.missing else "wheel"
        return "address" if "://" in self.requirement else "pinned"


def origin() -> Origin:
    """Return the origin as pip wrote it down (PEP 610): an index, an address, a repository or a wheel.

    A name is only asked of an index that the program came from: elsewhere anybody could have taken it. An
    address in which a password may stand is written nowhere.
    """
    try:
        url = installed_from()
    except PackageNotFoundError:  # a checkout that nobody installed
        return Origin(f"./{WHEEL}", missing=WHEEL)
    if url is None:
        return Origin(f"{NAME}=={__version__}")
    parts = urlsplit(url)
    private = "@" in parts.netloc or parts.query  # a password, perhaps
    if parts.scheme.removeprefix("git+") in {"http", "https"} and not private:
        return Origin(f"{NAME} @ {url}")
    path = Path(url2pathname(parts.path))
    with suppress(OSError):
        if parts.scheme == "file" and path.suffix == ".whl" and path.stat().st_size <= LARGEST:
            return Origin(f"./{path.name}", wheel=(path.name, path.read_bytes()))
    return Origin(f"./{WHEEL}", missing=WHEEL)
