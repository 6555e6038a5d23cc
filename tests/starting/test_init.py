"""`init`: a project for another cooperative that builds at once, and says how to go on."""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml
from builds import build_posters_of, command, told
from click.testing import CliRunner, Result

from oxalis_panels.authoring.starting.project import WHEEL, Answers, Origin, origin, plan_project
from oxalis_panels.cli.main import COMMANDS, cli
from oxalis_panels.model.collection import plain
from oxalis_panels.pipeline.check import review
from oxalis_panels.reading.project import read_project
from oxalis_panels.reading.schema import NAMES, schema_text
from oxalis_panels.reading.settings import ACCESSIBILITY, DELIVERY, SETTINGS
from oxalis_panels.words.catalogue import catalogue

TITLE = 'Trois "ans" : *bilan*'


def run(*arguments: str | Path) -> Result:
    """Run `init` as a person does where nobody can be asked."""
    return CliRunner().invoke(cli, ["init", *map(str, arguments)])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_checks_and_builds_without_a_word(tmp_path: Path, language: str) -> None:
    """In both languages, in a folder whose name has blanks and another script; `fmt` has nothing to do."""
    project = tmp_path / "Bilan été 日本"
    done = command("--lang", language, "init", project, "--title", TITLE)
    assert (done.returncode, done.stderr) == (0, "")
    built = command("build", "--site", "--strict", "--project", project)
    assert (built.returncode, built.stderr) == (0, "")
    assert command("fmt", "--check", "--project", project).returncode == 0
    read = read_project(project)
    assert read.value is not None
    assert (read.value.settings.language, plain(read.value.settings.title)) == (language, TITLE)
    assert len(read.value.panels) == 3


def test_its_posters_are_made_without_a_warning(tmp_path: Path, french_fonts: Path) -> None:
    """The three examples fit, large enough."""
    assert run(tmp_path / "a", "--organisation", "Notre coopérative").exit_code == 0
    shutil.copytree(french_fonts, tmp_path / "a" / "output" / ".cache" / "fonts")
    report, made = build_posters_of(tmp_path / "a")
    assert (report.diagnostics, made) == ((), ["exemple", "introduction", "second-exemple"])


def test_it_works_in_the_current_folder_and_keeps_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other files stay as they are, and are named."""
    (tmp_path / "README.md").write_text("À moi.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = run()
    assert result.exit_code == 0
    assert "Gardé tel quel, car déjà là\u00a0: README.md" in result.stdout
    assert "  cd " not in result.stdout
    assert (tmp_path / "README.md").read_text("utf-8") == "À moi.\n"
    assert (tmp_path / ".github" / "workflows" / "pages.yml").is_file()
    assert not (tmp_path / ".staging").exists()


def test_a_folder_with_panels_is_refused(tmp_path: Path) -> None:
    """Nothing is written; a file in the place of the folder is refused as well."""
    (tmp_path / "panels").mkdir()
    (tmp_path / "panels" / "01-un.md").write_text("# Un\n", encoding="utf-8")
    result = run(tmp_path)
    assert result.exit_code == 1
    assert result.stderr.replace(tmp_path.as_posix(), "bilan") == told("init-panels")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["panels"]
    refused = run(tmp_path / "panels" / "01-un.md")
    assert refused.exit_code == 1
    assert refused.stderr.replace(tmp_path.as_posix(), "bilan") == told("init-not-folder")


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the new folder."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = run(tmp_path / "a")
    assert result.exit_code == 1
    assert "plus de place sur le disque" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_field_is_explained(tmp_path: Path, language: str) -> None:
    """Each field of `collection.yaml` stands there, most behind a `#`; all of them together are right."""
    start = plan_project(tmp_path, Answers(language), Origin("oxalis-panels")).value
    assert start is not None
    text = next(data for path, data in start.files.items() if path.name == "collection.yaml").decode()
    named = re.findall(r"^(?:# )? *([a-z_]+):(?: |$)", text, re.MULTILINE)
    tables = (SETTINGS, DELIVERY, ACCESSIBILITY)
    assert [key for table in tables for key in table.fields if key not in named] == []
    for path, data in start.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    fields = re.sub(r"^# ((?:  )*(?:[a-z_]+:(?: |$)|[A-Z]{2,}: |- ))", r"\1", text, flags=re.MULTILINE)
    (tmp_path / "panels" / "collection.yaml").write_text(fields, encoding="utf-8")
    assert set(yaml.safe_load(fields)) == set(SETTINGS.fields)
    assert [each for each in review(tmp_path).diagnostics if each.severity == "error"] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_workflows_are_yaml_and_name_our_commands(tmp_path: Path, language: str) -> None:
    """What a forge runs exists here; the program it installs is the one of the origin."""
    start = plan_project(tmp_path, Answers(language, origin_note="Note."), Origin("oxalis-panels==1.2")).value
    assert start is not None
    files = {str(path): data.decode() for path, data in start.files.items()}
    actions = {
        f".{forge}/workflows/{name}.yml" for forge in ("github", "forgejo") for name in ("build", "pages")
    }
    workflows = {name for name in files if name.endswith(".yml")}
    assert workflows == {*actions, ".github/dependabot.yml", ".gitlab-ci.yml"}
    for name in {*actions, ".gitlab-ci.yml"}:
        yaml.safe_load(files[name])
        assert set(re.findall(r"oxalis-panels (\w+)", files[name])) <= set(COMMANDS)
        assert "pip install --quiet -r requirements.txt" in files[name]
    assert files["requirements.txt"].endswith("oxalis-panels==1.2\n")
    assert set(re.findall(r"`oxalis-panels (\w+)", files["README.md"])) <= set(COMMANDS)
    assert "Note." in files["README.md"]
    assert [
        name
        for name, text in files.items()
        if re.search(r"(?<!\$)\{(title|organisation|origin|requirement)\}", text)
    ] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_vs_code_finds_the_schemas_that_its_settings_name(tmp_path: Path, language: str) -> None:
    """They lie in the project, in its language, so that no address of ours has to be reached."""
    assert command("--lang", language, "init", tmp_path).returncode == 0
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text("utf-8"))
    found = {name: (tmp_path / name).read_text("utf-8") for name in settings["yaml.schemas"]}
    expected = {f"./.vscode/schemas/{name}.json": schema_text(name, catalogue(language)) for name in NAMES}
    assert expected == found


PUBLIC = {
    "https://forge.fr/files/x.whl": "https://forge.fr/files/x.whl",
    "https://forge.fr/nous/programme.git": "git+https://forge.fr/nous/programme.git@0123abc",
}
PRIVATE = (
    "https://jeton:secret@forge.fr/nous/programme.git",
    "https://secret@forge.fr/files/x.whl",
    "https://forge.fr/files/x.whl?private_token=secret",
    "ssh://git@forge.fr/nous/programme.git",
    "file:///nulle/part/programme.git",
)


def record(folder: Path, url: str) -> None:
    """Write down, as pip does, where the program was installed from (PEP 610)."""
    kind = (
        {"vcs_info": {"vcs": "git", "commit_id": "0123abc"}} if url.endswith(".git") else {"archive_info": {}}
    )
    place = folder / "oxalis_panels-9.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: oxalis-panels\nVersion: 9\n", "utf-8")
    (place / "direct_url.json").write_text(json.dumps({"url": url, **kind}), "utf-8")


@pytest.mark.parametrize(("url", "address"), PUBLIC.items())
def test_a_forge_gets_the_program_from_where_it_came_from(
    url: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address, of a wheel or of a repository: there, the very commit. All must be able to read it."""
    record(tmp_path / "installed", url)
    monkeypatch.syspath_prepend(tmp_path / "installed")
    assert origin() == Origin(f"oxalis-panels @ {address}")
    done = run(tmp_path / "a")
    assert (tmp_path / "a" / "requirements.txt").read_text("utf-8").endswith(f"\noxalis-panels @ {address}\n")
    assert address in (tmp_path / "a" / "README.md").read_text("utf-8")
    assert f"sans mot de passe\u00a0: {address}." in done.output
    assert WHEEL not in done.output


@pytest.mark.parametrize("url", PRIVATE)
def test_an_address_that_a_forge_cannot_read_is_written_nowhere(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor what may be a password; a wheel is asked for at the end, and in the README."""
    record(tmp_path / "installed", url)
    monkeypatch.syspath_prepend(tmp_path / "installed")
    done = run(tmp_path / "a")
    assert f"posez {WHEEL} dans le dossier" in done.output
    written = [path.read_text("utf-8") for path in (tmp_path / "a").rglob("*") if path.is_file()]
    assert [text for text in (done.output, *written) if "secret" in text or "nous/programme" in text] == []
    assert f"\n./{WHEEL}\n" in (tmp_path / "a" / "requirements.txt").read_text("utf-8")


def test_a_wheel_comes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a folder whose name is written in signs of its own; the project then needs nobody."""
    wheel = tmp_path / "dépôt à nous" / "oxalis_panels-9-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"roue")
    record(tmp_path / "installed", wheel.as_uri())
    monkeypatch.syspath_prepend(tmp_path / "installed")
    done = run(tmp_path / "a")
    assert (tmp_path / "a" / wheel.name).read_bytes() == b"roue"
    assert (tmp_path / "a" / "requirements.txt").read_text("utf-8").endswith(f"\n./{wheel.name}\n")
    assert f" {wheel.name}," in (tmp_path / "a" / "README.md").read_text("utf-8")
    assert "posez" not in done.output
