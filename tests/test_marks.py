"""Readers get the same marks wherever a text stands: on pages, in feeds, in citations, in lists."""

import json
from urllib.parse import unquote

import pytest

from tests.plugins.sources import read_ris

TITLES = {
    "The '90s: \"Emma\"'s readers -- 6'2\" tall, 1998--2004": (
        "The ’90s: “Emma”’s readers — 6′2″ tall, 1998–2004"
    ),
    '17 U.S.C. § 101 & the U.S. "law" at AT&T, K. D. (2011)': (
        "17 U.S.C. § 101 & the U.S. “law” at AT&T, K. D. (2011)"
    ),
}
BODY = """*Emma*'s author saw `a--b`, "the [rules](https://example.com/a--b)", and the '90s at AT&T.

"See *Emma*"--she said. By Smith, K. D. (2011), at https://example.com/x--y?z=it's so.

## The '90s
"""
OPENING = "Emma’s author saw a--b, “the rules”, and the ’90s at AT&T."


@pytest.fixture(scope="module")
def site(build_site):
    """Build a site with posts that hold what typography went astray at."""
    posts = {
        f"posts/post-{number}.md": (
            f"Title: {title}\nDate: 2026-02-0{number}\nTags: Reading\n\n{BODY}\nPost {number}.\n"
        )
        for number, title in enumerate(TITLES, 1)
    }
    german = 'Title: "Emma" und \'Jane\'\nDate: 2026-02-05\nTags: Reading\nLang: de\n\n"So" geht\'s -- ja.\n'
    page = 'Title: "Über" uns\nLang: de_AT\n\n"So" geht\'s.\n'
    return build_site({**posts, "posts/emma.md": german, "pages/wir.md": page})


def read_entries(site, name):
    """Return title, summary and text of each entry of a feed."""
    if name.endswith(".json"):
        items = json.loads(site.text(name))["items"]
        return [(item["title"], item["summary"], item["content_html"]) for item in items]
    entries = site.feed(name).entries
    return [(entry.title, entry.summary, entry.content[0].value) for entry in entries]


@pytest.mark.parametrize(("number", "title"), [*enumerate(TITLES.values(), 1)])
def test_a_title_has_its_marks_everywhere(site, number, title):
    folder = f"posts/post-{number}/"
    page = site.page(folder)
    raw = "".join(page.one("title").itertext())
    assert raw.startswith(f"{title} · ")
    assert "".join(page.one("h1").itertext()) == title
    assert page.one("meta", property="og:title").get("content") == title
    assert page.meta("citation_title") == title
    assert title in "".join(page.one("details", class_="cite").itertext())
    coins = unquote(page.one("span", class_="Z3988").get("title"))
    assert f"rft.title={title}&" in coins
    (record,) = read_ris(site.text(f"{folder}citation.ris"))
    assert record["title"] == title
    assert title.replace("&", "\\&") in site.text(f"{folder}citation.bib")
    assert f'"headline":"{title}"'.replace("&", "\\u0026") in page.source
    assert title in ["".join(each.itertext()) for each in site.page("").all("h2")]
    for name in ("feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json"):
        shown = [entry[0].replace("&amp;", "&") for entry in read_entries(site, name)]
        assert title in shown


def test_a_text_has_its_marks_on_its_page_and_in_the_feeds(site):
    page = site.page("posts/post-1/")
    body = "".join(page.one("div", class_="e-content").itertext()).replace("\u00a0", " ")
    assert body.startswith(f"{OPENING}\n“See Emma”—she said. By Smith, K. D. (2011)")
    assert "at https://example.com/x--y?z=it's so." in body
    assert "The ’90s\nPost 1." in body
    assert page.meta("description") == OPENING
    for name in ("feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json"):
        for _, summary, text in read_entries(site, name)[1:]:
            assert (
                summary.replace("&amp;", "&").replace("\u00a0", " ").replace("&nbsp;", " ")
                == OPENING
            )
            assert "<em>Emma</em>”—she" in text
            assert "<code>a--b</code>" in text


def test_a_text_in_another_language_says_so_and_has_its_marks(site):
    page = site.page("posts/emma/")
    assert page.one("article", class_="h-entry").get("lang") == "de"
    assert "".join(page.one("h1").itertext()) == "„Emma“ und ‚Jane‘"
    assert page.meta("description") == "„So“ geht’s – ja."
    assert page.meta("citation_language") == "de"
    assert page.one("html").get("lang") == "en"
    assert '"inLanguage":"de"' in page.source
    assert "rft.language=de" in page.one("span", class_="Z3988").get("title")
    assert "LA  - de\r\n" in site.bytes("posts/emma/citation.ris").decode()
    assert "language = {german}" in site.text("posts/emma/citation.bib")
    assert site.page("wir/").one("article").get("lang") == "de-AT"
    assert "".join(site.page("wir/").one("h1").itertext()) == "„Über“ uns"
    entries = site.page("").all("article", class_="entry")
    assert [entry.get("lang") for entry in entries] == ["de", None, None]


def test_feeds_name_the_language_of_a_text_that_is_not_the_site_s(site):
    items = json.loads(site.text("feeds/all.json"))["items"]
    assert [item.get("language") for item in items] == ["de", None, None]
    atom = site.xml("feeds/all.atom.xml")
    entries = atom.findall("{http://www.w3.org/2005/Atom}entry")
    name = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [entry.get(name) for entry in entries] == ["de", None, None]
    rss = site.xml("feeds/all.rss.xml")
    found = [
        item.findtext("{http://purl.org/dc/elements/1.1/}language") for item in rss.iter("item")
    ]
    assert found == ["de", None, None]


def test_a_site_in_another_language_has_its_marks(build_site):
    text = 'Title: "Emma" heute\nDate: 2026-02-05\nTags: Reading\n\n"So" -- \'ja\'.\n'
    english = 'Title: "Emma" today\nDate: 2026-02-04\nTags: Reading\nLang: en\n\n"So".\n'
    topic = 'Title: "Lesen" und mehr\nUsed-for: "Lektüre" und so\n\n"Alles".\n'
    files = {"posts/a.md": text, "posts/b.md": english, "topics/lesen.md": topic}
    site = build_site(files, DEFAULT_LANG="de")
    assert site.page("posts/a/").one("title").text.startswith("„Emma“ heute")
    words = "".join(site.page("posts/a/").one("main").itertext()).replace("\u00a0", " ")
    assert "„So“ – ‚ja‘." in words
    assert site.page("posts/b/").one("title").text.startswith("“Emma” today")
    words = "".join(site.page("topics/lesen/").one("main").itertext())
    for mark in ("„Lesen“ und mehr", "„Lektüre“ und so", "„Alles“"):
        assert mark in words
