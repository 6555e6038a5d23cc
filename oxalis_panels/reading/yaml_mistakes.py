"""What the YAML parser stumbled over → what the author did.

The parser says where it could not go on; the mistake is often on the line above. Both parsers (C and Python)
word their problems differently, hence the patterns.
"""

from __future__ import annotations

import re

from oxalis_panels.diagnostics import Diagnostic, Span, error
from oxalis_panels.reading.passage import shown

_PROBLEMS = (
    (r"mapping values are not allowed", "yaml-colon.extra"),
    (r"could not find expected ':'", "yaml-colon.missing"),
    (r"scanning an (alias|anchor)", "yaml-sign.first"),
    (r"tab character|'\\t'", "yaml-indent.tab"),
    (r"cannot start any token|block scalar|directive", "yaml-sign.first"),
    (r"quoted scalar: found unexpected end|quoted scalar: found unexpected document", "yaml-quote.open"),
    (r"escape character|hexadecimal", "yaml-quote.escape"),
    (r"flow (sequence|mapping|node)|node content", "yaml-bracket"),
    (r"entries are not allowed", "yaml-indent.dash"),
    (r"document start", "yaml-indent.column"),
    (r"block (collection|sequence)", "yaml-indent.column"),
    (r"block mapping", "yaml-quote.after"),
)

GLUED = re.compile(r"[\w✓→-]+:(?=[^\s:/])")
"""The beginning of a field whose value touches the colon; `http://…` is none."""


def diagnose(whole: Span, problem: str, index: int, opening: int) -> Diagnostic:
    """Return the diagnostic of a problem at `index` of `whole`, in a construct begun at `opening`."""
    text = whole.text
    index = max(0, min(index, len(text.rstrip()) - 1))
    code = next((code for pattern, code in _PROBLEMS if re.search(pattern, problem)), "yaml-broken")
    if code == "yaml-sign.first" and text[index : index + 1] == "\t":
        code = "yaml-indent.tab"
    if code == "yaml-quote.after" and not _follows_quote(text, index):
        code = "yaml-indent.column"
    place = index
    if code in {"yaml-quote.open", "yaml-bracket", "yaml-sign.first", "yaml-colon.missing"}:
        place = opening
    if code == "yaml-colon.extra":
        code, place = _colon(text, index)
    if code == "yaml-colon.missing" and GLUED.match(text, place):
        code = "yaml-colon.space"
    if code == "yaml-indent.column":
        place = _astray(text, place)
    start = whole.start + max(0, min(place, len(text) - 1))
    span = _rest_of_line(
        Span(whole.source, start, whole.end), one=code in {"yaml-colon.extra", "yaml-indent.tab"}
    )
    return error(code, span, found=shown(span.text))


def _rest_of_line(span: Span, *, one: bool) -> Span:
    """Narrow to one character, or to what remains of its line."""
    line = span.text.partition("\n")[0].rstrip()
    end = span.start + (1 if one else max(len(line), 1))
    return Span(span.source, span.start, min(end, span.end))


def _follows_quote(text: str, index: int) -> bool:
    """Whether something else stands on this line before the place, so that a value ended too early."""
    line = text[text.rfind("\n", 0, index) + 1 : index]
    return line.rstrip().endswith(('"', "'", "]", "}")) and ":" in line


def _astray(text: str, place: int) -> int:
    """Return where the line stands that is out of line: the first one where it alone is indented."""
    first = len(text) - len(text.lstrip())
    begin = text.rfind("\n", 0, place) + 1
    indented = text[text.rfind("\n", 0, first) + 1 : first]
    return first if indented and text[begin:].startswith(text[place:]) else place


def _colon(text: str, index: int) -> tuple[str, int]:
    """Tell a second colon in a value from a wrong indentation, or from a line that lacks its own colon."""
    begin = text.rfind("\n", 0, index) + 1
    if re.search(r":\s", text[begin:index]):
        return "yaml-colon.extra", index
    above = text[:begin].rstrip()
    start = above.rfind("\n") + 1
    start += len(above[start:]) - len(above[start:].lstrip())
    if GLUED.match(above, start):
        return "yaml-colon.space", start
    if above and not re.search(r":(\s|$)", above[start:]):
        return "yaml-colon.missing", start
    return "yaml-indent.column", begin + len(text[begin:index]) - len(text[begin:index].lstrip())
