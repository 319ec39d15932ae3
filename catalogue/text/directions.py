"""Know in which direction languages, texts and letters run, as HTML calls it: `ltr` or `rtl`."""

import re
import unicodedata

# Languages, and scripts of others, that are written from right to left.
LANGUAGES = frozenset("ar arc ckb dv fa he ks ps sd syr ug ur yi".split())
SCRIPTS = frozenset("adlm arab hebr nkoo rohg syrc thaa".split())
# Letters of Hebrew, Arabic and their kin, which a line of another direction would mix up.
FROM_RIGHT = (
    "\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
RIGHT_TO_LEFT = re.compile(f"[{FROM_RIGHT}]")
LEFT_TO_RIGHT = re.compile(rf"(?![{FROM_RIGHT}])[^\W\d_]")


def find_direction(tag: str) -> str:
    """Return in which direction the language of a tag is written."""
    language, *others = tag.lower().split("-")
    script = next((part for part in others if len(part) == len("arab") and part.isalpha()), "")
    is_right = script in SCRIPTS if script else language in LANGUAGES
    return "rtl" if is_right else "ltr"


def find_first_direction(text: str) -> str:
    """Return in which direction the first letter of a text runs; nothing if it has none."""
    if text.isascii():  # which is soon known
        return "ltr" if any(map(str.isalpha, text)) else ""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return ""


def find_text_direction(title: str, language: str) -> str:
    """Return in which direction a text is shown: its title may say so, else its language does."""
    return "rtl" if find_first_direction(title) == "rtl" else find_direction(language)
