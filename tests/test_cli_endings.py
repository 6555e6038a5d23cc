"""How the command line ends when it is cut short: Ctrl-C at any moment, an output that takes nothing."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from builds import ROOT, SHORT, Built, command, environment, standing, write_project

if sys.platform == "win32":
    pytest.skip("sends the signals and closes the streams of Unix", allow_module_level=True)

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
moment, number, sys.argv[1:] = sys.argv[1], int(sys.argv[2]), ["check"]
real = builtins.__import__
def interrupted(name, *rest, **named):
    if name == moment:
        builtins.__import__ = real
        signal.raise_signal(number)
    return real(name, *rest, **named)
builtins.__import__ = interrupted
from oxalis_panels.__main__ import main
main()
"""
"""A signal when a module is about to be loaded."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("moment", ["oxalis_panels.cli.main", "click", "tomllib", "yaml"])
def test_a_signal_while_the_program_is_loaded_is_told_in_french(moment: str, number: signal.Signals) -> None:
    """The sentence and the exit code of the signal: no traceback, and no English word of click."""
    done = start(INTERRUPT, moment, str(int(number)))
    assert (done.returncode, done.stdout) == (128 + number, "")
    assert done.stderr.lstrip("\n") == FRENCH


@pytest.mark.parametrize("moment", ["errno", "gc", "signal", "contextlib"])
def test_ctrl_c_before_the_program_can_answer_is_no_traceback(moment: str) -> None:
    """From the first line of the entry point on: it ends by the signal, without a word."""
    done = start(INTERRUPT, moment, str(int(signal.SIGINT)))
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


AT_THE_END = """
import atexit, signal, sys
sys.argv[1:] = ["--version"]
atexit.register(signal.raise_signal, signal.SIGINT)
from oxalis_panels.__main__ import main
main()
"""


def test_ctrl_c_when_all_is_done_changes_nothing() -> None:
    """While Python tidies up, it could only be told as a traceback."""
    done = start(AT_THE_END)
    assert (done.returncode, done.stderr) == (0, "")


DURING_EXEC = """
import sys
sys.argv[1:] = ["check"]
from oxalis_panels import __main__
from oxalis_panels.cli import main as cli
cli.main = lambda: exec("import signal; signal.raise_signal(signal.SIGINT)")
__main__.main()
"""


def test_ctrl_c_while_a_dataclass_is_made_ends_with_the_same_code(tmp_path: Path) -> None:
    """Of a module, Python would end by the signal after an interrupted `exec` of text, and not with 130."""
    (tmp_path / "interrupted.py").write_text(DURING_EXEC, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        cwd=tmp_path,
        env=environment({}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr.lstrip("\n")) == (128 + signal.SIGINT, FRENCH)


RUN = "from oxalis_panels.__main__ import main; main()"


@pytest.mark.parametrize("word", ["--help", "printers"])
def test_a_full_output_is_told_without_a_traceback(word: str) -> None:
    """Exit code 1 and one sentence."""
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has this device")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = start(RUN, word, stdout=full)
    assert done.returncode == 1
    assert done.stderr.startswith("Impossible d’afficher la suite (")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("word", ["--help", "printers"])
def test_a_reader_that_has_left_is_no_mistake(word: str) -> None:
    """As with `| head -0`: nothing is said, and the exit code is not 0."""
    code = "import os, sys; read, write = os.pipe(); os.close(read); os.dup2(write, 1); " + RUN
    done = start(code, word)
    assert (done.returncode, done.stderr) in ((141, ""), (1, ""))


def test_a_signal_while_files_are_moved_leaves_the_last_output_whole(tmp_path: Path, built: Built) -> None:
    """Some new files are in place already: they are taken back, and the exit code is that of the signal."""
    project = built.lend_fonts(write_project(tmp_path, un=SHORT, deux=SHORT))
    assert command("build", "--site", cwd=project).returncode == 0
    before = standing(project / "output")
    write_project(tmp_path, un=SHORT.replace("court", "long"), deux=SHORT, trois=SHORT)
    code = """
import os, signal, sys
sys.argv[1:] = ["build", "--site", "--project", sys.argv[1]]
real, moves = os.replace, []
def interrupted(*given):
    moves.append(real(*given))
    if len(moves) == 4:
        signal.raise_signal(signal.SIGTERM)
os.replace = interrupted
"""
    done = start(code + RUN, str(project))
    assert (done.returncode, done.stderr) == (128 + signal.SIGTERM, FRENCH)
    assert standing(project / "output") == before


def test_a_signal_that_is_ignored_stays_so() -> None:
    """`nohup` is asked for so that a closed terminal does not end the program."""
    ignore = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    done = start(ignore + INTERRUPT, "click", str(int(signal.SIGHUP)))
    assert (done.returncode, FRENCH in done.stderr, "8 panneaux" in done.stdout) == (0, False, True)


def test_ctrl_c_that_the_front_door_held_back_is_heard() -> None:
    """It came while Python started: then it waits until the program can answer."""
    held = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})\n"
    done = start(held + "signal.raise_signal(signal.SIGINT)\n" + RUN, "check")
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, "", FRENCH)


CLOSED = """
import os, subprocess, sys
numbers, command = sys.argv[1], sys.argv[2:]
def close():
    for number in numbers:
        os.close(int(number))
sys.exit(subprocess.call([sys.executable, "-P", "-m", "oxalis_panels", *command], preexec_fn=close))
"""


@pytest.mark.parametrize("numbers", ["0", "1", "2", "12", "012"])
def test_closed_streams_are_no_mistake(numbers: str, tmp_path: Path, built: Built) -> None:
    """The work is done, quietly, and no file of ours takes the number of a closed stream."""
    project = built.lend_fonts(write_project(tmp_path, un=SHORT))
    done = start(CLOSED, numbers, "build", "--site", "--project", str(project))
    assert (done.returncode, done.stderr) == (0, "")
    assert ("1 panneau" in done.stdout) == ("1" not in numbers)
    assert (project / "output" / ".lock").read_bytes() == b""
    assert (project / "output" / "site" / "un" / "index.html").is_file()


@pytest.mark.parametrize("numbers", ["1", "2", "12"])
def test_mistakes_with_closed_streams_have_their_exit_code(numbers: str, tmp_path: Path) -> None:
    """Whether anybody hears of them or not."""
    done = start(CLOSED, numbers, "check", "--project", str(write_project(tmp_path, un="# T\n\n- rien\n")))
    assert done.returncode == 1
    assert ("item-without-mark" in done.stderr) == ("2" not in numbers)


def test_mistakes_that_a_full_output_cannot_take_have_their_exit_code(tmp_path: Path) -> None:
    """The standard error is full: nothing can be said any more."""
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has this device")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = start(
            RUN, "check", "--project", str(write_project(tmp_path, un="# T\n\n- rien\n")), stderr=full
        )
    assert done.returncode == 1


def test_a_file_where_the_cache_should_be_is_no_mistake(tmp_path: Path) -> None:
    """What is kept there is only made again; the file stays what it is."""
    project = write_project(tmp_path, un=SHORT)
    (project / "output").mkdir()
    (project / "output" / ".cache").write_bytes(b"theirs")
    done = command("build", "--site", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert (project / "output" / ".cache").read_bytes() == b"theirs"


def test_what_is_piped_is_utf_8_whatever_the_system_writes_by_itself(tmp_path: Path) -> None:
    """Windows would write its old code page, which has no ✓: what a file or a program gets has all of it."""
    write_project(tmp_path, un=SHORT)
    said = command("check", "--project", tmp_path, PYTHONIOENCODING="cp1252")
    assert (said.stdout, said.stderr) == (command("check", "--project", tmp_path).stdout, "")
    assert "✓" in said.stdout
