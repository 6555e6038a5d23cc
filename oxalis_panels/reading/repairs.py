"""Mechanical repairs: for a mistake that has one obvious remedy, what to write instead.

A table from a key to a function of the diagnostic; readers need not know it. Where the remedy depends on
what the author means, there is none: the help says what to choose from. Tests hold repairs against examples.
"""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Final

from oxalis_panels.model.diagnostics import Diagnostic, Span, line_and_column
from oxalis_panels.reading.files import PICTURES
from oxalis_panels.reading.marks import BULLET, UNTICKED

Remedy = Callable[[Diagnostic], Diagnostic | None]

_YES: Final = frozenset({"oui", "o", "yes", "y", "vrai", "on", "1"})
_OPEN_LIST: Final = re.compile(r"(?:allow|keep|lexicon):\s*\[[^\[\]{}\"']*(?<!,)")
_PICTURE: Final = re.compile(
    rf"([\"']?)[^\"'\n]+(?:{'|'.join(map(re.escape, sorted(PICTURES)))})\1", re.IGNORECASE
)
"""A value that names a picture's file."""
_LISTED: Final = re.compile(r"(?:[\w*’'.!?-]+(?: (?=\w))?)+(?:, ?(?:[\w*’'.!?-]+(?: (?=\w))?)+)*")
_ONE_LINE: Final = re.compile(r" +(?:\"[^\"]*\"|'[^']*'|[^\s\"'>|\[{&*!%@`#].*)")
"""A value that is whole on its line."""
_ANNOUNCED: Final = re.compile(r"titre\s*:\s*|title\s*:\s*", re.IGNORECASE)
_TITLE: Final = re.compile(r"[^\W_].{1,98}[^.!?…:;,\s]")
_ITEM: Final = re.compile(r"[ \t]*- ")
_ROW: Final = re.compile(
    r"^(?P<blank>[ \t]*)(?P<item>(?:- +)?)(?!---|#)(?=\S)(?P<whole>(?:.*:[ \t]+\S|(?<=- )[^:\n]+$)?).*$",
    re.MULTILINE,
)
"""A line of YAML, not a comment; `whole` where its value is on it."""
_NO: Final = frozenset({"non", "n", "no", "faux", "off", "0"})
_REPOSITORY: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:/[^\s/?#]+){2,}/?")
_MAIL: Final = re.compile(r"[^/?#:]+@")
_LINE_ENDS: Final = frozenset("\x0b\x0c\u2028\u2029")
"""What word processors write for a line break inside a paragraph."""


def with_repair(diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic with its repair, if it is of a kind that has one and does not have it yet."""
    remedy = REMEDIES.get(diagnostic.key)
    if remedy is None or diagnostic.repair or not diagnostic.span.source.text:
        return diagnostic
    return remedy(diagnostic) or diagnostic


def _put(pattern: str, replacement: str) -> Remedy:
    """Return the remedy that replaces the first match of a pattern; none where there is no match."""
    compiled = re.compile(pattern)

    def remedy(found: Diagnostic) -> Diagnostic | None:
        text = found.span.text
        return found.repaired(compiled.sub(replacement, text, count=1)) if compiled.search(text) else None

    return remedy


def _guess(found: Diagnostic) -> Diagnostic:
    """Write what the message already names."""
    return found.repaired(str(found.values["guess"]))


def _key(found: Diagnostic) -> Diagnostic | None:
    """Write the key that was meant, and its value in the form that this key takes."""
    guess = str(found.values["guess"])
    line = found.span.source.text[found.span.end :].partition("\n")[0]
    value = line.removeprefix(":").strip()
    meant = _MEANT[guess](value) if guess in _MEANT and value else line
    start, end = found.span.start, found.span.end + len(line)
    return None if meant is None else found.repaired(guess + meant, Span(found.span.source, start, end))


def _both(found: Diagnostic) -> Diagnostic | None:
    """Write a caption that stands on one line once more, as the description of the picture."""
    text, start = found.span.source.text, found.span.start
    line, _, rest = text[found.span.end :].partition("\n")
    value, indent = line.removeprefix(":"), text[text.rfind("\n", 0, start) + 1 : start]
    if indent.strip() or not _ONE_LINE.fullmatch(value) or rest.startswith(f"{indent} "):
        return None
    lines = f"caption:{value}\n{indent}alt:{value}"
    return found.repaired(lines, Span(found.span.source, start, found.span.end + 1 + len(value)))


def _file(value: str) -> str | None:
    """Return the file of a picture on a line of its own."""
    return f":\n  file: {value}" if _PICTURE.fullmatch(value) else None


def _words(value: str) -> str | None:
    """Return words with commas between them, or a single one, as a list."""
    return f": [{value}]" if _LISTED.fullmatch(value) else f": {value}" if value.startswith("[") else None


def _formed(found: Diagnostic) -> Diagnostic | None:
    """Write the value of a field in the form that it takes."""
    key = "figure" if found.key == "wrong-kind.figure" else str(found.values["key"])
    text, value = found.span.source.text, found.span.text
    meant = _MEANT[key](value) if key in _MEANT else None
    begin = text.rfind(key, 0, found.span.start) + len(key)
    if meant is None or text[begin : found.span.start].strip() != ":":
        return None
    return found.repaired(meant, Span(found.span.source, begin, found.span.end))


_MEANT: Final[dict[str, Callable[[str], str | None]]] = {
    "allow": _words,
    "figure": _file,
    "keep": _words,
    "lexicon": _words,
}
"""What a value becomes in the form that its key takes, with the colon; None where that is not plain."""


def _nearest(found: Diagnostic) -> Diagnostic | None:
    """Write the name that is most like the wrong one."""
    known = str(found.values["known"]).split(", ")
    near = get_close_matches(found.span.text.lower(), known, 1)
    return found.repaired(near[0]) if near else None


def _boolean(found: Diagnostic) -> Diagnostic | None:
    word = found.span.text.strip("\"'").lower()
    return found.repaired("true" if word in _YES else "false") if word in _YES | _NO else None


def _mark(found: Diagnostic) -> Diagnostic | None:
    """Put ✓, or → where the line is indented; the help mentions the other choice."""
    pattern = UNTICKED if found.code == "item-unticked" else BULLET
    match = pattern.match(found.span.text)
    mark = "→" if line_and_column(found.span)[1] > 1 else "✓"
    return found.repaired(f"- {mark} {found.span.text[match.end() :]}") if match else None


def _without(found: Diagnostic) -> Diagnostic:
    """Remove the stretch, and the blanks behind it."""
    rest = found.span.source.text[found.span.end :]
    end = found.span.end + len(rest) - len(rest.lstrip(" "))
    return found.repaired("", Span(found.span.source, found.span.start, end))


def _visible(found: Diagnostic) -> Diagnostic:
    """Remove invisible characters, a line break of another kind becoming a space."""
    return found.repaired(" " if _LINE_ENDS & set(found.span.text) else "")


def _decoded(found: Diagnostic) -> Diagnostic | None:
    try:
        return found.repaired(found.span.text.encode("cp1252").decode("utf-8"))
    except UnicodeError:
        return None


def _quoted(found: Diagnostic) -> Diagnostic | None:
    """Put all of the value in straight quotes: what stands behind the first colon or hyphen of its line."""
    text = found.span.source.text
    begin = text.rfind("\n", 0, found.span.start) + 1
    line = text[begin:].partition("\n")[0].rstrip()
    opening = re.match(r"\s*(?:- |[^\s:\"']+:[ \t]+)+?(?=\S)", line)
    value = line[opening.end() :] if opening else ""
    if not value or '"' in value or "\\" in value:
        return None
    where = begin + len(line) - len(value)
    return found.repaired(f'"{value}"', Span(found.span.source, where, begin + len(line)))


def _title(found: Diagnostic) -> Diagnostic | None:
    """Make a title of a first line that looks like one: short, no sentence, without `Titre :`."""
    line = _ANNOUNCED.sub("", found.span.text)
    return found.repaired(f"# {line}") if _TITLE.fullmatch(line) else None


def _code(found: Diagnostic) -> Diagnostic | None:
    """Take the accents away; what is a mere character between them stays one."""
    code = re.fullmatch(r"(`+) ?(.*?) ?\1", found.span.text)
    return found.repaired(re.sub(r"([*<\[\]\\])", r"\\\1", code[2])) if code else None


def _bracket(found: Diagnostic) -> Diagnostic | None:
    """Close the list that was opened on the line of a field that holds one; other texts go in quotes."""
    text = found.span.source.text
    begin = text.rfind("\n", 0, found.span.start) + 1
    line = text[begin:].partition("\n")[0].rstrip()
    if not _OPEN_LIST.fullmatch(line):
        return _quoted(found)
    end = begin + len(line)
    return found.repaired("]", Span(found.span.source, end, end))


def _item(found: Diagnostic) -> Diagnostic | None:
    """Make the line an item of the list around it, if there is one."""
    text, start = found.span.source.text, found.span.start
    begin = text.rfind("\n", 0, start) + 1
    below = text[start:].partition("\n")[2]
    above = text[:begin].rstrip("\n").rpartition("\n")[2]
    item = _ITEM.match(below) or _ITEM.match(above)
    if not item or text[begin:start].strip():
        return None
    return found.repaired(item[0], Span(found.span.source, begin, start))


def _aligned(found: Diagnostic) -> Diagnostic | None:
    """Bring a line below the field or item that it follows, or to where all lines of its kind begin."""
    text, start = found.span.source.text, found.span.start
    begin = text.rfind("\n", 0, start) + 1
    own, rows = _ROW.match(text, begin), list(_ROW.finditer(text, 0, begin))
    if own is None:
        return None
    alike = [row for row in rows or _ROW.finditer(text, start) if bool(row["item"]) == bool(own["item"])]
    columns = {row["blank"] for row in alike}
    if not rows:  # a first line: what follows goes less far in
        columns = {blank for blank in columns if len(blank) < len(own["blank"])}
    elif rows[-1]["whole"] and len(rows[-1]["blank"]) < len(own["blank"]):
        columns = {rows[-1]["blank"] + ("" if own["item"] else " " * len(rows[-1]["item"]))}
    if len(columns) != 1 or own["blank"] in columns:
        return None
    return found.repaired(columns.pop(), Span(found.span.source, begin, begin + len(own["blank"])))


def _closed(found: Diagnostic) -> Diagnostic | None:
    """Close on its line the quote that was opened there."""
    line = found.span.text
    return found.repaired(line + line[0]) if line[:1] in {'"', "'"} else None


def _whole_address(found: Diagnostic) -> Diagnostic | None:
    text = found.span.text.strip("\"'")
    return found.repaired(f"https://{text}") if _REPOSITORY.fullmatch(text) else None


def _joined(found: Diagnostic) -> Diagnostic:
    """Bring the signs of an emphasis to the text between them."""
    sign = str(found.values["found"])
    return found.repaired(sign + found.span.text.removeprefix(sign).removesuffix(sign).strip() + sign)


def _link(found: Diagnostic) -> Diagnostic | None:
    """Bring text and address together, or the right way round."""
    apart, reverse = r"\]\s+\(", r"^\(([^()]*)\)\[([^\[\]]*)\]$"
    return _put(apart, "](")(found) or _put(reverse, r"[\1](\2)")(found)


def _link_target(found: Diagnostic) -> Diagnostic | None:
    """Write the scheme of an address, with two slashes before its host; none where it has no host."""
    scheme = _put(r"\]\((<?)(https?:)/*+(?=[^\s/>)])", r"](\1\2//")(found)
    added = "mailto:" if _MAIL.match(str(found.values["found"])) else "https://"
    return scheme or _put(r"\]\((<?)(?!https?:)/*+(?=[^\s/>)])", rf"](\1{added}")(found)


_HEADING: Final = _put(r"^(\s*#+)", r"\1 ")
REMEDIES: Final[dict[str, Remedy]] = {
    "address-invalid.repository": _whole_address,
    "character-control": _visible,
    "character-mojibake": _decoded,
    "colour-unknown": _nearest,
    "emphasis-inside-word": lambda found: found.repaired(re.sub(r"[*_]", "·", found.span.text)),
    "foreign-markup.code": _code,
    "foreign-markup.strikethrough": _put(r"^~~(.*)~~$", r"\1"),
    "front-matter.dashes": lambda found: found.repaired("---"),
    "heading-space": lambda found: _HEADING(found) if found.severity == "error" else None,
    "item-unticked": _mark,
    "item-without-mark": _mark,
    "figure-alt-missing.caption": _both,
    "key-unknown.misspelt": _key,
    "link-address.incomplete": _link_target,
    "link-broken": _link,
    "mark-twice": _without,
    "sign-visible.backtick": lambda found: found.repaired("’") if found.span.text == "`" else None,
    "sign-visible.spaced": _joined,
    "slug-invalid.long": _guess,
    "slug-invalid.panel": _guess,
    "title-missing.markdown": _title,
    "wrong-kind.boolean": _boolean,
    "wrong-kind.figure": _formed,
    "wrong-kind.list": _formed,
    "yaml-bracket": _bracket,
    "yaml-colon.extra": _quoted,
    "yaml-colon.key": _quoted,
    "yaml-colon.missing": _item,
    "yaml-colon.space": _put(r"^([^\s:]+):", r"\1: "),
    "yaml-comment": _quoted,
    "yaml-indent.column": _aligned,
    "yaml-indent.tab": lambda found: found.repaired("  "),
    "yaml-quote.open": _closed,
    "yaml-sign.first": _quoted,
    "yaml-sign.tag": _quoted,
}
"""From a key to its remedy."""
