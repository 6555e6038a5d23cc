"""Wrong projects kept as folders, and what a run of the command line says of each."""

import shutil
from pathlib import Path

from click.testing import CliRunner

from oxalis_panels.cli.main import cli

GOLDEN = Path(__file__).parent / "diagnostics"
KEPT = ("expected.txt", "command.txt")


def folders() -> list[str]:
    """Return the codes that have a folder here."""
    return sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


def project_of(code: str, place: Path, fonts: Path | None = None, home: Path = GOLDEN) -> Path:
    """Copy the wrong project of a code into an empty folder; the fonts of posters need not be made again."""
    shutil.copytree(home / code, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*KEPT))
    if fonts and not (place / "output").is_file():
        (place / "output" / ".cache").mkdir(parents=True)
        (place / "output" / ".cache" / "fonts").symlink_to(fonts)
    return place


def command_of(code: str) -> list[str]:
    """Return the command that finds the mistake: `check`, or what `command.txt` says."""
    asked = GOLDEN / code / "command.txt"
    return asked.read_text(encoding="utf-8").split() if asked.is_file() else ["check"]


def said(code: str) -> str:
    """Return what the command says to the person who edits, in the current folder."""
    return CliRunner().invoke(cli, command_of(code)).stderr
