"""Explanations as text: one code in full, or all of them in a list."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from oxalis_panels.explanations import codes, example, reason, subject_title, warnings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from oxalis_panels.messages import Catalogue

    Paint = Callable[[str, str], str]

WIDTH: Final = 96
"""Columns that a sentence fills at most."""
_ALIGNED: Final = 26
"""Columns of the list that a code takes; a longer one pushes its message aside."""
_PLACE: Final = re.compile(r"\{\w*\}")


def explained(code: str, words: Catalogue, paint: Paint) -> Iterator[str]:
    """Yield what a code means: its message, why there is one, an example, how it is mended or kept."""
    message, help_text = _sentences(code, words)
    subject = subject_title(codes()[code], words.language)
    yield paint("code", code) + words.text("explain.head", severity=_severity(code, words), subject=subject)
    for text in (message, reason(code, words.language)):
        yield ""
        yield from wrap(text, WIDTH)
    yield from _example(code, words, paint)
    yield ""
    yield from wrap(words.text("explain.help", help=help_text), WIDTH)
    if code in warnings():
        yield ""
        yield from wrap(words.text("explain.allow", code=code), WIDTH)


def listed_codes(words: Catalogue, paint: Paint) -> Iterator[str]:
    """Yield all codes by subject, each with the message that it stands for."""
    above = None
    for code, subject in codes().items():
        if subject != above:
            yield ("" if above is None else "\n") + paint("heading", subject_title(subject, words.language))
            above = subject
        yield f"  {paint('code', code)}{' ' * (_ALIGNED - len(code))}  {_sentences(code, words)[0]}"
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


def _sentences(code: str, words: Catalogue) -> tuple[str, str]:
    """Return message and help with an ellipsis where a value would be."""
    entry = words.tables["diagnostic"][code]
    return _general(entry["message"]), _general(entry.get("help", ""))


def _general(text: str) -> str:
    kept = text.replace("{{", "\0").replace("}}", "\1")
    return _PLACE.sub("…", kept).replace("……", "…").replace("\0", "{").replace("\1", "}")
