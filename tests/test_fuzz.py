"""Whatever is typed stays text: odd headers, odd comments and odd bytes, of a kind nobody thought of.

A run tries a few of each, always the same; FUZZ_EXAMPLES=2000 tries so many that no run has tried
before (and a fiftieth of them as whole sites), and looks for the shortest file that fails.
"""

import html
import json
import os
import re
import unicodedata
from urllib.parse import unquote

import bibtexparser
import html5lib
import pytest
import rispy
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from catalogue.file_reader import FileReader
from catalogue.problems import count_errors, format_problem
from catalogue.record_reader import read_record
from catalogue.text.encoding import INVISIBLE
from catalogue.text.targets import TARGET_CLOSE, TARGET_OPEN
from tests.active import list_active, list_in_html
from tests.conftest import RICH, WOVEN, Page, draw_png

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
KINDS = ("post", "page", "topic", "comment")
PARSER = FileReader(None)


def try_some(few, share=1):
    """Return how many examples a test tries: a few, or a share of those that were asked for.

    A whole site takes too long to be shortened.
    """
    return settings(
        max_examples=max(EXAMPLES // share, 1) if EXAMPLES else few,
        derandomize=not EXAMPLES,
        phases=[Phase.generate, Phase.shrink] if EXAMPLES and share == 1 else [Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def read(text, kind, path="posts/a.md"):
    """Read a file, and prove that whatever is said of it is one clean line with its place."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    record = read_record(path, kind, data, PARSER.find_reader(kind))
    json.dumps(record.to_data())
    lines = re.sub(rb"\r\n?", b"\n", data).removesuffix(b"\n").count(b"\n") + 1
    for problem in record.problems:
        assert 0 <= problem.line <= lines, problem
        assert format_problem(problem, "content").isprintable(), problem
        assert "Traceback" not in problem.text
    return record


MARKUP = """
<script>alert(1)</script> ¦ </script><script>x ¦ </title><x-q> ¦ </style> ¦ </textarea> ¦ <b> ¦ </b>
¦ <img src=x onerror=alert(1)> ¦ <svg onload=x> ¦ <iframe src=//evil.example> ¦ <x-q y=z> ¦ <!-- ¦ -->
¦ <a href=https://evil.example/> ¦ <a href="https://evil.example/">x</a> ¦ <base href=//evil.example>
¦ <! ¦ <![CDATA[ ¦ ]]> ¦ <?xml ?> ¦ "><b onx=1> ¦ '><i> ¦ " onx="1 ¦ ' onx='1 ¦ <span class=caps>
¦ </span> ¦ <meta http-equiv=refresh content=0> ¦ <style>*{}</style> ¦ &lt;b&gt; ¦ &amp; ¦ &amp;amp;
¦ &#60;i&#62; ¦ &#x3c; ¦ &quot; ¦ &nbsp; ¦ & ¦ < ¦ > ¦ " ¦ '
"""
SIGNS = r"""
` ¦ \ ¦ {{ 7*7 }} ¦ {% raw %} ¦ {# x #} ¦ ${x} ¦ {static}x.md ¦ |filename|x ¦ # ¦ # x ¦ $ ¦ % ¦ ~ ¦ ^
¦ javascript:alert(1) ¦ https://evil.example/x?a=1&b=2 ¦ //evil.example ¦ data:text/html,x ¦ %0d%0aX: y
¦ %3Cscript%3E ¦ \u003cscript\u003e ¦ \x3c ¦ }, { ¦ { ¦ } ¦ @article{x, ¦ \end{x} ¦ \emph{x} ¦ =1+1
¦ TY  - JOUR ¦ ER  - ¦ *x* ¦ _x_ ¦ [x](https://evil.example) ¦ ![x](y) ¦ -- ¦ --- ¦ ... ¦ “q” ¦ ‘ ¦ it's
¦ é ¦ 日本 ¦ 🎉 ¦ ﬁ ¦ ß ¦ @x ¦ + ¦ - x ¦ : ¦ x: y ¦ AT&T ¦ NASA ¦ A.B.C. ¦ 1/2 ¦ (c) ¦ null ¦ true ¦ 2026
"""
BLANKS = ["\t", "  ", "\u00a0", "\u200b", "\u00ad", "\u2028", "a\u0301", "\x02static\x03"]


def part(text):
    """Part a list of pieces that hold all signs but this one."""
    return [piece.strip() for piece in text.split("¦")]


CONTROLS = [*map(chr, [*range(9), *range(0xB, 0x20), 0x7F, 0x85, 0x202E, 0x2066, 0xFDD0, 0xFFFF])]
WORDS = st.sampled_from(["word", "Shelf", "x", "42", "b c", ", ", "; ", " and ", " "])
PIECES = st.one_of(*map(st.sampled_from, (part(MARKUP), part(SIGNS), BLANKS)), WORDS)
VALUES = st.lists(PIECES | st.text(max_size=4), min_size=1, max_size=8).map("".join)
ONE_LINE = VALUES.map(
    lambda text: re.sub("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", text)[:150]
)


# The headers, over all that is published of them.

FIELDS = {
    "post": ("Title", "Summary", "Author", "Series", "Image-alt", "Category", "Slug", "Aliases"),
    "page": ("Title", "Summary", "Slug"),
    "topic": ("Title", "Used-for", "Summary", "Start-here", "Aliases"),
    "comment": ("Author", "Url"),
}
FIXED = {
    "post": "Date: 2026-01-0{n}\nTags: topic-0, topic-1\nImage: card.png\n",
    "page": "",
    "topic": "See-also: topic-{other}\n",
    "comment": "Date: 2026-02-0{n}\n",
}
PLACES = {
    "post": "posts/post-{n}.md",
    "page": "pages/page-{n}.md",
    "topic": "topics/topic-{n}.md",
    "comment": "comments/{slug}/comment-{n}.md",
}
ROOTS = {"post": "posts/", "page": "", "topic": "topics/", "comment": "posts/"}
NUMBERS = {"post": 4, "page": 1, "topic": 2, "comment": 2}
FILES = [(kind, n) for kind, number in NUMBERS.items() for n in range(number)]
SITES = st.fixed_dictionaries(
    {file: st.fixed_dictionaries(dict.fromkeys(FIELDS[file[0]], ONE_LINE)) for file in FILES}
)
# Fields whose words are addresses, or no topic yet.
ELSEWHERE = {"Slug", "Aliases", "Url", "Category"}


def mark(kind, n, key):
    """Return a word that stands nowhere but in this field."""
    return f"zq{kind}{n}{key.replace('-', '')}".lower()


def format_field(kind, n, key, value):
    """Write a line of a header; what is odd in it comes after a word of its own."""
    word = mark(kind, n, key)
    begin = {
        "Start-here": "post-0.md: ",
        "Slug": "",
        "Url": "https://ok.example/",
        "Aliases": "/",
    }
    if key == "Aliases":  # two files that ask for one address are rightly refused
        value = re.sub("[,;]", rf"\g<0>/{word}", value)
    return f"{key}: {begin.get(key, '')}{word}{'' if key in ELSEWHERE else ' '}{value}"


def format_file(kind, n, fields):
    head = "".join(f"{format_field(kind, n, key, value)}\n" for key, value in fields.items())
    return f"{FIXED[kind].format(n=n + 1, other=1 - n)}{head}\nPlain words of the {kind}.\n"


def settle(kind, n, fields):
    """Empty the fields that are refused, by the lines that are named, until the file is accepted."""
    while True:
        text = format_file(kind, n, fields)
        record = read(text, kind, PLACES[kind].format(n=n, slug="x"))
        errors = [p for p in record.problems if p.level == "error"]
        if not errors:
            return text, fields, record.slug
        lines = text.split("\n")
        named = {lines[problem.line - 1].partition(":")[0] for problem in errors}
        refused = {key for key in named & fields.keys() if fields[key]}
        assert refused, (errors, text)
        fields = fields | dict.fromkeys(refused, "")


def list_words(text):
    """List the plain words of a text, whatever stands between them."""
    plain = unicodedata.normalize("NFC", text).translate(INVISIBLE)
    return set(re.findall("[A-Za-z0-9]{2,}", plain))


def sign_elements(page):
    """Return what tells elements apart: the tag, the names of the attributes, the class."""
    return {
        (element.tag, *sorted(element.attrib), element.get("class", ""))
        for element in page.all("*")
    }


@pytest.fixture(scope="module")
def build(build_site):
    """Build a site of odd files; return it with the fields as they were accepted."""

    def build(files):
        settled = {file: settle(*file, fields) for file, fields in files.items()}
        slug = settled["post", 0][2]  # as the folder of its comments is named
        texts = {
            PLACES[kind].format(n=n, slug=slug): text for (kind, n), (text, *_) in settled.items()
        }
        site = build_site(
            {**texts, "images/card.png": draw_png()}, CONTACT_EMAIL="desk@example.org"
        )
        return site, settled

    return build


@pytest.fixture(scope="module")
def known(build):
    """The elements and the active parts of a site with plain words in all fields."""
    site, _ = build({(kind, n): dict.fromkeys(FIELDS[kind], "") for kind, n in FILES})
    elements = {sign for page in site.html.values() for sign in sign_elements(page)}
    elements |= {("span", "class", name) for name in ("amp", "caps", "quo", "dquo")}
    return elements, {part for file in site.all_bytes.items() for part in list_active(*file)}


def check_html(site, known):
    """Prove that no element, attribute or address of a page comes from a field's text."""
    elements, active = known
    for name, page in site.html.items():
        strange = sign_elements(page) - elements
        assert not strange, (name, strange)
        for element in page.all("script", type="application/ld+json"):
            json.loads(element.text)
        own = {"search/index.html": 2, "404.html": 1}.get(name, 1)
        assert len(page.all("script")) <= own
        for _, address in page.links:
            assert not re.match(r"\s*(https?:)?//evil|javascript:|data:", address), (name, address)
        text = " ".join(
            [*page.tree.itertext(), *(v for e in page.all("*") for v in e.attrib.values())]
        )
        assert not {"\x02", "\x03"} & set(text), name
    found = {part for file in site.all_bytes.items() for part in list_active(*file)} - active
    own = ("<script type='application/ld+json'", "<meta content='0; url=/")  # data, and the aliases
    assert not [part for part in found if not part.startswith(own)]


def check_records(site):
    """Prove that a file of citations has one record for each post, and one line for each fact."""
    for name in site.files:
        posts = 1 if "/citation." in name else NUMBERS["post"]
        posts *= not name.startswith("topics/reading/")  # nothing is filed there
        if name.endswith(".ris"):
            *lines, last = site.bytes(name).decode().split("\r\n")
            assert all(re.fullmatch("[A-Z][A-Z0-9]  - [^\r\n]*|", line) for line in lines), lines
            assert last == ""
            titles = [entry["title"] for entry in rispy.loads(site.text(name))]
        elif name.endswith(".bib"):
            entries = bibtexparser.parse_string(site.text(name))
            assert not entries.failed_blocks, name
            assert len(entries.blocks) == posts, name
            titles = [entry["title"] for entry in entries.entries]
        else:
            continue
        assert len(titles) == posts, name
        assert all("zqpost" in title for title in titles), name


def gather_words(page):
    """List all words of a page: those that are read, also across tags, and those in attributes."""
    texts = list(page.tree.itertext())
    return list_words(
        "\n".join(["".join(texts), *texts, *list_values(page, "content", "alt", "value")])
    )


def drop_signs_of_names(lost, author, words):
    """Leave out what is no part of a name: a remark in brackets, the braces of BibTeX, the `and`."""
    shown = re.sub(r"[{}]|\s*\([^()]*\)", "", author)
    typed = list_words(shown) - {"and"}
    return {w for w in lost & typed if not any(w in other for other in words)}


def list_values(page, *names):
    return [e.get(name) for e in page.all("*") for name in names if e.get(name) is not None]


def miss(wanted, found):
    return list_words(wanted) - list_words(found)


@given(SITES)
@try_some(4, share=50)
def test_whatever_a_header_says_is_text_in_all_that_is_published(build, known, files):
    site, accepted = build(files)
    check_html(site, known)
    check_records(site)
    for name in site.feeds:
        site.feed(name)
    items = {item["url"]: item for item in json.loads(site.bytes("feeds/all.json"))["items"]}
    atom = {entry.link: entry for entry in site.feed("feeds/all.atom.xml").entries}
    concepts = json.loads(site.bytes("topics.jsonld"))["@graph"]
    for (kind, n), (_, fields, slug) in accepted.items():
        place = f"{ROOTS[kind]}{accepted['post', 0][2] if kind == 'comment' else slug}/"
        words = gather_words(site.page(place))
        for key, value in fields.items():
            if key not in ELSEWHERE:
                lost = list_words(f"{mark(kind, n, key)} {value}") - words
                if (kind, key) == ("post", "Author"):
                    lost = drop_signs_of_names(lost, value, words)
                assert not lost, (place, key, value, lost)
        if kind == "post":
            address, title = f"{site.url}/{place}", fields["Title"]
            assert not miss(title, items[address]["title"])
            assert not miss(title, html.unescape(atom[address].title))
            assert not miss(fields["Summary"], html.unescape(atom[address].summary))
            assert not miss(title, site.page("archives/").words)
            assert not miss(title, site.text(f"{place}citation.ris"))
            (block,) = site.page(place).all("script", type="application/ld+json")
            assert not miss(title, json.dumps(json.loads(block.text), ensure_ascii=False))
        if kind == "topic":
            assert not miss(
                " ".join(fields.get("Used-for", "")), json.dumps(concepts, ensure_ascii=False)
            )


# The bodies of comments.

MAILS = r"""
ann@mail.example ¦ <ann@mail.example> ¦ mailto:ann@mail.example ¦ a&#64;mail.example ¦ a*n*n@mail.example
¦ [x](mailto:ann@mail.example) ¦ ann%40mail.example ¦ ann＠mail.example ¦ `ann@mail.example`
¦ <mailto:ann@mail.example> ¦ https://ok.example/?to=ann@mail.example ¦ ann\@mail.example
¦ &lt;ann@mail.example&gt; ¦ ![ann@mail.example](https://ok.example/x.png) ¦ ann@mail<!-- -->.example
¦ <b>ann</b>@mail.example ¦ [ann](https://ok.example)@mail.example ¦ ann@mail.exa**mple**
"""
BLOCKS = ["\n", "\n\n", "> ", "- ", "1. ", "    ", "```\n", "# ", "---\n", "| a | b |\n|---|---|\n"]
LINKS = (
    "[^1] [^1]: ** _ ` [ ]( ) ![ [x]:\nhttps://ok.example/a_b?c=1&d=2 <https://ok.example>".split(
        " "
    )
)
BAD_LINKS = """
[x](javascript:alert(1)) ¦ [x](JaVa&#115;cript:x) ¦ <javascript:alert(1)> ¦ ![x](data:image/svg+xml,x)
¦ [x](//evil.example) ¦ [x](<vbscript:x>) ¦ [x](../posts/a.md) ¦ [x](https:evil) ¦ [x](https://a"b)
"""
TYPED = st.one_of(
    PIECES,
    *map(st.sampled_from, (part(MAILS), part(BAD_LINKS), BLOCKS, LINKS)),
    st.text(max_size=4),
)
BODIES = st.lists(TYPED, max_size=25).map("".join)
OF_COMMENTS = set("a blockquote br code em li ol p pre span strong ul".split())
MAIL = re.compile(r"[\w.%+-]+[@＠﹫][\w-]+(\.[\w-]+)+")


@given(BODIES)
@try_some(400)
def test_a_comment_holds_nothing_but_the_short_list_and_no_address_of_mail(body):
    record = read(f"Author: Ann\nDate: 2026-01-01\n\n{body}", "comment")
    if count_errors(record.problems):
        assert record.body == ""
        return
    page = Page(f"<!doctype html><title>x</title><main>{record.body}</main>")  # read strictly
    (main,) = page.all("main")
    assert [element.tag for element in page.one("body")] == ["main"]
    for element in list(main.iter())[1:]:
        assert element.tag in OF_COMMENTS, element.tag
        names = {"a": {"href", "rel"}, "span": {"class"}}.get(element.tag, set())
        assert set(element.attrib) == names, element.attrib
        if element.tag == "a":
            assert element.get("rel") == "ugc nofollow"
            assert re.match("https?://", element.get("href"))
    addresses = list_values(page, "href")
    for text in ["".join(main.itertext()), record.description, *addresses]:
        assert not MAIL.search(unquote(text)), text
    again = html5lib.serialize(main, quote_attr_values="always", omit_optional_tags=False)
    assert not list(list_in_html(again))


# The bytes of files.

GOOD = [
    ("post", RICH),
    ("post", WOVEN["posts/asked.md"]),
    ("topic", WOVEN["topics/reading.md"]),
    ("page", "---\nTitle: About\nModified: 2026-01-01\n---\n\nWho writes here.\n"),
    ("comment", WOVEN["comments/asked/ben.md"]),
]
ODD = (
    *(
        b"\0",
        b"\xff",
        b"\xfe\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\xe9",
    ),
    *(
        b"\xf4\x90\x80\x80",
        b"\xc3",
        b"\r",
        b"\r\n",
        b"\n\r",
        b"\n\n",
        b"\x1a",
        b"\x1b[2J",
        b"\x7f",
        b"\x85",
    ),
    *(sign.encode() for sign in ("\u2028", "\u202e", "\ufffe", "\uff1a", "\u00a0", "\u200b")),
    *(
        b"---\n",
        b"...\n",
        b"- ",
        b": ",
        b"= ",
        b"# ",
        b"'",
        b'"',
        b"[",
        b"|\n",
        b">\n",
        b"\t",
        b"\\",
        b"\\u",
    ),
    *(b"Title: x\n", b"Reply-to: x\n", b"Start-here:\n", b"%PDF", b"PK\3\4"),
    *(b" " * 300, b"[" * 300, b"`" * 90, b"<" * 90),
)
SIGN = st.sampled_from(CONTROLS).map(lambda sign: sign.encode("utf-8", "surrogatepass"))
BYTES = st.sampled_from(ODD) | st.binary(max_size=6) | SIGN
PARTS = st.floats(0, 1)


@st.composite
def spoilt(draw):
    """Spoil a good file: bytes put in, taken out, or written twice."""
    kind, text = draw(st.sampled_from(GOOD))
    data = text.encode()
    for _ in range(draw(st.integers(1, 5))):
        start, end = sorted(int(draw(PARTS) * len(data)) for _ in range(2))
        if draw(st.booleans()):
            data = data[:start] + draw(BYTES) + data[start:]
        elif draw(st.booleans()):
            data = data[:start] + data[min(end, start + 40) :]
        else:
            data = data[:end] + data[start:end] + data[end:]
    return draw(st.sampled_from([kind, *KINDS])), data


@given(spoilt() | st.tuples(st.sampled_from(KINDS), st.lists(BYTES, max_size=12).map(b"".join)))
@try_some(400)
def test_whatever_bytes_a_file_has_it_is_read_or_refused_with_a_line(file):
    kind, data = file
    record = read(data, kind)
    if not count_errors(record.problems):
        assert record.title or kind == "comment"
        assert record.html or kind == "topic"
        body = record.html.replace(TARGET_OPEN, "").replace(TARGET_CLOSE, "")
        assert not set(record.title + record.summary + body) & {*CONTROLS}
