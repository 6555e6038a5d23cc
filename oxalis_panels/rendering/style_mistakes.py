"""Mistakes in a style sheet for which a browser would silently ignore everything that follows."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error, warning

OPAQUE = re.compile(r"/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL)
"""Comments and strings: braces in them do not count."""


def style_mistakes(source: Source) -> Iterator[Diagnostic]:
    """Yield an error for each block or comment that is not closed, a warning for each bad declaration."""
    bare = OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source.text)
    broken = [*_comment(source, bare), *_braces(source, bare)]
    yield from broken or _not_understood(source, bare)


def _comment(source: Source, bare: str) -> Iterator[Diagnostic]:
    start = bare.find("/*")
    if start >= 0:
        yield error("style-unbalanced.comment", Span(source, start, start + 2))


def _braces(source: Source, bare: str) -> Iterator[Diagnostic]:
    opened: list[int] = []
    for match in re.finditer(r"[{}]", bare.partition("/*")[0]):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            yield error("style-unbalanced.extra", Span(source, *match.span()))
    if opened:
        line = source.text.rfind("\n", 0, opened[0]) + 1
        start = line + len(source.text[line:]) - len(source.text[line:].lstrip(" \t"))
        yield error("style-unbalanced.open", Span(source, min(start, opened[0]), opened[0] + 1))


def _not_understood(source: Source, bare: str) -> Iterator[Diagnostic]:
    for begin, rule in _rules(source.text, bare):
        for start, end in _unread(rule):
            found = rule[start:end]
            yield warning("style-not-understood", Span(source, begin + start, begin + end), found=found)


def _rules(text: str, bare: str) -> Iterator[tuple[int, str]]:
    """Yield the outermost rules of a style sheet whose braces are paired, and where they begin."""
    begin = depth = 0
    for match in re.finditer(r"[{}]", bare):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            yield begin, text[begin : match.end()]
            begin = match.end()
    yield begin, text[begin:]


@lru_cache(maxsize=4096)
def _unread(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of a rule that the parser ignores; cached, as `serve` checks all at every change."""
    import tinycss2  # noqa: PLC0415 - only a project with a style sheet of its own needs it

    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    lines = text.split("\n")
    found = []
    for node in _errors(rules):
        end = sum(len(line) + 1 for line in lines[: node.source_line - 1]) + node.source_column
        start = max(text.rfind(mark, 0, end - 1) for mark in ";{}") + 1
        start += len(text[start:end]) - len(text[start:end].lstrip())
        found.append((start, start + len(text[start:end].strip().rstrip(";"))))
    return tuple(found)


def _errors(nodes: list[Any]) -> Iterator[Any]:
    """Yield the parser's errors in a list of rules and declarations, and in the rules in it."""
    import tinycss2  # noqa: PLC0415 - as above

    for node in nodes:
        if node.type == "error":
            yield node
        elif node.type in {"qualified-rule", "at-rule"} and node.content is not None:
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from _errors(inner)
