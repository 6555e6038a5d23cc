"""All text in an element of a LibreOffice document: the count that reading it is held against."""

from __future__ import annotations

from typing import Any

FRAMES = frozenset({"draw:frame", "draw:custom-shape", "draw:g", "draw:rect", "draw:text-box"})
LEFT = {
    "text:table-of-content": "import-contents",
    "text:alphabetical-index": "import-contents",
    "text:illustration-index": "import-contents",
    "text:tracked-changes": "import-deleted",
}
"""What is left aside as a whole, and what is said of it."""
BLANKS = {"text:tab": "\t", "text:s": " ", "text:line-break": "\n"}
_APART = frozenset({"text:note", "office:annotation", *FRAMES})
"""What stands within a paragraph and is no part of its text."""


def body_lines(body: Any) -> list[str]:  # noqa: ANN401 - odfdo's elements differ by tag
    """Return the paragraphs of a body, those left out that are set aside as a whole."""
    return [
        _text_of(element)
        for element in body.get_elements("descendant::text:p|descendant::text:h")
        if not _is_apart(element)
    ]


def lines_of(element: Any) -> list[str]:  # noqa: ANN401 - as above
    """Return the text of each paragraph in an element."""
    found = element.get_elements("descendant::text:p|descendant::text:h")
    return [_text_of(each) for each in found]


def _text_of(element: Any) -> str:  # noqa: ANN401 - as above
    """Return all characters in a paragraph, notes and frames left out: they have paragraphs of their own."""
    parts = [flat(element.text)]
    for child in element.children:
        if child.tag in BLANKS:
            parts.append("\n" if child.tag == "text:line-break" else " ")
        elif child.tag not in _APART:
            parts.append(_text_of(child))
        parts.append(flat(child.tail))
    return "".join(parts)


def flat(text: str | None) -> str:
    """Return characters as LibreOffice shows them: a line end in the file is a blank."""
    return (text or "").replace("\n", " ")


def _is_apart(element: Any) -> bool:  # noqa: ANN401 - as above
    """Whether a paragraph is in something that was set aside."""
    parent = element.parent
    while parent is not None:
        if parent.tag in {"text:note", "office:annotation", *LEFT}:
            return True
        parent = parent.parent
    return False
