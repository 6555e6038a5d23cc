"""How ✓ and → may be spelt at the beginning of a line.

What keyboards can type and what word processors paste, with or without a bullet: the table of signs in
`docs/design/panel-format.md`. Everything here is a regular expression and a name for it.
"""

import re

SPACES = (
    " \t\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u202f\u205f\u2060\u3000\ufeff"
)
"""What may stand before, between and after bullets and marks: every blank, and the invisible characters that
word processors leave (soft hyphen, zero-width space, byte order mark)."""

CHECKS = "✓✔✅☑🗸"
"""The signs that stand for a ✓, wherever they stand."""
_BULLET_SIGN = r"[-*+•‣⁃◦▪▫■□●○∙·–—►▸▶\uf0b7\uf0a7\uf076\uf0d8]"
_LETTER = r"[oàqvØ§ü](?=\t)"
"""Bullets of Word (in Symbol, Wingdings or Courier) pasted as the letter they are, a tab behind them."""
_CHECK = (
    rf"(?:[{CHECKS}\uf0fc][\ufe0e\ufe0f]?"  # U+F0FC: ✓ of the font Wingdings
    rf"|√(?=[{SPACES}])"  # the key nearest to a check mark on a Mac
    r"|\[[xX✓✔]\](?![(\[:])|&check;|&checkmark;"
    r"|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check):)"  # as pads write an emoji
)
_ARROW = (
    r"(?:[→➔➙➛➜➝➞➟➠➡➢➣➤➥➦➧➨➩➪➫➬➭➮➯➱➲➳➵➸➺➻➼➽➾⇒⇨⇾⟶⟹↦↳⮕⮞🡒🡢🡪🡲🠖🠚"
    r"\uf0e0\uf0e8][\ufe0e\ufe0f]?"  # U+F0E0 and U+F0E8: → of the font Wingdings
    r"|[-–—=]{1,4}>|&rarr;|&rightarrow;|:arrow_right:)"
)

MARKED = re.compile(
    rf"[{SPACES}]*(?:(?:{_BULLET_SIGN}|\d{{1,3}}[.)]|[a-zA-Z][.)]|{_LETTER}|[o.](?=[{SPACES}]))[{SPACES}]*){{0,3}}?"
    rf"(?:(?P<check>{_CHECK})|(?P<arrow>{_ARROW}))[{SPACES}]*"
)
"""The beginning of an item up to its text; group `check` for ✓, `arrow` for →."""

_MARK = rf"(?:{_CHECK}|{_ARROW})"
REPEATED = re.compile(rf"{_MARK}(?:[{SPACES}]*{_MARK})*(?=[{SPACES}]|\w|$)[{SPACES}]*")
"""A second mark (or more) where the text of an item should begin."""

BULLET = re.compile(rf"[{SPACES}]*(?:{_BULLET_SIGN}|\d{{1,3}}[.)]|{_LETTER})(?:[{SPACES}]+|$)")
"""A bullet with no mark behind it."""

UNTICKED = re.compile(
    rf"[{SPACES}]*(?:(?:{_BULLET_SIGN}|\d{{1,3}}[.)]|{_LETTER})[{SPACES}]+)?"
    rf"(?:\[ ?\](?![(\[:])|[☐❏❑]\ufe0f?)[{SPACES}]*"
)
"""An empty box of a task list."""
