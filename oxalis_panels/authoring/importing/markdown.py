"""A Markdown file, from a pad, a note program or a word processor → a document."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from itertools import accumulate, takewhile
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from oxalis_panels.authoring.importing.dialects import Remark, Rewriting, dedented
from oxalis_panels.authoring.importing.document import Document
from oxalis_panels.authoring.importing.gathering import Gathering, Paragraph
from oxalis_panels.authoring.importing.lists import Place
from oxalis_panels.authoring.importing.runs import Run, is_address
from oxalis_panels.authoring.importing.words import LINE_ENDS, beginning, behind_prefix, one_line, words
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.reading.inline import LONGEST
from oxalis_panels.words.catalogue import Words

LARGEST = 500_000
"""Characters, the pictures among them left out: a book."""
_NARROWEST, _WIDEST = 50, 120
"""Columns at which people and editors break the lines of a paragraph."""
_LINE_ENDS = str.maketrans(dict.fromkeys(LINE_ENDS, "\n"))
_DATA = re.compile(r"data:[\w/+.-]+;base64,[\w+/=]*")
"""A picture that is in the file itself."""
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_INLINE = """a abbr b bdi bdo big cite code dfn em font i img input ins kbd mark q ruby rt samp small span
strong tt u var wbr"""
_BLOCKS = """address article aside blockquote body br center col colgroup dd details div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html iframe main nav ol p pre section summary table
tbody td tfoot th thead tr ul"""
_ELEMENTS = dict.fromkeys(_INLINE.split(), "") | dict.fromkeys(_BLOCKS.split(), "\n")
_ELEMENTS |= {"li": "\n• ", "sub": "_", "sup": "^"}
"""Elements of HTML, each with what it is in a line of text; any other `<word>` is text itself."""
_TAB = re.compile(r"\t(?!\w)")
"""One behind which no text stands makes no bullet of the letter before it."""
_RULES = re.compile(r"[|*_]|:?-{2,}:?")
"""What parts the cells of a table."""
_CELL = re.compile(r"(?<!\\)\|")


def read_markdown(path: str, text: str, found: list[Diagnostic]) -> Document | None:
    """Return a Markdown text as a document; None, and why, when it is too long to be panels."""
    text = text.translate(_LINE_ENDS)
    light = _DATA.sub("data:", text)
    if len(light) > LARGEST:
        found.append(error("import-too-large.file", Span(Source(path)), limit=LARGEST / 1_000_000))
        return None
    rewriting = Rewriting()
    rewritten = "\n".join(dedented(rewriting.rewritten(light).split("\n")))
    # text that is indented is no code, HTML a part of a line; bad addresses are reported, not left as text
    parser = MarkdownIt("commonmark", {"maxNesting": 100, "store_labels": True}).enable("table")
    parser.disable(["code", "fence", "html_block", "inline"])  # the last one: `LONGEST` is asked first
    setattr(parser, "validateLink", lambda _: True)  # noqa: B010 - so the parser wants it
    env: dict[str, Any] = {}
    tokens = parser.parse(rewritten, env)
    walk = _Walk(path, text)
    for token in tokens:
        if len(token.content) > LONGEST:
            line = token.map[0] if token.map else 0
            place = Span(Source(path, text), walk.offsets[line], walk.offsets[line + 1] - 1)
            found.append(error("text-too-long", place, longest=LONGEST))
            return None
        if token.type == "inline":
            token.children = parser.inline.parse(token.content, parser, env, [])
    _number(tokens)
    remarks = (*rewriting.remarks, *_unread(rewritten.split("\n"), tokens, env))
    walk.remarks = sorted(remarks, key=lambda each: each.line)[::-1]
    walk.take(tokens)
    texts = ["".join(map(_flat, token.children or ())) for token in tokens]
    return walk.gathering.document((*texts, *walk.outside))


def _number(tokens: Iterable[Token]) -> None:
    """Put the number of an item into its text: other sentences refer to it."""
    counts: list[int | None] = []
    number = ""
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            counts.append(int(token.attrs.get("start", 1)) if token.tag == "ol" else None)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            counts.pop()
        elif token.type == "list_item_open":
            count = counts[-1]
            number = "" if count is None else f"{count}{token.markup} "
            counts[-1] = None if count is None else count + 1
        elif token.type == "inline" and token.children and number:
            token.children.insert(0, Token("text", "", 0, content=number))
            number = ""


def _unread(lines: Sequence[str], tokens: Sequence[Token], env: dict[str, Any]) -> Iterator[Remark]:
    """Yield what the parser passes over: definitions that nothing uses, lists too deep, cells too many."""
    read: set[int] = set()
    columns = 0
    labels = {child.meta.get("label") for token in tokens for child in token.children or ()}
    for label, each in env.get("references", {}).items():
        if label in labels:
            read.update(range(*each["map"]))
    for token in tokens:
        if token.map and token.type in {"inline", "table_open", "heading_open"}:
            read.update(range(*token.map))
        columns = 0 if token.type == "table_open" else columns + (token.type == "th_open")
        if token.type == "tr_open" and token.map and columns:
            row = lines[token.map[0]].strip(" \t>").removeprefix("|").removesuffix("|")
            extra = " ".join(_CELL.split(row)[columns:])
            yield Remark(token.map[0], "import-left-out.markup", extra)
    for number, line in enumerate(lines):
        if number not in read and line.strip() and re.search(r"\w", behind_prefix(line.strip())[1]):
            yield Remark(number, "import-left-out.markup", line)


def _flat(token: Token) -> str:
    """Return the text of a part of a line, line breaks kept."""
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type == "html_inline":
        closing, name = _tag(token)
        if name == "input" and 'type="checkbox"' in token.content.replace("'", '"'):
            return "[x] " if "checked" in token.content.replace("checkbox", "") else "[ ] "
        stands_for = _ELEMENTS.get(name, token.content)
        return stands_for if not closing or name not in _ELEMENTS else "\n" * stands_for.startswith("\n")
    return "" if token.type == "image" else _TAB.sub(" ", token.content)


def _tag(token: Token) -> tuple[bool, str]:
    match = _TAG.match(token.content)
    return (bool(match[1]), match[2].lower()) if match else (False, "")


def _attributes(token: Token) -> dict[str, str]:
    """Return the attributes of a link or a picture, whether Markdown or HTML says them."""
    if token.type != "html_inline":
        return {name: str(value) for name, value in token.attrs.items()}
    return {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(token.content)}


class _Walk:
    """The way through the parser's tokens, paragraph by paragraph; lines are those of the file."""

    def __init__(self, path: str, text: str) -> None:
        self.gathering = Gathering(path, text)
        self.lines = text.split("\n")
        self.offsets = list(accumulate((len(line) + 1 for line in self.lines), initial=0))
        self.remarks: list[Remark] = []
        """The last one first; those that were made are gone."""
        self.outside: list[str] = []
        """Texts left aside that are in no token."""
        self.depth = -1
        self.level = 0
        self.row = 0
        """Of the table that is being read, counted from 1; 0 outside of tables."""
        self.begins = False
        """Whether a paragraph is the first one of its item."""
        self.quoted = False
        self.joins = False
        """Whether a line end within a paragraph is a mere blank."""

    def take(self, tokens: Sequence[Token]) -> None:
        """Take in all paragraphs, in order."""
        self.joins = _is_wrapped(self.lines, tokens)
        for token in tokens:
            if token.map:
                self._reach(token.map[0])
            match token.type:
                case "bullet_list_open" | "ordered_list_open" | "bullet_list_close" | "ordered_list_close":
                    self.depth += token.nesting
                case "list_item_open":
                    self.begins = True
                case "heading_open":
                    self.level = int(token.tag[1:])
                case "blockquote_open":
                    self.quoted = True
                case "table_open":
                    rows = (_RULES.sub(" ", line) for line in self.lines[slice(*token.map or ())])
                    self.gathering.say("import-order.table", found=beginning(rows))
                case "tr_open" | "table_close":
                    self.row = self.row + 1 if token.type == "tr_open" else 0
                case "inline":
                    self._paragraph(token.children or [])
                    self.level = 0
        self._reach(len(self.lines))

    def _reach(self, line: int) -> None:
        """Go to a line of the file; make the remarks on those above it, and on itself."""
        while self.remarks and self.remarks[-1].line <= line:
            remark = self.remarks.pop()
            self.gathering.place = self.offsets[remark.line]
            if remark.what in {"picture", "raised"}:
                self.gathering.say(remark.code, found=one_line(remark.text))
            elif remark.what:
                self._say_look(remark.what, remark.text)
            else:
                self._leave(remark.code, remark.text)
        self.gathering.place = self.offsets[line]

    def _leave(self, code: str, text: str) -> None:
        self.gathering.leave(code, text)
        self.outside.append(text)

    def _say_look(self, what: str, text: str) -> None:
        if words(text):
            self.gathering.say("import-plain.look", what=Words(f"import.look_{what}"), found=one_line(text))

    def _paragraph(self, children: Sequence[Token]) -> None:
        """Gather a paragraph, a heading or a cell."""
        runs: list[Run] = []
        bold = italic = 0
        link = ""
        texts = [_flat(token) for token in children]
        for place, token in enumerate(children):
            html = token.type == "html_inline"
            closing, name = _tag(token) if html else (token.nesting < 0, token.tag)
            step = -1 if closing else 1
            bold += step * (name in {"strong", "b"})
            italic += step * (name in {"em", "i"})
            if name == "a" and not closing:
                attributes = _attributes(token)
                self._leave("import-left-out.markup", attributes.get("title", ""))
                target = attributes.get("href", "")
                link = target if is_address(target) else unquote(target)
            elif name == "a":
                if link and not any(run.link == link and run.text.strip() for run in runs):
                    self._leave("import-left-out.markup", link)
                link = ""
            elif name == "img":
                self._picture(token)
            elif name == "code" and not html:
                self._say_look("code", token.content)
            elif html and not self.level and re.fullmatch("h[1-6]", name):
                self.level = int(name[1])
            joined = token.type == "softbreak" and self.joins and not _begins_item(texts[place + 1 :])
            if texts[place]:
                runs.append(Run(" " if joined else texts[place], bold > 0, italic > 0, link))
        if self.quoted:
            self._say_look("quote", "".join(run.text for run in runs))
        listed = Place(self.depth if self.begins else None)
        self.gathering.add(Paragraph(runs, self.level, listed, row=self.row))
        self.begins = self.quoted = False

    def _picture(self, token: Token) -> None:
        attributes = _attributes(token)
        described = token.content if token.type == "image" else attributes.get("alt", "")
        file = unquote(attributes.get("src", "")).removeprefix("data:").rpartition("/")[2]
        shown = one_line(f"{described} {attributes.get('title', '')}") or one_line(file) or "?"
        self.gathering.say("import-left-out.picture", found=shown)


def _begins_item(texts: Iterable[str]) -> bool:
    """Whether the line that these texts go on with begins with a mark or a bullet."""
    line = "".join(takewhile(lambda text: text != "\n", texts))
    return behind_prefix(line.strip())[0] is not None


def _is_wrapped(lines: Sequence[str], tokens: Iterable[Token]) -> bool:
    """Whether lines of paragraphs end where the next word has no room, and not where their authors wanted.

    Programs for pads and notes show every line end; editors for programmers break lines at a width.
    """
    inner = [(t.map[0], t.map[1] - 1) for t in tokens if t.type == "inline" and t.map]
    ends = [
        (lines[n].rstrip(), lines[n + 1].strip(" \t>")) for start, end in inner for n in range(start, end)
    ]
    ends = [(line, below) for line, below in ends if below and not line.endswith("\\")]
    widest = max((len(line) for line, _ in ends), default=0)
    roomy = sum(len(line) + 1 + len(below.partition(" ")[0]) <= widest for line, below in ends)
    return _NARROWEST <= widest <= _WIDEST and 2 * roomy < len(ends)
