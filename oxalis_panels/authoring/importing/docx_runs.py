"""A paragraph of a Word document → its runs; fields, changes and boxes may hold runs at any depth."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from oxalis_panels.authoring.importing.docx_styles import Styles, is_on
from oxalis_panels.authoring.importing.gathering import Gathering
from oxalis_panels.authoring.importing.packages import Element, Relation, find, full, get, name_of, whole
from oxalis_panels.authoring.importing.runs import Run
from oxalis_panels.reading.symbols import pictured, real

_ADDRESS = re.compile(
    r'\s*HYPERLINK\s+(?:\\[mnt]\s+)*(?:"([^"]*)"|([^\s\\"]+))?(?:.*?\\l\s+"([^"]+)")?', re.IGNORECASE
)
_SYMBOL = re.compile(r'\s*SYMBOL\s+(\d+|0x[0-9A-F]+)(?:.*?\\f\s+"?([^"\\]+?)"?\s*(?:\\|$))?', re.IGNORECASE)
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "-", "w:softHyphen": "\u00ad"}
_SIGNS |= {"w:br": "\n", "w:cr": "\n"}
_NOTES = {f"w:{kind}Reference": f"{kind}s" for kind in ("footnote", "endnote", "comment")}
_TEXTS = frozenset({"w:t", "w:delText"})
_PICTURES = frozenset({"w:drawing", "w:pict", "w:object"})
_GONE = {"w:del": "import-left-out.deleted", "w:moveFrom": "import-left-out.deleted"}
_SHORT = 6
"""Characters of a text that is raised by hand; longer ones are moved for their looks."""
_BOXES = ("☐", "☒")


@dataclass(slots=True)
class _Field:
    code: str = ""
    shows: bool = False
    """Whether what follows is its result, which is what people see."""
    link: str = ""


@dataclass(slots=True)
class Content:
    """What a paragraph holds."""

    runs: list[Run] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Kind and identifier of the notes and comments that it refers to."""
    pictures: list[tuple[Element, str]] = field(default_factory=list)
    """Each with why it is not live."""
    breaks_page: bool = False


class Reader:
    """Reads paragraphs one after the other: a field may begin in one and end in the next."""

    def __init__(self, styles: Styles, links: Mapping[str, Relation], gathering: Gathering) -> None:
        """`links` are the relations of the part that is read; a gathering hears what is added and dropped."""
        self.styles, self.links = styles, links
        self.added, self.dropped = gathering.added, gathering.dropped
        self.fields: list[_Field] = []
        """Those that are open, innermost last."""

    def read(self, paragraph: Element, gone: str = "", table: str = "") -> Content:
        """Return what a paragraph holds; `gone` is why none of it is live, `table` the style of its table."""
        self.around = self.styles.around(paragraph, table)
        self.content = Content()
        self._inside(paragraph, Run("", gone=gone))
        return self.content

    def _inside(self, element: Element, around: Run) -> None:
        for child in chosen(element):
            name = name_of(child)
            if name == "w:r":
                self._run(child, around)
            elif name in _GONE:
                self._inside(child, around._replace(gone=around.gone or _GONE[name]))
            elif name == "w:hyperlink":
                relation = self.links.get(get(child, "r:id"))
                self._inside(child, around._replace(link=relation.target if relation else around.link))
            elif name == "w:fldSimple":
                simple = _Field(get(child, "w:instr"))
                self.fields.append(simple)
                self._show(simple, around)
                self._inside(child, around)
                self.fields.remove(simple)
            elif name == "w:sdt":
                self._control(child, around)
            elif name in {"m:oMath", "m:oMathPara"}:
                self._add("".join(text.text or "" for text in child.iter(full("m:t"))), around)
            elif name and not name.endswith("Pr"):  # a part of a table, ruby, a smart tag, inserted text…
                self._inside(child, around)

    def _control(self, element: Element, around: Run) -> None:
        """Read a content control: its placeholder is no text, a box says by itself whether it is ticked."""
        start = len(self.content.runs)
        if not is_placeholder(element):
            self._inside(element, around)
        box = find(element, "w:sdtPr/w14:checkbox")
        if box is not None:
            self.dropped += [run.text for run in self.content.runs[start:]]
            del self.content.runs[start:]
            self._add(_BOXES[is_on(find(box, "w14:checked"), "w14:val")], around)

    def _run(self, run: Element, around: Run) -> None:
        look = self.styles.look(run, self.around)
        gone = "import-left-out.hidden" if look["vanish"] else ""
        gone = gone or ("import-left-out.struck" if look["strike"] or look.get("dstrike") else "")
        if any(not each.shows for each in self.fields[:-1]):  # within the code of another field
            gone = gone or "import-left-out.hidden"
        made = around._replace(
            bold=bool(look["b"]),
            italic=bool(look["i"]),
            capitals=bool(look["caps"] or look["smallCaps"]),
            link=around.link or next((each.link for each in reversed(self.fields) if each.link), ""),
            gone=around.gone or gone,
        )
        for child in chosen(run):
            if name_of(child) in _TEXTS:
                flat = (child.text or "").replace("\n", " ")
                shown = pictured(flat, str(look.get("font", "")), self.dropped, self.added)
                self._add(shown, _raised(made, look, flat))
            elif name_of(child) == "w:ruby":
                self._inside(child, made)
            else:
                self._sign(child, made)

    def _sign(self, child: Element, look: Run) -> None:
        name = name_of(child)
        if name in _SIGNS:
            self.content.breaks_page |= get(child, "w:type") in {"page", "column"}
            self._add(_SIGNS[name], look)
        elif name == "w:sym":
            self._symbol(get(child, "w:char"), get(child, "w:font"), look)
        elif name == "w:fldChar":
            self._field(child, look)
        elif name == "w:instrText" and self.fields and not self.fields[-1].shows:
            self.fields[-1].code += child.text or ""
        elif name in _NOTES:
            self.content.notes.append((_NOTES[name], get(child, "w:id")))
        elif name in _PICTURES:
            self.content.pictures.append((child, look.gone))

    def _symbol(self, code: str, font: str, look: Run) -> None:
        if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
            shown = real(chr(int(code, 16)), font)
            self.added.append(shown)
            self._add(shown, look)

    def _add(self, text: str, look: Run) -> None:
        if text:
            self.content.runs.append(look._replace(text=text))

    def _field(self, child: Element, look: Run) -> None:
        """Follow a field from its beginning to its end."""
        kind = get(child, "w:fldCharType")
        if kind == "begin":
            self.fields.append(_Field())
            self._form(find(child, "w:ffData"), look)
        elif self.fields and kind == "separate":
            self._show(self.fields[-1], look)
        elif self.fields and kind == "end":
            last = self.fields.pop()
            if not last.shows:
                self._show(last, look)

    def _show(self, field: _Field, look: Run) -> None:
        """Read the code of a field: it may be the address of a link, or a symbol."""
        field.shows = True
        if address := _ADDRESS.match(field.code):
            target = address[1] or address[2] or ""
            field.link = f"{target}#{address[3]}" if target and address[3] else target
        elif symbol := _SYMBOL.match(field.code):
            self._symbol(f"{int(symbol[1], 0) & 0xFFFF:X}", symbol[2] or "", look)

    def _form(self, form: Element, look: Run) -> None:
        """Read a field of Word's old forms: a box, or the entry that was chosen from a list."""
        box, choice = find(form, "w:checkBox"), find(form, "w:ddList")
        if box is not None:
            own = find(box, "w:checked")
            self._add(_BOXES[is_on(own if own is not None else find(box, "w:default"))], look)
        if choice is not None:
            entries = [get(each, "w:val") for each in choice.findall(full("w:listEntry"))]
            result = find(choice, "w:result")
            place = whole(result if result is not None else find(choice, "w:default"), "w:val")
            chosen_one = "".join(entries[place : place + 1]) if place >= 0 else ""
            self.added.append(chosen_one)
            self._add(chosen_one, look)


def chosen(element: Element) -> list[Element]:
    """Return the children; where Word gives one content in two ways, only the first."""
    children: list[Element] = []
    for child in element:
        if name_of(child) == "mc:AlternateContent":
            ways = [way for way in child if name_of(way) in {"mc:Choice", "mc:Fallback"}]
            children += [each for way in ways[:1] for each in chosen(way)]
        else:
            children.append(child)
    return children


def is_placeholder(control: Element) -> bool:
    """Whether a content control shows what its author is asked for, and no text of theirs."""
    return is_on(find(control, "w:sdtPr/w:showingPlcHdr"))


def _raised(run: Run, look: Mapping[str, object], text: str) -> Run:
    align, position = look.get("vertAlign"), look.get("position", 0)
    if align in {"superscript", "subscript"}:
        return run._replace(raised="super" if align == "superscript" else "sub")
    if position and len(text) <= _SHORT and not any(character.isalpha() for character in text):
        return run._replace(raised="super" if str(position)[0] != "-" else "sub")
    return run
