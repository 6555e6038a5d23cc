"""A project's own words of the interface: `messages/<language>.toml`, for panels in another language.

It has the tables `[site]` and `[poster]` of the program's own catalogues; what it lacks is said in theirs.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Any

from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error, warning
from oxalis_panels.system.bounded import read_bytes, read_error
from oxalis_panels.words.catalogue import Catalogue, interface, source

TABLES = ("site", "poster")
"""What readers of the site and of the posters see."""
LINE = re.compile(
    r"^[ \t]*(?:\[(?P<table>[^\]\n]+)\]|[\"']?(?P<key>[\w-]+)[\"']?[ \t]*=[ \t]*(?P<value>.*))", re.MULTILINE
)
POSITION = re.compile(r"\(at line (\d+), column \d+\)")
HEADER = re.compile(r"^(?=\[)", re.MULTILINE)
BELOW = re.compile(r"(?:\s|^#.*)+\Z", re.MULTILINE)
"""What stands before the next table of a catalogue: blank lines, and the comment on that table."""
NEAR = 0.6
"""How alike a wrong key and the right one must be, of 1."""


def read_words(project: Path, language: str, asked: Span) -> Parsed[Catalogue]:
    """Return the words for panels in `language`, set at `asked`: the project's own over the program's.

    Errors: a file that is no TOML, an unknown key, other `{places}` than ours. Warnings: keys that it lacks;
    no file for a language that is not ours.
    """
    ours = interface(language)
    primary = language.split("-", maxsplit=1)[0].lower()
    path = project / "messages" / f"{primary}.toml"
    shown = f"messages/{primary}.toml"
    if not os.path.lexists(path):
        foreign = warning("words-no-catalogue", asked, language=language, file=shown)
        return Parsed(ours, () if ours.language == primary else (foreign,))
    try:
        text = read_bytes(path).decode("utf-8-sig")
        source = Source(shown, text.replace("\r\n", "\n").replace("\r", "\n"))
        given = tomllib.loads(source.text)
    except OSError as failure:
        return Parsed(None, (read_error(failure, Span(Source(shown))),))
    except UnicodeDecodeError:
        return Parsed(None, (error("encoding.words", Span(Source(shown))),))
    except (ValueError, RecursionError) as mistake:
        return Parsed(None, (error("toml-broken", broken_line(source, str(mistake))),))
    return _checked(
        _flat(given), source, Catalogue(primary, ours.tables), translated=ours.language != primary
    )


def words_to_translate(language: str) -> str:
    """Return a catalogue for a project of its own, in our words for that language, else in English."""
    tables = HEADER.split(source(interface(language).language))
    ours = (table for table in tables if table[1:].startswith(TABLES))
    return "\n\n".join(BELOW.sub("", table) for table in ours) + "\n"


def _checked(
    given: dict[str, Any], source: Source, ours: Catalogue, *, translated: bool
) -> Parsed[Catalogue]:
    wanted = {key: text for name in TABLES for key, text in _flat({name: ours.tables[name]}).items()}
    places = _places(source)
    found = [
        each
        for key, text in given.items()
        for each in _mistakes(key, text, wanted, places.get(key, Span(source)))
    ]
    missing = tuple(key for key in wanted if key not in given)
    if missing and translated:
        found.append(warning("words-missing", Span(Source(source.path)), missing=missing, n=len(missing)))
    if any(each.severity == "error" for each in found):
        return Parsed(None, tuple(found))
    tables = {name: _merged(name, wanted | given) for name in TABLES}
    own = tuple((text, places.get(key, Span(source))) for key, text in given.items())
    return Parsed(Catalogue(ours.language, {**ours.tables, **tables}, own), tuple(found))


def _mistakes(key: str, text: object, wanted: Mapping[str, str], place: Span) -> Iterator[Diagnostic]:
    if key not in wanted:
        near = get_close_matches(key, wanted, 1, NEAR)
        yield error(
            "words-unknown.misspelt" if near else "words-unknown.other",
            place,
            found=key,
            nearest="".join(near),
        )
    elif not isinstance(text, str):
        yield error("wrong-kind.word", place, found=key)
    elif _named(text) != _named(wanted[key]):
        named = sorted(_named(wanted[key]) or ())
        yield error("words-places", place, found=key, wanted=tuple(f"{{{name}}}" for name in named) or "–")


def _named(text: str) -> set[str] | None:
    """Return the names in braces; None when the braces are not in pairs."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        flat |= _flat(value, f"{prefix}{key}.") if hasattr(value, "items") else {prefix + key: value}
    return flat


def _merged(name: str, flat: Mapping[str, str]) -> dict[str, Any]:
    """Return the table `name` with its tables inside."""
    table: dict[str, Any] = {}
    for key, text in flat.items():
        first, *between, last = key.split(".")
        if first == name:
            inner = table
            for part in between:
                inner = inner.setdefault(part, {})
            inner[last] = text
    return table


def _places(source: Source) -> dict[str, Span]:
    """Return where each key stands, with its value."""
    places: dict[str, Span] = {}
    table = ""
    for match in LINE.finditer(source.text):
        if match["table"]:
            table = f"{match['table'].strip()}."
        else:
            places.setdefault(table + match["key"], Span(source, match.start("key"), match.end()))
    return places


def broken_line(source: Source, mistake: str) -> Span:
    """Return the line where a file is no TOML: the one that a mistake of tomllib names, else the last."""
    position = POSITION.search(mistake)
    lines = source.text.split("\n")
    number = int(position[1]) if position else len(lines)
    start = sum(len(line) + 1 for line in lines[: number - 1])
    return Span(source, start, start + len(lines[number - 1]))
