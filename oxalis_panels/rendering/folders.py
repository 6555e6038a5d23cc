"""The folders of templates, style sheets and palette, and the mistakes in a project's own files."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error, warning
from oxalis_panels.model.value import value
from oxalis_panels.rendering.style_mistakes import style_mistakes
from oxalis_panels.system.bounded import TEMPLATE, files_below, read_bytes, read_error

PACKAGE = Path(__file__).resolve().parents[1]
TEXT = frozenset({".html", ".css", ".toml", ".svg", ".txt", ".xml"})
PLAIN_STYLES = frozenset({"poster/poster.css", "poster/screen.css"})
"""Style sheets that are not Jinja templates."""
NEAR = 0.7
"""Similarity of names, from 0 to 1, from which an unknown file counts as a misspelt template."""
IGNORED_ENDS = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig")
IGNORED_NAMES = frozenset({"readme", "readme.md", "readme.txt", "license", "thumbs.db", "desktop.ini"})


def shipped_templates() -> Path:
    """Return the folder of the templates that come with the program: in its wheel, or in its checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


@value
class TemplateFolders:
    """Template folders in order of precedence: a project's file replaces the shipped one of the same name."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, project: Path) -> TemplateFolders:
        """Return the folders for the project in `project`."""
        own, shipped = project / "templates", shipped_templates()
        return cls((own, shipped) if own.is_dir() and own.resolve() != shipped else (shipped,))

    @property
    def own(self) -> Path | None:
        """The project's own folder, if it has one."""
        return self.folders[0] if len(self.folders) > 1 else None

    @property
    def own_posters(self) -> bool:
        """Whether the project has posters of its own design, which may have room for more text or less."""
        return self.own is not None and (self.own / "poster").is_dir()

    def check(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the files of a project's own templates, before they are used."""
        return tuple(check_own(self.own, self.folders[-1])) if self.own else ()

    def sources(self, subfolder: str) -> Iterator[tuple[Source, ...]]:
        """Yield the templates below `site`, `poster` …, a project's own first, without those they replace."""
        seen: set[str] = set()
        for folder in self.folders:
            found = files_below(folder / subfolder).items()
            kept = [name for name, path in found if path.suffix in TEXT and not is_ignored(path, folder)]
            names = [f"{subfolder}/{name}" for name in kept]
            yield tuple(Source(f"templates/{name}", self.read(name)) for name in names if name not in seen)
            seen.update(names)

    def find(self, name: str) -> Path:
        """Return the file called `name`. Raises FileNotFoundError when no folder has it."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise FileNotFoundError(name)

    def read(self, name: str) -> str:
        """Return the text of the file called `name`. Raises OSError, also for one far too large."""
        text = read_bytes(self.find(name), TEMPLATE).decode()
        return text.replace("\r\n", "\n").replace("\r", "\n")


def check_own(own: Path, shipped: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with the files of a project's own templates, before any of them is used."""
    known = frozenset(files_below(shipped))
    texts: dict[str, str] = {}
    unknown: list[str] = []
    for path in sorted(own.rglob("*")):
        name = path.relative_to(own).as_posix()
        if is_ignored(path, own):
            continue
        if path.is_dir():
            if name in known:
                yield error("file-special.template-folder", _place(name))
            continue
        if path.suffix in TEXT:
            yield from _read(path, name, texts)
        if name not in known:
            unknown.append(name)
        elif path.suffix != ".toml" and not texts.get(name, "x").strip():  # a palette has its own error
            yield (warning if name.endswith(".css") else error)("template-empty", _place(name))
    yield from _unused(unknown, texts, known)
    for name in sorted(PLAIN_STYLES & texts.keys()):
        yield from style_mistakes(Source(f"templates/{name}", texts[name]))


def is_ignored(path: Path, own: Path) -> bool:
    """Return whether a file is obviously no template: notes, hidden files, backups of editors."""
    parts, name = path.relative_to(own).parts, path.name.lower()
    return any(part.startswith(".") for part in parts) or name in IGNORED_NAMES or name.endswith(IGNORED_ENDS)


def _read(path: Path, name: str, texts: dict[str, str]) -> Iterator[Diagnostic]:
    try:
        texts[name] = read_bytes(path, TEMPLATE).decode()
    except ValueError:
        yield error("encoding.template", _place(name))
    except OSError as failure:
        yield read_error(failure, _place(name))


def _unused(unknown: list[str], texts: dict[str, str], known: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield a warning for each file that replaces no template and that no template names."""
    for name in unknown:
        others = (text for other, text in texts.items() if other != name)
        if any(name in text for text in others):
            continue
        near = _nearest(name, known)
        if near:
            yield warning("template-needless.misspelt", _place(name), nearest=near)
        else:
            yield warning("template-needless.other", _place(name), known=tuple(sorted(known)))


def _nearest(name: str, known: frozenset[str]) -> str | None:
    """Return the template with the most similar name, preferably in the same folder."""
    own = name.rpartition("/")[2]
    called = {each.rpartition("/")[2] for each in known}
    near = set(get_close_matches(own, called, 3, NEAR))
    candidates = sorted(each for each in known if each.rpartition("/")[2] in near)
    return next(iter(get_close_matches(name, candidates, 1, 0)), None)


def _place(name: str) -> Span:
    return Span(Source(f"templates/{name}"))
