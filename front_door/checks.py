"""`python3 build.py test`: format, lint, types and tests, always all four."""

import os
import subprocess
import time
from dataclasses import dataclass

from front_door.place import PROJECT, PYTHON, environment
from front_door.words import say, text

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
PROCESSES = min(4, CORES + 1)
"""One more than there are cores, as tests wait for browsers and servers; no more than memory allows."""
IN_PARALLEL = (f"--numprocesses={PROCESSES}", "--dist=loadfile", "--no-loadscope-reorder")
"""On all cores; the tests of one file share what they build.

In the order of `tests/conftest.py`: the files that take longest first.
"""
CHECKS = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
    ("tests", ("pytest", *IN_PARALLEL)),
)
"""Each check: its name, and the module to run with its arguments."""


@dataclass(frozen=True, slots=True)
class Result:
    """How a check went."""

    name: str
    """Of the check."""
    passed: bool
    """Whether it found nothing wrong."""
    seconds: float
    """How long it took."""

    def line(self) -> str:
        """Return it as a line of the summary."""
        return f"{self.name:<8}{text('passed' if self.passed else 'failed'):<8}{self.seconds:6.1f} s"


def run(arguments: list[str]) -> int:
    """Run the checks one after the other, the arguments going to pytest; return 1 if one failed."""
    results = []
    for name, command in CHECKS:
        say(f"── {name}")
        results.append(_run_one(name, [*command, *(arguments if name == "tests" else ())]))
    say("──")
    for result in results:
        say(result.line())
    return 0 if all(result.passed for result in results) else 1


def _run_one(name: str, command: list[str]) -> Result:
    begin = time.monotonic()
    code = subprocess.call([PYTHON, "-P", "-m", *command], cwd=PROJECT, env=environment())
    return Result(name, code == 0, time.monotonic() - begin)
