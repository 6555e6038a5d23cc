"""The outline of a panel → the model, its inline text read and its parts checked."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Generic, TypeVar

from oxalis_panels.model.collection import Figure, Finding, Inline, Panel, Paragraph, Point, plain
from oxalis_panels.model.diagnostics import Allowance, Diagnostic, Source, Span, error
from oxalis_panels.model.texts import texts
from oxalis_panels.model.value import value
from oxalis_panels.reading.fields import Located, of_model
from oxalis_panels.reading.files import YAML, suffix
from oxalis_panels.reading.inline import read_inline
from oxalis_panels.reading.markdown_panel import read_markdown_panel
from oxalis_panels.reading.outline import FigureKeys, Header, Item, Outline
from oxalis_panels.reading.passage import abbreviated
from oxalis_panels.reading.slugs import LONGEST, fold, freed, is_valid, number_and_slug, reserved
from oxalis_panels.reading.yaml_panel import read_yaml_panel

T = TypeVar("T")
PLACEHOLDERS = {
    "fr": ("Premier constat, à remplacer", "Un point qui le précise, à remplacer ou à effacer"),
    "en": ("First finding, to be replaced", "A point that details it, to be replaced or deleted"),
}
"""For each language of the program a ✓ and a →."""
_ALL = frozenset(line for lines in PLACEHOLDERS.values() for line in lines)


def find_placeholders(panel: Panel) -> Iterator[Diagnostic]:
    """Yield an error for each line of a panel that is still as `new` wrote it."""
    for each in texts(panel):
        if plain(each.text) in _ALL:
            yield error("placeholder-left", each.span)


@value
class Entry(Generic[T]):
    """A panel or a page, and what decides its place among the others."""

    content: T
    order: int | None
    """From its front matter, or the number in its file name."""
    order_span: Span
    slug_span: Span
    draft: bool
    allow: tuple[Allowance, ...]
    """The warnings that its authors have decided to keep."""
    picture: str | None = None
    """The file that it names as its figure, whether it can be shown or not."""


def read_panel(source: Source, root: Path, colours: Collection[str], found: list[Diagnostic]) -> Entry[Panel]:
    """Read a whole file of the project in `root`; `colours` are the names for its `colour` (empty: any)."""
    read = read_yaml_panel if suffix(source.path) in YAML else read_markdown_panel
    outline = read(source, found)
    header = outline.header
    name = Span(Source(source.path))
    _, from_name = number_and_slug(source.path)
    title = outline.header.title or outline.title
    words = _title(outline, found)
    figure, picture = _figure(header.figure, source, root, found)
    short = read_inline(header.short_title, found) if header.short_title else ()
    panel = Panel(
        slug=read_slug(header.slug, from_name, name, found),
        number=0,
        title=words,
        short_title=short or words,
        paragraphs=tuple(Paragraph(read_inline(p, found), p.span) for p in outline.paragraphs),
        findings=tuple(_finding(item, found) for item in outline.findings),
        colour=_colour(header.colour, colours, found),
        span=title.span if title else Span(source),
        figure=figure,
        **of_model(header.rest, found),
    )
    for passage in outline.refused:
        read_inline(passage, found)
    if not (panel.paragraphs or panel.findings or outline.text_refused or header.broken or header.draft):
        found.append(error("panel-empty", panel.span))
    found += () if header.draft else find_placeholders(panel)
    return replace(entry_of(panel, header, source.path), picture=picture)


def entry_of(content: T, header: Header, path: str) -> Entry[T]:
    """Return what was read from a file, with the place that its header or its name gives it."""
    name = Span(Source(path))
    order = header.order.value if header.order else number_and_slug(path)[0]
    order_span = header.order.span if header.order else name
    slug_span = header.slug.span if header.slug else name
    allow = tuple(replace(each, path=path) for each in header.allow)
    return Entry(content, order, order_span, slug_span, header.draft, allow)


def _figure(
    keys: FigureKeys | None, source: Source, root: Path, found: list[Diagnostic]
) -> tuple[Figure | None, str | None]:
    """Return the picture of a panel, and the path that names it, whether it can be shown or not."""
    if keys is None:
        return None, None
    from oxalis_panels.reading.figure import figure_path, read_figure  # noqa: PLC0415 - loads Pillow

    path = figure_path((root / source.path).parent, keys.file.value) if keys.file else None
    return read_figure(keys, source, root, found), path


def _title(outline: Outline, found: list[Diagnostic]) -> Inline:
    """Return the title: the front matter's before the heading's; an introduction needs none."""
    heading = read_inline(outline.title, found) if outline.title else ()
    header = outline.header
    if header.title:
        given = read_inline(header.title, found)
        if not given:
            found.append(error("title-empty.panel", header.title.span))
        return given
    if not heading and not header.introduction and not outline.title_refused:
        code = "title-missing.yaml" if suffix(outline.source.path) in YAML else "title-missing.markdown"
        found.append(error(code, _first_words(outline)))
    return heading


def _first_words(outline: Outline) -> Span:
    """Return where a title was expected: above the line of the first words of the panel."""
    firsts = [*outline.paragraphs[:1], *(item.text for item in outline.findings[:1])]
    if not firsts:
        return Span(outline.source)
    span, text = firsts[0].span, outline.source.text
    line = text.rfind("\n", 0, span.start) + 1
    blank = len(text[line : span.start]) - len(text[line : span.start].lstrip())
    return Span(outline.source, line + blank, span.end)


def _finding(item: Item, found: list[Diagnostic]) -> Finding:
    points = tuple(Point(read_inline(point, found), point.span) for point in item.points)
    return Finding(read_inline(item.text, found), points, item.text.span)


def read_slug(given: Located[str] | None, from_name: str, name: Span, found: list[Diagnostic]) -> str:
    """Return the address; when it is no address, say so and return what comes nearest."""
    if given is None:
        if not from_name:
            found.append(error("slug-missing", name))
        elif by := reserved(from_name):
            found.append(error("slug-reserved.name", name, slug=from_name, by=by))
        return from_name
    if not is_valid(given.value):
        guess = freed(fold(given.value)) or "budget"
        code = "slug-invalid.long" if len(given.value) > LONGEST else "slug-invalid.panel"
        found.append(error(code, given.span, slug=abbreviated(given.value), guess=guess, longest=LONGEST))
    elif by := reserved(given.value):
        found.append(error("slug-reserved.header", given.span, slug=given.value, by=by))
    return given.value


def _colour(given: Located[str] | None, colours: Collection[str], found: list[Diagnostic]) -> str | None:
    if given is None or not colours or given.value in colours:
        return given.value if given else None
    found.append(
        error("colour-unknown", given.span, found=abbreviated(given.value), known=", ".join(sorted(colours)))
    )
    return None
