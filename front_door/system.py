"""What pip cannot install: the libraries that WeasyPrint opens, and what Debian splits off from Python."""

import ctypes
import importlib
import importlib.util
import os
import sys

from front_door.commands import failure_of
from front_door.words import say, text
from oxalis_panels.system.packages import command_for, family, is_root, pango

LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libfontconfig.so.1",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
)
"""The names under which weasyprint/text/ffi.py opens its libraries on Linux; elsewhere pip brings them.

WeasyPrint 70 still starts without the last one, but subsets fonts eight times slower.
"""


def require() -> None:
    """Install with apt what is missing, or end the program with the command that installs it.

    Without the libraries alone, all but the posters can be had.
    """
    absent = missing()
    if absent and family() == "debian" and is_root():
        packages = packages_for(absent)
        say(text("apt", packages=" ".join(packages)))
        _install_with_apt(packages)
        absent = missing()
    if any(not name.startswith("lib") for name in absent):  # else the program says it, when it is to draw
        command = command_for(packages_for(absent))
        raise SystemExit(text("missing", missing=", ".join(absent), command=command))


def missing() -> list[str]:
    """Return the names of the libraries and of the Python modules that are not there."""
    importlib.invalidate_caches()
    modules = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if sys.platform in {"darwin", "win32"}:
        return modules
    return modules + [name for name in LIBRARIES if not _opens(name)]


def packages_for(absent: list[str]) -> list[str]:
    """Return the packages that contain what is absent, on this family of systems."""
    packages = []
    if "ensurepip" in absent or "venv" in absent:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        packages.append(f"{version}-venv" if family() == "debian" else "python3")
    if any(name.startswith("lib") for name in absent):
        packages += pango()
    return packages


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
