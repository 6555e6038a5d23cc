"""How long a site of many panels takes, beside four other site generators on the same text.

    .venv/bin/python benchmarks/site.py [--panels 1000] [--rounds 5] [--install] [--peers FOLDER]

The text is that of the real panels, its lines dealt anew, so that no two panels are the same; the same text
gives the same panels on every machine. Everyone starts cold, with an empty output folder and no cache but our
fonts. The programs are as after a first use: Python keeps our modules compiled beside them. The
templates of the others are in `site_peers/`: a page per panel with links to its neighbours, an index, and all
panels on one page.

They do less than we: none typesets the text, names each line so that it can be linked to, makes fonts and
data, or checks that every link and anchor exists. MkDocs leaves out the page of all panels, and checks the
links of the text; Pelican reads the links to the neighbours in the header of the text.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from needs import NOT_READY
from site_projects import ROOT, Program, install, programs, samples

PEERS = Path(tempfile.gettempdir()) / "oxalis-panels-peers"


@dataclass(frozen=True, slots=True)
class Run:
    """What one build took."""

    seconds: float
    processor: float
    """Seconds of all processors together."""
    memory: float
    """MB of its largest process."""


def build(program: Program, folder: Path) -> Run:
    """Build once; a failure shows what the program said and ends everything."""
    with tempfile.TemporaryFile() as said:
        begin = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - one of the programs above
            program.command, cwd=folder, env=_variables(), stdout=said, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        said.seek(0)
        if status:
            sys.exit(f"{program.name}: {said.read().decode(errors='replace')}")
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Run(seconds, used.ru_utime + used.ru_stime, kilobytes / 1024)


def _variables() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT)}


def _clean(folder: Path, trash: Path) -> None:
    """Leave nothing of the last build but our fonts.

    It is moved into `trash`, not removed: for a minute, ext4 looks at every file that was removed before it
    makes a new one, and those who write many files would wait for that.
    """
    output = folder / "output"
    if not output.exists():
        return
    last = output.rename(trash / str(len(list(trash.iterdir()))))
    fonts = last / ".cache" / "fonts"
    if fonts.is_dir():
        (output / ".cache").mkdir(parents=True)
        fonts.rename(output / ".cache" / "fonts")


def measure(present: list[Program], number: int, rounds: int, folder: Path) -> dict[str, list[Run]]:
    """Let everyone build the same panels in turn, so that a busy moment of the machine is shared."""
    panels = samples(number)
    runs: dict[str, list[Run]] = {program.name: [] for program in present}
    trash = folder / f"trash-{number}"
    trash.mkdir()
    for turn in range(rounds + 1):
        for program in present:
            place = folder / f"{program.name}-{number}"
            if not turn:
                program.write(place, panels)
            _clean(place, trash)
            run = build(program, place)
            if turn:  # the first one makes our fonts, and brings every program from the disk
                runs[program.name].append(run)
    return runs


def _print(runs: dict[str, list[Run]], number: int) -> None:
    base = median(run.seconds for run in runs["oxalis-panels"])
    sys.stdout.write(f"\n{number} panels, empty output folder, median of {len(next(iter(runs.values())))}:\n")
    for name, ours in runs.items():
        seconds, processor = median(run.seconds for run in ours), median(run.processor for run in ours)
        memory = max(run.memory for run in ours)
        sys.stdout.write(
            f"{name:<16}{seconds:7.2f} s{seconds / base:7.2f} ×"
            f"{processor:9.2f} s of processor{memory:7.0f} MB\n"
        )


def main() -> None:
    """Print a line for each program and size, as ratios to ours."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--panels", type=int, nargs="+", default=[8, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--install", action="store_true", help="install the others first (needs a network)")
    parser.add_argument("--peers", type=Path, default=PEERS, help="where the others are")
    asked = parser.parse_args()
    if asked.install:
        install(asked.peers)
    present = []
    for program in programs(asked.peers):
        version = _version(program)
        if version is None and program.command[0] == sys.executable:
            sys.exit(NOT_READY)
        sys.stdout.write(f"{program.name}: {version or 'missing; --install fetches it'}\n")
        present += [program] if version else []
    with tempfile.TemporaryDirectory() as temporary:
        for number in asked.panels:
            _print(measure(present, number, asked.rounds, Path(temporary)), number)


def _version(program: Program) -> str | None:
    try:
        said = subprocess.run(program.version, capture_output=True, check=True, env=_variables(), text=True)  # noqa: S603 - as above
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"[0-9]+(?:\.[0-9]+)+", said.stdout)
    return match[0] if match else None


if __name__ == "__main__":
    main()
