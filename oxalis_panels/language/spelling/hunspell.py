"""Hunspell dictionaries, as systems and word processors have them; the only importer of spylls."""

import hashlib
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, Final

from oxalis_panels.system.bounded import read_bytes
from oxalis_panels.system.kept import keep, recall

PLACES: Final = (
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "/Library/Spelling",
    "~/Library/Spelling",
    "/usr/lib/libreoffice/share/extensions/dict-*",
    "/opt/libreoffice*/share/extensions/dict-*",
    "/Applications/LibreOffice.app/Contents/Resources/extensions/dict-*",
    "C:/Program Files/LibreOffice/share/extensions/dict-*",
)
"""Where Debian, Fedora, Homebrew, macOS and LibreOffice put dictionaries; `*` stands for any name."""
LARGEST: Final = 50_000_000
"""Limit in bytes for a file; the largest dictionaries have ten million."""
VARIABLE: Final = "DICPATH"
"""Hunspell's own variable: folders to search instead."""


def find_dictionary(language: str, environment: Mapping[str, str] = os.environ) -> Path | None:
    """Return the path, without suffix, of the dictionary for a BCP 47 tag; None when there is none."""
    primary, *rest = language.split("-")
    names = [f"{primary.lower()}_{rest[-1].upper()}"] if rest else []
    names += [primary.lower(), f"{primary.lower()}_{primary.upper()}", f"{primary.lower()}_*"]
    given = environment.get(VARIABLE)
    folders = list(_folders(given.split(os.pathsep) if given else PLACES))
    found = (path for name, folder in product(names, folders) for path in _named(folder, name))
    return next(found, None)


def _folders(places: Iterable[str]) -> Iterator[Path]:
    for place in places:
        path = Path(os.path.expanduser(place))  # noqa: PTH111 - pathlib raises where there is no home
        yield from sorted(path.parent.glob(path.name)) if "*" in path.name else (path,)


def _named(folder: Path, name: str) -> list[Path]:
    try:
        paths = sorted(folder.glob(f"{name}.aff"))
    except OSError:
        return []
    return [path.with_suffix("") for path in paths if path.with_suffix(".dic").is_file()]


class HunspellWords:
    """The words of one dictionary, which is read only for words that no earlier run has looked up."""

    def __init__(self, stem: Path, cache: Path) -> None:
        """Take the path without `.aff` and `.dic`, and the folder in which verdicts are cached."""
        self._stem = stem
        self._file = cache / "spelling" / f"{_digest(stem)}.json"
        self._verdicts: dict[str, bool] = json.loads(recall(self._file) or b"{}")
        self._used: dict[str, bool] = {}
        self._dictionary: Any = None

    def knows(self, word: str) -> bool:
        """Return whether a word is spelt correctly."""
        if word not in self._used:
            verdict = self._verdicts.get(word)
            self._used[word] = self._look_up(word) if verdict is None else verdict
        return self._used[word]

    def suggest(self, _word: str) -> tuple[str, ...]:
        """Return nothing: looking up hundreds of candidates would take a second."""
        return ()

    def save(self) -> None:
        """Cache the verdicts that were used, if they changed."""
        if self._used != self._verdicts:
            keep(self._file, json.dumps(self._used, ensure_ascii=False, sort_keys=True).encode())

    def _look_up(self, word: str) -> bool:
        if self._dictionary is None:
            self._dictionary = _read(self._stem)
        return self._dictionary is None or bool(self._dictionary.lookup(word))


def _read(stem: Path) -> object:
    """Return the dictionary; None for a damaged one: it is the system's, not the author's."""
    try:
        return read_dictionary(stem)
    except Exception:  # noqa: BLE001 - whatever a damaged file leads to in spylls
        return None


def read_dictionary(stem: Path) -> Any:  # noqa: ANN401 - spylls has no types
    """Return the dictionary of `stem.aff` and `stem.dic`. Raises whatever a damaged file leads to."""
    from spylls.hunspell import Dictionary, readers  # noqa: PLC0415 - seconds, for a new word only

    class Closed(readers.FileReader):  # type: ignore[misc] # spylls has no types
        """Reads a file at once: spylls leaves those that it opens to the garbage collector."""

        def _open(self, path: str, encoding: str) -> io.StringIO:
            return io.StringIO(read_bytes(path, LARGEST).decode(encoding, "surrogateescape"), None)

    affixes, context = readers.read_aff(Closed(f"{stem}.aff"))
    words = readers.read_dic(Closed(f"{stem}.dic", encoding=context.encoding), aff=affixes, context=context)
    return Dictionary(affixes, words)


def _digest(stem: Path) -> str:
    """Return what verdicts depend on: the dictionary, and the program that reads it."""
    from importlib.metadata import version  # noqa: PLC0415 - 13 ms, and French has a word list

    digest = hashlib.sha256(version("spylls").encode())
    for end in (".aff", ".dic"):
        digest.update(read_bytes(stem.with_suffix(end), LARGEST))
    return digest.hexdigest()[:20]
