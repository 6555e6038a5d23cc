"""Wrong projects that cannot be kept as files in a repository: bytes, links, folders, permissions."""

import builtins
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

GOOD = "# Budget\n\n- ✓ Situation assainie.\n"


def _file(root: Path, data: bytes, name: str = "02-budget.md") -> Path:
    panels = root / "panels"
    panels.mkdir(exist_ok=True)
    path = panels / name
    path.write_bytes(data)
    return path


def _refuse(monkeypatch: pytest.MonkeyPatch, where: ModuleType, function: str, refused: Path) -> None:
    """Make one file or folder unreadable: permissions would not stop the administrator who runs the tests."""
    real = getattr(where, function)

    def denied(path: object, *arguments: object, **named: object) -> object:
        if path in {refused, str(refused)}:
            raise PermissionError(path)
        return real(path, *arguments, **named)

    monkeypatch.setattr(where, function, denied)


def _unreadable_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse(monkeypatch, os, "scandir", _file(root, GOOD.encode()).parent)


def _unreadable_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _refuse(monkeypatch, builtins, "open", _file(root, GOOD.encode()))


def _folder_named_as_file(root: Path, _: pytest.MonkeyPatch) -> None:
    _file(root, GOOD.encode())
    (root / "panels" / "03-offre.md").mkdir()


def _broken_link(root: Path, _: pytest.MonkeyPatch) -> None:
    _file(root, GOOD.encode())
    (root / "panels" / "03-offre.md").symlink_to("ailleurs.md")


def _pipe(root: Path, _: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no pipes among files")
    _file(root, GOOD.encode())
    os.mkfifo(root / "panels" / "03-offre.md")


def _large_picture(root: Path, _: pytest.MonkeyPatch) -> None:
    _file(root, f"---\nfigure:\n  file: plan.png\n  alt: Un plan\n---\n{GOOD}".encode())
    Image.new("RGB", (16_000, 9_000)).save(root / "panels" / "plan.png")


def _deep_picture(root: Path, _: pytest.MonkeyPatch) -> None:
    _file(root, f"---\nfigure:\n  file: plan.tif\n  alt: Un plan\n---\n{GOOD}".encode())
    Image.new("F", (12, 8)).save(root / "panels" / "plan.tif")


def _undecodable_name(root: Path, _: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux lets a name be any bytes")
    _file(root, GOOD.encode(), os.fsdecode(b"02-\xe9quipe.md"))


def _file_for_folder(root: Path, _: pytest.MonkeyPatch) -> None:
    (root / "panels").write_text(GOOD, encoding="utf-8")


def _bytes(data: bytes) -> Callable[[Path, pytest.MonkeyPatch], None]:
    def make(root: Path, _: pytest.MonkeyPatch) -> None:
        _file(root, data)

    return make


MADE: dict[str, Callable[[Path, pytest.MonkeyPatch], None]] = {
    "folder-missing.read": lambda _root, _: None,
    "folder-is-file": _file_for_folder,
    "file-unreadable.folder": _unreadable_folder,
    "file-unreadable.source": _unreadable_file,
    "file-special.panel-folder": _folder_named_as_file,
    "file-special.link": _broken_link,
    "file-special.kind": _pipe,
    "figure-too-large": _large_picture,
    "figure-deep": _deep_picture,
    "file-name": _undecodable_name,
    "file-too-large": _bytes(b"# Budget\n" + b"x" * 1_000_000),
    "file-not-read.disguised": _bytes(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00[Content_Types].xml"),
    "text-too-long": _bytes(b"# Budget\n\n- " + "✓".encode() + b" Un mot." * 1300),
    "encoding.utf16": _bytes(GOOD.encode("utf-16-le")),
    "encoding.windows": _bytes("# L’équipe salariée\n".encode("cp1252")),
    "encoding.broken": _bytes("# Équipe\n\n- ✓ Situation ".encode() + b"\xe9tablie.\n"),
}
"""For each code the function that makes its wrong project in an empty folder."""
