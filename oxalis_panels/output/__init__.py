"""From artifacts in memory to files on the disk: lock, load_manifest, (reuse,) plan, commit."""

from oxalis_panels.output.artifact import Artifact
from oxalis_panels.output.failure import HALF_WRITTEN
from oxalis_panels.output.locking import lock
from oxalis_panels.output.manifest import Entry, Manifest, load_manifest
from oxalis_panels.output.planning import Plan, plan
from oxalis_panels.output.standing import reuse
from oxalis_panels.output.writing import commit

__all__ = [
    "HALF_WRITTEN",
    "Artifact",
    "Entry",
    "Manifest",
    "Plan",
    "commit",
    "load_manifest",
    "lock",
    "plan",
    "reuse",
]
