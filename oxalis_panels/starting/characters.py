"""What is typed on a command line → what a file of the project can hold."""

from __future__ import annotations

from oxalis_panels.reading.decoding import BIDIRECTIONAL, CONTROL


def printable(text: str) -> str:
    """Return a text on one line, without what no file may hold: half surrogate pairs, controls."""
    line = " ".join(text.encode("utf-8", "ignore").decode("utf-8").split())
    return CONTROL.sub("", BIDIRECTIONAL.sub("", line)).replace("\ufffd", "")
