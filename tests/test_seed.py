"""The seed and the real panels: every word of the authors, once, in order."""

from pathlib import Path

import pytest
from seed import SeedPanel
from words import words

from oxalis_panels.model.collection import Panel, plain
from oxalis_panels.reading.project import read_project

ROOT = Path(__file__).parent.parent
TABLE = {
    "introduction": (0, 0, 74),
    "budget": (3, 0, 39),
    "offre": (1, 12, 153),
    "equipe": (1, 4, 132),
    "numerique": (1, 2, 98),
    "gouvernance": (1, 4, 121),
    "mouvement": (2, 0, 76),
    "partenaires": (1, 4, 88),
}
"""✓, → and words of each panel, as `panel-format.md` sums them up: words are what stands between blanks."""


def test_seed_has_the_counts_of_its_description(seed: tuple[SeedPanel, ...]) -> None:
    """The test-side reader finds every ✓, → and word of every panel: 10, 26 and 781 in all."""
    counted = [
        (
            len(panel.findings),
            sum(len(finding.points) for finding in panel.findings),
            sum(len(text.split()) for text in panel.texts),
        )
        for panel in seed
    ]
    assert counted == list(TABLE.values())
    assert tuple(map(sum, zip(*counted, strict=True))) == (10, 26, 781)


def test_real_panels_say_what_the_seed_says(seed: tuple[SeedPanel, ...]) -> None:
    """Each title, paragraph, ✓ and → of `panels/` has the words of its counterpart in the seed."""
    parsed = read_project(ROOT)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert [panel.slug for panel in parsed.value.panels] == list(TABLE)
    assert [[words(text) for text in panel.texts] for panel in seed] == [
        [words(text) for text in _texts(panel)] for panel in parsed.value.panels
    ]


def _texts(panel: Panel) -> list[str]:
    inlines = [panel.title] if panel.title else []
    inlines += [paragraph.text for paragraph in panel.paragraphs]
    for finding in panel.findings:
        inlines += [finding.text, *(point.text for point in finding.points)]
    return [plain(inline) for inline in inlines]


@pytest.mark.parametrize(
    ("typed", "typeset"),
    [
        ("rempli de succès :", "rempli de succès\u00a0:"),
        ("rempli de succès:", "rempli de succès\u202f:"),
        ("l’ « offre OXALIS »", "l'«\u00a0offre OXALIS\u00a0»"),
        ("(Manucoop...)", "(Manucoop…)"),
        ("co-construit", "co\u2011construit"),
        ("✓ un\n→ deux", "un deux"),
        ("prévention", "pre\u0301vention"),
        ("coopé\u00adrative", "coopérative"),
    ],
)
def test_typesetting_is_undone(typed: str, typeset: str) -> None:
    """Texts that differ only by what a typesetter may change have the same words."""
    assert words(typed) == words(typeset)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dispositf", "dispositif"),
        ("un un bilan", "un bilan"),
        ("Coté", "Côté"),
        ("Tiers Lieu", "TiersLieu"),
        ("voté, enfin.", "voté enfin."),
        ("le CA", "le ca"),
    ],
)
def test_a_changed_letter_is_a_difference(one: str, other: str) -> None:
    """A letter, word or comma that is lost, doubled or changed is never folded away."""
    assert words(one) != words(other)
