"""What a machine lacks besides Python, and the command that each one is told."""

import importlib.util
import os
import platform
import re
import sys
from pathlib import Path

import pytest

from front_door import system
from oxalis_panels.system import packages

PANGO = ["libpango-1.0.so.0"]
DEBIAN_PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
RELEASES = {
    "Debian": ({"ID": "debian"}, f"sudo apt-get install {DEBIAN_PANGO}"),
    "Ubuntu": ({"ID": "ubuntu", "ID_LIKE": "debian"}, f"sudo apt-get install {DEBIAN_PANGO}"),
    "Mint": ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, f"sudo apt-get install {DEBIAN_PANGO}"),
    "Fedora": ({"ID": "fedora"}, "sudo dnf install pango harfbuzz"),
    "Rocky": ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "sudo dnf install pango harfbuzz"),
    "Manjaro": ({"ID": "manjaro", "ID_LIKE": "arch"}, "sudo pacman -S pango harfbuzz"),
    "openSUSE": (
        {"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"},
        "sudo zypper install libpango-1_0-0 libharfbuzz-subset0",
    ),
    "Alpine": ({"ID": "alpine"}, "sudo apk add pango harfbuzz-subset"),
    "another": ({"ID": "plan9"}, packages.HANDBOOK),
}


@pytest.fixture(autouse=True)
def apt_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the one list of packages that apt has fetched."""
    monkeypatch.setattr(packages, "APT_LISTS", tmp_path)
    fetched = tmp_path / "mirror_debian_dists_bookworm_main_binary-amd64_Packages.lz4"
    fetched.touch()
    return fetched


def be_on(
    monkeypatch: pytest.MonkeyPatch,
    release: dict[str, str],
    *,
    user: int = 1000,
    sudo: bool = True,
) -> None:
    """Make this machine look like a Linux with this /etc/os-release, with sudo or without."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: release)
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    monkeypatch.setattr(os, "access", lambda *_: sudo)


@pytest.mark.parametrize(("release", "expected"), RELEASES.values(), ids=RELEASES)
def test_each_linux_is_told_its_own_command(
    monkeypatch: pytest.MonkeyPatch, release: dict[str, str], expected: str
) -> None:
    """One command that can be copied; on a system nobody described, where to read about it."""
    be_on(monkeypatch, release)
    assert packages.command_for(system.packages_for(PANGO)) == expected


@pytest.mark.parametrize("name", ["darwin", "win32"])
def test_macos_and_windows_lack_nothing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Pip brings Pango there."""
    monkeypatch.setattr(sys, "platform", name)
    monkeypatch.setattr(system, "LIBRARIES", ["no library of this name"])
    assert system.missing() == []


def test_debian_gets_its_missing_part_of_python_in_the_same_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian ships ensurepip apart, in a package named after the version of Python."""
    be_on(monkeypatch, {"ID": "debian"})
    version = f"python3.{sys.version_info.minor}"
    wanted = packages.command_for(system.packages_for(["ensurepip", *PANGO]))
    assert wanted == f"sudo apt-get install {version}-venv {DEBIAN_PANGO}"


@pytest.mark.parametrize(
    ("sudo", "lists", "expected"),
    [
        (True, False, f"sudo apt-get update && sudo apt-get install {DEBIAN_PANGO}"),
        (False, True, f"su -c 'apt-get install {DEBIAN_PANGO}'"),
        (False, False, f"su -c 'apt-get update && apt-get install {DEBIAN_PANGO}'"),
    ],
)
def test_the_command_works_without_sudo_and_on_a_fresh_image(
    monkeypatch: pytest.MonkeyPatch, apt_list: Path, *, sudo: bool, lists: bool, expected: str
) -> None:
    """Debian comes without sudo where root has a password, and images without any list of packages."""
    be_on(monkeypatch, {"ID": "debian"}, sudo=sudo)
    if not lists:
        apt_list.unlink()
    assert packages.command_for(packages.pango()) == expected


def test_a_person_who_is_not_root_gets_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names what is missing and the one command for all of it; apt is not called."""
    be_on(monkeypatch, {"ID": "debian"})
    monkeypatch.delenv("OXALIS_PANELS_LANG", raising=False)
    monkeypatch.setattr(system, "missing", lambda: ["ensurepip", *PANGO])
    monkeypatch.setattr(system, "failure_of", lambda *_: pytest.fail("apt was called"))
    with pytest.raises(SystemExit, match=r"libpango-1\.0\.so\.0.*\n.*\n\n    sudo apt-get install"):
        system.require()
    monkeypatch.setattr(system, "missing", lambda: PANGO)
    system.require()  # the program says it, when it is to draw


def test_root_on_debian_gets_it_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Apt is called once when it succeeds, and then nothing is missing."""
    be_on(monkeypatch, {"ID": "debian"}, user=0)
    calls: list[list[str]] = []

    def apt(command: list[str], _: object) -> str:
        calls.append(command)
        return ""

    monkeypatch.setattr(system, "missing", lambda: [] if calls else PANGO)
    monkeypatch.setattr(system, "failure_of", apt)
    system.require()
    assert [call[-3:] for call in calls] == [DEBIAN_PANGO.split()]


def test_the_list_of_packages_is_fetched_on_a_fresh_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """When apt does not know the packages, its list is renewed and it is asked again."""
    be_on(monkeypatch, {"ID": "debian"}, user=0)
    verbs: list[str] = []

    def apt(command: list[str], _: object) -> str:
        verbs.append("update" if "update" in command else "install")
        return "E: Unable to locate package" if len(verbs) == 1 else ""

    monkeypatch.setattr(system, "missing", lambda: [] if len(verbs) > 1 else PANGO)
    monkeypatch.setattr(system, "failure_of", apt)
    system.require()
    assert verbs == ["install", "update", "install"]


def test_this_machine_lacks_nothing() -> None:
    """The tests run where posters can be made, and the check must see it."""
    assert system.missing() == []


def test_the_libraries_are_those_that_weasyprint_opens() -> None:
    """Each library that it cannot do without is looked for, under a name it uses itself."""
    weasyprint = importlib.util.find_spec("weasyprint")
    assert weasyprint is not None
    assert weasyprint.origin is not None
    source = (Path(weasyprint.origin).parent / "text" / "ffi.py").read_text("utf-8")
    calls = re.findall(r"= _dlopen\(\s*ffi,([^)]*)\)", source)
    groups = [set(re.findall(r"'([^']+)'", call)) for call in calls]
    required = [group for group in groups if not any("subset" in name or "vector" in name for name in group)]
    assert [len(group & set(system.LIBRARIES)) for group in required] == [1] * 5
    assert set(system.LIBRARIES) <= set.union(*groups)
