"""All text in an element of a Word document, whatever it is in: the count that reading it is held against."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from oxalis_panels.importing.docx_lists import W, symbol
from oxalis_panels.importing.docx_runs import MC, M

if TYPE_CHECKING:
    from oxalis_panels.importing.xml import Element

_TEXT = frozenset({f"{W}t", f"{W}delText", f"{M}t"})
_BLANKS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n"}
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})


def lines_of(element: Element) -> list[str]:
    """Return the text of each paragraph, and apart from it what tracked changes took away from it."""
    lines: dict[tuple[Element | None, bool], list[str]] = defaultdict(list)
    for each in element.iter():
        text = _text(each)
        if text:
            paragraph, gone, twice = _around(each)
            if not twice:
                lines[paragraph, gone].append(text)
    return ["".join(parts) for parts in lines.values()]


def _text(element: Element) -> str:
    if element.tag in _TEXT:
        fonts = next(iter(_fonts(element)), "")
        text = (element.text or "").replace("\n", " ")
        return "".join(symbol(character, fonts) for character in text)
    if element.tag == f"{W}sym":
        code = element.get(f"{W}char") or ""
        return chr(int(code, 16)) if len(code) == 4 and not set(code) - set("0123456789abcdefABCDEF") else ""  # noqa: PLR2004 - four digits
    if element.tag == f"{W}noBreakHyphen":
        return "-"
    parent = element.getparent()
    in_run = parent is not None and parent.tag == f"{W}r"
    return _BLANKS.get(element.tag, "") if in_run else ""


def _fonts(element: Element) -> list[str]:
    run = element.getparent()
    fonts = run.find(f"{W}rPr/{W}rFonts") if run is not None else None
    return [fonts.get(f"{W}ascii") or ""] if fonts is not None else []


def _around(element: Element) -> tuple[Element | None, bool, bool]:
    """Return the paragraph that holds an element, whether it is deleted, and whether it is there twice."""
    paragraph: Element | None = None
    gone = twice = False
    parent = element.getparent()
    while parent is not None:
        if parent.tag == f"{MC}Fallback":
            twice = True
        if paragraph is None:
            gone |= parent.tag in _GONE
            paragraph = parent if parent.tag == f"{W}p" else None
        parent = parent.getparent()
    return paragraph, gone, twice
