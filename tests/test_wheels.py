"""Who can install the pins without a compiler, and whether Pango comes with them: the table of both."""

import hashlib
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = tomllib.loads((ROOT / "requirements" / "engines.toml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RENEW = "the pins are new: uv run requirements/engines.py"


def test_the_table_is_about_these_pins() -> None:
    """After a renewal it is to be made anew; the versions in it are for people."""
    pins = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    assert TABLE["pins"] == hashlib.sha256(pins.encode()).hexdigest(), RENEW
    for name in ("weasyprint", "gstreamer-libs"):
        assert f"\n{name}=={TABLE[name]} " in pins, RENEW


def test_it_is_about_the_supported_pythons() -> None:
    """From the oldest that may install it to the newest that finds wheels: `pyproject.toml` lists them."""
    minor = "Programming Language :: Python :: 3."
    listed = [each.split(" :: ")[-1] for each in PROJECT["classifiers"] if each.startswith(minor)]
    assert TABLE["pythons"] == listed
    assert PROJECT["requires-python"] == f">={listed[0]}"


def test_every_system_finds_a_wheel_of_every_pin() -> None:
    """Nobody needs a compiler."""
    systems = {"linux", "windows", "x86_64-apple-darwin", "aarch64-apple-darwin"}
    assert TABLE["lacking"] == {system: dict.fromkeys(TABLE["pythons"], "") for system in systems}


def test_pango_comes_with_the_wheels_where_the_system_has_none() -> None:
    """Each library that WeasyPrint cannot do without, and each function that it calls there."""
    assert set(TABLE["libraries"]) == {"windows", "aarch64-apple-darwin"}
    for libraries in TABLE["libraries"].values():
        assert {"gobject", "pango", "pangoft2", "harfbuzz", "fontconfig"} <= {
            name for name, each in libraries.items() if not each["optional"] and each["found"]
        }
        assert [name for name, each in libraries.items() if each["missing"] and not each["optional"]] == []
        assert libraries["harfbuzz_subset"]["missing"] == []  # without it fonts take eight times as long
