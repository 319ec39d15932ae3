"""What the author's editor shows of a text is what readers get: titles, headings, links by name."""

import json
from urllib.parse import unquote

import pytest

from tests.conftest import fold

EMMA = """Title: On *Emma*, "her" `x`'s
Date: 2026-01-02
Tags: Reading
Comments: 1
Series: Novels

Words on a novel, [and more](later.md).
"""
LATER = """Title: Later
Date: 2026-01-03
Tags: Reading
Series: Novels
Summary: It's *more* of it.

See [it](emma.md).
"""
TITLE = "On Emma, “her” x’s"


@pytest.fixture(scope="module")
def site(build_site):
    files = {
        "posts/emma.md": EMMA,
        "posts/later.md": LATER,
        "pages/plan.md": "Title: The _plan_\n\nWords.\n",
        "topics/reading.md": "Title: **Reading**\nStart-here: emma: it's *hers*\n\nPosts about it.\n",
    }
    return build_site(files)


@pytest.mark.parametrize(
    "place", ["posts/emma/", "", "archives/", "topics/reading/", "posts/later/"]
)
def test_the_emphasis_of_a_title_is_emphasis_on_every_page(site, place):
    page = site.page(place)
    shown = [
        element
        for tag in ("h1", "a", "li")
        for element in page.all(tag)
        if page.text(element) == fold(TITLE) and not any(child.tag == "a" for child in element)
    ]
    assert shown
    for element in shown:
        assert [child.tag for child in element] == ["em", "code"]
    assert "*Emma" not in page.words


def test_a_title_is_plain_text_where_no_tag_can_stand(site):
    page = site.page("posts/emma/")
    assert page.title.startswith(fold(TITLE))
    assert page.meta("citation_title") == TITLE
    og = [meta.get("content") for meta in page.all("meta", property="og:title")]
    assert og == [TITLE]
    data = json.loads(page.one("script", type="application/ld+json").text)
    assert TITLE in json.dumps(data, ensure_ascii=False)
    for name in site.feeds:
        titles = [entry.title for entry in site.feed(name).entries]
        assert all("*" not in title and "<" not in title for title in titles)
    assert TITLE in [item["title"] for item in json.loads(site.text("feeds/all.json"))["items"]]
    for name in ("citation.bib", "citation.ris"):
        assert "Emma" in site.text(f"posts/emma/{name}")
    for name, source in site.all_bytes.items():
        assert b"*Emma" not in source, name


def test_the_titles_of_pages_and_topics_have_emphasis_and_their_names_have_none(site):
    heading = site.page("plan/").one("h1")
    assert [child.tag for child in heading] == ["em"]
    heading = site.page("topics/reading/").one("h1")
    assert [child.tag for child in heading] == ["strong"]
    assert site.page("topics/reading/").title.startswith("Reading ·")
    assert "Reading" in site.page("posts/emma/").texts("a", rel="tag")


def test_a_summary_and_the_reason_to_begin_with_a_post_have_their_emphasis_and_the_right_marks(
    site,
):
    shown = [
        (site.page("").texts("div"), "It’s more of it."),
        (site.page("topics/reading/").texts("span"), "it’s hers"),
    ]
    for texts, words in shown:
        assert fold(words) in [fold(text) for text in texts]
    assert site.page("posts/later/").meta("description") == "It’s more of it."


def post(text, title="On *Emma*", date="2026-01-02"):
    return f"Title: {title}\nDate: {date}\nTags: Reading\n\n{text}\n"


@pytest.mark.parametrize(
    "heading",
    [
        "# On Emma",
        "## On *Emma*",
        "### **On Emma**",
        "# __On__ emma #",
        "On  Emma\n========",
        "On `Emma`\n---",
        "# On Emma {#start}",
        "<!-- note -->\n\n# On Emma",
        "# On <em>Emma</em>",
    ],
)
def test_a_first_heading_that_repeats_the_title_is_not_shown_twice(build_site, heading):
    site = build_site({"posts/a.md": post(f"{heading}\n\nWords.\n\n## On Emma\n\nMore.")})
    page = site.page("posts/a/")
    assert page.texts("h1") == ["On Emma"]
    assert [h.get("id") for h in page.all("h2") if page.text(h) == "On Emma"] == ["on-emma"]
    assert page.post == "Words. On Emma More."
    assert "start" not in page.ids


def test_signs_that_are_set_otherwise_make_no_other_title(build_site):
    title, heading = '"It\'s" 1998--99 ...', "# “It’s” 1998–99 …"
    page = build_site({"posts/a.md": post(f"{heading}\n\nWords.", title)}).page("posts/a/")
    assert page.post == "Words."


@pytest.mark.parametrize(
    "heading",
    [
        "# On Emma again",
        "# [On Emma](https://example.org/)",
        "# On Emma[^1]\n\n[^1]: A note.",
        "Words.\n\n# On Emma",
        "> # On Emma",
    ],
)
def test_another_heading_stays(build_site, heading):
    page = build_site({"posts/a.md": post(f"{heading}\n\nMore.")}).page("posts/a/")
    assert page.post.count("On Emma") == 1


def test_headings_after_one_that_is_dropped_keep_their_level(build_site):
    text = "# On Emma\n\n## Aims\n\nWords.\n\n### Ends\n\nWords."
    page = build_site({"posts/a.md": post(text)}).page("posts/a/")
    assert {h.get("id"): h.tag for tag in ("h2", "h3") for h in page.all(tag) if h.get("id")} == {
        "aims": "h2",
        "ends": "h3",
    }


def test_a_page_and_a_topic_do_not_show_their_title_twice(build_site):
    files = {
        "posts/a.md": post("Words."),
        "pages/plan.md": "Title: Plan\n\n# Plan\n\nWords.\n",
        "topics/reading.md": "Title: Reading\n\n# Reading\n\nPosts.\n",
    }
    site = build_site(files)
    for place in ("plan/", "topics/reading/"):
        assert len(site.page(place).all("h1")) == 1
        assert site.page(place).words.count("Plan" if "plan" in place else "# Reading") <= 2


@pytest.mark.parametrize(
    ("language", "typed", "title"),
    [
        ("en", "> [!NOTE]\n> x", "Note"),
        ("de", "> [!NOTE]\n> x", "Hinweis"),
        ("de-AT", "> [!WARNING]\n> x", "Warnung"),
        ("fr", "!!! tip\n    x", "Astuce"),
        ("fr", '!!! tip "À lire"\n    x', "À lire"),
        ("sv", "> [!CAUTION]\n> x", "Var försiktig"),
        ("de", "> [!NOTE] Merke\n> x", "Merke"),
        ("ja", "> [!NOTE]\n> x", "Note"),
        ("de", "!!! weeding\n    x", "Weeding"),
    ],
)
def test_the_title_of_a_box_is_in_the_language_of_the_text(build_site, language, typed, title):
    text = f"Title: A\nDate: 2026-01-02\nTags: Reading\nLang: {language}\n\n{typed}\n"
    page = build_site({"posts/a.md": text}).page("posts/a/")
    assert page.texts("p", class_="admonition-title") == [title]


WEEDING = """Title: Weeding: a "start"
Date: 2026-01-01
Tags: Reading
Aliases: /old/shelf/

## Aims & ends

Words.

## Comments

See [them](#comments).
"""


@pytest.mark.parametrize(
    ("typed", "words", "address"),
    [
        ("[[2014-03-01-weeding]]", "2014-03-01-weeding", "posts/weeding/"),
        ("[[weeding]]", "weeding", "posts/weeding/"),
        ("[[Weeding.md]]", "Weeding.md", "posts/weeding/"),
        ("[[posts/weeding]]", "posts/weeding", "posts/weeding/"),
        ("[[my notes/weeding|these *words*]]", "these *words*", "posts/weeding/"),
        ("[[Weeding: a “start”]]", 'Weeding: a "start"', "posts/weeding/"),
        ("[[old/shelf]]", "old/shelf", "posts/weeding/"),
        ("[[weeding#aims--ends]]", "weeding > aims—ends", "posts/weeding/#aims--ends"),
        ("[[weeding#Aims & ends|a]]", "a", "posts/weeding/#aims--ends"),
        ("[[weeding#Comments|a]]", "a", "posts/weeding/#my-comments"),
        ("[[Plan & more]]", "Plan & more", "plan/"),
        ("[[reading]]", "reading", "topics/reading/"),
        ("[[Culling]]", "Culling", "topics/reading/"),
        ("[[#Own words|a]]", "a", "#own-words"),
        ("[a]([[weeding]])", "a", "posts/weeding/"),
        ("<b>x</b> [[weeding]]", "weeding", "posts/weeding/"),
        ("| a |\n|---|\n| [[weeding\\|a b]] |", "a b", "posts/weeding/"),
        ("[[list.pdf]]", "list.pdf", "images/list.pdf"),
    ],
)
def test_a_link_by_name_leads_where_obsidian_would(build_site, typed, words, address):
    files = {
        "posts/2014-03-01-weeding.md": WEEDING,
        "posts/a.md": post(f"Start.\n\n{typed}\n\n## Own words\n\nEnd."),
        "pages/plan.md": "Title: Plan & more\n\nWords.\n",
        "topics/reading.md": "Title: Reading\nUsed-for: Culling\n\nPosts.\n",
        "images/list.pdf": b"%PDF-1.4\n%%EOF\n",
    }
    site = build_site(files)
    page = site.page("posts/a/")
    found = [a.get("href") for a in page.all("a") if page.text(a) == fold(words)]
    wanted = address if address.startswith("#") else f"/{address}"
    assert wanted in [href.removeprefix("https://example.org") for href in found]
    if address.startswith("posts/"):
        assert "On Emma" in site.page("posts/weeding/").words  # mentioned in
    assert "[[" not in site.text("feeds/all.atom.xml")


def test_a_link_to_a_heading_is_the_one_that_github_gives(build_site):
    text = """# 日本語

[a](#日本語) [b](#%E6%97%A5%E6%9C%AC%E8%AA%9E) [c](other.md#überblick--mehr)
[d](other.md#%C3%BCberblick--mehr) [e](#comments) [f](#comment-rules) [g](other.md#comments)

## Comments

## Comment rules
"""
    other = "Words.\n\n## Überblick & Mehr\n\nWords.\n"
    site = build_site({"posts/a.md": post(text), "posts/other.md": post(other, "Other")})
    page = site.page("posts/a/")
    links = {page.text(a): unquote(a.get("href")) for a in page.all("a") if len(page.text(a)) == 1}
    assert links == {
        "a": "#日本語",
        "b": "#日本語",
        "c": "/posts/other/#überblick--mehr",
        "d": "/posts/other/#überblick--mehr",
        "e": "#my-comments",
        "f": "#my-comment-rules",
        "g": "/posts/other/#comments",
    }
    assert {"日本語", "my-comments", "my-comment-rules"} <= set(page.ids)
    assert "überblick--mehr" in site.page("posts/other/").ids


def test_a_link_to_the_comments_leads_there_where_no_heading_is_called_so(build_site):
    page = build_site({"posts/a.md": post("See [them](#comments).")}).page("posts/a/")
    assert "#comments" in [a.get("href") for a in page.all("a") if page.text(a) == "them"]


def test_a_name_that_means_nothing_is_shown_as_it_was_typed(build_site):
    site = build_site({"posts/a.md": post("See [[Zzyzx]] and [[nowhere|that *one*]] here.")})
    assert site.page("posts/a/").post == "See [[Zzyzx]] and [[nowhere|that *one*]] here."
    (entry,) = site.feed("feeds/all.atom.xml").entries
    assert "[[Zzyzx]]" in entry.content[0].value
