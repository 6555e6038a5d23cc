"""What a check says, as data: its words are in the message catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Literal

from oxalis_panels.model.diagnostics import Diagnostic, Severity, Span, code_of
from oxalis_panels.model.value import value

Result = Literal["ok", "warning", "failure", "none"]
"""`none`: there was nothing to check."""
MOST_FAULTS = 8
"""Faults listed one by one under one check."""


@value
class Place:
    """Where on the sheet."""

    page: int
    """From 1."""
    x: float
    """In mm from the left edge of the finished sheet."""
    y: float
    """In mm from its upper edge."""


@value
class Fault:
    """One thing that is wrong, or doubtful."""

    key: str
    """Of its words among the diagnostics: `preflight-bleed`."""
    values: Mapping[str, object]
    """What the words name."""
    severity: Severity = "error"
    place: Place | None = None
    """Where it is found first."""
    count: int = 1
    """How many times it is found."""

    @property
    def code(self) -> str:
        """What it is called in the report."""
        return code_of(self.key)


@value
class Item:
    """One line of the report."""

    check: str
    """Its name: `boxes`."""
    asked: Mapping[str, object]
    """What the words of the demand name."""
    found: Mapping[str, object] = field(default_factory=dict)
    """What the words of the finding name."""
    faults: tuple[Fault, ...] = ()
    applies: bool = True

    @property
    def result(self) -> Result:
        """How it went."""
        if not self.applies:
            return "none"
        severities = {fault.severity for fault in self.faults}
        return "failure" if "error" in severities else "warning" if severities else "ok"


@value
class Report:
    """All that is known of one file."""

    name: str
    """Of the file."""
    profile: str
    """For people: the label of the printer it was held against, `Words` if it is one of ours."""
    items: tuple[Item, ...]
    """In the order of checking; empty when the file could not be read."""
    unreadable: str = ""
    """Why the file could not be read, as a diagnostic."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All faults, in order."""
        if self.unreadable:
            return (Fault(self.unreadable, {}),)
        return tuple(fault for item in self.items for fault in item.faults)

    def number(self, severity: Severity) -> int:
        """Count the faults of a severity; the same one in many places is one."""
        return sum(fault.severity == severity for fault in self.faults)

    @property
    def failed(self) -> bool:
        """Whether the file must not be sent to the printer."""
        return self.number("error") > 0


def as_diagnostics(faults: Iterable[Fault], span: Span) -> tuple[Diagnostic, ...]:
    """Return the faults of a poster as mistakes at the panel that it shows."""
    return tuple(Diagnostic(fault.key, span, fault.values, fault.severity) for fault in faults)


def gathered(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Make one of faults that say the same of different places; the first place stays."""
    found: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        found.setdefault((fault.key, repr(sorted(fault.values.items()))), []).append(fault)
    return tuple(replace(same[0], count=sum(each.count for each in same)) for same in found.values())
