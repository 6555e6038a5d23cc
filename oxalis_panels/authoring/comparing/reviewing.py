"""The command `diff`: two versions of a project → a review of what changed between them.

It goes to the screen, to a file of one's own, or into the output folder.
"""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Literal

from oxalis_panels.authoring import sources
from oxalis_panels.authoring.comparing.changes import Changes
from oxalis_panels.authoring.comparing.checkout import templates_differ
from oxalis_panels.authoring.comparing.comparison import compare
from oxalis_panels.authoring.comparing.render import as_page, as_paper, as_text
from oxalis_panels.authoring.comparing.repository import (
    Commit,
    Repository,
    find_commit,
    merge_base,
    open_repository,
)
from oxalis_panels.authoring.comparing.summary import Compared, review, version_view
from oxalis_panels.authoring.comparing.versions import Version, read_old, read_present, usable_templates
from oxalis_panels.authoring.comparing.views import PosterComparison, Review
from oxalis_panels.model.collection import Collection
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.build import unknown_panels
from oxalis_panels.pipeline.output.manifest import load_manifest
from oxalis_panels.pipeline.output.planning import plan
from oxalis_panels.pipeline.output.writing import commit
from oxalis_panels.poster.trials import CACHE
from oxalis_panels.reading.files import SOURCES
from oxalis_panels.reading.slugs import number_and_slug
from oxalis_panels.rendering.artifact import Artifact
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.palette import load_palette
from oxalis_panels.system import temporary
from oxalis_panels.system.failure import reason
from oxalis_panels.system.locking import lock
from oxalis_panels.words.catalogue import Catalogue

Progress = Callable[[int, int, str], None]
FOLDER = "relecture"
"""Where reviews stand in the output folder."""
Form = Literal["text", "html", "pdf"]
ENDS: dict[str, Form] = {".txt": "text", ".html": "html", ".htm": "html", ".pdf": "pdf"}


@value
class Question:
    """What the person asks."""

    project: Path
    revisions: tuple[str, ...]
    """None: the last commit and the files in the folder; one: it and the files; two."""
    today: datetime
    panels: frozenset[str] = frozenset()
    """Slugs; empty: all."""
    posters: bool = False
    """Whether pictures of the posters are wanted."""

    @property
    def output(self) -> Path:
        """The output folder, where pictures of posters are."""
        return self.project / "output"


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
) -> Parsed[str]:
    """Review, and return it as text, or one line that says where it was written."""
    reviewed = look_through(question, words, progress)
    if reviewed.value is None:
        return Parsed(None, reviewed.diagnostics)
    made = _made(reviewed.value, question, form, words)
    told = reviewed.diagnostics + made.diagnostics
    if made.value is None:
        return Parsed(None, told)
    if form == "text" and report is None:
        return Parsed(made.value.decode(), told)
    if report is not None:
        place, refusal = report, _save(report, made.value)
    else:
        whole = reviewed.value
        path = PurePosixPath(FOLDER, f"{FOLDER}-{whole.before.key}-{whole.after.key}.{form}")
        panels = dict.fromkeys((panel.slug for panel in (*whole.panels, *whole.posters)), "")
        place = question.output / path
        refusal = _keep(question.output, Artifact(path, made.value, panels=panels))
    said = words.text("compare.made", path=place.as_posix()) + "\n"
    return Parsed(None if refusal else said, (*told, *refusal))


def _made(review: Review, question: Question, form: Form, words: Catalogue) -> Parsed[bytes]:
    if form == "text":
        return Parsed(as_text(review, words).encode())
    (folders, _), cache = usable_templates(question.project), question.output / CACHE / "fonts"
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
        found = commit(output, planned.value) if planned.value else planned.diagnostics
        return tuple(each for each in found if each.severity == "error")


def _save(report: Path, data: bytes) -> tuple[Diagnostic, ...]:
    """Write a file, all of it or nothing; return what hindered it."""
    try:
        sources.sweep(report.resolve().parent)
        sources.replace(report, data)
    except OSError as failure:
        return (error("file-unwritten.review", Span(Source(str(report))), reason=reason(failure)),)
    return ()


def look_through(question: Question, words: Catalogue, progress: Progress) -> Parsed[Review]:
    """Return the review. Errors: no repository, an unknown version, a project that cannot be read at all.

    Mistakes in a version are warnings: what can be read is compared. Nothing of the project is touched;
    pictures of posters are kept in the cache of the output folder.
    """
    repository = open_repository(question.project)
    if repository.value is None:
        return Parsed(None, repository.diagnostics)
    commits = _commits(repository.value, question.revisions)
    if commits.value is None:
        return Parsed(None, commits.diagnostics)
    templates, found = usable_templates(question.project)
    try:
        folder = tempfile.TemporaryDirectory(dir=temporary.folder(), ignore_cleanup_errors=True)
    except OSError as failure:
        span = Span(Source(str(question.project)))
        return Parsed(None, (error("diff-cannot-copy", span, reason=reason(failure)),))
    with folder as place:
        first, second = Path(place, "before"), Path(place, "after")
        before = _read(repository.value, commits.value[0], first, templates)
        after = _read(repository.value, commits.value[1], second, templates)
        found += before.diagnostics + after.diagnostics
        if before.value is None or after.value is None:
            return Parsed(None, found)
        others = templates_differ(repository.value, *commits.value)
        both = _Both(before.value, after.value, templates, others)
        done = _reviewed(question, both, words, progress)
        return Parsed(done.value, found + done.diagnostics)


def _commits(repository: Repository, revisions: tuple[str, ...]) -> Parsed[tuple[Commit, Commit | None]]:
    """Return what is compared with what; None: the files in the folder. `a..b` and `a...b` are as git's."""
    names = revisions or ("HEAD",)
    one, dots, other = names[0].partition("...") if "..." in names[0] else names[0].partition("..")
    if len(names) == 1 and dots:
        names = (one or "HEAD", other or "HEAD")
    found = [find_commit(repository, name) for name in names]
    told = tuple(each for parsed in found for each in parsed.diagnostics)
    commits = [each.value for each in found if each.value is not None]
    if told or len(commits) != len(names):
        return Parsed(None, told)
    if len(revisions) == 1 and dots == "...":
        base = merge_base(repository, *(commit.identifier for commit in commits))
        if base is None:
            return Parsed(None, (error("diff-no-merge-base", Span(Source(revisions[0]))),))
        start = find_commit(repository, base)
        return Parsed((start.value, commits[1]) if start.value else None, start.diagnostics)
    return Parsed((commits[0], commits[1] if len(commits) > 1 else None))


@value
class _Both:
    """Two versions that are compared."""

    before: Version
    after: Version
    templates: TemplateFolders
    """Of both."""
    others: bool
    """Whether they had other ones, each its own."""


def _read(
    repository: Repository, commit: Commit | None, folder: Path, templates: TemplateFolders
) -> Parsed[Version]:
    if commit is None:
        return read_present(repository.project, folder, templates)
    return read_old(repository, commit, folder, templates)


def _reviewed(question: Question, both: _Both, words: Catalogue, progress: Progress) -> Parsed[Review]:
    before, after = both.before, both.after
    unread = before.unread | after.unread
    old, new = (_readable(version.collection, unread) for version in (before, after))
    changes = compare(old, new)
    slugs = [panel.slug for change in changes.panels for panel in (change.before, change.after) if panel]
    unknown = unknown_panels(question.panels, list(dict.fromkeys(slugs)))
    if unknown:
        return Parsed(None, unknown)
    changes = _chosen(changes, question.panels)
    posters = _posters(question, changes, before, after, progress)
    if any(each.severity == "error" for each in posters.diagnostics):
        return Parsed(None, posters.diagnostics)
    palette = load_palette(both.templates).value
    assert palette is not None
    first, second = (version_view(version.commit, question.today, words) for version in (before, after))
    compared = Compared(old, new, changes, posters.value or (), sorted(unread), both.others)
    return Parsed(review(compared, (first, second), palette, words), posters.diagnostics)


def _readable(collection: Collection, unread: frozenset[str]) -> Collection:
    """Return a collection without the panels that cannot be read in one of the versions."""
    slugs = {number_and_slug(path)[1] for path in unread}
    kept = tuple(
        panel
        for panel in collection.panels
        if panel.span.source.path not in unread and panel.slug not in slugs
    )
    return replace(collection, panels=kept)


def _chosen(changes: Changes, panels: frozenset[str]) -> Changes:
    """Return what changed in some panels; in all of them, and in the settings, if none is named."""
    if not panels:
        return changes
    kept = [
        change
        for change in changes.panels
        if any(panel and panel.slug in panels for panel in (change.before, change.after))
    ]
    return Changes((), tuple(kept))


def _posters(
    question: Question, changes: Changes, before: Version, after: Version, progress: Progress
) -> Parsed[tuple[PosterComparison | None, ...]]:
    if not question.posters:
        return Parsed((None,) * len(changes.panels))
    from oxalis_panels.authoring.comparing.looks import changed_looks  # noqa: PLC0415 - what draws, for pages alone

    return changed_looks(changes, before, after, question.output, progress)
