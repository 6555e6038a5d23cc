"""The closed lists of row 19, and the doubts of rows 7, 16, 17 and 28. Nothing here guesses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from oxalis_panels.frozen import frozen
from oxalis_panels.typography.characters import SPACES, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ACCENTED: Final = words(
    "École Écoles Économie Économies Écologie Écoute Édition Éditions Éducation Église Églises "
    "Égalité Égypte Élection Élections Élu Élus Élue Élues Émission Énergie Énergies Équipe Équipes "
    "Équilibre Équité Établissement Établissements "
    "Étape Étapes État États Étude Études Étudiant Étudiants Être "
    "Évaluation Évaluations Événement Événements Évolution Évolutions Évidemment Île Îles Ça"
)
_LIGATURES: Final = words(
    "cœur cœurs chœur chœurs sœur sœurs bœuf bœufs œuf œufs œuvre œuvres œil nœud nœuds vœu vœux mœurs "
    "manœuvre manœuvres désœuvré rancœur œnologie fœtus"
)
_PLAIN: Final = str.maketrans("ÉÈÊÎÇ", "EEEIC")


@frozen
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
                return _compiled(self.form).finditer(text)
        return iter(())


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """Compile a pattern once it is needed: those of words take longer than all else of this module."""
    return re.compile(form)


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


def _ellipsis(_form: str) -> str:
    return "..."


def _degree(form: str) -> str:
    return f"{form[:-1]}°"


def _range(form: str) -> str:
    return form.replace(" ", "")


CAPITALS: Final = {word.translate(_PLAIN): word for word in _ACCENTED}
"""Words without their accent, and with it."""
LIGATURES: Final = _ligature_forms()
"""Words with two letters, and with one."""
SUSPECTS: Final = (
    Suspect("typography-dots.four", r"(?<![.…/\\])\.{4,}+(?![/\\])", ("....",), _ellipsis),
    Suspect("typography-dots.two", r"(?<![.…/\\])\.\.(?![.…/\\])", ("..",)),
    Suspect(
        "typography-time",
        r"(?<![\w:.,/])(?:[01]?[0-9]|2[0-4])[:h][0-5][0-9](?![\w:.,]?[0-9]|\w)",
        tuple("0123456789"),
        _time,
    ),
    Suspect("typography-ordinal", r"(?<![\w.,])1(?i:[èe]mes?)(?!\w)", ("1è", "1e", "1È", "1E")),
    Suspect("typography-degree", rf"[0-9]++[{SPACES}]?[º˚]", ("º", "˚"), _degree),
    Suspect("typography-dash", r"(?<=[^\W\d_] )--?(?= [^\W\d_])|(?<=\w)--(?=\w)", ("- ", "--")),
    Suspect("typography-range", r"(?<![\w/.-])[0-9]++ - [0-9]++(?![\w/-]| -)", ("- ",), _range),
    _words("typography-capital", CAPITALS, tuple(sorted({form[:3] for form in CAPITALS}))),
    _words("typography-ligature", LIGATURES, ("oe", "Oe")),
)
