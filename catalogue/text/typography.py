"""Typeset text as a printer would: quotation marks, dashes, ampersands, capitals, last words.

Quotation marks, dashes and dots are decided here (quotation_marks.py), by the text of a whole block and
by its language. The rest is Typogrify's: its filters are asked about each small piece that they are
for, one ampersand, one word in capitals, one mark that opens a block, one blank, which are chosen here.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from markupsafe import Markup

from catalogue.text.languages import find_language
from catalogue.text.quotation_marks import (
    APOSTROPHE,
    BOUNDARIES,
    BREAK,
    FIRST,
    INNER_APOSTROPHE,
    LAST,
    STAND_IN,
    Edit,
    decide_marks,
)

LINES_CACHED = 50_000
TAGS_CACHED = PIECES_CACHED = 20_000
PLACE = itemgetter(0)
LONGEST_TIE = 20  # letters of the two words that a hard blank may join

# Values stand in double quotation marks, as every serialiser writes them; a < or > may be in one.
TAG = re.compile(r'(</?[a-zA-Z][^<>"]*+(?:"[^"]*+"[^<>"]*+)*>)')
TAG_NAME = re.compile("</?([a-zA-Z0-9]+)")
LINK = re.compile(r'<a [^"]*(?:"[^"]*"[^"]*?)*?\bhref="([^"]*)"')
SCHEME = re.compile("(?:https?://|mailto:|ftp://)", re.IGNORECASE)
NO_TEXT = frozenset("code pre kbd samp tt script style math".split())
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite del dfn em font i ins label mark q rb rp rt ruby s small span strike "
    "strong sub sup time u var wbr".split()
)
# Where a mark may hang, and where words are tied; Typogrify has headings among both.
HANGING = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd".split())
TIED = frozenset("p li dt dd".split())
OWN_TAG = re.compile(r'<span class="(?:amp|caps|dquo|quo)">')

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


class Kind(NamedTuple):
    """What a tag is to the text around it."""

    sign: str = ""  # what it is in sight; nothing for a tag within a line
    is_start: bool = False  # a block begins or ends
    closer: str = ""  # up to which tag nothing is text
    addresses: Sequence[str] = ()  # what the text of a link is, if it is the link's own address
    is_set: bool = False  # the text in it has been set


PLAIN = Kind()


@lru_cache(maxsize=TAGS_CACHED)
def classify(tag: str) -> Kind:
    """Return what a tag is to the text around it."""
    match = TAG_NAME.match(tag)
    name = match[1].lower() if match else ""
    is_closing = tag.startswith("</")
    if name in NO_TEXT:
        return PLAIN if is_closing else Kind(STAND_IN, closer=f"</{name}>")
    if name == "a" and (link := LINK.match(tag)):
        address = link[1].rstrip("/")
        shown = address.replace("%3C", "&lt;").replace("%3E", "&gt;")  # as in an old DOI
        forms = (address, shown, *(SCHEME.sub("", form, count=1) for form in (address, shown)))
        return Kind(addresses=(*forms, *(f"{form}/" for form in forms)))
    if name in INLINE:
        return Kind(is_set=True) if OWN_TAG.fullmatch(tag) else PLAIN
    if name in ("br", "img", "input"):
        return Kind("\n" if name == "br" else STAND_IN)
    if name in HANGING and not is_closing:
        return Kind(FIRST, is_start=True)
    return Kind(LAST if name in TIED and is_closing else BREAK, is_start=True)


@dataclass
class Sight:
    """The text of a piece of HTML with its tags out of sight."""

    text: str = ""
    tags: list[Edit] = field(default_factory=list)  # what stands where, to write the HTML again
    blocks: list[int] = field(default_factory=list)  # where blocks begin
    ends: list[tuple[int, int]] = field(default_factory=list)  # those in which words are tied
    set: frozenset[int] = frozenset()  # the places that have been set before


def read_sight(source: str) -> Sight:
    """Return the text of a piece of HTML."""
    pieces = TAG.split(source)  # text, tag, text ... text
    if "&quot;" in source:
        pieces[::2] = [text.replace("&quot;", '"') for text in pieces[::2]]
    parts = [pieces[0]]
    sight = Sight()
    place, block, number = len(pieces[0]), 0, 1
    while number < len(pieces):
        tag = pieces[number]
        kind = classify(tag)
        sign = ""
        if kind is not PLAIN:
            sign, is_start, closer, addresses, is_set = kind
            if closer or addresses:
                sign, end = read_element(pieces, number, kind)
                tag, number = "".join(pieces[number : end + 1]), end
            elif is_start:
                if sign == LAST:
                    sight.ends.append((block, place))
                block = place + 1
                sight.blocks.append(block)
            elif is_set:
                sight.set |= {place}
            parts.append(sign)
        text = pieces[number + 1]
        parts.append(text)
        after = place + len(sign)
        sight.tags.append((place, after, tag))
        place = after + len(text)
        number += 2
    sight.ends.append((block, place))
    sight.text = "".join(parts)
    return sight


def read_element(pieces: list[str], number: int, kind: Kind) -> tuple[str, int]:
    """Return what a tag is in sight, and the number of the last tag that this stands for."""
    if kind.closer:
        try:
            return kind.sign, pieces.index(kind.closer, number)
        except ValueError:
            pieces += ["", ""]  # nothing ends it, so all that follows is in it
            return kind.sign, len(pieces) - 2
    is_address = pieces[number + 1] in kind.addresses
    if is_address and pieces[number + 2 : number + 3] == ["</a>"]:
        return STAND_IN, number + 2
    return "", number


def may_have_address(text: str) -> bool:
    """Return whether an address may be in a text, in which every sign stays."""
    return "@" in text or "://" in text or "www." in text


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
    sight = read_sight(source)
    text, seen = prepare(sight.text)
    made = decide_marks(seen, find_language(language), sight.blocks)
    edits = made.edits
    for number, block in made.initials:
        if not block or seen[block - 1] == FIRST:
            start, end, sign = edits[number]
            edits[number] = (start, end, sign if start in sight.set else hang(sign))
    wraps = [*find_ampersands(seen), *find_capitals(seen)]
    if sight.set:
        wraps = [edit for edit in wraps if edit[0] not in sight.set]
    places = [tag[0] for tag in sight.tags]
    edits += [*wraps, *find_ties(seen, sight.ends, places)]
    kept = [edit for edit in edits if edit[1] - edit[0] < 2 or not is_crossed(places, *edit)]
    return write_edits(text, sight.tags, kept)


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


def write_edits(text: str, tags: Sequence[Edit], edits: Sequence[Edit]) -> str:
    """Return a text with its tags put in again, and with the edits.

    No edit goes over a tag; of two that overlap the first is written.
    """
    parts: list[str] = []
    done = 0
    for start, end, sign in sorted([*tags, *edits], key=PLACE):  # at one place the tags come first
        if start >= done:
            parts += text[done:start], sign
            done = end
    return "".join([*parts, text[done:]])


def is_crossed(places: Sequence[int], start: int, end: int, _: str = "") -> bool:
    """Return whether one of some places, which are sorted, lies within a stretch of text."""
    index = bisect_right(places, start)
    return index < len(places) and places[index] < end


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
    sight = read_sight(source)
    text, seen = prepare(sight.text)
    places = [tag[0] for tag in sight.tags]
    edits = decide_marks(seen, find_language(language), sight.blocks).edits
    kept = [edit for edit in edits if edit[1] - edit[0] < 2 or not is_crossed(places, *edit)]
    made = write_edits(text, sight.tags, kept)
    return made.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")


def escape_line(text: str) -> str:
    """Return plain text as HTML, with the codes of the marks that are to stay straight."""
    escaped = html.escape(text, quote=False)
    return ESCAPED_MARK.sub(lambda match: f"&#{ord(match[1])};", escaped)
