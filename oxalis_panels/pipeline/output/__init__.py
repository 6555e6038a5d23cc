"""From artifacts in memory to files on the disk: lock, load_manifest, (reuse,) plan, commit."""
