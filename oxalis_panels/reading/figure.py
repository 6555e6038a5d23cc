"""The picture that a panel names in its front matter: found, opened, inside the project."""

import os
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from posixpath import join
from urllib.parse import unquote

from oxalis_panels.model.collection import Figure
from oxalis_panels.model.diagnostics import Diagnostic, Source, error
from oxalis_panels.reading.drawings import DrawingError
from oxalis_panels.reading.fields import Located, of_model
from oxalis_panels.reading.files import PICTURES, folded_name
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.outline import FigureKeys
from oxalis_panels.reading.passage import Passage, abbreviated
from oxalis_panels.reading.pictures import UNREADABLE, DeepPixelsError, HeavyPictureError, look_at
from oxalis_panels.system.bounded import MEGABYTE, LargeFileError, SpecialFileError, read_bytes, read_error
from oxalis_panels.words.catalogue import Phrase, Words

KNOWN = "JPEG, PNG, TIFF, WebP, AVIF, HEIC, GIF, SVG"
LARGEST = 200_000_000
"""Bytes of a picture's file."""


def read_figure(keys: FigureKeys, source: Source, root: Path, found: list[Diagnostic]) -> Figure | None:
    """Return the picture of a panel; None, and all that is wrong, when it cannot be shown."""
    before = len(found)
    if keys.file is None:
        found.append(error("figure-file-missing", keys.span))
    alt = read_inline(keys.alt, found) if keys.alt else ()
    if not alt:
        found.append(_alt_missing(keys))
    rest = of_model(keys.rest, found)
    data = _data(keys.file, source, root, found) if keys.file else None
    if keys.file is None or data is None:
        return None
    size = _size(keys.file, data, found)
    if size is None or len(found) > before:
        return None
    name = figure_path((root / source.path).parent, keys.file.value)
    texts = rest.pop("caption", ()), rest.pop("credit", ())
    width, height, drawn = size
    passages = {"alt": keys.alt, **keys.rest}
    places = {key: each.span for key, each in passages.items() if isinstance(each, Passage)}
    return Figure(name, alt, *texts, width, height, drawn, data, keys.file.span, **rest, places=places)


def _alt_missing(keys: FigureKeys) -> Diagnostic:
    """Return the error for a picture without a description; where it has a caption, with a line for each."""
    caption: Passage | None = keys.rest.get("caption")
    if caption is None or keys.alt:
        return error("figure-alt-missing.other", keys.alt.span if keys.alt else keys.span)
    return error("figure-alt-missing.caption", keys.span.find("caption"))


def _size(file: Located[str], data: bytes, found: list[Diagnostic]) -> tuple[int, int, bool] | None:
    """Return width and height of a picture, and whether it is drawn; None, and why, of what is not shown."""
    name = abbreviated(file.value)
    try:
        return look_at(data)
    except DrawingError as drawing:
        why = Words(f"drawing.{drawing}")
        found.append(error("figure-drawing", file.span, found=name, why=why))
    except DeepPixelsError:
        found.append(error("figure-deep", file.span, found=name))
    except HeavyPictureError as heavy:
        width, height = heavy.size
        millions = -(-width * height // MEGABYTE)  # rounded up: what is above a limit must not look like it
        pixels = {"width": width, "height": height, "n": millions}
        limit = Phrase("figure.pixels", {"n": heavy.most // MEGABYTE})
        found.append(_too_large(file, Phrase("figure.sides", pixels), limit))
    except UNREADABLE:
        found.append(error("figure-not-picture", file.span, found=name, known=KNOWN))
    return None


def _too_large(file: Located[str], size: Phrase, limit: Phrase) -> Diagnostic:
    return error("figure-too-large", file.span, found=abbreviated(file.value), size=size, limit=limit)


def figure_path(folder: str | Path, name: str) -> str:
    """Return the path of the picture that a panel names, from the panel's folder: as written, if it is there.

    Else as another computer writes it: with other capitals, accents in one sign or two, back slashes, %20, a
    slash before it.
    """
    written = (name, name.replace("\\", "/"), unquote(name), unquote(name.replace("\\", "/")))
    with suppress(OSError, ValueError):
        for each in written:
            if os.path.lexists(join(folder, each)):  # not `Path`: as the name is, untouched
                return each
        for each in written[1:]:
            here = ""
            for part in each.split("/"):
                here = join(here, _likely(join(folder, here), part))
            if os.path.lexists(join(folder, here)):
                return here
    return name


def _likely(folder: str, name: str) -> str:
    """Return the one entry of a folder whose name differs in capitals or in how accents are written."""
    if name in {"", ".", ".."} or os.path.lexists(join(folder, name)):
        return name
    alike = [each.name for each in Path(folder).iterdir() if folded_name(each.name) == folded_name(name)]
    return alike[0] if len(alike) == 1 else name


def _not_found(file: Located[str], folder: Path) -> Diagnostic:
    """Return the error for a picture that is not there; the help names one that is called nearly so."""
    written = unquote(file.value.replace("\\", "/"))
    here, _, name = written.rpartition("/")
    names: list[str] = []
    with suppress(OSError, ValueError):
        names = sorted(each.name for each in (folder / here).iterdir())
    near = {folded_name(each): each for each in names if PurePosixPath(each).suffix.lower() in PICTURES}
    guess = next(iter(get_close_matches(folded_name(name), near, 1)), None)
    if guess is None:
        return error("figure-not-found.other", file.span, found=abbreviated(file.value))
    nearest = f"{here}/{near[guess]}" if here else near[guess]
    return error(
        "figure-not-found.misspelt", file.span, found=abbreviated(file.value), nearest=abbreviated(nearest)
    )


def _data(file: Located[str], source: Source, root: Path, found: list[Diagnostic]) -> bytes | None:
    folder = (root / source.path).parent
    try:
        path = os.path.realpath(folder / figure_path(folder, file.value))
        if Path(path).is_relative_to(os.path.realpath(root)):
            return read_bytes(path, LARGEST)
        found.append(error("figure-outside", file.span, found=abbreviated(file.value)))
    except SpecialFileError as failure:
        found.append(read_error(failure, file.span))
    except LargeFileError:
        limit = Phrase("figure.bytes", {"n": LARGEST // MEGABYTE})
        found.append(_too_large(file, Phrase("figure.more", {"limit": limit}), limit))
    except (OSError, ValueError):  # ValueError: a path with a null character
        found.append(_not_found(file, folder))
    return None
