"""PDF/X-1a:2003 (ISO 15930-4) knows no transparency: what has no effect goes, the rest is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, Name, Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

OPAQUE_BLENDS = (Name.Normal, Name.Compatible)
STATE_KEYS = ("/ca", "/CA", "/SMask", "/BM", "/AIS")


def flatten(document: pikepdf.Pdf) -> bool:
    """Drop alphas of 1 and groups without effect; False, with nothing dropped, if something shows through."""
    if any(map(_shows_through, _dictionaries(document))):
        return False
    for thing in _dictionaries(document):
        for key in ("/Group", *(STATE_KEYS if _is_state(thing) else ())):
            if key in thing:
                del thing[key]
    return True


def _dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary that may hold transparency: indirect ones, and states inside resources."""
    for thing in document.objects:
        if isinstance(thing, Dictionary | Stream):
            yield thing
            states = thing.get("/Resources", thing).get("/ExtGState", Dictionary())
            yield from (states[name] for name in states.keys() if not states[name].is_indirect)  # noqa: SIM118 - no mapping


def _is_state(thing: pikepdf.Object) -> bool:
    """Whether it is a graphics state; a picture has an `SMask` too, of another meaning."""
    return isinstance(thing, Dictionary) and any(key in thing for key in STATE_KEYS)


def _shows_through(thing: pikepdf.Object) -> bool:
    if isinstance(thing, Stream):
        return thing.get("/Subtype") == Name.Image and (
            "/SMask" in thing or bool(thing.get("/SMaskInData", 0))
        )
    alphas = [float(thing[key]) for key in ("/ca", "/CA") if key in thing]
    masked = thing.get("/SMask", Name("/None")) != Name("/None")
    return masked or any(alpha < 1 for alpha in alphas) or thing.get("/BM", Name.Normal) not in OPAQUE_BLENDS
