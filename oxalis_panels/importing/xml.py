"""What is asked of an element of XML, whichever library parsed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Element(Protocol):
    """An element as lxml has it."""

    @property
    def tag(self) -> str:
        """Its name, `{namespace}local`; something else than a string for a comment."""

    @property
    def text(self) -> str | None:
        """The characters before its first child."""

    @property
    def tail(self) -> str | None:
        """The characters behind it, before its next neighbour."""

    def get(self, name: str, default: str | None = None, /) -> str | None:
        """Return the value of an attribute."""

    def find(self, path: str, /) -> Element | None:
        """Return the first element on a path."""

    def findall(self, path: str, /) -> list[Element]:
        """Return all elements on a path."""

    def getparent(self) -> Element | None:
        """Return the element that it is in."""

    def iter(self, *tags: str) -> Iterator[Element]:
        """Yield it and all elements in it, in the order of the document."""

    def __iter__(self) -> Iterator[Element]:
        """Yield its children."""
