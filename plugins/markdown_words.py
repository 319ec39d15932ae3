"""Put the theme's words in place of those that Markdown has for alerts and for the way back from a note.

A record is a function of its file alone, so its HTML has them in English.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

ALERTS = '<p class="admonition-title">'
NOTES = 'class="footnote-backref"'
MARKDOWN_WORD = re.compile(
    rf'(?<={ALERTS})(?:Note|Tip|Important|Warning|Caution)(?=</p>)|(?<= title=")Jump back to '
    r'footnote ([0-9]+) in the text(?=")'
)


def name_alerts(words: Any) -> Mapping[str, str]:
    """Return what the five alerts are called, by what Markdown calls them."""
    return {
        "Note": words.fill("note"),
        "Tip": words.fill("tip"),
        "Important": words.fill("important"),
        "Warning": words.fill("warning"),
        "Caution": words.fill("caution"),
    }


def put_words(source: str, words: Any) -> str:
    """Return the HTML of a text with the theme's words in place of Markdown's."""
    if ALERTS not in source and NOTES not in source:
        return source
    alerts = name_alerts(words)

    def put(match: re.Match[str]) -> str:
        number = match[1]
        return escape(words.fill("back_to_text", number=number) if number else alerts[match[0]])

    return MARKDOWN_WORD.sub(put, source)
