"""Exhibition panels: Markdown or YAML in, a static website and print posters out.

What `__all__` names is the public interface, shown at work in `docs/python.md`; whatever else is in here may
change at any time. Each name is loaded when it is first asked for: importing this package costs nothing.
"""

from importlib import import_module

TYPE_CHECKING = False  # known to editors and mypy under this name; `typing` takes a while to load
if TYPE_CHECKING:
    from oxalis_panels.inspection.file_reports import preflight
    from oxalis_panels.inspection.report import Fault, Item, Report
    from oxalis_panels.language.typography import TypographyError, typeset
    from oxalis_panels.model.collection import (
        Abbreviation,
        Accessibility,
        Break,
        Collection,
        Delivery,
        Emphasis,
        Figure,
        Finding,
        Inline,
        Legal,
        Link,
        Node,
        Panel,
        Paragraph,
        Point,
        Settings,
        Strong,
        Text,
        plain,
    )
    from oxalis_panels.model.diagnostics import Allowance, Diagnostic, Parsed, Repair, Severity, Source, Span
    from oxalis_panels.pipeline.build import BuildReport, build
    from oxalis_panels.pipeline.check import Checked, check, review
    from oxalis_panels.pipeline.request import Request
    from oxalis_panels.words.catalogue import Catalogue, catalogue
    from oxalis_panels.words.drawing import draw

__version__ = "0.1.0.dev0"

__all__ = ["build", "check", "preflight", "review", "typeset"]
__all__ += ["BuildReport", "Checked", "Fault", "Item", "Report", "Request", "TypographyError"]
__all__ += ["Abbreviation", "Accessibility", "Collection", "Delivery", "Figure", "Finding", "Legal", "Panel"]
__all__ += ["Break", "Emphasis", "Inline", "Link", "Node", "Paragraph", "Point", "Settings", "Strong", "Text"]
__all__ += ["Allowance", "Diagnostic", "Parsed", "Repair", "Severity", "Source", "Span"]
__all__ += ["Catalogue", "catalogue", "draw", "plain"]

HELD = {
    "oxalis_panels.pipeline.check": "Checked check review",
    "oxalis_panels.model.diagnostics": "Allowance Diagnostic Parsed Repair Severity Source Span",
    "oxalis_panels.words.drawing": "draw",
    "oxalis_panels.words.catalogue": "Catalogue catalogue",
    "oxalis_panels.model.collection": "Abbreviation Accessibility Break Collection Delivery Emphasis Figure "
    "Finding Inline Legal Link Node Panel Paragraph Point Settings Strong Text plain",
    "oxalis_panels.pipeline.build": "BuildReport build",
    "oxalis_panels.inspection.file_reports": "preflight",
    "oxalis_panels.inspection.report": "Fault Item Report",
    "oxalis_panels.pipeline.request": "Request",
    "oxalis_panels.language.typography": "TypographyError typeset",
}
HOME = {name: module for module, names in HELD.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Load a public name from the module that holds it (PEP 562)."""
    if name not in HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(HOME[name]), name)


def __dir__() -> list[str]:
    """Return the public names, those not yet loaded too."""
    return sorted({*globals(), *__all__})
