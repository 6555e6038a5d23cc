"""What of a long finding is read at a glance: its first sentence; the others follow, lighter."""

from __future__ import annotations

import re

from oxalis_panels.model import Inline, Text, plain

SHORT = 20
"""Words: a finding of no more is read at a glance, whole."""
SENTENCE = re.compile(r"(?:(?<=\w{3}[.!?…»)])(?<!\betc\.)|(?<=[\u00a0\u202f][!?»])) (?=[A-ZÀ-ÖØ-Þ«])")
"""The space between two sentences; an abbreviation of one or two letters (« M. Dupont ») ends none."""


def split_lead(finding: Inline) -> tuple[Inline, Inline]:
    """Return the first sentence of a finding and the rest, which begins with a space; no rest if it is short.

    A sentence that ends inside emphasis or a link is not seen: the finding then stays whole.
    """
    if len(plain(finding).split()) <= SHORT:
        return finding, ()
    for index, node in enumerate(finding):
        if isinstance(node, Text) and (end := SENTENCE.search(node.text)):
            before, after = Text(node.text[: end.start()]), Text(node.text[end.start() :])
            return (*finding[:index], before), (after, *finding[index + 1 :])
    return finding, ()
