"""Where a review goes: to the screen, to a file of one's own, or into the output folder."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from oxalis_panels.comparing.reviewing import look_through
from oxalis_panels.comparing.text import as_text
from oxalis_panels.comparing.versions import usable_templates
from oxalis_panels.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.frozen import frozen
from oxalis_panels.messages.system import reason
from oxalis_panels.output import Artifact, commit, load_manifest, lock, plan
from oxalis_panels.output.sources import replace, sweep
from oxalis_panels.poster.trials import CACHE

if TYPE_CHECKING:
    from pathlib import Path

    from oxalis_panels.comparing.reviewing import Progress, Question
    from oxalis_panels.comparing.views import Review
    from oxalis_panels.messages import Catalogue

FOLDER = "relecture"
"""Where reviews stand in the output folder."""
Form = Literal["text", "html", "pdf"]
ENDS: dict[str, Form] = {".txt": "text", ".html": "html", ".htm": "html", ".pdf": "pdf"}
SOURCES = ("panels", "templates", "printers", "messages")
"""Folders of a project that people write: no review goes there."""


@frozen
class Answer:
    """What the command says."""

    text: str
    """For the standard output; a review as text, or one line that says where it is."""
    diagnostics: tuple[Diagnostic, ...] = ()
    failed: bool = False


def form_of(report: Path | None, asked: Form | None, project: Path) -> Parsed[Form]:
    """Return the form of a review. Errors: a file whose name says none, or that stands among the sources."""
    if report is None:
        return Parsed(asked or "text")
    span, place = Span(Source(str(report))), report.resolve()
    if any(place.is_relative_to((project / name).resolve()) for name in SOURCES):
        return Parsed(None, (error("diff-report-place", span),))
    form = asked or ENDS.get(report.suffix.lower())
    return Parsed(form) if form else Parsed(None, (error("diff-report-form", span),))


def answer(
    question: Question, form: Form, report: Path | None, words: Catalogue, progress: Progress
) -> Answer:
    """Review, and write or return what was found."""
    reviewed = look_through(question, words, progress)
    if reviewed.value is None:
        return Answer("", reviewed.diagnostics, failed=True)
    made = _made(reviewed.value, question, form, words)
    told = reviewed.diagnostics + made.diagnostics
    if made.value is None:
        return Answer("", told, failed=True)
    if form == "text" and report is None:
        return Answer(made.value.decode(), told)
    if report is not None:
        refusal = _save(report, made.value)
        return Answer(_said(report.as_posix(), refusal, words), (*told, *refusal), failed=bool(refusal))
    review = reviewed.value
    path = PurePosixPath(FOLDER, f"{FOLDER}-{review.before.key}-{review.after.key}.{form}")
    panels = dict.fromkeys((panel.slug for panel in (*review.panels, *review.posters)), "")
    refusal = _keep(question.output, Artifact(path, made.value, panels=panels))
    shown = (question.output / path).as_posix()
    return Answer(_said(shown, refusal, words), (*told, *refusal), failed=bool(refusal))


def _said(path: str, refusal: tuple[Diagnostic, ...], words: Catalogue) -> str:
    return "" if refusal else words.text("compare.made", path=path) + "\n"


def _made(review: Review, question: Question, form: Form, words: Catalogue) -> Parsed[bytes]:
    if form == "text":
        return Parsed(as_text(review, words).encode())
    from oxalis_panels.comparing.pages import as_page, as_paper  # noqa: PLC0415 - Jinja, for pages alone

    folders, cache = usable_templates(question.project).value, question.output / CACHE / "fonts"
    assert folders is not None  # noqa: S101 - at least those of the program
    if form == "pdf":
        return as_paper(review, folders, words, cache)
    page = as_page(review, folders, words, cache)
    return Parsed(None if page.value is None else page.value.encode(), page.diagnostics)


def _keep(output: Path, artifact: Artifact) -> tuple[Diagnostic, ...]:
    """Put a review into the output folder, beside those that are there; return what hindered it."""
    with lock(output) as refused:
        if refused:
            return refused
        planned = plan(output, [artifact], load_manifest(output), scope=lambda _path: False)
        if planned.value is None:
            return tuple(each for each in planned.diagnostics if each.severity == "error")
        return tuple(each for each in commit(output, planned.value) if each.severity == "error")


def _save(report: Path, data: bytes) -> tuple[Diagnostic, ...]:
    """Write a file, all of it or nothing; return what hindered it."""
    try:
        sweep(report.resolve().parent)
        replace(report, data)
    except OSError as failure:
        return (error("file-unwritten.review", Span(Source(str(report))), reason=reason(failure)),)
    return ()
