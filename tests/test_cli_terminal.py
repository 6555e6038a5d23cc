"""The command line on terminals of all kinds: colours, progress, old encodings."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from builds import SHORT, WRONG_LINES, Built, command, environment, write_project

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")


def on_a_terminal(*arguments: str, cwd: Path, typed: str = "", **variables: str) -> str:
    """Run the command line on a pseudo-terminal on which somebody types; return all that appears on it."""
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    running = subprocess.Popen(
        [sys.executable, "-P", "-m", "oxalis_panels", *arguments],
        cwd=cwd,
        env=environment({"TERM": "xterm", **variables}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            data = os.read(ours, 4096)
        except OSError:  # Linux's way to say that the other side is closed
            break
        if not data:
            break
        shown += data
    os.close(ours)
    running.wait(timeout=10)
    return shown.decode()


def test_mistakes_are_coloured_on_a_terminal(tmp_path: Path) -> None:
    """Red for an error: the word and its carets, not the whole message."""
    shown = on_a_terminal("check", cwd=write_project(tmp_path, un=WRONG_LINES))
    assert "\x1b[31m\x1b[1merreur\u00a0:\x1b[0m" in shown
    assert "\x1b[31m\x1b[1m^^^" in shown


@pytest.mark.parametrize(
    "variables", [{"NO_COLOR": "1"}, {"NO_COLOR": "true", "TERM": "xterm-256color"}, {"TERM": "dumb"}]
)
def test_no_color_is_respected(variables: dict[str, str], tmp_path: Path) -> None:
    """With NO_COLOR set to anything or a dumb terminal: no escape sequence (https://no-color.org)."""
    shown = on_a_terminal("check", cwd=write_project(tmp_path, un=WRONG_LINES), **variables)
    assert ": erreur" in shown
    assert "\x1b" not in shown


def test_an_empty_no_color_is_none(tmp_path: Path) -> None:
    """An empty NO_COLOR does not count, as no-color.org has it."""
    shown = on_a_terminal("check", cwd=write_project(tmp_path, un=WRONG_LINES), NO_COLOR="")
    assert "\x1b[31m" in shown


def test_progress_is_shown_on_a_terminal_and_taken_away(tmp_path: Path, built: Built) -> None:
    """While posters are made one line tells how many; at the end only the summary is left."""
    project = built.lend_fonts(write_project(tmp_path, un=SHORT, deux=SHORT, trois=SHORT))
    shown = on_a_terminal("build", "--posters", cwd=project, NO_COLOR="1")
    assert "Affiches\u00a0: 3 sur 3 (" in shown
    left = [line.split("\r")[-1] for line in shown.replace("\r\n", "\n").split("\n")]
    assert not [line for line in left if " sur 3" in line]
    assert left[-2].startswith("Terminé en ")


def test_capacity_says_how_far_it_is(tmp_path: Path, built: Built) -> None:
    """Each poster is laid out: of many panels, that takes a while. Only the results are left."""
    slugs = [f"p{number}" for number in range(24)]
    project = built.lend_fonts(write_project(tmp_path, **dict.fromkeys(slugs, SHORT)))
    shown = on_a_terminal("capacity", cwd=project, NO_COLOR="1")
    assert "Affiches\u00a0: 24 sur 24 (" in shown
    left = [line.split("\r")[-1] for line in shown.replace("\r\n", "\n").split("\n")]
    assert [line.split()[0] for line in left if line] == slugs


def test_a_long_import_says_what_it_does(tmp_path: Path) -> None:
    """Which document is being read, when that takes long (here a pipe that waits); nothing of it is left."""
    pipe = tmp_path / "bilan été.txt"
    os.mkfifo(pipe)

    def feed() -> None:
        with pipe.open("w", encoding="utf-8") as slow:
            time.sleep(1.5)
            slow.write("# Budget\n\n✓ assaini\n")

    feeding = threading.Thread(target=feed)
    feeding.start()
    shown = on_a_terminal("import", pipe.name, cwd=tmp_path)
    feeding.join()
    assert "Lecture de bilan été.txt…" in shown
    left = [line.split("\r")[-1] for line in shown.replace("\r\n", "\n").split("\n")]
    assert left[0].startswith("Créé\u00a0: panels/01-budget.md")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_an_old_terminal_shows_question_marks(encoding: str, tmp_path: Path) -> None:
    """A terminal that knows no ✓ is no reason to crash, in a summary or in a mistake."""
    project = write_project(tmp_path, un=WRONG_LINES)
    mistaken = command("check", cwd=project, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert mistaken.returncode == 1
    assert "Traceback" not in mistaken.stderr
    assert "panels/01-un.md:3:" in mistaken.stderr
    write_project(project, un=SHORT)
    good = command("check", cwd=project, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.startswith("1 panneau")


def test_a_c_locale_shows_no_traceback(tmp_path: Path) -> None:
    """The locale of a bare container."""
    done = command("check", cwd=write_project(tmp_path, un=SHORT), LC_ALL="C", PYTHONIOENCODING="")
    assert (done.returncode, done.stderr) == (0, "")


def test_init_asks_what_it_was_not_told(tmp_path: Path) -> None:
    """On a terminal, and in French; an empty answer leaves the field to be filled in later."""
    shown = on_a_terminal("init", cwd=tmp_path, typed="Trois ans d’efforts\n\n")
    assert "Titre de l’ensemble" in shown
    assert "Nom de votre structure" in shown
    settings = (tmp_path / "panels" / "collection.yaml").read_text("utf-8")
    assert '\ntitle: "Trois ans d’efforts"\n' in settings
    assert "\n# organisation: " in settings
