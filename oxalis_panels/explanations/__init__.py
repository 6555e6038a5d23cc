"""What the codes of diagnostics mean: by subject, in both languages, with a checked example.

`fr.toml` and `en.toml` have a table per subject: its `title`, and under `codes` why each diagnostic exists.
`codes.toml` holds what no language changes: which codes are warnings, and the examples.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oxalis_panels.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent


@frozen
class Example:
    """A few lines of a source with the mistake, and the same lines without it."""

    wrong: str
    right: str


def warnings() -> frozenset[str]:
    """Return the codes of diagnostics that may be warnings; some are errors where it is worse."""
    return frozenset(_table("codes")["warnings"])


def codes() -> Mapping[str, str]:
    """Return the subject of each code, in the order of the subjects."""
    return {code: subject for subject, table in _table("fr").items() for code in table["codes"]}


def subject_title(subject: str, language: str) -> str:
    """Return the heading of a subject, in `fr` or `en`."""
    return str(_table(language)[subject]["title"])


def reason(code: str, language: str) -> str:
    """Return why there is such a diagnostic, in a few sentences. Raises KeyError for an unknown code."""
    return str(_table(language)[codes()[code]]["codes"][code])


def example(code: str) -> Example | None:
    """Return the example of a code; None where no few lines could show it (a full disk, a damaged file)."""
    given = _table("codes")["example"].get(code)
    return Example(given["wrong"], given["right"]) if given else None


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
