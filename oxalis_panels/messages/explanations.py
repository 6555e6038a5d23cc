"""What the codes of diagnostics mean: by subject, with a checked example, as text for `explain`.

`codes.toml` holds what no language changes: subject, order, whether it may be a warning, an example.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from oxalis_panels.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from oxalis_panels.messages import Catalogue

    Paint = Callable[[str, str], str]

WIDTH: Final = 96
"""Columns that a sentence fills at most."""
_ALIGNED: Final = 26
"""Columns of the list that a code takes; a longer one pushes its message aside."""
_PLACE: Final = re.compile(r"\{\w*\}")


@frozen
class Example:
    """A few lines of a source with the mistake, and the same lines without it."""

    wrong: str
    right: str


def codes() -> Mapping[str, str]:
    """Return the subject of each code, in the order of the subjects."""
    return {code: subject for subject, table in _subjects().items() for code in table}


def warnings() -> frozenset[str]:
    """Return the codes of diagnostics that may be warnings; some are errors where it is worse."""
    entries = (entry for table in _subjects().values() for entry in table.items())
    return frozenset(code for code, about in entries if about.get("warning"))


def example(code: str) -> Example | None:
    """Return the example of a code; None where no few lines could show it (a full disk, a damaged file)."""
    about = _subjects()[codes()[code]][code]
    return Example(about["wrong"], about["right"]) if "wrong" in about else None


def explained(code: str, words: Catalogue, paint: Paint) -> Iterator[str]:
    """Yield what a code means: its message, why there is one, an example, how it is mended or kept."""
    said = words.entry(code)
    subject = words.text(f"subject.{codes()[code]}")
    yield paint("code", code) + words.text("explain.head", severity=_severity(code, words), subject=subject)
    for text in (_general(said["message"]), said["why"]):
        yield ""
        yield from wrap(text, WIDTH)
    yield from _example(code, words, paint)
    yield ""
    yield from wrap(words.text("explain.help", help=_general(said.get("help", ""))), WIDTH)
    if code in warnings():
        yield ""
        yield from wrap(words.text("explain.allow", code=code), WIDTH)


def listed_codes(words: Catalogue, paint: Paint) -> Iterator[str]:
    """Yield all codes by subject, each with the message that it stands for."""
    for subject, table in _subjects().items():
        yield paint("heading", words.text(f"subject.{subject}"))
        for code in table:
            message = _general(words.entry(code)["message"])
            yield f"  {paint('code', code)}{' ' * (_ALIGNED - len(code))}  {message}"
        yield ""
    yield words.text("explain.more")


def _example(code: str, words: Catalogue, paint: Paint) -> Iterator[str]:
    shown = example(code)
    for name in ("wrong", "right") if shown else ():
        yield ""
        yield paint(name, words.text(f"explain.{name}"))
        yield from (f"    {line}".rstrip() for line in str(getattr(shown, name)).strip("\n").split("\n"))


def _severity(code: str, words: Catalogue) -> str:
    return words.text("plain.warning" if code in warnings() else "plain.error")


def _general(text: str) -> str:
    """Return a sentence with an ellipsis where a value would be."""
    kept = text.replace("{{", "\0").replace("}}", "\1")
    return _PLACE.sub("…", kept).replace("……", "…").replace("\0", "{").replace("\1", "}")


@cache
def _subjects() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads(Path(__file__).with_name("codes.toml").read_text(encoding="utf-8"))
