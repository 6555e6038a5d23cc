"""What several commands say in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from oxalis_panels.commands.options import WORDS
from oxalis_panels.commands.speech import coloured
from oxalis_panels.reporting import counted, drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oxalis_panels.diagnostics import Diagnostic


def show(diagnostics: Sequence[Diagnostic]) -> None:
    """Print diagnostics where messages go, in the order in which a person repairs them."""
    for text in drawn(diagnostics, WORDS):
        click.echo(coloured(text, WORDS) + "\n", err=True)


def stop(diagnostics: Sequence[Diagnostic], consequence: str) -> NoReturn:
    """End with exit code 1, with the number of mistakes and what follows from them (a catalogue key)."""
    click.echo(f"{counted(diagnostics, WORDS)}. {WORDS.text(consequence)}", err=True)
    raise SystemExit(1)
