"""What a file has in it that a standard may forbid: ways to pack and store pictures, parts from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pikepdf
from pikepdf import Stream

from oxalis_panels.preflight.objects import entry, filters, name, number
from oxalis_panels.preflight.painted import Feature, FeatureKind

MOST_OBJECTS = 300_000
"""Of a file that are looked at; a poster has some hundreds."""
PACKING: dict[str, FeatureKind] = {
    "JPXDecode": "jpeg2000",
    "JBIG2Decode": "jbig2",
    **dict.fromkeys(("LZWDecode", "LZW"), "lzw"),
}
DEEP = 16
"""Bits for each ink of a pixel."""


def features_of(document: pikepdf.Pdf) -> tuple[tuple[Feature, ...], bool]:
    """Return what is found in the streams of a file, and whether all were looked at."""
    found: dict[Feature, None] = {}
    for thing in islice(document.objects, MOST_OBJECTS):
        if isinstance(thing, Stream):
            picture = name(entry(thing, "Subtype")) == "Image"
            found |= dict.fromkeys(Feature(0, kind) for kind in kinds_of(thing, picture=picture))
    return tuple(found), len(document.objects) <= MOST_OBJECTS


def kinds_of(stream: object, *, picture: bool) -> Iterator[FeatureKind]:
    """Yield what is in a stream, or in the dictionary of a picture inside a content stream."""
    for each in filters(stream):
        if each in PACKING:
            yield PACKING[each]
    if picture and number(entry(stream, "BitsPerComponent")) == DEEP:
        yield "deep"
    if entry(stream, "OPI") is not None:
        yield "opi"
    subtypes = {name(entry(stream, "Subtype")), name(entry(stream, "Subtype2"))}
    if "PS" in subtypes or ("Form" in subtypes and entry(stream, "PS") is not None):
        yield "postscript"
    if "Form" in subtypes and entry(stream, "Ref") is not None:
        yield "reference"
    if name(entry(stream, "Type")) == "EmbeddedFile":
        yield "attachment"
