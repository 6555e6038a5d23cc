"""Scores of Lighthouse (mobile) for the site in `output/site`, served locally and compressed.

    npm install lighthouse
    python3 benchmarks/lighthouse.py [PAGE …]

Needs Chromium (or the one that `CHROMIUM` names). Ends with 1 unless every score is 100.
"""

import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from needs import CHROMIUM, NO_CHROMIUM

ROOT = Path(__file__).parent.parent
SITE = ROOT / "output" / "site"
PAGES = ("index.html", "offre/index.html", "tout/index.html", "glossaire/index.html", "projection/index.html")
COMPRESSED = ("text/", "application/json", "image/svg")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files as a good host does: compressed, and to be kept."""

    def log_message(self, *_: Any) -> None:  # noqa: ANN401 - as in the base class
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file of the site."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data, kind = path.read_bytes(), self.guess_type(path)
        self.send_response(200)
        if kind.startswith(COMPRESSED):
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Cache-Control", "max-age=31536000")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def scores(address: str, command: str, chromium: str) -> dict[str, int]:
    """Return the score of each category, of 100."""
    flags = "--headless --no-sandbox --disable-gpu"
    done = subprocess.run(  # noqa: S603 - the program that was asked for
        [command, address, "--quiet", "--output=json", f"--chrome-flags={flags}"],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return {name: round(100 * each["score"]) for name, each in json.loads(done.stdout)["categories"].items()}


def main(pages: list[str]) -> int:
    """Print the scores of each page; return 1 unless all are 100."""
    command = shutil.which("lighthouse", path=f"{ROOT / 'node_modules/.bin'}{os.pathsep}{os.environ['PATH']}")
    if command is None or not SITE.is_dir():
        sys.stderr.write("Needs `npm install lighthouse`, and the site: python3 build.py\n")
        return 2
    if CHROMIUM is None:
        sys.stderr.write(f"{NO_CHROMIUM}\n")
        return 2
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: Handler(*a, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    perfect = True
    for page in pages or [page for page in PAGES if (SITE / page).is_file()]:
        found = scores(f"http://127.0.0.1:{server.server_port}/{page}", command, CHROMIUM)
        sys.stdout.write(f"{page:24} {'  '.join(f'{name} {score}' for name, score in found.items())}\n")
        sys.stdout.flush()
        perfect = perfect and set(found.values()) == {100}
    server.shutdown()
    return 0 if perfect else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
