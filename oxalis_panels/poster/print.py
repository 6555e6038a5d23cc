"""Layouts measured and PDF pages written, by WeasyPrint."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeAlias

from oxalis_panels.poster.box_tree import SheetText, hang_quotes, measured, read_text
from oxalis_panels.poster.engine_words import WeasyPrintComplaint
from oxalis_panels.poster.job import FontFile, Layout
from oxalis_panels.poster.measure import Measure, Sizes
from oxalis_panels.poster.media import on_paper
from oxalis_panels.rendering.layout_engine import (
    FontConfiguration,
    MemoryFetcher,
    no_fonts_of_the_machine,
    weasyprint,
)
from oxalis_panels.rendering.sheet import STATEMENT, Sheet, caption, half, style_variables
from oxalis_panels.system.temporary import temporary_files

Untyped: TypeAlias = Any
"""Of WeasyPrint, which has no types."""
MEASURING_HEIGHT = 20_000
"""Height in mm of the page on which layouts are measured: nothing may break onto a second one."""
ROUNDING = 0.01
"""In mm: a text that ends so little below its place is in it."""
TICK_PT = 142.0
"""Type size of ✓ at the most: 30 mm wide, which the margin holds beside any text."""
MARGIN_PT = 119.0
"""As far as marks hang at the most: 42 mm of a margin of 72."""
TICK, ARROW, FARTHEST = 1.1875, 1.2, 1.6
"""How far ✓ and → hang in the margin, in their own ems; and → at the most to stand right below ✓."""
ADDRESS_PT = 40.0
"""Type size of the address below a text, which is no larger than the text."""
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


class TextMoved(Exception):  # noqa: N818 - another way is taken then
    """On the page that was drawn, lines fell otherwise than they were set, and the text left its place."""


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def _address(index: int) -> str:
    return f"font:{index}.ttf"


class Press:
    """Lays out and prints posters that share fonts and style sheet."""

    def __init__(self, fonts: Sequence[FontFile], css: str, sheet: Sheet, drop: float = 0.0) -> None:
        """Load the fonts and the style sheet once for all layouts; the fonts are unpacked. Raises OSError.

        `drop` is that of the series.
        """
        self._sheet = sheet
        self._drop = drop
        self._fonts = {_address(index): (font.ttf, "font/ttf") for index, font in enumerate(fonts)}
        self._fetcher = MemoryFetcher(self._fonts)
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
        self._fetcher.files = self._fonts | {url: (data, "image") for url, data in pictures.items()}
        self._endless.cache_clear()

    def measure(self, html: str, sizes: Sizes) -> Measure:
        """Lay a poster out on an endless page and return where everything ends."""
        return measured(self._endless(html, sizes))

    def text(self, html: str, sizes: Sizes) -> SheetText:
        """Lay a poster out on an endless page and return its words and the lines they stand on."""
        return read_text(self._endless(html, sizes))

    def pdf(self, html: str, sizes: Sizes, sheet: Sheet | None = None, *, checked: bool = False) -> bytes:
        """Return a one-page PDF in DeviceCMYK, without the finish that print shops ask for.

        `checked`: raise TextMoved where the text does not stay in its place.
        """
        document = self._with_hanging_quotes(on_paper(html), sizes, sheet or self._sheet, checked=checked)
        with _listening():
            pdf: bytes = document.write_pdf(output_intent="device-cmyk", pdf_version="1.6")
        return pdf

    def tagged_pdf(self, html: str, sizes: Sizes, *, checked: bool = False) -> bytes:
        """Return a PDF with tags and links, in the colours as they are written; `checked` as in `pdf`."""
        document = self._with_hanging_quotes(html, sizes, self._sheet, checked=checked)
        with _listening():
            pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
        return pdf

    def _with_hanging_quotes(self, html: str, sizes: Sizes, sheet: Sheet, *, checked: bool) -> Untyped:
        document = self._laid_out(html, sizes, sheet, sheet.media[1])
        if checked and (len(document.pages) > 1 or _leaves_its_place(document.pages[0])):
            raise TextMoved
        for page in document.pages:
            hang_quotes(page)
        return document

    def _lay_out_endlessly(self, html: str, sizes: Sizes) -> Untyped:
        return self._laid_out(html, sizes, self._sheet, MEASURING_HEIGHT, ALONE).pages[0]

    def _parse(self, html: str) -> Untyped:
        return weasyprint.HTML(string=html, url_fetcher=self._fetcher)

    def _laid_out(self, html: str, sizes: Sizes, sheet: Sheet, height: float, extra: str = "") -> Untyped:
        with _listening():
            return self._parsed(html).render(
                font_config=self._configuration,
                stylesheets=[
                    self._css,
                    weasyprint.CSS(string=variables(sheet, sizes, height, self._drop) + extra),
                ],
            )


def _leaves_its_place(page: Untyped) -> bool:
    taken = measured(page)
    return taken.used > taken.available + ROUNDING


def variables(sheet: Sheet, sizes: Sizes, height: float, drop: float) -> str:
    """Return the style sheet that sets the sizes of one trial, on a page `height` mm high."""
    statement = sizes.statement or STATEMENT * sizes.body
    given = {
        "bleed": f"{sheet.bleed}mm",
        "left": f"{sheet.left}mm",
        "column": f"{sheet.column}mm",
        "half": f"{half(sizes.body):.3f}mm",
        "title": f"{sizes.title}pt",
        "body": f"{sizes.body}pt",
        "statement": f"{statement:.3f}pt",
        "tick": f"{min(sizes.body, TICK_PT)}pt",
        "statement-tick": f"{min(statement, TICK_PT):.3f}pt",
        "arrow": f"{_arrow(sizes.body, statement):.3f}pt",
        "caption": f"{caption(sizes.body)}pt",
        "address": f"{min(ADDRESS_PT, sizes.body)}pt",
        "gap": f"{sizes.gap:.3f}mm",
        "gap-right": f"{sizes.gap_right:.3f}mm",
        "at-head": "none" if sizes.below else "block",
        "picture-top": "auto" if sizes.below else ".26em",
        "picture-bottom": ".26em" if sizes.below else "auto",
        "drop": f"{drop:.3f}mm",
        "apart": "block",
    }
    named = "".join(f"--{name}: {value}; " for name, value in given.items())
    return f"@page {{ size: {sheet.media[0]}mm {height}mm }} :root {{ {named}{style_variables()} }}"


def _arrow(body: float, statement: float) -> float:
    """Return how far → hangs beside two columns, in points: as far as ✓, unless that is far from its text."""
    far = TICK * statement
    return min(far if far <= FARTHEST * body else ARROW * body, MARGIN_PT)


def _font_face(index: int, font: FontFile) -> str:
    return (
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight};'
        f' font-style: {font.style}; src: url("{_address(index)}") }}\n'
    )


@contextmanager
def _listening() -> Iterator[None]:
    """Turn what WeasyPrint only logs into an exception."""
    listener = _Listener()
    logging.getLogger("weasyprint").addHandler(listener)
    try:
        yield
    finally:
        logging.getLogger("weasyprint").removeHandler(listener)
    if listener.heard:
        raise WeasyPrintComplaint("\n".join(listener.heard))
