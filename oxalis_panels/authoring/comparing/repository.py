"""What git knows: revisions by their names, and the files of a project at one of them.

Nothing is checked out and nothing is written: objects are read, so the working tree, the index and the
attributes of the repository (`export-ignore`, line ends) play no part.
"""

import re
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from oxalis_panels.model.diagnostics import Diagnostic, Parsed, Source, Span, error
from oxalis_panels.model.value import value
from oxalis_panels.system.git import GitResult, run

OLDEST = (2, 15)
"""Version of git that first says whether a clone is shallow (2017)."""
NEAR = 0.5
"""How alike a wrong name and a branch's must be, of 1."""
MOST_NAMES = 12
"""Branches and tags that are named when none is near."""
FORMAT = "--format=tformat:%H%x00%h%x00%cI%x00%an%x00%s"


@value
class Repository:
    """A project's folder in its repository."""

    project: Path
    prefix: str
    """From the top of the repository to the project: empty or ending in `/`."""

    def ask(self, *arguments: str, given: bytes = b"") -> GitResult:
        """Ask git, in the project's folder. Raises OSError when there is no git."""
        return run(self.project, *arguments, given=given)


@value
class Commit:
    """A version that git keeps."""

    identifier: str
    short: str
    """The same in the fewest digits that git finds sure."""
    date: datetime
    """In the zone of whoever made it."""
    author: str
    subject: str
    """The first line of its message."""
    name: str
    """As the person named it: `main`, `HEAD~3`."""


def open_repository(project: Path) -> Parsed[Repository]:
    """Return the repository that holds a project. Errors: no git, an old one, no repository, no right."""
    span = Span(Source(project.resolve().name or str(project)))
    try:
        version = run(project, "--version")
    except OSError:
        return Parsed(None, (error("diff-git.missing", span),))
    found = re.search(r"(\d+)\.(\d+)", version.out.decode("utf-8", "replace"))
    if found and tuple(map(int, found.groups())) < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        return Parsed(None, (error("diff-git.old", span, found=found[0], wanted=wanted),))
    answer = Repository(project, "").ask("rev-parse", "--show-prefix")
    if answer.code:
        return Parsed(None, (_refused(answer, span),))
    prefix = answer.out.decode("utf-8", "surrogateescape").removesuffix("\n").removesuffix("\r")
    return Parsed(Repository(project, prefix))


def _refused(answer: GitResult, span: Span) -> Diagnostic:
    if "not a git repository" in answer.complaint:
        return error("diff-no-repository", span)
    if "dubious ownership" in answer.complaint:
        return error("diff-git-owner", span)
    return error("diff-git-refused", span, reason=answer.complaint or f"code {answer.code}")


def find_commit(repository: Repository, name: str) -> Parsed[Commit]:
    """Return the commit that a branch, a tag, a number or `HEAD~3` names. Errors: nothing is called so."""
    span = Span(Source(name))
    # A name that begins with a hyphen would be an option; no name holds a line's end.
    known = not name.startswith("-") and "\n" not in name and name != ""
    said = repository.ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") if known else None
    if said is None or said.code:
        return Parsed(None, (_unknown(repository, name, span),))
    identifier = said.out.decode().strip()
    shown = repository.ask("log", "-1", "--no-color", "--no-patch", FORMAT, identifier)
    if shown.code:
        return Parsed(None, (error("diff-git-refused", span, reason=shown.complaint),))
    identifier, short, date, author, subject = shown.out.decode("utf-8", "replace").rstrip("\n").split("\0")
    return Parsed(Commit(identifier, short, datetime.fromisoformat(date), author, subject, name))


def merge_base(repository: Repository, one: str, other: str) -> str | None:
    """Return the commit from which two branches parted, as git's `one...other` means it."""
    said = repository.ask("merge-base", one, other)
    return said.out.decode().strip() if said.code == 0 else None


def _unknown(repository: Repository, name: str, span: Span) -> Diagnostic:
    """Return what to tell of a name that git does not know: what was meant, or why it is not there."""
    if repository.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}").code:
        return error("diff-no-commit", span)
    said = repository.ask(
        "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes"
    )
    names = said.out.decode("utf-8", "replace").split("\n")[:-1]
    near = get_close_matches(name, names, 1, NEAR)
    if near:
        return error("diff-revision.misspelt", span, found=name, nearest=near[0])
    if repository.ask("rev-parse", "--is-shallow-repository").out.strip() == b"true":
        return error("diff-revision.shallow", span, found=name)
    return error("diff-revision.unknown", span, found=name, known=tuple(names[:MOST_NAMES]))
