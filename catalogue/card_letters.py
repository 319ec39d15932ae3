"""Know which characters the font of the cards has, without opening it."""

import re
import unicodedata

# All that it has but marks that are set upon another letter, and blanks. A test holds this against
# the font.
COVERED = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u012b\u012e-\u0131\u0134-\u0149\u014c-\u0165\u0168-\u017f\u018f\u0192"
    "\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u01e6\u01e7\u01f8\u01f9\u0218-\u021b\u0237\u0251\u0259"
    "\u0261\u02b0\u02b2\u02b3\u02b7\u02b8\u02bb\u02bc\u02be\u02bf\u02c6-\u02cc\u02d8-\u02dd"
    "\u02e1-\u02e3\u0374\u0375\u037e\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u03d7\u03d9\u03db"
    "\u03dd\u03e1\u0400-\u045f\u0462\u0463\u0472-\u0475\u0490-\u0493\u0496-\u049b\u04a0-\u04a3"
    "\u04aa\u04ab\u04ae-\u04b3\u04b6\u04b7\u04ba\u04bb\u04c0-\u04c2\u04cf-\u04d1\u04d4-\u04d9"
    "\u04e2\u04e3\u04e6-\u04e9\u04ee\u04ef\u04f2\u04f3\u1d43\u1d47-\u1d49\u1d4d\u1d4f\u1d50\u1d52"
    "\u1d56-\u1d58\u1d5b\u1d9c\u1da0\u1dbb\u1e0c-\u1e0f\u1e20\u1e21\u1e24\u1e25\u1e2a\u1e2b"
    "\u1e36-\u1e3b\u1e3e\u1e3f\u1e42-\u1e49\u1e5a-\u1e63\u1e6c-\u1e6f\u1e80-\u1e85\u1e8e\u1e8f"
    "\u1e92\u1e93\u1e97\u1e9e\u1ea0-\u1ef9\u2010\u2012-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022"
    "\u2025\u2026\u2030\u2032\u2033\u2039\u203a\u203c\u2044\u2047-\u2049\u2070\u2071\u2074-\u2079"
    "\u207d-\u2089\u208d\u208e\u20a1\u20a4\u20a6\u20a7\u20a9\u20ab\u20ac\u20ae\u20b1\u20b2"
    "\u20b4\u20b5\u20b8-\u20ba\u20bd\u20bf\u2113\u2116\u2117\u2120\u2122\u2126\u212e\u2153\u2154"
    "\u215b-\u215e\u2190-\u2193\u2196-\u2199\u2202\u2206\u220f\u2211\u2212\u2215\u2219\u221a\u221e"
    "\u222b\u2248\u2260\u2264\u2265\u25a0\u25b2\u25b3\u25b6\u25b7\u25bc\u25bd\u25c0\u25c1\u25c6"
    "\u25c9\u25ca\u2610\u2611\u266a\u2713\u2752\u2e3a\u2e3b\ufb00-\ufb04\U0001f12f"
    "\U0001f16a\U0001f16b]++"
)
# Pictures among letters, and what joins or tints them, are left out: a title means the same without. An
# accent that the font cannot set on its letter is none of these.
LEFT_OUT = frozenset(("So", "Sk", "Cf", "Co", "Cn"))
# What looks much like a sign that the font lacks, and has no form in Unicode that stands for both (NFKC).
STAND_INS = {
    sign: shown
    for signs, shown in (
        ("\u21d2\u21a0\u21a6\u27f6\u27f9\u2794\u2799\u279c\u279d\u279e\u27a1\u2b95", "\u2192"),
        ("\u21d0\u219e\u21a4\u27f5\u27f8\u2b05", "\u2190"),
        ("\u21d1\u2b06", "\u2191"),
        ("\u21d3\u2b07", "\u2193"),
        ("\u2194\u21d4\u27f7\u27fa\u2b0c", "\u2190\u2192"),
        ("\u058a\u2043\u2e1a", "\u2010"),
        ("\u02b9", "\u2032"),  # of what is written in Latin letters for Cyrillic ones
        ("\u02ba", "\u2033"),
        ("\u02bd\u201b", "\u2018"),
        ("\ua78b\ua78c", "'"),
        ("\u201f", "\u201c"),
        ("\u2023", "\u2022"),
        ("\u2027\u22c5\u2e31\u2e33\u30fb", "\u00b7"),
        ("\u22ef", "\u2026"),
        ("\u204a\u214b", "&"),
        ("\u203d\u2e18", "\u2048"),
        ("\u2016\u2225", "||"),
        ("\u2223", "|"),
        ("\u2017", "_"),
        ("\u204b", "\u00b6"),
        ("\u204e\u2217\u22c6\u2055", "*"),
        ("\u204f", ";"),
        ("\u2236\ua789\u205a", ":"),
        ("\u223c\u2053\u301c", "~"),
        ("\u2216\u29f5", "\\"),
        ("\u29f8", "/"),
        ("\u266f", "#"),
        ("\u2a2f", "\u00d7"),
        ("\u2205", "\u00d8"),
        ("\u2207", "\u25bd"),
        ("\u2218", "\u00b0"),
        ("\u2243\u2245", "\u2248"),
        ("\u2266\u2a7d", "\u2264"),
        ("\u2267\u2a7e", "\u2265"),
        ("\u226a", "<<"),
        ("\u226b", ">>"),
        ("\u2329\u276e\u27e8\u3008", "\u2039"),
        ("\u232a\u276f\u27e9\u3009", "\u203a"),
        ("\u27ea\u300a", "\u00ab"),
        ("\u27eb\u300b", "\u00bb"),
        ("\u2768", "("),
        ("\u2769", ")"),
    )
    for sign in signs
}
# The font has a blank of this kind; it has no narrow ones, and none of a digit's width.
HARD_BLANK = "\u00a0"
BLANKS = re.compile(r"(?P<hard>[\u00a0\u2007\u202f]+(?!\s)|\s+(?=[\u2060\ufeff]))|\s+")
TINTS = re.compile("[\u034f\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def select_letters(text: str) -> str:
    """Return a text in one line as a card can set it; empty if the font lacks a letter of it.

    Signs that the font lacks have a stand-in of the same look where there is one. A blank at which a line
    may not end is a hard one.
    """
    line = join_blanks(unicodedata.normalize("NFC", text))
    if COVERED.fullmatch(line.replace(HARD_BLANK, " ")):
        return line
    signs: list[str] = []
    for sign in line:
        shown = sign if sign == HARD_BLANK or COVERED.match(sign) else find_stand_in(sign)
        if shown:
            is_apart = shown != sign and unicodedata.category(sign) == "No"  # 10⅕ is not 101/5
            blank = " " if is_apart and signs and signs[-1][-1].isdecimal() else ""
            signs.append(blank + shown)
        elif unicodedata.category(sign) not in LEFT_OUT and not TINTS.match(sign):
            return ""
    return join_blanks("".join(signs))


def join_blanks(text: str) -> str:
    """Return a text with one blank in place of several, a hard one where no line may end (UAX #14)."""
    return BLANKS.sub(lambda blanks: HARD_BLANK if blanks["hard"] else " ", text).strip()


def find_stand_in(sign: str) -> str:
    """Return what a card can set in place of a sign that the font lacks; empty if nothing looks like it."""
    shown = STAND_INS.get(sign) or unicodedata.normalize("NFKC", sign)
    return shown if COVERED.fullmatch(shown) and not shown.isspace() else ""


def select_heading(question: str, title: str) -> str:
    """Return what a card has on top: the question, or the title where a card cannot set the question."""
    return question if select_letters(question) else title


def set_capitals(text: str) -> str:
    """Return what a card can set in capitals, but for letters whose capital the font lacks."""
    return "".join(capital if COVERED.fullmatch(capital := sign.upper()) else sign for sign in text)
