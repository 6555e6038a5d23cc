"""What the styles and lists of a Word document say of a paragraph and of a run of characters."""

import re
from collections.abc import Sequence
from typing import Any

from oxalis_panels.authoring.importing.lists import Level, Numbering, Place
from oxalis_panels.authoring.importing.packages import Element, based, find, full, get, name_of, whole
from oxalis_panels.reading.symbols import real

OFF = frozenset({"0", "false", "off", "none"})
_TOGGLES = frozenset({"b", "i", "caps", "smallCaps", "strike", "vanish"})
"""Properties that a style of characters turns off where the paragraph's style has turned them on."""
_OF_RUNS_ALONE = frozenset({"b", "i"})
"""What all of a paragraph's style is says nothing of its words."""
_DEEPER = re.compile(r"list (?:bullet|number) ([2-5])", re.IGNORECASE)
"""The names of styles in the file are English, whatever Word speaks."""
_FORMS = {"decimalZero": "01", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_FORMS |= {"none": "", "bullet": ""}
_POINT = 20
"""Twentieths, in which Word measures."""
_OWN = full("w:rPr")
Look = dict[str, Any]


def is_on(element: Element, name: str = "w:val") -> bool:
    """Whether a property that may not be there says yes; one that says nothing does."""
    return element is not None and (get(element, name) or "1").lower() not in OFF


class Styles:
    """The styles of a document, and the lists that it has counted so far."""

    def __init__(self, styles: Element, numbering: Element) -> None:
        """Both are roots of parts, or None."""
        self.styles = {get(each, "w:styleId"): each for each in _all(styles, "w:style")}
        self.usual = next((name for name, each in self.styles.items() if _is_usual(each)), "")
        self.everywhere = _properties(find(styles, "w:docDefaults/w:rPrDefault/w:rPr"))
        self.abstracts = {get(each, "w:abstractNumId"): each for each in _all(numbering, "w:abstractNum")}
        self.numbers = {get(each, "w:numId"): each for each in _all(numbering, "w:num")}
        self.linked = {get(find(each, "w:styleLink"), "w:val"): each for each in self.abstracts.values()}
        """Definitions of lists by the style of lists that they are of."""
        self.numbering = Numbering()
        self._looks: dict[str, Look] = {}
        self._levels: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}

    def of_paragraph(self, paragraph: Element) -> list[Element]:
        """Return the styles of a paragraph: its own, and those that it is based on."""
        return self._chain(get(find(paragraph, "w:pPr/w:pStyle"), "w:val") or self.usual)

    def around(self, paragraph: Element, table: str) -> tuple[Look, Look]:
        """Return what the styles of a paragraph, and of the table around it, say of all runs in it."""
        return self._look(get(find(paragraph, "w:pPr/w:pStyle"), "w:val") or self.usual), self._look(table)

    def look(self, run: Element, around: tuple[Look, Look]) -> Look:
        """Return how a run looks, whichever style says it."""
        own = run.find(_OWN)
        named = self._look(get(find(own, "w:rStyle"), "w:val"))
        paragraph, table = around
        found = self.everywhere | table | paragraph | named
        for name in _TOGGLES:
            if name in _OF_RUNS_ALONE:
                found[name] = named.get(name, False)
            else:
                said = sum(style.get(name, False) for style in (table, paragraph, named))
                found[name] = said % 2 == 1 or self.everywhere.get(name, False)
        return found | _properties(own)

    def place(self, paragraph: Element) -> Place:
        """Count a paragraph in its list and return its place there."""
        chain = self.of_paragraph(paragraph)
        identifier, depth = self._number(paragraph, chain) or ("", 0)
        identity, levels, starts = self._list(identifier)
        level = levels.get(depth, Level())
        indent = _indent(paragraph, chain, level.indent)
        if not identifier or identifier not in self.numbers:
            return Place(None if identifier in {"", "0"} else depth, indent=indent)
        text = self.numbering.next(identity, depth, levels, starts.pop(depth, None))
        if not (level.form or level.text or level.sign):
            return Place(None if depth in levels else depth, indent=indent)
        named = (_DEEPER.fullmatch(name_of_style(style)) for style in chain)
        styled = next((int(match[1]) - 1 for match in named if match), 0)
        return Place(max(depth, styled), level.sign, text.strip(), indent)

    def _chain(self, identifier: str) -> list[Element]:
        return based(identifier, self.styles, lambda style: get(find(style, "w:basedOn"), "w:val"))

    def _look(self, identifier: str) -> Look:
        if identifier not in self._looks:
            found: Look = {}
            for style in reversed(self._chain(identifier)):
                found |= _properties(find(style, "w:rPr"))
            self._looks[identifier] = found
        return self._looks[identifier]

    def _number(self, paragraph: Element, chain: Sequence[Element]) -> tuple[str, int] | None:
        """Return the list of a paragraph (its own, or its style's) and the level in it."""
        level = None
        for element in (paragraph, *chain):
            properties = find(element, "w:pPr/w:numPr")
            level = whole(find(properties, "w:ilvl"), "w:val", None) if level is None else level
            identifier = get(find(properties, "w:numId"), "w:val")
            if identifier and level is None:  # that of the list which is for the style; else the first
                levels, style = self._list(identifier)[1].items(), get(element, "w:styleId")
                level = next((depth for depth, each in levels if style and each.style == style), 0)
            if identifier:
                return identifier, min(max(level or 0, 0), 8)
        return None

    def _list(self, identifier: str) -> tuple[str, dict[int, Level], dict[int, int]]:
        """Return what a list is counted with, its levels, and where it begins anew."""
        if identifier not in self._levels:
            number = self.numbers.get(identifier)
            abstract = self.abstracts.get(get(find(number, "w:abstractNumId"), "w:val"))
            linked = get(find(abstract, "w:numStyleLink"), "w:val")
            abstract = self.linked.get(linked, abstract) if linked else abstract
            levels = {whole(each, "w:ilvl"): _level(each) for each in _all(abstract, "w:lvl")}
            starts: dict[int, int] = {}
            for override in _all(number, "w:lvlOverride"):
                depth, own = whole(override, "w:ilvl"), find(override, "w:lvl")
                levels |= {depth: _level(own)} if own is not None else {}
                start = whole(find(override, "w:startOverride"), "w:val", None)
                starts |= {depth: start} if start is not None else {}
            self._levels[identifier] = get(abstract, "w:abstractNumId"), levels, starts
        return self._levels[identifier]


def name_of_style(style: Element) -> str:
    """Return the name of a style, which is English in the file."""
    return get(find(style, "w:name"), "w:val")


def _is_usual(style: Element) -> bool:
    return get(style, "w:type") == "paragraph" and get(style, "w:default").lower() not in {"", *OFF}


def _all(element: Element, name: str) -> list[Element]:
    return element.findall(full(name)) if element is not None else []


def _properties(element: Element) -> Look:
    found: Look = {}
    for each in element if element is not None else ():
        name = name_of(each)[2:]
        if name in _TOGGLES or name == "dstrike":
            found[name] = is_on(each)
        elif name == "vertAlign":
            found[name] = get(each, "w:val")
        elif name == "position":
            found[name] = whole(each, "w:val")
        elif name == "rFonts":
            found["font"] = get(each, "w:ascii") or get(each, "w:hAnsi") or found.get("font", "")
    return found


def _indent(paragraph: Element, chain: Sequence[Element], listed: float | None) -> float:
    """Return the points from the margin to its first character or sign; `listed` are those of its list."""
    own = find(paragraph, "w:pPr/w:ind")
    elements = [own, *(find(each, "w:pPr/w:ind") for each in chain)]
    left = next((value for each in elements if (value := _left(each)) is not None), None)
    if listed is not None and (own is None or left is None):
        return listed
    return (left or 0) + next((value for each in elements if (value := _first(each))), 0)


def _left(element: Element) -> float | None:
    twips = whole(element, "w:left" if get(element, "w:left") else "w:start", None)
    return None if twips is None else twips / _POINT


def _first(element: Element) -> float:
    return float(-whole(element, "w:hanging") or whole(element, "w:firstLine")) / _POINT


def _level(element: Element) -> Level:
    form = get(find(element, "w:numFmt"), "w:val") or "decimal"
    text = get(find(element, "w:lvlText"), "w:val")
    indent = find(element, "w:pPr/w:ind")
    left = _left(indent)
    font = _properties(find(element, "w:rPr")).get("font", "")
    return Level(
        _FORMS.get(form, "1"),
        "" if form == "bullet" else text,
        whole(find(element, "w:start"), "w:val", 1),
        (real(text, font) or "•") if form == "bullet" else "",
        None if left is None else left + _first(indent),
        whole(find(element, "w:lvlRestart"), "w:val", None),
        plain=is_on(find(element, "w:isLgl")),
        style=get(find(element, "w:pStyle"), "w:val"),
    )
