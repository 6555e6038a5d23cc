"""YAML → nodes that know where they stand; the only importer of yaml.

The events are read, not the values: `safe_load` keeps the last of two equal keys in silence, takes `no` for
false and `12:30` for 750, and hides aliases, which can explode in size. Here every scalar stays the
characters that were typed, and its field decides what they mean.

Where the parser stumbles, it says where it could not go on; the mistake is often on the line above.
`diagnose` finds what the author did. Both parsers (C and Python) word their problems differently: hence the
patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.reading.passage import abbreviated

_PROBLEMS = (
    (r"mapping values are not allowed", "yaml-colon.extra"),
    (r"could not find expected ':'", "yaml-colon.missing"),
    (r"scanning an (alias|anchor)", "yaml-sign.first"),
    (r"tab character|'\\t'", "yaml-indent.tab"),
    (r"cannot start any token|block scalar|directive", "yaml-sign.first"),
    (r"quoted scalar: found unexpected end|quoted scalar: found unexpected document", "yaml-quote.open"),
    (r"escape character|hexadecimal", "yaml-quote.escape"),
    (r"flow (sequence|mapping|node)|node content", "yaml-bracket"),
    (r"entries are not allowed", "yaml-indent.dash"),
    (r"document start", "yaml-indent.column"),
    (r"block (collection|sequence)", "yaml-indent.column"),
    (r"block mapping", "yaml-quote.after"),
)

GLUED = re.compile(r"[\w✓→-]+:(?=[^\s:/])")
"""The beginning of a field whose value touches the colon, unlike that of `http://…`."""


def diagnose(whole: Span, problem: str, index: int, opening: int) -> Diagnostic:
    """Return the diagnostic of a problem at `index` of `whole`, in a construct begun at `opening`."""
    text = whole.text
    index = max(0, min(index, len(text.rstrip()) - 1))
    code = next((code for pattern, code in _PROBLEMS if re.search(pattern, problem)), "yaml-broken")
    if code == "yaml-sign.first" and text[index : index + 1] == "\t":
        code = "yaml-indent.tab"
    if code == "yaml-quote.after" and not _follows_quote(text, index):
        code = "yaml-indent.column"
    place = index
    if code in {"yaml-quote.open", "yaml-bracket", "yaml-sign.first", "yaml-colon.missing"}:
        place = opening
    if code == "yaml-colon.extra":
        code, place = _colon(text, index)
    if code == "yaml-colon.missing" and GLUED.match(text, place):
        code = "yaml-colon.space"
    if code == "yaml-indent.column":
        place = _astray(text, place)
    place = max(0, min(place, len(text) - 1))
    rest = text[place:].partition("\n")[0].rstrip()
    wide = 1 if code in {"yaml-colon.extra", "yaml-indent.tab"} else max(len(rest), 1)
    start = whole.start + place
    span = Span(whole.source, start, min(start + wide, whole.end))
    return error(code, span, found=abbreviated(span.text))


def _follows_quote(text: str, index: int) -> bool:
    """Whether something else stands on this line before the place, so that a value ended too early."""
    line = text[text.rfind("\n", 0, index) + 1 : index]
    return line.rstrip().endswith(('"', "'", "]", "}")) and ":" in line


def _astray(text: str, place: int) -> int:
    """Return where the line stands that is out of line: the first one where it alone is indented."""
    first = len(text) - len(text.lstrip())
    begin = text.rfind("\n", 0, place) + 1
    indented = text[text.rfind("\n", 0, first) + 1 : first]
    return first if indented and text[begin:].startswith(text[place:]) else place


def _colon(text: str, index: int) -> tuple[str, int]:
    """Distinguish a second colon in a value, a wrong indentation, and a line that lacks its own colon."""
    begin = text.rfind("\n", 0, index) + 1
    if re.search(r":\s", text[begin:index]):
        return "yaml-colon.extra", index
    above = text[:begin].rstrip()
    start = above.rfind("\n") + 1
    start += len(above[start:]) - len(above[start:].lstrip())
    if GLUED.match(above, start):
        return "yaml-colon.space", start
    if above and not re.search(r":(\s|$)", above[start:]):
        return "yaml-colon.missing", start
    return "yaml-indent.column", begin + len(text[begin:index]) - len(text[begin:index].lstrip())


@value
class Scalar:
    """A value without parts, as typed."""

    text: str
    span: Span
    plain: bool
    """Whether it stands there without quotes, and not as a block."""


@value
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@value
class Mapping:
    """Keys and values in the order of the file, equal keys included."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span


@value
class Refused:
    """A value already reported (an alias): whoever meets it says nothing more."""

    span: Span


Node = Scalar | Sequence | Mapping | Refused


DEEPEST = 20
"""Lists in lists that are read; a panel has four. The parser takes quadratic time over more."""


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where the wheel has it: ten times as fast, the same events."""


def compose(source: Source, start: int, end: int, found: list[Diagnostic]) -> Node | None:
    """Return the tree of `source.text[start:end]`, an empty mapping for nothing; None when it is broken."""
    text = source.text[start:end]
    builder = _Builder(source, start, found)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
            if len(builder.open) > DEEPEST:
                found.append(error("yaml-bracket", builder.place(event), found=""))
                return None
    except yaml.MarkedYAMLError as mistake:
        index = _index(mistake.problem_mark or mistake.context_mark)
        opening = _index(mistake.context_mark) if mistake.context_mark else index
        problem = f"{mistake.context or ''}: {mistake.problem or ''}"
        found.append(diagnose(Span(source, start, end), problem, index, opening))
        return None
    except yaml.YAMLError:  # a character that YAML forbids: already reported where the file was decoded
        if not any(diagnostic.code == "character-control" for diagnostic in found):
            found.append(error("yaml-broken", Span(source, start, end)))
        return None
    return builder.root or Mapping((), Span(source, start, start))


def _index(mark: object) -> int:
    """Return the characters before a mark; the marks of both parsers have an `index`."""
    return getattr(mark, "index", 0)


class _Builder:
    """A tree that grows event by event, without recursion: depth is the author's, not the stack's."""

    def __init__(self, source: Source, offset: int, found: list[Diagnostic]) -> None:
        self.source = source
        self.offset = offset
        self.found = found
        self.root: Node | None = None
        self.open: list[tuple[bool, int, list[Node]]] = []
        """Collections begun: whether a mapping, where, and its nodes so far."""
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            if self.documents == 1:
                self.found.append(error("yaml-documents", self.place(event)))
            self.documents += 1
        elif self.documents > 1:
            return
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check_properties(event)
            self.open.append((isinstance(event, yaml.MappingStartEvent), self.place(event).start, []))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.ScalarEvent):
            self._check_properties(event)
            self._add(Scalar(event.value, self.place(event), not event.style))
        elif isinstance(event, yaml.AliasEvent):
            self.found.append(
                error("yaml-sign.alias", self.place(event), found=abbreviated(self.place(event).text))
            )
            self._add(Refused(self.place(event)))

    def place(self, event: yaml.Event) -> Span:
        start, end = self.offset + _index(event.start_mark), self.offset + _index(event.end_mark)
        text = self.source.text[start:end]
        return Span(self.source, start, start + len(text.rstrip()))

    def _check_properties(self, event: yaml.NodeEvent) -> None:
        """Refuse anchors (`&name`) and tags (`!name`): in a text they are forgotten quotation marks."""
        span = self.place(event)
        if event.anchor is not None:
            self.found.append(error("yaml-sign.alias", span, found=f"&{abbreviated(event.anchor)}"))
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            self.found.append(
                error("yaml-sign.tag", span, found=abbreviated(span.text.split()[0] if span.text else tag))
            )

    def _add(self, node: Node) -> None:
        if self.open:
            self.open[-1][2].append(node)
        else:
            self.root = node

    def _close(self, event: yaml.Event) -> None:
        is_mapping, start, nodes = self.open.pop()
        text = self.source.text[start : self.offset + _index(event.end_mark)]
        span = Span(self.source, start, start + len(text.rstrip()))
        self._add(Mapping(tuple(self._entries(nodes)), span) if is_mapping else Sequence(tuple(nodes), span))

    def _entries(self, nodes: list[Node]) -> Iterator[tuple[Scalar, Node]]:
        for key, node in zip(nodes[::2], nodes[1::2], strict=True):
            if isinstance(key, Scalar):
                yield key, node
            elif not isinstance(key, Refused):
                self.found.append(error("yaml-key", key.span, found=abbreviated(key.span.text)))
