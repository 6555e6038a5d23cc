"""How wide letters are in the faces that text is set in, without opening a font.

A table, because a build whose fonts are cached should load no font library. `tests/rendering/test_widths.py`
compares it with the faces.
"""

from functools import cache, lru_cache
from typing import Literal
from unicodedata import normalize

Cut = Literal["regular", "bold", "display"]
"""Oxalis Text 400, Oxalis Text 600, Oxalis Display 800."""

OTHERS = "\u00a0¡¢£¥«®°±·»¼½¾¿ÆÐ×Øßæð÷øþđħıłŁŒœ–—‘’‚“”„†•…\u202f‰‹›€№™→−≤≥"
"""Characters after those of ASCII; the first is U+00A0."""
# fmt: off
TABLES: dict[Cut, str] = {
    "regular": """
        200 289 426 497 497 824 609 249 303 303 418 497 249 311 249 350 497 497 497 497 497 497 497 497
        497 497 249 249 497 497 497 425 847 543 588 571 615 527 494 617 652 263 479 579 486 727 647 664
        566 664 569 534 536 645 515 786 513 476 539 303 350 303 497 500 542 504 553 456 555 496 292 504
        544 246 247 495 255 829 547 542 555 555 347 419 338 544 467 719 446 467 425 303 241 303 497""",
    "bold": """
        200 315 482 513 513 841 639 275 324 324 438 513 275 322 275 344 513 513 513 513 513 513 513 513
        513 513 275 275 513 513 513 444 875 558 597 576 625 538 510 628 663 282 494 597 502 745 657 674
        582 674 592 545 546 655 536 800 541 501 540 324 344 324 513 500 549 516 563 462 564 507 317 520
        558 262 263 522 271 843 560 549 564 564 373 431 361 556 495 748 481 495 443 324 255 324 513""",
    "display": """
        203 268 340 613 575 948 697 174 303 303 457 486 193 313 246 349 594 310 551 565 607 565 592 498
        608 603 250 235 486 486 486 396 936 659 608 631 621 540 510 649 637 243 323 623 460 822 694 661
        586 659 615 585 516 627 632 915 623 595 550 295 349 295 530 527 283 543 576 539 576 537 376 549
        562 234 244 541 234 860 562 567 574 574 400 517 368 557 530 799 543 539 483 321 218 321 486""",
}
"""Advance widths of U+0020 to U+007E, in thousandths of an em."""
OTHER_WIDTHS: dict[Cut, str] = {
    "regular": """
        200 289 497 497 497 429 423 331 497 249 429 781 808 796 425 822 639 497 664 576 778 544 497 542
        555 562 557 247 298 500 847 839 480 800 249 249 249 426 426 426 454 304 948 120 1194 271 271 497
        893 637 619 497 497 497""",
    "bold": """
        200 315 513 513 513 455 443 348 513 275 455 795 827 807 444 834 651 513 674 604 780 552 513 549
        564 564 566 262 329 522 859 830 480 800 275 275 275 482 482 482 482 325 964 120 1222 282 282 513
        931 660 618 513 513 513""",
    "display": """
        203 268 539 687 583 466 673 342 486 246 466 844 851 980 386 863 645 486 670 638 858 570 486 567
        574 568 571 234 295 498 942 928 500 775 193 193 193 382 382 382 438 349 757 167 1379 269 269 680
        1010 944 590 486 486 486""",
}
"""The same of `OTHERS`."""
# fmt: on
WIDEST = 1.0
"""Width in em of a character that is in no table."""


@lru_cache(maxsize=1 << 14)  # texts repeat their words
def width(text: str, cut: Cut) -> float:
    """Return the width of a text on one line, in em; no kerning, and an accent makes no letter wider."""
    known = _widths(cut)
    return sum(known[letter] if letter in known else _unaccented(letter, cut) for letter in text)


def _unaccented(letter: str, cut: Cut) -> float:
    known = _widths(cut)
    known[letter] = known.get(normalize("NFD", letter)[0], WIDEST)
    return known[letter]


@cache
def _widths(cut: Cut) -> dict[str, float]:
    """Return the table of a face, to which `_unaccented` adds accented letters."""
    letters = (*map(chr, range(0x20, 0x7F)), *OTHERS)
    numbers = (*TABLES[cut].split(), *OTHER_WIDTHS[cut].split())
    return {letter: int(number) / 1000 for letter, number in zip(letters, numbers, strict=True)}
