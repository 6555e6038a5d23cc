"""The check of our own posters, as soon as each is finished."""

from __future__ import annotations

from oxalis_panels.preflight.expectations import Expectations
from oxalis_panels.preflight.inspection import inspect
from oxalis_panels.preflight.report import Fault


def check_poster(pdf: bytes, ask: Expectations) -> tuple[Fault, ...]:
    """Return what forbids to send a poster to the printer; nothing, if all is well."""
    return tuple(fault for fault in inspect(pdf, ask).faults if fault.severity == "error")
