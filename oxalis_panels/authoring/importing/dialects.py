"""Markdown as pads, note programs and word processors write it → what CommonMark knows, line for line.

What CommonMark does not know is written in what it knows, or taken out and remarked on: the parser then needs
no extensions, and nothing that its author hid or struck out can reach a panel.
"""

import re
from dataclasses import dataclass, field

from oxalis_panels.model.value import value
from oxalis_panels.reading.symbols import raised

Written = tuple[str, int]
"""What stands for a sign in the text, and the offset where the source goes on."""

_SIGN = r"[!-/:-@\[-`{-~]"
"""What a backslash makes a mere character."""
_ITEM = r"(?:[-*+]|\d{1,9}[.)])"
_SIGNS = re.compile(
    rf"""
    (?:^|(?=[\\h`<%\[~=+^!{{:\n]))(?:  # nothing else begins a sign: most characters need no further look
    (?P<kept>\\{_SIGN} | https?://[^\s<>()\]|]+ | (?<!`)`[^`\n]+`(?!`))
    | (?P<address><(?:https?://|mailto:)[^\s<>]*>)
    | (?P<front>\A\s*---[ \t]*\n(?=["'\w])(?P<fields>(?:(?:["'\w][\w"' -]*:(?:[ \t].*)?|[ \t].*|-[ ].*)\n)+)(?:---|\.\.\.)[ \t]*$)
    | (?P<fence>^[ \t>]*(?:{_ITEM}[ \t]+)*(?P<ticks>`{{3,}}(?=[^`\n]*$)|~{{3,}}))
    | (?P<hidden><!--|%%|<(?P<element>script|style|s|del|strike)\b[^<>]*>)
    | (?P<notes>^notes?:)
    | (?P<done>(?P<tick>\[x\][ \t]+)~~(?P<finished>[^\n]+)~~[ \t]*$)
    | (?P<struck>~~(?=\S)(?P<double>(?:(?!~~|\n[ \t]*\n)[\s\S])+)~~
        | (?<![\w~])~(?=[^\s~])(?P<single>[^~\n]+)(?<=\S)~(?![\w~]))
    | (?P<mark>(?<![\w=+])(?P<pair>==|\+\+)(?=\S)(?P<marked>(?:(?!(?P=pair))[^\n])+)(?<=\S)(?P=pair))
    | (?P<raised>\^(?P<caret>[-+−]?\w{{1,6}})\^ | (?<=[\w)])~(?P<tilde>[-+−]?\w{{1,6}})~(?!~)
        | <(?P<level>su[pb])\b[^<>]*>(?P<inside>[^<>\n]{{1,40}})</(?P=level)>)
    | (?P<note>^[ >]*\[\^(?P<label>[^\[\]\s]+)\]:[ \t]*(?P<text>.*
        (?:\n(?![ \t]*(?:$|\[\^|[>\#]|{_ITEM}[ \t])).+|\n(?:[ \t]*\n)*[ \t]{{2,}}\S.*)*))
    | (?P<reference>\[\^(?P<referred>[^\[\]\s]+)\])
    | (?P<inline>\^\[(?P<noted>[^\[\]\n]+)\])
    | (?P<contents>^[ \t]*\[{{1,2}}_?toc_?\]{{1,2}}[ \t]*$)
    | (?P<embed>!\[\[(?P<embedded>[^\[\]|\n]+)[^\[\]\n]*\]\])
    | (?P<wiki>\[\[(?P<page>[^\[\]<>\n|\\]+)(?:\\?\|(?P<alias>[^\[\]\n]+))?\]\])
    | (?P<sized>(?P<image>!\[[^\[\]\n]*\]\([^\s()]+)[ \t]+=\d*%?x\d*%?(?=\)))
    | (?P<markup>^\#{{1,6}}[ \t]+tags:.*$ | ^\*\[[^\[\]\n]+\]:.*$ | \{{%[^{{}}\n]*%\}}
        | (?:\[(?:name|time|color)=[^\[\]\n]*\][ \t]*)+ | (?:^|(?<=[ \t]))\^[\w-]{{3,}}[ \t]*$
        | (?:^|(?<=[ \t]))\{{[.:\#][^{{}}\n]*\}}[ \t]*$)
    | (?P<emoji>(?<![\w:/]):(?=[+-]|\w*[a-z])[\w+-]+:(?![\w/]))
    | (?P<tags>^[ \t]*(?:\#[^\W\d][\w/-]*[ \t]*)+$)
    | (?P<glued>^\#{{1,6}}(?=[^\s\#]))
    | (?P<box>^(?P<quoted>[ \t>]*)(?P<opening>:{{3,}}[ \t]*[\w-]*|(?:(?<=>)|(?<=>[ \t]))\[![\w-]+\][+-]?)[ \t]*(?P<title>.*)$)
    | (?P<task>^(?P<bullet>[ \t>]*{_ITEM}[ \t]+)\[[^\w\s\[\]✓✔]\](?=[ \t]))
    | (?P<meaning>\n(?:[ \t]*\n)?[ ]{{0,3}}[:~][ \t]+(?=\S)))
    """,  # noqa: E501 - a line for each sign
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_PROPERTIES = re.compile(
    r"\A\s*#[ \t]+\S.*\n[ \t]*\n((?:[^\s:#>*|`<\[\\-][^:\n]{0,40}(?<!\s):[ ]\S.*(?:\n|\Z)){2,})"
    r"(?=[ \t]*\n|\Z)"
)
"""The fields of a database, which Notion writes under the title of a page."""
_ESCAPED = re.compile(rf"\\({_SIGN})")
_BULLET = re.compile(rf"([ \t]*){_ITEM}[ \t]")
_MEANT = re.compile(r"\n(?=[ \t]*\n|[ ]{0,3}[:~][ \t])")
"""The end of what a term means."""
_SPACED = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)\b", re.IGNORECASE)
_HIDDEN = {
    "": "import-left-out.comment",
    "del": "import-left-out.deleted",
    "script": "import-left-out.markup",
    "style": "import-left-out.markup",
}
_CODES = {
    "contents": "import-left-out.contents",
    "struck": "import-left-out.struck",
    "inline": "import-left-out.footnote",
}
"""What is said of signs that go with all that is in them; of others, that they are markup."""
_MARKS = {
    ":white_check_mark:": "✅",
    ":heavy_check_mark:": "✔",
    ":ballot_box_with_check:": "☑",
    ":arrow_right:": "→",
}


@value
class Remark:
    """Something of a source that no panel holds."""

    line: int
    """From 0."""
    code: str
    text: str
    what: str = ""
    """The look that is lost where the text itself stays; empty where the text is left aside."""


@dataclass(slots=True)
class Rewriting:
    """A source on its way to CommonMark: every line keeps its number."""

    remarks: list[Remark] = field(default_factory=list)
    """In no order."""
    notes: dict[str, Remark] = field(default_factory=dict)
    """By label."""
    references: list[Remark] = field(default_factory=list)
    """What stands in the text for notes."""
    line: int = 0
    """Of the sign being rewritten."""
    unclosed: set[str] = field(default_factory=set)
    """Signs that nothing closes from here on."""
    slides: bool = False
    tagged: bool = False
    """Whether `#word` is a tag: titles have a blank behind their `#`."""

    def rewritten(self, source: str) -> str:
        """Return a whole source as CommonMark; what that loses is in `remarks`."""
        self.tagged = _SPACED.search(source) is not None
        fields = _PROPERTIES.match(source)
        if fields:
            start, end = fields.span(1)
            self.line = source.count("\n", 0, start)
            self._aside("import-left-out.markup", fields[1])
            source = source[:start] + "\n" * fields[1].count("\n") + source[end:]
        text = self._written(source, 0)
        known = set(self.notes)
        for each in self.references:
            note = self.notes.pop(each.text, None)
            if note or each.text not in known:
                self.line = each.line
                self._aside(each.code, note.text if note else f"[^{each.text}]")
        self.remarks += self.notes.values()
        return text

    def _written(self, text: str, line: int) -> str:
        """Return a text that begins on a line of the source with every sign rewritten."""
        pieces, place = [], 0
        while match := _SIGNS.search(text, place):
            line += text.count("\n", place, match.start())
            self.line = line
            rewrite = _REWRITE.get(match.lastgroup or "", Rewriting._left)
            instead, end = rewrite(self, match)
            passed = text.count("\n", match.start(), end)
            pieces += [text[place : match.start()], instead, "\n" * (passed - instead.count("\n"))]
            line, place = line + passed, end
        return "".join([*pieces, text[place:]])

    def _aside(self, code: str, text: str, what: str = "") -> None:
        self.remarks.append(Remark(self.line, code, _ESCAPED.sub(r"\1", text), what))

    def _left(self, match: re.Match[str]) -> Written:
        text = match["double"] or match["single"] or match["noted"] or match[0]
        self._aside(_CODES.get(match.lastgroup or "", "import-left-out.markup"), text)
        return "", match.end()

    def _kept(self, match: re.Match[str]) -> Written:
        return match[0], match.end()

    def _address(self, match: re.Match[str]) -> Written:
        """Etherpad escapes signs inside of addresses too, where Markdown knows no escapes."""
        return _ESCAPED.sub(r"\1", match[0]), match.end()

    def _front(self, match: re.Match[str]) -> Written:
        self.slides = re.search(r"^type: *slide", match["fields"], re.MULTILINE) is not None
        self._aside("import-left-out.markup", match["fields"])
        return "", match.end()

    def _fence(self, match: re.Match[str]) -> Written:
        ticks = match["ticks"]
        closing = self._closing(match, rf"^[ \t>]*{ticks}{ticks[0]}*[ \t]*$")
        end = closing.end() if closing else _end(match.string, "\n", match.end())
        self._aside("import-left-out.markup", match.string[match.end() : end].rstrip("`~ \t>"))
        return "", end

    def _hidden(self, match: re.Match[str]) -> Written:
        """Leave aside what is hidden; an opening that nothing closes hides what stands up to a blank line."""
        element = (match["element"] or "").lower()
        closing = self._closing(
            match, f"</{element}>" if element else {"<!--": "-->"}.get(match[0], match[0])
        )
        if closing is None and match[0] == "%%":
            return match[0], match.end()
        end = closing.start() if closing else _end(match.string, "\n\n", match.end())
        self._aside(_HIDDEN.get(element, "import-left-out.struck"), match.string[match.end() : end])
        return "", closing.end() if closing else end

    def _notes(self, match: re.Match[str]) -> Written:
        """Leave aside what only the speaker of a slide sees."""
        closing = self._closing(match, r"^-{3,}[ \t]*$") if self.slides else None
        if not self.slides:
            return match[0], match.end()
        end = closing.start() if closing else len(match.string)
        self._aside("import-left-out.comment", match.string[match.start() : end])
        return "", end

    def _closing(self, match: re.Match[str], closing: str) -> re.Match[str] | None:
        """Return the first closing sign behind a match."""
        pattern = re.compile(closing, re.MULTILINE | re.IGNORECASE)
        found = None if closing in self.unclosed else pattern.search(match.string, match.end())
        if found is None:
            self.unclosed.add(closing)
        return found

    def _done(self, match: re.Match[str]) -> Written:
        """Google Docs strikes out the text behind a ticked box: it is done, not gone."""
        return match["tick"] + self._written(match["finished"], self.line), match.end()

    def _mark(self, match: re.Match[str]) -> Written:
        if match["pair"] == "==":
            self._aside("import-plain.look", match["marked"], "mark")
        return self._written(match["marked"], self.line), match.end()

    def _raised(self, match: re.Match[str]) -> Written:
        text = match["caret"] or match["tilde"] or match["inside"]
        low = match["tilde"] or (match["level"] or "").lower() == "sub"
        written, sure = raised(
            text, "sub" if low else "super", match.string[max(match.start() - 1, 0) : match.start()]
        )
        if not sure:
            self._aside("import-plain.raised", text, "raised")
        return written, match.end()

    def _note(self, match: re.Match[str]) -> Written:
        if match["label"] in self.notes:
            self._aside("import-left-out.footnote", match["text"])
        else:
            text = _ESCAPED.sub(r"\1", match["text"])
            self.notes[match["label"]] = Remark(self.line, "import-left-out.footnote", text)
        return "", match.end()

    def _reference(self, match: re.Match[str]) -> Written:
        self.references.append(Remark(self.line, "import-left-out.footnote", match["referred"]))
        return "", match.end()

    def _embed(self, match: re.Match[str]) -> Written:
        if not _PICTURE.search(match["embedded"]):
            return self._left(match)
        self._aside("import-left-out.picture", match["embedded"], "picture")
        return "", match.end()

    def _wiki(self, match: re.Match[str]) -> Written:
        return f"[{match['alias'] or match['page'].lstrip('#')}](<{match['page']}>)", match.end()

    def _sized(self, match: re.Match[str]) -> Written:
        return match["image"], match.end()

    def _emoji(self, match: re.Match[str]) -> Written:
        mark = _MARKS.get(match[0].lower())
        return (mark, match.end()) if mark else self._left(match)

    def _tags(self, match: re.Match[str]) -> Written:
        return self._left(match) if self.tagged else self._glued(match)

    def _glued(self, match: re.Match[str]) -> Written:
        """Etherpad puts no blank behind the `#` of a title."""
        signs = match[0].lstrip()
        count = len(signs) - len(signs.lstrip("#"))
        blank = "" if self.tagged and count == 1 else " "
        return signs[:count] + blank + signs[count:], match.end()

    def _box(self, match: re.Match[str]) -> Written:
        if any(map(str.isalnum, match["opening"])):
            self._aside("import-left-out.markup", match["opening"])
        title = self._written(match["title"], self.line)
        return match["quoted"] + (f"{title}  " if title else ""), match.end()

    def _task(self, match: re.Match[str]) -> Written:
        """Obsidian's other boxes (begun, given up, put off) are not ticked."""
        return f"{match['bullet']}[ ]", match.end()

    def _meaning(self, match: re.Match[str]) -> Written:
        """Write a term and what it means without a line end between them."""
        after = _MEANT.search(match.string, match.end())
        end = after.start() if after else len(match.string)
        return f" : {self._written(match.string[match.end() : end], self.line)}", end


def _end(text: str, sign: str, start: int) -> int:
    """Return where a sign stands from `start` on; the end of the text without it."""
    end = text.find(sign, start)
    return len(text) if end < 0 else end


_REWRITE = {
    name: getattr(Rewriting, f"_{name}") for name in _SIGNS.groupindex if hasattr(Rewriting, f"_{name}")
}


def dedented(lines: list[str]) -> list[str]:
    """Return the lines, an item of a list no further in than its level needs.

    Etherpad and people put items so far in that Markdown takes them for the text above; a blank more or less
    is no level.
    """
    found: list[str] = []
    above: list[int] = []
    blank = True
    for line in lines:
        item = _BULLET.match(line)
        indent = len(item[1].expandtabs(4)) if item else 0
        if item:
            while above and indent <= above[-1] + (len(above) == 1):
                above.pop()
            above.append(indent)
        found.append(" " * 4 * (len(above) - 1) + line[item.end(1) :] if item else line)
        if not item and blank and line[:1].strip():
            above.clear()
        blank = not line.strip()
    return found
