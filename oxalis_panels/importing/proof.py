"""Every word of a document is in its panels or in what is said of them: counted before writing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from oxalis_panels.importing.words import words
from oxalis_panels.model import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oxalis_panels.importing.document import Document
    from oxalis_panels.model import Panel


def words_of_panels(panels: Iterable[Panel]) -> list[str]:
    """Return the words of panels as the program reads their files again."""
    return [word for panel in panels for text in _texts(panel) for word in words(text)]


def differences(document: Document, panels: Iterable[Panel]) -> tuple[list[str], list[str]]:
    """Return the words that are missing and those that are too many; two empty lists are the proof."""
    read = Counter(document.words)
    kept = Counter(words_of_panels(panels)) + Counter(document.aside)
    return sorted((read - kept).elements()), sorted((kept - read).elements())


def _texts(panel: Panel) -> Iterable[str]:
    yield plain(panel.title)
    yield from (plain(paragraph.text) for paragraph in panel.paragraphs)
    for finding in panel.findings:
        yield plain(finding.text)
        yield from (plain(point.text) for point in finding.points)
