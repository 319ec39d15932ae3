"""What an author types is what readers get, on the page and in the feeds: a table of real cases."""

import json
import re
from datetime import date, timedelta
from html import unescape
from urllib.parse import unquote

import pytest

from catalogue.text.markdown_reader import MarkdownReader
from tests.plugins.sources import read_ris

# What is typed, and the HTML that readers get, with entities decoded and without spans for style.
QUOTES = {
    "*Emma*'s author": "<em>Emma</em>’s author",
    "[Jane](https://e.com)'s book": '<a href="https://e.com">Jane</a>’s book',
    "[*Emma*](https://e.com)'s": "<em>Emma</em></a>’s",
    "**J**'s": "<strong>J</strong>’s",
    "<cite>Emma</cite>'s": "<cite>Emma</cite>’s",
    'The <abbr title="American">ALA</abbr>\'s': "ALA</abbr>’s",
    "`x`'s value": "<code>x</code>’s value",
    "~~Tolkien~~'s": "<del>Tolkien</del>’s",
    "'*Emma*' now": "‘<em>Emma</em>’ now",
    '"see *Emma*"—she': "“see <em>Emma</em>”—she",
    '"see *Emma*"--she': "“see <em>Emma</em>”—she",
    '"Jane"\'s': "“Jane”’s",
    '"*Emma*\'s", "the `code`"': "“<em>Emma</em>’s”, “the <code>code</code>”",
    "dell'*arte*": "dell’<em>arte</em>",
    '("*Emma*")': "(“<em>Emma</em>”)",
    '"[Link](https://e.com)"?': '“<a href="https://e.com">Link</a>”?',
    "In the '90s, Class of '05": "In the ’90s, Class of ’05",
    "The '60s-era, '20s/'30s, \"'90s\"": "The ’60s-era, ’20s/’30s, “’90s”",
    "'Tis, 'em, rock 'n' roll": "’Tis, ’em, rock ’n’ roll",
    "'Twas 'til, salt 'n pepa, 'cause": "’Twas ’til, salt ’n pepa, ’cause",
    'left--"Really?"--and': "left—“Really?”—and",
    'word—"quoted"': "word—“quoted”",
    "fine? --- yes": "fine? — yes",
    '"who ordered---"': "“who ordered—”",
    "6'2\" tall": "6′2″ tall",
    'a 19" monitor, 3.5" "floppy"': 'a 19" monitor, 3.5" “floppy”',
    'Press `Ctrl` "now"': "Press <code>Ctrl</code> “now”",
    "AT&T, the PDFs, two CDs, HTML5": "AT&T, the PDFs, two CDs, HTML5",
    "By Smith, K. D. (2011)": "By Smith, K. D. (2011)",
    '17 U.S.C. § 101, the U.S. "law"': "17 U.S.C. § 101, the U.S. “law”",
    "1998--2004, pp. 12--14, A--Z": "1998–2004, pp. 12–14, A—Z",
    r"It costs \$5, \@ann": "It costs $5, @ann",
    '- "Item" one\n- \'90s': "<li>“Item” one</li>\n<li>’90s</li>",
    '| "a" |\n|---|\n| *E*\'s |': "<td><em>E</em>’s</td>",
    "## The '90s: *Emma*'s readers": ">The ’90s: <em>Emma</em>’s readers</h2>",
}
BLOCKS = {
    "Things we need:\n- one\n- two": "need:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>",
    "And:\n1. first\n2. second": "And:</p>\n<ol>\n<li>first</li>\n<li>second</li>\n</ol>",
    "List:\n1) red\n2) blue": "List:</p>\n<ol>\n<li>red</li>\n<li>blue</li>\n</ol>",
    "Hours:\n| Day | Time |\n|---|---|\n| Mon | 9-5 |": "Hours:</p>\n<table",
    "- Fiction\n  - Crime\n  - Fantasy\n- Non-fiction": (
        "<li>Fiction<ul>\n<li>Crime</li>\n<li>Fantasy</li>\n</ul>\n</li>\n<li>Non-fiction</li>"
    ),
    "1. Open\n   - on iOS\n   - on Android\n2. Log in": (
        "<li>Open<ul>\n<li>on iOS</li>\n<li>on Android</li>\n</ul>\n</li>\n<li>Log in</li>"
    ),
    "1. One\n\n   More on one.\n\n2. Two": "<li><p>One</p>\n<p>More on one.</p>\n</li>\n<li>",
    '> "To be"\n\n> "Not to be"': "<p>“To be”</p>\n</blockquote>\n<blockquote>\n<p>“Not to be”",
    "#critlib is a hashtag": "<p>#critlib is a hashtag</p>",
    "Follow along:\n#IFLA2026": "<p>Follow along: #IFLA2026</p>",
    '1. Step\n\n   ```\n   code "x"\n   ```': '<p>Step</p>\n<pre><code>code "x"\n</code></pre>',
    '```\na "more"\n````': '<pre><code>a "more"\n</code></pre>',
    "~~~\nnever\nclosed": "<pre><code>never\nclosed\n</code></pre>",
    "> ```\n> it's\n> ```": "<blockquote>\n<pre><code>it's\n</code></pre>\n</blockquote>",
    "<details><summary>S</summary>\n\nHidden **text**.\n\n</details>": (
        "<summary>S</summary>\n<p>Hidden <strong>text</strong>.</p>"
    ),
    "~~gone~~ here": "<del>gone</del> here",
    "- [x] done": '<input checked="" disabled="" type="checkbox"> done',
    "next\\\nline": "next<br>\nline",
    "See https://example.org/cat--alog?x=it's and jane@example.org.": (
        "<a href=\"https://example.org/cat--alog?x=it's\">https://example.org/cat--alog?x=it's</a>"
        ' and <a href="mailto:jane@example.org">jane@example.org</a>.'
    ),
    "<https://e.com/a--b>": '<a href="https://e.com/a--b">https://e.com/a--b</a>',
    "Go to http://ourlibrary:port/a there": (
        '<a href="http://ourlibrary">http://ourlibrary</a>:port/a there'
    ),
    "```js {linenos=false}\ncode\n\ncode\n```": (
        '<pre><code class="language-js">code\n\ncode\n</code></pre>'
    ),
    "```ruby:a.rb\nx\n```": '<pre><code class="language-ruby">x\n</code></pre>',
    "Talks: [here] [there].\n\n[here]: https://a.com\n[there]: https://b.com": (
        '<a href="https://a.com">here</a> <a href="https://b.com">there</a>.'
    ),
    "## Aims {: #aims}": '<h2 id="aims">Aims</h2>',
    "## Goals {#our-goals}": '<h2 id="our-goals">Goals</h2>',
    "!!! note\n    text": '<p class="admonition-title">Note</p>\n<p>text</p>',
    "> [!TIP]\n> hint": '<p class="admonition-title">Tip</p>\n<p>hint</p>',
    "<p>He said:<br />\n<blockquote>Words.</p></blockquote>": (
        "</p><blockquote>Words.<p></p></blockquote>"
    ),
    "<article>an article</article>": "<div>an article</div>",
    "<div itemscope>an item</div>": "<div>an item</div>",
    '<p style="color:red">red</p>': "<p>red</p>",
    "[c](irc://irc.example.org/x)": '<a href="irc://irc.example.org/x">c</a>',
    "<figure><figcaption>[source](https://e.com)</figcaption></figure>": (
        "<figcaption>[source](https://e.com)</figcaption>"
    ),
    r"\[y\](z)": "[y](z)",
}
CASES = QUOTES | BLOCKS
ATOM = "{http://www.w3.org/2005/Atom}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
FIRST = date(2025, 1, 1)

# What is typed as a title, and what stands wherever the title does.
TITLES = {
    "The '90s": "The ’90s",
    "Class of '05's *Emma*": "Class of ’05’s Emma",
    "'Tis rock 'n' roll": "’Tis rock ’n’ roll",
    'left--"Really?"--and': "left—“Really?”—and",
    "fine? --- yes, 1998--2004": "fine? — yes, 1998–2004",
    "6'2\" tall": "6′2″ tall",
    "17 U.S.C. § 101, Smith, K. D. (2011)": "17 U.S.C. § 101, Smith, K. D. (2011)",
    "\"*Emma*\"'s readers' choice": "“Emma”’s readers’ choice",
}


def simplify(source):
    """Return HTML with its entities decoded, without the spans for style, ties and what a page adds."""
    source = source.replace('<pre tabindex="0">', "<pre>")
    source = re.sub(r'(<h\d id="([^"]*)">)<a href="#\2">(.*?)</a>(?=</h)', r"\1\3", source)
    source = re.sub(r'<span class="(?:amp|caps|dquo|quo)">(.*?)</span>', r"\1", source)
    return unescape(source).replace("\u00a0", " ")


def make_post(number, text, title):
    day = FIRST + timedelta(days=number)
    return f"Title: {title}\nDate: {day}\nTags: Reading\n\n{text}\n"


@pytest.fixture(scope="module")
def site(build_site):
    """Build a post for each case: one for each text, and one for each title."""
    texts = {
        f"posts/text-{number}.md": make_post(number, text, f"Text {number}")
        for number, text in enumerate(CASES)
    }
    titles = {
        f"posts/title-{number}.md": make_post(number, f"Words {number}.", title)
        for number, title in enumerate(TITLES)
    }
    return build_site({**texts, **titles}, FEED_LENGTH=len(texts) + len(titles))


@pytest.mark.parametrize("number", range(len(CASES)), ids=map(ascii, CASES))
def test_a_text_is_on_its_page_as_it_was_meant(site, number):
    right = [*CASES.values()][number]
    shown = site.page(f"posts/text-{number}/").source.replace(' class="bare"', "")  # for paper
    # Of pages alone.
    shown = shown.replace("<input checked disabled ", '<input checked="" disabled="" ')
    assert right in simplify(shown)


@pytest.fixture(scope="module")
def feeds(site):
    """Return the three feeds, each as the HTML and the title of each post by its address."""
    items = json.loads(site.text("feeds/all.json"))["items"]
    atom, rss = site.xml("feeds/all.atom.xml"), site.xml("feeds/all.rss.xml")
    return [
        {item["url"]: (item["content_html"], item["title"]) for item in items},
        {
            entry.find(f"{ATOM}link").get("href"): (
                entry.findtext(f"{ATOM}content"),
                entry.findtext(f"{ATOM}title"),
            )
            for entry in atom.iter(f"{ATOM}entry")
        },
        {
            item.findtext("link"): (item.findtext(ENCODED), item.findtext("title"))
            for item in rss.iter("item")
        },
    ]


def drop_names(source):
    """Return HTML without ids and classes: they are of no use in a feed."""
    return re.sub(r' (?:id|class)="[^"]*"', "", source)


@pytest.mark.parametrize("number", range(len(CASES)), ids=map(ascii, CASES))
def test_a_text_is_in_the_feeds_as_it_was_meant(site, feeds, number):
    right = drop_names([*CASES.values()][number])
    for feed in feeds:
        text, _ = feed[site.address(f"posts/text-{number}/")]
        assert right in drop_names(simplify(text))


@pytest.mark.parametrize("number", range(len(TITLES)), ids=map(ascii, TITLES))
def test_a_title_is_in_the_feeds_as_it_is_on_its_page(site, feeds, number):
    for feed in feeds:
        _, title = feed[site.address(f"posts/title-{number}/")]
        assert simplify(title) == [*TITLES.values()][number]


@pytest.mark.parametrize("number", range(len(TITLES)), ids=map(ascii, TITLES))
def test_a_title_is_the_same_wherever_it_stands(site, number):
    title = [*TITLES.values()][number]
    folder = f"posts/title-{number}/"
    page = site.page(folder)
    assert "".join(page.one("title").itertext()).startswith(f"{title} · ")
    assert "".join(page.one("h1").itertext()) == title
    assert page.one("meta", property="og:title").get("content") == title
    assert page.meta("citation_title") == title
    assert f"rft.title={title}&" in unquote(page.one("span", class_="Z3988").get("title"))
    (record,) = read_ris(site.text(f"{folder}citation.ris"))
    assert record["title"] == title
    assert title in site.text(f"{folder}citation.bib")


WARNED = {
    "Our aims are:\n• Read more\n• Play more": [2],
    "A\n\n[^1]: unused": [3],
    "See this[^2].": [1],
    "See[^1]\n\n[^1]: first\n[^1]: second": [4],
    '{{< figure src="x" >}}': [1],
    '[caption id="1"]x[/caption]': [1],
    '[gallery ids="1,2"]': [1],
    "[embed]https://e.com/watch?v=a[/embed]": [1],
    "[embed]https://e.com[/embed]": [1],
    "{% raw %}": [1],
    "[TOC]": [1],
    "Words\n{: .class }": [2],
    ":::note\nx\n:::": [1],
    "![](../images/photo.png)": [1],
    "See [this(weeding.md)": [1],
    "See this](weeding.md) now": [1],
    "[x](“https://example.org”)": [1],
    "Words.\n\n%%a note to me%%": [3],
    "A ==good== book": [1],
    '<p style="color:red">x</p>': [1],
    r"\[y\](z)": [],
    "<figure><figcaption>[source](https://e.com)</figcaption></figure>": [1, 1],
    "<div>\n*Some* words\nand a [link](weeding.md)\n</div>": [2, 3],
    "See [our [other](a.md) list](https://e.com).": [1],
    "See \\[x](https://e.com).": [],
    "See [x\\](https://e.com) and [y](https://e.com).": [],
    "Note[^b] and[^a].\n\n[^a]: A\n[^b]: B": [],
}


@pytest.mark.parametrize("text", WARNED, ids=ascii)
def test_what_readers_would_see_otherwise_is_a_warning_on_its_line(text):
    body = MarkdownReader().read(text, 1, "posts/a.md")
    assert [(problem.level, problem.line) for problem in body.problems] == [
        ("warning", line) for line in WARNED[text]
    ]
    assert body.html


def test_the_marks_that_git_leaves_are_an_error_on_the_first():
    text = "x\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c"
    body = MarkdownReader().read(text, 1, "posts/a.md")
    assert [(problem.level, problem.line) for problem in body.problems] == [("error", 2)]


def test_the_number_of_a_note_stands_in_no_summary(build_site):
    text = "Libraries[^b] matter[^a], *Emma*'s[^b] too.\n\n[^a]: An A.\n[^b]: A B."
    site = build_site({"posts/a.md": make_post(1, text, "Notes")})
    opening = "Libraries matter, Emma’s too."
    page = site.page("posts/a/")
    assert page.meta("description") == opening
    assert page.texts("a", class_="footnote-ref") == ["1", "2", "1"]
    assert [li.get("id") for li in page.all("li") if li.get("id")] == ["fn-1", "fn-2"]
    (item,) = json.loads(site.text("feeds/all.json"))["items"]
    (atom,) = site.feed("feeds/all.atom.xml").entries
    assert simplify(item["summary"]) == simplify(atom.summary) == opening
