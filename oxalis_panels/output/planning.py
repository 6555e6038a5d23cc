"""What has to change on the disk: found by comparing bytes, never times; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

from oxalis_panels.diagnostics import Parsed, warning
from oxalis_panels.frozen import frozen
from oxalis_panels.output.artifact import Artifact, refuse_clashes
from oxalis_panels.output.failure import place
from oxalis_panels.output.manifest import Manifest
from oxalis_panels.output.survey import Survey


@frozen
class Plan:
    """What a build does to its output folder; making one costs nothing but reading."""

    create: tuple[Artifact, ...]
    update: tuple[Artifact, ...]
    """Files of ours whose bytes differ."""
    remove: tuple[PurePosixPath, ...]
    """Files of ours that are no longer made and are still as we left them."""
    keep: tuple[PurePosixPath, ...]
    """Files that already have the right bytes; they and their times stay as they are."""
    before: Manifest
    after: Manifest
    """What this program owns once the plan is carried out."""

    @property
    def changes(self) -> bool:
        """Whether anything is to be written or removed, the manifest included."""
        return bool(self.create or self.update or self.remove or self.before != self.after)


def everything(_path: PurePosixPath) -> bool:
    """Return True: the scope of a full build."""
    return True


def plan(
    folder: Path,
    artifacts: Iterable[Artifact],
    manifest: Manifest,
    *,
    scope: Callable[[PurePosixPath], bool] = everything,
    withdrawn: Mapping[PurePosixPath, tuple[str, ...]] | None = None,
) -> Parsed[Plan]:
    """Compare `artifacts` with what stands in `folder`; no value if something that is not ours is in the way.

    `scope` tells which paths this run makes completely: a file that is no longer made is removed only
    there, or where it is `withdrawn`: with each of those come the panels that are gone, to be told of a file
    that somebody has changed and that therefore stays.
    Raises ValueError when two artifacts cannot both exist.
    """
    made = sorted(artifacts, key=lambda artifact: str(artifact.path))
    refuse_clashes(artifact.path for artifact in made)
    survey = Survey(folder, manifest, withdrawn or {})
    if manifest.damaged:
        survey.say(warning("output-manifest-unreadable", place(folder)))
    survey.sort_stale({artifact.path for artifact in made}, scope)
    for artifact in made:
        survey.judge(artifact)
    if any(diagnostic.severity == "error" for diagnostic in survey.diagnostics):
        return Parsed(None, survey.diagnostics)
    return Parsed(_plan(survey), survey.diagnostics)


def _plan(survey: Survey) -> Plan:
    return Plan(
        create=tuple(survey.create),
        update=tuple(survey.update),
        remove=tuple(sorted(survey.removable)),
        keep=tuple(artifact.path for artifact in survey.keep),
        before=survey.before,
        after=Manifest(survey.after),
    )
