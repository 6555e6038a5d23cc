"""Reports as text, as JSON and as a page of HTML."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING

from oxalis_panels.diagnostics import Parsed
from oxalis_panels.preflight.views import view

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oxalis_panels.messages import Catalogue
    from oxalis_panels.preflight.report import Fault, Report
    from oxalis_panels.preflight.views import Remark, ReportView, Row
    from oxalis_panels.rendering.environment import Templates

TEMPLATE = "preflight/report.html"
WIDTHS = (10, 30, 34, 34)
"""Columns of the table in text: result, check, asked, found. Longer cells go on below."""
LINE = 96
"""Longest line of a remark."""


def told(reports: Sequence[Report], form: str, words: Catalogue, templates: Templates) -> Parsed[str]:
    """Return all reports in one text of a form in `FORMATS`. Errors: a mistake in a template of one's own."""
    if form == "json":
        return Parsed(
            json.dumps([_data(each, words) for each in reports], ensure_ascii=False, indent=2) + "\n"
        )
    views = [view(each, words) for each in reports]
    if form == "html":
        return templates.render(TEMPLATE, reports=views, language=words.language)
    return Parsed("\n".join("\n".join(lines(each, words)) + "\n" for each in views))


def lines(report: ReportView, words: Catalogue) -> Iterator[str]:
    """Yield a report as lines of text."""
    yield report.title
    if report.rows:
        yield ""
        headings = [words.text(f"preflight.heading_{each}") for each in ("result", "check", "asked", "found")]
        yield from _table_row(headings)
        yield "  ".join("─" * width for width in WIDTHS)
        for row in report.rows:
            yield from _table_row(_cells(row))
    if report.remarks:
        yield ""
        yield words.text("preflight.heading_faults")
        for remark in report.remarks:
            yield ""
            yield from _remark_lines(remark)
    yield ""
    yield from wrap(report.note, LINE)


def _cells(row: Row) -> list[str]:
    return [row.label, row.name, row.asked, row.found]


def _table_row(cells: list[str]) -> Iterator[str]:
    columns = [wrap(cell, width, break_on_hyphens=False) for cell, width in zip(cells, WIDTHS, strict=True)]
    for number in range(max(map(len, columns))):
        parts = [column[number] if number < len(column) else "" for column in columns]
        yield "  ".join(part.ljust(width) for part, width in zip(parts, WIDTHS, strict=True)).rstrip()


def _remark_lines(remark: Remark) -> Iterator[str]:
    yield from wrap(f"{remark.label} — {remark.message}", LINE, subsequent_indent="  ")
    for text in (remark.help, remark.place):
        yield from wrap(text, LINE, initial_indent="  ", subsequent_indent="  ")


def _data(report: Report, words: Catalogue) -> dict[str, object]:
    """Return a report for programs: codes and numbers, with the words beside them."""
    shown = view(report, words)
    return {
        "file": report.name,
        "profile": words.value(report.profile),
        "result": shown.result,
        "title": shown.title,
        "checks": [
            {
                "check": item.check,
                "result": item.result,
                "asked": row.asked,
                "found": row.found,
                "faults": [_fault(fault, words) for fault in item.faults],
            }
            for item, row in zip(report.items, shown.rows, strict=True)
        ],
        "unreadable": _fault(report.faults[0], words) if report.unreadable else None,
        "note": shown.note,
    }


def _fault(fault: Fault, words: Catalogue) -> dict[str, object]:
    message, mending = words.diagnostic(fault.key, fault.values)
    place = fault.place
    return {
        "code": fault.code,
        "case": fault.key.partition(".")[2] or None,
        "severity": fault.severity,
        "message": message,
        "help": mending,
        "place": None if place is None else {"page": place.page, "x_mm": place.x, "y_mm": place.y},
        "count": fault.count,
    }
