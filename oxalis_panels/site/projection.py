"""The slides: every panel, for projection at the assembly."""

from collections.abc import Iterator

from oxalis_panels.model.collection import Collection, Panel, Text, plain
from oxalis_panels.model.value import value
from oxalis_panels.rendering.inline_html import NOTHING, Html, html
from oxalis_panels.rendering.views import CollectionView, FindingView, PanelView
from oxalis_panels.site.fitting import Block, block, fitting, fitting_beside
from oxalis_panels.site.steps import Step, beginning, steps
from oxalis_panels.words.catalogue import Catalogue

COVER, TITLE, TEXT = 22.0, 13.5, 10.0
"""Largest size of the first title, of the others, and of other text, in percent of the screen's height."""
PICTURE, BESIDE = 50, 5.5
"""Height reserved for a picture, and the largest size of the text around it, in percent of the screen."""


@value
class SlidePointView:
    """A → on a slide."""

    number: int
    """Position under its ✓, from 1."""
    text: Html


@value
class SlideView:
    """One screen of a panel."""

    identifier: str
    """In the address: `offre`, `offre_2`."""
    sizes: str
    """Classes that give its text the largest size at which it fits."""
    kind: str
    """`opener` (number and title), `introduction`, `finding` or `picture`."""
    upcoming: str
    """What the next slide is about, in words."""
    paragraphs: tuple[Html, ...] = ()
    finding: int = 0
    """Number of the ✓ that it is about; 0 for none."""
    check: FindingView | None = None
    """The ✓ (its `lead` and its `rest`), on the slide that says it."""
    said: Html = NOTHING
    """The beginning of the ✓, on a slide with more of its → or with the picture."""
    points: tuple[SlidePointView, ...] = ()


@value
class SlidesView:
    """The slides of a panel."""

    panel: PanelView
    called: Html
    """Name of the panel above its text."""
    slides: tuple[SlideView, ...]


@value
class ProjectionView:
    """The whole projection."""

    cover: str
    """Classes that give the first slide its sizes."""
    first: str
    """What comes after the first slide, in words."""
    overview: str
    """Classes that give the last slide, with the titles of all panels, its sizes."""
    panels: tuple[SlidesView, ...]


def projection(collection: Collection, site: CollectionView, words: Catalogue) -> ProjectionView:
    """Return the projection of a typeset collection; `site` is its view, with links as on this page."""
    series = _Series(words, tuple(_called(panel, words) for panel in site.panels))
    entries = tuple(block("entry", panel.plain_title) for panel in site.panels)
    return ProjectionView(
        cover=fitting(_cover(collection, site), COVER),
        first=series.after(0),
        overview=fitting((block("section", words.text("site.objectives")), *entries), TEXT),
        panels=tuple(
            SlidesView(seen, html((Text(series.called[seen.number - 1]),)), tuple(series.slides(panel, seen)))
            for panel, seen in zip(collection.panels, site.panels, strict=True)
        ),
    )


def _called(panel: PanelView, words: Catalogue) -> str:
    return f"{panel.number}. {panel.short_title if panel.own_title else words.text('site.introduction')}"


def _cover(collection: Collection, site: CollectionView) -> tuple[Block, ...]:
    settings = collection.settings
    under = (settings.subtitle, (*settings.organisation, Text(" · "), *settings.period))
    return (block("title", site.plain_title), *(block("under", plain(text, "\n")) for text in under if text))


@value
class _Series:
    """What the slides of all panels share."""

    words: Catalogue
    called: tuple[str, ...]
    """What each panel is called above its text."""

    def after(self, number: int) -> str:
        """Return what comes after panel `number`."""
        return (*self.called, self.words.text("site.objectives"))[number]

    def slides(self, panel: Panel, seen: PanelView) -> Iterator[SlideView]:
        """Yield the slides of a panel."""
        found = steps(panel, self.called[seen.number - 1])
        upcoming = [*(_about(step, self.words) for step in found), self.after(seen.number)]
        if seen.own_title:
            yield SlideView(seen.slug, fitting(self._title(panel, seen), TITLE), "opener", upcoming[0])
        for number, step in enumerate(found, 1 + seen.own_title):
            identifier = f"{seen.slug}_{number}" if number > 1 else seen.slug
            running = block("running", self.called[seen.number - 1])
            yield _slide(step, panel, seen, running, identifier, upcoming[number - seen.own_title])

    def _title(self, panel: Panel, seen: PanelView) -> tuple[Block, ...]:
        position = self.words.text("site.position", n=seen.number, count=len(self.called))
        return (
            block("of", position),
            block("number", str(seen.number)),
            block("title", plain(panel.title, "\n")),
        )


def _slide(  # noqa: PLR0913, PLR0917 - all that a slide shows
    step: Step, panel: Panel, seen: PanelView, running: Block, identifier: str, upcoming: str
) -> SlideView:
    if step.figure:
        said = _beginning(panel, step.finding) if step.finding is not None else NOTHING
        sizes = fitting_beside(step.blocks, step.below, running, BESIDE, PICTURE)
        return SlideView(identifier, sizes, "picture", upcoming, said=said)
    sizes = fitting(step.blocks, TEXT, running)
    if step.finding is None:
        paragraphs = seen.paragraphs[step.paragraphs.start : step.paragraphs.stop]
        return SlideView(identifier, sizes, "introduction", upcoming, paragraphs)
    finding = seen.findings[step.finding]
    return SlideView(
        identifier,
        sizes,
        "finding",
        upcoming,
        finding=finding.number,
        check=finding if step.fresh else None,
        said=NOTHING if step.fresh else _beginning(panel, step.finding),
        points=tuple(SlidePointView(number + 1, finding.points[number]) for number in step.points),
    )


def _beginning(panel: Panel, finding: int) -> Html:
    return html((Text(beginning(panel.findings[finding].text)),))


def _about(step: Step, words: Catalogue) -> str:
    """Return what a step is about."""
    if step.figure:
        return words.text("site.picture")
    if step.finding is None:
        return words.text("site.introduction")
    finding = words.text("site.finding", n=step.finding + 1)
    return finding if step.fresh else words.text("site.continued", what=finding)
