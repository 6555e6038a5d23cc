"""Templates as Python code, kept while the program runs and between builds: compiling them takes long."""

from __future__ import annotations

import hashlib
import sys
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

from oxalis_panels.rendering.engines import installed
from oxalis_panels.rendering.folders import shipped_templates
from oxalis_panels.rendering.kept import keep, recall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

    from jinja2.bccache import Bucket

FOLDER = "templates"
"""Inside the cache of an output folder."""
RUNNING: dict[str, tuple[str, CodeType]] = {}
"""What this process has compiled or read: the checksum of a template's text, and its code."""


class CompiledTemplates(jinja2.BytecodeCache):
    """Code of a project's own templates in the folder `cache`, that of shipped ones beside the program's.

    Another text, place, Jinja, Python or environment is another file. It is trusted like the templates
    themselves, which may run any code, and like them it belongs to the person who builds, or who installed
    the program. The place counts, as mistakes are told by the file that the code names.
    """

    def __init__(self, cache: Path | None, environment: bytes) -> None:
        """Keep code in folders that need not be there yet; without `cache`, a project's only in this process.

        `environment` stands for all that code depends on besides its template: options and filters.
        """
        self._folder = cache and cache / FOLDER
        self._shipped = shipped_templates()
        python = (sys.implementation.cache_tag, MAGIC_NUMBER)
        self._engines = (installed("jinja2"), installed("markupsafe"), python, environment)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return what a template is known by: its path."""
        return filename or name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a bucket its code, if it is kept."""
        checksum, code = RUNNING.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
            return
        for file in self._files(bucket, shipped=True):
            if bucket.code is None and (content := recall(file)) is not None:
                bucket.bytecode_from_string(content)
        _remember(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template; a shipped one in `cache` if the program may only be read."""
        _remember(bucket)
        content = bucket.bytecode_to_string()
        for file in self._files(bucket, shipped=not sys.dont_write_bytecode):
            if keep(file, content):
                break

    def _files(self, bucket: Bucket, *, shipped: bool) -> Iterator[Path]:
        """Yield where the code of a bucket may be; `shipped`: also where Python keeps that of this module."""
        # a path may have bytes that are no text, which UTF-8 refuses
        known = ascii((bucket.key, bucket.checksum, self._engines)).encode()
        name = f"{hashlib.sha256(known).hexdigest()[:24]}.template"
        if shipped and Path(bucket.key).is_relative_to(self._shipped):
            yield Path(cache_from_source(__file__)).with_name(name)
        if self._folder:
            yield self._folder / name


def _remember(bucket: Bucket) -> None:
    if bucket.code is not None:
        RUNNING[bucket.key] = (bucket.checksum, bucket.code)
