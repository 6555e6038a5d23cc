"""What comes of a job, as plain data that is sent from the process that made it."""

from collections.abc import Mapping

from oxalis_panels.inspection.report import Fault
from oxalis_panels.model.value import value
from oxalis_panels.poster.job import Job, NotMade, Transparency
from oxalis_panels.poster.measure import Overflow
from oxalis_panels.poster.trials import Trials


@value
class Poster:
    """A poster that has been made."""

    slug: str
    pdfs: tuple[bytes, ...]
    """For the printer, one for each size of paper."""
    trials: Trials
    """What was tried to fit its text."""
    screen: bytes
    """The same sheet as a tagged PDF."""
    pictures: Mapping[int, bytes]
    """By their widths."""
    card: bytes
    """For messengers; empty without an address of the site."""
    faults: tuple[Fault, ...] = ()
    """What the check of the print file found that forbids to send it to the printer."""


@value
class Sheet:
    """A poster as it looks, and nothing for the printer."""

    slug: str
    pictures: Mapping[int, bytes]
    """By their widths."""


@value
class Room:
    """What is left on a panel's poster, in words of mean length."""

    slug: str
    step: int | None
    """Of the scale, which the body text reaches; None when it does not fit at all."""
    filled: float
    """Part of the height that the text takes at that size."""
    lines: int
    """How many words the whole lines hold that are left at that size."""
    growth: float
    """How many times its length the text may have at the floor."""
    bare: int = 0
    """About the step that the text would reach without its picture."""
    overflow: Overflow | None = None
    """Where it stops fitting, when it does not fit at all."""

    def before_smaller(self, words: int) -> int:
        """Return how many words may be added to a panel of `words` before its type gets smaller."""
        return min(self.lines, int(words * (1 / self.filled - 1))) if self.step else 0

    def before_floor(self, words: int) -> int:
        """Return how many words may be added to a panel of `words` that fits before it no longer does."""
        return max(0, int(words * (self.growth - 1)))


Made = Poster | Transparency | NotMade | tuple[Job, Overflow]
