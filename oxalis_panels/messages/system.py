"""What the operating system answered when it refused something, in words of the catalogue.

Its own words are English, or of the machine's language, and for programmers.
"""

from __future__ import annotations

import errno

from oxalis_panels.messages import Words, catalogue


def reason(failure: OSError) -> str:
    """Return the words for what the system said; its code (`EXDEV`) where the catalogue has none."""
    if failure.errno is None:
        return failure.strerror or str(failure) or type(failure).__name__
    code = errno.errorcode.get(failure.errno, str(failure.errno))
    return Words(f"system.{code}") if code in catalogue("fr").tables["system"] else f"code {code}"
