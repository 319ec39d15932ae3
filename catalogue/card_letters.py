"""Know which characters the font of the cards has, without opening it."""

import re
import unicodedata

# Whole blocks of Latin, Greek and Cyrillic, as far as the font has all of them, and what is typed among
# them. A test holds this against the font.
COVERED = re.compile(
    "[ -~\u00a0-\u012b\u012e-\u0131\u0134-\u0149\u014c-\u0165\u0168-\u017f\u0192\u01cd-\u01dc"
    "\u0218-\u021b\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490-\u0493"
    "\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u2010\u2012-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022"
    "\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u20ac\u2116\u2122\u2190-\u2193\u2212\u2248\u2260"
    "\u2264\u2265]++"
)
# Pictures among letters, and what joins or tints them, are left out: a title means the same without. An
# accent that the font cannot set on its letter is none of these.
LEFT_OUT = frozenset(("So", "Sk", "Cf", "Co", "Cn"))
TINTS = re.compile("[\u034f\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def select_letters(text: str) -> str:
    """Return a text in one line as a card can set it; empty if the font lacks a letter of it."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if COVERED.fullmatch(line):
        return line
    signs = []
    for sign in line:
        if COVERED.match(sign):
            signs.append(sign)
        elif unicodedata.category(sign) not in LEFT_OUT and not TINTS.match(sign):
            return ""
    return " ".join("".join(signs).split())
