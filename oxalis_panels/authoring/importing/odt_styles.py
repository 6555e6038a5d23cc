"""What the styles of a LibreOffice document say of a paragraph, of a run of characters, and of a list."""

import re
from collections.abc import Iterable

from oxalis_panels.authoring.importing.lists import Level
from oxalis_panels.authoring.importing.packages import Element, based, find, full, get, name_of, whole
from oxalis_panels.authoring.importing.runs import Run
from oxalis_panels.model.value import value
from oxalis_panels.reading.symbols import Raised, real

DEEPEST = 10
"""Levels of a list, and of headings."""
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_ITALIC = frozenset({"italic", "oblique"})
_POINTS = {"pt": 1.0, "cm": 28.346, "mm": 2.8346, "in": 72.0, "pc": 12.0, "px": 0.75}


@value
class Style:
    """A style of text or of paragraphs."""

    parent: str
    text: Element
    """Its properties of text; None where it has none."""
    list_style: str | None
    """None: that of its parent; empty: none."""
    page: bool
    """Whether a paragraph of it begins a page."""
    level: int
    """Of a heading; 0 for none."""
    left: float | None
    first: float | None
    """Points from the margin to its text, and from there to the beginning of its first line."""


class Styles:
    """All styles of a document by name, the levels of its lists, and its fonts."""

    def __init__(self, roots: Iterable[Element]) -> None:
        """Read the styles in the roots of some parts."""
        self.styles: dict[str, Style] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        self.usual: Element = None
        self.fonts: dict[str, str] = {}
        kinds = """style:style style:default-style style:font-face text:list-style text:outline-style"""
        for root in (each for each in roots if each is not None):
            for element in root.iter(*map(full, kinds.split())):
                self._take(element)

    def _take(self, element: Element) -> None:
        name, kind = get(element, "style:name"), name_of(element)
        if kind == "style:style":
            paragraph = find(element, "style:paragraph-properties")
            self.styles[name] = Style(
                get(element, "style:parent-style-name"),
                find(element, "style:text-properties"),
                element.get(full("style:list-style-name")),
                get(paragraph, "fo:break-before") == "page",
                whole(element, "style:default-outline-level"),
                length(get(paragraph, "fo:margin-left")),
                length(get(paragraph, "fo:text-indent")),
            )
        elif kind == "style:default-style" and get(element, "style:family") == "paragraph":
            self.usual = find(element, "style:text-properties")
        elif kind == "style:font-face":
            self.fonts[name] = get(element, "svg:font-family").strip("'\"")
        elif kind in {"text:list-style", "text:outline-style"}:
            depths = ((whole(each, "text:level"), each) for each in element)
            levels = {depth - 1: self._level(each, depth) for depth, each in depths if 0 < depth <= DEEPEST}
            self.lists[name] = levels
            self.outline = levels if kind == "text:outline-style" else self.outline

    def chain(self, name: str) -> list[Style]:
        """Return a style and those that it is based on."""
        return based(name, self.styles, lambda style: style.parent)

    def look(self, name: str, around: Run, font: str, *, everywhere: bool = False) -> tuple[Run, str]:
        """Return how a run looks, and its font, knowing what is around it."""
        texts = [self.usual] if everywhere else []
        for text in (*texts, *(style.text for style in reversed(self.chain(name)))):
            if text is not None:
                around, font = _looked(text, around), self._font(text) or font
        return around, font

    def list_style(self, chain: Iterable[Style]) -> str | None:
        """Return the list that a style of paragraphs puts them in; empty for one that takes them out."""
        return next((style.list_style for style in chain if style.list_style is not None), None)

    def _font(self, text: Element) -> str:
        name = get(text, "style:font-name")
        return self.fonts.get(name, name) or get(text, "fo:font-family").strip("'\"")

    def _level(self, element: Element, depth: int) -> Level:
        label = find(element, "style:list-level-properties/style:list-level-label-alignment")
        left, first = length(get(label, "fo:margin-left")), length(get(label, "fo:text-indent"))
        indent = None if left is None else left + (first or 0)
        sign = get(element, "text:bullet-char")
        if sign or name_of(element) == "text:list-level-style-image":
            text = find(element, "style:text-properties")
            font = self._font(text) if text is not None else ""
            return Level(sign=real(sign, font) if sign else "•", indent=indent)
        form = get(element, "style:num-format")
        if form not in {"1", "a", "A", "i", "I"}:
            form = "1" if form else ""
        above = whole(element, "text:display-levels", 1)
        numbers = ".".join(f"%{each}" for each in range(max(1, depth - above + 1), depth + 1))
        text = f"{get(element, 'style:num-prefix')}{numbers}{get(element, 'style:num-suffix')}"
        own = get(element, "loext:num-list-format")
        text = re.sub(r"%(\d+)%", r"%\1", own) if own else text
        return Level(form, text if form else "", whole(element, "text:start-value", 1), indent=indent)


def length(text: str) -> float | None:
    """Return a length in points; None for none."""
    match = re.fullmatch(r"(-?\d{1,6}(?:\.\d{1,6})?)([a-z]{2})", text)
    return float(match[1]) * _POINTS[match[2]] if match and match[2] in _POINTS else None


def _looked(text: Element, around: Run) -> Run:
    """Return a look with what a style says of it; what it does not say stays."""
    weight, slant = get(text, "fo:font-weight"), get(text, "fo:font-style")
    capitals = {get(text, "fo:text-transform"), get(text, "fo:font-variant")} - {""}
    return Run(
        "",
        weight in _BOLD if weight else around.bold,
        slant in _ITALIC if slant else around.italic,
        around.link,
        _gone(text, around.gone),
        _raised(get(text, "style:text-position"), around),
        bool(capitals & {"uppercase", "small-caps"}) if capitals else around.capitals,
    )


def _gone(text: Element, around: str) -> str:
    if around == "import-left-out.deleted":
        return around
    display = get(text, "text:display")
    if display != "true" if display else around == "import-left-out.hidden":
        return "import-left-out.hidden"
    lines = {get(text, f"style:text-line-through-{each}") for each in ("style", "type")} - {""}
    struck = "none" not in lines if lines else around == "import-left-out.struck"
    return "import-left-out.struck" if struck else ""


def _raised(position: str, around: Run) -> Raised:
    if not position:
        return around.raised
    height = position.split(maxsplit=1)[0]
    return "sub" if height.startswith(("sub", "-")) else "super" if height.strip("0.%") else ""
