"""A paragraph of a Word document → its runs; deleted text, notes and boxes are told from its own text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oxalis_panels.importing.docx_lists import VAL, W, symbol
from oxalis_panels.importing.runs import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from oxalis_panels.importing.xml import Element

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BOX = f"{W}txbxContent"
_OFF = frozenset({"0", "false", "off", "none"})
_ADDRESS = re.compile(r'\s*HYPERLINK\s+(?:\\\w\s+)*"([^"]+)"')
_BREAKS = frozenset({f"{W}br", f"{W}cr"})
_BLANKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad"}
_NOTES = {
    f"{W}footnoteReference": "footnotes",
    f"{W}endnoteReference": "endnotes",
    f"{W}commentReference": "comments",
}
_PICTURES = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})


@dataclass(slots=True)
class Content:
    """What a paragraph holds."""

    runs: list[Run] = field(default_factory=list)
    deleted: str = ""
    """What tracked changes say is no longer there."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Kind and identifier of the notes and comments that it refers to."""
    boxes: list[Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    """What each picture shows, as its author described it."""
    breaks_page: bool = False


class Reader:
    """One paragraph; links, fields and changes may hold runs at any depth."""

    def __init__(self, links: Mapping[str, str], bold_styles: Callable[[str, str], bool]) -> None:
        """`links` are the addresses by relationship; `bold_styles` says whether a style sets `b` or `i`."""
        self.links = links
        self.styled = bold_styles
        self.content = Content()
        self.fields: list[str] = []
        """Addresses of the fields that are open, innermost last."""

    def read(self, element: Element, link: str = "", *, deleted: bool = False) -> None:
        """Take in all that an element holds."""
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, link, deleted=deleted)
            elif tag in {f"{W}del", f"{W}moveFrom"}:
                self.read(child, link, deleted=True)
            elif tag == f"{W}hyperlink":
                target = self.links.get(child.get(f"{R}id") or "", "")
                self.read(child, target or link, deleted=deleted)
            elif tag in {f"{M}oMath", f"{M}oMathPara"}:
                self._add(
                    "".join(text.text or "" for text in child.iter(f"{M}t")), Run("", link=link), deleted
                )
            elif isinstance(tag, str) and not tag.endswith("Pr"):
                self.read(child, link, deleted=deleted)

    def _run(self, run: Element, link: str, *, deleted: bool) -> None:
        look = Run(
            "", self._has(run, "b"), self._has(run, "i"), link or (self.fields[-1] if self.fields else "")
        )
        font = _font(run)
        for child in chosen(run):
            tag = child.tag
            if tag in {f"{W}t", f"{W}delText"}:
                text = (child.text or "").replace("\n", " ")
                self._add("".join(symbol(c, font) for c in text) if font else text, look, deleted)
            elif tag in _BLANKS:
                self._add(_BLANKS[tag], look, deleted)
            elif tag in _BREAKS:
                page = child.get(f"{W}type") in {"page", "column"}
                self.content.breaks_page |= page
                self._add("\n", look, deleted)
            elif tag == f"{W}sym":
                code = child.get(f"{W}char") or ""
                self._add(
                    chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else "", look, deleted
                )
            elif tag in {f"{W}fldChar", f"{W}instrText"}:
                self._field(child)
            elif tag in _NOTES:
                self.content.notes.append((_NOTES[tag], child.get(f"{W}id") or ""))
            elif tag in _PICTURES:
                self._picture(child)

    def _add(self, text: str, look: Run, deleted: bool) -> None:  # noqa: FBT001 - as `deleted=` above
        if deleted:
            self.content.deleted += text
        elif text:
            self.content.runs.append(Run(text, look.bold, look.italic, look.link))

    def _field(self, child: Element) -> None:
        """Follow a field from its beginning to its end: its code may be the address of a link."""
        kind = child.get(f"{W}fldCharType")
        if kind == "begin":
            self.fields.append("")
        elif kind == "end":
            self.fields[-1:] = []
        elif self.fields and (address := _ADDRESS.match(child.text or "")):
            self.fields[-1] = address[1]

    def _picture(self, element: Element) -> None:
        boxes = [box for box in element.iter(BOX) if not _inside_box(box, element)]
        self.content.boxes += boxes
        if not boxes:
            names = [each.get("descr") or "" for each in element.iter() if str(each.tag).endswith("}docPr")]
            self.content.pictures.append(next(iter(names), ""))

    def _has(self, run: Element, what: str) -> bool:
        """Whether a run is bold (`b`) or italic (`i`): by itself, or by its style."""
        own = run.find(f"{W}rPr/{W}{what}")
        if own is not None:
            return (own.get(VAL) or "1").lower() not in _OFF
        style = run.find(f"{W}rPr/{W}rStyle")
        return style is not None and self.styled(style.get(VAL) or "", what)


def chosen(element: Element) -> list[Element]:
    """Return the children; where Word gives one content in two ways, only the first that has any."""
    children: list[Element] = []
    for child in element:
        if child.tag == f"{MC}AlternateContent":
            ways = [way for way in child if way.tag in {f"{MC}Choice", f"{MC}Fallback"}]
            children += [each for way in ways[:1] for each in way]
        else:
            children.append(child)
    return children


def _font(run: Element) -> str:
    """Return the picture font of a run; empty for a font of letters."""
    fonts = run.find(f"{W}rPr/{W}rFonts")
    name = (fonts.get(f"{W}ascii") or "") if fonts is not None else ""
    return name if symbol("!", name) != "!" else ""


def _inside_box(box: Element, top: Element) -> bool:
    parent = box.getparent()
    while parent is not None and parent is not top:
        if parent.tag in {BOX, f"{MC}Fallback"}:
            return True
        parent = parent.getparent()
    return False
