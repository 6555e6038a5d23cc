"""Make the list of French words anew: `python requirements/renew_words.py /usr/share/hunspell/fr`.

In Debian the package `hunspell-fr-comprehensive` brings the dictionary (Grammalecte, MPL 2.0).
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from oxalis_panels.spelling.expansion import expand
from oxalis_panels.spelling.hunspell import read_dictionary
from oxalis_panels.spelling.word_list import FRENCH

words = sorted(expand(read_dictionary(Path(sys.argv[1]))), key=str.encode)
FRENCH.write_bytes(gzip.compress("".join(f"{word}\n" for word in words).encode(), mtime=0))
sys.stdout.write(f"{len(words)} words\n")
