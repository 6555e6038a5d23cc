"""How the processes that make posters are started, wherever the temporary folder is."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from builds import ROOT, environment

SCRIPT = """
from multiprocessing.util import get_temp_dir
from pathlib import Path
from oxalis_panels.poster.processes import processes, start_early, started_early
if __name__ == "__main__":
    start_early()
    process = processes().Process(target=print, args=("made",))
    process.start()
    process.join()
    print(started_early(), Path(get_temp_dir()).parent)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a fork server")
@pytest.mark.parametrize(("length", "is_used"), [(75, True), (76, False), (250, False)])
def test_the_path_of_the_temporary_folder_may_be_long(tmp_path: Path, length: int, *, is_used: bool) -> None:
    """The address of a fork server has room for 75 bytes of it; with a longer one it goes elsewhere."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        left = length - len(short) - 1
        folder = Path(short, "é" * (left // 2) + "e" * (left % 2))
        folder.mkdir()
        run = subprocess.run(
            [sys.executable, script],
            env=environment({"TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (run.stdout, run.stderr) == (f"made\nTrue {folder if is_used else '/tmp'}\n", "")  # noqa: S108
        assert list(folder.iterdir()) == []
