"""Signs that look like slips are told, at their place; signs that people mean are left in peace."""

from pathlib import Path

import pytest

from oxalis_panels.model.collection import Collection, plain
from oxalis_panels.model.diagnostics import Parsed
from oxalis_panels.reading.project import read_project


def _read(root: Path, text: str, name: str = "02-budget.md") -> Parsed[Collection]:
    (root / "panels").mkdir()
    (root / "panels" / name).write_text(text, encoding="utf-8")
    return read_project(root)


def _told(root: Path, line: str) -> list[tuple[str, str]]:
    """Return what is said of the text of a finding: codes, and what they underline."""
    parsed = _read(root, f"# Titre\n\n- ✓ {line}\n")
    assert not parsed.failed
    return [(each.key, each.span.text) for each in parsed.diagnostics]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("un *mot seul", [("sign-visible.unclosed", "*")]),
        ("un mot* seul", [("sign-visible.unclosed", "*")]),
        ("un _mot seul", [("sign-visible.unclosed", "_")]),
        ("un **mot seul", [("sign-visible.unclosed", "**")]),
        ("**fort* et fin", [("sign-visible.unclosed", "**")]),
        ("*un* **deux *trois*", [("sign-visible.unclosed", "**")]),
        (
            "[un *mot](https://exemple.fr) seul*",
            [("sign-visible.unclosed", "*"), ("sign-visible.unclosed", "*")],
        ),
        ("prix* fort *ici", [("sign-visible.unclosed", "*"), ("sign-visible.unclosed", "*")]),
        ("un * mot * seul", [("sign-visible.spaced", "* mot *")]),
        ("un *mot *, seul", [("sign-visible.spaced", "*mot *")]),
        ("un ** mot**", [("sign-visible.spaced", "** mot**")]),
        ("~~barré", [("sign-visible.tildes", "~~")]),
        ("l`équipe", [("sign-visible.backtick", "`")]),
        ("un ``mot` seul", [("sign-visible.backtick", "``"), ("sign-visible.backtick", "`")]),
        ("et\\ou", [("sign-visible.backslash", "\\")]),
        ("C:\\x", [("sign-visible.backslash", "\\")]),
        ("fin \\", [("sign-visible.backslash", "\\")]),
        ("[lien](https://exemple.fr ici", [("link-broken", "[lien](https://exemple.fr")]),
        ("[lien](https://exemple.fr/a b)", [("link-broken", "[lien](https://exemple.fr/a")]),
        ("lien](https://exemple.fr), ici", [("link-broken", "](https://exemple.fr)")]),
        ("[lien] (www.exemple.fr) ici", [("link-broken", "[lien] (www.exemple.fr)")]),
        ("(lien)[https://exemple.fr] ici", [("link-broken", "(lien)[https://exemple.fr]")]),
    ],
)
def test_a_slip_is_told_at_its_place(line: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    """One warning per slip, and the text stays as it is typed."""
    assert _told(tmp_path, line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "salarié*e et nom_de_fichier",
        "3 * 4, x * 2 et 12 * n",
        "Nom : ____ et date : ___",
        "\\*vrai\\* \\_signe\\_, \\`, \\\\ et \\[lien](ici",
        "un\\\nretour",
        "environ ~12 et ~13",
        "[Projet] (voir annexe) et [sic]",
        "*un*, **deux**, ***trois***, _quatre_ et __cinq__",
        "[un *lien*](https://exemple.fr/a_b_(c)*) entier",
        "<https://exemple.fr/a*b_c>",
    ],
)
def test_a_sign_that_is_meant_is_not_told(line: str, tmp_path: Path) -> None:
    """Inclusive spelling, multiplications, blanks to fill in, and whatever a backslash protects."""
    assert _told(tmp_path, line) == []


def test_slips_keep_their_place_on_other_lines(tmp_path: Path) -> None:
    """A text over several lines, with indentation, tabs and carriage returns."""
    text = "# Titre\r\n\r\n\t- ✓ un *mot*\r\n\t  👍 e\u0301te\u0301 *seul\r\n"
    (each,) = _read(tmp_path, text).diagnostics
    assert (each.key, each.span.source.text[each.span.start :]) == ("sign-visible.unclosed", "*seul\n")


VALUES = ["yes", "no", "on", "true", "12:30", "1_000", "0x1F", "3.10", "1e3", "2024-01-01", "007", ".inf"]


def test_what_yaml_has_other_types_for_is_read_as_typed(tmp_path: Path) -> None:
    """The type is that of the field: a finding is a text, and no 12:30 is 750."""
    lines = "".join(f"  - {value}\n" for value in VALUES)
    parsed = _read(tmp_path, f"title: 2024\nfindings:\n{lines}", "02-budget.yaml")
    assert parsed.value is not None
    panel = parsed.value.panels[0]
    assert parsed.diagnostics == ()
    assert plain(panel.title) == "2024"
    assert [plain(finding.text) for finding in panel.findings] == VALUES


@pytest.mark.parametrize("value", ["~", "null", "Null", "NULL"])
def test_what_other_readers_take_for_nothing_is_a_doubt(value: str, tmp_path: Path) -> None:
    """It is kept as a text, and said to be one; in quotation marks it is certain."""
    text = f'title: T\nfindings:\n  - {value}\n  - "{value}"\n'
    parsed = _read(tmp_path, text, "02-budget.yaml")
    assert parsed.value is not None
    assert [plain(finding.text) for finding in parsed.value.panels[0].findings] == [value, value]
    assert [(each.key, each.span.text) for each in parsed.diagnostics] == [("yaml-nothing", value)]
