"""Compare the words of a post before and after it was imported: none may be lost."""

import html
import re
from collections import Counter

from commands.importers.bodies.dialects import (
    BRACKETED,
    CONTENTS,
    FENCES,
    LIQUID,
    SHORTCODE,
    SITE_PATH,
    SITE_VALUE,
)
from commands.importers.bodies.protected import FENCE
from commands.importers.site import HTML, MARKDOWN

UNSEEN = re.compile(
    r"<(script|style|template|iframe|object)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
# A value with a < in it has lost its end, and words of the text are in it.
TAG = re.compile(r"</?[A-Za-z](?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>")
TARGET = re.compile(
    r"(?<=\])\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+(?:\"([^\"]*)\"|'([^']*)'))?\s*\)"
)
REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:\s*\S+.*$", re.MULTILINE)
# Tags in it are words.
MARKDOWN_CODE = re.compile(
    rf"(?:{FENCE.pattern})|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)", re.MULTILINE | re.DOTALL
)
FENCE_NAME = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[^\n]*$", re.MULTILINE)
ADDRESS = re.compile(r"\b(?:https?|ftp|mailto):[^\s<>\"')\]]+|import-post:\S+|\]\([^)\s]*")
ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}|(?<=[)\]])\{[.#:\w][^{}\n]*\}")
DIV = re.compile(r"^:::+[^\n]*$|^> ?\[![A-Z]+\]|^> ?\[![a-z]+\][^\n]*$", re.MULTILINE)
WIKI = re.compile(r"!?\[\[([^\[\]]*)\]\]")
WORD = re.compile(r"[^\W_]+")


def list_words(text: str, form: str) -> Counter[str]:
    """Return the words that a reader gets of a text, each with how often; marks and addresses are none."""
    text = FENCES.sub(lambda match: match["text"] or match["text2"] or match["text3"] or "", text)
    text = UNSEEN.sub(" ", text)
    # What Jekyll makes an address of is none yet: blanks and quotation marks are in it.
    text = SITE_PATH.sub(lambda match: match[1], SITE_VALUE.sub("", text))
    for pattern in (LIQUID, SHORTCODE, DIV):
        text = pattern.sub(" ", text)
    text = BRACKETED.sub(lambda match: match[3] or " ", text)
    if form != HTML:
        for pattern in (FENCE_NAME, REFERENCE, CONTENTS, ATTRIBUTES):
            text = pattern.sub(" ", text)
        text = MARKDOWN_CODE.sub(lambda match: html.escape(match[0]), text)
        text = WIKI.sub(lambda match: match[1].rpartition("|")[2], text)
        text = TARGET.sub(lambda match: f" {match[1] or match[2] or ''} ", text)
    text = ADDRESS.sub(" ", html.unescape(TAG.sub(" ", text)))
    # A mark inside a word, as an escaped sign or an emphasised letter, does not part it.
    return Counter(word.casefold() for word in WORD.findall(re.sub(r"\\(?=\W)|\*+|~~", "", text)))


def find_lost(before: str, form: str, after: str) -> list[str]:
    """Return the words of a source's text that the Markdown made of it does not have, as often as lost."""
    words = list_words(before, form)
    lost = words - list_words(after, MARKDOWN)
    if not lost:
        return []
    # What was parted or joined is not lost: `<b>w</b>ord`, or two words with an ellipsis between them.
    shown = TARGET.sub(lambda match: match[1] or match[2] or "", after)
    whole = "".join(WORD.findall(html.unescape(TAG.sub("", shown)))).casefold()
    return sorted(word for word in lost.elements() if whole.count(word) < words[word])
