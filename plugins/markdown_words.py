"""Put the theme's words in place of a text's for alerts, films elsewhere and ways back from notes.

A record is a function of its file alone, so its HTML has them in English.
"""

import re
from collections.abc import Mapping
from html import escape, unescape
from itertools import chain
from typing import Any

from catalogue.text.directions import find_direction
from catalogue.text.films import find_film

ALERTS = '<p class="admonition-title">'
NOTES = 'class="footnote-backref"'
MARKDOWN_WORD = re.compile(
    rf'(?<={ALERTS})(?:Note|Tip|Important|Warning|Caution)(?=</p>)|(?<={NOTES} )(href="#fnref([0-9]*)-'
    r'[^"]*") title="Jump back to footnote ([0-9]+) in the text"'
)
WORDS_FOR_FILMS = "Film on"
FILM = re.compile(rf'(<a href="([^"]*)">){WORDS_FOR_FILMS} ([^<]*)(?=</a>)')
# Below the title of a film that has one.
CAPTION = re.compile(
    r'(<figure><a href="([^"]*)">(?:(?!</figure>).)*?(?:<figcaption>|<br>))'
    rf"{WORDS_FOR_FILMS} ([^<]*)(?=</figcaption>)",
    re.DOTALL,
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


def name_film(link: re.Match[str], words: Any, own: str = "") -> str:
    """Return a link to a film on another site up to its words, or to those below it, in the theme's own.

    `own` are the attributes of these words.
    """
    film = find_film(unescape(link[2]))
    is_own = film is not None and film.site == link[3]
    name = escape(words.fill("film_on", site=link[3]))
    if not is_own:
        return link[0]
    if link.re is CAPTION:
        return f"{link[1]}<span{own}>{name}</span>" if own else f"{link[1]}{name}"
    return f"{link[1][:-1]}{own}>{name}"


def put_film_words(text: str, source: str, words: Any, is_html: bool = False) -> str:
    """Return a summary with the theme's words for the films that are linked to in HTML, `source`."""
    for link in chain(FILM.finditer(source), CAPTION.finditer(source)):
        named = link[0].removeprefix(link[1])
        shown = name_film(link, words).removeprefix(link[1])
        for blank in (" ", "&nbsp;", "\N{NO-BREAK SPACE}"):
            typed = named.replace(f"{WORDS_FOR_FILMS} ", f"{WORDS_FOR_FILMS}{blank}")
            text = text.replace(typed, shown if is_html else unescape(shown))
    return text


def put_words(source: str, words: Any, language: str = "") -> str:
    """Return the HTML of a text with the theme's words in place of Markdown's.

    `language` is that of the words, if the text is in another.
    """
    own = f' lang="{language}" dir="{find_direction(language)}"' if language else ""
    if WORDS_FOR_FILMS in source:
        for pattern in (FILM, CAPTION):
            source = pattern.sub(lambda match: name_film(match, words, own), source)
    if ALERTS not in source and NOTES not in source:
        return source
    alerts = name_alerts(words)

    def put(match: re.Match[str]) -> str:
        link, place, number = match.groups()
        if link:  # its arrow says nothing aloud; feed readers keep but the title
            name = words.fill("back_to_text", number=number)
            if place:
                name = words.fill("back_to_place", number=number, place=place)
            name = escape(name)
            return f'{link} title="{name}" aria-label="{name}"{own}'
        name = escape(alerts[match[0]])
        return f"<span{own}>{name}</span>" if own else name

    return MARKDOWN_WORD.sub(put, source)
