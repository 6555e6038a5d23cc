"""The collection as data: `panels.json`, for other programs and for the archive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from oxalis_panels.model import plain

if TYPE_CHECKING:
    from oxalis_panels.model import Collection, Finding, Panel


def panels_json(collection: Collection) -> bytes:
    """Return the plain text of a collection, as typed by its authors when it is not typeset yet; UTF-8.

    `{title, panels: [{slug, number, title, paragraphs: [...], findings: [{text, points: [...]}]}]}`; a title
    that the authors did not write is the empty string.
    """
    tree = {"title": plain(collection.settings.title), "panels": [_panel(each) for each in collection.panels]}
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()


def _panel(panel: Panel) -> dict[str, object]:
    return {
        "slug": panel.slug,
        "number": panel.number,
        "title": plain(panel.title),
        "paragraphs": [plain(paragraph.text) for paragraph in panel.paragraphs],
        "findings": [_finding(finding) for finding in panel.findings],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {"text": plain(finding.text), "points": [plain(point.text) for point in finding.points]}
