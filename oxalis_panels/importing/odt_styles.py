"""The styles of a LibreOffice document: what is bold, what is italic, and the signs of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oxalis_panels.frozen import frozen
from oxalis_panels.importing.docx_lists import symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_ITALIC = frozenset({"italic", "oblique"})
_FURTHEST = 20
"""Styles that a style may be based on, one behind the other."""


@frozen
class Style:
    """A style of text or of paragraphs."""

    parent: str
    bold: bool | None
    """None: as what is around it."""
    italic: bool | None
    list_style: str
    page: bool
    """Whether a paragraph of it begins a page."""
    level: int
    """Of a heading; 0 for none."""


@frozen
class Styles:
    """All styles of a document by name, and the signs of its lists."""

    styles: dict[str, Style]
    signs: dict[tuple[str, int], str]
    """By the name of a list style and the depth, 0 being the outermost; a list of numbers has none."""

    def looks(self, name: str, *, bold: bool, italic: bool) -> tuple[bool, bool]:
        """Return whether a run is bold and italic, knowing what is around it."""
        for style in reversed(list(self.chain(name))):
            bold = bold if style.bold is None else style.bold
            italic = italic if style.italic is None else style.italic
        return bold, italic

    def chain(self, name: str) -> Iterator[Style]:
        """Yield a style and those that it is based on."""
        count = 0
        while name in self.styles and count < _FURTHEST:
            yield self.styles[name]
            name = self.styles[name].parent
            count += 1


def styles_of(roots: Iterable[Any]) -> Styles:
    """Read the styles in some elements of odfdo."""
    styles: dict[str, Style] = {}
    signs: dict[tuple[str, int], str] = {}
    for root in roots:
        for element in root.get_elements("descendant::style:style"):
            styles[element.get_attribute("style:name") or ""] = _style(element)
        for element in root.get_elements("descendant::text:list-style"):
            name = element.get_attribute("style:name") or ""
            signs |= {(name, depth): sign for depth, sign in _signs(element)}
    return Styles(styles, signs)


def _style(element: Any) -> Style:  # noqa: ANN401 - odfdo's elements differ, what is asked of them does not
    text = element.get_element("style:text-properties")
    paragraph = element.get_element("style:paragraph-properties")
    weight = (text.get_attribute("fo:font-weight") or "") if text else ""
    slant = (text.get_attribute("fo:font-style") or "") if text else ""
    level = str(element.get_attribute("style:default-outline-level") or "")
    return Style(
        str(element.get_attribute("style:parent-style-name") or ""),
        str(weight) in _BOLD if weight else None,
        str(slant) in _ITALIC if slant else None,
        str(element.get_attribute("style:list-style-name") or ""),
        bool(paragraph and paragraph.get_attribute("fo:break-before") == "page"),
        int(level) if level.isdigit() else 0,
    )


def _signs(element: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - as above
    for level in element.get_elements("text:list-level-style-bullet"):
        sign = str(level.get_attribute("text:bullet-char") or "")
        text = level.get_element("style:text-properties")
        font = (
            str(text.get_attribute("style:font-name") or text.get_attribute("fo:font-family") or "")
            if text
            else ""
        )
        depth = str(level.get_attribute("text:level") or "1")
        if depth.isdigit():
            yield int(depth) - 1, symbol(sign, font) if len(sign) == 1 else sign
