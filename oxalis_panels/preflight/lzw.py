"""How much an LZW stream (ISO 32000-1, 7.4.4) unpacks to, without unpacking it."""

from __future__ import annotations

CLEAR, END, FIRST = 256, 257, 258
LONGEST = 12
"""Bits of a code."""


def unpacked_size(data: bytes, most: int, *, early: bool = True) -> int:
    """Return the number of bytes; of more than `most`, the first number that is.

    `early`: codes grow a bit longer one code before they must.
    """
    lengths = [1] * FIRST
    total = waiting = bits = before = 0
    width = 9
    for byte in data:
        waiting, bits = waiting << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, waiting = waiting >> bits, waiting & (1 << bits) - 1
        if code == END or total > most:
            break
        if code == CLEAR:
            del lengths[FIRST:]
            before, width = 0, 9
            continue
        length = lengths[code] if code < len(lengths) else before + 1
        total += length
        if before and len(lengths) < 1 << LONGEST:
            lengths.append(before + 1)
        before = length
        width = min(LONGEST, max(9, (len(lengths) + early).bit_length()))
    return total
