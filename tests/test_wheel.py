"""The program as it is installed elsewhere: what the wheel holds, and that it works outside this checkout."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest

from oxalis_panels import __version__

ROOT = Path(__file__).parent.parent
ADDRESS = "https://github.com/somebody/panels"
PANEL = "# Un seul panneau\n\n- ✓ Il suffit à faire un site,\n  - → et rien d’autre n’est nécessaire.\n"


def run(command: list[str], folder: Path, **variables: str) -> str:
    """Run a command that must succeed, and return what it prints."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def package(project: Path, kind: str, folder: Path) -> Path:
    """Make a wheel or an sdist of a project with the back end itself, which needs no network."""
    # -P: in this folder, `import build` would find build.py
    run([sys.executable, "-P", "-m", "hatchling", "build", "-t", kind, "-d", str(folder)], project)
    (made,) = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout."""
    return package(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the source distribution of this checkout."""
    return package(ROOT, "sdist", tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def released(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a release as the forge makes it: with its address, the wheel from the sdist."""
    checkout, dist = unpacked(sdist, tmp_path_factory.mktemp("checkout")), tmp_path_factory.mktemp("dist")
    run([sys.executable, str(checkout / ".ci" / "address.py"), ADDRESS, "v1.2"], checkout)
    source = package(checkout, "sdist", dist)
    package(unpacked(source, tmp_path_factory.mktemp("source")), "wheel", dist)
    return dist


def unpacked(sdist: Path, folder: Path) -> Path:
    """Unpack a source distribution; return its one folder."""
    run(["tar", "-xf", str(sdist)], folder)  # Python 3.11.2, Debian's, has no filter for archives yet
    (source,) = folder.iterdir()
    return source


def metadata(wheel: Path) -> Message:
    """Return what a wheel tells an index of itself, the README being its content."""
    with zipfile.ZipFile(wheel) as archive:
        return message_from_string(archive.read(f"oxalis_panels-{__version__}.dist-info/METADATA").decode())


def names_in(wheel: Path) -> set[str]:
    """Return the names of the files in a wheel, without the folders that carry the version."""
    with zipfile.ZipFile(wheel) as archive:
        return {name.replace(f"-{__version__}", "") for name in archive.namelist()}


def files_under(*folders: str) -> set[str]:
    """Return the files of the checkout in some folders, as paths from its root."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    return {
        path.relative_to(ROOT).as_posix()
        for path in found
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_package_the_templates_and_the_licences(wheel: Path) -> None:
    """Every file of the three is in it, catalogues and colour profile included, and nothing else is."""
    metadata = {
        f"oxalis_panels.dist-info/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")
    }
    licences = {f"oxalis_panels.dist-info/licenses/{name}" for name in files_under("LICENSES") | {"LICENSE"}}
    templates = {f"oxalis_panels/{name}" for name in files_under("templates", "schemas")}
    expected = files_under("oxalis_panels") | templates | licences | metadata
    assert names_in(wheel) == expected
    assert {"oxalis_panels/words/fr.toml", "oxalis_panels/py.typed"} <= expected


def test_the_licence_names_all_that_the_wheel_holds(wheel: Path) -> None:
    """The program, the words, the fonts, the profile: each with the text of its licence in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        folder = f"oxalis_panels-{__version__}.dist-info"
        lines = archive.read(f"{folder}/METADATA").decode().split("\n\n")[0].splitlines()
    (expression,) = (line.split(": ")[1] for line in lines if line.startswith("License-Expression: "))
    texts = {
        "MIT": {"LICENSE"},
        "MPL-2.0": {"LICENSES/MPL-2.0.txt"},
        "OFL-1.1": {"LICENSES/OFL-Bricolage-Grotesque.txt", "LICENSES/OFL-Source-Sans-3.txt"},
        "Zlib": {"LICENSES/Zlib.txt"},
    }
    assert expression == " AND ".join(texts)
    named = {line.split(": ")[1] for line in lines if line.startswith("License-File: ")}
    assert named == {"LICENSES/README.md"}.union(*texts.values())


def test_the_wheel_works_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    """One panel and the wheel make a site, with the templates that came in the wheel."""
    installed, project = tmp_path / "installed", tmp_path / "mon projet"
    shutil.unpack_archive(wheel, installed, "zip")
    (project / "panels").mkdir(parents=True)
    (project / "panels" / "01-seul.md").write_text(PANEL, "utf-8")
    python = [sys.executable, "-P"]
    where = "import oxalis_panels; print(oxalis_panels.__file__)"
    found = run([*python, "-c", where], project, PYTHONPATH=str(installed))
    assert Path(found.strip()).parent == installed / "oxalis_panels"
    run([*python, "-m", "oxalis_panels", "build", "--site"], project, PYTHONPATH=str(installed))
    assert "Un seul panneau" in (project / "output" / "site" / "index.html").read_text("utf-8")
    run([*python, "-m", "oxalis_panels", "templates", "site/home.html"], project, PYTHONPATH=str(installed))
    copied = project / "templates" / "site" / "home.html"
    assert copied.read_bytes() == (ROOT / "templates" / "site" / "home.html").read_bytes()


def test_the_wheel_starts_the_command_and_knows_its_version(wheel: Path, tmp_path: Path) -> None:
    """`oxalis-panels` is declared, and the version has one source."""
    shutil.unpack_archive(wheel, tmp_path, "zip")
    information = tmp_path / f"oxalis_panels-{__version__}.dist-info"
    entries = (information / "entry_points.txt").read_text("utf-8")
    assert "oxalis-panels = oxalis_panels.__main__:main" in entries
    assert f"\nVersion: {__version__}\n" in (information / "METADATA").read_text("utf-8")
    version = run(
        [sys.executable, "-P", "-m", "oxalis_panels", "--version"], tmp_path, PYTHONPATH=str(tmp_path)
    )
    assert version.splitlines()[0] == f"oxalis-panels {__version__}"


@pytest.mark.parametrize("guide", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_a_guide_names_the_wheel_of_this_version(guide: Path) -> None:
    """What is copied from it finds its file."""
    named = re.findall(r"oxalis_panels-[^ `]+\.whl", guide.read_text("utf-8"))
    assert set(named) <= {f"oxalis_panels-{__version__}-py3-none-any.whl"}


def test_the_sdist_is_enough_to_build_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    """A packager who starts from the source archive gets what this checkout gives, byte by byte."""
    source = unpacked(sdist, tmp_path)
    assert package(source, "wheel", tmp_path / "wheel").read_bytes() == wheel.read_bytes()


def test_what_is_published_shows_its_pictures_and_links_anywhere(released: Path) -> None:
    """Each leads to the repository as of the tag, where there is such a file; and the index knows it, too."""
    (wheel,) = released.glob("*.whl")
    told = metadata(wheel)
    readme = str(told.get_payload())
    targets = re.findall(r"\]\(([^)]*)\)", readme)
    assert [each for each in targets if not each.startswith("https://")] == []
    assert f"![The eight posters that the build makes]({ADDRESS}/raw/v1.2/docs/images/posters.png)" in readme
    ours = [each.split("/v1.2/")[1] for each in targets if each.startswith(ADDRESS)]
    assert ours
    assert [each for each in ours if not (ROOT / each).exists()] == []
    labels = ("Homepage", "Documentation", "Changelog", "Issues")
    urls = [each.split(", ") for each in told.get_all("Project-URL", [])]
    assert [label for label, _ in urls] == [*labels]
    assert all(url.startswith(ADDRESS) for _, url in urls)


def test_without_an_address_a_wheel_names_none(wheel: Path) -> None:
    """Whoever builds it at home gets the README as it stands."""
    told = metadata(wheel)
    assert told.get_all("Project-URL") is None
    assert told.get_payload() == (ROOT / "README.md").read_text("utf-8")


def test_the_sdist_holds_nothing_that_was_made(sdist: Path) -> None:
    """No output, no environment, no cache; but the panels, the tests and the front door."""
    with tarfile.open(sdist) as archive:
        top = {Path(name).parts[1] for name in archive.getnames() if len(Path(name).parts) > 1}
    assert top & {"output", ".venv", ".venv.lock", ".mypy_cache", ".pytest_cache", ".ruff_cache"} == set()
    assert {"panels", "tests", "templates", "front_door", "build.py", "requirements", "LICENSE"} <= top
