"""Every case of `golden/*.txt` and `golden/en/*.txt`, which anyone can extend (see the README there)."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from oxalis_panels.language.typography import typeset

GOLDEN = Path(__file__).parent / "golden"
ENGLISH = {"Title": "Titre", "Typed": "Saisi", "Set": "Composé", "Language": "Langue", "Keep": "Garder"}
SIGNS = str.maketrans({"⍽": "\u00a0", "⎵": "\u202f", "‿": "\u2009", "␠": " ", "⇥": "\t", "⏎": "\n"})


@dataclass(frozen=True, slots=True)
class Case:
    """One case: a title, an input, and what it becomes."""

    title: str
    typed: str
    expected: str
    language: str
    keep: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file; fails on a line that it does not understand."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    language = "fr" if path.parent == GOLDEN else path.parent.name
    return [_case(block.splitlines(), language) for block in "\n".join(lines).split("\n\n") if block.strip()]


def _case(lines: list[str], language: str) -> Case:
    fields = [
        (ENGLISH.get(name, name), value)
        for name, _, value in (line.partition(" : ") for line in lines if line)
    ]
    unknown = {name for name, _ in fields} - {"Titre", "Saisi", "Composé", "Langue", "Garder"}
    assert not unknown, f"ligne inconnue : {unknown}"
    single = dict(fields)
    typed = single["Saisi"].translate(SIGNS)
    expected = typed if single["Composé"] == "=" else single["Composé"].translate(SIGNS)
    keep = tuple(value for name, value in fields if name == "Garder")
    return Case(single["Titre"], typed, expected, single.get("Langue", language), keep)


CASES = [
    pytest.param(case, id=f"{path.stem}: {case.title}")
    for path in sorted(GOLDEN.rglob("*.txt"))
    for case in read_cases(path)
]


@pytest.mark.parametrize("case", CASES)
def test_a_text_is_set_as_the_golden_file_says(case: Case) -> None:
    """What is typed becomes what the file expects."""
    assert case.expected == typeset(case.typed, lang=case.language, keep=case.keep)


@pytest.mark.parametrize("case", CASES)
def test_a_set_text_stays_as_it_is(case: Case) -> None:
    """Typesetting what the file expects changes nothing more."""
    assert case.expected == typeset(case.expected, lang=case.language, keep=case.keep)
