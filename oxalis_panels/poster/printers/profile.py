"""An ICC profile, as far as a printer's file must be held against it (ICC.1:2010, 7.2: the header)."""

from __future__ import annotations

from oxalis_panels.frozen import frozen

HEADER = 128
"""Bytes."""


@frozen
class Header:
    """What the first bytes of a profile say."""

    device: str
    """`prtr`: an output device."""
    space: str
    """`CMYK`."""
    version: int
    """2 or 4."""

    @property
    def is_press(self) -> bool:
        """Whether it describes printing with four inks."""
        return (self.device, self.space) == ("prtr", "CMYK")


def header(icc: bytes) -> Header | None:
    """Return the header of a profile; None for bytes that are none, or only the beginning of one."""
    if len(icc) < HEADER or icc[36:40] != b"acsp" or int.from_bytes(icc[:4]) != len(icc):
        return None
    return Header(icc[12:16].decode("latin-1"), icc[16:20].decode("latin-1").strip(), icc[8])
