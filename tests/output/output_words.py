"""What is said about an output folder, word for word, whatever it is called."""

from collections.abc import Iterable
from pathlib import Path

from builds import drawn

from oxalis_panels.model.diagnostics import Diagnostic


def in_words(folder: Path, diagnostics: Iterable[Diagnostic]) -> str:
    """Return all that is said of diagnostics, as if the folder were called `output`."""
    return drawn(diagnostics, folder.parent).replace(folder.name, "output")
