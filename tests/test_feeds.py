"""The feeds, as a feed reader and as an XML parser get them."""

import json
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from tests.conftest import BELOW_URL, Page, draw_png, fold, number_posts

ALL = ("feeds/all.atom.xml", "feeds/all.rss.xml")
JSON = "feeds/all.json"
OF_TOPIC = ("feed.atom.xml", "feed.rss.xml")
COMMENTS = "comments.atom.xml"
MOST, MOST_OF_TOPIC = 50, 20
AUTHORITY = "librarian.example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
HOSTILE = (
    """</title><script>x</script> "onload=x 'y' {{ 7*7 }} ]]> &amp;amp; <![CDATA[ A & B < C > D"""
)
LINKED = """Title: Linked
Date: 2026-02-03 04:05
Modified: 2026-03-04 05:06
Tags: Reading

Opening. A [post](other.md#a-place), a [page](../pages/about.md), an [address](/archives/), a
[place](#here), a [picture's file](../images/card.png), another [site](https://example.com/?a=1&b=2).

## Here

![A white card](../images/card.png)

Last *words*, with ]]> and <b>bold</b> & more.
"""
OTHER = "Title: Other\nDate: 2026-01-01\nTags: Reading\n\nOther text.\n\n## A place\n\nEnd.\n"


@pytest.fixture(scope="session")
def linked(build_site):
    """Build a post with every kind of link, for a folder of a domain."""
    files = {"posts/linked.md": LINKED, "posts/other.md": OTHER, "images/card.png": draw_png()}
    return build_site(files, siteurl=BELOW_URL)


def show(source):
    """Parse a piece of HTML as a feed reader shows it."""
    return Page(f"<!doctype html><title>x</title><body><div>{source}</div></body>")


def read_texts(feed):
    """Return the full text of each entry as a parsed page, in the feed's order."""
    return [show(entry.content[0].value) for entry in feed.entries]


def list_post_feeds(site):
    """List the feeds of posts, in XML: all but those of comments."""
    return [name for name in site.feeds if not name.endswith(COMMENTS)]


def list_topics(site):
    """Return the page of each topic that posts have by the folder that it and its feeds lie in."""
    return {
        name.removesuffix("index.html"): page
        for name, page in site.pages.items()
        if name.startswith("topics/") and page.all("article")
    }


def read_json(site):
    """Return the posts of the JSON feed."""
    return json.loads(site.bytes(JSON))["items"]


def test_every_feed_is_where_it_should_be_and_no_other_is(site):
    topics = {folder + name for folder in list_topics(site) for name in OF_TOPIC}
    commented = {
        name.replace("index.html", COMMENTS)
        for name, page in site.pages.items()
        if page.all("li", class_="p-comment")
    }
    assert set(site.feeds) == {*ALL, *topics, *commented}
    assert JSON in site.files


def test_every_feed_is_well_formed_and_read_without_complaint(site):
    assert set(ALL) <= set(site.feeds)
    for name in site.feeds:
        assert site.xml(name).tag == ("rss" if name.endswith("rss.xml") else f"{ATOM}feed")
        assert site.feed(name).version == ("rss20" if name.endswith("rss.xml") else "atom10")
        assert site.bytes(name).startswith(b'<?xml version="1.0" encoding="utf-8"?>')


def test_every_topic_has_a_feed_of_its_posts_and_the_site_of_all(site):
    posts = [name for name in site.pages if name.startswith("posts/")]
    for name in ALL:
        assert len(site.feed(name).entries) == len(posts[:MOST])
    assert len(read_json(site)) == len(posts[:MOST])
    for folder, page in list_topics(site).items():
        wanted = page.texts("h3", class_="p-name")
        for name in OF_TOPIC:
            titles = [show(e.title).words for e in site.feed(folder + name).entries]
            assert titles == wanted[:MOST_OF_TOPIC], folder


def test_every_page_names_the_feeds_that_follow_it(site):
    for name, page in site.pages.items():
        links = {
            (e.get("type"), site.find(name, e.get("href"))[0])
            for e in page.all("link", rel="alternate")
        }
        wanted = {("application/atom+xml", ALL[0]), ("application/rss+xml", ALL[1])}
        wanted.add(("application/feed+json", JSON))
        folder = name.removesuffix("index.html")
        if folder in list_topics(site):
            wanted.add(("application/atom+xml", folder + OF_TOPIC[0]))
            wanted.add(("application/rss+xml", folder + OF_TOPIC[1]))
        if name == "topics/index.html":
            wanted.add(("application/ld+json", "topics.jsonld"))
        if page.all("li", class_="p-comment"):
            wanted.add(("application/atom+xml", folder + COMMENTS))
        assert links == wanted, name
        titles = [e.get("title") for e in page.all("link", rel="alternate")]
        assert len(set(titles)) == len(titles)


def test_a_feed_says_where_it_lies_what_it_follows_and_in_which_language(site):
    for name in site.feeds:
        feed = site.feed(name).feed
        links = {link.rel: link.href for link in feed.links}
        page = "" if name in ALL else f"{name.rpartition('/')[0]}/"
        assert links["alternate"] == f"{site.url}/{page}"
        assert links["self"] == f"{site.url}/{name}"
        assert feed.language == site.settings["DEFAULT_LANG"]
        assert show(feed.title).words.startswith(fold(site.settings["SITENAME"]))
        assert "subtitle" in feed or name.endswith(COMMENTS)
    data = json.loads(site.bytes(JSON))
    assert (data["home_page_url"], data["feed_url"]) == (f"{site.url}/", f"{site.url}/{JSON}")
    names = ("SITENAME", "DEFAULT_LANG", "SITESUBTITLE")
    said = [data[name] for name in ("title", "language", "description")]
    assert said == [site.settings[name] for name in names]


def test_every_entry_names_its_author(site):
    for name in site.feeds:
        feed = site.feed(name)
        assert [
            e for e in feed.entries if not e.get("author") and not feed.feed.get("author")
        ] == []


def test_every_entry_links_its_page_in_full(site):
    for name in list_post_feeds(site):
        for entry in site.feed(name).entries:
            file, _ = site.find("index.html", entry.link)
            assert entry.link.startswith(f"{site.url}/posts/")
            assert site.pages[file].texts("h1") == [show(entry.title).words]
    for item in read_json(site):
        file, _ = site.find("index.html", item["url"])
        assert item["url"].startswith(f"{site.url}/posts/")
        assert site.pages[file].texts("h1") == [fold(item["title"])]


def test_every_entry_of_a_feed_of_comments_links_its_place_and_has_its_words(woven_below):
    (name,) = set(woven_below.feeds) - set(list_post_feeds(woven_below))
    entries = woven_below.feed(name).entries
    assert len(entries) == 5
    for entry in entries:
        file, place = woven_below.find("index.html", entry.link)
        assert entry.link.startswith(f"{woven_below.url}/posts/asked/#comment-")
        page = woven_below.pages[file]
        comment = page.one("li", id=place)
        (text,) = (page.text(e) for e in comment.iter("blockquote"))
        assert show(entry.content[0].value).words == text


def leave_out_title(words, page):
    """Return the words of a post without a question that its title asks: its page shows it once."""
    (title,) = page.texts("h1")
    return words.replace(f"Query: {title} ", "")


def test_all_feeds_carry_the_full_text_of_every_post(site):
    for name in ALL:
        feed = site.feed(name)
        for entry, text in zip(feed.entries, read_texts(feed), strict=True):
            file, _ = site.find("index.html", entry.link)
            assert leave_out_title(text.words, site.pages[file]) == site.pages[file].post, file
    for item in read_json(site):
        file, _ = site.find("index.html", item["url"])
        words = leave_out_title(show(item["content_html"]).words, site.pages[file])
        assert words == site.pages[file].post, file


def test_an_entry_s_text_is_html_and_its_summary_is_shorter(linked):
    for name in ALL:
        entry = next(e for e in linked.feed(name).entries if e.title == "Linked")
        assert entry.content[0].type == "text/html"
        assert fold(entry.summary).startswith("Opening. A post, a page")
        assert "Last" not in entry.summary
        assert "<em>words</em>" in entry.content[0].value
    item = next(item for item in read_json(linked) if item["title"] == "Linked")
    assert item["summary"].startswith("Opening. A post, a page")
    assert "Last" not in item["summary"]
    assert "<em>words</em>" in item["content_html"]


@pytest.mark.parametrize("name", [*ALL, JSON, *(f"topics/reading/{name}" for name in OF_TOPIC)])
def test_every_address_in_a_feed_is_absolute_and_leads_to_something(linked, name):
    seen = []
    for root in read_sources(linked, name):
        for element, link in show(root).links:
            assert urlsplit(link).scheme == "https", link
            seen.append((element.tag, link))
            target = linked.find("index.html", link)
            assert target is None or target[0] in linked.files
            if target and target[1]:
                assert target[1] in linked.html[target[0]].ids
    site = BELOW_URL
    assert ("a", f"{site}/posts/linked/#here") in seen
    assert ("a", f"{site}/posts/other/#a-place") in seen
    assert ("a", f"{site}/about/") in seen
    assert ("a", f"{site}/archives/") in seen
    assert ("a", f"{site}/images/card.png") in seen
    assert ("img", f"{site}/images/card.png") in seen
    assert ("a", "https://example.com/?a=1&b=2") in seen
    if name != JSON:
        links = linked.feed(name).feed.links
        assert [link for link in links if not link.href.startswith(site)] == []


def read_sources(site, name):
    """Return the HTML of each entry as it stands in the file, before a feed reader mends its links."""
    if name == JSON:
        return [item["content_html"] for item in read_json(site)]
    root = site.xml(name)
    if root.tag == "rss":
        return [item.findtext(CONTENT) for item in root.iter("item")]
    return [entry.findtext(f"{ATOM}content") for entry in root.iter(f"{ATOM}entry")]


def test_no_feed_keeps_a_sign_of_the_machinery(linked):
    for name in [*linked.feeds, JSON]:
        for trace in ("localhost", "{filename}", "\ufdd0", "tag:None", "None"):
            assert trace not in linked.text(name)


# Titles


def read_titles(site, name):
    """Return the titles of the entries as readers show them: as HTML, which Atom says of each."""
    root = site.xml(name)
    if root.tag == "rss":
        return [show(item.findtext("title")).words for item in root.iter("item")]
    titles = root.findall(f"{ATOM}entry/{ATOM}title")
    return [show(t.text).words if t.get("type") == "html" else fold(t.text) for t in titles]


def test_titles_and_summaries_reach_the_feeds_as_they_were_typed(build_site):
    header = f"Title: {HOSTILE}\nDate: 2026-01-02\nSummary: {HOSTILE}\nTags: Reading\n"
    topic = f"Title: {HOSTILE}\nUsed-for: Reading\n\nScope.\n"
    files = {"posts/a.md": f"{header}\nText with ]]> in it.\n", "topics/reading.md": topic}
    site = build_site(files)
    for name in site.feeds:
        assert read_titles(site, name) == [fold(HOSTILE)]
        summary = next(
            e.text
            for item in site.xml(name).iter()
            if item.tag in ("item", f"{ATOM}entry")
            for e in item
            if e.tag in ("description", f"{ATOM}summary")
        )
        assert show(summary).words == fold(HOSTILE)
        assert show(summary).all("script") == []


def test_a_topic_s_name_reaches_its_feed_as_it_was_typed(build_site):
    topic = f"Title: {HOSTILE}\nUsed-for: reading\n\nScope.\n"
    post = "Title: A\nDate: 2026-01-02\nTags: reading\n\nText.\n"
    site = build_site({"topics/reading.md": topic, "posts/a.md": post})
    title = site.xml("topics/reading/feed.atom.xml").find(f"{ATOM}title")
    text = show(title.text).words if title.get("type") == "html" else fold(title.text)
    assert text == f"Libraries Got Game: {fold(HOSTILE)}"
    title = site.xml("topics/reading/feed.rss.xml").findtext("channel/title")
    assert show(title).words == f"Libraries Got Game: {fold(HOSTILE)}"


TITLES = ["Q & A", "A <b> tag", '"Quoted"', "2 < 3 > 1", "&lt;i&gt;", "R&D", "A & <b>"]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_with_signs_of_markup_is_the_same_on_the_page_and_in_the_feeds(build_site, title):
    site = build_site({"posts/a.md": f"Title: {title}!\nDate: 2026-01-02\n\nText.\n"})
    assert site.page("posts/a/").texts("h1") == [fold(f"{title}!")]
    for name in ALL:
        assert read_titles(site, name) == [fold(f"{title}!")]
        assert show(site.feed(name).entries[0].title).words == fold(f"{title}!")


def test_text_of_any_script_survives(build_site):
    words = "Bücher & книги, 図書館, كتب, \N{BOOKS}"
    site = build_site({"posts/a.md": f"Title: {words}\nDate: 2026-01-02\n\n{words} here.\n"})
    for name in ALL:
        feed = site.feed(name)
        assert show(feed.entries[0].title).words == words
        assert read_texts(feed)[0].words == f"{words} here."


# Names and dates


def test_ids_are_unique_and_tell_of_the_first_publication_and_of_no_page(sample, woven_below):
    for site in (sample, woven_below):
        days = {}
        for name in list_post_feeds(site):
            ids = [entry.id for entry in site.feed(name).entries]
            assert len(set(ids)) == len(ids)
            for entry in site.feed(name).entries:
                day = "{:04}-{:02}-{:02}".format(*entry.published_parsed)
                place = entry.link.removeprefix(f"{site.url}/").rstrip("/")
                assert entry.id == f"tag:{AUTHORITY},{day}:{place}"
                days[entry.link] = day
        feeds = [site.feed(name).feed.id for name in site.feeds if "rss" not in name]
        assert len(set(feeds)) == len(feeds) > 2
        for name in list_post_feeds(site):
            if "rss" not in name:
                assert site.feed(name).feed.id == f"tag:{AUTHORITY},2026:{name}"
    feed = woven_below.feed(f"posts/asked/{COMMENTS}")
    post = f"tag:{AUTHORITY},2025-06-01:posts/asked"
    assert feed.feed.id == f"{post}/comments"
    names = ("eve", "dot", "cy", "ben", "ann")
    assert [entry.id for entry in feed.entries] == [f"{post}/comment-{name}" for name in names]


def test_a_post_has_one_id_in_all_feeds(sample):
    names = {item["url"]: {item["id"]} for item in read_json(sample)}
    for name in sample.feeds:
        for entry in sample.feed(name).entries:
            names[entry.link].add(entry.id)
    assert {len(ids) for ids in names.values()} == {1}


def test_a_changed_title_text_topic_or_domain_leaves_the_id_alone(build_site):
    topics = {"topics/weeding.md": "Title: Weeding\n\nScope.\n"}
    before = build_site({"posts/a.md": "Title: One\nDate: 2026-01-02\nTags: Reading\n\nText.\n"})
    changed = "Title: Two\nDate: 2026-01-02\nModified: 2026-05-06\nTags: Weeding\n\nWords.\n"
    after = build_site({"posts/a.md": changed, **topics}, siteurl=BELOW_URL)
    for name in ALL:
        assert before.feed(name).entries[0].id == after.feed(name).entries[0].id
    assert before.feed(ALL[0]).feed.id == after.feed(ALL[0]).feed.id
    assert read_json(before)[0]["id"] == read_json(after)[0]["id"]


def test_dates_are_those_of_the_header_and_a_feed_s_is_its_newest(linked):
    atom, rss = (linked.feed(name) for name in ALL)
    new, old = atom.entries
    assert new.published == "2026-02-03T04:05:00+00:00"
    assert new.updated == atom.feed.updated == "2026-03-04T05:06:00+00:00"
    assert old.updated == old.published == "2026-01-01T00:00:00+00:00"
    assert rss.entries[0].published == "Tue, 03 Feb 2026 04:05:00 +0000"
    assert rss.feed.updated == "Wed, 04 Mar 2026 05:06:00 +0000"


@pytest.mark.parametrize(
    "modified", ["2099-03-01", "2030-01-01 00:01", "2026-02-01", "2026-02-03", "2026-02-03 04:05"]
)
def test_no_feed_is_updated_before_its_post_or_in_the_future(build_site, modified):
    files = {"posts/a.md": f"Title: A\nDate: 2026-02-03 04:05\nModified: {modified}\n\nText.\n"}
    site = build_site(files)
    moment = "2026-02-03T04:05:00+00:00"
    atom, rss = (site.feed(name) for name in ALL)
    assert atom.feed.updated == atom.entries[0].updated == moment
    assert rss.feed.updated == "Tue, 03 Feb 2026 04:05:00 +0000"
    assert read_json(site)[0]["date_modified"] == moment
    source = site.text("posts/a/index.html")
    assert f'"dateModified":"{moment}"' in source
    assert "modified_time" not in source
    assert "DCTERMS" not in source  # not even its vocabulary
    assert "Revised" not in source + site.text("posts/a/citation.bib")


def test_a_feed_s_last_change_is_the_last_where_the_clocks_show_an_hour_twice(build_site):
    dates = {"a": "2026-11-01T01:45-04:00", "b": "2026-11-01T01:15-05:00"}
    comment = "Author: {}\nDate: {}\n\nYes.\n".format
    files = {f"posts/{n}.md": f"Title: {n}\nDate: {date}\n\nText.\n" for n, date in dates.items()}
    files |= {f"comments/a/{n}.md": comment(n, date) for n, date in dates.items()}
    site = build_site(files, TIMEZONE="America/New_York")
    for name in (ALL[0], "posts/a/comments.atom.xml"):
        feed = site.feed(name)
        assert feed.feed.updated == feed.entries[0].updated == "2026-11-01T01:15:00-05:00"
    shown = [item.get("id") for item in site.page("posts/a/").all("li", class_="h-cite")]
    assert shown == ["comment-a", "comment-b"]


def test_an_entry_s_date_keeps_its_moment_in_another_time_zone(build_site):
    files = {"posts/a.md": "Title: A\nDate: 2026-07-01 09:30\n\nText.\n"}
    site = build_site(files, TIMEZONE="Europe/Berlin")
    for name in ALL:
        assert site.feed(name).entries[0].published_parsed[:5] == (2026, 7, 1, 7, 30)


# Which posts


def test_entries_come_newest_first(sample):
    for name in sample.feeds:
        dates = [entry.published_parsed for entry in sample.feed(name).entries]
        assert all(a >= b for a, b in pairwise(dates))
    assert len(sample.feed(ALL[0]).entries) == 26


def test_a_feed_holds_the_newest_fifty_posts_and_a_topic_s_the_newest_twenty(build_site):
    dates = {n: f"{2000 + n // 12}-{n % 12 + 1:02}-01" for n in range(60)}
    files = {
        f"posts/n{n}.md": f"Title: N{n}\nDate: {d}\nTags: Reading\n\nText.\n"
        for n, d in dates.items()
    }
    site = build_site(files)
    newest = [f"N{n}" for n in range(59, -1, -1)]
    for name in site.feeds:
        wanted = newest[: MOST if name in ALL else MOST_OF_TOPIC]
        assert [e.title for e in site.feed(name).entries] == wanted
    assert [item["title"] for item in read_json(site)] == newest[:MOST]
    assert len(site.feeds) == 4


def test_a_topic_without_posts_has_no_feed_and_no_bibliography_and_none_is_named(build_site):
    one, two = (
        build_site(number_posts(1), now=f"{year}-06-07T08:09:10+00:00") for year in (2027, 2031)
    )
    assert [one.bytes(n) for n in (*ALL, JSON)] == [two.bytes(n) for n in (*ALL, JSON)]
    topic = {"topics/silence.md": "Title: Silence\n\nNothing yet.\n"}
    empty = build_site({**number_posts(1), **topic})
    beside = [name for name in empty.files if name.startswith("topics/silence/")]
    assert beside == ["topics/silence/card.png", "topics/silence/index.html"]
    for name, page in empty.pages.items():
        assert not [u for _, u in page.links if "silence/feed" in u or "silence/bib" in u], name


def test_the_feeds_of_a_site_without_posts_are_valid(build_site):
    site = build_site({})
    for name in site.feeds:
        feed = site.feed(name)
        assert feed.entries == []
        assert feed.feed.link == f"{site.url}/"
    assert read_json(site) == []


def test_an_entry_names_its_own_author(build_site):
    header = "Title: A\nDate: 2026-01-02\nAuthor: {Reader & Daughters}\n"
    site = build_site({"posts/a.md": f"{header}\nText.\n"})
    for name in ALL:
        assert site.feed(name).entries[0].get("author") == "Reader & Daughters"
    assert read_json(site)[0]["authors"] == [{"name": "Reader & Daughters"}]
