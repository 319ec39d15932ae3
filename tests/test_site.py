"""The whole site, as readers get it: pages, words, counts, addresses and links."""

import base64
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import chain, pairwise
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from tests.conftest import (
    BELOW_URL,
    LEAST,
    OWN,
    PROJECT,
    ROOT_URL,
    SAMPLE,
    Site,
    build_tree,
    draw_png,
    fold,
    number_posts,
    read_numbers,
    write_files,
)

SEED = re.compile(
    r"^(?P<title>\S.*)\n\n(?P<count>\d+)\nCOM\n(?P<body>(?:(?!.*\n\n\d+\nCOM\n).*\n?)*)",
    re.MULTILINE,
)
SEEDS = [m.groupdict() for m in SEED.finditer((PROJECT / "tests/seeds.txt").read_text("utf-8"))]
HOSTILE = (
    """</title><script>alert(1)</script> "onload=x '{{ 7*7 }}' {% raw %} ]]> &amp;amp; <b> & %s"""
)
# Names of vocabularies, which nothing fetches (DCMI, Expressing Dublin Core in HTML, section 3.3).
VOCABULARIES = {
    "schema.DC": "http://purl.org/dc/elements/1.1/",
    "schema.DCTERMS": "http://purl.org/dc/terms/",
}
DATA = "application/ld+json"


def write_post(title="A title", body="Some words.", **header):
    """Write a post's file; `Image_alt` stands for `Image-alt`."""
    lines = {"Title": title, "Date": "2026-01-02", **header}
    return "".join(f"{k.replace('_', '-')}: {v}\n" for k, v in lines.items()) + f"\n{body}\n"


def read_entries(page):
    """Return the title and the record line of each post in a page's list, in order."""
    entries = page.all("article", class_="entry") + page.all("li", class_="h-entry")
    return [
        tuple(
            next(page.text(e) for e in entry.iter() if name in e.get("class", "").split())
            for name in ("p-name", "record")
        )
        for entry in entries
    ]


def read_count(record):
    """Return the number of comments at the end of a record line, and the theme's word for them."""
    number, word = record.rpartition(" · ")[2].split(" ", 1)
    return read_numbers(number)[0], word


# Words


def test_the_seeds_are_two_posts_of_some_length():
    assert [seed["count"] for seed in SEEDS] == ["0", "0"]
    assert all(len(seed["body"].split()) > 90 for seed in SEEDS)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["title"][:14])
def test_a_built_post_keeps_every_word_of_the_seed_in_order(seeded, seed):
    page = find_post(seeded, seed["title"])
    body = fold(seed["body"].replace("*should*", "should"))
    if seed["title"] in body:  # a question that is the title stands there alone
        body = fold(re.sub(r"^\W*Query:.*$", "", seed["body"], count=1, flags=re.MULTILINE))
    assert page.post.split() == body.split()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["title"][:14])
def test_around_a_post_s_text_is_what_the_catalogue_says_of_it_and_no_more(seeded, seed):
    page = find_post(seeded, seed["title"])
    (article,) = page.one("main")
    parts = ["title", "e-content prose", "comments record", None]
    assert [part.get("class") for part in article] == parts
    assert [e.get("class").split()[0] for e in article[0]] == ["mark", "p-name", "record"]
    (other,) = (s["title"] for s in SEEDS if s is not seed)
    terms = [page.text(row[0]) for row in page.one("dl", class_="facts").iter("div")]
    way = "Later" if page.under("Later") else "Earlier"
    assert terms == ["Filed under", "By", way, "Cite this"]
    assert [page.text(a) for a in page.under(way)] == [fold(other)]


def find_post(site, title):
    """Find the page of a post by its heading."""
    posts = [page for name, page in site.pages.items() if name.startswith("posts/")]
    (page,) = [page for page in posts if page.texts("h1") == [fold(title)]]
    return page


def test_the_author_s_own_emphasis_is_kept(seeded):
    page = find_post(seeded, SEEDS[0]["title"])
    assert page.texts("em") == ["should"]
    assert "*" not in page.words


def test_quotation_marks_are_set_as_a_printer_would(seeded):
    page = find_post(seeded, SEEDS[0]["title"])
    text = "".join(page.one("div", class_="e-content").itertext())
    assert "didn’t" in text
    assert "‘seemingly small’" in text
    assert "'" not in text


def test_titles_keep_ordinary_blanks_for_those_who_copy_and_cite_them(site):
    for name, page in site.pages.items():
        for element in (page.one("title"), page.one("h1")):
            assert "\N{NO-BREAK SPACE}" not in "".join(element.itertext()), name
    titles = [e.title for name in site.feeds for e in site.feed(name).entries]
    assert not [title for title in titles if "\N{NO-BREAK SPACE}" in title]


# Counts


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["title"][:14])
def test_a_seed_shows_its_0_comments_everywhere(seeded, seed):
    title = fold(seed["title"])
    page = find_post(seeded, title)
    assert read_numbers(page.text(page.one("*", class_="comments"))) == [0]
    records = {"": page.texts("p", class_="record")[0]}
    for name, page in seeded.pages.items():
        records |= {name: dict(read_entries(page)).get(title, "")}
    records = {name: record for name, record in records.items() if record}
    assert {read_count(record)[0] for record in records.values()} == {0}
    assert {"index.html", "archives/index.html"} < records.keys()
    assert sum(name.startswith("topics/") for name in records) == 1


def test_the_list_of_questions_shows_counts_as_every_list_does(seeded, woven_below):
    for site, count in ((seeded, 0), (woven_below, 5)):
        (record,) = site.page("questions/").texts("p", class_="record")
        assert read_count(record)[0] == count


COUNTS = (0, 1, 12, 1024)


@pytest.fixture(scope="session")
def counted(build_site):
    """Build a post for each count, and one that gives none; the last has a topic of its own."""
    posts = {f"posts/n{n}.md": write_post(f"Has {n}", Comments=n, Tags="Reading") for n in COUNTS}
    one = {"posts/one.md": write_post("Has one", Comments=1, Tags="Weeding")}
    none = {"posts/none.md": write_post("Has none", Tags="Reading")}
    topic = {"topics/weeding.md": "Title: Weeding\n\nThrow away.\n"}
    return build_site({**posts, **one, **none, **topic})


@pytest.mark.parametrize("address", ["", "archives/", "topics/reading/"])
def test_every_list_shows_each_post_s_count(counted, address):
    shown = dict(read_entries(counted.page(address)))
    for count in COUNTS:
        assert read_count(shown[f"Has {count}"])[0] == count
    assert shown["Has none"] == shown["Has 0"]


def test_only_one_comment_is_counted_in_the_singular(counted):
    words = {read_count(record) for _, record in read_entries(counted.page("archives/"))}
    one = {word for number, word in words if number == 1}
    many = {word for number, word in words if number != 1}
    assert len(one) == len(many) == len(one | many) - 1 == 1


@pytest.mark.parametrize("count", COUNTS)
def test_a_post_s_page_shows_its_day_its_length_and_its_count(counted, count):
    page = counted.page(f"posts/n{count}/")
    record = page.all("p", class_="record")[0]
    assert [time.get("datetime")[:10] for time in record.iter("time")] == ["2026-01-02"]
    assert read_numbers(page.text(record)) == [2, 2026, 1, count]


def test_a_topic_counts_its_posts_and_their_comments(counted):
    wanted = {"reading": [5, 1037], "weeding": [1, 1]}
    for slug, numbers in wanted.items():
        page = counted.page(f"topics/{slug}/")
        (record,) = [e for e in page.one("div", class_="drawer") if e.get("class") == "record"]
        assert read_numbers(page.text(record)) == numbers
    cards = [
        counted.page("topics/").text(e) for e in counted.page("topics/").one("main").iter("li")
    ]
    assert [(card.split()[0], read_numbers(card)) for card in cards] == [
        (slug.title(), numbers) for slug, numbers in wanted.items()
    ]


# Every page


def test_every_page_is_strictly_parsed_and_begins_with_a_doctype(site):
    assert "index.html" in site.html
    for page in site.html.values():  # what is not HTML by the standard has raised an error by now
        assert page.source.startswith("<!DOCTYPE html>\n")
        assert page.source.count("\ufdd0") == 0


def test_every_page_has_one_heading_of_the_first_level_and_leaves_no_level_out(site):
    for name, page in site.pages.items():
        texts = page.all("*", class_="prose")  # where the levels are the author's
        own = {id(element) for text in texts for element in text.iter()}
        headings = [e for e in page.all("*") if re.fullmatch("h[1-6]", e.tag) and id(e) not in own]
        levels = [int(e.tag[1]) for e in headings]
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(b <= a + 1 for a, b in pairwise(levels)), name


def test_every_page_has_a_title_and_a_description(site):
    for name, page in site.pages.items():
        rest = page.title.replace(fold(site.settings["SITENAME"]), "")
        assert rest.strip(" ·") or name == "index.html"
        assert page.meta("description").strip(), name


def test_no_two_pages_have_one_title(made):
    titles = Counter(page.title for page in made.pages.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_page_has_its_own_address_as_canonical_link_but_404_has_none(site):
    for name, page in site.pages.items():
        canonical = [e.get("href") for e in page.all("link", rel="canonical")]
        assert canonical == ([] if name == "404.html" else [site.address(name)])
    assert not [n for n, p in site.pages.items() if p.all("meta", name="robots")]


def test_every_page_names_its_language_its_characters_and_the_width_it_is_for(site):
    for page in site.html.values():
        assert page.one("html").get("lang") == site.settings["DEFAULT_LANG"]
        assert page.one("head")[0].get("charset") == "utf-8"
    for page in site.pages.values():
        assert page.meta("viewport") == "width=device-width, initial-scale=1"


def test_the_first_link_of_every_page_skips_to_its_main_part(site):
    for page in site.pages.values():
        first = page.one("body")[0]
        assert (first.tag, first.get("href")) == ("a", "#main")
        assert page.text(first)
        main = page.one("main")
        assert main.get("id") == "main"
        assert main.get("tabindex") == "-1"


def test_every_id_stands_once_on_its_page_and_every_label_names_one(site):
    for page in site.html.values():
        assert [i for i, count in Counter(page.ids).items() if count > 1 or not i] == []
        for element in page.all("*"):
            for name in ("aria-labelledby", "aria-describedby", "for", "headers"):
                assert set((element.get(name) or "").split()) <= set(page.ids)


def test_every_navigation_of_a_page_has_a_name_of_its_own(site):
    for page in site.pages.values():
        names = [nav.get("aria-label") for nav in page.all("nav")]
        assert all(names)
        assert len(names) == len(set(names)) >= 1


def test_the_masthead_leads_everywhere_and_marks_where_the_reader_is(site):
    for name, page in site.pages.items():
        links = list(page.one("nav", class_="nav").iter("a"))
        places = [site.find(name, a.get("href"))[0] for a in links]
        assert len(set(places)) == len(links) == len({page.text(a) for a in links})
        for place in ("index.html", "archives/index.html", "topics/index.html"):
            assert place in places
        assert ("questions/index.html" in places) == ("questions/index.html" in site.files)
        here = "index.html" if name.startswith("page/") else name
        current = [
            place for a, place in zip(links, places, strict=True) if a.get("aria-current") == "page"
        ]
        assert current == [place for place in places if place == here], name


def test_no_page_runs_a_program_or_has_a_style_but_one(site):
    for name, page in site.html.items():
        blocks = page.all("script", type=DATA)  # data (HTML, 4.12.1), and no program
        programs = [e.get("src") for e in page.all("script") if e not in blocks]
        search = f"{urlsplit(site.url).path}/search/search.js"
        own = {"search/index.html": [search], "404.html": [None]}.get(name, [])
        assert programs == own, name
        assert len(blocks) == (0 if name in site.redirects or is_bare(name) else 1), name
        for block in blocks:
            assert "<" not in block.text
            assert json.loads(block.text)["@context"] == "https://schema.org"
        assert [e.tag for e in page.all("*") if any(k.startswith("on") for k in e.attrib)] == []
        assert [e.tag for e in page.all("*") if e.get("style") is not None] == []
        assert not [
            u for _, u in page.links if u.strip().lower().startswith(("javascript", "data"))
        ]
        assert len(page.all("style")) == (0 if name in site.redirects else 1)
        assert page.all("link", rel="stylesheet") == []


def is_bare(name):
    """Return whether a page says nothing of itself in data: it is lost, or goes on from the home page."""
    return name == "404.html" or name.startswith("page/")


def is_post(name):
    return name.startswith("posts/") and name.endswith("/index.html")


def test_the_policy_stands_before_the_style_and_names_it_by_its_hash(site):
    for name, page in site.pages.items():
        head = list(page.one("head"))
        (policy,) = (e for e in head if e.get("http-equiv") == "Content-Security-Policy")
        (style,) = page.all("style")
        assert head.index(policy) < head.index(style), name
        digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
        rules = dict(rule.split(" ", 1) for rule in policy.get("content").split("; "))
        sources = ["'self'", "'wasm-unsafe-eval'"] if name == "search/index.html" else []
        for script in page.all("script"):
            if script.text:
                sha = hashlib.sha256(script.text.encode()).digest()
                sources.append(f"'sha256-{base64.b64encode(sha).decode()}'")
        programs = {"script-src": " ".join(sources)} if sources else {}
        assert rules == {
            "default-src": "'none'",
            "style-src": f"'sha256-{digest}'",
            "img-src": "'self' data:",
            "media-src": "'self'",
            "connect-src": "'self'",
            "manifest-src": "'self'",
            **programs,
            "base-uri": "'none'",
            "form-action": "'self'",
        }


def test_nothing_is_loaded_from_another_site(site):
    for name, page in site.html.items():
        for element, link in page.links:
            rel = element.get("rel")
            if element.tag == "link" and rel in VOCABULARIES:
                assert link == VOCABULARIES[rel]
                continue
            loads = element.tag != "a" and rel not in ("canonical", "alternate")
            if loads or element.tag == "img":
                assert site.find(name, link) is not None, (name, link)
            assert not link.startswith("//")
        for style in page.all("style"):
            assert "url(" not in style.text
            assert "@import" not in style.text


def test_only_what_the_author_or_a_reader_links_leads_to_another_site(sample, seeded, woven_below):
    written = {"https://ann.example/", "https://example.com/so"}
    for site, wanted in (
        (seeded, set()),
        (sample, {"https://example.com/x?a=1&b=2"}),
        (woven_below, written),
    ):
        away = {
            link
            for name, page in site.html.items()
            for element, link in page.links
            if not site.find(name, link) and VOCABULARIES.get(element.get("rel")) != link
        }
        mails = {link for link in away if link.startswith("mailto:desk@example.org?")}
        assert away - mails == wanted
        posts = [name for name in site.pages if is_post(name)]
        assert len(mails) == (len(posts) if site is woven_below else 0)


def test_every_picture_says_what_it_shows(site):
    assert all(e.get("alt") is not None for p in site.html.values() for e in p.all("img"))


def test_every_post_in_every_list_leads_to_its_page(site):
    for name, page in site.pages.items():
        if is_post(name):
            continue
        for link in page.all("a", class_="u-url"):
            file, _ = site.find(name, link.get("href"))
            assert site.pages[file].texts("h1") == [page.text(link)]


# Links


def test_every_internal_link_and_fragment_leads_to_something(site):
    found = 0
    for name, page in site.html.items():
        for _, link in page.links:
            target = site.find(name, link)
            if target is None:
                continue
            file, fragment = target
            assert file in site.files, f"{name}: {link}"
            assert not fragment or fragment in site.html[file].ids, f"{name}: {link}"
            found += 1
    assert found > 10 * len(site.pages)


def test_no_link_leaves_the_folder_that_the_site_lies_in(blog, sample_below):
    for site in (blog, sample_below):
        root = urlsplit(BELOW_URL)
        for name, page in site.html.items():
            for _, link in page.links:
                parts = urlsplit(link)
                if parts.scheme in ("", root.scheme) and parts.netloc in ("", root.netloc):
                    assert not parts.path or parts.path.startswith("/blog/"), f"{name}: {link}"


def test_the_404_page_works_at_any_depth(site):
    links = [link for _, link in site.pages["404.html"].links]
    root = urlsplit(site.url).path + "/"
    assert [e for e in links if not e.startswith((root, "#")) and not urlsplit(e).scheme] == []


def test_nothing_names_the_computer_that_it_was_made_on(site):
    for name, data in site.all_bytes.items():
        for place in (PROJECT, site.folder.parent):
            assert os.fsencode(place) not in data, name
            assert quote(str(place), safe="").encode() not in data, name


def test_nothing_shows_how_links_were_typed_and_resolved(made):
    for name, data in made.all_bytes.items():
        for trace in (b"localhost", b"127.0.0.1", b"{filename}", b"{static}"):
            assert trace not in data, name
        # An address of a file has a slash there, also where it is escaped; “As a file: BibTeX” has none.
        assert not re.search(rb"file(:|%3a)(/|\\|%2f|%5c)", data, re.IGNORECASE), name


def test_the_tree_below_a_folder_is_the_tree_of_the_root(sample, sample_below):
    assert sample.files == sample_below.files
    for name in sample.html:  # the two name the addresses that they are for, and differ in no more
        words = sample_below.html[name].words
        assert sample.html[name].words == words.replace(BELOW_URL, ROOT_URL)


def test_a_last_slash_in_the_site_s_address_changes_nothing(build_site):
    files = {"posts/a.md": write_post()}
    plain, slash = (build_site(files, siteurl=BELOW_URL + end) for end in ("", "/"))
    assert plain.all_bytes == slash.all_bytes


# Addresses


def test_the_site_has_exactly_the_addresses_that_it_promises(build_site):
    site = build_site({"posts/2026-01-02-weeding.md": write_post(Tags="Reading")})
    files = [name for name in site.files if not name.startswith("search/pagefind/")]
    assert files == [
        "404.html",
        "about/index.html",
        "addresses.txt",
        "apple-touch-icon.png",
        "archives/index.html",
        "card.png",
        "favicon.ico",
        "feeds/all.atom.xml",
        "feeds/all.json",
        "feeds/all.rss.xml",
        "icon-192.png",
        "icon-512.png",
        "icon.svg",
        "index.html",
        "llms.txt",
        "posts/weeding/card.png",
        "posts/weeding/citation.bib",
        "posts/weeding/citation.ris",
        "posts/weeding/index.html",
        "robots.txt",
        "search/index.html",
        "search/search.js",
        "site.webmanifest",
        "sitemap.xml",
        "subscribe/index.html",
        "topics.jsonld",
        "topics/index.html",
        "topics/reading/bibliography.bib",
        "topics/reading/bibliography.ris",
        "topics/reading/card.png",
        "topics/reading/feed.atom.xml",
        "topics/reading/feed.rss.xml",
        "topics/reading/index.html",
    ]


@pytest.mark.parametrize(
    ("files", "more"),
    [
        (
            {"posts/weeding.md": "Query: Why?\n\nShort answer: Because."},
            ["questions/index.html"],
        ),
        (
            {"comments/weeding/ann.md": "Author: Ann\nDate: 2026-01-03\n\nYes.\n"},
            ["posts/weeding/comments.atom.xml"],
        ),
        (
            {"topics/reading.md": "Title: Reading\nUsed-for: perusal, Book use\n\nScope.\n"},
            ["topics/book-use/index.html", "topics/perusal/index.html"],
        ),
    ],
)
def test_a_question_a_kept_comment_and_a_variant_add_their_addresses(build_site, files, more):
    least = {"posts/weeding.md": write_post(Tags="Reading")}
    asked = {
        n: write_post(body=t, Tags="Reading") if n.startswith("posts/") else t
        for n, t in files.items()
    }
    before, after = build_site(least), build_site({**least, **asked})
    old, new = (
        {name for name in site.files if not name.startswith("search/pagefind/")}
        for site in (before, after)
    )
    assert sorted(new - old) == more
    assert old <= new


def test_posts_pages_and_topics_lie_where_their_files_are_named(seeded):
    places = {"posts": "posts/", "topics": "topics/", "pages": ""}
    for folder, place in places.items():
        for path in (OWN / "content" / folder).glob("*.md"):
            assert f"{place}{path.stem}/index.html" in seeded.pages


@pytest.mark.parametrize(
    ("file", "header", "slug"),
    [
        ("weeding.md", {}, "weeding"),
        ("2026-01-02-weeding.md", {}, "weeding"),
        ("2026-01-02 Weeding the Stacks.md", {}, "weeding-the-stacks"),
        ("2025/07/weeding.md", {}, "weeding"),
        ("weeding.md", {"title": "Another title"}, "weeding"),
        ("weeding.md", {"Date": "2001-12-31"}, "weeding"),
        ("weeding.md", {"Slug": "culling"}, "culling"),
        ("café.md", {}, "cafe"),
        ("1984.md", {}, "1984"),
    ],
)
def test_the_address_comes_from_the_file_s_name_or_the_slug(build_site, file, header, slug):
    site = build_site({f"posts/{file}": write_post(**header)})
    assert [n for n in site.files if n.startswith("posts/")] == [
        f"posts/{slug}/{name}"
        for name in ("card.png", "citation.bib", "citation.ris", "index.html")
    ]


def test_a_topic_without_posts_has_its_page(sample):
    page = sample.page("topics/silence/")
    assert "Nothing is written about it yet." in page.words
    assert len(page.all("p", class_="none")) == 1
    assert page.all("article") == []
    (card,) = [c for c in sample.page("topics/").texts("li") if c.startswith("Silence")]
    assert read_numbers(card) == [0, 0]


def test_a_topic_s_page_shows_its_scope_note_its_other_names_and_its_feeds(sample):
    page = sample.page("topics/weeding/")
    assert page.texts("dd")[0] == "Throw away."
    assert page.texts("em")[0] == "away"
    assert {"deselection", "culling"} <= set(page.texts("dd"))
    for place in ("head", "main"):
        found = {e.get("href", "") for e in page.one(place).iter() if isinstance(e.tag, str)}
        feeds = {link for link in found if "/feed." in link}
        assert feeds == {"/topics/weeding/feed.atom.xml", "/topics/weeding/feed.rss.xml"}


def test_a_topic_lists_its_posts_newest_first_each_once(build_site):
    posts = number_posts(3)
    posts["posts/both.md"] = write_post("Both", Tags="reading, READING, Books", Category="Reading")
    topics = {"topics/reading.md": "Title: Reading\nUsed-for: Books\n\nScope.\n"}
    page = build_site({**posts, **topics}).page("topics/reading/")
    assert [title for title, _ in read_entries(page)] == ["Post 03", "Post 02", "Both", "Post 01"]


def test_a_post_names_its_topics_as_their_records_do_and_links_them(build_site):
    topic = {"topics/weeding.md": "Title: Weeding & culling\nUsed-for: deselection\n\nScope.\n"}
    site = build_site({"posts/a.md": write_post(Tags="deselection, reading"), **topic})
    page = site.page("posts/a/")
    links = page.all("a", rel="tag")
    assert [(page.text(e), e.get("href")) for e in links] == [
        ("Weeding & culling", "/topics/weeding/"),
        ("Reading", "/topics/reading/"),
    ]


# Lists


def read_home(site):
    """Read the titles of the home page and of the pages that follow it."""
    titles, name = [], "index.html"
    while name:
        page = site.pages[name]
        titles.append([title for title, _ in read_entries(page)])
        following = page.all("a", rel="next")
        name = site.find(name, following[0].get("href"))[0] if following else ""
    return titles


def test_the_home_page_goes_on_until_every_post_was_shown_once(build_site):
    site = build_site(number_posts(25))
    pages = read_home(site)
    assert [len(titles) for titles in pages] == [10, 10, 5]
    assert list(chain(*pages)) == [f"Post {n:02}" for n in range(25, 0, -1)]
    before = None
    for number, name in enumerate(("index.html", "page/2/index.html", "page/3/index.html"), 1):
        page = site.pages[name]
        (pager,) = page.texts("nav", class_="pager")
        assert read_numbers(pager) == [number, 3]
        back = [site.find(name, e.get("href"))[0] for e in page.all("a", rel="prev")]
        assert back == ([before] if before else [])
        before = name


@pytest.mark.parametrize(("posts", "pages"), [(0, 0), (1, 0), (10, 0), (11, 1), (20, 1), (21, 2)])
def test_the_home_page_has_as_many_pages_as_the_posts_need(build_site, posts, pages):
    site = build_site(number_posts(posts))
    assert sum(name.startswith("page/") for name in site.files) == pages
    assert bool(site.page("").all("nav", class_="pager")) == bool(pages)


def test_posts_of_one_moment_keep_their_order_in_every_list(build_site):
    names = ["b", "d", "a", "e", "c", "z-first"]
    files = {f"posts/{n}.md": write_post(f"Title {n}", Tags="Reading") for n in names}
    files["posts/z-first.md"] = write_post("Title z", Date="2026-01-02T02:00+01:00", Tags="Reading")
    site = build_site(files)
    wanted = ["Title z", *(f"Title {n}" for n in "edcba")]
    for address in ("", "archives/", "topics/reading/"):
        assert [title for title, _ in read_entries(site.page(address))] == wanted
    assert [fold(entry.title) for entry in site.feed("feeds/all.atom.xml").entries] == wanted


def test_the_archive_holds_every_post_under_its_year_newest_first(build_site):
    dates = {"a": "2024-12-31", "b": "2026-05-01", "c": "2024-01-01", "d": "2026-05-02"}
    files = {f"posts/{n}.md": write_post(f"Title {n}", Date=date) for n, date in dates.items()}
    page = build_site(files).page("archives/")
    years = [
        (page.text(section[0]), [page.text(e)[-1] for e in section.iter("a")])
        for section in page.all("section", class_="year")
    ]
    assert years == [("2026", ["d", "b"]), ("2024", ["a", "c"])]


def test_a_site_without_posts_says_so(build_site):
    site = build_site({})
    for address in ("", "archives/"):
        assert all(site.page(address).texts("p", class_="none"))
        assert len(site.page(address).all("p", class_="none")) == 1


def test_a_page_that_is_gone_is_in_no_masthead(build_site):
    posts = {"posts/a.md": write_post()}
    site = build_site({**posts, "pages/about.md": None})
    assert "about/index.html" not in site.files
    for name, page in site.pages.items():
        for link in page.one("nav", class_="nav").iter("a"):
            assert site.find(name, link.get("href"))[0] in site.files


# What the author types


def test_header_text_reaches_every_page_as_text(build_site):
    files = {
        "posts/a.md": write_post(
            HOSTILE,
            Tags=f'"{"</a>reading"}", Reading',
            Summary=HOSTILE,
            Author=HOSTILE,
            Image="card.png",
            Image_alt=HOSTILE,
            Aliases="/old/",
        ),
        "images/card.png": draw_png(),
        "topics/reading.md": f"Title: {HOSTILE}\nUsed-for: </a>reading, Reading\nSummary: {HOSTILE}\n\nx\n",
        "pages/about.md": f"Title: {HOSTILE}\nSummary: {HOSTILE}\n\nx\n",
    }
    site = build_site(files)
    shown = fold(HOSTILE)
    for address in ("posts/a/", "topics/reading/", "about/"):
        page = site.page(address)
        assert page.texts("h1") == [shown]
        assert page.title.startswith(f"{shown} ")
        assert page.title.endswith(" Libraries Got Game")
        assert fold(page.meta("description")) == shown
    assert shown in site.page("old/").words
    for address in ("", "topics/", "archives/", "topics/reading/", "posts/a/"):
        assert shown in site.page(address).words
    for name, page in site.html.items():
        assert "49" not in page.words, name
        assert page.all("b") == []
        assert not [e for e in page.all("*") if any(k.startswith("on") for k in e.attrib)]


def test_template_signs_in_a_text_stay_as_typed(build_site):
    body = "Write {{ 7*7 }} or {% include 'x' %} and {slug} and %s and ${x}."
    page = build_site({"posts/a.md": write_post(body=body)}).page("posts/a/")
    assert page.texts("div", class_="e-content") == [body]


NOTED = {
    "posts/a.md": write_post(
        body="Libraries[^1] matter[^b].\n\n[^1]: A note.\n[^b]: Another.", Tags="Noted"
    ),
    "posts/b.md": write_post(
        "Asked",
        "Query: Do libraries[^1] matter?\n\nShort answer: Librarians[^2] say so.\n\n"
        "[^1]: One.\n[^2]: Two.",
    ),
    "posts/c.md": write_post("List", "- Libraries[^1]\n- Shelves\n\n[^1]: A note."),
    "topics/noted.md": "Title: Noted\n\nOf libraries[^1].\n\n[^1]: A note.\n",
}


def test_the_sign_of_a_note_stands_with_its_text_alone(build_site):
    site = build_site(NOTED)
    for name, data in site.all_bytes.items():
        assert not re.search(rb"(?i)(?:librar(?:ies|ians)|matter)[0-9]", data), name
    assert site.page("posts/a/").meta("description") == "Libraries matter."
    assert site.page("topics/noted/").meta("description") == "Of libraries."
    (noted,) = (
        c for c in json.loads(site.text("topics.jsonld"))["@graph"] if c["@id"].endswith("/noted/")
    )
    assert noted["scopeNote"] == "Of libraries. A note."
    assert site.page("posts/c/").meta("description").startswith("Libraries Shelves")
    graph = json.loads(site.page("posts/b/").one("script", type=DATA).text)["@graph"][0][
        "mainEntity"
    ]
    assert graph["name"] == "Do libraries matter?"
    assert graph["acceptedAnswer"]["text"] == "Librarians say so."
    entries = {entry.link: entry.summary for entry in site.feed("feeds/all.atom.xml").entries}
    assert fold(html.unescape(entries[f"{site.url}/posts/a/"])) == "Libraries matter."


def test_the_day_of_the_last_change_is_shown_when_it_is_another(build_site):
    files = {
        "posts/a.md": write_post(body="A.", Modified="2026-02-03"),
        "posts/b.md": write_post(body="B.", Modified="2026-01-02 17:00"),
        "posts/c.md": write_post(body="C."),
    }
    site = build_site(files)
    days = [site.page(f"posts/{name}/").all("time", class_="dt-updated") for name in "abc"]
    assert [[day.get("datetime")[:10] for day in each] for each in days] == [["2026-02-03"], [], []]


def test_a_post_shows_who_wrote_it_where_that_is_not_the_site_s_author(build_site):
    written = write_post(body="Other words.", Author="Ann Reader")
    site = build_site({"posts/a.md": written, "posts/b.md": write_post()})
    main = site.page("posts/a/").one("main")
    assert "Ann Reader" in site.page("posts/a/").text(main)
    assert "Ann Reader" not in site.page("posts/b/").words


def test_a_post_shows_the_picture_of_its_header(build_site):
    files = {"posts/a.md": write_post(Image="card.png", Image_alt="A white card")}
    site = build_site({**files, "images/card.png": draw_png()}, siteurl=BELOW_URL)
    picture = site.page("posts/a/").one("img")
    assert site.find("posts/a/index.html", picture.get("src")) == ("images/card.png", "")
    assert picture.get("alt") == "A white card"


def test_a_picture_is_published_only_if_a_page_shows_it(build_site):
    files = {"posts/a.md": write_post(body="![x](../images/used.png)")}
    pictures = {"images/used.png": draw_png(), "images/unused.png": draw_png()}
    site = build_site({**files, **pictures})
    assert [n for n in site.files if n.startswith("images/")] == ["images/used.png"]
    assert site.bytes("images/used.png") == draw_png()


def test_what_lies_in_extra_is_copied_to_the_root(sample):
    assert sample.text("robots-note.txt") == "Hello, robot.\n"


# Old addresses


@pytest.mark.parametrize("which", ["sample", "sample_below"])
def test_an_alias_leads_to_the_new_address_and_a_variant_to_its_topic(request, which):
    site = request.getfixturevalue(which)
    targets = {
        "2019/05/old-name/index.html": "posts/rich/",
        "old.html": "posts/rich/",
        "topics/culling/index.html": "topics/weeding/",
        "topics/deselection/index.html": "topics/weeding/",
    }
    assert sorted(site.redirects) == sorted(targets)
    for name, page in site.redirects.items():
        target = targets[name]
        assert "noindex" in page.meta("robots")
        assert page.one("link", rel="canonical").get("href") == f"{site.url}/{target}"
        delay, _, url = (
            page.all("meta", **{"http-equiv": "refresh"})[0].get("content").partition("; url=")
        )
        assert delay == "0"
        assert site.find(name, url) == (f"{target}index.html", "")
        assert site.find(name, page.one("a").get("href")) == (f"{target}index.html", "")
        assert url == f"{urlsplit(site.url).path}/{target}"


def test_pages_and_topics_have_old_addresses_too(build_site):
    files = {
        "pages/about.md": "Title: About\nAliases: /who/\n\nMe.\n",
        "topics/reading.md": "Title: Reading\nAliases: /tag/reading.html\n\nScope.\n",
    }
    site = build_site(files)
    targets = {n: p.one("link", rel="canonical").get("href") for n, p in site.redirects.items()}
    assert targets == {
        "who/index.html": f"{site.url}/about/",
        "tag/reading.html": f"{site.url}/topics/reading/",
    }


# What is not published yet


SECRETS = {
    "posts/canary-draft-slug.md": write_post(
        "Canary draft title",
        "Canary draft text. ![Canary draft alt](../images/canary-draft.png)",
        Status="draft",
        Tags="Reading, Canary draft topic",
        Aliases="/canary-old-draft/",
        Summary="Canary draft summary",
    ),
    "posts/canary-waiting-file.md": write_post(
        "Canary waiting title",
        "Canary waiting text. ![Canary alt](../images/canary-waiting.png)",
        Date="2031-02-03 09:30",
        Tags="Canary waiting topic",
        Slug="canary-waiting-slug",
        Aliases="/canary-old-waiting/",
    ),
    "pages/canary-page.md": "Title: Canary page\nStatus: draft\n\nCanary page text.\n",
    "topics/canary-draft-topic.md": "Title: Canary draft topic\n\nCanary scope.\n",
    "topics/canary-waiting-topic.md": "Title: Canary waiting topic\n\nCanary scope.\n",
    "images/canary-draft.png": draw_png(),
    "images/canary-waiting.png": draw_png(),
    "posts/open.md": write_post("Open", Tags="Reading"),
}


def test_a_build_holds_no_byte_of_drafts_and_waiting_posts(build_site):
    with_secrets = build_site(SECRETS)
    without = build_site({"posts/open.md": SECRETS["posts/open.md"]})
    assert with_secrets.all_bytes == without.all_bytes
    assert not any("canary" in name.lower() for name in with_secrets.files)
    assert not any(b"canary" in data.lower() for data in with_secrets.all_bytes.values())


def test_a_preview_shows_drafts_and_waiting_posts_with_a_badge(build_site):
    site = build_site(SECRETS, preview=True, siteurl="http://localhost:8000")
    badges = {
        "posts/canary-draft-slug/": ["Draft"],
        "posts/canary-waiting-slug/": ["Waiting: goes live Monday 3 February 2031 at 09:30"],
        "canary-page/": ["Draft"],
        "posts/open/": [],
        "about/": [],
    }
    for address, badge in badges.items():
        assert site.page(address).texts("p", class_="badge") == badge
    both = sorted(badges["posts/canary-draft-slug/"] + badges["posts/canary-waiting-slug/"])
    for address in ("", "archives/"):
        assert sorted(site.page(address).texts("p", class_="badge")) == both
    assert {"images/canary-draft.png", "images/canary-waiting.png"} <= set(site.files)


def test_a_waiting_post_goes_live_at_its_moment_in_the_site_s_time_zone(build_site):
    def shows(now, **zone):
        site = build_site({"posts/a.md": write_post(Date="2026-07-01 09:30")}, now=now, **zone)
        return "posts/a/index.html" in site.files

    assert not shows("2026-07-01T09:29:59+00:00")
    assert shows("2026-07-01T09:30:00+00:00")
    assert shows("2026-07-01T07:30:00+00:00", TIMEZONE="Europe/Berlin")
    assert not shows("2026-07-01T07:29:59+00:00", TIMEZONE="Europe/Berlin")


# The same input, the same bytes


TASK = [Path(__file__).with_name("run_task.py")]
PELICAN = ["-m", "pelican", "content", "--fatal", "warnings", "-o"]


def run_build(command, output, cwd, **environment):
    """Build with a command in a process of its own; the clock stands still in 2030."""
    env = {
        **{k: v for k, v in os.environ.items() if k not in ("SITE_URL", "LANG", "LC_ALL", "TZ")},
        "SOURCE_DATE_EPOCH": "1900000000",
        "PYTHONDONTWRITEBYTECODE": "1",
        **environment,
    }
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return Site(output, "")


@pytest.fixture(scope="session")
def sample_content(tmp_path_factory):
    """Write the made-up site's files."""
    folder = tmp_path_factory.mktemp("content")
    write_files(folder, {**LEAST, **SAMPLE})
    return folder


def test_seed_zone_locale_folder_and_order_of_files_change_no_byte(clone, sample_content, tmp_path):
    again = tmp_path / "a copy"
    write_files(again, dict(reversed({**LEAST, **SAMPLE}.items())))
    one, two = tmp_path / "one", tmp_path / "two"
    task = [*TASK, clone, "build", "--output"]
    zone = {"PYTHONHASHSEED": "1", "TZ": "UTC"}
    here = run_build([*task, one, "--content", sample_content], one, clone, **zone)
    elsewhere = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    there = run_build([*task, two, "--content", again], two, tmp_path, **elsewhere)
    assert here.all_bytes == there.all_bytes
    assert len(here.files) > 40


def test_a_language_of_the_machine_that_is_not_installed_is_no_fault(build_site, monkeypatch):
    monkeypatch.setenv("LC_ALL", "xx_XX.UTF-8")  # as of who comes in from another machine
    assert build_site({"posts/a.md": write_post()}).pages


def test_the_day_of_the_build_changes_no_byte(build_site):
    files = {"posts/a.md": write_post(Tags="Reading"), "pages/more.md": "Title: More\n\nText.\n"}
    one, two = (build_site(files, now=f"{year}-06-07T08:09:10+00:00") for year in (2027, 2031))
    assert one.all_bytes == two.all_bytes


def test_a_build_from_what_was_kept_of_the_last_one_changes_no_byte(sample_content, tmp_path):
    sites = [
        build_tree(
            sample_content, tmp_path / name, READING_CACHE=str(tmp_path / "readings.sqlite3")
        )
        for name in ("cold", "warm")
    ]
    assert (tmp_path / "readings.sqlite3").is_file()
    assert sites[0].all_bytes == sites[1].all_bytes


def test_plain_pelican_builds_the_same_pages(clone, tmp_path):
    url = "https://example.org/shelf"
    task, local, public = (tmp_path / name for name in ("task", "local", "public"))
    command = [*TASK, clone, "build", "--output", task, "--siteurl", url]
    wanted = run_build(command, task, tmp_path).all_bytes
    command = [*PELICAN, local, "-s", "pelicanconf.py", "-e", f'SITEURL="{url}"']
    assert run_build(command, local, clone).all_bytes == wanted
    command = [*PELICAN, public, "-s", "publishconf.py"]
    assert run_build(command, public, clone, SITE_URL=url).all_bytes == wanted


def test_plain_pelican_needs_no_option_for_the_author_s_own_computer(clone, tmp_path):
    command = [*PELICAN, tmp_path / "plain", "-s", "pelicanconf.py"]
    plain = run_build(command, tmp_path / "plain", clone)
    how = {"siteurl": "http://localhost:8000", "now": "2030-03-17T17:46:40+00:00"}
    how |= {"SEARCH_INDEX": False, "CARDS": False}  # as in the clone
    assert plain.all_bytes == build_tree(OWN / "content", tmp_path / "own", **how).all_bytes


def test_a_language_is_written_as_the_author_writes_it(build_site):
    site = build_site({"posts/a.md": write_post()}, DEFAULT_LANG="pt-BR")
    assert {page.one("html").get("lang") for page in site.pages.values()} == {"pt-BR"}
