"""What a text says is in its own language on every page, and what the site says beside it in the site's."""

import pytest

from tests.conftest import Page

HEBREW = "\u05e9\u05dc\u05d5\u05dd"
LANGUAGES = {"he": "rtl", "de": "ltr"}
POST = """Title: {title}
Date: 2026-03-0{day}
Tags: Reading
Series: {series}
Comments: {count}
{header}
Opening words[^1].

Query: {title} why?

Short answer: {title} so.

## {title} 1

Words[^1].

## {title} 2

> [!NOTE]
> An alert.

https://www.youtube.com/watch?v=abcdefghijk

## {title} 3

End.

[^1]: A note.
"""


def make_post(title, day, header="", series="Parts", count=0):
    return POST.format(title=title, day=day, header=header, series=series, count=count)


@pytest.fixture(scope="module", params=LANGUAGES)
def abroad(request, build_site):
    """Build two posts in one other language and one in the site's, and return the language and the site."""
    language = request.param
    title = HEBREW if language == "he" else "Frage"
    files = {
        "posts/other.md": make_post(f"{title} A", 1, f"Lang: {language}\n", count=2),
        "posts/another.md": make_post(f"{title} B", 2, f"Lang: {language}\n"),
        "posts/own.md": make_post("Own", 3, "Lang: en\n"),
        "posts/bare.md": make_post("Bare", 4, f"Lang: {language}\n", "Others"),
        "comments/other/ann.md": "Author: Ann\nDate: 2026-03-05\n\nAn answer.\n",
        "comments/other/ben.md": "Author: Ben\nDate: 2026-03-06\nReply-to: ann\n\nAnother.\n",
        "topics/reading.md": "Title: Reading\nStart-here: other.md\n\nAbout reading.\n",
    }
    how = {"CONTACT_EMAIL": "desk@example.org", "NAVIGATION": ["home", "questions", "archives"]}
    return language, build_site(files, **how)


def read_spoken(page, element):
    """Return the language and the direction that hold for an element."""
    above = {child: parent for parent in page.tree.iter() for child in parent}
    spoken = {"lang": None, "dir": "ltr"}
    found = set()
    while element is not None:
        for name in spoken.keys() - found:
            if element.get(name) is not None:
                spoken[name] = element.get(name)
                found.add(name)
        element = above.get(element)
    return spoken["lang"], spoken["dir"]


def find_words(page, words, within):
    """Return the innermost element within another that begins with these words."""
    found = [e for e in within.iter() if isinstance(e.tag, str) and Page.text(e).startswith(words)]
    assert found, words
    return found[-1]


OWN = ("en", "ltr")


def test_what_the_site_says_around_a_post_is_in_its_own_language(abroad):
    language, site = abroad
    page = site.page("posts/other/")
    own = [
        *page.one("section", class_="comments").iter("h2"),
        find_words(page, "Reply by e-mail", page.one("section", class_="comments")),
        find_words(page, "in reply to", page.one("section", class_="comments")),
        find_words(page, "Contents", page.one("nav", class_="contents")),
        find_words(page, "Short answer", page.one("nav", class_="contents")),
        find_words(page, "Part 1 of 3", page.one("nav", class_="series")),
        find_words(page, "Film on", page.one("div", class_="e-content")),
    ]
    if language == "he":  # German texts have their own word for it
        own.append(find_words(page, "Note", page.one("div", class_="e-content")))
    named = [page.one("nav", class_="contents"), page.one("nav", class_="series")]
    back = page.all("a", class_="footnote-backref")
    assert len(back) == 2
    for element in own:
        direction = LANGUAGES[language] if element.get("href") == "#short-answer" else "ltr"
        assert read_spoken(page, element) == ("en", direction), Page.text(element)
    assert {read_spoken(page, e)[0] for e in (*own, *named, *back)} == {"en"}


def test_what_a_text_says_is_in_its_language_amid_that(abroad):
    language, site = abroad
    page = site.page("posts/other/")
    direction = LANGUAGES[language]
    parts = [
        part if part.find("a") is None else part.find("a") for part in page.one("ol", start="1")
    ]
    assert len(parts) == 3
    for element in (*page.all("blockquote", class_="e-content"), *parts):
        wanted = "en" if Page.text(element) == "Own" else language
        assert read_spoken(page, element)[0] == wanted, Page.text(element)
    assert {e.get("dir") for e in page.all("blockquote", class_="e-content")} == {"auto"}
    contents = page.one("nav", class_="contents")
    title = Page.text(page.one("h1"))
    entries = [a for a in contents.iter("a") if Page.text(a).startswith(title[:4])]
    assert len(entries) == 3
    for element in (*entries, find_words(page, "Parts", page.one("nav", class_="series"))):
        assert read_spoken(page, element)[0] == language
    assert read_spoken(page, page.one("h1")) == (language, direction)


def test_a_post_without_comments_has_the_way_to_answer_in_the_site_s_language(abroad):
    _, site = abroad
    page = site.page("posts/bare/")
    assert (
        read_spoken(page, find_words(page, "Reply by e-mail", page.one("p", class_="comments")))
        == OWN
    )


def test_a_list_of_questions_has_each_in_its_language(abroad):
    language, site = abroad
    page = site.page("questions/")
    for section in page.all("section", class_="reference"):
        is_own = Page.text(section).startswith("Own")
        spoken = OWN if is_own else (language, LANGUAGES[language])
        for element in (section.find("h2"), section.findall("p")[-1]):
            assert read_spoken(page, element) == spoken
        assert read_spoken(page, next(section.iter("time"))) == OWN


@pytest.mark.parametrize(
    "address", ["archives/", "search/", "404.html", "topics/reading/", "posts/own/", "posts/bare/"]
)
def test_a_title_in_another_language_says_so_wherever_it_is_listed(abroad, address):
    language, site = abroad
    page = site.page(address)
    links = [a for a in page.one("main").iter("a") if "/posts/" in a.get("href", "")]
    links = [a for a in links if a.get("type") is None and "/comments" not in a.get("href")]
    titles = {f"/posts/{name}/": language for name in ("other", "another", "bare")}
    found = [(a.get("href"), read_spoken(page, a)[0]) for a in links]
    assert len(found) > 1
    for href, spoken in found:
        assert spoken == titles.get(href, "en"), href


def test_a_text_that_names_the_site_s_own_language_needs_no_word_of_it(abroad):
    _, site = abroad
    page = site.page("posts/own/")
    assert page.one("article", class_="h-entry").get("lang") is None
    assert page.one("nav", class_="contents").get("lang") is None
    assert '<p class="admonition-title">Note</p>' in page.source
