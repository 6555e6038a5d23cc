"""Imported for what it does: garbage is collected seldom from then on.

Modules, documents and layouts are trees that live to the end; looking through them all the time takes a tenth
of an import as of a build.
"""

import gc
from typing import Final

NEW_OBJECTS: Final = 200_000
"""After so many, Python collects garbage."""

gc.set_threshold(NEW_OBJECTS)
