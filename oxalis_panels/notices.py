"""What the pages that every site owes its readers say; part of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxalis_panels.frozen import frozen

if TYPE_CHECKING:
    from oxalis_panels.model import Inline


@frozen
class Legal:
    """The legal notice (in France, article 1-1 of the law of 21 June 2004); empty where nobody said it."""

    publisher: Inline = ()
    """Who publishes the site, with legal form and address; empty: the organisation."""
    director: Inline = ()
    """Who answers for what is published."""
    host: Inline = ()
    """Whose machines serve it: name, address, telephone."""
    contact: str = ""
    """An address of e-mail or web, or any text; never typeset."""
    privacy: Inline = ()
    """Empty: what is true of the site as it is built."""
    licence: Inline = ()
    """Of the texts; empty: all rights are their authors'."""

    @property
    def texts(self) -> tuple[Inline, ...]:
        """Every text of the notice but the contact, which is no author's prose."""
        return (self.publisher, self.director, self.host, self.privacy, self.licence)


@frozen
class Accessibility:
    """The accessibility statement (in France, the RGAA)."""

    status: str = "none"
    """`none`, `partial` or `full`: how far an audit found the site to conform."""
    date: Inline = ()
    """When the statement was made."""
    contact: str = ""
    """Empty: that of the legal notice."""
    audit: Inline = ()
    """Who audited the site, when, with what result; empty: nobody did."""

    @property
    def texts(self) -> tuple[Inline, ...]:
        """Every text of the statement but the contact."""
        return (self.date, self.audit)
