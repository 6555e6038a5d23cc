"""Run every command once, as somebody would, on a system where the suite cannot run.

    python .ci/every_command.py

with a Python that has the program: a wheel that is to be released, a Windows, a Mac. It works in a folder of
its own whose name has a blank and an accent, reads all output as UTF-8, and prints a line for each step.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from PIL import Image

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PROGRAM = [sys.executable, "-P", "-m", "oxalis_panels"]
WINDOWS = sys.platform == "win32"
PATIENCE = 300
"""Seconds for a command, and for the first page of `serve`."""
PANEL = """---
figure: {file: café.png, alt: Le café de l’accueil}
---

# L’accueil

- ✓ Un accueil ouvert tous les jours
  - → deux personnes à chaque fois
"""


class Failed(Exception):  # noqa: N818 - what is found is no mistake of this script
    """A step has not gone as it should."""


def run(*arguments: str, code: int | None = 0, said: str = "", project: Path | None = None) -> str:
    """Run a command; return what it says. Raises Failed unless it ends with this code and says this."""
    command = [*PROGRAM, *arguments, *(["--project", str(project)] if project else [])]
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run(command, **streams, timeout=PATIENCE, check=False)
    text = done.stdout.decode("utf-8")  # raises for what is no UTF-8
    if (done.returncode != code and code is not None) or said not in text or "Traceback" in text:
        message = f"{' '.join(arguments)}: exit code {done.returncode}, wanted {code} and “{said}”:\n{text}"
        raise Failed(message)
    return text


def main() -> None:
    """Run the steps; end with 1 at the first that fails."""
    for stream in (sys.stdout, sys.stderr):
        assert isinstance(stream, TextIOWrapper)
        stream.reconfigure(encoding="utf-8")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.chdir(folder)
        project = Path("été à nous", "nos panneaux")
        for step in (start, write, build, send, bring, compare, look, hinder, wait):
            began = time.monotonic()
            try:
                step(project)
            except Failed as failure:
                print(f"{step.__name__:8} FAILED: {failure}")
                raise SystemExit(1) from None
            print(f"{step.__name__:8} {time.monotonic() - began:6.1f} s  {step.__doc__}", flush=True)


def start(project: Path) -> None:
    """Begin a project: init, new."""
    run("--version", said="oxalis-panels ")
    run("--help", said="serve")
    named = ("--title", "L’été à nous", "--organisation", "Notre coopérative")
    run("init", str(project), *named, said="nos panneaux")
    run("new", "Con", project=project, said="04-panneau-con.md")
    (project / "panels/04-panneau-con.md").unlink()


def write(project: Path) -> None:
    """Write a panel with a picture: check, fmt, explain, schema, printers, templates, capacity."""
    (project / "panels/04-accueil.md").write_text(PANEL, encoding="utf-8", newline="\n")
    Image.new("RGB", (1200, 900), "teal").save(project / "panels/café.png")
    run("check", project=project, said="✓")
    found = json.loads(run("check", "--format", "json", project=project).rpartition("}")[0] + "}")
    assert found["version"] == 1
    run("fmt", "--check", project=project)
    run("explain", "sentence-long", said="sentence-long")
    json.loads(run("schema", "panel"))
    run("printers", said="offset-couche")
    run("templates", said="poster/poster.css")
    run("capacity", project=project, said="accueil")


def build(project: Path) -> None:
    """Make the site and the posters: build, preflight."""
    run("build", project=project)
    for path in ("site/index.html", "site/posters/livret.pdf", "print/04-accueil-a1.pdf"):
        assert (project / "output" / path).is_file(), path
    assert "café" in (project / "output/site/accueil/index.html").read_text(encoding="utf-8")
    run("build", "--proofs", project=project)
    run("preflight", str(project / "output/print/04-accueil-a1.pdf"))


def send(project: Path) -> None:
    """Make the archive for the print shop: deliver."""
    run("deliver", project=project, said=".zip")
    (archive,) = (project / "output/livraison").glob("*.zip")
    with zipfile.ZipFile(archive) as file:
        assert file.testzip() is None


def bring(project: Path) -> None:
    """Take over a text: import."""
    text = Path("déjà écrit.md")
    text.write_text("# Un bilan\n\n- ✓ Fait\n  - → et à suivre\n", encoding="utf-8")
    run("import", str(text), project=project, said="05-bilan.md")
    poster = project / "output/print/04-accueil-a1.pdf"
    run("import", str(poster), "--dry-run", project=project, said="accueil")
    (project / "panels/05-bilan.md").unlink()


def compare(project: Path) -> None:
    """Compare two versions: diff; without git, what it says then."""
    try:
        _git(project, "init", "-q")
    except FileNotFoundError:
        run("diff", project=project, code=1, said="git-scm.com")
        return
    _git(project, "add", ".")
    _git(project, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "Un")
    panel = project / "panels/04-accueil.md"
    panel.write_text(PANEL.replace("deux", "trois"), encoding="utf-8")
    run("diff", project=project, said="trois")
    run("diff", "--format", "html", project=project)
    panel.write_text(PANEL, encoding="utf-8")


def _git(project: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", project, *arguments], check=True, stdout=subprocess.DEVNULL)


def look(project: Path) -> None:
    """Look at the first page of serve, and end it."""
    with _begun("serve", "--port", "8731", "--project", str(project)) as process:
        address = _line(process, "http://").split()[-1]
        with urllib.request.urlopen(address, timeout=PATIENCE) as page:
            assert "L’été à nous" in page.read().decode("utf-8")
        _interrupt(process)


def hinder(project: Path) -> None:
    """Be in the way: another build, files open or read-only, long paths, reserved names."""
    output = project / "output"
    lock = (output / ".lock").open("rb+")
    with lock:
        _hold(lock.fileno())
        run("build", project=project, code=1, said="output-locked")
    panel = project / "panels/04-accueil.md"
    panel.write_text(PANEL.replace("deux", "trois"), encoding="utf-8")
    page = output / "site/accueil/index.html"
    page.chmod(0o444)
    run("build", project=project)
    assert "trois" in page.read_text(encoding="utf-8")
    panel.write_text(PANEL, encoding="utf-8")
    if WINDOWS:
        with page.open("rb"):
            run("build", project=project, code=1, said="accueil")
        assert "trois" in page.read_text(encoding="utf-8")
    run("build", project=project)
    for depth in (6, 9):  # its pages, then all of it beyond the 260 letters that Windows takes by itself
        long = Path(*["dossier-d-une-longueur-certaine"] * depth)
        run("init", str(long), code=None)
        run("build", project=long, code=None)
    for name in ("con", "aux"):
        (project / f"panels/05-{name}.md").write_text(PANEL, encoding="utf-8")
        run("build", project=project, code=1, said="slug-reserved")
        (project / f"panels/05-{name}.md").unlink()


def _hold(file: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.lockf(file, fcntl.LOCK_EX)


def wait(project: Path) -> None:
    """Interrupt builds: the results stay as they were."""
    before = (project / "output/.manifest.json").read_bytes()
    (project / "panels/04-accueil.md").write_text(PANEL.replace("deux", "dix"), encoding="utf-8")
    for delay in (0.1, 0.3, 0.5):
        with _begun("build", "--project", str(project)) as process:
            time.sleep(delay)
            said = _interrupt(process)
        after = (project / "output/.manifest.json").read_bytes()
        if "Traceback" in said or (process.returncode and after != before):
            raise Failed(said)


@contextmanager
def _begun(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    flags = subprocess.CREATE_NEW_PROCESS_GROUP if WINDOWS else 0
    process = subprocess.Popen(
        [*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, creationflags=flags
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _interrupt(process: subprocess.Popen[bytes]) -> str:
    """Press Ctrl-C, or end a process that has no console (Wine); return what it has said since."""
    try:
        process.send_signal(signal.CTRL_BREAK_EVENT if WINDOWS else signal.SIGINT)
    except OSError:
        process.terminate()
    return process.communicate(timeout=PATIENCE)[0].decode("utf-8")


def _line(process: subprocess.Popen[bytes], part: str) -> str:
    """Return the first line with a part that a process prints."""
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += (text := line.decode("utf-8"))
        if part in text:
            return text
    raise Failed(said)


if __name__ == "__main__":
    main()
