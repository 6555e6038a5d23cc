"""How the command line ends when it is cut short: Ctrl-C at any moment, an output that takes nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from builds import ROOT, environment

FRENCH = "Interrompu\u00a0: les derniers résultats sont intacts.\n"


def start(code: str, *arguments: str, **streams: object) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, as the entry point of the wheel does."""
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-P", "-c", code, *arguments],
        cwd=ROOT,
        env=environment({}),
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
        **given,
    )


INTERRUPT = """
import builtins, signal, sys
moment, sys.argv[1:] = sys.argv[1], ["check"]
real = builtins.__import__
def interrupted(name, *rest, **named):
    if name == moment:
        builtins.__import__ = real
        signal.raise_signal(signal.SIGINT)
    return real(name, *rest, **named)
builtins.__import__ = interrupted
from oxalis_panels.__main__ import main
main()
"""
"""Ctrl-C when a module is about to be loaded."""


@pytest.mark.parametrize("moment", ["oxalis_panels.cli", "click", "tomllib", "yaml"])
def test_ctrl_c_while_the_program_is_loaded_is_told_in_french(moment: str) -> None:
    """The sentence and 130: no traceback, and no English word of click."""
    done = start(INTERRUPT, moment)
    assert (done.returncode, done.stdout) == (128 + signal.SIGINT, "")
    assert done.stderr.lstrip("\n") == FRENCH


RUN = "from oxalis_panels.__main__ import main; main()"


@pytest.mark.parametrize("word", ["--help", "check"])
def test_a_full_output_is_told_without_a_traceback(word: str) -> None:
    """Exit code 1 and one sentence."""
    if not Path("/dev/full").exists():
        pytest.skip("a device of Linux")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = start(RUN, word, stdout=full)
    assert done.returncode == 1
    assert done.stderr.startswith("Impossible d’afficher la suite (")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("word", ["--help", "check"])
def test_a_reader_that_has_left_is_no_mistake(word: str) -> None:
    """As with `| head -0`: nothing is said, and the exit code is not 0."""
    code = "import os, sys; read, write = os.pipe(); os.close(read); os.dup2(write, 1); " + RUN
    done = start(code, word)
    assert (done.returncode, done.stderr) in ((141, ""), (1, ""))
