"""`oxalis-panels serve` in a process of its own, as a person runs it."""

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from builds import ROOT, environment, write_project

PANEL = "# Un titre court\n\n- ✓ Un constat assez court,\n  - → et son premier point.\n"
PATIENCE = 15
"""Seconds for which a test waits at the most."""


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Served:
    """A running server and its project."""

    process: subprocess.Popen[str]
    project: Path
    port: int
    said: list[str]
    """The lines with which it started."""

    @property
    def address(self) -> str:
        """Where the site is, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, host: str | None = None, method: str = "GET") -> Answer:
        """Ask for a path exactly as it is written."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, text)

    def state(self) -> str:
        """Return the first message of the stream of events."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as link:
            link.sendall(f"GET /~/events HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
            heard = b""
            while b"}\n\n" not in heard:
                heard += link.recv(65536)
        return heard.decode()

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        (self.project / name).write_text(text, encoding="utf-8")

    def end(self, number: int) -> tuple[int, str, str]:
        """Send a signal; return the exit code and what was said after the start."""
        self.process.send_signal(number)
        stdout, stderr = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, stdout, stderr


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it has not come"
        time.sleep(0.05)


@contextmanager
def watched(server: Served, path: str) -> Iterator[list[Answer]]:
    """Ask for a path again and again meanwhile; yield the list that fills with the answers."""
    seen: list[Answer] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            seen.append(server.get(path))

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield seen
    finally:
        over.set()
        asking.join()


@contextmanager
def served(project: Path, *arguments: str, **variables: str) -> Iterator[Served]:
    """Serve a project; on any free port unless `arguments` say another."""
    given = arguments if "--port" in arguments else ("--port", "0", *arguments)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "oxalis_panels", "serve", *given],
        cwd=project,
        env=environment({"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), **variables}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        while "Ctrl-C" not in (said or [""])[-1]:
            line = process.stdout.readline()
            assert line, process.communicate()
            said.append(line.rstrip("\n"))
        port = int(next(line for line in said if "http://" in line).rstrip("/").rpartition(":")[2])
        yield Served(process, project, port, said)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def project_in(folder: Path, french_fonts: Path, **panels: str) -> Path:
    """Write a project with panels, or one, and with fonts that need not be made."""
    project = write_project(folder, **(panels or {"un": PANEL}))
    shutil.copytree(french_fonts, project / "output" / ".cache" / "fonts")
    return project
