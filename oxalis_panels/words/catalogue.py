"""Every word that the program says, to editors and to readers of the site, in one catalogue per language.

`fr.toml` and `en.toml` have the same keys (a test compares them), and so have `diagnostics.fr.toml` and
`diagnostics.en.toml`, which hold what is said of mistakes. Values may name `{placeholders}`;
`{program}` is what is typed before the name of a command, where the person stands; `{project}` and `{output}`
are what was typed behind it to work elsewhere, with a space before.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from oxalis_panels.model.diagnostics import Span
from oxalis_panels.model.value import value
from oxalis_panels.words.invocation import PROGRAM, option_as_typed, program

LANGUAGES = ("fr", "en")
FALLBACK = "en"
BRACES = frozenset("{}")


class Words(str):
    """A value that is itself words of the catalogue: their dotted key."""

    __slots__ = ()


@value
class Phrase:
    """A value that is itself words of the catalogue, with values of its own."""

    key: str
    """Dotted."""
    values: Mapping[str, object]


@value
class Catalogue:
    """The words of one language."""

    language: str
    tables: Mapping[str, Any]
    own: tuple[tuple[str, Span], ...] = ()
    """What a project says in its own words, each with its place."""

    def text(self, key: str, **values: object) -> str:
        """Return the words under a dotted key. Raises KeyError for a key that the catalogue lacks."""
        found: Any = self.tables
        for part in key.split("."):
            found = found[part]
        return str(found).format(**self._said(values)) if values else str(found)

    def count(self, key: str, number: int) -> str:
        """Return the words under `key.one` or `key.other`, `{n}` being the number; French counts 0 as one."""
        one = number <= 1 if self.language == "fr" else number == 1
        return self.text(f"{key}.{'one' if one else 'other'}", n=number)

    def diagnostic(self, key: str, values: Mapping[str, object]) -> tuple[str, str]:
        """Return the message and the help of a diagnostic; the help may be empty."""
        entry = self.entry(key)
        said = self._said(values)
        return str(entry["message"]).format(**said), str(entry.get("help", "")).format(**said)

    def entry(self, key: str) -> Mapping[str, str]:
        """Return the `message`, `help` and `why` of a code or a case of it, with what all its cases share."""
        entries, (code, _, _) = _diagnostics(self.language), key.partition(".")
        return tomllib.loads(entries.get(code, "")) | tomllib.loads(entries[key])

    def _said(self, values: Mapping[str, object]) -> dict[str, object]:
        return {name: self.value(value) for name, value in values.items()}

    def value(self, value: object) -> object:
        """Return a value as it is said: 3.5 as `3,5` in French, a list with commas, `Words` as their text."""
        if isinstance(value, Words):
            return self.text(value)
        if isinstance(value, Phrase):
            return self.text(value.key, **value.values)
        if isinstance(value, tuple):
            return ", ".join(str(self.value(each)) for each in value)
        if isinstance(value, float):
            return f"{value:g}".replace(".", "," if self.language == "fr" else ".")
        return value


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of `fr` or `en`. Raises FileNotFoundError for any other language."""
    return Catalogue(language, tomllib.loads(typed_in(source(language))))


def source(name: str) -> str:
    """Return the text of a file of the catalogue, as it is written. Raises FileNotFoundError."""
    return Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8")


@cache
def _diagnostics(language: str) -> Mapping[str, str]:
    """Return the lines of each key: a run needs few of them, and it takes ten times longer to parse all."""
    _, *entries = typed_in(source(f"diagnostics.{language}")).split("\n[")
    return dict(entry.split("]\n", 1) for entry in entries)


def typed_in(text: str) -> str:
    """Return a catalogue that names commands as the person who started this run can type them."""
    words = {"program": program(), **{name: option_as_typed(f"--{name}") for name in ("project", "output")}}
    if BRACES & set("".join(words.values())):  # they stand for values
        words = {"program": PROGRAM, "project": "", "output": ""}
    for name, typed in words.items():
        text = text.replace(f"{{{name}}}", typed.replace("\\", "\\\\").replace('"', '\\"'))
    return text


def interface(language: str) -> Catalogue:
    """Return the catalogue for panels in `language` (BCP 47): its own if there is one, else English."""
    primary = language.split("-", maxsplit=1)[0].lower()
    return catalogue(primary if primary in LANGUAGES else FALLBACK)
