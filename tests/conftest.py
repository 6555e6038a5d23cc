"""What several rooms test with. Its place here also lets every test import `seed` and `words`."""

import signal
import sys
from pathlib import Path

import pytest
from builds import Built, command
from hypothesis import HealthCheck, settings
from seed import SeedPanel, read_seed

# A busy machine is slow, not wrong: no example has a deadline, and making one may take its time.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# A suite in the background of a shell is told to ignore Ctrl-C, and with `nohup` the end of the terminal.
# So would be all that it starts, but for the signals that it answers itself.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
    signal.signal(signal.SIGHUP, lambda *_: None)

SEED = Path(__file__).parent / "data" / "seed.txt"


@pytest.fixture(scope="session")
def seed() -> tuple[SeedPanel, ...]:
    """Return the eight panels of the authors' original text."""
    return read_seed(SEED.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the site and the posters of the real panels, built once by the command line."""
    output = tmp_path_factory.mktemp("built") / "output"
    done = command("build", "--output", output)
    assert done.returncode == 0, done.stderr
    return Built(output, done.stdout, done.stderr)
