"""How much a PDF would unpack to and draw, known before pdfium takes the memory for it."""

import io
import re
import zlib
from contextlib import suppress

import pikepdf

from oxalis_panels.authoring.importing.gathering import TooLongError
from oxalis_panels.inspection.objects import DAMAGED, array, content, entry, identity, keys

LARGEST = 30_000_000
"""Bytes of all that draws pages, unpacked: pdfium needs thirty times as much memory."""
MOST_FORMS = 20_000
"""Drawings inside drawings of all pages together, each counted as often as it is drawn."""
MOST_FONTS = 100_000
"""That are looked at, of all pages together."""
DEEPEST = 50
"""Drawings inside each other."""
_PIECE, _CHUNK = 65_536, 1_000_000
"""Bytes that are unpacked at a time, and that come of them at most."""
_STREAM = re.compile(rb"stream\r?\n(?=\x78)")
_DRAWN = re.compile(rb"/([^\s()<>\[\]{}/%]+)\s+Do\b")


def check_bounds(data: bytes) -> bool:
    """Raise TooLongError for a file that unpacks to more, or draws more, than a text can need.

    Return whether all fonts of its pages say how wide their characters are: the standard ones need not.
    """
    _check_size(data)
    with suppress(*DAMAGED, pikepdf.PasswordError), pikepdf.open(io.BytesIO(data)) as file:
        forms = _Forms()
        for page in file.pages:
            forms.draw(page.obj, page.obj.get("/Contents"), page.resources)
        return not forms.bare
    return False


def _check_size(data: bytes) -> None:
    """Look at the compressed streams, those of pictures and fonts left out."""
    size = 0
    for match in _STREAM.finditer(data):
        about = data[max(match.start() - 400, 0) : match.start()].rpartition(b" obj")[2]
        if b"/Image" in about or b"/Length1" in about:
            continue
        unpacker = zlib.decompressobj()
        place, rest = match.end(), b""
        with suppress(zlib.error):
            while not unpacker.eof and (rest or place < len(data)):
                if not rest:  # a little at a time: what stands behind a short stream is not copied
                    rest, place = data[place : place + _PIECE], place + _PIECE
                size += len(unpacker.decompress(rest, _CHUNK))
                rest = unpacker.unconsumed_tail
                if size > LARGEST:
                    raise TooLongError


class _Forms:
    """The forms of a file: pdfium makes each as often as it is drawn, also inside another."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], int] = {}
        """How many forms each one draws; 0 for one that is being counted: it may draw itself."""
        self.drawn = 0
        self.seen: set[tuple[int, int]] = set()
        """Lists of fonts."""
        self.fonts = 0
        self.bare = False
        """Whether a font does not say how wide its characters are."""

    def draw(self, owner: object, stream: object, resources: object) -> None:
        self.drawn += self._count(owner, stream, resources, 0)
        if self.drawn > MOST_FORMS:
            raise TooLongError

    def _count(self, owner: object, stream: object, resources: object, depth: int) -> int:
        key = identity(owner)
        if key in self.known:
            return self.known[key]
        if key:
            self.known[key] = 0
        self._look(entry(resources, "Font"))
        total = 0
        forms = entry(resources, "XObject")
        for name in _DRAWN.findall(b"\n".join(content(part) for part in array(stream) or [stream])):
            form = entry(forms, name.decode("latin-1"))
            if isinstance(form, pikepdf.Stream) and entry(form, "Subtype") == "/Form":
                total += 1 + self._count(form, form, entry(form, "Resources") or resources, depth + 1)
            if total > MOST_FORMS or depth > DEEPEST:
                raise TooLongError
        if key:
            self.known[key] = total
        return total

    def _look(self, fonts: object) -> None:
        key = identity(fonts)
        if self.bare or key in self.seen:
            return
        if key:
            self.seen.add(key)
        names = keys(fonts)
        self.fonts += len(names)
        self.bare = self.fonts > MOST_FONTS or any(
            not {"Widths", "DescendantFonts"} & {*keys(entry(fonts, name))} for name in names
        )
