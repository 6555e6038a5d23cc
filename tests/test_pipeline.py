"""A build that fails, for whatever reason, says so and leaves the last good output whole."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from builds import FRENCH, ROOT, SHORT, Built, build_posters_of, environment, said, standing, write_project

from oxalis_panels.pipeline.build import build
from oxalis_panels.pipeline.check import check
from oxalis_panels.pipeline.request import Request
from oxalis_panels.words.drawing import draw

CHILDREN = Path("/proc/self/task")
"""Where Linux tells which processes another started; elsewhere the test of interruption is left out."""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, built: Built) -> Path:
    """Return a project of two panels that has been built, site and posters, once for all tests."""
    project = built.lend_fonts(write_project(tmp_path_factory.mktemp("finished"), un=SHORT, deux=SHORT))
    report, made = build_posters_of(project, site=True)
    assert (report.failed, made) == (False, ["deux", "un"])
    return project


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Path:
    """Return a copy of that project, the times of its files included."""
    return Path(shutil.copytree(finished, tmp_path / "projet"))


def write(path: Path, text: str) -> None:
    """Write a file and the folders on its way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def shipped(name: str) -> str:
    """Return the text of a template that comes with the program."""
    return (ROOT / "templates" / name).read_text(encoding="utf-8")


def refuses(project: Path, **options: object) -> list[str]:
    """Build site and posters; assert that nothing at all was written; return what was drawn."""
    before = standing(project / "output")
    report, _ = build_posters_of(project, **{"site": True, **options})
    assert report.failed
    assert report.plan is None
    assert standing(project / "output") == before
    return [draw(diagnostic, FRENCH) for diagnostic in report.diagnostics]


def test_a_mistake_in_one_panel_stops_everything(project: Path) -> None:
    """The other panel, changed too, is not written: site and posters always show one state of the text."""
    write(project / "panels" / "01-un.md", SHORT.replace("court", "changé"))
    write(project / "panels" / "02-deux.md", "- ✓ Pas de titre\n")
    write(project / "panels" / "03-trois.md", "# Un titre\n\n- → point sans constat\n")
    drawn = refuses(project)
    assert [text.split(":")[0] for text in drawn] == ["panels/02-deux.md", "panels/03-trois.md"]


def test_an_overflow_stops_the_site_too(project: Path) -> None:
    """What cannot be printed is not published meanwhile."""
    write(project / "panels" / "02-deux.md", SHORT + "- ✓ " + "Beaucoup de mots. " * 500 + "\n")
    (text,) = refuses(project)
    assert "[poster-overflow]" in text


@pytest.mark.parametrize("name", ["poster/poster.html", "site/panel.html", "site/base.html"])
@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ("{% if %}", "il manque une valeur avant «\u00a0%}\u00a0»"),
        ("{{ panels }}{{ inconnue }}", "«\u00a0panels\u00a0»"),
    ],
)
def test_a_mistake_in_an_own_template_is_told_with_its_line(
    name: str, wrong: str, complaint: str, project: Path
) -> None:
    """A syntax error or an unknown variable in the project's own templates: file, line, the line itself."""
    lines = shipped(name).split("\n")
    number = next(
        n
        for n, line in enumerate(lines)
        if "<html" in line or "<head>" in line or "<main" in line or "<article" in line or "<header" in line
    )
    lines[number] += wrong
    write(project / "templates" / name, "\n".join(lines))
    first, *_ = refuses(project)
    assert first.startswith(f"templates/{name}:{number + 1}:1: erreur\u00a0: ")
    assert complaint in first
    assert "[template-mistake]" in first
    assert f"  {number + 1} | " in first


@pytest.mark.parametrize(
    "palette",
    [
        "ceci n’est pas du TOML",
        "",
        "colour = []\n",
        '[[colour]]\nname = "seule"\n',
        shipped("shared/palette.toml").replace("[86, 34, 84, 42]", "[86, 34]"),
    ],
    ids=["not TOML", "empty", "no colour", "shades missing", "three inks missing"],
)
def test_a_broken_palette_is_told(palette: str, project: Path) -> None:
    """The project's own palette may be wrong in any way; the file is named."""
    write(project / "templates" / "shared" / "palette.toml", palette)
    (text,) = refuses(project)
    assert text.startswith("templates/shared/palette.toml")
    assert "[palette-mistake]" in text or "[palette-colour]" in text


def test_a_warning_stops_a_strict_build(project: Path) -> None:
    """`--strict` writes nothing if there is anything to say; the same without it is written."""
    write(project / "panels" / "01-un.md", SHORT.replace("point.", "point.."))
    (text,) = refuses(project, strict=True)
    assert ": attention\u00a0: " in text
    report, _ = build_posters_of(project, site=True)
    assert not report.failed


def test_a_panel_nobody_knows_is_told_before_anything_is_made(project: Path) -> None:
    """`--panel` with a slip of the pen names the nearest panel and all of them."""
    (text,) = refuses(project, panels=frozenset({"deus"}))
    assert text.startswith("--panel: erreur\u00a0: Aucun panneau ne s’appelle «\u00a0deus\u00a0».")
    assert "«\u00a0deux\u00a0»" in text
    assert "un, deux" in text


@pytest.mark.parametrize("where", ["below a file", "refused by the system"])
def test_an_output_that_cannot_be_written_is_told(
    where: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback for a folder that cannot be made; the folder is named."""
    output = project / "collection" / "output"
    if where == "below a file":
        write(project / "collection", "")
    else:
        monkeypatch.setattr(Path, "mkdir", _denied)
    report = build(Request(project, output), lambda *_: None)
    assert report.failed
    (found,) = report.diagnostics
    assert found.key.startswith("output-")
    assert found.span.source.path == output.as_posix()


def _denied(self: Path, *_arguments: object, **_named: object) -> None:
    raise PermissionError(13, "Permission denied", str(self))


def test_a_missing_character_is_told_where_it_stands(project: Path) -> None:
    """A character that our fonts lack would be borrowed from any font of the machine: it stops the build."""
    write(project / "panels" / "02-deux.md", SHORT.replace("premier point", "premier 点"))
    (text,) = refuses(project)
    assert text.startswith("panels/02-deux.md:4:22: erreur\u00a0: ")
    assert "点 (U+70B9)." in text


@pytest.mark.parametrize("field", ["title", "organisation", "authors"])
def test_a_missing_character_in_the_settings_is_told(field: str, project: Path) -> None:
    """What `collection.yaml` says stands on every poster too."""
    write(project / "panels" / "collection.yaml", f"{field}: Oxalis 点\n")
    assert ["[missing-character]" in text for text in refuses(project)] == [True]


def test_checking_renders_nothing_and_finds_what_building_finds(project: Path) -> None:
    """`check` tells the same mistakes of the text."""
    write(project / "panels" / "02-deux.md", "- ✓ Pas de titre\n")
    report, _ = build_posters_of(project)
    assert check(project).diagnostics == report.diagnostics
    assert said(report.diagnostics) != []


def start(project: Path) -> subprocess.Popen[str]:
    """Start a build in a process group of its own, as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "oxalis_panels", "build"],
        cwd=project,
        env=environment({}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def group(leader: int) -> list[int]:
    """Return the processes of a group that are still alive."""
    alive = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[2]) == leader and fields[0] != "Z":
            alive.append(int(stat.parent.name))
    return alive


def until(true: Callable[[], bool]) -> None:
    """Wait until something is true, ten seconds at most."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.skipif(not CHILDREN.is_dir(), reason="processes are counted as Linux shows them")
@pytest.mark.parametrize(
    ("name", "delay"),
    [
        ("SIGINT", 0),
        ("SIGINT", 0.15),
        ("SIGINT", 0.4),
        ("SIGINT", 0.8),
        ("SIGTERM", 0.4),
        ("SIGHUP", 0.4),
    ],
)
def test_an_interrupted_build_leaves_no_trace(name: str, delay: float, project: Path) -> None:
    """Whatever ends all processes while posters are made: exit code, one sentence, nothing left behind."""
    for n in range(1, 7):
        write(
            project / "panels" / f"{n:02}-n{n}.md",
            SHORT.replace("court", f"court {n}" * n),
        )
    for path in ("01-un.md", "02-deux.md"):
        (project / "panels" / path).unlink()
    before = standing(project / "output")
    running, number = start(project), signal.Signals[name]
    until(lambda: len(group(running.pid)) > 2)
    time.sleep(delay)
    os.killpg(running.pid, number)
    _, stderr = running.communicate(timeout=20)
    assert stderr.lstrip("\n") == "Interrompu\u00a0: les derniers résultats sont intacts.\n"
    assert running.returncode == 128 + number
    until(lambda: group(running.pid) == [])
    assert standing(project / "output") == before
