"""Markdown that a panel cannot hold, recognised by its first line and measured to its last.

Each is reported once, whatever its length, and never longer than certain: an unclosed fence or comment takes
one line only, so that it does not hide the mistakes behind it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oxalis_panels.reading.dialects import BOX, CODE, CONTENTS, HIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

REACH = 100
"""Lines in which the end of a fence or of a comment is looked for."""

_OPENING = re.compile(r"\s*(?:[<>`~\[{]|:::|%%|[-*_=—–]\s*[-*_=—–])")
"""How each of these may begin, a table excepted: a cheap question that most lines need no other behind."""
FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})")
COMMENT = re.compile(r"\s*<!--")
HTML = re.compile(r"\s*(?:</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<[?!][A-Za-z\[])")
QUOTE = re.compile(r"\s*>")
TABLE_CELL = re.compile(r":?-+:?")
FOOTNOTE = re.compile(r"\s*\[\^[^\]]+\]:")
REFERENCE = re.compile(r"\s*\[[^\]]+\]:\s*\S")
RULE = re.compile(r"\s*(?:([-*_])(?:\s*\1){2,}|={2,}|—{2,}|–{2,}|--)\s*")


def foreign(lines: Sequence[str], index: int) -> tuple[str, int] | None:
    """Return the code and the last line of the construct that starts at line `index`, if one does."""
    if not _OPENING.match(lines[index]) and "|" not in lines[index]:
        return None
    for recognise, code, measure in _CONSTRUCTS:
        if recognise(lines, index):
            return code, measure(lines, index)
    return None


def _starts(pattern: re.Pattern[str]) -> Callable[[Sequence[str], int], bool]:
    return lambda lines, index: pattern.match(lines[index]) is not None


def _is_table(lines: Sequence[str], index: int) -> bool:
    line = lines[index].strip()
    if "|" not in line:
        return False
    below = lines[index + 1] if index + 1 < len(lines) else ""
    return (line[0] == line[-1] == "|" and len(line) > 1) or _is_table_rule(line) or _is_table_rule(below)


def _is_table_rule(line: str) -> bool:
    """Whether this is the line of dashes under the head of a table."""
    cells = line.strip().strip("|").split("|")
    return "|" in line and all(TABLE_CELL.fullmatch(cell.strip()) for cell in cells)


def _one(_lines: Sequence[str], index: int) -> int:
    return index


def _while(holds: Callable[[str], bool]) -> Callable[[Sequence[str], int], int]:
    """Measure a construct that goes on as long as its lines look alike."""

    def last(lines: Sequence[str], index: int) -> int:
        while index + 1 < len(lines) and holds(lines[index + 1]):
            index += 1
        return index

    return last


def _fenced(lines: Sequence[str], index: int) -> int:
    fence = FENCE.match(lines[index])
    sign = fence[1] if fence else ""
    return _closed_by(
        lines, index, lambda line: line.lstrip().startswith(sign) and not line.strip().strip(sign[0])
    )


def _comment(lines: Sequence[str], index: int) -> int:
    if "-->" in lines[index]:
        return index
    return _closed_by(lines, index, lambda line: "-->" in line)


def _hidden(lines: Sequence[str], index: int) -> int:
    return index if lines[index].count("%%") > 1 else _closed_by(lines, index, lambda line: "%%" in line)


def _closed_by(lines: Sequence[str], index: int, closes: Callable[[str], bool]) -> int:
    return next((i for i in range(index + 1, min(index + REACH, len(lines))) if closes(lines[i])), index)


def _is_all(pattern: re.Pattern[str]) -> Callable[[Sequence[str], int], bool]:
    return lambda lines, index: pattern.fullmatch(lines[index]) is not None


_CONSTRUCTS = (
    (_starts(COMMENT), "foreign-markup.comment", _comment),
    (
        _starts(HTML),
        "foreign-markup.html",
        _while(lambda line: line.strip() != "" and HTML.match(line) is not None),
    ),
    (_starts(FENCE), "foreign-markup.code-block", _fenced),
    (_is_table, "foreign-markup.table", _while(lambda line: "|" in line)),
    (_is_all(RULE), "foreign-markup.rule", _one),
    (_starts(BOX), CODE, _one),
    (_is_all(CONTENTS), CODE, _one),
    (_is_all(HIDDEN), CODE, _hidden),
    (_starts(QUOTE), "foreign-markup.quote", _while(lambda line: QUOTE.match(line) is not None)),
    (_starts(FOOTNOTE), "foreign-markup.footnote", _one),
    (_starts(REFERENCE), "foreign-markup.reference", _one),
)
