"""Diagnostics → what is shown of them: for eyes, for ears, and for the machines of a forge.

A form is a function of its own module, which is loaded when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from oxalis_panels.model.diagnostics import Diagnostic, sort_key
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.drawing.carets import draw

__all__ = ["FORMATS", "MACHINES", "draw", "drawn_for_machine"]

MACHINES = ("json", "github", "gitlab")
"""The forms that a program reads: alone on the standard output, complete, in one piece."""
FORMATS = ("text", "plain", *MACHINES)


def drawn_for_machine(form: str, diagnostics: Sequence[Diagnostic], words: Catalogue, folder: str) -> str:
    """Return all diagnostics in one of `MACHINES`, in the order of repair.

    `folder` leads from where paths are to begin to the project.
    """
    written: Callable[[Sequence[Diagnostic], Catalogue, str], str]
    if form == "github":
        from oxalis_panels.words.drawing.github import workflow_commands as written  # noqa: PLC0415 - only what is asked for
    elif form == "gitlab":
        from oxalis_panels.words.drawing.gitlab import code_quality as written  # noqa: PLC0415
    else:
        from oxalis_panels.words.drawing.data import document as written  # noqa: PLC0415
    return written(sorted(diagnostics, key=sort_key), words, folder)
