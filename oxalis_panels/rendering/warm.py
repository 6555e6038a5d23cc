"""Templates as Python code, kept while the program runs: Jinja compiles one longer than it fills it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2

if TYPE_CHECKING:
    from types import CodeType

    from jinja2.bccache import Bucket


class WarmTemplates(jinja2.BytecodeCache):
    """The code of each template as last compiled; Jinja's checksum of its text tells whether it holds."""

    def __init__(self) -> None:
        """Start with none."""
        self._known: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a bucket its code, if the template is still the same."""
        checksum, code = self._known.get(bucket.key, (None, None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        if bucket.code is not None:
            self._known[bucket.key] = (bucket.checksum, bucket.code)


WARM = WarmTemplates()
"""Of this process: a template is known by its name and its file."""
