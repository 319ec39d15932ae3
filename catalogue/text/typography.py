"""Typeset text as a printer would: quotation marks, dashes, ampersands, capitals, last words.

Quotation marks, dashes and dots are decided here (quotation_marks.py), by the text of a whole block and
by its language. The rest is Typogrify's: its filters are asked about each small piece that they are
for, one ampersand, one word in capitals, one mark that opens a block, one blank, which are chosen here.
"""

import html
import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup

from catalogue.text.languages import find_language
from catalogue.text.quotation_marks import (
    APOSTROPHE,
    BOUNDARIES,
    FIRST,
    INNER_APOSTROPHE,
    STAND_IN,
    Edit,
    decide_marks,
)
from catalogue.text.tagless_text import is_crossed, take_tags_out, write_edits

LINES_CACHED = 50_000
PIECES_CACHED = 20_000
LONGEST_TIE = 20  # letters of the two words that a hard blank may join

AMPERSAND = "&amp;"
SOFT_BLANKS = " \t\n\r"
# A word in capitals, or initials; none of them is a part of a word that has other signs too.
CAPITALS = re.compile(
    r"""
    [A-Z](?=['’\d]*+[A-Z]|\.\s?[A-Z]\.)
    (?<!\w[A-Z])(?<!\w['’.][A-Z])(?<!\w&amp;[A-Z])(?<!\b[A-Z]-[A-Z])(?<!\b\w/[A-Z])(?<![\u0300-\u036f][A-Z])
    (?:
        (?!\.)[A-Z\d]*+(?:['’][A-Z\d]++(?!\w))*
        (?!\w|&amp;\w|\(\w|['’][A-Z\d]{2}|[\u0300-\u036f]|\.?\d|-\d|\.\w
            |[-/](?:\w(?!\w)|[A-Z]{2}[A-Z\d]*[^\W\dA-Z_])|/[A-Z\d]+-\d)
    |
        \.(?:\s?[A-Z]\.){1,9}(?![\w.])
    )
    """,
    re.VERBOSE,
)
ADDRESS = re.compile(r"""(?:https?|ftp)://(?:[^\s<>"&]|&(?!lt;|gt;|quot;))+|\bwww\.\w[^\s<>"]*""")
WORD_WITH_AT = re.compile(r'[^\s<>"()\[\],;:]+')
AFTER_ADDRESS = ".,;:!?'*_)]}”’»…"
TITLE_SIGN = re.compile(r"""["'&.“‘„«\xa0-]|[;:!?»]""")
SHORTENED = re.compile(r"--+|\.\.\.")  # counted as what they become
DECIDED = re.compile(r"""["']|--+|\.(?:\.\.| \. \.)""")
ESCAPED_MARK = re.compile(r"""\\(["'])""")


def may_have_address(text: str) -> bool:
    """Return whether an address may be in a text, in which every sign stays."""
    return "@" in text or (":" in text and "://" in text) or "www." in text


def hide_addresses(text: str) -> str:
    """Return a text of the same length in which all that is read as an address is a stand-in."""
    text = ADDRESS.sub(lambda match: hide(match[0]), text)
    return WORD_WITH_AT.sub(hide_mail, text) if "@" in text else text


def hide(address: str) -> str:
    """Return stand-ins for an address, without the signs of the sentence that stand behind it."""
    rest = address.rstrip(AFTER_ADDRESS)
    return STAND_IN * len(rest) + address[len(rest) :]


def hide_mail(match: re.Match[str]) -> str:
    """Return stand-ins for a word that is an e-mail address."""
    word = match[0]
    name = word.lstrip("'‘“")
    start, _, rest = name.partition("@")
    return word[: len(word) - len(name)] + hide(name) if start and rest[:1].isalnum() else word


@cache
def load_filter(name: str) -> Callable[[str], Any]:
    """Return one of Typogrify's filters; the import waits for a text."""
    from typogrify import filters

    return getattr(filters, name)  # type: ignore[no-any-return]


@lru_cache(maxsize=PIECES_CACHED)
def ask_filter(name: str, piece: str) -> str:
    """Return what a filter makes of a piece that is met again and again."""
    return str(load_filter(name)(piece))


def typeset(source: str, language: str = "en") -> str:
    """Return a piece of HTML typeset, as Markdown or a sanitiser writes it; code and addresses stay.

    `language` is a tag of BCP 47. Straight marks, hyphens and dots that are written as codes, such as
    &#34;, become those signs: whoever writes the code means the sign. Tags stay as they are, and no
    letter or figure changes.
    """
    tagless = take_tags_out(source)
    text, seen = prepare(tagless.text)
    made = decide_marks(seen, find_language(language), tagless.blocks)
    edits = made.edits
    for number, block in made.initials:
        if not block or seen[block - 1] == FIRST:
            start, end, sign = edits[number]
            edits[number] = (start, end, sign if start in tagless.set else hang(sign))
    wraps = [*find_ampersands(seen), *find_capitals(seen)]
    if tagless.set:
        wraps = [edit for edit in wraps if edit[0] not in tagless.set]
    edits += [*wraps, *find_ties(seen, tagless.ends, tagless.places)]
    return write_edits(text, tagless, edits)


def prepare(text: str) -> tuple[str, str]:
    """Return a text with what needs no decision, and the same with all addresses hidden.

    The apostrophes within words are set.
    """
    if not may_have_address(text):
        text = INNER_APOSTROPHE.sub(APOSTROPHE, text)
        return text, text
    seen = hide_addresses(text)
    text = INNER_APOSTROPHE.sub(
        lambda match: APOSTROPHE if seen[match.start()] == "'" else "'", text
    )
    return text, INNER_APOSTROPHE.sub(APOSTROPHE, seen)


def hang(sign: str) -> str:
    """Return a mark at the start of a block, for the style to hang into the margin."""
    plain = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'"}.get(sign)
    return ask_filter("initial_quotes", plain).replace(f">{plain}<", f">{sign}<") if plain else sign


def find_ampersands(text: str) -> list[Edit]:
    """Return the edits for each & that has a blank on both sides."""
    edits, place = [], text.find(AMPERSAND)
    while place >= 0:
        end = place + len(AMPERSAND)
        before, after = text[max(place - 6, 0) : place], text[end : end + 6]
        if is_beside_blank(before[-1:], before) and is_beside_blank(after[:1], after):
            edits.append((place, end, ask_filter("amp", f" {AMPERSAND} ")[1:-1]))
        place = text.find(AMPERSAND, end)
    return edits


def is_beside_blank(sign: str, code: str) -> bool:
    """Return whether a sign is a blank, or the code around it is that of a hard one."""
    return (sign.isspace() and sign not in BOUNDARIES) or code == "&nbsp;"


def find_capitals(text: str) -> list[Edit]:
    """Return the edits for each word in capitals, the whole of it."""
    return [
        (match.start(), match.end(), made)
        for match in CAPITALS.finditer(text)
        if (made := set_capitals(match[0])) != match[0]
    ]


@lru_cache(maxsize=PIECES_CACHED)
def set_capitals(word: str) -> str:
    """Return a word in capitals as Typogrify sets it; as it is, if that would be a part of it only."""
    made = ask_filter("caps", word.replace("’", "'"))
    is_whole = made.startswith("<") and made.endswith(">") and made.count("<") == 2
    return made.replace("'", "’") if is_whole else word


def find_ties(
    text: str, blocks: Sequence[tuple[int, int]], places: Sequence[int] = ()
) -> list[Edit]:
    """Return the edits that join the last two words of each block, unless both are long.

    `places` are those of tags: a last word with a tag before it or in it is left alone, as Typogrify does.
    """
    edits, tie = [], ask_filter("widont", "x y")[1:-1]
    for start, end in blocks:
        line = text[start:end].rstrip()
        words = line.rsplit(None, 2)[-2:]
        if len(words) == 2 and is_short("".join(words)):
            last = len(line) - len(words[1])
            first = len(line[:last].rstrip())
            is_plain = not is_crossed(places, start + last - 1, start + len(line))
            if is_plain and not line[first:last].strip(SOFT_BLANKS):
                edits.append((start + first, start + last, tie))
    return edits


def is_short(words: str) -> bool:
    """Return whether two words may stay on one line: both are short, and none is code or an address."""
    if "&" in words:
        words = html.unescape(words)
    if len(words) > LONGEST_TIE:
        words = SHORTENED.sub("—", words)
    return len(words) <= LONGEST_TIE and STAND_IN not in words and "\N{NO-BREAK SPACE}" not in words


@lru_cache(maxsize=LINES_CACHED)
def set_line(text: str, language: str = "en") -> Markup:
    r"""Return one line of plain text, such as a summary, as HTML: whatever looks like a tag is text.

    A mark behind a backslash, \" or \', stays straight.
    """
    return Markup(typeset(escape_line(text), language))  # noqa: S704 - escaped in this very line


def wrap_line(text: str, language: str = "en") -> Markup:
    """Return one line of a text that has its marks as HTML, with the rest that typography adds."""
    escaped = DECIDED.sub(write_codes, html.escape(text, quote=False))
    return Markup(typeset(escaped, language))  # noqa: S704 - escaped in the line before


def write_codes(match: re.Match[str]) -> str:
    """Return signs as codes, of which typography makes nothing."""
    return "".join(f"&#{ord(sign)};" for sign in match[0])


@lru_cache(maxsize=LINES_CACHED)
def set_title(text: str, language: str = "en") -> str:
    """Return one line of plain text as plain text: the right marks, and no tags.

    Its blanks stay ordinary ones: titles are copied, searched and cited.
    """
    if not TITLE_SIGN.search(text):
        return text
    return html.unescape(set_marks(escape_line(text), language))


def set_marks(source: str, language: str) -> str:
    """Return one line of HTML with the right marks and ordinary blanks; nothing else of it is set."""
    tagless = take_tags_out(source)
    text, seen = prepare(tagless.text)
    edits = decide_marks(seen, find_language(language), tagless.blocks).edits
    made = write_edits(text, tagless, edits)
    return made.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")


def escape_line(text: str) -> str:
    """Return plain text as HTML, with the codes of the marks that are to stay straight."""
    escaped = html.escape(text, quote=False)
    return ESCAPED_MARK.sub(lambda match: f"&#{ord(match[1])};", escaped)
