"""The way from the wall to the web: a panel's address as a QR code and in words."""

import re
from urllib.parse import unquote

from oxalis_panels.model.value import value
from oxalis_panels.rendering.fonts import BASE_CHARACTERS

_ENCODED = re.compile(r"(?:%[89a-f][0-9a-f])+", re.IGNORECASE)
"""Letters beyond ASCII, as an address carries them."""
QUIET_ZONE = 4
"""Modules of white on each side, as ISO/IEC 18004 asks."""


@value
class AddressView:
    """The address of a panel's page, as a poster shows it."""

    url: str
    """In full."""
    words: str
    """To be read and typed: without `https://` and the last slash, with the letters that `url` encodes."""
    modules: int
    """Side of the code in modules, its quiet zone included."""
    outline: str
    """SVG path of the dark modules, one unit each."""


def address(site_url: str, slug: str) -> AddressView:
    """Return the address of a panel on the site that is published at `site_url` (ending in `/`)."""
    import segno  # noqa: PLC0415 - only a collection with an address has codes

    url = f"{site_url}{slug}/"
    code = segno.make(url, error="m", micro=False)
    return AddressView(
        url=url,
        words=_legible(url.split("://", 1)[1].removesuffix("/")),
        modules=len(code.matrix) + 2 * QUIET_ZONE,
        outline=_outline([bytes(row) for row in code.matrix]),
    )


def _legible(address: str) -> str:
    """Return an address with its letters of French; it stays as it is where other signs are encoded in it."""
    host, slash, path = address.partition("/")
    try:
        text = host.encode().decode("idna") + slash
        text += _ENCODED.sub(lambda letters: unquote(letters[0], errors="strict"), path)
    except UnicodeError:
        return address
    return text if BASE_CHARACTERS.issuperset(text) and text.split() == [text] else address


def _outline(rows: list[bytes]) -> str:
    """Return one rectangle for each run of dark modules in a row."""
    runs = []
    for y, row in enumerate(rows, QUIET_ZONE):
        x = 0
        while (start := row.find(1, x)) >= 0:
            x = row.find(0, start)
            x = len(row) if x < 0 else x
            runs.append(f"M{start + QUIET_ZONE} {y}h{x - start}v1h{start - x}z")
    return "".join(runs)
