"""WeasyPrint, imported here alone: without the fonts of the machine, and fetching only what it is given.

Raises PangoMissingError where neither this machine nor PyPI has given the libraries that it opens.
It also lays out the drawings of panels (SVG), which PDFium then draws, as fine as a press can show.
"""

import ctypes.util
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
from PIL.Image import Image

from oxalis_panels.system.packages import PangoMissingError
from oxalis_panels.system.temporary import temporary_files

FONTCONFIG = "FONTCONFIG_FILE"


@contextmanager
def _variables(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables of the environment, while this lasts."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def no_fonts_of_the_machine() -> Iterator[None]:
    """Make Fontconfig read our empty configuration, in this process only.

    Without the fonts of the machine no character is taken from them, line heights do not depend on them, and
    HOME need not be writable. Fontconfig reads its configuration each time it is initialised.
    """
    with _variables({FONTCONFIG: str(Path(__file__).with_name("fonts.conf"))}):
        yield


@contextmanager
def _no_search_for_libraries() -> Iterator[None]:
    """Have Linux load libraries by their exact names alone, while this lasts.

    WeasyPrint tries several names for each of its libraries, and for every wrong one ctypes would search:
    `ldconfig`, `gcc` and `ld`, some 90 processes in all.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 - as it has it
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _from_pypi() -> dict[str, str]:
    """Return the variables that have WeasyPrint open the libraries of PyPI's `gstreamer-libs`, and no others.

    None where that is not installed: pyproject.toml asks for it on Windows and macOS. WeasyPrint has
    `ctypes.util.find_library` look for each: in PATH on Windows, in DYLD_FALLBACK_LIBRARY_PATH on macOS.
    There Fontconfig would look for its configuration in a folder of its builder, but it is given ours.
    """
    found = [find_spec(name) for name in ("gstreamer_libs", "gstreamer_ext_runtime")]
    roots = [Path(spec.origin).parent for spec in found if spec and spec.origin]
    if sys.platform == "win32":
        folders = ";".join(str(root / "bin") for root in roots)
        return {"PATH": folders, "WEASYPRINT_DLL_DIRECTORIES": folders} if roots else {}
    return {"DYLD_FALLBACK_LIBRARY_PATH": str(roots[0] / "lib")} if roots else {}


with no_fonts_of_the_machine(), warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")  # that is the purpose
    try:
        with _no_search_for_libraries(), redirect_stdout(None):  # it prints where it fails
            import weasyprint
    except OSError:  # a system without Pango, or a Linux that names its libraries otherwise
        for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
            del sys.modules[name]  # else parts of it would stay, that the new one does not know of
        try:
            with _variables(_from_pypi()), redirect_stdout(None):
                import weasyprint
        except OSError as failure:
            raise PangoMissingError(str(failure)) from failure
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

__all__ = ["FontConfiguration", "MemoryFetcher", "no_fonts_of_the_machine", "weasyprint"]


class MemoryFetcher(URLFetcher):  # type: ignore[misc]
    """Serves files from memory by their address, and refuses every other address."""

    def __init__(self, files: Mapping[str, tuple[bytes, str]]) -> None:
        """Take the bytes and the type of each file, by its address."""
        super().__init__()
        self.files = files

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a file. Raises ValueError for any other, which WeasyPrint logs."""
        del headers
        if url not in self.files:
            message = f"a poster may not fetch {url}"
            raise ValueError(message)
        data, kind = self.files[url]
        return URLFetcherResponse(url, data, {"Content-Type": kind})


ADDRESS = "picture:svg"
WIDTH = 594
"""In mm, that of a poster: on a small page hairlines would become thick."""


def drawn(svg: bytes, size: tuple[int, int]) -> Image:
    """Return a drawing on white, in a size in pixels; it can fetch nothing."""
    width, height = size
    with pypdfium2.PdfDocument(_page(svg, height / width)) as document:
        page = document[0]
        bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
        picture: Image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        page.close()
    return picture if picture.size == size else picture.crop((0, 0, *size))  # PDFium may round up


def _page(svg: bytes, height: float) -> bytes:
    """Return a PDF of a drawing alone, `height` times as high as wide."""
    page = f"@page {{ size: {WIDTH}mm {WIDTH * height}mm; margin: 0 }}"
    image = f"img {{ display: block; width: {WIDTH}mm }}"
    html = f"<style>{page} {image}</style><img src='{ADDRESS}'>"
    fetcher = MemoryFetcher({ADDRESS: (svg, "image/svg+xml")})
    with no_fonts_of_the_machine(), temporary_files():
        pdf: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf()
    return pdf
