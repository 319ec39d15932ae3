"""Return the plain text of HTML, and cut it to a number of words."""

import html
import re

ANY_TAG = re.compile(r"""<(?:[^"'<>]|"[^"]*"|'[^']*')*>""")
NOTE_SIGN = re.compile(r'<sup id="fnref[^>]*>.*?</sup>|<a class="footnote-backref"[^>]*>.*?</a>')


def strip_tags(source: str) -> str:
    """Return the words of a piece of checked HTML on one line, without the signs of its notes."""
    plain = ANY_TAG.sub("", NOTE_SIGN.sub("", source)) if "<" in source else source
    return " ".join(html.unescape(plain).split())


def cut_words(text: str, most: int) -> str:
    """Return plain text cut after a number of words, with a sign that more follows."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]).rstrip(",;:–—-") + " …"
