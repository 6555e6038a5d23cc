"""Bytes of a file → its text, or what is wrong with its encoding."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

from oxalis_panels.model.diagnostics import CREDENTIALS, Diagnostic, Source, Span, error, warning
from oxalis_panels.words.catalogue import Phrase, Words
from oxalis_panels.words.invocation import project_file

BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_DISGUISED = (
    (b"PK\x03\x04", 0, ".docx, .odt", "import"),
    (b"%PDF", 0, ".pdf", "import"),
    (b"\xd0\xcf\x11\xe0", 0, ".doc", "save"),
    (rb"{\rtf", 0, ".rtf", "save"),
    (b"\xff\xd8\xff", 0, ".jpg", "picture"),
    (b"\x89PNG", 0, ".png", "picture"),
    (b"GIF8", 0, ".gif", "picture"),
    (b"II*\0", 0, ".tif", "picture"),
    (b"MM\0*", 0, ".tif", "picture"),
    (b"WEBP", 8, ".webp", "picture"),
    *(
        (b"ftyp" + brand, 4, ".heic, .avif", "picture")
        for brand in (b"hei", b"hev", b"mif1", b"msf1", b"avi")
    ),
)
"""How files begin, and where, that only their name calls a text; the extensions that they should have; what
becomes of them."""
MOST_CHARACTERS = 10
"""Places of forbidden characters shown per file: beyond that it is not a text."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+")
"""Invisible characters that no output can show; a tab and a line feed are not among them."""
BIDIRECTIONAL = re.compile(r"[\u061c\u200e\u200f\u202a\u202b\u202d\u202e\u2066-\u2068]+")
"""Invisible characters that can make a text read differently from what it says (Unicode TR 36); those that
end their effect are not a second mistake."""
LOST = re.compile("\ufffd+")
MOJIBAKE = re.compile(r"Ã[\u0080-\u00bf\u0152-\u0178‰]|â€[\u0080-\u00bf™œ“”¦]")
"""UTF-8 that some program took for Windows-1252 and saved again: `Ã©` for `é`."""
CONFLICT = "conflict-marker"
"""Code of each mark of an unfinished merge."""
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?:[ \t]|$)", re.MULTILINE)
"""How git marks the versions that it could not merge, and Mercurial, Subversion and Jujutsu after it."""
_CONFLICT_LINES = re.compile(
    r"^(?:(?:<{7,}|\|{7,}|>{7,})(?:[ \t].*)?|={7}[ \t]*|[-+%\\]{7} \S.*)$", re.MULTILINE
)
"""All lines of marks in such a file: what parts the versions (elsewhere it makes a heading), longer ones of a
merge inside a merge, and what Jujutsu adds."""


def decode(path: str, data: bytes, found: list[Diagnostic]) -> Source | None:
    """Return the text of a file in UTF-8, line ends unified; None when it is not UTF-8, or no text."""
    for sign, where, name, kind in _DISGUISED:
        if data.startswith(sign, where):
            what = Words(f"file_kind.{'picture' if kind == 'picture' else 'document'}")
            place = Span(Source(path))
            found.append(
                error("file-not-read.disguised", place, what=what, found=name, how=what_to_do(kind, place))
            )
            return None
    unmerged = find_conflicts(path, data)
    if unmerged:
        found += unmerged
        return None
    wide = wide_encoding(data)
    if wide:
        found.append(error("encoding.utf16", Span(Source(path)), encoding=wide[: len("UTF-16")]))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as mistake:
        found.append(_not_utf8(path, data, mistake.start))
        return None
    source = Source(path, _one_line_end(text))
    if not source.text.strip():
        found.append(error("file-empty", Span(Source(path))))
        return None
    found += _characters(source)
    found += find_secrets(path, data)
    return source


def what_to_do(kind: str, place: Span) -> Phrase:
    """Return what becomes of a file that is no panel: `import` it, `save` it as a text, or a `picture`."""
    return Phrase(f"unread.{kind}", {"path": project_file(place.source.path)})


def find_conflicts(path: str, data: bytes) -> tuple[Diagnostic, ...]:
    """Return an error for each line with which git marks what it could not merge, whatever the encoding."""
    source = _lenient(path, data)
    marks = _CONFLICT_LINES.finditer(source.text) if _CONFLICT.search(source.text) else ()
    return tuple(error(CONFLICT, Span(source, *mark.span()), found=mark[0][:7]) for mark in marks)


def find_secrets(path: str, data: bytes) -> tuple[Diagnostic, ...]:
    """Return an error for each address with a password in it: whatever it is for, the file is passed on."""
    source = _lenient(path, data)
    secrets = CREDENTIALS.finditer(source.text)
    return tuple(
        error("address-password", Span(source, *match.span("secret"))).repaired("") for match in secrets
    )


def _lenient(path: str, data: bytes) -> Source:
    return Source(path, _one_line_end(data.decode("utf-8-sig", "replace")))


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def wide_encoding(data: bytes) -> str | None:
    """Name UTF-16 or UTF-32, by its byte order mark or by the zeros in every second byte of Latin text."""
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name
    half = len(data) // 2
    zeros = (data[::2].count(0), data[1::2].count(0))
    if not half or max(zeros) <= 0.6 * half or min(zeros) >= 0.1 * half:
        return None
    return "UTF-16-LE" if zeros[1] > zeros[0] else "UTF-16-BE"


def _not_utf8(path: str, data: bytes, start: int) -> Diagnostic:
    """Distinguish a file in an old Western encoding from UTF-8 with a damaged byte."""
    line = len(re.findall(rb"\r\n|\r|\n", data[:start])) + 1
    place = Span(Source(path))
    if not data.decode("utf-8", "ignore").isascii():
        return error("encoding.broken", place, line=line)
    windows = any(byte in range(0x80, 0xA0) for byte in data)  # unused in Latin-1, letters in Windows-1252
    name = "Windows-1252" if windows else "Latin-1 (ISO-8859-1)"
    return error("encoding.windows", place, encoding=name, line=line)


def _characters(source: Source) -> Iterator[Diagnostic]:
    checks: tuple[tuple[re.Pattern[str], str, Callable[..., Diagnostic]], ...] = (
        (CONTROL, "character-control", error),
        (BIDIRECTIONAL, "character-direction", warning),
        (LOST, "character-lost", error),
        (MOJIBAKE, "character-mojibake", warning),
    )
    for pattern, code, report in checks:
        for match in islice(pattern.finditer(source.text), MOST_CHARACTERS):
            yield report(code, Span(source, *match.span()), character=_name(match[0]))


def _name(characters: str) -> str:
    """Return the code point, with its name where Unicode gives one, or the visible word."""
    first = characters[0]
    if first.isprintable() and first != "\ufffd":
        return characters
    name = unicodedata.name(first, "")
    return f"U+{ord(first):04X} {name}".rstrip()


def printable(text: str) -> str:
    """Return what was typed on one line, without what no file may hold: half surrogate pairs, controls."""
    line = " ".join(text.encode("utf-8", "ignore").decode("utf-8").split())
    return CONTROL.sub("", BIDIRECTIONAL.sub("", line)).replace("\ufffd", "")
