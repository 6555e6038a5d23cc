"""What has to change on the disk: found by comparing bytes, never times; nothing is written here."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath

from oxalis_panels.model.diagnostics import Diagnostic, Parsed, error, warning
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.output.manifest import Entry, Manifest, digest
from oxalis_panels.pipeline.output.standing import Kind, PathState, content, contents, look, read
from oxalis_panels.reading.files import folded_name
from oxalis_panels.rendering.artifact import Artifact, refuse_clashes
from oxalis_panels.system.failure import place, reason, refused

IN_THE_WAY = {
    Kind.FILE: "output-in-the-way.file",
    Kind.FOLDER: "output-in-the-way.folder",
    Kind.LINK: "output-in-the-way.link",
    Kind.OTHER: "output-in-the-way.foreign",
}


@value
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


def plan(
    folder: Path,
    artifacts: Iterable[Artifact],
    manifest: Manifest,
    *,
    scope: Callable[[PurePosixPath], bool] = lambda _: True,
    withdrawn: Mapping[PurePosixPath, tuple[str, ...]] | None = None,
) -> Parsed[Plan]:
    """Compare `artifacts` with what stands in `folder`; no value if something that is not ours is in the way.

    `scope` says which paths this run makes completely: a file that is no longer made is removed only there,
    or where it is `withdrawn`: each of those comes with the panels that are gone, for the warning about a
    file that stays because somebody has changed it. Raises ValueError when two artifacts cannot both exist.
    """
    made = sorted(artifacts, key=lambda artifact: str(artifact.path))
    refuse_clashes(artifact.path for artifact in made)
    survey = Survey(folder, manifest, withdrawn or {})
    if manifest.damaged:
        survey.add(warning("output-manifest-unreadable", place(folder)))
    survey.sort_stale({artifact.path for artifact in made}, scope)
    for artifact in made:
        survey.judge(artifact)
    if any(diagnostic.severity == "error" for diagnostic in survey.diagnostics):
        return Parsed(None, survey.diagnostics)
    planned = Plan(
        create=tuple(survey.create),
        update=tuple(survey.update),
        remove=tuple(sorted(survey.removable)),
        keep=tuple(artifact.path for artifact in survey.keep),
        before=survey.before,
        after=Manifest(survey.after, manifest.engines),
    )
    return Parsed(planned, survey.diagnostics)


class Survey:
    """What a look at the output folder has found so far."""

    def __init__(
        self, folder: Path, manifest: Manifest, withdrawn: Mapping[PurePosixPath, tuple[str, ...]]
    ) -> None:
        """Know what is ours, and what of it is `withdrawn`; look at nothing yet."""
        self.folder = folder
        self.before = manifest
        self.withdrawn = withdrawn
        self.owned = dict(manifest.files)
        """What is ours, under the paths of this build where only case or Unicode form differ."""
        self.after: dict[PurePosixPath, Entry] = {}
        """What will be ours."""
        self.create: list[Artifact] = []
        self.update: list[Artifact] = []
        self.keep: list[Artifact] = []
        self.removable: set[PurePosixPath] = set()
        self.stale: set[PurePosixPath] = set()
        """Paths of ours that this run no longer makes, whatever stands there."""
        self._found: dict[tuple[str, str], Diagnostic] = {}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that was found."""
        return tuple(self._found.values())

    def add(self, diagnostic: Diagnostic) -> None:
        """Note a diagnostic, once: many files may be behind one symbolic link."""
        self._found.setdefault((diagnostic.key, diagnostic.span.source.path), diagnostic)

    def sort_stale(self, made: set[PurePosixPath], scope: Callable[[PurePosixPath], bool]) -> None:
        """Find what this run no longer makes and may remove; keep what belongs to another run."""
        folded = {folded_name(path): path for path in made}
        for path, entry in self.before.files.items():
            if path in made:
                continue
            twin = folded.get(folded_name(path))
            if path not in self.withdrawn and not scope(path):
                self.after[path] = entry
            elif twin and self._same_file(path, twin):
                self.owned.setdefault(twin, entry)
            else:
                self._judge_stale(path, entry)

    def judge(self, artifact: Artifact) -> None:
        """Decide what happens to one artifact. A refusal of the system is reported once for all files."""
        try:
            action = self._action(artifact)
        except OSError as failure:
            refusal = refused(self.folder, artifact.path, failure)
            self._found.setdefault((refusal.key, ""), refusal)
            return
        if action is not None:
            action.append(artifact)
            self.after[artifact.path] = Entry(
                digest(artifact.data), artifact.made_from, panels=artifact.panels
            )

    def _judge_stale(self, path: PurePosixPath, entry: Entry) -> None:
        self.stale.add(path)
        try:
            state = look(self.folder, path)
            data = read(self.folder, path)
        except OSError as failure:
            self.after[path] = entry
            self.add(warning("output-left.unreadable", place(self.folder, path), reason=reason(failure)))
            return
        if data is not None and digest(data) in entry.digests:
            self.removable.add(path)
        elif state.kind in {Kind.LINK, Kind.OTHER} or state == PathState(Kind.FILE, path):
            self.add(self._kept(path))

    def _kept(self, path: PurePosixPath) -> Diagnostic:
        panels = self.withdrawn.get(path)
        if panels:
            return warning("output-left.withdrawn", place(self.folder, path), panels=panels)
        return warning("output-left.changed", place(self.folder, path))

    def _same_file(self, one: PurePosixPath, other: PurePosixPath) -> bool:
        """Whether two names that differ in case or Unicode form are one file, as on macOS and Windows."""
        try:
            return (self.folder / one).samefile(self.folder / other)
        except OSError:
            return False

    def _action(self, artifact: Artifact) -> list[Artifact] | None:
        state = look(self.folder, artifact.path)
        if state == PathState(Kind.FILE, artifact.path):
            return self._compare(artifact)
        if state.kind is Kind.NOTHING or self._gives_way(state):
            return self.create
        where = place(self.folder, state.path)
        self.add(error(IN_THE_WAY[state.kind], where, wanted=(self.folder / artifact.path).as_posix()))
        return None

    def _compare(self, artifact: Artifact) -> list[Artifact] | None:
        data = content(self.folder / artifact.path)
        if data == artifact.data:
            return self.keep
        where = place(self.folder, artifact.path)
        entry = self.owned.get(artifact.path)
        if entry is None:
            self.add(error("output-in-the-way.foreign", where))
            return None
        if data is None or digest(data) not in entry.digests:
            self.add(warning("output-changed-remade", where))
        return self.update

    def _gives_way(self, state: PathState) -> bool:
        """Whether what is in the way is nothing but files of ours that are removed, and their folders."""
        if state.kind is Kind.FILE:
            return state.path in self.removable
        if state.kind is not Kind.FOLDER:
            return False
        folders, others = contents(self.folder, state.path)
        parents = {parent for path in self.stale for parent in path.parents}
        return folders <= parents and others <= self.removable
