"""The command `diff`: two versions of a project → a review of what changed between them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from oxalis_panels import temporary
from oxalis_panels.comparing.changes import Changes
from oxalis_panels.comparing.checkout import templates_differ
from oxalis_panels.comparing.comparison import compare
from oxalis_panels.comparing.repository import Commit, Repository, find_commit, merge_base, open_repository
from oxalis_panels.comparing.summary import Compared, review, version_view
from oxalis_panels.comparing.versions import Version, read_old, read_present, usable_templates
from oxalis_panels.comparing.views import PosterComparison, Review
from oxalis_panels.diagnostics import Parsed, Source, Span, error
from oxalis_panels.frozen import frozen
from oxalis_panels.messages import Catalogue
from oxalis_panels.messages.system import reason
from oxalis_panels.model import Collection
from oxalis_panels.pipeline import unknown_panels
from oxalis_panels.reading.slugs import number_and_slug
from oxalis_panels.rendering.folders import TemplateFolders
from oxalis_panels.rendering.palette import load_palette

Progress = Callable[[int, int, str], None]


@frozen
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
    templates = usable_templates(question.project)
    assert templates.value is not None  # noqa: S101 - at least those of the program
    try:
        folder = tempfile.TemporaryDirectory(dir=temporary.folder(), ignore_cleanup_errors=True)
    except OSError as failure:
        span = Span(Source(str(question.project)))
        return Parsed(None, (error("diff-cannot-copy", span, reason=reason(failure)),))
    with folder as place:
        first, second = Path(place, "before"), Path(place, "after")
        before = _read(repository.value, commits.value[0], first, templates.value)
        after = _read(repository.value, commits.value[1], second, templates.value)
        found = templates.diagnostics + before.diagnostics + after.diagnostics
        if before.value is None or after.value is None:
            return Parsed(None, found)
        others = templates_differ(repository.value, *commits.value)
        both = _Both(before.value, after.value, templates.value, others)
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


@frozen
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
    assert palette is not None  # noqa: S101 - these templates are usable
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
    from oxalis_panels.comparing.looks import changed_looks  # noqa: PLC0415 - what draws, for pages alone

    return changed_looks(changes, before, after, question.output, progress)
