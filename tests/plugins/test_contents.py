"""A long post has a list of its headings, and every heading links to itself."""

import pytest

from plugins.contents import list_contents
from plugins.page_text import link_headings
from tests.conftest import Page

HEADER = "Title: A\nDate: 2026-03-01\nTags: Reading\n\n"
LONG = HEADER + "## One\n\nx\n\n### Below *one*[^1]\n\nx\n\n## Two & <3\n\nx\n\n[^1]: Note.\n"


def read_list(element):
    """Return the links of a list with those below each."""
    return [
        (
            Page.text(item.find("a")),
            item.find("a").get("href"),
            [read_list(e) for e in item.findall("ol")],
        )
        for item in element.findall("li")
    ]


def test_a_post_with_three_headings_lists_them_in_two_levels(build_site):
    page = build_site({"posts/a.md": LONG}).page("posts/a/")
    nav = page.one("nav", class_="contents")
    assert read_list(next(nav.iter("ol"))) == [
        ("One", "#one", [[("Below one", "#below-one", [])]]),
        ("Two & <3", "#two--3", []),
    ]
    assert {href.removeprefix("#") for _, href, _ in read_list(next(nav.iter("ol")))} <= {*page.ids}
    assert nav.find("details").get("open") is None


def test_a_short_post_has_no_list_and_no_style_of_one(build_site):
    page = build_site({"posts/a.md": HEADER + "## One\n\n## Two\n\nx\n"}).page("posts/a/")
    assert not page.all("nav", class_="contents")
    assert ".contents" not in page.one("style").text


@pytest.mark.parametrize(
    ("words", "linked"),
    [
        ("Plain *words*", ["Plain words"]),
        ("<i>With</i> <b><a href='https://example.org'>link</a></b>", ["With", "link"]),
        ("With [link](https://example.org)", ["With", "link"]),
        ("[Link](https://example.org) and more", ["Link", "and more"]),
        ("[Link](https://example.org)", ["Link", "#"]),
        ("*A [link](https://example.org)* more", ["link", "more"]),
        ("*A [link](https://example.org)*", ["link", "#"]),
        ("Note[^1]", ["Note", "1"]),
        ("**[Link](https://example.org)** [^1].", ["Link", "1", "#"]),
    ],
)
def test_every_heading_has_a_link_to_itself_and_none_within_another(words, linked, build_site):
    note = "[^1]: Note." if "[^1]" in words else ""
    page = build_site({"posts/a.md": f"{HEADER}## {words}\n\nx\n\n{note}\n"}).page("posts/a/")
    heading = next(e for e in page.all("h2") if e.get("id"))
    links = [*heading.iter("a")]
    assert [page.text(link) for link in links] == linked
    assert sum(a.get("href") == f"#{heading.get('id')}" for a in links) == 1
    assert not [a for link in links for a in link.iter("a") if a is not link]


@pytest.mark.parametrize(
    "source",
    [
        '<a href="https://example.org"><h2 id="x">In</h2></a>',
        '<details><summary><h2 id="x">In</h2></summary></details>',
    ],
)
def test_a_heading_within_a_link_has_none(source):
    assert link_headings(source) == source


def test_a_heading_whose_words_run_the_other_way_is_linked_within_them():
    words = 'With <a href="/y">link</a>!'
    linked = '<a href="#x">With</a> <a href="/y">link</a>!'
    heading = '<h2 id="x"><bdi>{}</bdi></h2>'
    assert link_headings(heading.format(words)) == heading.format(linked)


def test_headings_written_as_html_are_listed_and_linked(build_site):
    text = f"{HEADER}[To it](#one-1)\n\n" + "<h2>One</h2>\n\nx\n\n" * 3
    page = build_site({"posts/a.md": text}).page("posts/a/")
    links = [a.get("href") for a in page.one("nav", class_="contents").iter("a")]
    assert links == ["#one", "#one-1", "#one-2"]


def test_feeds_have_headings_without_links(build_site):
    (entry,) = build_site({"posts/a.md": LONG}).feed("feeds/all.atom.xml").entries
    assert '<h2 id="one">One</h2>' in entry.content[0].value


def test_the_short_answer_of_a_question_comes_first_and_is_there(build_site):
    post = HEADER + "Query: Why?\n\nShort answer: So.\n\n## One\n\n## Two\n\n## Three\n\nx\n"
    page = build_site({"posts/a.md": post}).page("posts/a/")
    links = [a.get("href") for a in page.one("nav", class_="contents").iter("a")]
    assert links == ["#short-answer", "#one", "#two", "#three"]
    assert "So." in Page.text(page.one("div", id="short-answer"))


def test_a_heading_cannot_take_the_id_of_the_answer(build_site):
    post = HEADER + "Query: Why?\n\nShort answer: So.\n\n## Short answer\n\nx\n"
    page = build_site({"posts/a.md": post}).page("posts/a/")
    assert page.ids.count("short-answer") == 1
    assert page.one("div", id="short-answer") is not None


@pytest.mark.parametrize(
    ("levels", "outline"),
    [
        ("3332", "a b c d"),
        ("443", "a b c"),
        ("33423", "a b(c) d(e)"),
        ("2343", "a(b c d)"),
        ("234", "a(b c)"),
        ("2323", "a(b) c(d)"),
        ("432", "a b c"),
        ("4344", "a b(c d)"),
    ],
)
@pytest.mark.parametrize("answer", ["", "Short answer"])
def test_headings_alike_stand_beside_one_another(levels, outline, answer):
    names = "abcde"[: len(levels)]
    source = "".join(
        f'<h{n} id="{name}">{name}</h{n}>' for n, name in zip(levels, names, strict=True)
    )
    entries = list_contents(source, answer)[bool(answer) :]
    below = [" ".join(each.name for each in entry.below) for entry in entries]
    shown = [e.name + (f"({b})" if b else "") for e, b in zip(entries, below, strict=True)]
    assert " ".join(shown) == outline


def test_a_heading_without_words_is_left_out_and_a_picture_is_called_what_it_shows():
    source = '<h2 id="{0}">{1}</h2>'
    picture = '<a href="#b"><img alt="A &amp; B" src="x"></a>'
    words = [" ", picture, "C", "<em>D</em>"]
    html = "".join(source.format("abcd"[n], each) for n, each in enumerate(words))
    assert [each.name for each in list_contents(html)] == ["A & B", "C", "D"]
    assert list_contents(html.replace("<em>D</em>", "")) == []


@pytest.mark.parametrize("levels", ["234", "324", "444", "432"])
def test_no_heading_is_lost_whatever_the_levels(levels):
    source = "".join(f'<h{n} id="i{k}">T{k}</h{n}>' for k, n in enumerate(levels))
    entries = list_contents(source)
    flat = [e.name for entry in entries for e in (entry, *entry.below)]
    assert flat == ["T0", "T1", "T2"]
    assert not any(e.below for entry in entries for e in entry.below)
