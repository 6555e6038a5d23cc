"""Templates as Python code, kept while the program runs and between builds: compiling them takes long."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

import jinja2

from oxalis_panels.rendering.engines import installed
from oxalis_panels.rendering.kept import keep, recall

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

    from jinja2.bccache import Bucket

FOLDER = "templates"
"""Inside the cache of an output folder."""
RUNNING: dict[str, tuple[str, CodeType]] = {}
"""What this process has compiled or read: the checksum of a template's text, and its code."""


class CompiledTemplates(jinja2.BytecodeCache):
    """Code in the folder `cache`; another text, place, Jinja or Python is another file.

    It is trusted like the templates themselves, which may run any code, and like them it belongs to the
    person who builds. The place counts, as mistakes are told by the file that the code names.
    """

    def __init__(self, cache: Path | None) -> None:
        """Keep code in a folder that need not be there yet; None: only while the program runs."""
        self._folder = cache and cache / FOLDER

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template; its path may have bytes that are no text, which UTF-8 refuses."""
        return _digest(name, filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a bucket its code, if it is kept."""
        checksum, code = RUNNING.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
        elif self._folder and (content := recall(self._folder / _file(bucket))) is not None:
            bucket.bytecode_from_string(content)
            _remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        _remember(bucket)
        if self._folder:
            keep(self._folder / _file(bucket), bucket.bytecode_to_string())


def _remember(bucket: Bucket) -> None:
    if bucket.code is not None:
        RUNNING[bucket.key] = (bucket.checksum, bucket.code)


def _file(bucket: Bucket) -> str:
    engines = (installed("jinja2"), sys.implementation.cache_tag)
    return f"{_digest(bucket.key, bucket.checksum, engines)[:24]}.template"


def _digest(*parts: object) -> str:
    return hashlib.sha256(ascii(parts).encode()).hexdigest()
