"""From artifacts in memory to files on the disk: lock, load_manifest, (reuse,) plan, commit."""

from oxalis_panels.pipeline.output.manifest import Entry, Manifest, load_manifest
from oxalis_panels.pipeline.output.planning import Plan, plan
from oxalis_panels.pipeline.output.standing import reuse
from oxalis_panels.pipeline.output.writing import commit
from oxalis_panels.rendering.artifact import Artifact
from oxalis_panels.system.failure import HALF_WRITTEN
from oxalis_panels.system.locking import lock

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
