"""The website of a collection, as files that are not written yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Diagnostic, Parsed
from oxalis_panels.messages import interface
from oxalis_panels.output import Artifact
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.rendering.figures import site_path, site_picture
from oxalis_panels.site.data import panels_json
from oxalis_panels.site.faces import font_files, needed
from oxalis_panels.site.finished import check_site
from oxalis_panels.site.pages import pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from oxalis_panels.model import Collection
    from oxalis_panels.rendering.folders import TemplateFolders
    from oxalis_panels.rendering.fonts import Font
    from oxalis_panels.rendering.palette import Palette

FOLDER = "site"
"""Where the site stands in the output folder."""
STYLE = "style.css"


@dataclass(frozen=True, slots=True)
class SiteInputs:
    """What a site is made of besides its text."""

    folders: TemplateFolders
    palette: Palette
    fonts: tuple[Font, ...]
    """All faces; the site takes those that its text needs."""
    posters: Mapping[str, int] = field(default_factory=dict)
    """Path inside the site and size in bytes of each file that the posters put there."""


def build_site(typeset: Collection, as_typed: Collection, inputs: SiteInputs) -> Parsed[tuple[Artifact, ...]]:
    """Return every file of the site: pages from the typeset text, `panels.json` from the text as typed.

    Errors: a dead link in a text or in a template, a mistake in a template, an id used twice, a picture
    without a description.
    """
    fonts = needed(inputs.fonts, typeset)
    rendered = _rendered(typeset, inputs, fonts)
    if rendered.value is None:
        return Parsed(None, rendered.diagnostics)
    texts = rendered.value
    files = {path: text.encode() for path, text in texts.items()}
    files |= dict(_figures(typeset))
    files |= dict(font_files(fonts)) | {"panels.json": panels_json(as_typed), ".nojekyll": b""}
    wrong = check_site(typeset, texts, frozenset((*files, *inputs.posters)), inputs.folders)
    artifacts = tuple(Artifact(PurePosixPath(FOLDER, path), data) for path, data in sorted(files.items()))
    return Parsed(None if wrong else artifacts, wrong)


def _figures(collection: Collection) -> Iterator[tuple[str, bytes]]:
    for panel in collection.panels:
        if panel.figure:
            yield site_path(panel.slug, panel.figure), site_picture(panel.figure)


def _rendered(collection: Collection, inputs: SiteInputs, fonts: tuple[Font, ...]) -> Parsed[dict[str, str]]:
    """Return the text of each page and of the style sheet."""
    words = interface(collection.settings.language)
    templates = Templates(inputs.folders, words)
    style = templates.render(f"site/{STYLE}", palette=inputs.palette, fonts=fonts)
    found = {STYLE: style}
    for page in pages(collection, inputs.palette, words, inputs.posters):
        found[page.path] = templates.render(page.template, **page.views)
    mistakes: list[Diagnostic] = []
    for one in found.values():  # a mistake in the base template is met again on every page
        mistakes += [each for each in one.diagnostics if each not in mistakes]
    texts = {path: one.value for path, one in found.items() if one.value is not None}
    return Parsed(None if mistakes else texts, tuple(mistakes))
