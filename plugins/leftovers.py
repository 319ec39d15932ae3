"""Find what Markdown left over: words of the author's that did not become what they were meant to be."""

import html
import re

from plugins.markup import Finding

# What the library puts in place of a link or a piece of code until the end: between two controls.
STAND_IN = re.compile("klzzwxh|wzxhzdk|[\x02\x03]")
NEAR, MOST_WORDS = 500, 3  # characters of HTML before a stand-in, and words of them to look for


def check_stand_ins(source: str, text: str) -> list[Finding]:
    """Find in HTML what stands for words of the text that the parser has lost."""
    match = STAND_IN.search(source)
    if not match or (match[0].isalpha() and match[0] in text):
        return []
    before = html.unescape(re.sub("<[^<>]*>", " ", source[: match.start()][-NEAR:]))
    seen = "Some words are lost beside these signs: they can be read in two ways"
    remedy = (
        "Put a backslash before each * and _ that is to be shown, and a blank around the others."
    )
    words = re.findall(r"\w+", before)[-MOST_WORDS:]
    return [Finding("error", f"{seen}. {remedy}", tuple(reversed(words)))]
