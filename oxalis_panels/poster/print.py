"""WeasyPrint, and nothing of it anywhere else: layouts measured, PDF pages written.

Measuring reads the private box tree of WeasyPrint 70 (`Page._page_box`): nothing public says that a box
overflows. A test watches over it; `pyproject.toml` pins the version.
"""

from __future__ import annotations

import logging
import os
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Fontconfig reads this when WeasyPrint is first imported. Without the fonts of the machine nothing can be
# borrowed from them, line heights do not depend on them, and a HOME that cannot be written to is no matter.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")  # that is the purpose
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oxalis_panels.poster.job import FontFile
    from oxalis_panels.poster.sheet import Sheet

MM_PER_PIXEL = 25.4 / 96
MEASURING_HEIGHT = 20_000
"""Height in mm of the page on which layouts are measured: nothing may break onto a second one."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of one trial."""

    title: float
    """In points."""
    body: float
    """In points."""
    gap: float = 0.0
    """Space in mm added between items to fill the sheet."""


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph, ✓ or → on the sheet."""

    identifier: str
    """`p1`, `f2`, `f2p3`: as in the template."""
    bottom: float
    """In mm below the top of the text."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a layout takes."""

    available: float
    """Height in mm that the text may fill."""
    items: tuple[Item, ...]

    @property
    def used(self) -> float:
        """Height in mm that the text takes."""
        return max((item.bottom for item in self.items), default=0.0)

    @property
    def fits(self) -> bool:
        """Whether the text stays in its place."""
        return self.used <= self.available


class WeasyPrintComplaint(Exception):  # noqa: N818 - it is what WeasyPrint logged, not an error of its own
    """WeasyPrint logged something; it goes on with a wrong file where it should stop."""


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


class _OnlyOurFonts(URLFetcher):  # type: ignore[misc]
    """Serves the fonts of this job from memory and refuses every other address."""

    def __init__(self, fonts: Sequence[FontFile]) -> None:
        super().__init__()
        self._files = {_address(index): font.ttf for index, font in enumerate(fonts)}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        del headers
        if url not in self._files:
            message = f"a poster may not fetch {url}"
            raise ValueError(message)
        return URLFetcherResponse(url, self._files[url], {"Content-Type": "font/ttf"})


def _address(index: int) -> str:
    return f"font:{index}.ttf"


class Press:
    """Lays out and prints posters that share fonts and style sheet."""

    def __init__(self, fonts: Sequence[FontFile], css: str, sheet: Sheet) -> None:
        """Load the fonts and the style sheet once for all layouts."""
        self._sheet = sheet
        self._fetcher = _OnlyOurFonts(fonts)
        self._configuration = FontConfiguration()
        self._parsed = lru_cache(maxsize=4)(self._parse)
        with _listening():
            self._css = weasyprint.CSS(
                string="".join(_font_face(index, font) for index, font in enumerate(fonts)) + css,
                font_config=self._configuration,
                url_fetcher=self._fetcher,
            )

    def measure(self, html: str, sizes: Sizes) -> Measure:
        """Lay a poster out on an endless page and return where everything ends."""
        document = self._laid_out(html, sizes, MEASURING_HEIGHT)
        return _measured(document.pages[0]._page_box)  # noqa: SLF001 - see the top of this module

    def pdf(self, html: str, sizes: Sizes) -> bytes:
        """Return a one-page PDF in DeviceCMYK, without the finish that print shops ask for."""
        document = self._laid_out(html, sizes, self._sheet.media[1])
        with _listening():
            pdf: bytes = document.write_pdf(output_intent="device-cmyk", pdf_version="1.6")
        return pdf

    def _parse(self, html: str) -> Any:  # noqa: ANN401 - an untyped library's
        return weasyprint.HTML(string=html, url_fetcher=self._fetcher)

    def _laid_out(self, html: str, sizes: Sizes, height: float) -> Any:  # noqa: ANN401 - an untyped library's
        with _listening():
            return self._parsed(html).render(
                font_config=self._configuration,
                stylesheets=[self._css, weasyprint.CSS(string=self.variables(sizes, height))],
            )

    def variables(self, sizes: Sizes, height: float) -> str:
        """Return the style sheet that sets the sizes of one trial, on a page `height` mm high."""
        sheet = self._sheet
        return (
            f"@page {{ size: {sheet.media[0]}mm {height}mm }} :root {{ --bleed: {sheet.bleed}mm;"
            f" --left: {sheet.left}mm; --column: {sheet.column}mm; --title: {sizes.title}pt;"
            f" --body: {sizes.body}pt; --gap: {sizes.gap:.3f}mm }}"
        )


def _font_face(index: int, font: FontFile) -> str:
    return (
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight};'
        f' font-style: {font.style}; src: url("{_address(index)}") }}\n'
    )


class _listening:  # noqa: N801 - a context manager, read as a verb
    """Turns what WeasyPrint only logs into an exception."""

    def __enter__(self) -> None:
        self._listener = _Listener()
        logging.getLogger("weasyprint").addHandler(self._listener)

    def __exit__(self, kind: object, *_: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self._listener)
        if kind is None and self._listener.heard:
            raise WeasyPrintComplaint("\n".join(self._listener.heard))


def _measured(page: Any) -> Measure:  # noqa: ANN401 - an untyped library's
    boxes = {box.element_tag: box for box in page.descendants() if box.element_tag in {"main", "footer"}}
    top = boxes["main"].position_y
    available = boxes["footer"].position_y - top
    return Measure(available * MM_PER_PIXEL, tuple(_items(boxes["main"], top)))


def _items(main: Any, top: float) -> Iterator[Item]:  # noqa: ANN401 - an untyped library's
    """Yield the outermost box of every element that has an id."""
    seen = set()
    for box in main.descendants():
        identifier = box.element.get("id") if box.element is not None else None
        if identifier and identifier not in seen:
            seen.add(identifier)
            yield Item(identifier, (box.position_y + box.margin_height() - top) * MM_PER_PIXEL)
