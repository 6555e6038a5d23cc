"""The collection and its diagnostics: immutable values, nothing else."""
