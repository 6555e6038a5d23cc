"""Warnings for what the typesetter leaves alone because only the author can decide.

In French these are the words of row 19, from closed lists, and the doubtful forms of rows 7, 16, 17 and 28;
in English those of rows 7, 29, 32 and 37.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from oxalis_panels.language.typography.characters import SPACES, split_words
from oxalis_panels.language.typography.english import lonely_singles
from oxalis_panels.language.typography.protection import protect
from oxalis_panels.language.typography.quotes import (
    Pairing,
    blocks,
    pair_marks,
    pair_straight,
)
from oxalis_panels.language.typography.styles import FRANCE, Style, style_for
from oxalis_panels.language.typography.typesetter import joined
from oxalis_panels.model.collection import Collection
from oxalis_panels.model.diagnostics import Diagnostic, Span, warning
from oxalis_panels.model.texts import texts
from oxalis_panels.model.value import value

_ACCENTED: Final = split_words(
    "École Écoles Économie Économies Écologie Écoute Édition Éditions Éducation Église Églises "
    "Égalité Égypte Élection Élections Élu Élus Élue Élues Émission Énergie Énergies Équipe Équipes "
    "Équilibre Équité Établissement Établissements "
    "Étape Étapes État États Étude Études Étudiant Étudiants Être "
    "Évaluation Évaluations Événement Événements Évolution Évolutions Évidemment Île Îles Ça"
)
_LIGATURES: Final = split_words(
    "cœur cœurs chœur chœurs sœur sœurs bœuf bœufs œuf œufs œuvre œuvres œil nœud nœuds vœu vœux mœurs "
    "manœuvre manœuvres désœuvré rancœur œnologie fœtus"
)
_PLAIN: Final = str.maketrans("ÉÈÊÎÇ", "EEEIC")
CAPITALS: Final = {word.translate(_PLAIN): word for word in _ACCENTED}
"""Words without their accent, and with it."""
_RANGE: Final = r"(?<![\w/.-])[0-9]++ - [0-9]++(?![\w/-]| -)"
Doubt = tuple[str, int, int, str]
"""A code, a range of the text, and what to write instead where that is certain."""


@value
class Suspect:
    """One kind of doubtful form."""

    code: str
    """Key of the diagnostic."""
    form: str
    """The regular expression of all doubtful forms."""
    signs: tuple[str, ...]
    """Each form has one of these: most texts have none, and looking for a sign is quick."""
    correct: Callable[[str], str] | None = None
    """From a form to what to write instead, where that is certain."""

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Find the doubtful forms in a text."""
        for sign in self.signs:
            if sign in text:
                return re.finditer(self.form, text)  # compiled when first needed: a word list takes a while
        return iter(())


def _words(code: str, corrections: dict[str, str], signs: tuple[str, ...]) -> Suspect:
    forms = "|".join(sorted(corrections, key=len, reverse=True))
    return Suspect(code, rf"(?<![\w.@/-])(?:{forms})(?!\w)", signs, corrections.__getitem__)


def _ligature_forms() -> dict[str, str]:
    forms = {word.replace("œ", "oe"): word for word in _LIGATURES}
    return {**forms, **{_capitalised(form): _capitalised(word) for form, word in forms.items()}}


def _capitalised(word: str) -> str:
    return word[0].upper() + word[1:]


def _time(form: str) -> str:
    """Return 16:15 and 16h15 as `16 h 15`, with the spaces that the author's keyboard has."""
    return re.sub("[:h]", " h ", form)


LIGATURES: Final = _ligature_forms()
"""Words with two letters, and with one."""
_DOTS: Final = (
    Suspect("typography-dots.four", r"(?<![.…/\\])\.{4,}+(?![/\\])", ("....",), lambda _: "..."),
    Suspect("typography-dots.two", r"(?<![.…/\\])\.\.(?![.…/\\])", ("..",)),
)
SUSPECTS: Final = (
    *_DOTS,
    Suspect(
        "typography-time",
        r"(?<![\w:.,/])(?:[01]?[0-9]|2[0-4])[:h][0-5][0-9](?![\w:.,]?[0-9]|\w)",
        tuple("0123456789"),
        _time,
    ),
    Suspect("typography-ordinal", r"(?<![\w.,])1(?i:[èe]mes?)(?!\w)", ("1è", "1e", "1È", "1E")),
    Suspect("typography-degree", rf"[0-9]++[{SPACES}]?[º˚]", ("º", "˚"), lambda form: f"{form[:-1]}°"),
    Suspect("typography-dash", r"(?<=[^\W\d_] )--?(?= [^\W\d_])|(?<=\w)--(?=\w)", ("- ", "--")),
    Suspect("typography-range", _RANGE, ("- ",), lambda form: form.replace(" ", "")),
    _words("typography-capital", CAPITALS, tuple(sorted({form[:3] for form in CAPITALS}))),
    _words("typography-ligature", LIGATURES, ("oe", "Oe")),
)

ENGLISH_SUSPECTS: Final = (
    *_DOTS,
    Suspect("typography-range", _RANGE, ("- ",), lambda form: form.replace(" - ", "–")),
    Suspect(
        "typography-percent",
        rf"(?<![\w.,])[0-9][0-9.,]*+[{SPACES}]++%(?!\w)",
        (" %", "\u00a0%", "\u202f%"),
        lambda form: form.rstrip("%").rstrip() + "%",
    ),
)


def review_collection(collection: Collection) -> tuple[Diagnostic, ...]:
    """Return a warning for each doubt about the typography of panels and pages as they were typed."""
    settings = collection.settings
    style = style_for(settings.language)
    if style is None:
        return ()
    written = (
        (joined(each.text), each.span)
        for part in collection.addressed
        for each in texts(part, without=("short_title",) if part.short_title == part.title else ())
    )
    return tuple(
        _warning(doubt, text, span)
        for text, span in written
        for doubt in doubts(text, protect(text, settings.keep), style)
    )


def doubts(text: str, masked: str, style: Style = FRANCE) -> Iterator[Doubt]:
    """Yield what is doubtful in a text; `masked` is the text with its protected characters masked."""
    for start, end in blocks(masked):
        yield from _quotes(masked, start, end)
    english = style.language == "en"
    for where in lonely_singles(masked, style) if english else ():
        yield "typography-quote.alone", where, where + 1, ""
    for suspect in ENGLISH_SUSPECTS if english else SUSPECTS:
        for match in suspect.find(masked):
            snippet = text[match.start() : match.end()]
            instead = suspect.correct(snippet) if suspect.correct else ""
            yield suspect.code, match.start(), match.end(), instead


def _quotes(text: str, start: int, end: int) -> Iterator[Doubt]:
    curly = pair_marks(text, start, end, "“", "”") if "„" not in text else Pairing()  # „German“ closes so
    angled = pair_marks(text, start, end, "«", "»")
    for found in (angled, curly, pair_straight(text, start, end)):
        for where in found.lonely:
            yield "typography-quote.alone", where, where + 1, ""
        for opener, closer in found.empty:
            yield "typography-quote.empty", opener, closer + 1, ""


def _warning(doubt: Doubt, text: str, span: Span) -> Diagnostic:
    code, start, end, instead = doubt
    found = text[start:end]
    place = span.within(text, start, end)
    if not instead:
        return warning(code, place, found=found)
    doubtful = warning(code, place, found=found, instead=instead)
    return doubtful.repaired(instead) if place.text == found else doubtful
