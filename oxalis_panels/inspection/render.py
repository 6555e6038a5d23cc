"""Reports as text, as JSON and as a page of HTML."""

import json
from collections.abc import Iterator, Sequence
from textwrap import wrap

from oxalis_panels.inspection.report import MOST_FAULTS, Fault, Item, Report, Result
from oxalis_panels.model.diagnostics import Parsed
from oxalis_panels.model.value import value
from oxalis_panels.rendering.environment import Templates
from oxalis_panels.words.catalogue import Catalogue

RESULT: dict[str, Result] = {"error": "failure", "warning": "warning"}
TEMPLATE = "preflight/report.html"
WIDTHS = (10, 30, 34, 34)
"""Columns of the table in text: result, check, asked, found. Longer cells go on below."""
LINE = 96
"""Longest line of a remark."""


@value
class Row:
    """One line of the table."""

    result: Result
    label: str
    """The result in a word."""
    name: str
    """What was checked."""
    asked: str
    found: str
    """Empty where there was nothing to check."""


@value
class Remark:
    """One thing to be corrected or looked at."""

    result: Result
    label: str
    message: str
    help: str
    """What to do about it."""
    place: str
    """Where; empty for the file as a whole."""


@value
class ReportView:
    """A report in words."""

    result: Result
    title: str
    """The first line: the file and the verdict."""
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...]
    note: str
    """That it is a check and not a certification."""


def view(report: Report, words: Catalogue) -> ReportView:
    """Put a report into words."""
    result: Result = "failure" if report.failed else "warning" if report.faults else "ok"
    return ReportView(
        result=result,
        title=words.text("preflight.title", name=report.name, verdict=_verdict(report, words)),
        rows=tuple(_row(item, words) for item in report.items),
        remarks=tuple(_remarks(report, words)),
        note=words.text("preflight.not_certified"),
    )


def _verdict(report: Report, words: Catalogue) -> str:
    if report.unreadable:
        return words.text("preflight.unreadable")
    doubts = report.number("warning")
    return words.text(
        f"preflight.{'refused' if report.failed else 'conform'}{'_doubts' if doubts else ''}",
        profile=report.profile,
        faults=words.count("preflight.faults", report.number("error")),
        doubts=words.count("preflight.doubts", doubts),
    )


def _row(item: Item, words: Catalogue) -> Row:
    key = f"preflight.check.{item.check}"
    return Row(
        result=item.result,
        label=words.text(f"preflight.result.{item.result}"),
        name=words.text(f"{key}.name"),
        asked=words.text(f"{key}.asked", **item.asked),
        found=words.text(f"{key}.found", **item.found) if item.applies else "",
    )


def _remarks(report: Report, words: Catalogue) -> Iterator[Remark]:
    groups = [item.faults for item in report.items] or [report.faults]
    for faults in groups:
        worst_first = sorted(faults, key=lambda fault: fault.severity)
        for fault in worst_first[:MOST_FAULTS]:
            yield _remark(fault, words)
        omitted = worst_first[MOST_FAULTS:]
        if omitted:
            result = RESULT[omitted[0].severity]
            label = words.text(f"preflight.result.{result}")
            yield Remark(result, label, words.count("preflight.omitted", len(omitted)), "", "")


def _remark(fault: Fault, words: Catalogue) -> Remark:
    message, mending = words.diagnostic(fault.key, fault.values)
    result = RESULT[fault.severity]
    return Remark(result, words.text(f"preflight.result.{result}"), message, mending, _place(fault, words))


def _place(fault: Fault, words: Catalogue) -> str:
    if fault.place is None:
        return ""
    where = words.text("preflight.place", page=fault.place.page, x=fault.place.x, y=fault.place.y)
    more = f", {words.count('preflight.elsewhere', fault.count - 1)}" if fault.count > 1 else ""
    return where + more


def render_reports(
    reports: Sequence[Report], form: str, words: Catalogue, templates: Templates
) -> Parsed[str]:
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
            yield from _table_row([row.label, row.name, row.asked, row.found])
    if report.remarks:
        yield ""
        yield words.text("preflight.heading_faults")
        for remark in report.remarks:
            yield ""
            yield from _remark_lines(remark)
    yield ""
    yield from wrap(report.note, LINE)


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
