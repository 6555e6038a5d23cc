"""The lists of a Word document: which sign stands before a paragraph, and how deep it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen

if TYPE_CHECKING:
    from oxalis_panels.importing.xml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
SYMBOLS = ("wingdings", "webdings", "symbol", "zapfdingbats")
"""Fonts whose characters are pictures: Word keeps them at U+F000, or as the letter that they replace."""
_DEEPER = re.compile(r"list (?:bullet|number) ([2-5])", re.IGNORECASE)
"""The names of styles in the file are English, whatever Word speaks."""
_FURTHEST = 20
"""Styles that a style may be based on, one behind the other."""


@frozen
class Lists:
    """The definitions of lists and the styles of paragraphs."""

    numbering: Element | None
    styles: dict[str, Element]
    """By their identifier."""

    def place(self, paragraph: Element) -> tuple[int, str] | None:
        """Return the depth of a paragraph in its list, and the list's sign; None outside of lists."""
        number = self._number(paragraph)
        if number is None or number[0] == "0":
            return None
        identifier, depth = number
        level = self._level(identifier, depth)
        depth = max(depth, self._styled_depth(paragraph))
        if level is None:
            return depth, ""
        kind = level.find(f"{W}numFmt")
        if kind is not None and kind.get(VAL) == "none":
            return None
        if kind is None or kind.get(VAL) != "bullet":
            return depth, ""
        return depth, _sign(level)

    def chain(self, identifier: str | None) -> list[Element]:
        """Return a style and those that it is based on."""
        found: list[Element] = []
        while identifier in self.styles and len(found) < _FURTHEST:
            found.append(self.styles[identifier])
            based = found[-1].find(f"{W}basedOn")
            identifier = based.get(VAL) if based is not None else None
        return found

    def _styled_depth(self, paragraph: Element) -> int:
        """Return the depth that Word's own styles say: `List Bullet 2` is a list of its own, further in."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        for each in self.chain(style.get(VAL) if style is not None else None):
            name = each.find(f"{W}name")
            found = _DEEPER.fullmatch((name.get(VAL) or "") if name is not None else "")
            if found:
                return int(found[1]) - 1
        return 0

    def _number(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the list of a paragraph (its own, or its style's) and the level in it."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        chain = [paragraph, *self.chain(style.get(VAL) if style is not None else None)]
        level = None
        for element in chain:
            properties = element.find(f"{W}pPr/{W}numPr")
            if properties is None:
                continue
            own = properties.find(f"{W}ilvl")
            level = own if level is None else level
            identifier = properties.find(f"{W}numId")
            if identifier is not None:
                return identifier.get(VAL) or "0", _whole(level.get(VAL) if level is not None else None)
        return None

    def _level(self, identifier: str, depth: int) -> Element | None:
        if self.numbering is None:
            return None
        number = _named(self.numbering.findall(f"{W}num"), f"{W}numId", identifier)
        if number is None:
            return None
        override = _named(number.findall(f"{W}lvlOverride"), f"{W}ilvl", str(depth))
        own = override.find(f"{W}lvl") if override is not None else None
        abstract = number.find(f"{W}abstractNumId")
        if own is not None or abstract is None:
            return own
        wanted = abstract.get(VAL) or ""
        definition = _named(self.numbering.findall(f"{W}abstractNum"), f"{W}abstractNumId", wanted)
        return (
            _named(definition.findall(f"{W}lvl"), f"{W}ilvl", str(depth)) if definition is not None else None
        )


def symbol(character: str, font: str) -> str:
    """Return a character of a picture font where Unicode keeps such ones (U+F0FC for ✓ in Wingdings)."""
    if font.lower().startswith(SYMBOLS) and 0x20 <= ord(character) <= 0xFF:  # noqa: PLR2004 - one byte
        return chr(0xF000 + ord(character))
    return character


def _sign(level: Element) -> str:
    text = level.find(f"{W}lvlText")
    fonts = level.find(f"{W}rPr/{W}rFonts")
    font = (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""
    sign = (text.get(VAL) or "") if text is not None else ""
    return symbol(sign, font) if len(sign) == 1 else sign


def _named(elements: list[Element], attribute: str, value: str) -> Element | None:
    return next((element for element in elements if element.get(attribute) == value), None)


def _whole(value: str | None) -> int:
    return int(value) if value and value.isdigit() and len(value) < 3 else 0  # noqa: PLR2004 - Word has nine levels
