"""What benchmarks need of this machine, and what they say in its place."""

import os
import shutil

NAMED = os.environ.get("CHROMIUM")
NAMES = [NAMED] if NAMED else ["chromium", "chromium-browser", "google-chrome"]
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
NO_CHROMIUM = "Chromium is missing: `apt install chromium`, or its path in the variable CHROMIUM."
NOT_READY = "Needs .venv, which `python3 build.py check` prepares; then .venv/bin/python benchmarks/…"
NO_TOOLS = (
    "Needs Playwright, which `python3 build.py test` adds to .venv with the other tools of contributors."
)
