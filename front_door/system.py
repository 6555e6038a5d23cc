"""What pip cannot install: the libraries that WeasyPrint opens, and what Debian splits off from Python."""

import ctypes
import importlib
import importlib.util
import os
import platform
import sys
from pathlib import Path

from front_door.commands import failure_of
from front_door.place import MAC_FOLDERS, WINDOWS
from front_door.words import say, text

LIBRARIES = {
    "linux": (
        "libgobject-2.0.so.0",
        "libpango-1.0.so.0",
        "libpangoft2-1.0.so.0",
        "libfontconfig.so.1",
        "libharfbuzz.so.0",
        "libharfbuzz-subset.so.0",
    ),
    "darwin": (
        "libgobject-2.0.0.dylib",
        "libpango-1.0.dylib",
        "libpangoft2-1.0.dylib",
        "libfontconfig.1.dylib",
        "libharfbuzz.0.dylib",
        "libharfbuzz-subset.0.dylib",
    ),
    "win32": (
        "libgobject-2.0-0.dll",
        "libpango-1.0-0.dll",
        "libpangoft2-1.0-0.dll",
        "libfontconfig-1.dll",
        "libharfbuzz-0.dll",
        "libharfbuzz-subset-0.dll",
    ),
}
"""By `sys.platform`, the names under which weasyprint/text/ffi.py opens its libraries.

WeasyPrint 70 still starts without the last one, but subsets fonts eight times slower.
"""

SYSTEMS = {
    "debian": ("sudo apt-get install", "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    "fedora": ("sudo dnf install", "pango harfbuzz"),
    "arch": ("sudo pacman -S", "pango harfbuzz"),
    "suse": ("sudo zypper install", "libpango-1_0-0 libharfbuzz-subset0"),
    "alpine": ("sudo apk add", "pango harfbuzz-subset"),
    "darwin": ("brew install", "pango"),
    "win32": ("winget install MSYS2.MSYS2; C:\\msys64\\usr\\bin\\pacman -S", "mingw-w64-ucrt-x86_64-pango"),
}
"""By family of systems: the command that installs libraries, and the packages."""

HANDBOOK = "https://doc.courtbouillon.org/weasyprint/stable/first_steps.html"
MSYS_FOLDERS = "C:\\msys64\\ucrt64\\bin;C:\\msys64\\mingw64\\bin"


def require() -> None:
    """Install with apt what is missing, or end the program with the command that installs it."""
    absent = missing()
    if absent and family() == "debian" and _is_root():
        packages = packages_for(absent)
        say(text("apt", packages=" ".join(packages)))
        _install_with_apt(packages)
        absent = missing()
    if absent:
        raise SystemExit(text("missing", missing=", ".join(absent), command=command_for(absent)))


def missing() -> list[str]:
    """Return the names of the libraries and of the Python modules that are not there."""
    importlib.invalidate_caches()
    modules = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    known = "linux" if sys.platform not in LIBRARIES else sys.platform
    return modules + [name for name in LIBRARIES[known] if not _loads(name)]


def family() -> str:
    """Return the key of `SYSTEMS` for this system, or nothing when it is not one of them."""
    if sys.platform in SYSTEMS:
        return sys.platform
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ""
    names = [release["ID"], *release.get("ID_LIKE", "").split()]
    families = {"ubuntu": "debian", "rhel": "fedora", "centos": "fedora", "opensuse": "suse"}
    return next((key for name in names if (key := families.get(name, name)) in SYSTEMS), "")


def packages_for(absent: list[str]) -> list[str]:
    """Return the packages that contain what is absent, on this family of systems."""
    packages = []
    if "ensurepip" in absent or "venv" in absent:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        packages.append(f"{version}-venv" if family() == "debian" else "python3")
    if any(name.startswith("lib") for name in absent):
        packages += SYSTEMS[family()][1].split()
    return packages


def command_for(absent: list[str]) -> str:
    """Return the one command that installs what is absent, or where to read how."""
    if not family():
        return HANDBOOK
    command = SYSTEMS[family()][0]
    return " ".join([command.removeprefix("sudo ") if _is_root() else command, *packages_for(absent)])


def _is_root() -> bool:
    return not WINDOWS and os.geteuid() == 0


def _loads(library: str) -> bool:
    """Return whether the system finds a library, looking where WeasyPrint will."""
    if sys.platform == "win32":
        for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", MSYS_FOLDERS).split(";"):
            if Path(folder).is_dir():
                os.add_dll_directory(folder)
    folders = MAC_FOLDERS if sys.platform == "darwin" else ()
    return any(_opens(path) for path in (library, *(f"{folder}/{library}" for folder in folders)))


def _opens(path: str) -> bool:
    try:
        ctypes.CDLL(path)
    except OSError:
        return False
    return True


def _install_with_apt(packages: list[str]) -> None:
    """Install packages; renew the list of packages only if they are not in it (a fresh machine has none)."""
    apt = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "--no-install-recommends", *packages]
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if failure_of(install, variables):
        failure_of([*apt, "update"], variables)
        if failure := failure_of(install, variables):
            say(failure)
