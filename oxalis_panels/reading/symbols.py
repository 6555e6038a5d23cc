"""Characters of picture fonts, and raised or lowered ones → the characters that Unicode has for them."""

import re
from typing import Literal

Raised = Literal["", "super", "sub"]

_WINGDINGS = (
    " 🖉✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭📁📂📄🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠🏳🏱✈☼💧❄🕆✞🕈✠✡☪☯ॐ☸♈♉"
    "♊♋♌♍♎♏♐♑♒♓🙰🙵●🔾■□🞐❑❒⬧⧫◆❖⬥☒⮹⌘🏵🏶🙶🙷\0⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•"
    "⬝⭘🞆🞈🞊🞋🔿▪□🟂🟀★🟋🟏🟓🟑⯐⌖⯎⯏⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗"
    "🙖🙐🙑🙒🙓⌫⌦⮘➢⮙⮛⮈⮊⮉⮋←→↑↓↖↗↙↘🡸➔🡹🡻🡼🡽🡿🡾⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂🢬🢭✗✓☒☑\0"
)
"""From U+0020 on, as Unicode maps this font; the common signs of each kind for its rarer ones."""
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
    + "\0" * 33
    + "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\0〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭\0"
)
_WINGDINGS_2 = dict(
    zip(b"OPQRSTU*\x95\x96\x97\x98\xa0\xa1\xa2\xa3\xa4\xa5", "✗✓☒☑☒☒⦸☐•●●●■□■☐□□", strict=True)
)
_WINGDINGS_3 = dict(zip(b"fghijklm\"#'(ijpqrstuvw}~\x84\x86", "←→↑↓↖↗↙↘↔↕→→↖↗▲▼△▽◀▶◁▷▶▲▶▶", strict=True))
_WEBDINGS = dict(zip(b"arcgn3456=YiPs!~", "✔✗□■●◀▶▲▼→♥ℹ✿❓🕷⚡", strict=True))
_DINGBATS = {code: chr(0x2700 + code - 0x20) for code in range(0x21, 0x7F)} | dict(
    zip(b"%*+Hlnstuw", "☎☛☞★●■▲▼◆◗", strict=True)
)
_FONTS = {
    "wingdings": dict(enumerate(_WINGDINGS, 0x20)),
    "symbol": dict(enumerate(_SYMBOL, 0x20)),
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "zapfdingbats": _DINGBATS,
    "zapf dingbats": _DINGBATS,
    "itc zapf dingbats": _DINGBATS,
}
_PRIVATE = range(0xF020, 0xF100)
"""Where Word keeps characters of picture fonts; elsewhere it keeps the letter that they replace."""
ANYWHERE = {
    code: _FONTS["wingdings"][code - 0xF000]
    for code in _PRIVATE
    if _FONTS["wingdings"][code - 0xF000] != "\0"
} | {0xF0B7: "•"}
"""What such a character is where no font is known: mostly one of Wingdings, or the bullet of Symbol."""

LOOK_ALIKES = {
    **dict.fromkeys(map(ord, "⋅‧∙・･᛫"), "·"),
    **dict(zip(map(ord, "ᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"), "abcdefghjklm°prstuvwxyz", strict=True)),
    **dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
    **dict(zip(map(ord, "\u2010\u2011\u2012ʼ"), "--–’", strict=True)),
}
"""Characters that our fonts lack, and what keyboards have for them: dots for `·`, raised letters (`nᵒ` is
n°), letters that a PDF holds as one sign, hyphens and an apostrophe of other alphabets."""

_SUPER = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUB = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_FLAT = re.compile(
    r"(?:[èe]?re?s?|(?:i?[èe]m)?es?|nde?s?|ds?|st|th|rd|rs|te?s?|me?s|lles?|les?|grs?|ies?|ss|me)\.?",
    re.IGNORECASE,
)
"""Endings that read the same on the line: 1er, XXe, 2nde, Mme, Dr, Cie, St."""
_SIGNS = {"o": "°", "os": "°s", "TM": "™"}


def is_picture_font(font: str) -> bool:
    """Whether the letters of a font are pictures."""
    return font.lower() in _FONTS


def pictured(text: str, font: str, dropped: list[str], added: list[str]) -> str:
    """Return the characters that a text shows; where they are not those of the file, both are remembered."""
    shown = real(text, font)
    if is_picture_font(font):
        dropped.append(text)
        added.append(shown)
    return shown


def real(text: str, font: str) -> str:
    """Return the characters that a text in a picture font shows; U+FFFD for one that Unicode lacks."""
    table = _FONTS.get(font.lower())
    if table is None:
        return text.translate(ANYWHERE)
    return "".join(_real(character, table) for character in text)


def _real(character: str, table: dict[int, str]) -> str:
    code = ord(character)
    if code in _PRIVATE:
        code -= 0xF000
    elif code not in range(0x100):  # one byte; Word keeps some as what Windows shows in their place
        code = (character.encode("cp1252", "ignore") or b"\0")[0]
    found = table.get(code, "\0")
    kept = character if not code or character.isspace() else "\ufffd"
    return kept if found == "\0" else found


def raised(text: str, kind: Raised, before: str) -> tuple[str, bool]:
    """Return a raised or lowered text on the line, behind the text `before`, and whether it reads the same.

    A number never changes its value: what no character stands for follows `^` or `_` (10^2k, x_max).
    """
    signs = _SUPER if kind == "super" else _SUB
    word = text.strip()
    behind = before[-1:].isalnum()
    if not any(character.isalnum() and ord(character) not in signs for character in word):
        unsaid = any(ord(c) not in signs and not c.isspace() for c in word)
        return text.translate(signs), not (unsaid and any(c.isdigit() for c in word))
    if kind == "super" and behind and _FLAT.fullmatch(word):
        return text, True
    if kind == "super" and word in _SIGNS:
        return text.replace(word, _SIGNS[word]), True
    return (f"{'^' if kind == 'super' else '_'}{text}" if behind and " " not in word else text), False
