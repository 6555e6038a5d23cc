"""What a panel says → the Markdown that reads as exactly that; a passage → one line that says the same."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product

from oxalis_panels.model.collection import Break, Emphasis, Inline, Link, Node, Strong, Text
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.marks import SPACES
from oxalis_panels.reading.passage import Passage
from oxalis_panels.reading.tidying import clean

HARD_BREAK = "\\\n"
_SIGNS = re.compile(r"([\\*_\[\]<>`~&]|%(?=%)|:(?=::)|\{(?=[:.#%]))")
_STARS = (("*", "*"), ("*", "_"), ("_", "*"))
"""What emphasis is written with, and what stands inside it."""
_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\$")
"""A backslash that ends a line and is not itself escaped."""
_INVISIBLE_ENDS = SPACES + "\u2028\u2029"
_RISKY = re.compile(r"[ ()<>]")


def read_text(text: str) -> tuple[Inline, tuple[Diagnostic, ...]]:
    """Return what a line of Markdown says, and what is wrong with it."""
    found: list[Diagnostic] = []
    passage = Passage(text, Span(Source("", text), 0, len(text)), ((0, 0),))
    return read_inline(passage, found), tuple(found)


def written(inline: Inline) -> str | None:
    """Return Markdown that reads as `inline`; None when there is none (two emphases that touch, say).

    A backslash stands only where a text needs one.
    """
    for escape, stars in product(_ESCAPES, _STARS):
        text = "".join(_node(node, escape, *stars) for node in inline)
        read, found = read_text(text)
        if read == inline and not any(each.severity == "error" for each in found):
            return text
    return None


_ESCAPES: tuple[Callable[[str], str], ...] = (str, partial(_SIGNS.sub, r"\\\1"))
"""A text as it is, and every sign of Markdown in it escaped."""


def _node(node: Node, escape: Callable[[str], str], star: str, inner: str) -> str:
    def inside(children: Inline) -> str:
        return "".join(_node(each, escape, inner, star) for each in children)

    match node:
        case Text(text):
            return escape(text)
        case Break():
            return HARD_BREAK
        case Emphasis(children):
            return f"{star}{inside(children)}{star}"
        case Strong(children):
            return f"{star * 2}{inside(children)}{star * 2}"
        case Link(children, target):
            address = f"<{target}>" if _RISKY.search(target) else target
            return f"[{''.join(_node(each, escape, star, inner) for each in children)}]({address})"


def one_line(text: str) -> str:
    """Return `text` on one line, but for the line breaks that its author asked for.

    Blanks are folded and invisible leftovers removed where that changes nothing that is read; a text for
    which even joining its lines would change something is returned as it is.
    """
    wanted = read_text(text)[0]
    joined = _joined(text)
    cleaned = HARD_BREAK.join(clean(line).strip(_INVISIBLE_ENDS) for line in joined.split(HARD_BREAK))
    for candidate in (cleaned, joined):
        if read_text(candidate)[0] == wanted:
            # A break that was only thought to be one (two blanks behind a backslash) goes at the second look.
            return one_line(candidate) if "\n" in candidate and candidate != text else candidate
    return text


def _joined(text: str) -> str:
    """Join lines with a space, and those that a hard break parts with the one spelling of it."""
    joined = ""
    *above, last = text.split("\n")
    for line in above:
        bare = line.strip(_INVISIBLE_ENDS)
        if _BACKSLASH.search(line):
            joined += bare.removesuffix("\\") + HARD_BREAK
        else:
            joined += bare + HARD_BREAK if line.endswith("  ") else f"{bare} "
    return (joined + last.strip(_INVISIBLE_ENDS)).strip(_INVISIBLE_ENDS)


def markdown(
    title: str | None,
    paragraphs: Sequence[str],
    findings: Sequence[tuple[str, Sequence[str]]],
    header: Sequence[str],
) -> str:
    """Return a panel's file: front matter, title, paragraphs, and the list of findings; LF at the end.

    Texts are inline Markdown, a line feed only in a hard line break; a finding is a ✓ with its →; the lines
    of the `header` have no `---` around them.
    """
    parts = ["\n".join(["---", *header, "---"])] if header else []
    parts += [f"# {_heading(title)}"] if title is not None else []
    parts += paragraphs
    items: list[str] = []
    for text, points in findings:
        items += [_item("- ✓ ", text), *(_item("  - → ", point) for point in points)]
    parts += ["\n".join(items)] if items else []
    return "\n\n".join(parts) + "\n"


def _heading(title: str) -> str:
    """Return a title on its one line, its last `#` not taken for the closing of a heading."""
    line = title.replace(HARD_BREAK, " ")
    stem = line.rstrip("#")
    return f"{stem}\\{line[len(stem) :]}" if stem != line and (not stem or stem[-1] in SPACES) else line


def _item(mark: str, text: str) -> str:
    return mark + text.replace("\n", "\n" + " " * len(mark))
