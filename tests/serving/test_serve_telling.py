"""What `serve` says in the terminal while a person edits."""

from dataclasses import replace

import pytest

from oxalis_panels.cli.commands.serve import Reporter
from oxalis_panels.model.diagnostics import Source, Span, error, warning

DOUBT = warning("typography-dots.two", Span(Source("panels/01-un.md", "point.. fin"), 5, 7))
AGAIN = replace(DOUBT, span=Span(Source("panels/01-un.md", "Le point.. fin"), 8, 10))
OTHER = warning("typography-dots.four", Span(Source("panels/02-deux.md", "...."), 0, 4))
LEFT = "Reste 1 avertissement déjà montré\u00a0: oxalis-panels check le montre.\n"
MISTAKE = error("foreign-markup.html", Span(Source("panels/02-deux.md", "<b>"), 0, 3))


def test_a_warning_is_told_when_it_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    """Not at every save: in a long series the mistake just made would stand above all the old doubts."""
    reporter = Reporter(8000, opens=False)
    reporter.updated((DOUBT,), 0.1)
    assert "[typography-dots]" in capsys.readouterr().err
    reporter.updated((AGAIN, OTHER), 0.1)
    told = capsys.readouterr()
    assert ("01-un.md" in told.err, "02-deux.md" in told.err) == (False, True)
    assert told.out == LEFT
    reporter.updated((DOUBT, OTHER), 0.1)
    assert capsys.readouterr() == (
        "Restent 2 avertissements déjà montrés\u00a0: oxalis-panels check les montre.\n",
        "",
    )
    reporter.updated((AGAIN, OTHER), 0.1)
    assert capsys.readouterr() == ("", "")
    reporter.updated((DOUBT, AGAIN, OTHER), 0.1)
    assert "[typography-dots]" in capsys.readouterr().err


def test_a_mistake_does_not_make_old_warnings_new(capsys: pytest.CaptureFixture[str]) -> None:
    """An error stops the review of the texts: once it is repaired, all their warnings are found again."""
    reporter = Reporter(8000, opens=False)
    reporter.updated((DOUBT, OTHER), 0.1)
    reporter.updated((MISTAKE,), 0.1)
    assert "[foreign-markup]" in capsys.readouterr().err
    reporter.updated((DOUBT,), 0.1)
    assert capsys.readouterr() == (f"Les erreurs sont réparées\u00a0: la page suit.\n{LEFT}", "")


def test_the_end_of_a_mistake_is_told_though_doubts_remain(capsys: pytest.CaptureFixture[str]) -> None:
    """And that of the last doubt, with other words."""
    reporter = Reporter(8000, opens=False)
    reporter.updated((DOUBT, MISTAKE), 0.1)
    assert "[foreign-markup]" in capsys.readouterr().err
    reporter.updated((DOUBT,), 0.1)
    said = capsys.readouterr()
    assert (said.out, said.err) == (f"Les erreurs sont réparées\u00a0: la page suit.\n{LEFT}", "")
    reporter.updated((), 0.1)
    assert capsys.readouterr().out == "Tout est réparé.\n"
