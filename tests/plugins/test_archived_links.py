"""A dead link gets an archived copy beside it wherever a page shows it, and nothing else changes."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.link_ledger import LinkFacts, format_ledger
from plugins.archived_links import ArchivedCopy, mark_copies, select_copies, select_own

DEAD, LIVE = "https://dead.example/a?b=1&c=2", "https://live.example/"
COPY = "https://web.archive.org/web/20190503101112/https://dead.example/a?b=1&c=2"
FACTS = {"failing_since": "2026-11-01", "archived": COPY, "archived_on": "2019-05-03"}
GONE = LinkFacts(last_failed="2026-11-20", **FACTS)
COPIES = {DEAD: ArchivedCopy(COPY, "2019-05-03", "archived copy")}

POST = f"""Title: A
Date: 2026-01-02
Tags: Reading
Comments: 1

See [the page]({DEAD}#part), [another]({LIVE}) and <{DEAD}>, but not `{DEAD}`.
"""
QUESTION = f"""Title: Q
Date: 2026-01-03

Query: Where is [it]({DEAD})?

Short answer: [There]({DEAD}).

The [rest]({DEAD}).
"""
COMMENT = f"Author: Ann\nDate: 2026-01-04\n\nI read {DEAD} too.\n"
FILES = {
    "posts/a.md": POST,
    "posts/q.md": QUESTION,
    "comments/a/ann.md": COMMENT,
    "topics/reading.md": f"Title: Reading\n\nAfter [it]({DEAD}).\n",
    "pages/about.md": f"Title: About\n\nOn [it]({DEAD}).\n",
}


def find_dead(page):
    return [a for a in page.all("a") if (a.get("href") or "").startswith("https://dead.example")]


@pytest.fixture(scope="module")
def site(build_site):
    return build_site({**FILES, "links.json": format_ledger({DEAD: GONE})})


@pytest.mark.parametrize(
    ("page", "count"),
    [("posts/a/", 3), ("posts/q/", 3), ("topics/reading/", 1), ("about/", 1)],
)
def test_each_dead_link_of_a_page_has_its_copy_beside_it(site, page, count):
    page = site.page(page)
    links = find_dead(page)
    assert len(links) == count
    for link in links:
        assert link.get("data-originalurl") == link.get("href")
        assert link.get("data-versionurl") == COPY
        assert link.get("data-versiondate") == "2019-05-03"
    copies = [a for a in page.all("a") if a.get("href") == COPY]
    assert [page.text(a) for a in copies] == ["archived copy"] * count


def test_the_words_of_a_text_stay_as_they_are(site, build_site):
    bare = build_site(FILES)
    for page in ("posts/a/", "posts/q/", "topics/reading/", "about/"):
        assert site.page(page).words.replace(" [archived copy]", "") == bare.page(page).words
    for feed in ("feeds/all.atom.xml", "posts/a/comments.atom.xml", "feeds/all.json"):
        assert site.bytes(feed) == bare.bytes(feed)


def test_a_link_that_lives_has_no_copy(site):
    (link,) = (a for a in site.page("posts/a/").all("a") if a.get("href") == LIVE)
    assert not any(name.startswith("data-") for name in link.keys())  # noqa: SIM118


def test_the_ledger_is_not_published(site):
    assert not [name for name in site.files if "links.json" in name]


@pytest.mark.parametrize(
    "facts",
    [
        LinkFacts(),
        LinkFacts(last_failed="2026-11-14", **FACTS),
        LinkFacts(failing_since="2026-11-01", last_failed="2026-11-20"),
        LinkFacts(archived=COPY, archived_on="2019-05-03"),
    ],
)
def test_only_what_is_dead_and_archived_is_marked(facts):
    assert select_copies({DEAD: facts}, "archived copy") == {}
    assert select_copies({DEAD: facts, LIVE: GONE}, "x") == {
        LIVE: ArchivedCopy(COPY, "2019-05-03", "x")
    }


def test_a_text_knows_the_copies_of_its_own_links_only():
    assert select_own(COPIES, [LIVE, DEAD]) == COPIES
    assert select_own(COPIES, [LIVE]) == {}


def test_a_link_that_shows_its_address_stays_one_and_other_attributes_do():
    value = DEAD.replace("&", "&amp;")
    source = f'<p><a class="bare" href="{value}" rel="ugc nofollow">{value}</a>, x</p>'
    marked = mark_copies(source, COPIES)
    assert marked.startswith(f'<p><a class="bare" href="{value}" rel="ugc nofollow" data-original')
    assert marked.endswith('">archived copy</a>], x</p>')


def test_without_copies_html_is_what_it_was():
    source = f'<p><a href="{DEAD}">x</a>'
    assert mark_copies(source, {}) == source


@settings(deadline=None)
@given(st.text(), st.text())
def test_no_address_or_label_can_become_a_tag(url, label):
    copies = {DEAD: ArchivedCopy(url, "2019-05-03", label)}
    marked = mark_copies(f'<a href="{DEAD.replace("&", "&amp;")}">x</a>', copies)
    tree = html5lib.parseFragment(marked, namespaceHTMLElements=False)
    assert [element.tag for element in tree.iter()][1:] == ["a", "a"]
    assert {*tree[0].keys()} == {"href", "data-originalurl", "data-versionurl", "data-versiondate"}
