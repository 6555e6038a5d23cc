"""Pictures on the site: the same pixels and colours, upright, and not a word on who took them, and where."""

import io
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms
from PIL.PngImagePlugin import PngInfo

from oxalis_panels.model.collection import Figure, Text
from oxalis_panels.model.diagnostics import Source, Span
from oxalis_panels.printers.reading import default_printer
from oxalis_panels.rendering.figures import site_picture
from oxalis_panels.rendering.metadata import without_metadata

ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PRESS = default_printer().icc
SECRETS = (b"Camille", b"GPS-48.85", b"Exif", b"http://ns.adobe.com/xap", b"thumbnail")


def encoded(kind: str, *, orientation: int = 1, size: tuple[int, int] = (40, 24), **options: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    """Return a picture with a place, an owner and a colour profile in it."""
    picture = Image.radial_gradient("L").resize(size).convert(options.pop("mode", "RGB"))
    exif = Image.Exif()
    exif[0x013B] = "Camille Untel"
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[1] = "GPS-48.85"
    metadata: dict[str, dict[str, Any]] = {
        "JPEG": {"comment": b"Camille", "xmp": b"<x>Camille</x>", "quality": 90},
        "PNG": {"pnginfo": PngInfo()},
        "WEBP": {"xmp": b"<x>Camille</x>", "lossless": True},
        "TIFF": {},
    }
    extra = metadata[kind]
    if kind == "PNG":
        extra["pnginfo"].add_text("Author", "Camille")
        extra["pnginfo"].add_itxt("XML:com.adobe.xmp", "Camille")
    buffer = io.BytesIO()
    picture.save(buffer, kind, exif=exif, icc_profile=ICC, **extra, **options)
    return buffer.getvalue()


def on_site(data: bytes) -> bytes:
    """Return what the site gets of a picture."""
    return site_picture(
        Figure("photo.jpg", (Text("x"),), (), (), 1, 1, drawn=False, data=data, span=Span(Source("x"))), PRESS
    )


def opened(data: bytes) -> Image.Image:
    """Return a picture, whole."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_a_jpeg_keeps_its_pixels_and_its_profile(options: dict[str, Any]) -> None:
    """Baseline and progressive: segments are left out, nothing is compressed again."""
    data = encoded("JPEG", **options)
    found = on_site(data)
    assert not any(secret in found for secret in SECRETS)
    assert opened(found).info["icc_profile"] == ICC
    assert ImageChops.difference(opened(data), opened(found)).getbbox() is None
    assert (opened(found).mode, dict(opened(found).getexif())) == (opened(data).mode, {})


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_other_formats_keep_their_pixels_too(kind: str) -> None:
    """A TIFF becomes a PNG; the profile stays."""
    data = encoded(kind)
    found = on_site(data)
    assert not any(secret in found for secret in SECRETS)
    assert opened(found).info["icc_profile"] == ICC
    assert ImageChops.difference(opened(data), opened(found)).getbbox() is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_picture_taken_lying_stands_upright(kind: str, orientation: int) -> None:
    """In its pixels, as the note of the camera is gone."""
    found = on_site(encoded(kind, orientation=orientation))
    assert opened(found).size == ((40, 24) if orientation == 3 else (24, 40))
    assert opened(found).info["icc_profile"] == ICC
    assert not any(secret in found for secret in SECRETS)
    assert dict(opened(found).getexif()) == {}


def test_transparency_and_animation_stay() -> None:
    """Only what is said about a picture goes."""
    layer = Image.new("RGBA", (9, 9), (10, 20, 30, 40))
    for kind in ("PNG", "WEBP"):
        buffer = io.BytesIO()
        layer.save(buffer, kind, lossless=True, save_all=True, append_images=[Image.new("RGBA", (9, 9))])
        found = opened(without_metadata(buffer.getvalue()))
        assert (found.getpixel((0, 0)), found.n_frames) == ((10, 20, 30, 40), 2)  # type: ignore[attr-defined]


def test_what_follows_a_jpeg_is_left_out() -> None:
    """Telephones append a second picture, a film, or notes of their own."""
    data = encoded("JPEG")
    assert on_site(data + b"\xff\xd8 film Camille") == on_site(data)


def test_the_same_picture_gives_the_same_bytes() -> None:
    """Once cleaned, there is nothing left to clean."""
    for kind in ("JPEG", "PNG", "WEBP"):
        data = encoded(kind, orientation=6)
        assert on_site(data) == on_site(data)
        assert without_metadata(on_site(data)) == on_site(data)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF"])
def test_scraps_harm_nothing(data: bytes) -> None:
    """Reading refuses them already; here they only must not raise."""
    assert len(without_metadata(data)) <= 12


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "P"), ("WEBP", "RGB"), ("TIFF", "CMYK")])
def test_a_picture_wider_than_any_screen_shows_is_made_narrower(kind: str, mode: str) -> None:
    """A photo straight from a camera weighs more than all pages together."""
    data = encoded(kind, size=(2000, 30), mode=mode)
    figure = Figure(
        "photo.jpg", (Text("x"),), (), (), 2000, 30, drawn=False, data=data, span=Span(Source("x"))
    )
    found = site_picture(figure, PRESS)
    assert opened(found).size == (1600, 24)
    assert not any(secret in found for secret in SECRETS)
    assert site_picture(figure, PRESS) == found
