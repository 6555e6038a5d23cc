"""Where templates, style sheets and the palette are read from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def shipped_templates() -> Path:
    """Return the folder of the templates that come with the program: in its wheel, or in its checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


@dataclass(frozen=True, slots=True)
class TemplateFolders:
    """Template folders in order of precedence: a project's own file replaces the shipped one of that name."""

    folders: tuple[Path, ...]

    @classmethod
    def of(cls, project: Path) -> TemplateFolders:
        """Return the folders for the project in `project`."""
        own, shipped = project / "templates", shipped_templates()
        return cls((own, shipped) if own.is_dir() and own.resolve() != shipped else (shipped,))

    def find(self, name: str) -> Path:
        """Return the file called `name`. Raises FileNotFoundError when no folder has it."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise FileNotFoundError(name)

    def read(self, name: str) -> str:
        """Return the text of the file called `name`."""
        return self.find(name).read_text(encoding="utf-8")
