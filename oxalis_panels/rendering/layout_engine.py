"""WeasyPrint, imported here alone: without the fonts of the machine, and fetching only what it is given."""

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

FONTCONFIG = "FONTCONFIG_FILE"


@contextmanager
def no_fonts_of_the_machine() -> Iterator[None]:
    """Make Fontconfig read our empty configuration, in this process only.

    Without the fonts of the machine no character is taken from them, line heights do not depend on them, and
    HOME need not be writable. Fontconfig reads its configuration each time it is initialised.
    """
    before = os.environ.get(FONTCONFIG)
    os.environ[FONTCONFIG] = str(Path(__file__).with_name("fonts.conf"))
    try:
        yield
    finally:
        if before is None:
            del os.environ[FONTCONFIG]
        else:
            os.environ[FONTCONFIG] = before


with no_fonts_of_the_machine(), warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")  # that is the purpose
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

__all__ = ["FontConfiguration", "MemoryFetcher", "no_fonts_of_the_machine", "weasyprint"]


class MemoryFetcher(URLFetcher):  # type: ignore[misc]
    """Serves files from memory by their address, and refuses every other address."""

    def __init__(self, files: Mapping[str, tuple[bytes, str]]) -> None:
        """Take the bytes and the type of each file, by its address."""
        super().__init__()
        self.files = files

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a file. Raises ValueError for any other, which WeasyPrint logs."""
        del headers
        if url not in self.files:
            message = f"a poster may not fetch {url}"
            raise ValueError(message)
        data, kind = self.files[url]
        return URLFetcherResponse(url, data, {"Content-Type": kind})
