"""Whatever is built after whatever, the folder ends with the last set and the foreign files."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from output_folder import Files, build, standing
from test_any_project import EXAMPLES

NAMES = ("a", "b", "a/c", "a/d", "b/c/d", "e/f")
FOREIGN = (".gitignore", "a/c/theirs", "b/theirs", "e/theirs", "notes")


def _fits(files: Files) -> bool:
    """Whether no file of the set is also a folder of it."""
    return not any(str(parent) in files for path in files for parent in Path(path).parents)


class Builds(RuleBasedStateMachine):
    """A folder, what the last good build put there, and what a person did."""

    def __init__(self) -> None:
        """Start with no folder."""
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.folder = self.root / "output"
        self.ours: Files = {}
        self.theirs: Files = {}

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.root)

    @rule(files=st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=1)).filter(_fits))
    def build(self, files: Files) -> None:
        """Build any set; it is refused only where a foreign file is in the way."""
        expected = _fits({**files, **self.theirs})
        found = build(self.folder, files)
        assert (not any(d.severity == "error" for d in found)) == expected
        if expected:
            self.ours = files

    @rule(path=st.sampled_from(FOREIGN), data=st.binary(max_size=1))
    def put_a_foreign_file(self, path: str, data: bytes) -> None:
        """Put a file where there is room for it, as a person might."""
        if _fits({**self.ours, path: data}):
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_bytes(data)
            self.theirs[path] = data

    @rule(path=st.sampled_from(NAMES))
    def lose_a_file(self, path: str) -> None:
        """Delete a file of ours."""
        if path in self.ours:
            (self.folder / path).unlink()
            del self.ours[path]

    @rule(path=st.sampled_from(NAMES), data=st.binary(min_size=2, max_size=2))
    def build_with_one_file_edited(self, path: str, data: bytes) -> None:
        """Edit a file of ours; the same set built again restores it."""
        if path in self.ours:
            (self.folder / path).write_bytes(data)
            self.build(dict(self.ours))

    @invariant()
    def exactly_ours_and_theirs(self) -> None:
        """Nothing more, nothing less, and no folder without a file in it."""
        if self.folder.exists():
            assert standing(self.folder) == {**self.ours, **self.theirs}


Builds.TestCase.settings = settings(max_examples=EXAMPLES, stateful_step_count=12)
TestAnySequence = Builds.TestCase
