"""Runs of characters as word processors keep them → inline text."""

import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile, groupby
from typing import NamedTuple

from oxalis_panels.authoring.importing.words import scrub
from oxalis_panels.model.collection import Break, Emphasis, Inline, Link, Node, Strong, Text
from oxalis_panels.reading.inline import SCHEMES
from oxalis_panels.reading.symbols import Raised, raised
from oxalis_panels.reading.tidying import tidy


class Run(NamedTuple):
    """Characters that look the same; a line feed is a line break that the author asked for."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    """Address that they lead to; empty for none."""
    gone: str = ""
    """The code of why its author does not want it read (deleted, hidden, struck out); empty for live text."""
    raised: Raised = ""
    """Whether it stands above the line or below it."""
    capitals: bool = False
    """Whether it is shown in capitals, whatever was typed."""


def is_bold(runs: Iterable[Run]) -> bool:
    """Whether there is text, and all of it is bold."""
    filled = [run for run in runs if run.text.strip()]
    return bool(filled) and all(run.bold for run in filled)


def merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs that hold something, neighbours that look the same as one."""
    for _, group in groupby((run for run in runs if run.text), key=lambda run: run[1:]):
        alike = list(group)
        yield alike[0]._replace(text="".join([run.text for run in alike]))


def inline_of(runs: Iterable[Run]) -> Inline:
    """Return the runs as inline text: emphasis and links never hold the blanks at their ends."""
    parts: list[Run] = []
    for run in merged(runs):
        text = scrub(run.text)
        inner = text.strip() if run.bold or run.italic or run.link else text
        start = text.find(inner)
        parts += [Run(text[:start]), run._replace(text=inner), Run(text[start + len(inner) :])]
    nodes: list[Node] = []
    for link, group in groupby(merged(parts), key=lambda run: run.link):
        inside = [node for run in group for node in _formatted(run)]
        nodes += [Link(tuple(inside), link)] if link else inside
    return tidy(dropwhile(lambda node: isinstance(node, Break), tidy(nodes)))


def _formatted(run: Run) -> Inline:
    lines = run.text.split("\n")
    nodes: list[Node] = [Text(lines[0])] if lines[0] else []
    for line in lines[1:]:
        nodes += [Break(), Text(line)] if line else [Break()]
    children: Inline = (Emphasis(tuple(nodes)),) if run.italic else tuple(nodes)
    return (Strong(children),) if run.bold else children


def is_address(target: str) -> bool:
    """Whether a link of a panel can lead there."""
    scheme, colon, rest = target.partition(":")
    return bool(colon and rest) and scheme.lower() in SCHEMES and not re.search(r"[\s<>\\]", target)


def unstyled(runs: Iterable[Run]) -> list[Run]:
    """Return the runs of a title: what all of it is (bold, say) is a title's look, not its text."""
    runs = list(runs)
    for look in ("bold", "italic", "capitals"):
        if all(getattr(run, look) for run in runs if run.text.strip()):
            runs = [run._replace(**{look: False}) for run in runs]  # type: ignore[arg-type]  # all three are bool
    return runs


def on_the_line(runs: Iterable[Run], unsure: list[str]) -> list[Run]:
    """Return the runs with characters that show what they look like; `unsure` gets what may be misread."""
    found: list[Run] = []
    before = ""
    for run in merged(runs):
        text = run.text
        if run.raised:
            text, sure = raised(text, run.raised, before)
            word = before.rsplit(maxsplit=1)[-1] if before[-1:].strip() else ""
            unsure += [] if sure else [f"{word}{text}".strip()]
        text = text.upper() if run.capitals else text
        before = f"{before}{text}"[-30:]
        found.append(run._replace(text=text, raised="", capitals=False))
    return found
