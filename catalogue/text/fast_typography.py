"""Apply Typogrify only to the fragments that its filters can change; the output is the same.

Typogrify stays the author of every mark: whatever changes is what its own filters gave, asked about
the small piece that decides. That a piece decides is argued at each step, for text with plain tags
only; a section with any other tag goes through Typogrify as a whole. The arguments were made from the
sources of the versions in catalogue/known_versions.py; with others, typography.py does without this.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from catalogue.text.plain_html import has_angle

PIECES_CACHED = 20_000
LONE_QUOTES = ('"', "'", "&quot;")  # no set: a text is compared sooner than it is hashed
MARK_CODES = {f"&#{ord(mark)};": mark for mark in "‘’“”–—…"}
MARK_CODE = re.compile("&#82(?:1[1267]|2[01]|30);")
INLINE_END_TAGS = frozenset("</a> </em> </span> </strong> </i> </b>".split())
BLOCK_END_TAGS = frozenset("</p> </h1> </h2> </h3> </h4> </h5> </h6> </li> </dt> </dd>".split())


@cache
def load_patterns() -> SimpleNamespace:
    """Return the patterns of what a filter can change, compiled when there is a text."""
    return SimpleNamespace(
        # A tag that every filter reads up to the same sign. Comments and tags whose content a filter
        # leaves alone are not among them.
        plain=re.compile(
            r"<(?!/?(?:pre|samp|code|tt|kbd|script|style|math))/?\w++"
            r'(?:\s++\w++(?:="[^"<>\n]*+")?+)*+\s*+/?>',
            re.IGNORECASE,
        ),
        code=re.compile("<(?:pre|code)", re.IGNORECASE),
        tag=re.compile("(<[^>]*>)"),
        ampersand=re.compile(r"(?:\s|&nbsp;)&(?:amp;|#38;)?(?:\s|&nbsp;)"),
        mark=re.compile(r"\\|\"|'|`|&quot;|--|\.\.\."),
        capitals=re.compile(r"[A-Z]\d*[A-Z]"),
        # From a mark or capitals to the end of the word; so written that their first sign is sought.
        word=re.compile(
            r"""[A-Z\\"'`&.-](?:(?<=[A-Z])\d*[A-Z]|(?<=[\\"'`])|(?<=&)quot;|(?<=-)-|(?<=\.)\.\.)[^ ]*"""
        ),
        dots=re.compile(r"\.(?:(?<=[A-Z]\.)\s?[A-Z]| \. \.)"),
        initial=re.compile(r"""\s*(?:["']|&(?:ldquo|lsquo|#8220|#8216);)"""),
        block=re.compile("<(?:p|h[1-6]|li|dt|dd)"),
    )


@cache
def load_filter(name: str) -> Callable[[str], Any]:
    """Return one of Typogrify's filters, prepared as Pelican does; the import waits for a text."""
    import smartypants
    from typogrify import filters

    # Typogrify's quotation filter takes its manner from this attribute and from nowhere else.
    smartypants.Attr.default = smartypants.Attr.set1 | smartypants.Attr.w
    return getattr(filters, name)  # type: ignore[no-any-return]


@lru_cache(maxsize=PIECES_CACHED)
def ask_filter(name: str, piece: str) -> str:
    """Return what a filter makes of a piece that is met again and again."""
    return str(load_filter(name)(piece))


def typeset_fast(source: str) -> str:
    """Return what Typogrify makes of a piece of HTML, with its marks as characters."""
    if not load_patterns().code.search(source):
        return write_marks(set_section(source))
    sections = load_filter("process_ignores")(source)
    return "".join(write_marks(set_section(text)) if is_set else text for text, is_set in sections)


def write_marks(source: str) -> str:
    """Return HTML with the marks that Typogrify writes as codes written as characters."""
    return MARK_CODE.sub(lambda match: MARK_CODES[match[0]], source) if "&#8" in source else source


def set_section(source: str) -> str:
    """Return a piece of HTML typeset that holds no whole element of code."""
    pieces = load_patterns().tag.split(source)  # text, tag, text ... text
    if not is_plain(pieces):
        return str(load_filter("applyfilters")(source))
    for step in (set_ampersands, set_words, set_initials, set_ends):
        step(pieces)
    return "".join(pieces)


def is_plain(pieces: list[str]) -> bool:
    """Return whether all tags are plain, and no < or > stands outside of them."""
    return all(map(is_plain_tag, pieces[1::2])) and not has_angle(pieces[::2])


@lru_cache(maxsize=PIECES_CACHED)
def is_plain_tag(tag: str) -> bool:
    """Return whether a tag is plain; most are met again and again."""
    return load_patterns().plain.fullmatch(tag) is not None


def split_at_tags(pieces: list[str], numbers: list[int]) -> None:
    """Split those pieces at the tags that a filter has put into them."""
    for number in reversed(numbers):
        pieces[number : number + 1] = load_patterns().tag.split(pieces[number])


def set_ampersands(pieces: list[str]) -> None:
    """Typeset each & that stands alone; the filter looks only at it and at the blank on either side."""
    ampersand = load_patterns().ampersand
    found = [
        n for n in range(0, len(pieces), 2) if "&" in pieces[n] and ampersand.search(pieces[n])
    ]
    for number in found:
        pieces[number] = ampersand.sub(lambda match: ask_filter("amp", match[0]), pieces[number])
    split_at_tags(pieces, found)


def set_words(pieces: list[str]) -> None:
    """Typeset quotation marks, dashes and dots, and then capitals.

    Both filters read every text between two tags by itself. Only a quotation mark that is the whole
    of it makes the first one look back, at the last sign of the text before.
    """
    last, parted = "", []
    # Looked for once: no tag of a plain section brings such dots in.
    has_dots = load_patterns().dots.search("".join(pieces)) is not None
    for number in range(0, len(pieces), 2):
        if plain := pieces[number]:
            if not plain.isspace():
                pieces[number] = text = set_text(plain, last, has_dots)
                if "<" in text:
                    parted.append(number)
            last = plain[-1]
    split_at_tags(pieces, parted)


def set_text(text: str, last: str, has_dots: bool) -> str:
    """Return a text with its marks and capitals typeset; `last` is the sign before it.

    From a quotation mark, a dash, dots or a backslash the first filter looks no further than to the
    blank before its word and the one behind it, it leaves both there, and a line end is a blank to
    it. The second looks at a word alone. Only dots make an exception: three of them with blanks in
    between, and those behind capitals. No mark becomes such dots.
    """
    if text in LONE_QUOTES:
        return ask_filter("smartypants", f"{last}<b>{text}").rpartition("<b>")[2]
    patterns = load_patterns()
    if has_dots and patterns.dots.search(text):
        return str(load_filter("caps")(str(load_filter("smartypants")(text))))
    made: list[str] = []
    line, done = text.replace("\n", " "), 0
    for match in patterns.word.finditer(line):
        place, end = match.span()
        start = line.rfind(" ", done, place) + 1
        made += text[done:start], set_word(text[start:end], start > 0, end < len(text))
        done = end
    return "".join([*made, text[done:]]) if made else text


@lru_cache(maxsize=PIECES_CACHED)
def set_word(word: str, is_after_blank: bool, is_before_blank: bool) -> str:
    """Return a word typeset as it would be between the blanks that stand beside it."""
    patterns = load_patterns()
    if patterns.mark.search(word):
        text = load_filter("smartypants")(" " * is_after_blank + word + " " * is_before_blank)
        word = str(text[is_after_blank : len(text) - is_before_blank])
    word = ask_filter("caps", word) if patterns.capitals.search(word) else word
    # Of those that open a quotation the next filters want to know how they are written.
    return word if "&#8220;" in word or "&#8216;" in word else write_marks(word)


def set_initials(pieces: list[str]) -> None:
    """Typeset a quotation mark that begins a block or the section.

    The filter looks for it behind a block's opening tag, or at the start, and only tags and blanks
    may stand between. So the piece from the last such tag to the mark decides.
    """
    patterns, parted = load_patterns(), []
    for number in range(0, len(pieces), 2):
        if match := patterns.initial.match(pieces[number]):
            start = number
            while (
                start
                and not patterns.block.match(pieces[start - 1])
                and not pieces[start - 2].strip()
            ):
                start -= 2
            is_block = start and patterns.block.match(pieces[start - 1])
            if start and not is_block:
                continue
            before = "".join(pieces[start - 1 if is_block else 0 : number])
            made = ask_filter("initial_quotes", before + match[0])
            pieces[number] = made[len(before) :] + pieces[number][match.end() :]
            parted.append(number)
    split_at_tags(pieces, parted)


def set_ends(pieces: list[str]) -> None:
    """Join the last word of each block, and of the section, to the word before it.

    The filter looks for a word, then only closing tags of its own list and blanks, then a block's
    closing tag or the end. What stands before the blanks in front of the word is any sign or one
    tag; the word and the sign may be any, so that few pieces have to be asked about.
    """
    last = len(pieces) - 1
    for number in (*range(1, last, 2), last):  # the tags, and the last text
        if number == last or pieces[number] in BLOCK_END_TAGS:
            place = number - 1 if number % 2 else number
            while place and not pieces[place].strip() and pieces[place - 1] in INLINE_END_TAGS:
                place -= 2
            text = pieces[place]
            words = text.rsplit(None, 1)
            if not words or (len(words) == 1 and not (text[0].isspace() and place)):
                continue
            before = words[0] if len(words) == 2 else ""
            blanks = text[len(text.rstrip()) :]
            first = "x" if before else pieces[place - 1]
            rest = f"y{' ' * bool(blanks)}{''.join(pieces[place + 1 : number + 1])}"
            made = ask_filter("widont", f"{first} {rest}")[len(first) : -len(rest)]
            if made != " ":
                pieces[place] = f"{before}{made}{words[-1]}{blanks}"
