"""What the codes of diagnostics mean: by subject, with a checked example, as text for `explain`.

`codes.toml` holds what no language changes: subject, order, whether it may be a warning, an example.
A code may have several cases, each with a key, words and an example of its own.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from textwrap import wrap
from typing import Any, Final

from oxalis_panels.model.diagnostics import code_of
from oxalis_panels.words.catalogue import Catalogue, source

Paint = Callable[[str, str], str]

WIDTH: Final = 96
"""Columns that a sentence fills at most."""
_ALIGNED: Final = 26
"""Columns of the list that a code takes; a longer one pushes its message aside."""
_PLACE: Final = re.compile(r"\{\w*\}")


def codes() -> Mapping[str, str]:
    """Return the subject of each code, in the order of the subjects."""
    return {code: subject for subject, table in _table("codes").items() for code in table}


def keys() -> Mapping[str, Mapping[str, Any]]:
    """Return what no language changes about each case of each code, by key, in the order of the codes."""
    entries = (entry for table in _table("codes").values() for entry in table.items())
    return {key: about for code, entry in entries for key, about in _cases(code, entry)}


def warnings() -> frozenset[str]:
    """Return the codes and keys of diagnostics that may be warnings; some are errors where it is worse."""
    found = [key for key, about in keys().items() if about.get("warning")]
    return frozenset((*found, *map(code_of, found)))


def former() -> Mapping[str, str]:
    """Return what the codes of earlier versions are now: a key for each."""
    return _table("former_codes")


def explained(code: str, words: Catalogue, paint: Paint) -> Iterator[str]:
    """Yield what a code means: its message, why there is one, an example, how it is corrected or kept."""
    subject = words.text(f"subject.{codes()[code]}")
    severity = words.text("plain.warning" if code in warnings() else "plain.error")
    yield paint("code", code) + words.text("explain.head", severity=severity, subject=subject)
    above = ""
    for key, about in ((key, about) for key, about in keys().items() if code_of(key) == code):
        said = words.entry(key)
        if key != code and code in warnings():  # `allow:` may name one case alone
            yield ""
            yield paint("code", key)
        for text in (_general(said["message"]), said["why"]):
            if text != above:
                yield ""
                yield from wrap(text, WIDTH)
        above = said["why"]
        yield from _example(about, words, paint)
        yield ""
        yield from wrap(words.text("explain.help", help=_general(said.get("help", ""))), WIDTH)
    if code in warnings():
        yield ""
        yield from wrap(words.text("explain.allow", code=code), WIDTH)


def listed_codes(words: Catalogue, paint: Paint) -> Iterator[str]:
    """Yield all codes by subject, each with the messages that it stands for."""
    messages: dict[str, list[str]] = {}
    for key in keys():
        messages.setdefault(code_of(key), []).append(_general(words.entry(key)["message"]))
    for subject, table in _table("codes").items():
        yield paint("heading", words.text(f"subject.{subject}"))
        for code in table:
            first, *others = dict.fromkeys(messages[code])
            yield f"  {paint('code', code)}{' ' * (_ALIGNED - len(code))}  {first}"
            yield from (f"{' ' * (_ALIGNED + 4)}{each}" for each in others)
        yield ""
    yield words.text("explain.more")


def _cases(code: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the key of each case of a code with what is said of it; a code without cases is its only one."""
    if entry and all(isinstance(about, dict) for about in entry.values()):
        yield from ((f"{code}.{case}", about) for case, about in entry.items())
    else:
        yield code, entry


def _example(about: Mapping[str, Any], words: Catalogue, paint: Paint) -> Iterator[str]:
    """Yield a few lines with the mistake and without it; none could show a full disk, or a damaged file."""
    for name in ("wrong", "right") if "wrong" in about else ():
        yield ""
        yield paint(name, words.text(f"explain.{name}"))
        yield from (f"    {line}".rstrip() for line in about[name].strip("\n").split("\n"))


def _general(text: str) -> str:
    """Return a sentence with an ellipsis where a value would be."""
    kept = text.replace("{{", "\0").replace("}}", "\1")
    return _PLACE.sub("…", kept).replace("……", "…").replace("\0", "{").replace("\1", "}")


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(source(name))
