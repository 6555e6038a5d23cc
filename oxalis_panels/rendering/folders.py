"""Where templates, style sheets and the palette are read from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from oxalis_panels.bounded import TEMPLATE, read_bytes
from oxalis_panels.diagnostics import Diagnostic, Source
from oxalis_panels.frozen import frozen
from oxalis_panels.rendering.own_templates import TEXT, check_own

PACKAGE = Path(__file__).resolve().parents[1]


def shipped_templates() -> Path:
    """Return the folder of the templates that come with the program: in its wheel, or in its checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


@frozen
class TemplateFolders:
    """Template folders in order of precedence: a project's own file replaces the shipped one of that name."""

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
        """Whether the project has posters of its own design, which may hold more text or less."""
        return self.own is not None and (self.own / "poster").is_dir()

    def check(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the files of a project's own templates, before they are used."""
        return tuple(check_own(self.own, self.folders[-1])) if self.own else ()

    def sources(self, room: str) -> Iterator[tuple[Source, ...]]:
        """Yield the texts of one room, a project's own first; what they replace is left out."""
        seen: set[str] = set()
        for folder in self.folders:
            paths = [
                path for path in sorted((folder / room).rglob("*")) if path.suffix in TEXT and path.is_file()
            ]
            names = [path.relative_to(folder).as_posix() for path in paths]
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
