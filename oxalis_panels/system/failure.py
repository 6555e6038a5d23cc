"""What is said to a person when the system or the disk refuses something.

The words of the system itself are English, or of the machine's language, and for programmers.
"""

import errno
import sys
from pathlib import Path, PurePosixPath

from oxalis_panels.model.diagnostics import Diagnostic, Source, Span, error
from oxalis_panels.words.catalogue import Words, catalogue


def reason(failure: OSError) -> str:
    """Return the words for what the system said; its code (`EXDEV`) where the catalogue has none."""
    if failure.errno is None:
        return failure.strerror or str(failure) or type(failure).__name__
    code = errno.errorcode.get(failure.errno, str(failure.errno)).removeprefix("WSA")  # for Windows' sockets
    code = "ENAMETOOLONG" if _is_too_long(failure) else code
    return Words(f"system.{code}") if code in catalogue("fr").tables["system"] else f"code {code}"


LONGEST = 247
"""Characters of a folder's path that Windows takes unless its owner allows more; of a file's, 259."""


def _is_too_long(failure: OSError) -> bool:
    """Return whether Windows did not find a path because it has too many characters: it says no more."""
    if sys.platform != "win32" or failure.errno != errno.ENOENT:
        return False
    names = [name for name in (failure.filename, failure.filename2) if name]
    return any(len(str(Path(name).absolute())) > LONGEST for name in names)


TOP = PurePosixPath()
"""The output folder itself."""
HALF_WRITTEN = "output-half-written"
"""The one error after which files of two versions may stand side by side."""
NOT_UNDONE = "file-not-undone"
"""The one error after which a source may have another name than before."""
CODES = {
    errno.ENOSPC: "output-refused.disk-full",
    errno.EDQUOT: "output-refused.disk-full",
    errno.EFBIG: "output-refused.disk-full",
    errno.EROFS: "output-refused.read-only",
    errno.EACCES: "output-refused.denied",
    errno.EPERM: "output-refused.denied",
    errno.EBUSY: "output-refused.denied",
    errno.EEXIST: "output-refused.occupied",
    errno.ENOTDIR: "output-refused.occupied",
    errno.EISDIR: "output-refused.occupied",
    errno.ENOTEMPTY: "output-refused.occupied",
}


def place(folder: Path, path: PurePosixPath = TOP) -> Span:
    """Return where a diagnostic about `path` points to: a file, no line."""
    return Span(Source((folder / path).as_posix()))


def refused(folder: Path, path: PurePosixPath, failure: OSError) -> Diagnostic:
    """Return the error for something that could not be done, every earlier output being still whole."""
    code = CODES.get(failure.errno or 0, "output-refused.other")
    return error(code, place(folder, path), reason=reason(failure))
