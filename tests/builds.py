"""What the tests of whole builds share: small projects, and the command line run as a person runs it."""

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, chdir
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner, Result

from oxalis_panels import __version__
from oxalis_panels.cli.main import cli
from oxalis_panels.model.diagnostics import Diagnostic, Parsed
from oxalis_panels.pipeline.build import BuildReport, build
from oxalis_panels.pipeline.check import check
from oxalis_panels.pipeline.request import Request
from oxalis_panels.poster.composing import Order, PosterInputs, compose
from oxalis_panels.rendering.fonts import characters, load_fonts, load_marks_font
from oxalis_panels.system import workers
from oxalis_panels.words.catalogue import catalogue
from oxalis_panels.words.drawing import draw

ROOT = Path(__file__).parent.parent
TOLD = Path(__file__).parent / "told"
SHORT = "# Un titre court\n\n- ✓ Un constat assez court,\n  - → et son premier point.\n"
WRONG_LINES = "# Un titre\n\n- → point sans constat\n"
"""A panel with one mistake, on its third line."""
FRENCH = catalogue("fr")
SILENT = ("OXALIS_PANELS_LANG", "NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH", "COLUMNS")
"""Variables of the person who runs the tests that would change what the program says or makes."""


@dataclass(frozen=True)
class Built:
    """The eight real posters and the site, built once for all tests by the command line."""

    output: Path
    stdout: str
    stderr: str

    @property
    def posters(self) -> list[Path]:
        """The print files in the order of the series."""
        return sorted((self.output / "print").iterdir())

    @property
    def fonts(self) -> Path:
        """The folder where the fonts are that every project of plain French needs."""
        return self.output / ".cache" / "fonts"

    def lend_fonts(self, project: Path) -> Path:
        """Spare a project the making of its fonts; return it."""
        (project / "output" / ".cache").mkdir(parents=True, exist_ok=True)
        (project / "output" / ".cache" / "fonts").symlink_to(self.fonts)
        return project


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a command: this one's, freed of what would change the outcome, and more."""
    kept = {name: value for name, value in os.environ.items() if name not in SILENT}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **variables}


def command(*arguments: str | Path, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `oxalis-panels` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "oxalis_panels", *map(str, arguments)],
        cwd=cwd,
        env=environment(variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def run_here(*arguments: str | Path, cwd: Path = ROOT, **variables: str) -> Result:
    """Run `oxalis-panels` in this process, where it does not matter that a process begins and ends."""
    with in_this_process(), chdir(cwd):
        done = CliRunner().invoke(cli, [*map(str, arguments)], env={**dict.fromkeys(SILENT), **variables})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def write_project(folder: Path, **panels: str) -> Path:
    """Write a project whose panels have these slugs and texts, in this order; return its folder."""
    (folder / "panels").mkdir(parents=True, exist_ok=True)
    for number, (slug, text) in enumerate(panels.items(), 1):
        (folder / "panels" / f"{number:02}-{slug}.md").write_text(text, encoding="utf-8", newline="\n")
    return folder


def make_environment(home: Path, address: str) -> None:
    """Make a virtual environment with the program as if installed from an address, but for what starts it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(home)}))
    (packages / "ours.pth").write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    record = packages / f"oxalis_panels-{__version__}.dist-info"
    record.mkdir()
    (record / "METADATA").write_text(f"Metadata-Version: 2.1\nName: oxalis-panels\nVersion: {__version__}\n")
    (record / "direct_url.json").write_text(json.dumps({"url": address}))


def told(code: str) -> str:
    """Return what is said, word for word, of a mistake that no folder can hold: a repository, a full disk."""
    return (TOLD / f"{code}.txt").read_text(encoding="utf-8")


def drawn(diagnostics: Iterable[Diagnostic], place: Path) -> str:
    """Return what is said of mistakes, word for word; paths begin in the test's folder."""
    return "".join(f"{draw(each, FRENCH)}\n" for each in diagnostics).replace(f"{place.as_posix()}/", "")


def order_of(project: Path, fonts: Path) -> Parsed[Order]:
    """Return the jobs that make the posters of a faultless project."""
    checked = check(project).value
    assert checked is not None
    faces = load_fonts(characters(checked.typeset), fonts)
    return compose(
        checked.typeset, PosterInputs(checked.folders, checked.palette, faces, FRENCH, load_marks_font(fonts))
    )


def in_this_process() -> AbstractContextManager[object]:
    """Have posters laid out and made without other processes: to start them would take longer."""
    return patch.multiple(workers, MOST_PROCESSES=1, start_early=lambda _: None)


class Counter:
    """Counts the posters that a build makes."""

    def __init__(self) -> None:
        """Start at none."""
        self.made: list[str] = []

    def __call__(self, _done: int, _total: int, name: str) -> None:
        """Remember a poster that is done."""
        self.made.append(name)


def build_posters_of(project: Path, **options: object) -> tuple[BuildReport, list[str]]:
    """Build the posters of a project into its own `output/`; return the report and the slugs made."""
    counter = Counter()
    asked = {"site": False, **options}
    with in_this_process():
        report = build(Request(project, project / "output", **asked), counter)  # type: ignore[arg-type]
    return report, sorted(counter.made)


def said(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """Return the codes of diagnostics."""
    return [each.key for each in diagnostics]


def standing(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return the time and the bytes of every file below a folder, the lock left out.

    Compiled templates too: each is kept as soon as it is made, whatever becomes of the build.
    """
    paths = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }
    return {
        name: (path.stat().st_mtime_ns, path.read_bytes())
        for name, path in paths.items()
        if not name.startswith(".cache/templates/")
    }
