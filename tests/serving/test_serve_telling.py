"""What `serve` says in the terminal while a person edits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from oxalis_panels.commands.serve import Teller
from oxalis_panels.diagnostics import Source, Span, error, warning

if TYPE_CHECKING:
    import pytest

DOUBT = warning("typography-two-dots", Span(Source("panels/01-un.md", "point.. fin"), 5, 7))
AGAIN = replace(DOUBT, span=Span(Source("panels/01-un.md", "Le point.. fin"), 8, 10))
OTHER = warning("typography-four-dots", Span(Source("panels/02-deux.md", "...."), 0, 4))
MISTAKE = error("html", Span(Source("panels/02-deux.md", "<b>"), 0, 3))


def test_a_warning_is_told_when_it_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    """Not at every save: in a long series the mistake just made would stand above all the old doubts."""
    teller = Teller(8000, opens=False)
    teller.told((DOUBT,), 0.1)
    assert "[typography-two-dots]" in capsys.readouterr().err
    teller.told((AGAIN, OTHER), 0.1)
    told = capsys.readouterr().err
    assert ("[typography-two-dots]" in told, "[typography-four-dots]" in told) == (False, True)


def test_the_end_of_a_mistake_is_told_though_doubts_remain(capsys: pytest.CaptureFixture[str]) -> None:
    """And that of the last doubt, with other words."""
    teller = Teller(8000, opens=False)
    teller.told((DOUBT, MISTAKE), 0.1)
    assert "[html]" in capsys.readouterr().err
    teller.told((DOUBT,), 0.1)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("Les erreurs sont réparées\u00a0: la page suit.\n", "")
    teller.told((), 0.1)
    assert capsys.readouterr().out == "Tout est réparé.\n"
