"""What several rooms test with. Its place here also lets every test import `seed` and `words`."""

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from builds import Built, command
from hypothesis import HealthCheck, settings
from seed import SeedPanel, read_seed

from oxalis_panels.rendering.fonts import load_fonts, load_marks_font

# A busy machine is slow, not wrong: no example has a deadline, and making one may take its time.
settings.register_profile(
    "patient",
    deadline=None,
    max_examples=int(os.environ.get("OXALIS_PANELS_EXAMPLES", "50")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("patient")

# A suite in the background of a shell is told to ignore Ctrl-C, and with `nohup` the end of the terminal.
# So would be all that it starts, but for the signals that it answers itself.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
    signal.signal(signal.SIGHUP, lambda *_: None)

LONGEST = frozenset(
    f"test_{name}.py"
    for name in (
        *("browser", "preflight_bounds", "serve", "serve_browser", "poster_overflow", "projection_browser"),
        *("temporary", "cli_terminal", "poster_fit", "pipeline", "foreign_repository", "delivery_archive"),
    )
)
"""Files that begin first: one that took half a minute alone in the end would be waited for."""
SEED = Path(__file__).parent / "data" / "seed.txt"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def seed() -> tuple[SeedPanel, ...]:
    """Return the eight panels of the authors' original text."""
    return read_seed(SEED.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def french_fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the fonts that every project of plain French needs."""
    folder = tmp_path_factory.mktemp("fonts")
    load_fonts(frozenset(), folder)
    load_marks_font(folder)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the site and the posters of the real panels, built once by the command line.

    Once for all processes of a run: the first that needs them builds, the others wait.
    """
    own = tmp_path_factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "built"
    output, ended = place / "output", place / "ended.json"
    try:
        place.mkdir()
    except FileExistsError:
        end = time.monotonic() + 600
        while not ended.exists():
            assert time.monotonic() < end, "the process that builds has not ended"
            time.sleep(0.1)
    else:
        done = command("build", "--output", output)
        written = place / "new.json"
        written.write_text(json.dumps([done.returncode, done.stdout, done.stderr]), encoding="utf-8")
        written.replace(ended)
    returncode, stdout, stderr = json.loads(ended.read_text(encoding="utf-8"))
    assert returncode == 0, stderr
    return Built(output, stdout, stderr)
