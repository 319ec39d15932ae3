"""Make the HTML of a text ready for its page, which a feed does not need: links, pictures, headings, code.

Reads: the HTML of a text, and what its links lead to.
Adds: nothing.
Writes: nothing; what shows a text on its page asks for it.
"""

import re
from collections.abc import Mapping

from markupsafe import Markup

from catalogue.text.links import Target, expand_links
from plugins.pictures import SIZES

# As the sanitiser leaves a heading that Markdown has given an id.
HEADING = re.compile(r'<h([2-6])((?: [a-z-]+="[^"]*")*? id="([^"]*)"[^>]*)>(.*?)</h\1>', re.DOTALL)
HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
HEAD_CELL = re.compile(r"<th((?: (?!scope=)[a-z-]+=\"[^\"]*\")*)>")
ALIGNED = re.compile(
    r'<(t[dhr])((?: [a-z-]+="[^"]*")*?) align="(left|right|center|justify)"((?: [a-z-]+="[^"]*")*)>'
)
CODE = re.compile("<pre(?=[ >])")
# The box of a task, as the sanitiser leaves it.
BOX = re.compile(r'<input(?: [a-z]+="[^"]*")*>')
# A link whose text is its address, with or without its beginning.
BARE_LINK = re.compile(
    r'<a (?=href="(https?://|mailto:)([^"]*)"(?: (?!class=)[a-z]+="[^"]*")*>'
    r"(?:<code>)?(?:\1)?\2(?:</code>)?</a>)"
)


def prepare_text(
    source: str, root: str, targets: Mapping[str, Target], is_first: bool = True
) -> Markup:
    """Return the HTML of a text as its page shows it, as markup: it was checked when it was read.

    `root` is the path that the site lies under; `is_first` is whether the page's first picture is in here.
    """
    html = link_headings(expand_links(source, root, targets, SIZES, is_first))
    html = set_tables(html) if "<table" in html else html
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
    source = HEAD.sub(lambda head: HEAD_CELL.sub(r'<th scope="col"\1>', head[0]), source)
    return ALIGNED.sub(set_cell, source)


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
    """Return the HTML of a text in which each heading with an id is a link to itself.

    One that has a link in it already stays as it is.
    """
    return HEADING.sub(link_heading, source) if " id=" in source else source


def link_heading(heading: re.Match[str]) -> str:
    """Return one heading with a link around its words."""
    level, attributes, name, words = heading.groups()
    if "<a " in words:
        return heading[0]
    return f'<h{level}{attributes}><a href="#{name}">{words}</a></h{level}>'


def mark_bare_links(html: str) -> Markup:
    """Return HTML in which links that show their address have a class: paper needs no other word of it."""
    return Markup(BARE_LINK.sub('<a class="bare" ', html))  # noqa: S704 - it was checked when it was read
