"""What editors and git find in the repository: settings for VS Code, and hooks for pre-commit."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from builds import ROOT, command, write_project

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
GUIDE = (ROOT / "docs" / "aller-plus-loin.md").read_text(encoding="utf-8")


def test_each_yaml_file_is_checked_by_its_schema_in_vs_code() -> None:
    """The schemas are there, and `collection.yaml` is not taken for a panel."""
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    found = {
        schema: sorted({path.name for glob in globs for path in ROOT.glob(glob)})
        for schema, globs in settings["yaml.schemas"].items()
    }
    expected = {"./schemas/collection.json": ["collection.yaml"], "./schemas/panel.json": []}
    assert (found, [name for name in found if not (ROOT / name).is_file()]) == (expected, [])


def test_recommended_extensions_are_named_as_in_the_market() -> None:
    """An identifier of an extension is its publisher, a dot and its name."""
    recommended = json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))
    names = recommended["recommendations"]
    assert [name for name in names if re.fullmatch(r"[a-z0-9-]+\.[a-z0-9-]+", name)] == names != []


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_lets_right_panels_pass_and_stops_wrong_ones(hook: dict[str, Any], tmp_path: Path) -> None:
    """Its entry is a command line of ours, for the whole project; it fails as pre-commit expects."""
    program, *arguments = str(hook["entry"]).split()
    right = write_project(tmp_path / "right", a="# Un titre\n\n- ✓ Un constat.\n")
    wrong = write_project(
        tmp_path / "wrong", a="# Un titre\n\n* [x] Un constat.\n-> Un point\n- autre chose\n"
    )
    codes = [command(*arguments, cwd=folder).returncode for folder in (right, wrong)]
    assert (program, codes, hook["language"], hook["pass_filenames"]) == (
        "oxalis-panels",
        [0, 1],
        "python",
        False,
    )
    assert re.search(hook["files"], "panels/01-a.md")
    assert not re.search(hook["files"], "docs/panels/01-a.md")


def test_the_guide_names_the_hooks_as_they_are_called() -> None:
    """The example of `.pre-commit-config.yaml` in the guide can be pasted."""
    block = GUIDE.split("dans `.pre-commit-config.yaml` :", 1)[1].split("```")[1]
    (repository,) = yaml.safe_load(block.removeprefix("yaml"))["repos"]
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in HOOKS]


def test_the_first_line_that_names_a_schema_is_no_mistake(tmp_path: Path) -> None:
    """`# yaml-language-server: $schema=…` may head a panel in YAML and the settings."""
    project = write_project(tmp_path, a="# Un titre\n\n- ✓ Un constat.\n")
    line = "# yaml-language-server: $schema=../schemas/{}.json\n"
    text = "title: Un titre\nfindings:\n  - Un constat.\n"
    (project / "panels" / "02-b.yaml").write_text(line.format("panel") + text, encoding="utf-8")
    settings = project / "panels" / "collection.yaml"
    settings.write_text(line.format("collection") + "title: Un bilan\n", encoding="utf-8")
    shutil.copytree(ROOT / "schemas", project / "schemas")
    done = command("check", "--strict", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
