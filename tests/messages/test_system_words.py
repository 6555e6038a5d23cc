"""What the system refuses is said in the language of the run."""

import errno
import os
import sys
from pathlib import Path

import pytest
from builds import command

from oxalis_panels.system.failure import reason
from oxalis_panels.words.catalogue import LANGUAGES, Words, catalogue


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", catalogue("fr").tables["system"])
def test_a_known_refusal_has_words_of_ours(code: str, language: str) -> None:
    """The words come from the catalogue, by the code that the system gave."""
    number = getattr(errno, code, None)
    if number is None:
        pytest.skip("another system has this code, and this one has not")
    said = reason(OSError(number, os.strerror(number)))
    own = catalogue(language).tables["system"]
    equal = {own[name] for name in own if getattr(errno, name, None) == number}
    assert catalogue(language).value(said) in equal


def test_an_unknown_refusal_keeps_its_code() -> None:
    """The code can be looked up; the system's words would be in another language."""
    assert reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "code EXDEV"
    assert reason(OSError(99999, "?")) == "code 99999"


@pytest.mark.parametrize(("failure", "expected"), [(OSError("why"), "why"), (OSError(), "OSError")])
def test_a_refusal_without_a_code_is_told_as_it_is(failure: OSError, expected: str) -> None:
    """Something is always said."""
    assert reason(failure) == expected


@pytest.mark.parametrize(("letters", "code"), [(100, "ENOENT"), (300, "ENAMETOOLONG")])
def test_a_path_that_is_too_long_is_told_on_windows(
    monkeypatch: pytest.MonkeyPatch, letters: int, code: str
) -> None:
    """It only says that there is no such file."""
    monkeypatch.setattr(sys, "platform", "win32")
    failure = FileNotFoundError(errno.ENOENT, "No such file or directory", "a" * letters, None, "b")
    assert reason(failure) == Words(f"system.{code}")


@pytest.mark.skipif(sys.platform == "win32", reason="it says another thing there, sooner")
def test_a_file_that_nothing_answers_for_is_no_traceback(tmp_path: Path) -> None:
    """What no command has foreseen: where, and why."""
    folder = tmp_path / ("a" * 300)
    said = command("init", folder, "--title", "Un", "--lang", "en")
    refused = "the system refuses this file or folder (name too long)."
    assert (said.returncode, said.stderr) == (1, f"{folder}: {refused}\n")
