"""Every command of the guides is typed as they show it, and every answer that they show is the one it gets.

What stands in a guide says what it is by the language of its fence. `sh` is typed in a shell, in the order
of the page. `text` is what was said last, seconds and megabytes apart, or what is in the file that it names.
Other blocks that name a file are in it (`yaml`: are added to it) until the next commands have been typed.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from itertools import zip_longest
from pathlib import Path
from urllib.request import urlopen

import click
import pytest
from builds import ROOT, SILENT, Built, make_environment
from docx import Document
from markdown_it import MarkdownIt
from markdown_it.token import Token

from oxalis_panels import __version__
from oxalis_panels.cli.main import COMMANDS, cli

GUIDES = [ROOT / "README.md", ROOT / "README.fr.md", *sorted((ROOT / "docs").glob("*.md"))]
GUIDES.remove(ROOT / "docs" / "python.md")  # tests/test_python.py runs it
LEAFLETS = sorted((ROOT / "oxalis_panels/authoring/starting/project").glob("*/README.md"))
WHEEL = f"oxalis_panels-{__version__}-py3-none-any.whl"
ELSEWHERE = {
    "curl": "installs uv",
    "sudo": "installs packages of the system",
    "uv": "installs the program, or packs it: tests/test_wheel.py",
    "rsync": "copies to a server: tests/test_publishing.py",
    "winget": "installs uv, on Windows",
}
"""Programs that reach for other machines, and what they do there; here they do nothing."""
NOT_HERE = {
    "build.py test": "runs all tests, this one too",
    "-m build --wheel": "packs the program: tests/test_wheel.py",
}
"""The same of what Python is given."""
FAULTY = {
    "python3 build.py preflight kakemono.pdf --size 850x2000": "one of our posters, which has not that size",
}
"""Commands that find something to correct although no answer is shown."""
PROJECT = "nos-panneaux"
NOTHING_YET = {"je-construis.md", "commencer.md"}
"""Guides that begin a project."""
BEGUN = {"j-ecris-seulement.md", "aller-plus-loin.md"}
"""Guides whose reader stands in a project that was begun."""
KEEPER = "je-m-en-occupe.md"
"""The guide whose reader first enters it. All others are read in the folder of the program."""
EIGHT = {"README.md", "README.fr.md", "ecrire-un-panneau.md", "installer.md"}
"""Guides that speak of all the real panels."""
UNBUILT = "installer.md"
"""The guide that shows what the first build says."""
START = """from oxalis_panels.__main__ import main
if __name__ == "__main__":
    raise SystemExit(main())
"""
MARKDOWN = MarkdownIt("commonmark").enable("table")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="types in a shell of Unix")


def blocks(guide: Path) -> list[Token]:
    """Return what stands apart from the text of a guide."""
    tokens = MARKDOWN.parse(guide.read_text(encoding="utf-8"))
    return [token for token in tokens if token.type in {"fence", "code_block"}]


def script(file: Path, text: str, interpreter: str = "/bin/sh") -> None:
    """Write a program."""
    file.write_text(f"#!{interpreter}\n{text}", encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of programs: ours, in an environment as if from a wheel, and those that start it."""
    folder = tmp_path_factory.mktemp("tools")
    home = folder / "environment"
    make_environment(home, (folder / WHEEL).as_uri())
    (folder / WHEEL).write_bytes(b"a wheel")
    ours = home / "bin" / "oxalis-panels"
    script(ours, START, f"{home}/bin/python -P")
    script(home / "bin" / "pip", 'test "$1" = install && test -f "$2"\n')
    script(
        folder / "uvx",
        f"""[ "$1" = --from ] && [ -f "$2" ] && [ "$3" = oxalis-panels ] || exit 9
shift 3; PATH={home}/bin:$PATH UV=uv exec {ours} "$@"
""",
    )
    script(
        folder / "python3",
        f"""case "$*" in
  {" | ".join(f'"{each}"' for each in NOT_HERE)}) ;;
  --version) exec {sys.executable} --version ;;
  "-m venv "*) ln -s {home} "$3" ;;
  build.py*) shift; OXALIS_PANELS_FRONT_DOOR="python3\nbuild.py" exec {ours} "${{@:-build}}" ;;
  *) exit 9 ;;
esac
""",
        "/bin/bash",
    )
    for name in ELSEWHERE:
        script(folder / name, "")
    return folder


class Reader:
    """Somebody who types what a guide says, in the folder where it has led them."""

    def __init__(self, home: Path, tools: Path) -> None:
        """Sit down at a machine on which only the wheel is new."""
        self.home, self.tools = home, tools
        self.folder = home / "Documents"
        self.folder.mkdir(parents=True)
        shutil.copy(tools / WHEEL, self.folder)
        self.heard = ""

    def type(self, typed: str, *, code: int = 0) -> None:
        """Type lines; the last of them ends with this code. What is shown until Ctrl-C is looked at first."""
        kept = {name: text for name, text in os.environ.items() if name not in {*SILENT, "PYTHONPATH"}}
        path = f"{self.tools}:{self.tools}/environment/bin:/usr/bin:/bin"
        own = {"HOME": str(self.home), "PATH": path, "BROWSER": "true", "GIT_CONFIG_NOSYSTEM": "1"}
        typed = typed.replace("serve --open", "serve --open --port 0")  # two guides at once
        where = self.home / "where"
        with subprocess.Popen(
            ["/bin/bash", "-ec", f"trap 'pwd > {where}' EXIT\n{typed}"],
            cwd=self.folder,
            env={**kept, **own, "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        ) as shell:
            assert shell.stdout
            self.heard = ""
            for line in shell.stdout:
                self.heard += line
                if "Ctrl-C" in line:
                    self.look()
                    code = 130
                    os.killpg(shell.pid, signal.SIGINT)
        assert shell.returncode == code, (typed, self.heard)
        self.folder = Path(where.read_text(encoding="utf-8").strip())

    def look(self) -> None:
        """Open the site where `serve` says that it is."""
        (address,) = re.findall(r"^Site\s: (http:\S+)$", self.heard, re.MULTILINE)
        with urlopen(address) as page:  # noqa: S310 - of this machine
            assert page.status == 200

    def begin(self) -> None:
        """Make a project, as `je-construis.md` shows."""
        self.type(f"uvx --from {WHEEL} oxalis-panels init {PROJECT}")

    def unpack(self, guide: str, built: Built) -> None:
        """Put the folder of the program there: all panels with what was built, or two panels alone."""
        self.folder /= "oxalis"
        shutil.copytree(ROOT / "panels", self.folder / "panels")
        shutil.copy(self.tools / WHEEL, self.folder)
        (self.folder / "output").mkdir()
        if guide not in EIGHT:
            for panel in (self.folder / "panels").glob("*.md"):
                panel.unlink()
            for name in ("01-introduction.md", "03-offre.md"):
                shutil.copy(ROOT / "panels" / name, self.folder / "panels")
        elif guide != UNBUILT:
            shutil.copytree(built.output, self.folder / "output", dirs_exist_ok=True)
        for name in ("mon-affiche.pdf", "kakemono.pdf"):
            shutil.copy(built.posters[0], self.folder / name)


@pytest.fixture
def reader(guide: Path, built: Built, tools: Path, tmp_path: Path) -> Reader:
    """Return the reader of a guide, who has what it takes for granted."""
    reader = Reader(tmp_path, tools)
    forge = tmp_path / "forge.git"
    reader.type(
        f"git init -q --bare -b main {forge}\n"
        f"git config --global url.{forge.as_uri()}.insteadOf https://codeberg.org/NOM/DÉPÔT.git"
    )
    if guide.name in NOTHING_YET:
        notes = reader.folder / PROJECT
        notes.mkdir()
        (notes / "pad.md").write_text("# Offre\n\n- ✓ Un constat.\n", encoding="utf-8")
        bilan = Document()
        bilan.add_heading("Budget", 1)
        bilan.add_paragraph("✓ Un constat.")
        bilan.save(str(notes / "bilan.docx"))
    elif guide.name in {KEEPER, *BEGUN}:
        reader.begin()
    else:
        reader.unpack(guide.name, built)
    if guide.name == "je-construis.md":
        reader.folder = reader.home
    if guide.name in BEGUN:
        reader.folder /= PROJECT
    if guide.name not in {KEEPER, "je-construis.md"}:  # their readers type this themselves
        reader.type(
            "git config --global user.name Camille && git config --global user.email camille@exemple.fr"
        )
    if guide.name == "relire.md":
        for tag in ("presente-en-mars", "presente-en-juin"):
            reader.type(
                f"git init -q && echo '- ✓ {tag}.' >> panels/03-offre.md && git add panels && "
                f"git commit -qm {tag} && git tag {tag}"
            )
    return reader


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_what_a_guide_shows_is_what_happens(guide: Path, reader: Reader) -> None:
    """Each command works where the page has led, and answers what it shows."""
    before: dict[Path, str | None] = {}
    shown = blocks(guide)
    for block, following in zip_longest(shown, shown[1:]):
        kind, _, name = block.info.partition(" ")
        file = reader.folder / name
        if kind == "sh":
            wrong = block.content.strip() in FAULTY or (following and " erreur : " in same(following.content))
            reader.type(block.content, code=int(bool(wrong)))
            for changed, text in before.items():
                changed.unlink() if text is None else changed.write_text(text, encoding="utf-8")
            before.clear()
        elif kind == "text":
            said = file.read_text("utf-8") if name else reader.heard
            assert same(block.content) in same(said), said
        elif name:
            before[file] = file.read_text("utf-8") if file.exists() else None
            kept = (before[file] or "") if kind == "yaml" else ""
            file.write_text(f"{kept}{block.content}", encoding="utf-8")


def same(said: str) -> str:
    """Return what is said on every machine, with spaces as they are typed."""
    return re.sub(r"\d+(?:,\d+)?(?= (?:s\.|Mo[ ,]))", "N", said.replace("\u00a0", " ").replace("\u202f", " "))


@pytest.mark.parametrize("guide", [*GUIDES, *LEAFLETS], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_block_says_what_it_is(guide: Path) -> None:
    """Nothing that looks like a command or an answer escapes the test above."""
    for block in blocks(guide):
        kind = block.info.partition(" ")[0]
        if guide in LEAFLETS:
            assert "oxalis-panels" not in block.content
        elif kind == "powershell":
            assert block.content.partition(" ")[0] in ELSEWHERE
        else:
            assert kind in {"sh", "text", "markdown", "yaml", "toml", "pip", "apache"}, block.content
            assert kind == "sh" or not STARTED.search(block.content)


STARTED = re.compile(r"^(?:uvx|oxalis-panels|python3) ", re.MULTILINE)
_NAMED = r"(?:python3|py) build\.py|(?:uvx (?:--from \S+ )?)?oxalis-panels"
TYPED = re.compile(rf"(?:(?:{_NAMED}) |(?=(?:{'|'.join(COMMANDS)}) ))([a-z].*)")
"""A command of ours amid a sentence, the program before it named or not."""


def commands_in(guide: Path) -> list[str]:
    """Return what follows the name of the program, or would, wherever a sentence or a table cites it."""
    tokens = MARKDOWN.parse(guide.read_text(encoding="utf-8"))
    cited = [each.content for token in tokens for each in token.children or () if each.type == "code_inline"]
    found = [match[1] for each in cited if (match := TYPED.fullmatch(each))]
    return [rest for rest in found if f"build.py {rest}" not in NOT_HERE]


@pytest.mark.parametrize("guide", [*GUIDES, *LEAFLETS], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_command_amid_a_sentence_can_be_typed(guide: Path) -> None:
    """Its name and its options are known, whatever stands for their values."""
    for cited in commands_in(guide):
        name, *rest = shlex.split(cited.partition(" > ")[0].translate(str.maketrans("", "", "[]…")))
        command = cli.get_command(click.Context(cli), name)
        assert command, cited
        command.make_parser(click.Context(command)).parse_args([*rest])


def test_commands_amid_sentences_are_found() -> None:
    """With the name of the program, or without."""
    assert "explain typography-time" in commands_in(ROOT / "docs" / "verifier.md")
    assert "deliver --size a2" in commands_in(ROOT / "docs" / "imprimer.md")
    assert "init nos-panneaux" in commands_in(ROOT / "docs" / "je-construis.md")
