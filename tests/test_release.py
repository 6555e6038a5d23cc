"""What GitHub is told to do with this repository: it can read it, and a release is what its tag says."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from oxalis_panels import __version__

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".github"
WORKFLOWS = [FOLDER / "workflows" / name for name in ("build.yml", "release.yml")]
SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "vendor.dependabot": [FOLDER / "dependabot.yml"],
    "vendor.github-issue-forms": sorted((FOLDER / "ISSUE_TEMPLATE").iterdir()),
}


def read(path: Path) -> dict[str, Any]:
    """Return what a workflow says."""
    workflow: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return workflow


@pytest.mark.parametrize(("schema", "files"), SCHEMAS.items(), ids=SCHEMAS)
def test_github_can_read_what_is_written_for_it(schema: str, files: list[Path]) -> None:
    """Workflows, the bot's file and the form for problems, by GitHub's own schemas."""
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(check, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_and_nothing_of_an_event_is_part_of_a_script(path: Path) -> None:
    """By the commit, with the version for people and the bot; a branch may be called `$(…)`."""
    lines = [line for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert [line for line in lines if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []
    steps = [step for job in read(path)["jobs"].values() for step in job["steps"]]
    assert [step["run"] for step in steps if "${{" in step.get("run", "")] == []


def test_only_the_job_that_publishes_can_prove_who_it_is() -> None:
    """It does nothing but upload what was tried; no other job gets the token."""
    jobs = read(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    assert [name for name, job in jobs.items() if "id-token" in job["permissions"]] == ["pypi"]
    assert jobs["pypi"]["needs"] == jobs["release"]["needs"] == "try"
    assert jobs["pypi"]["if"] == "vars.PUBLISH_TO_PYPI == 'true'"


@pytest.mark.skipif(sys.platform == "win32", reason="the script is for a runner with Linux")
@pytest.mark.parametrize(("tag", "code"), [(f"v{__version__}", 0), ("v9.9", 1), (__version__, 1)])
def test_a_tag_that_is_not_the_version_is_refused(tag: str, code: int) -> None:
    """With both said, at the line where the version stands."""
    steps = read(ROOT / ".github" / "workflows" / "release.yml")["jobs"]["build"]["steps"]
    (script,) = [step["run"] for step in steps if step.get("name") == "The tag is the version"]
    variables = {"PATH": os.environ["PATH"], "GITHUB_REF_NAME": tag}
    command = ["bash", "-e", "-c", script]
    done = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == code, done.stderr
    said = f"::error file=oxalis_panels/__init__.py::The tag is {tag}, but __version__ says {__version__}.\n"
    assert done.stdout == (said if code else "")


def test_every_python_that_is_promised_is_tried_at_both_ends() -> None:
    """The oldest and the newest classifier are in the matrix, and each system is."""
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    promised = re.findall(r'"Programming Language :: Python :: 3\.(\d+)"', settings)
    rows = read(ROOT / ".github" / "workflows" / "build.yml")["jobs"]["test"]["strategy"]["matrix"]["include"]
    tried = {row["python"] for row in rows}
    assert {f"3.{min(promised, key=int)}", f"3.{max(promised, key=int)}"} <= tried
    assert f'requires-python = ">=3.{min(promised, key=int)}"' in settings
    assert {row["os"].split("-")[0] for row in rows} == {"ubuntu", "windows", "macos"}
