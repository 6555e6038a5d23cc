"""A report in words: what text, HTML and JSON all show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen
from oxalis_panels.preflight.report import MOST_FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oxalis_panels.messages import Catalogue
    from oxalis_panels.preflight.report import Fault, Item, Report, Result

RESULT: dict[str, Result] = {"error": "failure", "warning": "warning"}


@frozen
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


@frozen
class Remark:
    """One thing to be mended or looked at."""

    result: Result
    label: str
    message: str
    help: str
    """What to do about it."""
    place: str
    """Where; empty for the file as a whole."""


@frozen
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
