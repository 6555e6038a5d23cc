"""The same text gives the same bytes: on another day, machine setting, folder, and number of processes."""

import subprocess
import sys
from pathlib import Path

import pytest
from builds import ROOT, Built, command, environment, order_of, standing

from oxalis_panels.poster.distributing import make
from oxalis_panels.poster.made import Poster
from oxalis_panels.system import workers

LATER = """
import time, datetime
real = time.time
time.time = lambda: real() + 1_000_000_000
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)
datetime.datetime = Later
"""
"""A `sitecustomize` for Python: 32 years later. Libraries in C still see the real day."""


def test_the_later_day_is_believed(tmp_path: Path) -> None:
    """A Python started with our `sitecustomize` lives some 32 years from now, or this file shows nothing."""
    (tmp_path / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    years = (
        "import datetime, time; print(datetime.datetime.now().year - time.gmtime(time.time() - 1e9).tm_year)"
    )
    said = subprocess.check_output(
        [sys.executable, "-c", years], env=environment({"PYTHONPATH": str(tmp_path)})
    )
    assert int(said) in {31, 32}


def made_files(output: Path) -> dict[str, bytes]:
    """Return the bytes of site and posters, but not what is kept for later, which other tests add to."""
    return {path: data for path, (_, data) in standing(output).items() if not path.startswith(".cache/")}


def test_another_day_place_and_machine_give_the_same_bytes(built: Built, tmp_path: Path) -> None:
    """Date, time zone, locale, hash seed, home, working and output folder leave no trace in any file."""
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    home = tmp_path / "une maison à Ouessant"
    home.mkdir()
    done = command(
        *("build", "--project", ROOT, "--output", home / "résultats"),
        cwd=home,
        PYTHONPATH=f"{tmp_path / 'later'}:{ROOT}",
        TZ="Pacific/Kiritimati",
        LANG="tr_TR.ISO-8859-9",
        LC_ALL="tr_TR.ISO-8859-9",
        PYTHONHASHSEED="4242",
        HOME=str(home),
        SOURCE_DATE_EPOCH="86400",
        PYTHONUTF8="0",
    )
    assert done.returncode == 0, done.stderr
    ours, theirs = made_files(built.output), made_files(home / "résultats")
    assert ours.keys() == theirs.keys()
    assert [path for path in ours if ours[path] != theirs[path]] == []


def test_one_process_makes_what_two_make(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with one core makes the same files, whatever was set on the same press before."""
    monkeypatch.setattr(workers, "MOST_PROCESSES", 1)
    order = order_of(ROOT, built.fonts).value
    assert order is not None
    some = [job for job in order.jobs if job.slug in {"budget", "offre", "mouvement"}]
    for poster in make(order.series, some[::-1]):
        assert isinstance(poster, Poster)
        (path,) = (built.output / "print").glob(f"*-{poster.slug}-a1.pdf")
        assert poster.pdfs == (path.read_bytes(),)
