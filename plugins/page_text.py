"""Make the HTML of a text ready for its page, which a feed does not need: links, pictures, headings, code.

Reads: the HTML of a text, and what its links lead to.
Adds: nothing.
Writes: nothing; what shows a text on its page asks for it.
"""

import re
from collections.abc import Mapping

from markupsafe import Markup

from catalogue.text.html_allowlist import VOID_ELEMENTS
from catalogue.text.plain_text import strip_tags
from catalogue.text.targets import Target, expand_links
from plugins.pictures import SIZES

# As the sanitiser leaves a heading that has an id.
HEADING = re.compile(r'<h([2-6])((?: [a-z-]+="[^"]*")*? id="([^"]*)"[^>]*)>(.*?)</h\1>', re.DOTALL)
HEADING_OR_LINK = re.compile(
    r'<(?P<outer>a|summary|label)\b(?: [a-z-]+="[^"]*")*>.*?</(?P=outer)>|<h(?P<level>[2-6])'
    r'(?P<attributes>(?: [a-z-]+="[^"]*")*? id="(?P<name>[^"]*)"[^>]*)>(?P<words>.*?)</h(?P=level)>',
    re.DOTALL,
)
# All the words of a heading that run the other way than its text (catalogue/text/block_directions.py).
ISOLATED = re.compile(r"<bdi>((?:[^<]|<(?!/?bdi\b))*)</bdi>")
# A link in a heading: the sign of a note is one too.
LINK = re.compile(r'<sup id="fnref[^>]*>.*?</sup>|<a\b[^>]*>.*?</a>', re.DOTALL)
# What of the elements around a link stands beside it: behind it, and before it, read from its end.
END_TAGS = re.compile(r"(?:\s|</[a-z0-9]+>)*+")
TURNED_TAGS = re.compile(r"(?:\s|>[^<>/]*[a-z0-9]<)*+")
NAMED_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")
HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
HEAD_CELL = re.compile(r"<th((?: (?!scope=)[a-z-]+=\"[^\"]*\")*)>")
# A cell in the head that names nothing, as in the corner, is no name to be read out.
EMPTY_HEAD_CELL = re.compile(
    r'<th((?: (?!scope=)[a-z-]+="[^"]*")*)(?: scope="[^"]*")?((?: [a-z-]+="[^"]*")*)>\s*</th>'
)
ALIGNED = re.compile(
    r'<(t[dhr])((?: [a-z-]+="[^"]*")*?) align="(left|right|center|justify)"((?: [a-z-]+="[^"]*")*)>'
)
# What an author has said of a picture or a list where the style says otherwise to all of them.
PLACED = re.compile(
    r'<(?:(img)((?: [a-z-]+="[^"]*")*?) align|(ol)((?: [a-z-]+="[^"]*")*?) type)="([a-zA-Z]+)"'
    r'((?: [a-z-]+="[^"]*")*)>'
)
CLASS_OF_PLACE = re.compile(r' class="(?:[^"]* )?float-')
PLACES = {
    "left": "float-left",
    "right": "float-right",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
CODE = re.compile("<pre(?=[ >])")
# The box of a task, as the sanitiser leaves it.
BOX = re.compile(r'<input(?: [a-z]+="[^"]*")*>')
# A link whose text is its address, with or without its beginning.
BARE_LINK = re.compile(
    r'<a (?=href="(https?://|mailto:)([^"]*)"(?: (?!class=)[a-z]+="[^"]*")*>'
    r"(?:<code>)?(?:\1)?\2(?:</code>)?</a>)"
)
# The same of an old DOI, whose points have codes in its address.
BARE_DOI = re.compile(
    r'<a (?=href="(https?://[^"%]*)%3C[^"]*%3E([^"%]*)"(?: (?!class=)[a-z]+="[^"]*")*>'
    r"\1&lt;[^<]*&gt;\2</a>)"
)


def prepare_text(
    source: str, root: str, targets: Mapping[str, Target], is_first: bool = True
) -> Markup:
    """Return the HTML of a text as its page shows it, as markup: it was checked when it was read.

    `root` is the path that the site lies under; `is_first` is whether the page's first picture is in here.
    """
    html = link_headings(expand_links(source, root, targets, SIZES, is_first))
    html = set_tables(html) if "<table" in html else html
    html = PLACED.sub(set_place, html) if ' align="' in html or ' type="' in html else html
    html = BOX.sub(set_box, html) if "<input" in html else html
    return prepare_words(html)


def prepare_words(html: str) -> Markup:
    """Return the HTML of a text or a comment as a page shows it in what both may have: code, bare links."""
    # The keyboard reaches code too, which scrolls in its frame (WCAG 2.1.1).
    return mark_bare_links(CODE.sub(r'<pre tabindex="0"', html))


def set_tables(source: str) -> str:
    """Return HTML whose tables say what their heads are of, and in classes how their cells are set.

    `align` is no attribute of HTML any more (HTML, 16.2).
    """
    source = EMPTY_HEAD_CELL.sub(r"<td\1\2></td>", source)
    source = HEAD.sub(lambda head: HEAD_CELL.sub(r'<th scope="col"\1>', head[0]), source)
    return ALIGNED.sub(set_cell, source)


def set_place(found: re.Match[str]) -> str:
    """Return the tag of a picture at one side, or of a list that counts otherwise, with a class for it."""
    picture, before, ordered, start, value, after = found.groups()
    name = PLACES.get(value.lower() if picture else value)
    if name is None:
        return found[0]
    attributes = f"{before}{after}" if picture else f'{start} type="{value}"{after}'
    if ' class="' not in attributes:
        attributes += f' class="{name}"'
    elif not CLASS_OF_PLACE.search(attributes):  # else its style has said so
        attributes = attributes.replace(' class="', f' class="{name} ', 1)
    return f"<{picture or ordered}{attributes}>"


def set_box(box: re.Match[str]) -> str:
    """Return the box of a task whose attributes that are but there or not have no value."""
    return box[0].replace('=""', "")


def set_cell(cell: re.Match[str]) -> str:
    """Return the beginning of one cell with a class in place of `align`; a class that it has stays."""
    tag, before, align, after = cell.groups()
    attributes = before + after
    if 'class="' in attributes:
        return f"<{tag}{attributes}>"
    return f'<{tag}{attributes} class="text-{align}">'


def link_headings(source: str) -> str:
    """Return the HTML of a text in which each heading with an id is, or has, a link to itself.

    One within a link, or within what opens at a click, stays as it is.
    """
    return HEADING_OR_LINK.sub(link_heading, source) if " id=" in source else source


def link_heading(found: re.Match[str]) -> str:
    """Return one heading with a link around its words; what is none stays."""
    if found["words"] is None:
        return found[0]
    level, attributes, name, words = found.group("level", "attributes", "name", "words")
    if inside := ISOLATED.fullmatch(words):
        linked = f"<bdi>{link_words(inside[1], name)}</bdi>"
    else:
        linked = link_words(words, name)
    return f"<h{level}{attributes}>{linked}</h{level}>"


def link_words(words: str, name: str) -> str:
    """Return the words of the heading with this id with a link around what stands in no other link.

    That is what stands before the first, or behind the last; where there is neither, a sign is added.
    """
    opening = f'<a href="#{name}"'
    links = [*LINK.finditer(words)]
    if not links:
        return f"{opening}>{words}</a>"
    end = links[0].start() - count_signs(TURNED_TAGS, words[: links[0].start()][::-1])
    if is_whole(words[:end]):
        return f"{opening}>{words[:end]}</a>{words[end:]}"
    start = links[-1].end() + count_signs(END_TAGS, words[links[-1].end() :])
    if is_whole(words[start:]):
        return f"{words[:start]}{opening}>{words[start:]}</a>"
    return f'{words} {opening} aria-labelledby="{name}">#</a>'


def count_signs(pattern: re.Pattern[str], text: str) -> int:
    """Return how many signs at the beginning of a text are of a pattern."""
    found = pattern.match(text)
    return found.end() if found else 0


def is_whole(source: str) -> bool:
    """Return whether a part of a heading has a word, and each element in it begins and ends there."""
    open_tags: list[str] = []
    for end, name in NAMED_TAG.findall(source):
        if not end and name not in VOID_ELEMENTS:
            open_tags.append(name)
        elif end and (not open_tags or open_tags.pop() != name):
            return False
    return not open_tags and any(map(str.isalnum, strip_tags(source)))


def mark_bare_links(html: str) -> Markup:
    """Return HTML in which links that show their address have a class: paper needs no other word of it."""
    if "%" in html and "%3C" in html:  # one sign is found far sooner than three
        html = BARE_DOI.sub('<a class="bare" ', html)
    return Markup(BARE_LINK.sub('<a class="bare" ', html))  # noqa: S704 - it was checked when it was read
