"""The marks that each language sets: quotation marks, the dash, blanks before signs.

The quotation marks are those of the Unicode Common Locale Data Repository (CLDR, "delimiters"), but
where a country's own books agree on others. A language that is not in the table gets those of
English, as CLDR gives them to every language that it knows nothing of.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

LANGUAGES_CACHED = 100
EN_DASH, EM_DASH = "–", "—"
NARROW_BLANK = "\N{NARROW NO-BREAK SPACE}"

# A language with a script, a region and variants, or a private one (RFC 5646, section 2.1).
LANGUAGE_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(?:-x(?:-[a-z\d]{1,8})+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Language:
    """How a language is set."""

    double: tuple[str, str]  # what " opens and closes
    single: tuple[str, str]  # what ' opens and closes
    dash: str = EM_DASH  # what -- is, but between figures; --- is an em dash everywhere
    elisions: frozenset[str] = frozenset()  # words whose first letters an apostrophe stands for
    is_spaced: bool = False  # a narrow blank stands inside « » and before ; : ! ?


HIGH = Language(("“", "”"), ("‘", "’"))
GERMAN = Language(("„", "“"), ("‚", "‘"), EN_DASH)
POLISH = Language(("„", "”"), ("‚", "’"), EN_DASH)
SWEDISH = Language(("”", "”"), ("’", "’"), EN_DASH)
ANGLES = Language(("«", "»"), ("“", "”"))
NORDIC = Language(("«", "»"), ("‘", "’"), EN_DASH)
INWARD = Language(("»", "«"), ("›", "‹"), EN_DASH)
SLAVIC = Language(("«", "»"), ("„", "“"))

# By the small letters of a tag, or of its beginning.
LANGUAGES: Mapping[str, Language] = {
    "en": replace(
        HIGH,
        elisions=frozenset(
            "bout cause cept cos coz cuz em er fraid gainst im kay mid midst mongst n nam neath nother "
            "nough nuff pon round scuse spose sup til tis tisnt twas twasnt tween twere twill twixt "
            "twould twouldnt".split()
        ),
    ),
    "de": replace(
        GERMAN, elisions=frozenset("n ne nem nen ner nes rauf raus rein rum runter s".split())
    ),
    "de-ch": Language(("«", "»"), ("‹", "›"), EN_DASH),
    "de-li": Language(("«", "»"), ("‹", "›"), EN_DASH),
    "bg": GERMAN,
    "cs": GERMAN,
    "is": GERMAN,
    "lt": GERMAN,
    "sk": GERMAN,
    "sl": GERMAN,
    "pl": POLISH,
    "hr": POLISH,
    "hu": replace(POLISH, single=("»", "«")),
    "ro": replace(POLISH, single=("«", "»")),
    "sr": POLISH,
    "et": replace(GERMAN, single=("«", "»")),
    "fr": Language((f"«{NARROW_BLANK}", f"{NARROW_BLANK}»"), ("“", "”"), is_spaced=True),
    "fr-ch": Language((f"«{NARROW_BLANK}", f"{NARROW_BLANK}»"), ("‹", "›"), is_spaced=True),
    "sv": SWEDISH,
    "fi": SWEDISH,
    "nl": replace(HIGH, dash=EN_DASH, elisions=frozenset("k m n ns r s t".split())),
    "af": replace(HIGH, dash=EN_DASH, elisions=frozenset("k n s t".split())),
    "da": INWARD,
    "nb": NORDIC,
    "nn": NORDIC,
    "no": NORDIC,
    "ca": ANGLES,
    "el": ANGLES,
    "es": ANGLES,
    "es-mx": HIGH,
    "eu": ANGLES,
    "gl": ANGLES,
    "it": ANGLES,
    "it-ch": Language(("«", "»"), ("‹", "›")),
    "pt": HIGH,
    "pt-pt": ANGLES,
    "be": SLAVIC,
    "ru": SLAVIC,
    "uk": replace(SLAVIC, single=("“", "”")),
    "ja": Language(("「", "」"), ("『", "』")),
    "zh-hant": Language(("「", "」"), ("『", "』")),
    "zh-hk": Language(("「", "」"), ("『", "』")),
    "zh-tw": Language(("「", "」"), ("『", "』")),
}


def is_language_tag(text: str) -> bool:
    """Return whether a text has the form of a language tag, such as `de` or `pt-BR` (BCP 47)."""
    return LANGUAGE_TAG.fullmatch(text) is not None


@lru_cache(maxsize=LANGUAGES_CACHED)
def find_language(tag: str) -> Language:
    """Return how the language of a tag is set; of `de-AT`, which is not in the table, as of `de`."""
    name = tag.lower()
    while name not in LANGUAGES and "-" in name:
        name = name.rpartition("-")[0]
    return LANGUAGES.get(name, HIGH)
