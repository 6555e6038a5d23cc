"""The picture of a panel on paper: in the inks of the press, and with enough points for its size."""

from __future__ import annotations

import io
from math import ceil
from typing import TYPE_CHECKING, Any

from oxalis_panels.diagnostics import Diagnostic, error, warning
from oxalis_panels.poster.printers.printer import COARSEST
from oxalis_panels.poster.sheet import A1

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile

    from oxalis_panels.model import Collection, Figure, Panel
    from oxalis_panels.poster.printers.printer import Printer
    from oxalis_panels.poster.sheet import Sheet, Size

MM_PER_INCH = 25.4
IDEAL = 300
"""Dots per inch: more is not seen and only makes the file heavy."""
QUALITY = 95
SCREEN_WIDTH = 2000
"""Pixels: the width of a large screen."""
HIGHEST = 2 / 3
"""The greatest height of a picture, as a part of the width of the text: 3 to 2 is as wide as the text."""
SQUARE = 1.1
"""A picture that is wider than this part of its height is not upright."""
GUTTER = 24.0
"""In mm: between the text and a picture beside it, as in the style sheet."""
HALF = 0.5
"""The greatest width of a picture beside the text, as a part of the sheet's column."""
HAIR = 0.01
"""The smallest width of a picture, in mm: one that is a thousand times as high as wide has some, too."""
HIGHEST_JPEG = 60_000
"""Pixels."""
LOSS = 6
"""In percent of ink: how far JPEG may carry a spot over the limit; in coarse grain, a little further."""


def shown_width(figure: Figure, sheet: Sheet) -> float:
    """Return how wide a picture is shown, in mm: as the text or half of it, unless it would be too high."""
    most = HALF if stands_beside(figure) else 1
    return max(HAIR, round(sheet.column * min(most, HIGHEST * figure.width / figure.height), 2))


def stands_beside(figure: Figure) -> bool:
    """Return whether a picture stands beside the text: below it, an upright one would leave a hole."""
    return figure.width <= SQUARE * figure.height


def width_beside(figure: Figure, sheet: Sheet) -> float:
    """Return what a picture takes of the width of the text, in mm; 0 for one that stands below."""
    return shown_width(figure, sheet) + GUTTER if stands_beside(figure) else 0.0


def enlargement(papers: Sequence[Size]) -> float:
    """Return by how much the largest of some sheets of paper is wider than the one that is drawn on."""
    return max(paper.width for paper in papers) / A1.width


def check_resolution(
    panels: Iterable[Panel], papers: Sequence[Size], printer: Printer
) -> Iterator[Diagnostic]:
    """Yield a warning for each picture that is coarse as it is printed, an error if very coarse."""
    for panel in panels:
        if panel.figure:
            width = shown_width(panel.figure, A1) * enlargement(papers)
            found = int(panel.figure.width * MM_PER_INCH / width)
            pixels = ceil(printer.resolution * width / MM_PER_INCH)
            values = {"found": found, "wanted": printer.resolution, "pixels": pixels}
            if found < COARSEST * printer.resolution:
                yield error("figure-coarse", panel.figure.span, **values)
            elif found < printer.resolution:
                yield warning("figure-coarse", panel.figure.span, **values)


def without_repeats(
    found: Iterable[Diagnostic], coarse: Sequence[Diagnostic], collection: Collection
) -> Iterator[Diagnostic]:
    """Yield what was found, without what the check of a finished file says again of a `coarse` picture."""
    panels = {panel.figure.span: panel.span for panel in collection.panels if panel.figure}
    told = {panels[each.span]: each.severity for each in coarse}
    for each in found:
        repeated = told.get(each.span) in {"error", each.severity}
        if each.code != "preflight-resolution" or not repeated:
            yield each


def for_press(data: bytes, width: float, icc: bytes, ink: int) -> bytes:
    """Return a picture, printed `width` mm wide, as a CMYK JPEG for the condition of a profile.

    Colours go from the picture's own profile (sRGB without one) relatively, the black point compensated; what
    is transparent becomes white; no spot takes more than `ink` percent.
    """
    from PIL import Image, ImageCms, ImageOps  # noqa: PLC0415 - only a panel with a picture needs it

    with Image.open(io.BytesIO(data)) as opened:
        profile = opened.info.get("icc_profile")
        opened.load()
        ImageOps.exif_transpose(opened, in_place=True)  # without a copy, which may be large
        picture = _opaque(opened)
    picture = _reduced(picture, ceil(IDEAL * width / MM_PER_INCH))
    source = _source(profile, picture.mode)
    if source is not None:
        press = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
        transform = ImageCms.buildTransform(source, press, picture.mode, "CMYK", intent, flags)
        converted = ImageCms.applyTransform(picture, transform)
        assert converted is not None  # noqa: S101 - it is None only for a picture changed in place
        picture = converted
    return _within(picture, ink)


def for_screen(data: bytes) -> bytes:
    """Return a picture as an sRGB JPEG of the same proportions."""
    from PIL import Image, ImageCms, ImageOps  # noqa: PLC0415 - as above

    with Image.open(io.BytesIO(data)) as opened:
        picture = _reduced(_opaque(ImageOps.exif_transpose(opened)), SCREEN_WIDTH)
        source = _source(opened.info.get("icc_profile"), picture.mode)
    if source is None:
        return _jpeg(picture.convert("RGB"))
    converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert converted is not None  # noqa: S101 - as above
    return _jpeg(converted)


def _opaque(picture: Image) -> Image:
    """Return a picture in RGB or CMYK, what is transparent in it being white."""
    from PIL import Image as Pictures  # noqa: PLC0415 - as above

    if picture.mode == "CMYK":
        return picture
    if picture.has_transparency_data:
        layer = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        ground = Pictures.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _reduced(picture: Image, width: int) -> Image:
    """Return a picture that is no wider than it needs to be, nor higher than a JPEG can be."""
    scale = min(width / picture.width, HIGHEST_JPEG / picture.height)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, reducing_gap=3)


def _source(profile: bytes | None, mode: str) -> ImageCmsProfile | None:
    """Return the profile of a picture; sRGB for RGB without one, none for inks without one: they stay."""
    from PIL import ImageCms  # noqa: PLC0415 - as above

    spaces = {"RGB": "RGB", "CMYK": "CMYK"}
    if profile:
        try:
            embedded = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        except OSError:
            embedded = None
        if embedded and embedded.profile.xcolor_space.strip() == spaces[mode]:
            return embedded
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")) if mode == "RGB" else None


def _within(picture: Image, ink: int) -> bytes:
    """Return a JPEG of which no spot, once it is unpacked, has more ink than the limit, in percent."""
    limit = ink - LOSS
    while (over := _most_ink(jpeg := _jpeg(_limited(picture, limit))) - ink) > 0:
        limit -= ceil(over)
    return jpeg


def _most_ink(jpeg: bytes) -> float:
    """Return the ink on the heaviest spot, in percent."""
    from PIL import Image, ImageMath  # noqa: PLC0415 - as above

    with Image.open(io.BytesIO(jpeg)) as opened:
        bands = dict(zip(("cyan", "magenta", "yellow", "black"), opened.split(), strict=True))
    total: Any = ImageMath.lambda_eval(lambda band: sum(band[name] for name in bands), **bands)
    return float(total.getextrema()[1]) / 2.55


def _limited(picture: Image, ink: int) -> Image:
    """Take colour, never black, from the spots that have more ink than the limit, in percent."""
    from PIL import Image, ImageMath  # noqa: PLC0415 - as above

    cyan, magenta, yellow, black = picture.split()
    most = round(255 * ink / 100)

    def limited(band: dict[str, Any]) -> Any:  # noqa: ANN401 - Pillow's names and arithmetic have no types
        colours = band["cyan"] + band["magenta"] + band["yellow"]
        room = band["min"](colours, most - band["black"])
        return band["convert"](band["this"] * room / band["max"](colours, 1), "L")

    bands = {"cyan": cyan, "magenta": magenta, "yellow": yellow, "black": black}
    colours = [ImageMath.lambda_eval(limited, **bands, this=this) for this in (cyan, magenta, yellow)]
    return Image.merge("CMYK", [*colours, black])


def _jpeg(picture: Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, subsampling=0)
    return buffer.getvalue()
