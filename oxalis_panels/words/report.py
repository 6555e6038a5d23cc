"""What was found and read, as text: diagnostics in the order of their repair, and counts."""

from collections.abc import Iterator, Sequence

from oxalis_panels.model.collection import Collection
from oxalis_panels.model.diagnostics import Diagnostic, sort_key
from oxalis_panels.words.catalogue import Catalogue
from oxalis_panels.words.drawing import Paint, draw, spoken, unpainted
from oxalis_panels.words.explanations import codes


def drawn(
    diagnostics: Sequence[Diagnostic],
    words: Catalogue,
    paint: Paint = unpainted,
    *,
    folder: str = "",
    form: str = "text",
) -> Iterator[str]:
    """Yield each diagnostic as text, or as `plain` sentences, in the order in which people repair them.

    The help of a warning is shown once: the tenth long sentence needs no other advice than the first.
    """
    helped: set[tuple[str, str]] = set()
    for diagnostic in sorted(diagnostics, key=sort_key):
        if form == "plain":
            yield spoken(diagnostic, words, folder)
            continue
        advice = (diagnostic.code, words.diagnostic(diagnostic.key, diagnostic.values)[1])
        repeated = diagnostic.severity == "warning" and advice in helped
        helped.add(advice)
        yield draw(diagnostic, words, paint, folder=folder, helped=not repeated)


TEXTS = frozenset({"wording", "typography", "spelling"})
"""Subjects of warnings that only those who write can correct: a build counts them, `check` shows them."""


def parted(diagnostics: Sequence[Diagnostic]) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Return what concerns those who build, and the warnings about texts, which do not."""
    if all(each.severity == "error" for each in diagnostics):
        return tuple(diagnostics), ()
    subjects = codes()
    in_full: list[Diagnostic] = []
    texts: list[Diagnostic] = []
    for each in diagnostics:
        is_text = each.severity == "warning" and subjects.get(each.code) in TEXTS
        (texts if is_text else in_full).append(each)
    return tuple(in_full), tuple(texts)


def counted(diagnostics: Sequence[Diagnostic], words: Catalogue) -> str:
    """Return how many errors and warnings there are; the empty string for none."""
    parts = [
        words.count(f"report.{severity}", number)
        for severity in ("error", "warning")
        if (number := sum(each.severity == severity for each in diagnostics))
    ]
    return ", ".join(parts)


def listed(collection: Collection, words: Catalogue) -> Iterator[str]:
    """Yield what was read: how many panels, findings and points, and the drafts left out."""
    findings = [finding for panel in collection.panels for finding in panel.findings]
    yield words.text(
        "report.read",
        panels=words.count("report.panel", len(collection.panels)),
        findings=len(findings),
        points=sum(len(finding.points) for finding in findings),
    )
    for path in collection.drafts:
        yield words.text("report.draft", path=path)
