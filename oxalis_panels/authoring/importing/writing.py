"""A draft of a panel → its Markdown, which reads as exactly that draft."""

import re

from oxalis_panels.authoring.formatting.source_text import HARD_BREAK, markdown, written
from oxalis_panels.authoring.importing.document import Draft
from oxalis_panels.authoring.importing.words import one_line
from oxalis_panels.model.collection import Break, Inline, Text, nodes, plain
from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error, warning
from oxalis_panels.reading.blocks import read_blocks
from oxalis_panels.reading.inline import LONGEST
from oxalis_panels.reading.marks import REPEATED
from oxalis_panels.reading.tidying import tidy

_ORDINAL = re.compile(r"(\s*\d+)([.)])")


def panel_text(draft: Draft, found: list[Diagnostic]) -> str:
    """Return the whole file. A panel without a title introduces the others; without text, it is a draft."""
    header = (["draft: true"] if draft.is_empty else []) + ([] if draft.title else ["introduction: true"])

    def line(inline: Inline, *, first: bool = True) -> str:
        if len(plain(inline)) > LONGEST:
            found.append(error("text-too-long", _place(draft, plain(inline)), longest=LONGEST))
            return ""
        text = written(inline)
        if text is None:
            place = _place(draft, plain(inline))
            found.append(warning("import-plain.emphasis", place, found=one_line(plain(inline))))
            bare = (node for node in nodes(inline) if isinstance(node, (Text, Break)))
            text = written(tidy(bare)) or ""
        return _guarded(text, first=first)

    title = (each for each in line(draft.title, first=False).split(HARD_BREAK) if each)
    return markdown(
        " ".join(title) if draft.title else None,
        [line(paragraph) for paragraph in draft.paragraphs],
        [
            (line(text, first=False), [line(point, first=False) for point in points])
            for text, points in draft.findings
        ],
        header,
    )


def _place(draft: Draft, text: str) -> Span:
    """Return the line of the document where a text begins; the panel's own where that is not found."""
    source = draft.span.source
    at = source.text.find(text.partition("\n")[0], draft.span.start)
    if at < 0:
        return draft.span
    end = source.text.find("\n", at)
    return Span(source, source.text.rfind("\n", 0, at) + 1, len(source.text) if end < 0 else end)


def _guarded(text: str, *, first: bool) -> str:
    """Return the text with a backslash before what would make one of its lines something else than text.

    The `first` line of an item or a title stands behind a mark, which guards it.
    """
    lines = text.split("\n")
    if first:
        kept = [_guarded_line(lines[0])]
    else:  # a box that is all there is in its line is text, and no second mark
        sign = lines[0][:1] if REPEATED.match(lines[0]) else ""
        kept = [("\\[" if sign == "[" else f"&#{ord(sign)};" if sign else "") + lines[0][len(sign) :]]
    for line in lines[1:]:
        safe = _guarded_line(line)
        if _is_text(safe):
            kept.append(safe)
        else:  # a sign that no backslash guards: the line goes on above
            kept[-1] = f"{kept[-1].removesuffix(HARD_BREAK[:-1])} {line}"
    return "\n".join(kept)


def _guarded_line(line: str) -> str:
    candidates = (line, _ORDINAL.sub(r"\1\\\2", line, count=1), f"\\{line}")
    return next((each for each in candidates if _is_text(each)), line)


def _is_text(line: str) -> bool:
    blocks = read_blocks(Source("", line), 0)
    return len(blocks) == 1 and blocks[0].kind == "paragraph"
