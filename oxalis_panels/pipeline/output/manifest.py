"""What this program wrote into an output folder, so that it touches nothing else there."""

import json
import re
from collections.abc import Mapping
from dataclasses import field
from hashlib import sha256
from pathlib import Path, PurePosixPath

from oxalis_panels.model.value import value
from oxalis_panels.rendering.artifact import MANIFEST, is_inside
from oxalis_panels.system.bounded import read_bytes

VERSION = 1
LARGEST = 20_000_000
"""Bytes: a thousand panels have two million."""
SHA256 = re.compile("[0-9a-f]{64}")


@value
class Entry:
    """One file that this program wrote."""

    sha256: str
    """Digest of the bytes that it wrote last, in hexadecimal."""
    made_from: str | None = None
    """Digest of what the file was made from, as its `Artifact` gave it."""
    others: tuple[str, ...] = ()
    """Digests of what may stand there instead, because a build was killed while it moved files; sorted."""
    panels: Mapping[str, str] = field(default_factory=dict)
    """Slugs of the panels whose text it holds, each with a digest of it, as its `Artifact` gave them."""

    @property
    def digests(self) -> frozenset[str]:
        """Every digest under which the file is still as this program left it."""
        return frozenset((self.sha256, *self.others))


@value
class Manifest:
    """The files of this program in one output folder."""

    files: Mapping[PurePosixPath, Entry] = field(default_factory=dict)
    engines: Mapping[str, str] = field(default_factory=dict)
    """Names and versions of what drew the posters, in the last build that made or kept some."""
    damaged: bool = False
    """Whether a manifest is there that cannot be believed; then this program owns nothing."""

    def dump(self) -> bytes:
        """Return the manifest as JSON; the same content gives the same bytes, on every day and machine."""
        files = {str(path): _record(self.files[path]) for path in sorted(self.files, key=str)}
        engines = dict(sorted(self.engines.items()))
        content = {"oxalis_panels": VERSION, **({"engines": engines} if engines else {}), "files": files}
        text = json.dumps(content, ensure_ascii=False)
        return f"{text}\n".encode()


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return sha256(data).hexdigest()


def load_manifest(folder: Path) -> Manifest:
    """Return what this program wrote into `folder`; one that cannot be read or believed owns nothing."""
    file = folder / MANIFEST
    try:
        if file.is_symlink():
            return Manifest(damaged=True)
        return _decode(json.loads(read_bytes(file, LARGEST).decode()))
    except FileNotFoundError:
        return Manifest()
    except (OSError, ValueError, RecursionError):
        return Manifest(damaged=True)


def union(before: Manifest, after: Manifest) -> Manifest:
    """Return the manifest that is true at every moment while `before` becomes `after`."""
    files = dict(before.files)
    for path, new in after.files.items():
        old = before.files.get(path)
        others = old.digests - {new.sha256} if old else ()
        files[path] = Entry(new.sha256, new.made_from, tuple(sorted(others)), _panels(old, new))
    return Manifest(files, after.engines)


def _panels(old: Entry | None, new: Entry) -> Mapping[str, str]:
    """Return the panels that either may be of, in the older text; none where that of one is not known."""
    if old is None:
        return new.panels
    return {**new.panels, **old.panels} if old.panels and new.panels else {}


def _record(entry: Entry) -> dict[str, object]:
    record = {
        "sha256": entry.sha256,
        "made_from": entry.made_from,
        "others": list(entry.others),
        "panels": dict(entry.panels),
    }
    return {key: value for key, value in record.items() if value not in (None, [], {})}


def _decode(content: object) -> Manifest:
    """Return a manifest. Raises ValueError unless every entry of it is sound."""
    match content:
        case {"oxalis_panels": 1, "files": dict(files), **rest}:
            engines = rest.get("engines", {})
            if not isinstance(engines, dict) or not all(isinstance(each, str) for each in engines.values()):
                raise ValueError(engines)
            return Manifest({_path(name): _entry(record) for name, record in files.items()}, engines)
        case _:
            raise ValueError(content)


def _path(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if not is_inside(path) or str(path) != name:
        raise ValueError(name)
    return path


def _entry(record: object) -> Entry:
    match record:
        case {"sha256": str(own), **rest} if rest.keys() <= {"made_from", "others", "panels"}:
            made_from, others = rest.get("made_from"), rest.get("others", [])
            panels = rest.get("panels", {})
        case _:
            raise ValueError(record)
    if not (
        isinstance(made_from, str | None)
        and isinstance(others, list)
        and isinstance(panels, dict)
        and all(isinstance(one, str) and SHA256.fullmatch(one) for one in (own, *others))
        and all(isinstance(text, str) for text in panels.values())
    ):
        raise ValueError(record)
    return Entry(own, made_from, tuple(others), panels)
