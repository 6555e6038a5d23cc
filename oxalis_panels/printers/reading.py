"""Printers' files → `Printer`: those that come with the program, and a project's own in `printers/`."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from oxalis_panels.model.collection import Settings
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error, warning
from oxalis_panels.printers.keys import TomlSource, read_fields, read_toml
from oxalis_panels.printers.printer import Printer
from oxalis_panels.reading.decoding import decode
from oxalis_panels.reading.slugs import fold, is_valid
from oxalis_panels.system.bounded import LargeFileError, SpecialFileError, read_bytes, read_error
from oxalis_panels.words.catalogue import Words

FOLDER = "printers"
"""In a project: its own print shops."""
SHIPPED = Path(__file__).parent / "shipped"
DEFAULT = "offset-couche"
LARGEST_ICC = 20_000_000
"""Bytes; the largest profiles of the ECI have three million."""
V4 = 4
"""Version of a profile; its ninth byte."""
HEADER = 128
"""Bytes with which an ICC profile begins (ICC.1:2010, 7.2)."""


def choose_printer(project: Path, settings: Settings, asked: str | None) -> Parsed[Printer]:
    """Return the printer asked for on the command line, else in `collection.yaml`, else the default."""
    return read_printer(project, asked or settings.printer, place_of_choice(settings, asked))


def place_of_choice(settings: Settings, asked: str | None) -> Span:
    """Return where the printer was chosen."""
    return (None if asked else settings.places.get("printer")) or Span(Source("--printer"))


def printer_names(project: Path) -> tuple[str, ...]:
    """Return what `printer:` may say, the default first, then in alphabetical order."""
    files = (path for folder in (SHIPPED, project / FOLDER) for path in folder.glob("*.toml"))
    names = {path.stem for path in files if not path.name.startswith(".")}  # as macOS leaves them on a stick
    return tuple(sorted(names, key=lambda name: (name != DEFAULT, name)))


def read_printer(project: Path, name: str | None, asked: Span) -> Parsed[Printer]:
    """Return the printer called `name` (None: the default), with its profile.

    `asked` is where somebody wrote the name. A project's own file goes before a shipped one of the same name.
    Errors: a name that no file has, a printer without a profile, and all that is wrong in its file.
    """
    name = name or DEFAULT
    if name not in printer_names(project):
        return Parsed(None, (_unknown(name, printer_names(project), asked),))
    read = outline_printer(project, name)
    if read.value is None or read.value.icc:
        return read
    return Parsed(None, (error("printer-icc.needed", asked, name=name, condition=read.value.condition),))


def outline_printer(project: Path, name: str) -> Parsed[Printer]:
    """Return a printer that exists; its profile is empty if it waits for the shop's own."""
    own = project / FOLDER / f"{name}.toml"
    found: list[Diagnostic] = []
    printer = _read(own if os.path.lexists(own) else SHIPPED / f"{name}.toml", found)
    return Parsed(printer, tuple(found))


def default_printer() -> Printer:
    """Return coated offset paper, the condition that most print shops ask for."""
    printer = read_printer(SHIPPED, None, Span(Source(DEFAULT))).value
    assert printer is not None  # a file of ours
    return printer


def _unknown(name: str, names: tuple[str, ...], asked: Span) -> Diagnostic:
    nearest = next(iter(get_close_matches(name, names, 1, 0)), DEFAULT)
    return error("printer-unknown", asked, found=name, nearest=nearest, known=", ".join(names))


def _read(path: Path, found: list[Diagnostic]) -> Printer | None:
    toml = _toml(path, found)
    if toml is None:
        return None
    if not is_valid(path.stem):
        found.append(error("printer-name", Span(toml.source), found=path.stem, guess=fold(path.stem)))
    draft = _draft(toml, path.parent, found)
    if any(each.severity == "error" for each in found):
        return None
    label = Words(f"printers.shipped.{path.stem}") if path.parent == SHIPPED else path.stem
    asked = path.parent != SHIPPED and "resolution" in toml.values
    return Printer(name=path.stem, resolution_asked=asked, **{"label": label, **draft})


def _toml(path: Path, found: list[Diagnostic]) -> TomlSource | None:
    shown = f"{FOLDER}/{path.name}"
    try:
        data = read_bytes(path)
    except OSError as failure:
        found.append(read_error(failure, Span(Source(shown))))
        return None
    source = decode(shown, data, found)
    return read_toml(source, found) if source else None


def _draft(toml: TomlSource, folder: Path, found: list[Diagnostic]) -> dict[str, Any]:
    """Return the values of a file over those of the shipped one that it is based on, `icc` as bytes."""
    values = read_fields(toml, found)
    base = {} if folder == SHIPPED else _base(toml, values.pop("based_on", DEFAULT), found)
    named = values.pop("icc", None)
    icc = _icc(toml, folder, found) if named else None
    if base.get("icc") and (named is None) != ("condition" not in values):
        given, missing = ("icc", "condition") if named else ("condition", "icc")
        found.append(error("printer-condition-alone", toml.key(given), given=given, missing=missing))
    whole = {"icc": b"", **base, **values}
    whole["icc"] = icc or whole["icc"]
    if whole["icc"] and whole.get("standard") == "PDF/X-1a:2003" and whole["icc"][8] >= V4:
        found.append(error("printer-icc.version", toml.value("icc" if named else "standard")))
    return whole


def _base(toml: TomlSource, name: str, found: list[Diagnostic]) -> dict[str, Any]:
    shipped = printer_names(SHIPPED)
    if name not in shipped:
        found.append(_unknown(name, shipped, toml.value("based_on")))
        return {}
    path = SHIPPED / f"{name}.toml"
    source = Source(path.name, path.read_text(encoding="utf-8"))
    base = read_toml(source, found)
    assert base is not None  # a file of ours
    return _draft(base, SHIPPED, found)


def _icc(toml: TomlSource, folder: Path, found: list[Diagnostic]) -> bytes | None:
    """Return the profile at a path that a file names; None, and why, when it is not one for four inks."""
    place, named = toml.value("icc"), toml.values["icc"]
    path = folder / named
    try:
        data = read_bytes(path, LARGEST_ICC)
    except (SpecialFileError, LargeFileError) as failure:
        found.append(read_error(failure, place))
        return None
    except (OSError, ValueError):
        found.append(error("printer-icc.missing", place, found=named))
        return None
    if not _is_profile(data) or data[12:20] != b"prtrCMYK":  # an output device with four inks
        kind = data[16:20].decode("latin-1").strip() if _is_profile(data) else "?"
        found.append(error("printer-icc.not-cmyk", place, found=named, kind=kind))
        return None
    if folder != SHIPPED and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder.parent)):
        found.append(warning("printer-icc.outside", place, found=named))
    return data


def _is_profile(data: bytes) -> bool:
    """Whether these bytes are an ICC profile, and all of it."""
    return len(data) >= HEADER and data[36:40] == b"acsp" and int.from_bytes(data[:4]) == len(data)
