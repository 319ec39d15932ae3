"""A topic's record is an authority: its variants lead to it, its page says where to start."""

import re

import pytest

from catalogue.addresses import plan_places, read_redirects
from catalogue.header.front_matter import read_header
from catalogue.record_reader import read_record
from catalogue.rules.shared_addresses import check_places
from catalogue.text.markdown_reader import MarkdownReader
from tests.conftest import BELOW_URL, OWN, fold, read_numbers

BODIES = MarkdownReader()
POST = "Title: {title}\nDate: {date}\nTags: Weeding\nComments: {comments}\n\nText.\n"


def read_topic(header, name="weeding", title="Weeding"):
    text = f"Title: {title}\n{header}\n\nScope.\n"
    return read_record(f"topics/{name}.md", "topic", text.encode(), BODIES)


# Variants


def test_every_variant_has_an_address_that_leads_to_the_topic():
    record = read_topic(
        "Aliases: /tag/weeding/, /topics/Culling/\n"
        "Used-for: Culling, De-selection, de selection, WEEDING, Kürzung, Con, …, R&B"
    )
    assert read_redirects(record) == {
        "/tag/weeding/": 2,
        "/topics/Culling/": 2,
        "/topics/de-selection/": 3,
        "/topics/kurzung/": 3,
        "/topics/r-b/": 3,
    }


@pytest.mark.parametrize("url", ["https://example.org", BELOW_URL])
def test_a_variant_s_page_leads_to_the_preferred_name(build_site, url):
    files = {"topics/weeding.md": "Title: Weeding\nUsed-for: De-selection, Culling\n\nScope.\n"}
    files["posts/a.md"] = POST.format(title="A", date="2026-01-02", comments=0).replace(
        "Text", "See [it](/topics/culling/)"
    )
    site = build_site(files, siteurl=url)
    names = ["topics/culling/index.html", "topics/de-selection/index.html"]
    assert sorted(site.redirects) == names
    for name in names:
        page = site.redirects[name]
        assert page.meta("robots") == "noindex"
        assert page.one("link", rel="canonical").get("href") == f"{url}/topics/weeding/"
        (refresh,) = page.all("meta", **{"http-equiv": "refresh"})
        assert site.find(name, refresh.get("content").partition("url=")[2]) == (
            "topics/weeding/index.html",
            "",
        )
        assert page.text(page.one("a")) == "Weeding"
    assert "topics/weeding/index.html" not in site.redirects


@pytest.mark.parametrize(
    ("one", "two", "address"),
    [
        ("Used-for: Rock & roll", "Used-for: Rock-roll", "/topics/rock-roll/"),
        ("Used-for: Two!", "", "/topics/two/"),
        ("Aliases: /topics/two/", "", "/topics/two/"),
        ("Aliases: /topics/culling/", "Used-for: Culling", "/topics/culling/"),
        ("Used-for: Resume", "Used-for: Résumé", "/topics/resume/"),
    ],
)
def test_an_address_that_two_topics_ask_for_is_told_in_both(one, two, address):
    records = [read_topic(one, "one", "Eins"), read_topic(two, "two", "Zwei")]
    problems = check_places(plan_places(records, [], 0))
    assert sorted(problem.path for problem in problems) == ["topics/one.md", "topics/two.md"]
    for problem, other in zip(problems, reversed(problems), strict=True):
        assert problem.level == "error"
        assert address in problem.text
        assert other.path in problem.text
        assert "Slug" not in problem.text


def judge_site(build_site, files):
    """Return the report of a site that is refused."""
    with pytest.raises(AssertionError, match="The site was refused") as caught:
        build_site(files)
    return str(caught.value)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Title: One\nUsed-for: Culling", "Title: Two\nUsed-for: culling"),
        ("Title: One\nUsed-for: Two", "Title: Two"),
        ("Title: One\nUsed-for: TWO", "Title: Another"),
        ("Title: Same name", "Title: same-name"),
    ],
)
def test_a_name_that_two_records_claim_is_an_error_that_names_both(build_site, one, two):
    report = judge_site(
        build_site,
        {
            "topics/one.md": f"{one}\n\nScope.\n",
            "topics/two.md": f"{two}\n\nScope.\n",
            "posts/a.md": POST.format(title="A", date="2026-01-02", comments=0),
        },
    )
    assert "is a name of the topic in" in report
    assert "topics/one.md" in report
    assert "topics/two.md" in report


def test_a_list_of_posts_may_begin_beside_its_name():
    lines = "Title: A\nStart-here: b: why\n- a\n- c - last\n\nScope.\n"
    header = read_header(lines, "topic")
    assert header.problems == []
    starts = [(start["line"], start["post"]) for start in header.values["Start-here"]]
    assert starts == [(2, "b"), (3, "a"), (4, "c")]


def test_wrong_relations_and_starts_stop_the_build_with_their_lines(build_site):
    report = judge_site(
        build_site,
        {
            "topics/one.md": "Title: One\nBroader: Two\nSee-also: Thre\n\nScope.\n",
            "topics/two.md": "Title: Two\nBroader: One\nStart-here:\n  - a\n  - b\n\nScope.\n",
            "topics/three.md": "Title: Three\n\nScope.\n",
            "posts/a.md": POST.format(title="A", date="2026-01-02", comments=0),
        },
    )
    assert "topics/one.md:2: Broader leads in a circle" in report
    assert "topics/two.md:2: Broader leads in a circle" in report
    assert "topics/one.md:3: See-also names “Thre”" in report
    assert "Did you mean “Three”?" in report
    assert "topics/two.md:5: Start-here names “b”, and no post is called so" in report


# Start here


@pytest.mark.parametrize(
    ("typed", "post", "why"),
    [
        ("weeding.md", "weeding.md", ""),
        ("weeding", "weeding", ""),
        ("weeding.md: why, and why not", "weeding.md", "why, and why not"),
        ("weeding: why", "weeding", "why"),
        ("weeding - why", "weeding", "why"),
        ("weeding – why", "weeding", "why"),
        ("weeding.md — why: so", "weeding.md", "why: so"),
        ("my-first-post", "my-first-post", ""),
        ("my-first-post - a well-made one", "my-first-post", "a well-made one"),
        ("2026-01-02 - Weeding it.md - why", "2026-01-02 - Weeding it.md", "why"),
        ("weeding:", "weeding", ""),
        ("weeding -", "weeding", ""),
        ('"weeding: why"', "weeding", "why"),
        ("../posts/weeding.md: why", "../posts/weeding.md", "why"),
        ("café.md: Zürich", "café.md", "Zürich"),
    ],
)
@pytest.mark.parametrize("form", ["  - {}", "- {}", "  {}"])
def test_a_line_names_a_post_and_says_why(typed, post, why, form):
    header = read_header(f"Title: A\nStart-here:\n{form.format(typed)}\n\nScope.\n", "topic")
    assert header.problems == []
    assert header.values["Start-here"] == [{"line": 3, "post": post, "why": why}]


@pytest.mark.parametrize("fence", ["", "---\n"])
def test_the_lines_keep_their_order_and_their_numbers(fence):
    lines = "Start-here:\n  - b: why\n    it goes on\n  - a\n  - c - last\nSee-also: X\n"
    header = read_header(f"{fence}Title: A\n{lines}{fence}\nScope.\n", "topic")
    first = 3 + bool(fence)
    assert header.values["Start-here"] == [
        {"line": first, "post": "b", "why": "why it goes on"},
        {"line": first + 2, "post": "a", "why": ""},
        {"line": first + 3, "post": "c", "why": "last"},
    ]
    assert header.values["See-also"] == ["X"]


@pytest.mark.parametrize(
    ("typed", "posts"),
    [
        ("a, b; c", ["a", "b", "c"]),
        ("[a, b]", ["a", "b"]),
        ("a", ["a"]),
        ("a: why, b", ["a"]),
        ("", None),
    ],
)
def test_posts_may_stand_on_the_header_s_own_line(typed, posts):
    values = read_header(f"Title: A\nStart-here: {typed}\n\nScope.\n", "topic").values
    starts = values.get("Start-here")
    assert (starts and [start["post"] for start in starts]) == posts


@pytest.mark.parametrize(
    ("lines", "seen"),
    [(["- a"] * 31, "31 entries"), (["- " + "long " * 300], "too long")],
)
def test_a_list_that_is_too_long_is_an_error(lines, seen):
    text = "\n".join(["Title: A", "Start-here:", *lines, "", "Scope."])
    (problem,) = read_header(text, "topic").problems
    assert problem.level == "error"
    assert seen in problem.text


# The topic's page


@pytest.fixture(scope="session")
def shelf(build_site):
    """Build a topic with posts of three years, some to start with, and one that is a draft."""
    dates = {"old": "2024-03-01", "mid": "2025-05-01", "new": "2026-01-01", "newer": "2026-01-02"}
    posts = {
        f"posts/{name}.md": POST.format(title=f"{name.title()} & <b>", date=date, comments=n)
        for n, (name, date) in enumerate(dates.items())
    }
    posts["posts/draft.md"] = POST.format(title="Canary", date="2026-01-01", comments=7).replace(
        "Tags", "Status: draft\nTags"
    )
    posts["posts/elsewhere.md"] = "Title: Elsewhere\nDate: 2026-01-03\n\nText.\n"
    starts = "\n".join(
        ["  - mid.md: the <i>plain & simple</i> one", "  - draft: canary why", "  - elsewhere"]
    )
    topic = f"Title: Weeding\nUsed-for: Culling\nStart-here:\n{starts}\n  - old\n\nThrow away.\n"
    return build_site({**posts, "topics/weeding.md": topic})


def test_a_topic_s_page_says_where_to_start_in_the_author_s_order(shelf):
    page = shelf.page("topics/weeding/")
    starts = page.one("section", class_="starts")
    assert [page.text(e) for e in starts.iter("li")] == [
        "Mid & <b> the <i>plain & simple</i> one",
        "Elsewhere",
        "Old & <b>",
    ]
    assert [e.get("href") for e in starts.iter("a")] == [
        "/posts/mid/",
        "/posts/elsewhere/",
        "/posts/old/",
    ]
    assert not shelf.page("topics/reading/").all("section", class_="starts")
    assert b"canary" not in b"".join(shelf.all_bytes.values()).lower()


def test_a_topic_s_page_has_its_posts_by_year_and_their_counts(shelf):
    page = shelf.page("topics/weeding/")
    years = page.all("section", class_="year")
    assert [page.text(year.find("h2")) for year in years] == ["2026", "2025", "2024"]
    assert [[page.text(e) for e in year.iter("h3")] for year in years] == [
        ["Newer & <b>", "New & <b>"],
        ["Mid & <b>"],
        ["Old & <b>"],
    ]
    assert read_numbers(page.texts("p", class_="record")[0]) == [4, 6]


def test_a_topic_has_two_feeds_that_its_page_names(shelf):
    page = shelf.page("topics/weeding/")
    wanted = {"feed.atom.xml": "application/atom+xml", "feed.rss.xml": "application/rss+xml"}
    for name, kind in wanted.items():
        feed = shelf.feed(f"topics/weeding/{name}")
        assert [fold(entry.title) for entry in feed.entries] == [
            f"{title} &amp; &lt;b&gt;" for title in ("Newer", "New", "Mid", "Old")
        ]
        assert page.all("link", type=kind, href=f"/topics/weeding/{name}")
        assert page.all("a", href=f"/topics/weeding/{name}")


def test_a_post_with_two_variants_of_a_topic_has_it_once(build_site):
    files = {
        "posts/a.md": POST.format(title="A", date="2026-01-02", comments=3).replace(
            "Tags: Weeding", "Tags: de selection, WEEDING, De-Selection, culling"
        ),
        "topics/weeding.md": "Title: Weeding\nUsed-for: De-selection, Culling\n\nScope.\n",
    }
    site = build_site(files)
    assert site.page("posts/a/").texts("a", rel="tag") == ["Weeding"]
    page = site.page("topics/weeding/")
    assert read_numbers(page.texts("p", class_="record")[0]) == [1, 3]
    assert page.texts("h3") == ["A"]


def test_a_renamed_topic_keeps_its_old_address(build_site):
    post = {"posts/a.md": POST.format(title="A", date="2026-01-02", comments=0)}
    renamed = "Title: Stock control\nAliases: /topics/weeding/\nUsed-for: Weeding\n\nScope.\n"
    site = build_site({**post, "topics/stock-control.md": renamed})
    assert "topics/weeding/index.html" in site.redirects
    assert site.page("posts/a/").texts("a", rel="tag") == ["Stock control"]


def test_a_topic_that_only_unpublished_posts_have_leaves_no_byte(build_site):
    topics = {
        "topics/canary.md": "Title: Canary\nUsed-for: Canary variant, Finch\nAliases: /canary-old/\n"
        "See-also: Weeding\nBroader: Reading\nStart-here:\n  - a: canary why\n\nCanary scope.\n",
    }
    draft = {
        "posts/draft.md": "Title: Canary\nDate: 2026-01-02\nStatus: draft\nTags: finch\n\nText.\n"
    }
    base = {
        "posts/a.md": POST.format(title="A", date="2026-01-02", comments=0),
        "topics/weeding.md": "Title: Weeding\n\nScope.\n",
    }
    related = {"topics/weeding.md": "Title: Weeding\nSee-also: Finch\n\nScope.\n"}
    without = build_site(base)
    assert build_site({**base, **topics, **draft}).all_bytes == without.all_bytes
    assert build_site({**base, **topics, **draft, **related}).all_bytes == without.all_bytes
    shown = build_site({**base, **topics, **draft}, preview=True, siteurl="http://localhost:8000")
    assert "topics/finch/index.html" in shown.redirects


@pytest.mark.parametrize("slug", ["customer-service", "social-media"])
def test_a_topic_from_a_file_shows_what_it_is(seeded, slug):
    page = seeded.page(f"topics/{slug}/")
    assert page.texts("h2")[-1] == "2026"
    assert read_numbers(page.texts("p", class_="record")[0]) == [1, 0]
    text = (OWN / f"content/topics/{slug}.md").read_text("utf-8")
    (names,) = re.findall("^Used-for: (.+)", text, re.MULTILINE)
    index = seeded.page("topics/").texts("li")
    for name in names.split(", "):
        assert f"topics/{name.replace(' ', '-')}/index.html" in seeded.redirects
        assert name in page.texts("dd")
        assert any(line.startswith(f"{name}, ") for line in index)
