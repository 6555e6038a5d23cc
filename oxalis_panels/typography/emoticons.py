"""Tell a smiley from the punctuation of a sentence (rows 1 and 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_EMOTICON = re.compile(r"(?<!\S)[:;=][-']?[)(DPpOoSsXx|/\\*](?![\w/\\])|;-?\)|:'-?\(")


def emoticons(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the emoticons; `(see below :)` closes a bracket and is none."""
    if ":" not in text and ";" not in text and "=" not in text:
        return
    depth, counted = 0, 0
    for match in _EMOTICON.finditer(text):
        start, end = match.span()
        depth += text.count("(", counted, start) - text.count(")", counted, start)
        counted = start
        if text[end - 1] == ")" and depth > 0:
            continue
        yield start, end
        counted = end
