"""How long commands take to start, as multiples of starting Python itself.

    python3 benchmarks/start.py [ROUNDS]

The environment must be ready (`python3 build.py check`). Ratios hold from one machine to another better than
milliseconds; the aim is `--help` and `check` under 0.3 s, the site of the eight panels under 0.5 s into an
empty folder (its fonts and compiled templates ready) and a build of site and posters that changes nothing
under 0.6 s. The first one makes the posters, and takes its time.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from needs import NOT_READY

ROOT = Path(__file__).parent.parent
DOOR = str(ROOT / "build.py")
INSIDE = str(ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "the command line, --help": [INSIDE, "-P", "-m", "oxalis_panels", "--help"],
    "build.py --help": [sys.executable, DOOR, "--help"],
    "the command line, check": [INSIDE, "-P", "-m", "oxalis_panels", "check"],
    "build.py check": [sys.executable, DOOR, "check"],
}


OUTPUT = Path(tempfile.gettempdir()) / "oxalis-panels-start"
BUILD = [INSIDE, "-P", "-m", "oxalis_panels", "build", "--output"]
SITE = [*BUILD, str(OUTPUT / "site"), "--site"]
BUILDS = {
    "site, empty folder": SITE,
    "site, unchanged": SITE,
    "site and posters, unchanged": [*BUILD, str(OUTPUT / "all")],
}


def seconds(command: list[str]) -> float:
    """Return how long a command takes; it must succeed."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, check=True)  # noqa: S603 - our own
    return time.perf_counter() - begin


def main(rounds: int) -> None:
    """Print a line for each command, from the median of several rounds."""
    if not Path(INSIDE).is_file():
        sys.exit(NOT_READY)
    for command in BUILDS.values():
        seconds(command)
    times: dict[str, list[float]] = {name: [] for name in (*COMMANDS, *BUILDS)}
    for _ in range(rounds):  # in turn, so that a busy moment of the machine is shared
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
        shutil.rmtree(OUTPUT / "site" / "site")
        (OUTPUT / "site" / ".manifest.json").unlink()
        for name, command in BUILDS.items():
            times[name].append(seconds(command))
    shutil.rmtree(OUTPUT)
    base = median(times["python -c pass"])
    for name, measured in times.items():
        middle = median(measured)
        sys.stdout.write(f"{name:<28}{middle * 1000:7.0f} ms{middle / base:7.1f} ×\n")
    for word in ("--help", "check"):
        own = median(times[f"build.py {word}"]) - median(times[f"the command line, {word}"])
        sys.stdout.write(f"the front door's own share of {word}: {own * 1000:.0f} ms\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 15)
