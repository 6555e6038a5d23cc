"""What the README says first, in both languages, where no other test holds it."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from builds import command, environment, write_project

from oxalis_panels.cli.main import COMMANDS
from oxalis_panels.language.typography import typeset
from oxalis_panels.model.collection import plain
from oxalis_panels.pipeline.check import check
from oxalis_panels.system.packages import SYSTEMS

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "typography" / "golden"
PAGES = ("README.md", "README.fr.md")
WATCHER = """
import sys

def hook(event, arguments):
    if event == "socket.getaddrinfo" or (event == "socket.connect" and isinstance(arguments[1], tuple)):
        with open({log!r}, "a") as log:
            log.write(repr((event, arguments)))

sys.addaudithook(hook)
"""
"""What every Python that is started does first, with this in its path: note who asks for another machine."""
ASKED = "asked.txt"
LONGEST = 90
"""Lines that somebody reads who does not know yet whether they want any of it."""


def page(name: str) -> str:
    """Return a front page."""
    return (ROOT / name).read_text(encoding="utf-8")


def panel(name: str) -> str:
    """Return the panel that a front page shows."""
    (found,) = re.findall(r"```markdown\n(.*?)```", page(name), re.DOTALL)
    return str(found)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of the panel shown, of which everything is made that the pages tell of."""
    project = write_project(tmp_path_factory.mktemp("front"), offre=panel("README.md"))
    (project / "sitecustomize.py").write_text(WATCHER.format(log=str(project / ASKED)), encoding="utf-8")
    for arguments in (["check"], ["build", "--proofs"], ["deliver"]):
        done = command(*arguments, "--project", project, PYTHONPATH=f"{project}{os.pathsep}{ROOT}")
        assert done.returncode == 0, done.stderr
    return project


@pytest.mark.parametrize("name", PAGES)
def test_a_front_page_is_short(name: str) -> None:
    """Everything else is one link away."""
    assert len(page(name).splitlines()) <= LONGEST


@pytest.mark.parametrize("name", PAGES)
def test_it_says_what_output_holds(name: str, project: Path) -> None:
    """Each path of the table is there, and nothing that is there is left out."""
    told = set(re.findall(r"`output/([\w./]+)`", page(name)))
    assert [path for path in sorted(told) if not (project / "output" / path).exists()] == []
    there = {path.name for path in (project / "output").iterdir() if not path.name.startswith(".")}
    assert there == {path.split("/")[0] for path in told}
    assert (project / "output" / "site" / "posters" / "livret.pdf").is_file()
    assert [path.suffix for path in (project / "output" / "livraison").iterdir()] == [".zip"]


@pytest.mark.parametrize("name", PAGES)
def test_its_commands_exist(name: str) -> None:
    """Whoever types them gets what is promised."""
    typed = re.findall(r"(?:build\.py|oxalis-panels) ([a-z]+)", page(name))
    assert typed
    assert set(typed) - {*COMMANDS, "test"} == set()


def test_both_pages_show_the_same() -> None:
    """The panel, what `output/` holds, the pictures."""
    assert panel("README.md") == panel("README.fr.md")
    for pattern in (r"^\| `(output/\S+)`", r"!\[.*?\]\((.*?)\)"):
        found, french = (re.findall(pattern, page(name), re.MULTILINE) for name in PAGES)
        assert found == french != []


def test_what_a_keyboard_has_does_as_well(tmp_path: Path) -> None:
    """`[x]` and `->` give the panel that ✓ and → give."""
    signs = panel("README.md")
    typed = signs.replace("✓", "[x]").replace("→", "->")
    assert typed != signs
    both = [check(write_project(tmp_path / str(n), offre=text)) for n, text in enumerate((signs, typed))]
    first, second = (each.value.typeset.panels for each in both if each.value)
    assert first == second
    assert "«\u00a0offre OXALIS\u00a0»" in plain(first[0].title)


def test_the_sources_stay_as_they_were_typed(project: Path) -> None:
    """After all that was made of them."""
    assert [path.name for path in (project / "panels").iterdir()] == ["01-offre.md"]
    assert (project / "panels" / "01-offre.md").read_bytes() == panel("README.md").encode()


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_no_letters_but_those_of_ordinals_are_set_otherwise(golden: Path) -> None:
    """Of all that the rules were written for; `language/typography/proof.py` refuses the rest as it runs."""
    for typed in re.findall(r"^Saisi : (.*)", golden.read_text("utf-8"), re.MULTILINE):
        assert letters(typeset(typed)) == letters(typed)


def letters(text: str) -> str:
    """Return the letters and digits of a text, without the endings of ordinals."""
    bare = re.sub(r"(?<=[0-9CLXVI])(?:[èe]?res?|(?:[èe]m)?es?)\b", "", text, flags=re.IGNORECASE)
    return re.sub(r"[\W_]", "", bare)


def test_the_examples_of_the_pages_are_true() -> None:
    """2ème is set 2e, and a thin space goes before the exclamation mark."""
    assert typeset("La 2ème fois!") == "La 2e fois\u202f!"


def test_pages_need_no_script_and_no_third_party(project: Path) -> None:
    """The projection has one, and can be read without it; nothing is loaded from elsewhere."""
    for path in (project / "output" / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert ("<script" in text) == (path.parent.name == "projection")
        loaded = re.findall(r"<(?:script|link|img|source|iframe)\b[^>]*?(?:src|srcset|href)=\"([^\"]+)", text)
        assert [address for address in loaded if re.match(r"(?!data:)[a-z]+:|//", address)] == []


def test_no_other_machine_is_asked(project: Path) -> None:
    """By none of the processes that check, build and deliver; one that does ask is seen."""
    assert not (project / ASKED).exists()
    asking = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    subprocess.run([sys.executable, "-c", asking], env=environment({"PYTHONPATH": str(project)}), check=True)
    assert "127.0.0.1" in (project / ASKED).read_text("utf-8")


def test_the_machine_that_is_asked_for_is_the_one_needed() -> None:
    """Python's version, and the packages of Debian."""
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = package["requires-python"].removeprefix(">=")
    assert f"Python {needed} or newer" in page("README.md")
    assert f"Python {needed} ou plus récent" in page("README.fr.md")
    assert f"(`{SYSTEMS['debian'][1]}`)" in page("README.md")
