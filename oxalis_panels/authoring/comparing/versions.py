"""One version of a project → what of it can be compared, through the same check as everywhere."""

import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from oxalis_panels.authoring.comparing.checkout import FOLDERS, LARGEST, copy_version
from oxalis_panels.authoring.comparing.repository import Commit, Repository
from oxalis_panels.model.collection import Collection, Settings
from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error, warning
from oxalis_panels.model.value import value
from oxalis_panels.pipeline.check import Checked, check
from oxalis_panels.reading.files import TEMPLATES, YAML, check_others
from oxalis_panels.rendering.folders import TemplateFolders, shipped_templates
from oxalis_panels.rendering.palette import load_palette
from oxalis_panels.system.bounded import read_bytes
from oxalis_panels.system.failure import reason

EMPTY = Collection(Settings(), (), ())
NO_PANELS = frozenset({"folder-missing.read", "folder-empty"})
STAND_INS = dict.fromkeys(YAML, "title: …\nfindings:\n  - …\n")
STAND_IN = "# …\n\n- ✓ …\n"
"""In the place of a panel with mistakes, so that the others keep their numbers."""
ROUNDS = 4
"""Mistakes may hide others: so often what has some is taken away."""


@value
class Version:
    """A version of a project as it can be compared."""

    commit: Commit | None
    """None: the files as they stand in the folder."""
    collection: Collection
    """Typeset; stand-ins among its panels for those that could not be read."""
    checked: Checked | None
    """The same with its looks, as long as its folder stands; None when it has no panels."""
    unread: frozenset[str]
    """Paths of the files with mistakes: `panels/03-offre.md`."""


def usable_templates(project: Path) -> tuple[TemplateFolders, tuple[Diagnostic, ...]]:
    """Return the templates that all versions are shown with: the project's as they stand.

    With mistakes among them, which are warnings, they are left out for those that come with the program.
    """
    folders = TemplateFolders.of(project)
    found = check_others(project, (TEMPLATES,)) or folders.check() + load_palette(folders).diagnostics
    wrong = any(each.severity == "error" for each in found)
    told = tuple(replace(each, severity="warning") for each in found)
    return (TemplateFolders((shipped_templates(),)) if wrong else folders), told


def read_old(
    repository: Repository, commit: Commit, folder: Path, templates: TemplateFolders
) -> Parsed[Version]:
    """Return the project at a commit, copied into an empty folder; its mistakes are warnings.

    Its own templates are neither copied nor run: they are code, of whoever wrote that version.
    """
    told = copy_version(repository, commit, folder)
    if any(each.severity == "error" for each in told):
        return Parsed(None, told)
    version = _readable(folder, templates, check(folder, templates=templates), commit)
    return Parsed(version.value, told + tuple(_dated(each, commit) for each in version.diagnostics))


def read_present(project: Path, folder: Path, templates: TemplateFolders) -> Parsed[Version]:
    """Return the project as it stands; only if it has mistakes it is copied into the empty folder."""
    checked = check(project, templates=templates)
    if checked.value is not None:
        return Parsed(Version(None, checked.value.typeset, checked.value, frozenset()))
    if any(each.key in NO_PANELS for each in checked.diagnostics):
        return Parsed(None, checked.diagnostics)
    try:
        for name in FOLDERS:
            if (project / name).is_dir():
                _copy_folder(project / name, folder / name)
    except OSError as failure:
        found = error("diff-cannot-copy", Span(Source(str(project))), reason=reason(failure))
        return Parsed(None, (found,))
    return _readable(folder, templates, checked, None)


def _copy_folder(source: Path, target: Path, around: tuple[Path, ...] = ()) -> None:
    """Copy files and folders, and what links lead to; what cannot be read has been reported already."""
    within = (*around, source.resolve())
    target.mkdir(parents=True, exist_ok=True)
    for each in source.iterdir():
        if each.is_dir():
            if each.resolve() not in within:  # links may lead in a circle
                _copy_folder(each, target / each.name, within)
            continue
        data = b""
        with suppress(OSError):
            data = read_bytes(each, LARGEST)
        (target / each.name).write_bytes(data)


def _readable(
    folder: Path, templates: TemplateFolders, checked: Parsed[Checked], commit: Commit | None
) -> Parsed[Version]:
    """Take away what has mistakes until the rest can be read; the mistakes become warnings."""
    found: list[Diagnostic] = []
    unread: set[str] = set()
    for _ in range(ROUNDS):
        errors = [each for each in checked.diagnostics if each.severity == "error"]
        if checked.value is not None or any(each.key in NO_PANELS for each in errors):
            break
        told = (replace(each, severity="warning") for each in errors)
        found += (each for each in told if each not in found)
        wrong = {each.span.source.path for each in errors}
        unread |= {path for path in wrong if _replace(folder, path, again=path in unread)}
        checked = check(folder, templates=templates)
    if checked.value is None:
        if not all(each.key in NO_PANELS for each in checked.diagnostics if each.severity == "error"):
            return Parsed(None, checked.diagnostics)
        name = commit.short if commit else "panels"
        found.append(warning("diff-no-panels", Span(Source(name))))
    typeset = checked.value.typeset if checked.value else EMPTY
    return Parsed(Version(commit, typeset, checked.value, frozenset(unread)), tuple(found))


def _replace(folder: Path, path: str, *, again: bool) -> bool:
    """Put a stand-in where a panel has mistakes; take away all else that has some."""
    file = folder / path
    if file.is_dir():
        shutil.rmtree(file, ignore_errors=True)
    elif again or not path.startswith("panels/") or file.stem == "collection":
        file.unlink(missing_ok=True)
    else:
        file.write_text(STAND_INS.get(file.suffix, STAND_IN), encoding="utf-8")
    return path.startswith("panels/")


def _dated(diagnostic: Diagnostic, commit: Commit) -> Diagnostic:
    """Return a mistake at its place in an old version, as git writes it: `a1b2c3d:panels/03-offre.md`."""
    source = diagnostic.span.source
    if source.path == commit.short:
        return diagnostic
    span = replace(diagnostic.span, source=Source(f"{commit.short}:{source.path}", source.text))
    return replace(diagnostic, span=span)
