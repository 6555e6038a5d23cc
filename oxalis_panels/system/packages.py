"""Which packages hold the libraries that draw the posters, and the command that installs them on this system.

`front_door/` asks, too, before anything is installed: it imports the standard library alone.
"""

import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

SYSTEMS = {
    "debian": ("sudo apt-get install", "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    "fedora": ("sudo dnf install", "pango harfbuzz"),
    "arch": ("sudo pacman -S", "pango harfbuzz"),
    "suse": ("sudo zypper install", "libpango-1_0-0 libharfbuzz-subset0"),
    "alpine": ("sudo apk add", "pango harfbuzz-subset"),
}
"""By family of systems: the command that installs packages, and those that hold Pango."""
APT_LISTS = Path("/var/lib/apt/lists")
"""What apt knows of its packages; nothing on a fresh image, where it finds none before an update."""
HANDBOOK = "https://doc.courtbouillon.org/weasyprint/stable/first_steps.html"
"""Where other systems are described."""


class PangoMissingError(ImportError):
    """WeasyPrint does not find the libraries that it draws with; says which one it missed first."""


def family() -> str:
    """Return the key of `SYSTEMS` for this system, or nothing when it is not one of them."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ""
    names = [release["ID"], *release.get("ID_LIKE", "").split()]
    families = {"ubuntu": "debian", "rhel": "fedora", "centos": "fedora", "opensuse": "suse"}
    return next((key for name in names if (key := families.get(name, name)) in SYSTEMS), "")


def is_root() -> bool:
    """Return whether this user may install packages."""
    return sys.platform != "win32" and os.geteuid() == 0


def pango() -> list[str]:
    """Return the packages that hold Pango; none on a system that is not one of `SYSTEMS`."""
    return SYSTEMS[family()][1].split() if family() else []


def command_for(packages: Sequence[str]) -> str:
    """Return the one command that installs packages, or where to read how."""
    if not family():
        return HANDBOOK
    typed = " ".join([SYSTEMS[family()][0], *packages])
    command = typed.removeprefix("sudo ")
    steps = [command]
    if family() == "debian" and not any(APT_LISTS.glob("*_Packages*")):
        steps.insert(0, "apt-get update")
    if is_root() or command == typed:
        return " && ".join(steps)
    if os.access("/usr/bin/sudo", os.X_OK):  # shutil would cost 3 ms at every start
        return " && ".join(f"sudo {step}" for step in steps)
    return f"su -c '{' && '.join(steps)}'"  # Debian has no sudo where root was given a password
