"""Make the list of French words anew: `python requirements/renew_words.py /usr/share/hunspell/fr`.

In Debian the package `hunspell-fr-comprehensive` brings the dictionary (Grammalecte, MPL 2.0). The list has
every form that it accepts, but for elisions: `l’` is cut off before a look-up.
"""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oxalis_panels.language.spelling.hunspell import read_dictionary
from oxalis_panels.language.spelling.word_list import FRENCH

Form = tuple[str, Any]
"""A form and the flags of the suffix that made it; None: the word itself."""


def expand(dictionary: Any) -> frozenset[str]:  # noqa: ANN401 - spylls has no types
    """Return the forms of all words of a `spylls` dictionary without compounds, each one that it accepts."""
    forms: set[str] = set()
    for word in dictionary.dic.words:
        plain = list(_suffixed_twice(dictionary.aff, word))
        forms.update(form for form, flags in plain if not _is_half(dictionary.aff, word, flags))
        prefixed = _prefixed(dictionary.aff, word, plain)
        forms.update(form for form in prefixed if form in forms or dictionary.lookup(form))
    return frozenset(forms)


def _is_half(aff: Any, word: Any, flags: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether a form stands in no text by itself."""
    return aff.NEEDAFFIX in (word.flags if flags is None else flags)


def _suffixed_twice(aff: Any, word: Any) -> Iterator[Form]:  # noqa: ANN401 - as above
    yield word.stem, None
    for form, flags in _suffixed(aff, word.stem, word.flags):
        yield form, flags
        yield from _suffixed(aff, form, flags)


def _suffixed(aff: Any, stem: str, flags: Any) -> Iterator[Form]:  # noqa: ANN401 - as above
    for suffix in (each for flag in flags for each in aff.SFX.get(flag, ())):
        if suffix.cond_regexp.search(stem) and stem.endswith(suffix.strip):
            yield stem.removesuffix(suffix.strip) + suffix.add, suffix.flags


def _prefixed(aff: Any, word: Any, plain: list[Form]) -> Iterator[str]:  # noqa: ANN401 - as above
    """Yield forms with a prefix (`kilo`), most of them right: the dictionary is asked."""
    prefixes = [each for flag in word.flags for each in aff.PFX.get(flag, ()) if "'" not in each.add]
    for prefix in prefixes:
        for form, _ in plain:
            if prefix.cond_regexp.search(form) and form.startswith(prefix.strip):
                longer = prefix.add + form.removeprefix(prefix.strip)
                yield longer
                yield from (each for each, _ in _suffixed(aff, longer, prefix.flags))


if __name__ == "__main__":
    words = sorted(expand(read_dictionary(Path(sys.argv[1]))), key=str.encode)
    FRENCH.write_bytes(gzip.compress("".join(f"{word}\n" for word in words).encode(), mtime=0))
    sys.stdout.write(f"{len(words)} words\n")
