"""The collection as data: `panels.json`, for other programs and for the archive."""

from __future__ import annotations

import json

from oxalis_panels.model import Collection, Finding, Panel, plain
from oxalis_panels.texts import texts

HELD = frozenset(
    {
        "settings.title",
        "panels.title",
        "panels.paragraphs.text",
        "panels.findings.text",
        "panels.findings.points.text",
    }
)
"""The texts that are in it."""
LEFT_OUT = frozenset(
    {"subtitle", "organisation", "period", "authors", "glossary", "delivery", "legal", "accessibility"}
    | {"short_title", "figure"}
)
"""The others: its form is public, and nothing comes into it, or stays out, but by decision."""


def panels_json(collection: Collection) -> bytes:
    """Return the plain text of a collection, as typed by its authors when it is not typeset yet; UTF-8.

    `{title, panels: [{slug, number, title, paragraphs: [...], findings: [{text, points: [...]}]}]}`; a title
    that the authors did not write is the empty string. A LookupError says that the model has a text of which
    nobody has decided yet.
    """
    if unknown := {each.key for each in texts(collection, without=LEFT_OUT)} - HELD:
        wrong = f"in panels.json or left out of it? {', '.join(sorted(unknown))}"
        raise LookupError(wrong)
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
