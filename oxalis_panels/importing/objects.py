"""Text that no paragraph of a document holds: in diagrams, charts, drawn letters, files to be taken in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from oxalis_panels.importing.docx_runs import chosen, is_placeholder
from oxalis_panels.importing.gathering import TooLongError
from oxalis_panels.importing.packages import BROKEN, WORD, Element, Package, full, name_of

LARGEST = 5_000_000
"""Bytes of a file that a document is to take in."""
_WHOLE = frozenset({"w:p", "w:txbxContent"})
"""What is read by itself where it is met."""
_NUMBERS = frozenset({"c:numCache", "c:numLit", "cx:numDim"})
_LABELS = frozenset({"c:v", "cx:v", "cx:pt"})
_MARKUP = re.compile(
    r"""<(?P<hidden>script|style)\b[^<>]*>.*?</(?P=hidden)\s*> | <!--(?!-?>)(?:(?!--).)*--> | <\?[^<>]*>
    | <!(?:doctype|\[(?:end)?if)\b[^<>]*> | </(?P<end>[a-z][\w:.-]*)\s*>
    | <(?!script\b|style\b)(?P<tag>[a-z][\w:.-]*)
      (?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?)*\s*/?>
    | (?P<sign><(?![a-z/!?]))""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""What a page may hold beside text; with any other `<` it is broken, and means nothing certain."""
_WITHIN_LINES = frozenset(
    {"a", "b", "em", "font", "i", "o:p", "s", "small", "span", "strong", "sub", "sup", "u"}
)


def inside(element: Element) -> Iterator[Element]:
    """Yield the elements in an element, each once, in order; none of those in a paragraph or a box."""
    for child in chosen(element):
        yield child
        if name_of(child) not in _WHOLE and not is_placeholder(child):
            yield from inside(child)


def drawn_lines(element: Element) -> list[str]:
    """Return the letters in a diagram, a chart or a drawing, a line for each paragraph or label."""
    lines: list[str] = []
    for child in chosen(element):
        name = name_of(child)
        if name == "a:p":
            lines.append("".join(each.text or "" for each in child.iter(full("a:t"))))
        elif name in _LABELS:
            lines.append(child.text or "")
        elif name == "v:textpath":
            lines.append(child.get("string") or "")
        elif name not in _NUMBERS and name not in _WHOLE:
            lines += drawn_lines(child)
    return [line for line in lines if line.strip()]


def chunk_text(data: bytes) -> str | None:
    """Return the text of a file of another form (HTML, Word, plain text); None where nobody can."""
    if len(data) > LARGEST:
        raise TooLongError
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                root = Package(archive).xml(WORD)
        except BROKEN:
            return None
        runs = root.iter(*map(full, ("w:p", "w:t", "w:delText"))) if root is not None else ()
        return "".join("\n" if name_of(each) == "w:p" else each.text or "" for each in runs)
    if data.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0")) or b"MIME-Version:" in data[:2000]:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "<" not in text[:1000]:
        return text
    pieces: list[str] = []
    place = 0
    while (start := text.find("<", place)) >= 0:
        match = _MARKUP.match(text, start)
        if match is None:
            return None
        name = (match["tag"] or match["end"] or "").lower()
        parted = "\n" if name and name not in _WITHIN_LINES else match["sign"] or ""
        pieces += [unescape(text[place:start]), parted]
        place = match.end()
    return "".join([*pieces, unescape(text[place:])])
