"""`delivery:` in `collection.yaml`: what may be said there, and the mistakes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oxalis_panels.model import Delivery, Text
from oxalis_panels.reading import read_project

if TYPE_CHECKING:
    from pathlib import Path

    from oxalis_panels.diagnostics import Parsed
    from oxalis_panels.model import Collection


def read(folder: Path, delivery: str) -> Parsed[Collection]:
    """Read a project whose settings have these lines."""
    (folder / "panels").mkdir()
    (folder / "panels" / "01-un.md").write_text("# Un\n\n- ✓ Un constat.\n", encoding="utf-8")
    (folder / "panels" / "collection.yaml").write_text(delivery, encoding="utf-8")
    return read_project(folder)


@pytest.mark.parametrize("text", ["", "delivery:\n", "delivery: {}\n", "delivery:\n  copies:\n"])
def test_nothing_said_is_no_mistake(text: str, tmp_path: Path) -> None:
    """Every field may be left out, and so may all of them."""
    parsed = read(tmp_path, text)
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert parsed.value.settings.delivery == Delivery()


def test_fields_are_read_by_their_types(tmp_path: Path) -> None:
    """A number, inline texts, and a contact that keeps its lines as they are."""
    parsed = read(
        tmp_path,
        "delivery:\n  copies: 3\n  paper: mat\n  finish: œillets\n  contact: |\n    A *B*\n    06\n"
        "  deadline: 12 mai\n  notes: Merci\n",
    )
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert parsed.value.settings.delivery == Delivery(
        copies=3,
        paper=(Text("mat"),),
        finish=(Text("œillets"),),
        contact="A *B*\n06",
        deadline=(Text("12 mai"),),
        notes=(Text("Merci"),),
    )


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("delivery: deux\n", "wrong-kind.delivery", 1),
        ("delivery:\n  - copies\n", "wrong-kind.delivery", 2),
        ("delivery:\n  copies: deux\n", "wrong-kind.number", 2),
        ("delivery:\n  copies: -1\n", "wrong-kind.number", 2),
        ("delivery:\n  copies: 0\n", "copies-none", 2),
        ("delivery:\n  paper: [mat, 170 g]\n", "wrong-kind.text", 2),
        ("delivery:\n  contact:\n    nom: A\n", "wrong-kind.text", 3),
        ("delivery:\n  papier: mat\n", "key-unknown.misspelt", 2),
        ("delivery:\n  couleur: bleu\n", "key-unknown.other", 2),
        ("delivery:\n  copies: 1\n  copies: 2\n", "key-twice.same", 3),
        ("livraison:\n  copies: 1\n", "key-unknown.misspelt", 1),
    ],
)
def test_a_mistake_is_told_at_its_line(text: str, code: str, line: int, tmp_path: Path) -> None:
    """One mistake, one message, at the line where it stands."""
    parsed = read(tmp_path, text)
    assert parsed.value is None
    found = [
        (each.key, each.span.source.text.count("\n", 0, each.span.start) + 1) for each in parsed.diagnostics
    ]
    assert found == [(code, line)]
