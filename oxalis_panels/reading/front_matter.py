"""The optional YAML between `---` at the top of a Markdown panel."""

import re
from itertools import takewhile

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.reading.fields import Fields, Table
from oxalis_panels.reading.outline import Header
from oxalis_panels.reading.yaml_nodes import compose
from oxalis_panels.reading.yaml_panel import HEADER, header_of

_OPENING = re.compile(r"(?:[^\S\n]*\n)*(---)[ \t]*(?:\n|$)")
_NEARLY = re.compile(r"(?:[^\S\n]*\n)*[ \t]*([-–—]{1,8}|={3,8}|\*{3,8})[ \t]*\n(?=[ \t]*(\w+)[ \t]*:)")
"""A line that a header cannot open with, such as `--` or `—`, and the field below it."""
_UNOPENED = re.compile(r"(?:[^\S\n]*\n)*(?=([a-z_]+)(?:[ \t]*:(?:[ \t]|\n)|:))")
"""What stands above a first line that is a field; a sentence has a capital, or another first word."""
_NEARLY_CLOSING = re.compile(r"^[ \t]*(?:[-–—]{1,8}|={3,8}|\*{3,8}|\.{3})[ \t]*(?:\n|\Z)", re.MULTILINE)
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_NAMES = frozenset({*HEADER.fields, *HEADER.aliases})
_ITEM = re.compile(r"^[ \t]*(?:[-*+•] )?[✓→]", re.MULTILINE)
_KEY = re.compile(r"[ \t]*[\w-]+[ \t]*:")
_KEY_OR_BELOW = re.compile(rf"{_KEY.pattern}|[ \t]+[\w-]")
"""A field, or what stands indented under one."""


def read_front_matter(source: Source, found: list[Diagnostic], known: Table = HEADER) -> tuple[Header, int]:
    """Return the header of a source, with the `known` fields, and the offset where its text begins."""
    opening = _OPENING.match(source.text)
    if not opening:
        return _read_misspelt(source, found, known)
    start = opening.end()
    closing = _CLOSING.search(source.text, start)
    if closing is None or _ITEM.search(source.text, start, closing.start()):  # the header was never closed
        found.append(error("front-matter.open", Span(source, *opening.span(1))))
        end = start + len(_leading(_KEY, source.text[start:]))
        return _decode(source, start, end, found, known), end
    return _decode(source, start, closing.start(), found, known), closing.end()


def front_matter(source: Source) -> tuple[int, int] | None:
    """Return where the YAML between the `---` of a source without mistakes stands; None without one."""
    opening = _OPENING.match(source.text)
    closing = _CLOSING.search(source.text, opening.end()) if opening else None
    return (opening.end(), closing.start()) if opening and closing else None


def _read_misspelt(source: Source, found: list[Diagnostic], known: Table) -> tuple[Header, int]:
    """Recognise a header by its first field, however its hyphens are typed: one mistake, not five."""
    opening = _NEARLY.match(source.text)
    if opening and opening[2].lower() in _NAMES:
        mistake = error("front-matter.dashes", Span(source, *opening.span(1)), found=opening[1])
        header, end = _read_below(source, opening.end(), found, known)
        lines = source.text[opening.start(1) : end].rstrip().split("\n")
        if _NEARLY_CLOSING.fullmatch(lines[-1]):
            whole = "\n".join(["---", *lines[1:-1], "---"])
            mistake = mistake.repaired(
                whole, Span(source, opening.start(1), opening.start(1) + len("\n".join(lines)))
            )
        found.append(mistake)
        return header, end
    bare = _UNOPENED.match(source.text)
    if not bare or bare[1] not in _NAMES:
        return Header(), 0
    start = bare.end()
    fields = _leading(_KEY_OR_BELOW, source.text[start:])
    closed = _NEARLY_CLOSING.match(source.text, start + len(fields)) is not None
    fields = fields.rstrip()
    mistake = error("front-matter.missing", Span(source, start, start + len(fields.partition("\n")[0])))
    whole = f"---\n{fields}" if closed else f"---\n{fields}\n---"
    found.append(mistake.repaired(whole, Span(source, start, start + len(fields))))
    return _read_below(source, start, found, known)


def _read_below(source: Source, start: int, found: list[Diagnostic], known: Table) -> tuple[Header, int]:
    """Read fields whose hyphens were reported, up to the first other line or separator."""
    end = start + len(_leading(_KEY_OR_BELOW, source.text[start:]))
    closing = _NEARLY_CLOSING.match(source.text, end)
    return _decode(source, start, end, found, known), closing.end() if closing else end


def _leading(pattern: re.Pattern[str], text: str) -> str:
    """Return the first lines, as many as begin with a pattern."""
    return "".join(takewhile(pattern.match, text.splitlines(keepends=True)))


def _decode(source: Source, start: int, end: int, found: list[Diagnostic], known: Table) -> Header:
    node = compose(source, start, end, found)
    if node is None:
        return Header(broken=True)
    fields = Fields(node, known, found)
    return header_of(fields, fields.read())
