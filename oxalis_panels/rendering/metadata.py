"""Pictures without their metadata, which may identify people: place, date, camera, owner, thumbnails.

Segments and chunks are removed, the picture itself stays: same pixels, same quality, same bytes on every
build. What a browser needs to show the colours stays, too.
"""

from collections.abc import Iterator

JPEG, PNG, WEBP = b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF"
KEPT_PNG = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"sBIT"}
    | {b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"mDCv", b"cLLi"}
    | {b"acTL", b"fcTL", b"fdAT"}
)
"""Pixels, transparency, colour space, animation (PNG specification, third edition, 11)."""
KEPT_WEBP = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
EXIF_AND_XMP = 0b1100
"""Flags of a VP8X chunk (RFC 9649, 2.7)."""
MARKER, START_OF_SCAN, END = 0xFF, 0xDA, 0xD9
APP0, APP2, APP14, APP15, COMMENT = 0xE0, 0xE2, 0xEE, 0xEF, 0xFE
PROFILE = b"ICC_PROFILE\0"


def without_metadata(data: bytes) -> bytes:
    """Return a whole JPEG, PNG or WebP without metadata; anything else as it is."""
    if data.startswith(JPEG):
        return JPEG + b"".join(_jpeg(data))
    if data.startswith(PNG):
        return PNG + b"".join(_png(data))
    return _webp(data) if data.startswith(WEBP) else data


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the segments of the picture, and nothing after its end (a second picture, a film)."""
    start = len(JPEG)
    while start + 4 <= len(data) and data[start] == MARKER:
        marker = data[start + 1]
        if marker == MARKER:  # a fill byte
            start += 1
            continue
        if marker == START_OF_SCAN:
            yield _until_end(data, start)
            return
        end = start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        if _is_kept(marker, data[start + 4 : end]):
            yield data[start:end]
        start = end


def _is_kept(marker: int, content: bytes) -> bool:
    if marker == APP2:
        return content.startswith(PROFILE)
    return marker in {APP0, APP14} or not (APP0 <= marker <= APP15 or marker == COMMENT)


def _until_end(data: bytes, start: int) -> bytes:
    """Return everything from the first scan to the end of the picture, further scans and tables included."""
    end = start
    while True:
        end = data.find(b"\xff", end)
        if end < 0 or end + 1 >= len(data):
            return data[start:]
        marker = data[end + 1]
        if marker == END:
            return data[start : end + 2]
        end += 2 if marker != MARKER else 1
        if marker not in {0, 1, MARKER, *range(0xD0, 0xD8)}:  # a segment, whose bytes may be anything
            end += int.from_bytes(data[end : end + 2], "big")


def _png(data: bytes) -> Iterator[bytes]:
    start = len(PNG)
    while start + 12 <= len(data):
        end = start + 12 + int.from_bytes(data[start : start + 4], "big")
        name = data[start + 4 : start + 8]
        if name in KEPT_PNG:
            yield data[start:end]
        if name == b"IEND":
            return
        start = end


def _webp(data: bytes) -> bytes:
    kept = b"".join(_webp_chunks(data))
    return WEBP + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + kept


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    start = 12
    while start + 8 <= len(data):
        name, size = data[start : start + 4], int.from_bytes(data[start + 4 : start + 8], "little")
        end = start + 8 + size + size % 2
        if name == b"VP8X":
            flags = data[start + 8] & ~EXIF_AND_XMP
            yield data[start : start + 8] + bytes([flags]) + data[start + 9 : end]
        elif name in KEPT_WEBP:
            yield data[start:end]
        start = end
