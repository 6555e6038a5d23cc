"""Mask what no rule may touch (row 22), before any rule runs.

Rules get the text with its protected characters masked: letters and digits as one letter, the rest as a
sign that no rule knows. Offsets are the same, so an edit of the masked text is an edit of the text.
"""

import html.entities
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

LETTER_MASK: Final = "ꙮ"
"""A letter without case; a text that really contains it comes to no harm."""
SIGN_MASK: Final = "\ufffc"
ENTITY_MASK: Final = "\ufffb"
"""For `&nbsp;` and other entities, which may be the very space that a rule wants to insert."""

Range = tuple[int, int]

# A trigger without which the pattern need not be tried, and the pattern. Every one is linear: its start is
# guarded by a look-behind and its loops are possessive.
_ADDRESSES: Final = (
    ("://", re.compile(r'(?<![\w+.-])[A-Za-z][\w+.-]*+://[^\s<>"«»]++')),
    ("www.", re.compile(r'(?<![\w.])www\.[^\s<>"«»]++')),
    (":", re.compile(r'(?<!\w)(?:mailto|tel|sms|urn|doi|data):[^\s<>"«»]++')),
    ("@", re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?>(?:\.[\w-]++)+)")),
    ("?", re.compile(r"(?<![\w./-])[\w./-]++\?[\w%-]++=[^\s<>\"«»]*+")),
    ("/", re.compile(r"(?<![\w./:-])(?>(?:[\w-]++\.)+)[a-z]{2,24}(?::[0-9]++)?/[^\s<>\"«»]*+")),
    ("/", re.compile(r"(?<![^\s(\[\"'«])(?:~|\.{1,2}+)?/[^\s<>\"«»()]++")),
    ("\\", re.compile(r"(?<!\w)(?:[A-Za-z]:\\|\\\\(?=\w))[^\s<>\"«»|?*]*+")),
)
"""Punctuation at the end of these may belong to the sentence."""
_MARKUP: Final = (
    ("](", re.compile(r"!\[[^\[\]\n]*+\](?=\()")),
    ("](", re.compile(r"\[(?=[^\[\]\n]*+\]\()")),
    ("](", re.compile(r"\]\([^()\s]*+(?>(?:\([^()\s]*+\)[^()\s]*+)*)(?:[ \t]+\"[^\"\n]*+\")?\)")),
    ("{{", re.compile(r"\{\{(?>(?:[^{}\n]|\{[^{}\n]*+\})*)\}\}")),
    ("{%", re.compile(r"\{%(?>(?:[^{}\n%]|%(?!\}))*)%\}")),
    ("<", re.compile(r"</?[A-Za-z][^<>\n]*+>")),
    ("%", re.compile(r"%[A-Za-z_]\w*+%")),
    ("!", re.compile(r"!important\b")),
    (":", re.compile(r"(?<![^\s(]):[a-z][a-z0-9_+-]{1,40}+:(?!\w)")),
    ("·", re.compile(r"(?<![\w·])\w++(?>(?:·\w++)+)")),
    ("'", re.compile(r"(?<!\w)[0-9]++'[0-9]++\"?+")),
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}));")
_BACKTICKS = re.compile(r"`+")
_ELEMENT = re.compile(r"<(pre|code|kbd|samp|script|style)\b[^<>]*+>")
CACHED_TEXTS: Final = 4096
"""Masked texts that are cached, the latest: typesetting and each review use them."""
_TRAILING: Final = ".,;:!?…'’\"”"
_EMOTICON = re.compile(r"(?<!\S)[:;=][-']?[)(DPpOoSsXx|/\\*](?![\w/\\])|;-?\)|:'-?\(")


@lru_cache(maxsize=CACHED_TEXTS)
def protect(text: str, keep: tuple[str, ...] = ()) -> str:
    """Return `text` with everything that no rule may touch masked, at the same length."""
    ranges = [*addresses(text), *_markup(text), *_code(text), *_elements(text), *emoticons(text)]
    ranges += [found for string in keep if string for found in _occurrences(text, string)]
    entities = list(_entities(text))
    if not ranges and not entities:
        return text
    shown = list(text)
    for start, end in ranges:
        shown[start:end] = [LETTER_MASK if c.isalnum() else SIGN_MASK for c in text[start:end]]
    for start, end in entities:
        shown[start:end] = ENTITY_MASK * (end - start)
    return "".join(shown)


def addresses(text: str) -> Iterator[Range]:
    """Yield the ranges of web addresses, e-mail addresses and file paths."""
    for trigger, pattern in _ADDRESSES:
        if trigger in text:
            for match in pattern.finditer(text):
                yield match.start(), _sentence_end(text, *match.span())


def _markup(text: str) -> Iterator[Range]:
    for trigger, pattern in _MARKUP:
        if trigger in text:
            yield from (match.span() for match in pattern.finditer(text))


def _sentence_end(text: str, start: int, end: int) -> int:
    """Return the end of an address without the sentence's punctuation, or a bracket opened before it."""
    excess = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        if text[end - 1] == ")" and excess > 0:
            excess -= 1
        elif text[end - 1] not in _TRAILING or text.endswith("...", start, end):
            return end
        end -= 1
    return end


def _occurrences(text: str, string: str) -> Iterator[Range]:
    where = text.find(string)
    while where >= 0:
        yield where, where + len(string)
        where = text.find(string, where + len(string))


def _entities(text: str) -> Iterator[Range]:
    if "&" in text:
        for match in _ENTITY.finditer(text):
            if match[1] is None or f"{match[1]};" in html.entities.html5:
                yield match.span()


def _code(text: str) -> Iterator[Range]:
    """Yield the ranges between two runs of as many backticks, in one block unless it is a fence."""
    if "`" not in text:
        return
    closers: dict[int, list[int]] = {}
    runs = [match.span() for match in _BACKTICKS.finditer(text)]
    for start, end in reversed(runs):
        closers.setdefault(end - start, []).append(start)
    done = 0
    for start, end in runs:
        same = closers[end - start]
        while same and same[-1] <= start:
            same.pop()
        if start >= done and same and _is_code(text, start, same[-1], end - start):
            done = same[-1] + end - start
            yield start, done


def _is_code(text: str, start: int, closer: int, length: int) -> bool:
    return length >= len("```") or text.find("\n\n", start, closer) < 0


def _elements(text: str) -> Iterator[Range]:
    """Yield whole HTML elements whose content is not prose."""
    done = 0
    unclosed: set[str] = set()
    for match in _ELEMENT.finditer(text) if "<" in text else ():
        name = match[1]
        if match.start() < done or name in unclosed:
            continue
        closing = f"</{name}>"
        where = text.find(closing, match.end())
        if where < 0:
            unclosed.add(name)
        else:
            done = where + len(closing)
            yield match.start(), done


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
