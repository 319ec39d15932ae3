"""Feeds say what the pages say, to readers as strict as they come."""

import html
import json
import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import pytest

from catalogue.dates import format_stamp
from plugins.feeds import expand_fragments
from tests.conftest import (
    LEAST,
    SAMPLE,
    build_tree,
    draw_png,
    fold,
    number_posts,
    read_numbers,
    write_files,
)

ATOM = "{http://www.w3.org/2005/Atom}"
THREADS = "{http://purl.org/syndication/thread/1.0}"
# RFC 4151, section 2.1.
TAG = re.compile(r"tag:[a-z0-9._@-]+,\d{4}(-\d\d(-\d\d)?)?:[a-zA-Z0-9/._~-]+")
NUMBERS = [0, 1, 2, 1024, 99_999]


def write_post(number, extra=""):
    return f"Title: Post\nDate: 2026-01-02\nComments: {number}\nTags: Reading\n{extra}\nText.\n"


def read_json(site):
    """Read the JSON feed as JSON has to be (RFC 8259): no NaN, no key twice."""

    def refuse(pairs):
        assert len(pairs) == len(dict(pairs))
        return dict(pairs)

    return json.loads(site.bytes("feeds/all.json"), object_pairs_hook=refuse)


def read_ids(site):
    """Return the ids of the posts by title, which must be the same in all three feeds."""
    atom, rss = (site.feed(f"feeds/all.{kind}.xml").entries for kind in ("atom", "rss"))
    ids = {item["title"]: item["id"] for item in read_json(site)["items"]}
    for entries in (atom, rss):
        assert ids == {html.unescape(entry.title): entry.id for entry in entries}
    return ids


@pytest.mark.parametrize("number", NUMBERS)
def test_every_place_that_tells_the_count_tells_the_same(build_site, number):
    site = build_site({"posts/a.md": write_post(number)})
    for page in ("", "posts/a/", "topics/reading/", "archives/"):
        records = site.page(page).all("p", class_="record")
        (line,) = [site.page(page).text(r) for r in records if r.find("time") is not None]
        assert read_numbers(line)[-1] == number, page
    for kind in ("feeds/all", "topics/reading/feed"):
        (rss,) = site.feed(f"{kind}.rss.xml").entries
        (atom,) = site.feed(f"{kind}.atom.xml").entries
        (link,) = [link for link in atom.links if link.rel == "replies"]
        counts = [rss.slash_comments, atom.thr_total, link["thr:count"]]
        assert [int(count) for count in counts] == [number] * 3, kind
        assert rss.comments == link.href == f"{site.url}/posts/a/#comments"
    (item,) = read_json(site)["items"]
    assert item["_comments"]["count"] == number
    assert item["_comments"]["url"] == f"{site.url}/posts/a/#comments"


def test_the_place_of_the_comments_is_there(site):
    for entry in site.feed("feeds/all.rss.xml").entries:
        name, fragment = site.find("", entry.comments)
        assert fragment in site.html[name].ids


def test_the_extension_of_the_json_feed_is_explained(site):
    for item in read_json(site)["items"]:
        name, fragment = site.find("", item["_comments"]["about"])
        assert fragment in site.html[name].ids


def test_a_feed_of_kept_comments_is_named_beside_the_page(build_site):
    comment = "Author: Ann\nDate: 2026-01-03\n\nWell said.\n"
    site = build_site({"posts/a.md": write_post(1), "comments/a/ann.md": comment})
    (entry,) = site.xml("feeds/all.atom.xml").findall(f"{ATOM}entry")
    replies = {
        link.get("type"): link
        for link in entry.findall(f"{ATOM}link")
        if link.get("rel") == "replies"
    }
    feed = replies["application/atom+xml"]
    assert [link.get(f"{THREADS}count") for link in replies.values()] == ["1", "1"]
    assert site.find("", feed.get("href"))[0] in site.files
    assert read_json(site)["items"][0]["_comments"]["feed"] == feed.get("href")


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_has_the_full_text_and_what_tells_of_it(sample, kind):
    entry = next(e for e in sample.feed(f"feeds/all.{kind}.xml").entries if "Markdown" in e.title)
    content = entry.content[0].value
    assert "<table" in content
    assert "A note at the foot" in content
    assert "Opening words" in entry.summary
    assert "<table" not in entry.summary
    assert [tag.term for tag in entry.tags] == ["Reading", "Weeding"]
    assert entry.author == "The Librarian"
    assert entry.published_parsed[:5] == (2026, 3, 4, 9, 30)


def test_the_json_feed_has_what_version_1_1_asks_for(site):
    feed = read_json(site)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{site.url}/feeds/all.json"
    assert feed["home_page_url"] == f"{site.url}/"
    for item in feed["items"]:
        assert {"id", "url", "title", "content_html", "date_published"} <= item.keys()
        assert datetime.fromisoformat(item["date_published"]).tzinfo
        extensions = [key for key in item if key.startswith("_")]
        assert all(re.fullmatch(r"_[a-zA-Z][^.]*", key) for key in extensions)
        assert all("about" in item[key] for key in extensions)


def test_every_address_in_a_feed_is_whole_and_leads_somewhere(site):
    texts = [item["content_html"] for item in read_json(site)["items"]]
    for name in site.feeds:
        texts += [entry.content[0].value for entry in site.feed(name).entries]
    for text in texts:
        for address in re.findall(r'<[a-z]+\b[^<>]*?\s(?:href|src)="([^"]*)"', text):
            assert re.match(r"https?://|mailto:", address), address
            if place := site.find("", address):
                assert place[0] in site.files, address
                assert not place[1] or place[1] in site.html[place[0]].ids, address


def test_only_a_links_own_place_gets_the_address_of_its_page():
    source = '<a class="x" href="#n">1</a> a href="#n" <code>&lt;a href="#n"&gt;</code>'
    whole = source.replace('<a class="x" href="', '<a class="x" href="https://e.org/p/')
    assert expand_fragments(source, "https://e.org/p/") == whole


def test_all_feeds_are_named_in_the_head_of_every_page(site):
    for name, page in site.pages.items():
        named = {
            link.get("type"): site.find(name, link.get("href"))[0]
            for link in page.all("link", rel="alternate")
            if "feeds/all" in link.get("href")
        }
        assert named == {
            "application/atom+xml": "feeds/all.atom.xml",
            "application/rss+xml": "feeds/all.rss.xml",
            "application/feed+json": "feeds/all.json",
        }


def test_a_feed_has_the_newest_posts_and_says_when_the_last_of_them_changed(build_site):
    files = number_posts(28) | {
        f"posts/more-{n}.md": f"Title: More {n}\nDate: 2025-{n // 28 + 1:02}-{n % 28 + 1:02}\n\nText.\n"
        for n in range(40)
    }
    site = build_site(files, FEED_LENGTH=50, TOPIC_FEED_LENGTH=20)
    assert len(site.feed("feeds/all.atom.xml").entries) == 50
    assert len(site.feed("feeds/all.rss.xml").entries) == 50
    assert len(read_json(site)["items"]) == 50
    topic = site.feed("topics/reading/feed.rss.xml")
    assert [fold(e.title) for e in topic.entries] == [f"Post {28 - n:02}" for n in range(20)]
    assert topic.feed.updated_parsed[:3] == (2026, 1, 28)


def test_nothing_of_what_is_hidden_is_in_a_feed(build_site):
    site = build_site(
        {
            "posts/a.md": write_post(0),
            "posts/draft.md": "Title: Canary\nDate: 2026-01-01\nStatus: draft\n\nCanary.\n",
            "posts/waiting.md": "Title: Canary\nDate: 2036-01-01\n\nCanary.\n",
        }
    )
    assert [name for name in site.files if b"anary" in site.bytes(name)] == []


def test_an_id_survives_another_title_text_domain_and_time_zone(build_site):
    first = build_site({"posts/a.md": write_post(0, "Modified: 2026-02-03\n")})
    changed = write_post(5).replace("Title: Post", "Title: Another").replace("Text", "New")
    second = build_site(
        {"posts/a.md": changed},
        siteurl="https://other.example/blog",
        TIMEZONE="Pacific/Auckland",
    )
    assert [*read_ids(first).values()] == [*read_ids(second).values()]
    ids = [site.feed("feeds/all.atom.xml").feed.id for site in (first, second)]
    assert ids[0] == ids[1]


def test_every_id_is_a_tag_uri_and_no_two_are_equal(site):
    ids = [*read_ids(site).values()]
    feeds = [site.feed(name).feed.id for name in site.feeds if name.endswith(".atom.xml")]
    assert len({*ids, *feeds}) == len([*ids, *feeds]) > 1
    assert all(TAG.fullmatch(text) for text in [*ids, *feeds])


def test_a_wrong_authority_stops_the_build_and_says_what_to_type(tmp_path):
    write_files(tmp_path / "content", {**LEAST, "posts/a.md": write_post(0)})
    with pytest.raises(AssertionError, match=r"FEED_AUTHORITY is “My Blog”.*Write one"):
        build_tree(tmp_path / "content", tmp_path / "out", FEED_AUTHORITY="My Blog")


@pytest.mark.parametrize(
    ("offset", "stamp"),
    [
        (timedelta(0), "1990-01-02T03:04:00+00:00"),
        (timedelta(hours=-5), "1990-01-02T03:04:00-05:00"),
        (timedelta(hours=5, minutes=30), "1990-01-02T03:04:00+05:30"),
        (timedelta(minutes=19, seconds=32), "1990-01-02T03:04:00+00:20"),
        (-timedelta(minutes=19, seconds=32), "1990-01-02T03:04:00-00:20"),
    ],
)
def test_a_stamp_has_an_offset_of_whole_minutes(offset, stamp):
    assert format_stamp(datetime(1990, 1, 2, 3, 4, tzinfo=timezone(offset))) == stamp


def test_a_date_before_the_time_zones_were_made_is_still_a_date(build_site):
    old = "Title: Old\nDate: 1850-01-02 03:04\n\nText.\n"
    site = build_site({"posts/a.md": old}, TIMEZONE="Europe/Amsterdam")
    (entry,) = site.xml("feeds/all.atom.xml").findall(f"{ATOM}entry")
    assert re.fullmatch(r"[-0-9T:]{19}[+-]\d\d:\d\d", entry.findtext(f"{ATOM}published"))
    rss = site.xml("feeds/all.rss.xml").findtext(".//item/pubDate")
    assert parsedate_to_datetime(rss).year == 1850


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Reader", ["Ann Reader"]),
        ("Reader, Ann; Writer, Ben", ["Ann Reader", "Ben Writer"]),
        ("{Marks and Spencer}", ["Marks and Spencer"]),
        ("<b>Ann</b> & Co", ["<b>Ann</b>", "Co"]),
    ],
)
def test_authors_are_named_one_by_one(build_site, line, names):
    site = build_site({"posts/a.md": write_post(0, f"Author: {line}\n")})
    (entry,) = site.xml("feeds/all.atom.xml").findall(f"{ATOM}entry")
    assert [e.text for e in entry.findall(f"{ATOM}author/{ATOM}name")] == names
    creators = site.xml("feeds/all.rss.xml").iter("{http://purl.org/dc/elements/1.1/}creator")
    assert [e.text for e in creators] == names
    assert [a["name"] for a in read_json(site)["items"][0]["authors"]] == names


def test_a_title_that_looks_like_markup_is_read_as_text(build_site):
    title = "A <b>bold</b> & <script>alert(1)</script> “claim” &amp; ]]>"
    site = build_site({"posts/a.md": write_post(0).replace("Post", title)})
    (item,) = read_json(site)["items"]
    assert fold(item["title"]) == site.page("posts/a/").texts("h1")[0]
    assert "<script>alert(1)</script>" in item["title"]
    atom = site.xml("feeds/all.atom.xml").find(f"{ATOM}entry/{ATOM}title")
    assert atom.get("type") == "html"
    rss = site.xml("feeds/all.rss.xml").findtext(".//item/title")
    for text in (atom.text, rss):
        assert "&lt;script&gt;" in text
        assert "<" not in text


def test_what_a_feed_says_of_itself_is_read_as_text(build_site):
    """RSS readers take a title and a description for HTML, in a channel as in an item."""
    evil = "3 < 5 & <b onclick=x>bold</b> &amp;"
    topic = f"Title: Odd {evil}\nUsed-for: odd\nSummary: About {evil}\n\nA note.\n"
    post = write_post(0).replace("Tags: Reading", "Tags: odd")
    site = build_site({"posts/a.md": post, "topics/odd.md": topic}, SITESUBTITLE=evil)
    for name in ("feeds/all", "topics/odd/feed"):
        channel = site.xml(f"{name}.rss.xml").find("channel")
        for text in (channel.findtext("title"), channel.findtext("description")):
            assert "<" not in text
        assert html.unescape(channel.findtext("description")).endswith(evil)
        assert site.xml(f"{name}.atom.xml").findtext(f"{ATOM}subtitle").endswith(evil)


def test_a_site_without_posts_has_feeds_that_can_be_read(tmp_path):
    write_files(tmp_path / "content", LEAST)
    (tmp_path / "content" / "posts").mkdir()
    site = build_tree(tmp_path / "content", tmp_path / "out")
    for name in site.feeds:
        assert site.feed(name).entries == []
        assert site.feed(name).feed.title.startswith("Libraries Got Game")
    assert read_json(site)["items"] == []


def test_a_picture_of_a_post_is_in_the_json_feed(build_site):
    files = {"posts/a.md": write_post(0, "Image: card.png\nImage-alt: A card\n")}
    site = build_site({**files, "images/card.png": SAMPLE["images/card.png"]})
    address = read_json(site)["items"][0]["image"]
    assert site.find("", address)[0] in site.files


def test_feeds_are_the_same_bytes_each_time(build_site):
    files = number_posts(3)
    first, second = build_site(files), build_site(files)
    names = [*first.feeds, "feeds/all.json"]
    assert {n: first.bytes(n) for n in names} == {n: second.bytes(n) for n in names}
    assert all(b"\r" not in first.bytes(name) for name in names)


def test_the_picture_at_the_top_is_in_all_three_feeds(build_site):
    post = write_post(0).replace("Tags", "Image: a.png\nImage-alt: <b> & shelf\nTags")
    site = build_site({"posts/a.md": post, "images/a.png": draw_png(900, 500)})
    address = f"{site.url}/images/a.png"
    for name in ("feeds/all.atom.xml", "feeds/all.rss.xml", "topics/reading/feed.rss.xml"):
        (entry,) = site.feed(name).entries
        (picture,) = entry.media_content
        assert (picture["url"], picture["type"], picture["width"]) == (address, "image/png", "900")
        described = site.xml(name).iter("{http://search.yahoo.com/mrss/}description")
        assert [each.text for each in described] == ["<b> & shelf"]
    assert read_json(site)["items"][0]["image"] == address


def test_a_topic_s_feed_says_what_the_topic_is_about(build_site):
    topic = {"topics/reading.md": "Title: Reading\nSummary: Of books.\n\nScope.\n"}
    site = build_site({"posts/a.md": write_post(0), **topic}, SITESUBTITLE="Of the site.")
    assert site.feed("topics/reading/feed.atom.xml").feed.subtitle == "Of books."
    assert site.feed("topics/reading/feed.rss.xml").feed.subtitle == "Of books."
    assert site.feed("feeds/all.atom.xml").feed.subtitle == "Of the site."
