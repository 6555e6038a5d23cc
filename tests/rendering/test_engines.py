"""The versions of the libraries that make fonts."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import pytest

from oxalis_panels.rendering.engines import installed
from oxalis_panels.rendering.fonts import ENGINES


@pytest.mark.parametrize("engine", ENGINES)
def test_a_folder_name_says_the_version_that_is_installed(engine: str) -> None:
    """The quick way agrees with Python's own."""
    assert installed(engine) == version(engine)


def test_a_library_that_is_missing_is_an_error() -> None:
    """No font is made under a key that does not name its maker."""
    with pytest.raises(PackageNotFoundError):
        installed("no-such-library")
