"""Text that no paragraph of a document holds: in diagrams, charts, drawn letters, files to be taken in."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree, html

from oxalis_panels.importing.docx_runs import chosen, is_placeholder
from oxalis_panels.importing.packages import WORD, Package, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.importing.packages import Element

_WHOLE = frozenset({"w:p", "w:txbxContent"})
"""What is read by itself where it is met."""
_NUMBERS = frozenset({"c:numCache", "c:numLit", "cx:numDim"})
_LABELS = frozenset({"c:v", "cx:v", "cx:pt"})
_BLOCKS = ("p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "title")


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
            lines.append("".join(each.text or "" for each in child.iter() if name_of(each) == "a:t"))
        elif name in _LABELS:
            lines.append(child.text or "")
        elif name == "v:textpath":
            lines.append(child.get("string") or "")
        elif name not in _NUMBERS and name not in _WHOLE:
            lines += drawn_lines(child)
    return [line for line in lines if line.strip()]


def chunk_lines(data: bytes) -> list[str] | None:
    """Return the lines of a file of another form (HTML, Word, plain text); None for one that is neither."""
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                root = Package(archive).xml(WORD)
        except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError, zlib.error):
            return None
        texts = [each for each in root.iter() if name_of(each) == "w:p"] if root is not None else []
        return [
            "".join(t.text or "" for t in each.iter() if name_of(t) in {"w:t", "w:delText"}) for each in texts
        ]
    if data.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0")) or b"MIME-Version:" in data[:2000]:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "<" not in text[:1000]:
        return text.splitlines()
    return _html_lines(text)


def _html_lines(text: str) -> list[str] | None:
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return None
    etree.strip_elements(root, "script", "style", etree.Comment, with_tail=False)
    for each in root.iter(*_BLOCKS):
        each.text, each.tail = f"\n{each.text or ''}", f"\n{each.tail or ''}"
    return str(root.text_content()).splitlines()
