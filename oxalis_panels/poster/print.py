"""WeasyPrint, and nothing of it anywhere else but for drawings: layouts measured, PDF pages written.

Measuring reads the private box tree of WeasyPrint 70 (`Page._page_box`): nothing public says that a box
overflows. A test watches over it; `pyproject.toml` pins the version.
"""

from __future__ import annotations

import logging
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from oxalis_panels.poster.engine_words import WeasyPrintComplaint
from oxalis_panels.poster.line_boxes import read_text
from oxalis_panels.poster.margin import hang_quotes
from oxalis_panels.poster.measure import STATEMENT, Item, Measure, Sizes
from oxalis_panels.poster.media import on_paper
from oxalis_panels.poster.sheet import style_variables
from oxalis_panels.rendering.drawings import no_fonts_of_the_machine
from oxalis_panels.temporary import temporary_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from oxalis_panels.poster.job import FontFile, Layout
    from oxalis_panels.poster.line_boxes import SheetText
    from oxalis_panels.poster.sheet import Sheet

with no_fonts_of_the_machine(), warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")  # that is the purpose
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.text.line_break import split_first_line
    from weasyprint.urls import URLFetcher, URLFetcherResponse

MM_PER_PIXEL = 25.4 / 96
ROUNDING = 1e-3
"""Part of a line by which rounding may widen it."""
MEASURING_HEIGHT = 20_000
"""Height in mm of the page on which layouts are measured: nothing may break onto a second one."""
KEPT = 4
"""How many of the last layouts are kept: the one that is chosen in the end is mostly among them."""
ALONE = ":root { --apart: none }"
"""While a text is measured, what the style sheet says to stand apart from it is not laid out."""


def require(measure: Measure, layout: Layout) -> None:
    """Raise WeasyPrintComplaint unless every text of a layout was measured."""
    missing = set(layout.items) - {item.identifier for item in measure.items}
    if missing:
        message = f"no element has the id {', '.join(sorted(missing))}"
        raise WeasyPrintComplaint(message)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


class _OnlyOurFiles(URLFetcher):  # type: ignore[misc]
    """Serves the fonts of a series and the pictures of a job from memory and refuses every other address."""

    def __init__(self, fonts: Sequence[FontFile]) -> None:
        super().__init__()
        self._fonts = {_address(index): font.ttf for index, font in enumerate(fonts)}
        self.pictures: Mapping[str, bytes] = {}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        del headers
        if url in self._fonts:
            return URLFetcherResponse(url, self._fonts[url], {"Content-Type": "font/ttf"})
        if url in self.pictures:
            return URLFetcherResponse(url, self.pictures[url], {"Content-Type": "image"})
        message = f"a poster may not fetch {url}"
        raise ValueError(message)


def _address(index: int) -> str:
    return f"font:{index}.ttf"


class Press:
    """Lays out and prints posters that share fonts and style sheet."""

    def __init__(self, fonts: Sequence[FontFile], css: str, sheet: Sheet) -> None:
        """Load the fonts and the style sheet once for all layouts; the fonts are unpacked. Raises OSError."""
        self._sheet = sheet
        self._fetcher = _OnlyOurFiles(fonts)
        with no_fonts_of_the_machine():
            self._configuration = FontConfiguration()
        self._parsed = lru_cache(maxsize=4)(self._parse)
        self._endless = lru_cache(maxsize=KEPT)(self._lay_out_endlessly)
        with temporary_files(), _listening():
            self._css = weasyprint.CSS(
                string="".join(_font_face(index, font) for index, font in enumerate(fonts)) + css,
                font_config=self._configuration,
                url_fetcher=self._fetcher,
            )

    def take(self, pictures: Mapping[str, bytes]) -> None:
        """Have these JPEGs and PNGs at hand, by their addresses, for the sheets that follow."""
        self._fetcher.pictures = pictures
        self._endless.cache_clear()

    def measure(self, html: str, sizes: Sizes) -> Measure:
        """Lay a poster out on an endless page and return where everything ends."""
        return _measured(self._endless(html, sizes))

    def text(self, html: str, sizes: Sizes) -> SheetText:
        """Lay a poster out on an endless page and return its words and the lines they stand on."""
        main, _footer = _main_and_footer(self._endless(html, sizes))
        return read_text(main, _width)

    def pdf(self, html: str, sizes: Sizes, sheet: Sheet | None = None) -> bytes:
        """Return a one-page PDF in DeviceCMYK, without the finish that print shops ask for."""
        sheet = sheet or self._sheet
        document = self._laid_out(on_paper(html), sizes, sheet, sheet.media[1])
        _hang_quotes(document)
        with _listening():
            pdf: bytes = document.write_pdf(output_intent="device-cmyk", pdf_version="1.6")
        return pdf

    def tagged_pdf(self, html: str, sizes: Sizes) -> bytes:
        """Return a one-page PDF with tags and links, in the colours as they are written."""
        document = self._laid_out(html, sizes, self._sheet, self._sheet.media[1])
        _hang_quotes(document)
        with _listening():
            pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
        return pdf

    def _lay_out_endlessly(self, html: str, sizes: Sizes) -> Any:  # noqa: ANN401 - untyped
        document = self._laid_out(html, sizes, self._sheet, MEASURING_HEIGHT, ALONE)
        return document.pages[0]._page_box  # noqa: SLF001 - see the top of this module

    def _parse(self, html: str) -> Any:  # noqa: ANN401 - an untyped library's
        return weasyprint.HTML(string=html, url_fetcher=self._fetcher)

    def _laid_out(self, html: str, sizes: Sizes, sheet: Sheet, height: float, extra: str = "") -> Any:  # noqa: ANN401 - untyped
        with _listening():
            return self._parsed(html).render(
                font_config=self._configuration,
                stylesheets=[self._css, weasyprint.CSS(string=variables(sheet, sizes, height) + extra)],
            )


def _hang_quotes(document: Any) -> None:  # noqa: ANN401 - untyped
    for page in document.pages:
        hang_quotes(page._page_box, _width)  # noqa: SLF001 - see the top of this module


def _width(box: Any, text: str) -> float:  # noqa: ANN401 - untyped
    """Return the width of a text in the type of a box, in pixels."""
    return float(split_first_line(text, box.style, None, None, 0)[3])


def variables(sheet: Sheet, sizes: Sizes, height: float) -> str:
    """Return the style sheet that sets the sizes of one trial, on a page `height` mm high."""
    return (
        f"@page {{ size: {sheet.media[0]}mm {height}mm }} :root {{ --bleed: {sheet.bleed}mm;"
        f" --left: {sheet.left}mm; --column: {sheet.column}mm; --title: {sizes.title}pt;"
        f" --body: {sizes.body}pt; --statement: {sizes.statement or STATEMENT * sizes.body:.3f}pt;"
        f" --gap: {sizes.gap:.3f}mm; --drop: {sizes.drop:.3f}mm; --apart: block; {style_variables()} }}"
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
    main, footer = _main_and_footer(page)
    available = footer.position_y - main.position_y
    return Measure(available * MM_PER_PIXEL, tuple(_items(main, main.position_y)))


def _main_and_footer(page: Any) -> tuple[Any, Any]:  # noqa: ANN401 - an untyped library's
    boxes = {box.element_tag: box for box in page.descendants() if box.element_tag in {"main", "footer"}}
    if len(boxes) != 2:  # noqa: PLR2004 - main and footer
        message = "the page needs <main> and <footer>, both displayed"
        raise WeasyPrintComplaint(message)
    return boxes["main"], boxes["footer"]


def _items(main: Any, top: float) -> Iterator[Item]:  # noqa: ANN401 - an untyped library's
    """Yield the outermost box of every element that has an id."""
    seen = set()
    for box in main.descendants():
        identifier = box.element.get("id") if box.element is not None else None
        if identifier and identifier not in seen:
            seen.add(identifier)
            height = box.margin_height()
            bottom = (box.position_y + height - top) * MM_PER_PIXEL
            yield Item(identifier, bottom, height * MM_PER_PIXEL, _widest_line(box))


def _widest_line(box: Any) -> float:  # noqa: ANN401 - an untyped library's
    """Return the widest line of a box as a part of the box; marks, which stand aside, are no part of it."""
    words = [each for each in box.descendants() if type(each).__name__ == "TextBox"]
    right = max((word.position_x + word.width for word in words), default=0.0)
    return float((right - box.content_box_x()) / max(box.width, 1.0) - ROUNDING)
