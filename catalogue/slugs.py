"""Slugs, the last parts of addresses: made from words, or typed by hand and checked.

A slug is small letters, digits and single hyphens, because that is the same address, and the same
file name, on every system and in every browser.
"""

import os
import re

from catalogue.folding import APOSTROPHES
from catalogue.problems import shorten

LONGEST_SLUG = 80
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
ANY_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
SURROGATES = re.compile("[\ud800-\udfff]")
SECTION_NAMES = frozenset(("", "posts", "pages", "topics", "comments"))
# Signs that tell one topic's name from another's, at the end or the beginning of a word.
SPELT_SIGNS = (
    (re.compile(r"(?<=[^\W_])\+\+"), " plus plus "),
    (re.compile(r"(?<=[^\W_])\+(?![^\W_])"), " plus "),
    (re.compile(r"(?<=[^\W_])#(?![^\W_])"), " sharp "),
    (re.compile(r"(?<![^\W_])(?<!\.)\.(?=[^\W\d_])"), " dot "),
)
# What typography writes, as Unidecode spells it, in a tenth of the time.
TYPESET_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "--", "…": "...", "\xa0": " "}
)
LEADING_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[-_ ]+", re.ASCII)
# Names that Windows keeps for devices, whatever their ending, in any folder.
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
DEVICES = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?:\..*)?",
    re.IGNORECASE | re.DOTALL,
)


def format_slug(text: str) -> str:
    """Return a slug of at most 80 characters from any words; empty when no letter or digit is left.

    Accents and other scripts become plain letters, apostrophes go, all else becomes a hyphen.
    """
    if len(text) <= LONGEST_SLUG and SLUG.fullmatch(text):
        return text
    plain = ANY_APOSTROPHE.sub("", format_ascii(ANY_APOSTROPHE.sub("", text))).lower()
    return cut_slug(re.sub(r"[^a-z0-9]+", "-", plain).strip("-"), LONGEST_SLUG)


def format_topic_slug(name: str) -> str:
    """Return the slug of a topic's name, in which the signs of `C++`, `C#` and `.NET` are words."""
    for sign, words in SPELT_SIGNS:
        name = sign.sub(words, name)
    return format_slug(name)


def format_ascii(text: str) -> str:
    """Return text of any script in ASCII letters, as well as they can."""
    if text.isascii() or (text := text.translate(TYPESET_SIGNS)).isascii():
        return text
    # Its tables are large, and most words need none of them.
    from unidecode import unidecode

    return unidecode(SURROGATES.sub("", text))


def cut_slug(slug: str, length: int) -> str:
    """Return a slug cut at a hyphen, to leave whole words; within its word if it has only one."""
    if len(slug) <= length:
        return slug
    return slug[: length + 1].rpartition("-")[0].rstrip("-") or slug[:length]


def slug_of(path: str, kind: str = "post") -> str:
    """Return the slug that a file's name stands for: without folder, leading date and extension.

    A file `index.md` in a folder of its own has the folder's name: `posts/my-trip/index.md`.
    """
    *folders, name = re.split(r"[/\\]", path)
    stem = os.path.splitext(name)[0]
    if stem == "index" and folders and folders[-1] not in SECTION_NAMES:
        stem = folders[-1]
    stem = LEADING_DATE.sub("", stem, count=1)
    return format_topic_slug(stem) if kind == "topic" else format_slug(stem)


def format_post_slug(title: str) -> str:
    """Return the slug of a new post, fit to be its file's name too; empty when the title gives none.

    `slug_of` finds the same slug in the file's name, so a date that opens the title is left out,
    and a name that Windows would refuse gets a word more.
    """
    slug = format_slug(title)
    while LEADING_DATE.match(slug):
        slug = LEADING_DATE.sub("", slug, count=1)
    return f"{slug}-post" if DEVICES.fullmatch(slug) else slug


def format_numbered_slug(slug: str, number: int) -> str:
    """Return a slug with a number after it, the whole within 80 characters."""
    end = f"-{number}"
    return cut_slug(slug, LONGEST_SLUG - len(end)) + end


def check_slug(slug: str) -> str:
    """Return in one sentence what is wrong with a slug and what to type; empty when it is good."""
    if not slug:
        return "The slug is empty. Write small letters and digits, like: my-first-post"
    fault = describe_slug_fault(slug)
    if not fault:
        return ""
    better = format_post_slug(slug)
    return f"“{shorten(slug)}” {fault}. Write: {better or 'my-first-post'}"


def describe_slug_fault(slug: str) -> str:
    """Return the first fault of a slug that is not empty; empty when it has none."""
    if odd := re.search(r"[^a-z0-9-]", slug):
        seen = f"“{odd[0]}”" if odd[0].isprintable() else "an invisible character"
        seen = "a blank" if odd[0] == " " else seen
        return f"holds {seen}, and a slug holds only the letters a-z, digits and hyphens"
    if not SLUG.fullmatch(slug):
        return "has a hyphen at its start or end, or two in a row"
    if len(slug) > LONGEST_SLUG:
        return f"has {len(slug):,} characters, and a slug has at most {LONGEST_SLUG}"
    if DEVICES.fullmatch(slug):
        return "is a name that Windows keeps for itself"
    return ""
