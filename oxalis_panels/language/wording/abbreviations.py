"""Abbreviations that neither the text nor the glossary explains: outsiders cannot guess them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from oxalis_panels.language.typography.characters import split_words
from oxalis_panels.language.typography.protection import protect
from oxalis_panels.language.wording.passages import PanelPassages
from oxalis_panels.model.collection import Settings, plain
from oxalis_panels.model.diagnostics import Diagnostic, warning

_WORD: Final = re.compile(r"[A-ZÀ-ÖØ-Þ](?<![\w·.@#-].)[A-ZÀ-ÖØ-Þ]{1,5}(?![\w·@-])")
"""A word of two to six capitals, no part of a compound, an inclusive form or an address.

It begins with the capital, and looks behind only then: Python finds such patterns much faster.
"""
_ROMAN: Final = re.compile(r"[IVX]+")
_INITIAL: Final = re.compile(r"[^\W\d_]+(?:·\w+)*")
_SMALL: Final = frozenset(
    split_words("à au aux d de des du en et l la le les ou par pour sur the of and for")
)
"""Words that give an abbreviation no letter."""
EVERYDAY: Final = frozenset(
    split_words("""
    AG BD CB CD COVID CV DVD FAQ HS JO OK ONU PDF PS QR RDV README SMS SOS TGV TTC TV TVA UE USA USB
    """)
)
"""Abbreviations that are read as words, and found in every dictionary."""


def unexplained(panels: Sequence[PanelPassages], settings: Settings) -> Iterator[Diagnostic]:
    """Yield a warning for each abbreviation that nothing explains, at its first place."""
    passages = [each for panel in panels for each in (*panel.titles, *panel.body)]
    names = {word.upper() for text in (settings.organisation, settings.title) for word in plain(text).split()}
    known = {entry.short for entry in settings.glossary} | names | EVERYDAY
    known |= {word for each in passages for word in _explained(each.text)}
    for passage in passages:
        for match in _WORD.finditer(protect(passage.text, settings.keep)):
            word = match[0]
            if word not in known and not _ROMAN.fullmatch(word) and not _is_shouted(passage.text):
                known.add(word)
                yield warning("abbreviation-unexplained", passage.at(*match.span()), found=word)


def _explained(text: str) -> Iterator[str]:
    """Yield what a text explains: `SI (Systèmes d’Information)`, or `Systèmes d’Information (SI)`."""
    for match in _WORD.finditer(text) if "(" in text else ():
        before, after = text[: match.start()], text[match.end() :]
        inside = re.match(r"\s*\(([^()]+)\)", after)
        behind = inside and " " in inside[1].strip() and _initials(inside[1]).startswith(match[0][0])
        if behind or (
            before.endswith("(") and after.startswith(")") and _initials(before).endswith(match[0])
        ):
            yield match[0]


def _initials(text: str) -> str:
    """Return the initials of the words that an abbreviation is made of, in capitals."""
    words = (word for word in _INITIAL.findall(text) if word.lower() not in _SMALL)
    return "".join(word[0].upper() for word in words)


def _is_shouted(text: str) -> bool:
    """Return whether a text is written in capitals: then its words are no abbreviations."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) > 1 and 2 * sum(word.isupper() for word in words) > len(words)
