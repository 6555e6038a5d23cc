"""What the ways through Word and LibreOffice documents share: rows, boxes, running heads, what is gone."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from oxalis_panels.authoring.importing.gathering import Gathering
from oxalis_panels.authoring.importing.packages import Element
from oxalis_panels.authoring.importing.words import beginning, one_line, words


class Walk(ABC):
    """The way through a document, paragraph by paragraph."""

    def __init__(self, path: str) -> None:
        """Nothing is read yet."""
        self.gathering = Gathering(path)
        self.fresh = self.framed = False
        self.rows = self.row = 0
        """How many rows of tables there were so far, and the one that the walk is in; 0 for none."""
        self.gone = ""
        """The code of why nothing here is live."""

    @abstractmethod
    def take(self, element: Element) -> None:
        """Take in all paragraphs in an element, in order."""

    @abstractmethod
    def lines(self, element: Element, *, leaving: bool = False) -> Iterator[str]:
        """Yield the text of each paragraph in an element that is reported, or left out, as a whole."""

    def within(self, element: Element, gone: str = "") -> None:
        """Take in an element that may not be live."""
        before, self.gone = self.gone, self.gone or gone
        self.take(element)
        self.gone = before

    def take_row(self, row: Element, gone: str) -> None:
        """Take in the next row of a table."""
        self.rows = self.row = self.rows + 1
        self.within(row, gone)

    def take_table(self, table: Element) -> None:
        """Take in a table, and tell of it."""
        self.gathering.say("import-order.table", found=beginning(self.lines(table)))
        before = self.row
        self.take(table)
        self.row = before

    def take_box(self, box: Element, gone: str) -> None:
        """Take in the text in a box, reported once."""
        found = "" if self.framed or gone or self.gone else one_line(" ".join(self.lines(box)))
        if found:
            self.gathering.say("import-order.text-box", found=found)
        before = self.framed, self.row
        self.framed, self.row = True, 0
        self.within(box, gone)
        self.framed, self.row = before

    def say_picture(self, described: Iterable[str]) -> None:
        """Say what a picture is said to show."""
        self.gathering.say("import-left-out.picture", found=one_line(" ".join(described)) or "?")

    def leave_running(self, elements: Iterable[Element]) -> None:
        """Leave headers and footers aside; those of several sections are often alike, and reported once."""
        known = set()
        for element in elements:
            text = one_line(" ".join(self.lines(element, leaving=True)))
            if text in known:
                self.gathering.aside += words(text)
            else:
                self.gathering.leave("import-left-out.header", text, nowhere=True)
            known.add(text)
