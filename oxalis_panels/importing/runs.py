"""Runs of characters as word processors keep them → inline text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import dropwhile, groupby
from typing import TYPE_CHECKING, Any

from oxalis_panels.frozen import frozen
from oxalis_panels.importing.words import scrub
from oxalis_panels.model import Break, Emphasis, Inline, Link, Node, Strong, Text
from oxalis_panels.reading.inline import SCHEMES
from oxalis_panels.reading.symbols import raised
from oxalis_panels.reading.tidying import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from oxalis_panels.reading.symbols import Raised

_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


@frozen
class Run:
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


def inline_of(runs: Iterable[Run]) -> Inline:
    """Return the runs as inline text: emphasis never holds the blanks at its ends."""
    joined = list(_joined(runs))
    nodes: list[Node] = []
    for link, group in groupby(joined, key=lambda run: run.link):
        inside = [node for run in group for node in _formatted(run)]
        nodes += [Link(tuple(inside), link)] if link else inside
    whole = tidy(nodes)
    return tidy(dropwhile(lambda node: isinstance(node, Break), whole))


def is_address(target: str) -> bool:
    """Whether a link of a panel can lead there."""
    scheme, colon, rest = target.partition(":")
    return bool(colon and rest) and scheme.lower() in SCHEMES and not re.search(r"[\s<>\\]", target)


def unstyled(runs: Iterable[Run]) -> list[Run]:
    """Return the runs of a title: what all of it is (bold, say) is a title's look, not its text."""
    runs = list(runs)
    filled = [run for run in runs if run.text.strip()]
    looks = [look for look in ("bold", "italic", "capitals") if all(getattr(run, look) for run in filled)]
    plainer: dict[str, Any] = dict.fromkeys(looks, False)
    return [replace(run, **plainer) for run in runs]


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
        found.append(replace(run, text=text, raised="", capitals=False))
    return found


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Join neighbours that look alike; take the blanks at the ends of emphasis and links out of them."""
    yield from merged(piece for run in merged(runs) for piece in _pieces(run))


def _pieces(run: Run) -> Sequence[Run]:
    text = scrub(run.text)
    match = _EDGES.fullmatch(text)
    if match is None or not (run.bold or run.italic or run.link):
        return (replace(run, text=text),)
    before, inner, after = match.groups()
    return (Run(before), replace(run, text=inner), Run(after))


def merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs that hold something, neighbours that look the same as one."""
    filled = (run for run in runs if run.text)
    for look, group in groupby(filled, key=lambda run: replace(run, text="")):
        yield replace(look, text="".join(run.text for run in group))


def _formatted(run: Run) -> Iterator[Node]:
    parts: list[Node] = []
    for number, line in enumerate(run.text.split("\n")):
        parts += [Break()] if number else []
        parts += [Text(line)] if line else []
    if not (run.bold or run.italic):
        yield from parts
        return
    children: Inline = tuple(parts)
    children = (Emphasis(children),) if run.italic else children
    yield from (Strong(children),) if run.bold else children
