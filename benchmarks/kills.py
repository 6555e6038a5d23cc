"""What is lost when commands are killed (SIGKILL): all but the first two columns are to be 0.

    .venv/bin/python benchmarks/kills.py [SEED]

kills `build --site`, `new --renumber`, `fmt` and `import` 330 times at random moments, 70 times while they
move files, and once right before each call by which the last three rename, link, unlink or make a folder.
After each it counts the texts that have no name or two, and the files that are half written; then it runs the
command again, and counts what that did not complete and what it left over. Linux and macOS only.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from needs import NOT_READY

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

try:
    from kills import killed_after, killed_at, killed_in_moves, run, seconds_of_moves
except ModuleNotFoundError as missing:
    sys.exit(f"{missing}. {NOT_READY}")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Files = dict[str, bytes]
    Kill = Callable[[Path, Sequence[str]], bool]

RANDOM, AIMED = 330, 70
COMMANDS = {
    "build": ["build", "--site"],
    "new": ["new", "Entre deux", "--number", "1", "--renumber"],
    "fmt": ["fmt"],
    "import": ["import", "texte.txt"],
}
PANELS = "01-introduction.md", "02-budget.md", "03-offre.md", "04-equipe.md"
DOCUMENT = "# Nos lieux\n\n✓ un\n→ deux\n\n# Nos outils\n\n✓ trois\n\n# Nos métiers\n\n✓ quatre\n"
LATE = 20
"""Tries to kill a command before it ends, for each kill that is asked for."""
COUNTS = "runs", "killed", "texts lost", "named twice", "half written", "not completed", "left over"


class Case:
    """A command, a project that it is killed in, and what that is before and after the command."""

    def __init__(self, place: Path, name: str) -> None:
        """Write the project, and run the command in a copy to know what it does and how long it takes."""
        self.name = name
        self.start = place / name
        self._copies = (place / f"{name}-{n}" for n in count())
        _write(self.start)
        if name == "build":  # from one version to the next: pages change, come and go
            run(self.start, COMMANDS[name])
            _edit(self.start / "panels")
        run(self.copy(), COMMANDS[name])
        self.calls = self._number_of_calls() if name != "build" else 0
        """How often the command changes the disk, as far as `killed_at` counts."""
        done = self.copy()
        begin = time.perf_counter()
        self.run(done)
        self.seconds = time.perf_counter() - begin
        self.moving = seconds_of_moves(self.copy(), COMMANDS[name])
        self.before, self.after = _files(self.start), _files(done)

    def copy(self) -> Path:
        """Return a copy of the project."""
        copy = next(self._copies)
        shutil.copytree(self.start, copy)
        return copy

    def _number_of_calls(self) -> int:
        return next(n for n in count() if not killed_at(n + 1, self.copy(), COMMANDS[self.name]))

    def run(self, project: Path) -> None:
        """Run the command to its end."""
        killed_at(sys.maxsize, project, COMMANDS[self.name])

    def kill(self, kill: Kill) -> Counter[str]:
        """Kill the command once; count what is wrong then, and after it was run again."""
        project = self.copy()
        killed = kill(project, COMMANDS[self.name])
        found = _files(project)
        names = [self._names(path, found) for path in self.before if not path.startswith("output/")]
        known = {*self.before.values(), *self.after.values()}
        self.run(project)
        left = [*project.rglob(".oxalis-panels-*.tmp"), *project.rglob(".staging")]
        completed = self._is_complete(_files(project))
        shutil.rmtree(project)
        numbers = 1, killed, names.count(0), sum(n > 1 for n in names), 0, not completed, bool(left)
        return Counter(dict(zip(COUNTS, map(int, numbers), strict=True))) + Counter(
            {"half written": sum(data not in known for data in found.values())}
        )

    def _names(self, path: str, found: Files) -> int:
        """Return under how many names a text stands, as it was or, in its place, as it is to be."""
        own = int(found.get(path) not in {None, self.before[path]} and found[path] == self.after.get(path))
        return own + sum(data == self.before[path] for data in found.values())

    def _is_complete(self, found: Files) -> bool:
        """Whether all is there; `new` and `import`, once killed, may have added a panel twice."""
        if self.name in {"new", "import"}:
            return set(self.after.values()) <= set(found.values())
        return found == self.after


def _write(project: Path) -> None:
    """Write a project of four of our panels, none in its canonical form, and a document to import."""
    (project / "panels").mkdir(parents=True)
    for name in PANELS:
        text = (ROOT / "panels" / name).read_text(encoding="utf-8").replace("- ✓", "* ✓")
        (project / "panels" / name).write_text(text, encoding="utf-8")
    (project / "texte.txt").write_text(DOCUMENT, encoding="utf-8")


def _edit(panels: Path) -> None:
    """Change one panel and the address of another."""
    text = (panels / PANELS[1]).read_text(encoding="utf-8")
    (panels / PANELS[1]).write_text(text.replace("Situation", "Condition"), encoding="utf-8")
    (panels / PANELS[2]).rename(panels / "03-autre.md")


def _files(project: Path) -> Files:
    """Return the sources and the pages of a project: all but what a killed command may leave."""
    files = (path for path in project.rglob("*") if path.is_file() and path.parent.name != ".staging")
    paths = {path.relative_to(project).as_posix(): path for path in files}
    return {
        name: path.read_bytes()
        for name, path in paths.items()
        if not name.endswith(".tmp") and (name.startswith("output/site/") or not name.startswith("output/"))
    }


def _row(title: str, cells: Iterable[object]) -> None:
    sys.stdout.write(title.ljust(34) + "".join(str(cell).rjust(15) for cell in cells) + "\n")
    sys.stdout.flush()


def _times(chance: random.Random, longest: float, kill: Callable[..., bool]) -> Iterator[Kill]:
    """Yield kills at random moments, for ever."""
    while True:
        yield partial(kill, chance.uniform(0, longest))


def _series(cases: Sequence[Case], chance: random.Random) -> Iterator[tuple[str, Case, int, Iterator[Kill]]]:
    """Yield each kind of kill with its name, its command and how many there are to be."""
    for n, case in enumerate(cases):
        aim = len(range(n, RANDOM, len(cases)))
        yield "at random", case, aim, _times(chance, case.seconds, killed_after)
    for n, case in enumerate(cases):
        aim = len(range(n, AIMED, len(cases)))
        yield "in the moves", case, aim, _times(chance, case.moving, killed_in_moves)
    for case in cases[1:]:
        yield "before each call", case, case.calls, (partial(killed_at, n) for n in count(1))


def main(seed: int) -> None:
    """Print a row for each kind of kill and each command, and one for all."""
    total: Counter[str] = Counter()
    _row("", COUNTS)
    with tempfile.TemporaryDirectory() as folder:
        cases = [Case(Path(folder), name) for name in COMMANDS]
        for title, case, aim, kills in _series(cases, random.Random(seed)):  # noqa: S311 - an experiment
            found: Counter[str] = Counter()
            while found["killed"] < aim and found["runs"] < LATE * aim:  # some end before their moment comes
                found += case.kill(next(kills))
            _row(f"{case.name} {title}", (found[name] for name in COUNTS))
            total += found
    _row("all", (total[name] for name in COUNTS))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1)
