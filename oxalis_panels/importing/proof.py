"""Every word of a document is in its panels or in what is said of them: counted before writing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from oxalis_panels.importing.words import words
from oxalis_panels.model import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oxalis_panels.importing.document import Document
    from oxalis_panels.model import Panel

_TOKEN = re.compile(r"[^\W_]+|[€$£%‰]")
_INVISIBLE = re.compile(
    "[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f]"
)


def words_of_panels(panels: Iterable[Panel]) -> list[str]:
    """Return the words of panels as the program reads their files again."""
    return [word for panel in panels for text in _texts(panel) for word in words(text)]


def differences(document: Document, panels: Iterable[Panel]) -> tuple[list[str], list[str]]:
    """Return the words that are missing and those that are too many; two empty lists are the proof.

    A word that is parted otherwise (half of it struck out, say) is the same characters.
    """
    read = Counter(_tokens((*document.words, *document.added)))
    kept = Counter(_tokens((*words_of_panels(panels), *document.aside, *document.dropped)))
    missing, extra = sorted((read - kept).elements()), sorted((kept - read).elements())
    return ([], []) if Counter("".join(missing)) == Counter("".join(extra)) else (missing, extra)


def _tokens(texts: Iterable[str]) -> list[str]:
    """Return the words as they are compared: letters, digits and signs of amounts, whatever their look."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", "\n".join(texts))).casefold()
    return _TOKEN.findall(unicodedata.normalize("NFKC", text))


def _texts(panel: Panel) -> Iterable[str]:
    yield plain(panel.title)
    yield from (plain(paragraph.text) for paragraph in panel.paragraphs)
    for finding in panel.findings:
        yield plain(finding.text)
        yield from (plain(point.text) for point in finding.points)
