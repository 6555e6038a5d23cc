"""How this program was started: what people type before the name of a command in their current folder.

Every message and the first steps of `init` take it from here.
"""

import json
import os
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from oxalis_panels.model.value import value

PROGRAM: Final = "oxalis-panels"
STARTED: Final = "oxalis_panels.__main__"
"""The module that `python -m oxalis_panels` runs."""
FRONT_DOOR: Final = "OXALIS_PANELS_FRONT_DOOR"
"""Variable in which `build.py` passes how it was typed: Python, then itself, a line for each."""
UV: Final = "UV"
"""Variable that uv sets in every process that it starts: the path of uv."""
UV_RUN: Final = "UV_RUN_RECURSION_DEPTH"
"""Variable that `uv run` sets, which uses the project's own environment."""
WINDOWS: Final = os.name == "nt"
SCRIPTS: Final = "Scripts" if WINDOWS else "bin"
ACTIVATIONS: Final = {"fish": "activate.fish", "csh": "activate.csh", "tcsh": "activate.csh"}
"""Scripts for other shells than sh, bash and zsh."""
PLAIN: Final = re.compile(r"[\w@%+=:,./-]+")
"""Words that need no quotes in any shell, accented letters included."""
SPECIAL: Final = frozenset(" &()[]{}^=;!'+,`~\"")
"""Characters that need quotes on Windows."""


@value
class Invocation:
    """How the program is started from a folder."""

    once: str
    """Typed first, once in a terminal; may be empty."""
    program: str
    """Typed before the name of each command."""


def is_front_door() -> bool:
    """Return whether the program was started by `build.py`."""
    return FRONT_DOOR in os.environ


def program() -> str:
    """Return what was typed to start the program, and can be typed again in the same folder."""
    return quoted(_typed())


def invocation_in(folder: Path) -> Invocation:
    """Return how the program is started in a folder: by its path from there, or activated once."""
    first, *rest = _typed()
    # as typed: the shell searches for a name alone, not for `./` and a name
    if Path(first).name == first or first == os.environ.get(UV):
        return Invocation("", program())
    home = Path(sys.prefix, SCRIPTS)
    activation = home / ACTIVATIONS.get(Path(os.environ.get("SHELL", "")).name, "activate")
    if activation.is_file() and _executable(home):
        shown = _path_from(folder, str(activation), like=first)
        return Invocation(quoted([shown] if WINDOWS else ["source", shown]), PROGRAM)
    return Invocation("", quoted([_path_from(folder, first, like=first), *rest]))


def option_for(folder: Path, option: str = "--project") -> str:
    """Return ` --project FOLDER`, with a leading space; empty for the current folder."""
    return "" if folder == Path() else f" {option} {quoted([str(folder)])}"


def option_as_typed(option: str) -> str:
    """Return the option as it was typed in this run, with a leading space; empty if it was not."""
    return option_for(Path(option_value(option, sys.argv[1:])), option)


def option_value(option: str, arguments: Sequence[str]) -> str:
    """Return the value of an option, the last one if it is repeated; empty if it is not given."""
    found = ""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == option:
            found = following
        elif argument.startswith(f"{option}="):
            found = argument.removeprefix(f"{option}=")
    return found


def project_file(path: str) -> str:
    """Return the path of a file of the project as it is typed in the current folder."""
    return quoted([os.path.join(option_value("--project", sys.argv[1:]), path)])  # noqa: PTH118 - as it was typed


def quoted(words: Sequence[str]) -> str:
    """Return words as they are typed in a terminal, with quotes where they need them."""
    if not WINDOWS:
        return " ".join(word if PLAIN.fullmatch(word) else shlex.quote(word) for word in words)
    return " ".join(f'"{word}"' if not word or SPECIAL & set(word) else word for word in words)


def installed_from() -> str | None:
    """Return where this was installed from (PEP 610), None for an index. Raises PackageNotFoundError."""
    from importlib.metadata import distribution  # noqa: PLC0415 - 15 ms that few runs need

    record = distribution(PROGRAM).read_text("direct_url.json")
    if record is None:
        return None
    found = json.loads(record)
    kind, revision = (found.get("vcs_info", {}).get(key, "") for key in ("vcs", "commit_id"))
    address = str(found.get("url", ""))
    return f"{kind}+{address}@{revision}" if kind else address


def _typed() -> list[str]:
    """Return the words before the name of the command."""
    script = sys.argv[0]
    if is_front_door():
        python, _, door = os.environ[FRONT_DOOR].partition("\n")
        return [python, door] if door else ["py" if WINDOWS else "python3", "build.py"]
    if UV in os.environ and _is_found_in(Path(sys.prefix, SCRIPTS)):
        return ["uv", "run", PROGRAM] if UV_RUN in os.environ else _uvx()
    if getattr(getattr(sys.modules["__main__"], "__spec__", None), "name", "") == STARTED:
        return _python(sys.orig_argv)
    called = Path(script).name.removesuffix(".exe").removesuffix(".EXE") == PROGRAM
    by_path = Path(script).name != script and not _is_found_in(Path(script).parent)
    return [script] if called and by_path else [PROGRAM]


def _python(command: Sequence[str]) -> list[str]:
    """Return Python and its options, up to the module that it runs."""
    module = STARTED.partition(".")[0]
    words = [word == module or (word.startswith("-") and word.endswith(f"m{module}")) for word in command]
    return [*command[: words.index(True) + 1]] if True in words else [command[0], "-m", module]


def _uvx() -> list[str]:
    """Return the words that run this program with uvx, which installs it nowhere."""
    uvx = ["uvx"] if _found("uvx") else [os.environ[UV], "tool", "run"]
    address = installed_from() or ""
    if urlsplit(address).scheme == "file":
        address = unquote(urlsplit(address).path)[1 if WINDOWS else 0 :]
    return [*uvx, "--from", address, PROGRAM] if address else [*uvx, PROGRAM]


def _is_found_in(folder: Path) -> bool:
    """Return whether the shell finds the program in this folder by its name alone."""
    found = _found(PROGRAM)
    return found is not None and os.path.realpath(found) == os.path.realpath(folder)


def _found(name: str) -> str | None:
    """Return the first folder of the search path with a program of this name."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return next((folder for folder in folders if _executable(Path(folder or os.curdir), name)), None)


def _executable(folder: Path, name: str = PROGRAM) -> bool:
    file = folder / (f"{name}.exe" if WINDOWS else name)
    return file.is_file() and os.access(file, os.X_OK)


def _path_from(folder: Path, path: str, *, like: str) -> str:
    """Return a path as it is typed in a folder: absolute if `like` is, else relative to the folder."""
    return path if Path(like).is_absolute() else os.path.relpath(path, folder)
