"""Whatever a panel and its settings hold: `check`, `fmt` and `build --site` answer, and keep to their folder.

    OXALIS_PANELS_EXAMPLES=10000 .venv/bin/pytest -n0 tests/test_any_project.py

tries as many projects as it says.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import ROOT, damaged

from oxalis_panels.cli.main import cli

EXAMPLES = int(os.environ.get("OXALIS_PANELS_EXAMPLES", "25"))
SETTINGS = (ROOT / "panels" / "collection.yaml").read_text(encoding="utf-8").split("\n")
LINES = st.sampled_from(
    [*SETTINGS, "title: [", "language: de", "keep: {a: 1}", "\tx: y", "site_url: javascript:1"]
)


def _state(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, the output left out."""
    files = (path for path in folder.rglob("*") if path.is_file() and "output" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _run(arguments: Sequence[str]) -> None:
    """Run a command in this process: it ends as commands do, and says no traceback."""
    result = CliRunner().invoke(cli, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in {0, 1}
    assert "Traceback" not in result.output


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of three panels, used again and again: what one build leaves, the next one meets."""
    folder = tmp_path_factory.mktemp("any") / "projet"
    (folder / "panels").mkdir(parents=True)
    for name in ("01-introduction.md", "02-budget.md"):
        (folder / "panels" / name).write_bytes((ROOT / "panels" / name).read_bytes())
    return folder


@given(
    panel=damaged(),
    ending=st.sampled_from([".md", ".md", ".md", ".yaml"]),
    collection=st.one_of(st.just(SETTINGS), st.just(SETTINGS), st.lists(LINES, max_size=12)),
)
@settings(max_examples=EXAMPLES)
def test_any_project_gets_an_answer(project: Path, panel: bytes, ending: str, collection: list[str]) -> None:
    """No traceback, and nothing changes outside the output folder but the panel that `fmt` puts in form."""
    path = project / "panels" / f"03-essai{ending}"
    for old in project.glob("panels/03-*"):
        old.unlink()
    path.write_bytes(panel)
    (project / "panels" / "collection.yaml").write_text("\n".join(collection), encoding="utf-8")
    before, around = _state(project), sorted(project.parent.iterdir())
    _run(["check", "--project", str(project)])
    _run(["build", "--site", "--project", str(project), "--output", str(project / "output")])
    assert _state(project) == before
    _run(["fmt", "--project", str(project)])
    changed = {name for name, data in _state(project).items() if before.get(name) != data}
    assert changed <= {f"panels/{each.name}" for each in project.glob("panels/*.*")}
    assert sorted(project.parent.iterdir()) == around
