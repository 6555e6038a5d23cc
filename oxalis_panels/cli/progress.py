"""How far long work is, on a line of the terminal that is written over itself."""

from threading import Timer
from time import monotonic
from typing import TextIO

from oxalis_panels.words.catalogue import Catalogue

PATIENCE = 0.6
"""Seconds of work before a progress line appears."""


class ProgressLine:
    """A line that is written over itself on a terminal; silent elsewhere, and on work that is soon done."""

    def __init__(self, stream: TextIO, words: Catalogue) -> None:
        """Write to `stream` if it is a terminal."""
        self._stream = stream if stream.isatty() else None
        self._words = words
        self._started = monotonic()
        self._width = 0
        self._timer: Timer | None = None

    def __call__(self, done: int, total: int, name: str) -> None:
        """Say how far the posters are."""
        self.say("report.progress", done=done, total=total, name=name)

    def say(self, key: str, **values: object) -> None:
        """Say how far the work is, in words of the catalogue."""
        self._hush()
        if self._stream and monotonic() - self._started > PATIENCE:
            self._write(self._words.text(key, **values))

    def say_soon(self, key: str, **values: object) -> None:
        """Say what is done, if it takes long and has nothing to say of itself."""
        if self._stream:
            self._timer = Timer(PATIENCE, self._write, [self._words.text(key, **values)])
            self._timer.daemon = True
            self._timer.start()

    def _hush(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer.join()
            self._timer = None

    def clear(self) -> None:
        """Take the line away."""
        self._hush()
        if self._width:
            self._write("")
            self._width = 0

    def _write(self, text: str) -> None:
        assert self._stream is not None  # both callers have looked
        self._stream.write(f"\r{text.ljust(self._width)}\r{text}")
        self._stream.flush()
        self._width = len(text)
