"""Running a command quietly, unless it fails."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping


def failure_of(command: list[str], variables: Mapping[str, str]) -> str:
    """Run a command with these variables; return its output if it failed, else the empty string."""
    with subprocess.Popen(
        command,
        env={**variables, "PYTHONIOENCODING": "utf-8"},  # of pip, on Windows
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        close_fds=False,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate()
        except BaseException:
            _end(process)
            raise
    return (output.strip() or f"exit code {process.returncode}") if process.returncode else ""


def _end(process: subprocess.Popen[str]) -> None:
    """End a command and all processes that it started."""
    if sys.platform == "win32":
        process.terminate()
    else:
        os.killpg(process.pid, signal.SIGTERM)
