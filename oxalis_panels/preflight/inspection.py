"""A PDF held against what is asked of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oxalis_panels.preflight.checks import CHECKS
from oxalis_panels.preflight.reading import read
from oxalis_panels.preflight.report import Fault, Item, Report
from oxalis_panels.preflight.survey import Unreadable

if TYPE_CHECKING:
    from oxalis_panels.preflight.expectations import Expectations
    from oxalis_panels.preflight.survey import Survey

PLAIN = re.compile(r"[A-Za-z0-9._-]+")
"""A file name that survives every server, e-mail and operating system."""


def inspect(pdf: bytes, ask: Expectations, name: str = "") -> Report:
    """Return what is right and wrong about a PDF. Never raises, whatever the bytes are."""
    found = read(pdf)
    if isinstance(found, Unreadable):
        return unreadable(found, ask.printer.label, name)
    return judge(found, ask, name)


def judge(survey: Survey, ask: Expectations, name: str = "") -> Report:
    """Return what is right and wrong about a PDF that has been read; `name` is that of its file."""
    items = tuple(check(survey, ask) for check in CHECKS)
    return Report(name, ask.printer.label, items + ((check_name(name),) if name else ()))


def unreadable(found: Unreadable, profile: str, name: str) -> Report:
    """Return the report on a file that is no PDF, or no longer one."""
    return Report(name, profile, (), found.code)


def check_name(name: str) -> Item:
    """Letters without accents, digits, hyphens: what print shops ask of file names."""
    faults = () if PLAIN.fullmatch(name) else (Fault("preflight-name", {"found": name}, "warning"),)
    return Item("name", {}, {"found": name}, faults)
