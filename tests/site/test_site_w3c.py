"""The real site, the tiny project and others before the W3C's own checker (npm `vnu-jar`).

Needs Java and the checker: `npm install vnu-jar` in the checkout, or its path in the variable `VNU_JAR`.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from site_project import ROOT, TINY, checked, files
from test_own_pages import CONTACT
from test_own_pages import project as own_project

JAR = Path(os.environ.get("VNU_JAR") or ROOT / "node_modules/vnu-jar/build/dist/vnu.jar")
JAVA = shutil.which("java")
ON_PURPOSE = {
    "The “list” role is unnecessary for element “ul”.",  # Safari forgets a list without bullets
    "The “list” role is unnecessary for element “ol”.",  # as above
    "CSS: “position-area”: Property “position-area” doesn't exist.",  # CSS Anchor Positioning, not known yet
    "CSS: “position-try-fallbacks”: Property “position-try-fallbacks” doesn't exist.",
}

pytestmark = pytest.mark.skipif(
    not (JAVA and JAR.is_file()), reason="no checker here: install Java, then npm install vnu-jar"
)


def _said(folder: Path) -> list[str]:
    """Return what the checker says of every page and style sheet in a folder."""
    command = [str(JAVA), "-jar", str(JAR), "--also-check-css", "--format", "json", "--stdout"]
    command += ["--exit-zero-always", str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return sorted(
        {
            f"{Path(each['url']).name}: {each['message']}"
            for each in json.loads(done.stdout)["messages"]
            if each["message"] not in ON_PURPOSE
        }
    )


def test_every_page_and_style_sheet_is_valid(tmp_path: Path) -> None:
    """No error and no warning, but for what is done on purpose; and the checker does find mistakes."""
    foreign = tmp_path / "foreign"
    (foreign / "panels").mkdir(parents=True)
    (foreign / "panels/01-haus.md").write_text(
        "# Unser Haus\n\n- ✓ Es steht.\n  - → Noch.\n", encoding="utf-8"
    )
    (foreign / "panels/collection.yaml").write_text("language: de\ntitle: Bericht\n", encoding="utf-8")
    own = own_project(tmp_path / "own", contact=CONTACT)
    for name, project in (("real", ROOT), ("tiny", TINY), ("foreign", foreign), ("own", own)):
        for path, data in files(checked(project)).items():
            if path.endswith((".html", ".css")):
                (tmp_path / "site" / name / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / "site" / name / path).write_bytes(data)
    assert _said(tmp_path / "site") == []
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong/x.html").write_text("<!doctype html><html lang=fr><title>x</title><p><div id=a>")
    assert any("div" in each for each in _said(tmp_path / "wrong"))
