"""Markdown of pads, notes and other programs that a panel cannot hold.

What has a place elsewhere is an error, as a table is. Signs around a word may be meant: they are a doubt. A
block is recognised by its first line and measured to its last; it is reported once, whatever its length, and
never longer than certain: an unclosed fence or comment takes one line only, so that it does not hide the
mistakes behind it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from oxalis_panels.model.diagnostics import Diagnostic, Span, error, warning
from oxalis_panels.reading.passage import Passage, abbreviated
from oxalis_panels.reading.symbols import raised
from oxalis_panels.words.catalogue import Words

CODE: Final = "foreign-markup.dialect"
"""Of what has a place elsewhere, or none."""
SIGNS: Final = r"\^|==|\+\+|%%|:::|\{:?[ \t]*[.#%]|\{:?toc|:[\w+-]+:"
"""Nearly every text has none of them, and no sign of Markdown: then there is nothing to look for."""
BOX: Final = re.compile(r"[ \t]*:{3,}")
"""The first or the last line of a box: what stands between them is text."""
CONTENTS: Final = re.compile(r"[ \t]*(?:\[{1,2}_?toc_?\]{1,2}|\{:?toc\})[ \t]*", re.IGNORECASE)
HIDDEN: Final = re.compile(r"[ \t]*%%(?:(?!%%).)*(?:%%[ \t]*)?")
"""The first line of a comment, or all of one."""
_BARE: Final = re.compile(r"[ \t]*:{3,}[ \t]*[\w-]*[ \t]*")
"""A line of a box that says nothing."""
_OTHER: Final = re.compile(
    r"(?:https?://|www\.|mailto:)[^\s<>]*|[\w.+-]+@[\w-]+\.[\w.-]+|\\[!-/:-@\[-`{-~]", re.IGNORECASE
)
"""Addresses, where these signs have another meaning, and what a backslash makes a mere character."""
_FLAGS: Final = re.VERBOSE | re.MULTILINE | re.IGNORECASE
_ERRORS: Final = re.compile(
    rf"""
    (?P<contents>^{CONTENTS.pattern}$)
    | (?P<box>^{BOX.pattern}.*$)
    | (?P<comment>%%(?:(?:(?!%%)[\s\S])*%%[ \t]*)?)
    | (?P<embed>!\[\[[^\[\]\n]+\]\])
    | (?P<wiki>\[\[\#?(?P<page>[^\[\]\n|\#^]+)[^\[\]\n|]*(?:\|(?P<alias>[^\[\]\n]+))?\]\](?![(\[]))
    | (?P<attributes>[ \t]*(?:\{{:?[ \t]*(?:\#[\w-]|\.[^\W\d])[^{{}}\n]*\}}|\{{%[^{{}}\n]*%\}}))
    """,
    _FLAGS,
)
_DOUBTS: Final = re.compile(
    r"""
    (?P<mark>(?<![\w=+])(?P<pair>==|\+\+)(?=[^\s=+>])
        (?P<marked>(?:(?!(?P=pair))[\s\S]){1,400}?)(?<=\S)(?P=pair)(?![=+]))
    | (?P<raised>(?:(?<=\w)|(?!\^[oO._-]+\^))\^(?=[^\s^]*[^\W_])(?P<super>[^\s^]{1,40})\^(?!\^))
    | (?P<lowered>(?<=[\w)])~(?P<sub>[-+−]?\w{1,6})~(?!~)
        | (?<![\w~])~(?=[^\s~])(?P<struck>[^~\n]+)(?<=\S)~(?![\w~]))
    | (?P<block>(?:^|[ \t]+)\^(?=[\w-]*[^\W\d_])[\w-]{2,}[.,;]?[ \t]*$)
    | (?P<emoji>(?<![\w:/]):(?P<name>[+-]1|(?=[\w+-]*[a-z])[\w+-]+):(?![\w:/])[ \t]*)
    """,
    _FLAGS,
)
_PICTURES: Final = (*range(0x2190, 0x27C0), *range(0x2B00, 0x2C00), *range(0x1F300, 0x1FB00))
"""Where Unicode keeps nearly all emoji."""
_NICKNAMES: Final = {"+1", "-1", "facepalm", "laughing", "memo", "shrug", "smile", "tada", "thumbsup"}
"""Emoji that pads know by no word of their name in Unicode."""
_PREFIX: Final = 3
"""Letters of a word that may stand for a longer one: `right` for RIGHTWARDS."""


def find_dialects(passage: Passage, kept: Iterable[tuple[int, int]]) -> Iterator[Diagnostic]:
    """Yield what is wrong or doubtful in a passage; `kept` are its stretches of code, HTML and addresses."""
    text = passage.text
    for start, end in (*kept, *(match.span() for match in _OTHER.finditer(text))):
        text = text[:start] + "\0" * (end - start) + text[end:]
    for match in _ERRORS.finditer(text):
        meant = _meant(match, passage.text)
        yield _mended(
            _error(str(match.lastgroup), passage.at(*match.span()), match[0]), match, meant, passage
        )
    text = _ERRORS.sub(lambda found: "\0" * len(found[0]), text)
    for match in _DOUBTS.finditer(text):
        if match["name"] and not _is_emoji(match["name"].lower()):
            continue
        kind = "mark" if match["struck"] else str(match.lastgroup)
        place = passage.at(*match.span())
        values = {"found": abbreviated(match[0].strip()), "how": Words(f"dialect_sign.{kind}")}
        doubt = warning("sign-visible.dialect", place, **values)
        yield _mended(doubt, match, _meant(match, passage.text), passage)


def in_lines(span: Span) -> Diagnostic:
    """Return what is wrong with lines that are nothing else: of a box, a table of contents, a comment."""
    if CONTENTS.fullmatch(span.text):
        return _error("contents", span, span.text).repaired("")
    if not BOX.match(span.text):
        return _error("comment", span, span.text)
    found = _error("box", span, span.text)
    return found.repaired("") if _BARE.fullmatch(span.text) else found


def _error(kind: str, span: Span, found: str) -> Diagnostic:
    what, how = Words(f"dialect.{kind}"), Words(f"dialect_remedy.{kind}")
    return error(CODE, span, what=what, found=abbreviated(found), how=how)


def _mended(found: Diagnostic, match: re.Match[str], meant: str | None, passage: Passage) -> Diagnostic:
    """Return a diagnostic with what was meant, where the source spells it as the passage does."""
    plain = found.span.text == passage.text[slice(*match.span())]
    return found if meant is None or not plain else found.repaired(meant)


def _meant(match: re.Match[str], text: str) -> str | None:
    """Return what a match is without what no panel knows; None where that is not plain."""
    groups = {name: text[slice(*match.span(name))] for name, found in match.groupdict().items() if found}
    if groups.keys() & {"super", "sub"}:
        high = "super" in groups
        before = text[: match.start()][-1:]
        written, sure = raised(groups["super" if high else "sub"], "super" if high else "sub", before)
        return written if sure else None
    if groups.keys() & {"attributes", "block", "emoji"} or groups.get("comment", "").count("%%") > 1:
        return ""
    kept = next((groups[name] for name in ("alias", "page", "marked", "struck") if name in groups), None)
    return (kept or "").strip() or None


@cache
def _is_emoji(name: str) -> bool:
    """Whether all words of a name are in that of an emoji; there is no list to keep up to date."""
    words = [word.upper() for word in re.split("[_-]", name) if word]
    return name in _NICKNAMES or any(
        all(any(_begins(each, word) for each in said) for word in words)
        for said in (unicodedata.name(chr(code), "").split() for code in _PICTURES)
        if said
    )


def _begins(said: str, word: str) -> bool:
    return said == word or (len(word) >= _PREFIX and said.startswith(word))


REACH = 100
"""Lines in which the end of a fence or of a comment is looked for."""

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
    for recognise, code, measure in _CONSTRUCTS:
        if recognise(lines, index):
            return code, measure(lines, index)
    return None


def _line(test: Callable[[str], object]) -> Callable[[Sequence[str], int], object]:
    return lambda lines, index: test(lines[index])


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


def _while(holds: Callable[[str], object]) -> Callable[[Sequence[str], int], int]:
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


_CONSTRUCTS = (
    (_line(COMMENT.match), "foreign-markup.comment", _comment),
    (_line(HTML.match), "foreign-markup.html", _while(HTML.match)),
    (_line(FENCE.match), "foreign-markup.code-block", _fenced),
    (_is_table, "foreign-markup.table", _while(lambda line: "|" in line)),
    (_line(RULE.fullmatch), "foreign-markup.rule", _one),
    (_line(BOX.match), CODE, _one),
    (_line(CONTENTS.fullmatch), CODE, _one),
    (_line(HIDDEN.fullmatch), CODE, _hidden),
    (_line(QUOTE.match), "foreign-markup.quote", _while(QUOTE.match)),
    (_line(FOOTNOTE.match), "foreign-markup.footnote", _one),
    (_line(REFERENCE.match), "foreign-markup.reference", _one),
)
