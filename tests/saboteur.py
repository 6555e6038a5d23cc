"""Makes a call that changes the disk fail, or be interrupted."""

import os
from collections.abc import Callable
from typing import Any

import pytest

CALLS = ("fsync", "link", "mkdir", "replace", "rmdir", "unlink")
"""The calls by which this program changes the disk."""


class Saboteur:
    """Makes the n-th call that changes the disk fail; with `for_ever`, every later one too."""

    def __init__(
        self, patch: pytest.MonkeyPatch, n: int, failure: BaseException, *, for_ever: bool = False
    ) -> None:
        """Stand in for the calls of `os` until the patch is undone."""
        self.left = n
        self.failure = failure
        self.for_ever = for_ever
        for name in CALLS:
            patch.setattr(os, name, self._broken(getattr(os, name)))

    def _broken(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def broken(*args: object, **options: object) -> object:
            self.left -= 1
            if self.left == 0 or (self.for_ever and self.left < 0):
                raise self.failure
            return call(*args, **options)

        return broken
