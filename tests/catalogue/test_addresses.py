"""Two things never share an address, not even where only capitals tell them apart."""

import pytest

from catalogue.addresses import (
    RESERVED_TREES,
    Place,
    address_file,
    check_alias,
    format_address,
    format_alias,
    plan_places,
)
from catalogue.records import Record
from catalogue.rules.shared_addresses import check_places


def record(kind, slug, aliases=(), path=""):
    lines = {"Slug": 3, "Aliases": 4}
    values = {"Aliases": list(aliases)} if aliases else {}
    return Record(path or f"{kind}s/{slug}.md", kind, slug, values=values, lines=lines)


def judge(records=(), files=(), pages=1):
    problems = check_places(plan_places(records, files, pages))
    return [(problem.path, problem.line, problem.text) for problem in problems]


def test_every_kind_has_its_address():
    assert format_address(record("post", "weeding")) == "/posts/weeding/"
    assert format_address(record("page", "about")) == "/about/"
    assert format_address(record("topic", "reading")) == "/topics/reading/"
    assert address_file("/about/") == "about/index.html"
    assert address_file("/") == "index.html"
    assert address_file("/404.html") == "404.html"


def test_a_plan_holds_all_that_is_written():
    texts = [record("post", "a", ["/old/"]), record("topic", "t"), record("comment", "c")]
    places = {
        place.address: place.path
        for place in plan_places(texts, ["images/x.png", "extra/CNAME"], 3, used=["topics/t.md"])
    }
    assert places["/posts/a/"] == places["/old/"] == "posts/a.md"
    assert places["/topics/t/feed.atom.xml"] == "topics/t.md"
    assert places["/page/2/"] == places["/page/3/"] == places["/404.html"] == ""
    assert places["/images/x.png"] == "images/x.png"
    assert places["/CNAME"] == "extra/CNAME"
    assert not any("/c/" in address for address in places)
    assert judge(texts, ["images/x.png"], 3) == []


@pytest.mark.parametrize(
    ("texts", "files", "named"),
    [
        ([record("post", "a"), record("post", "a", path="posts/b.md")], [], {"posts/a.md:3"}),
        ([record("post", "a", ["/b/"]), record("page", "b")], [], {"posts/a.md:4", "pages/b.md:3"}),
        ([record("post", "a", ["/posts/A/"])], [], {"posts/a.md:4"}),
        ([record("page", "topics")], [], {"pages/topics.md:3"}),
        ([record("page", "404.html")], [], {"pages/404.html.md:3"}),
        ([record("post", "a", ["/archives/index.html"])], [], {"posts/a.md:4"}),
        ([record("post", "a", ["/feeds/all.atom.xml"])], [], {"posts/a.md:4"}),
        ([record("post", "a", ["/page/2/"])], [], {"posts/a.md:4"}),
        ([record("post", "a", ["/robots.txt/"])], [], {"posts/a.md:4"}),
        ([record("post", "a", ["/posts/"])], [], {"posts/a.md:4"}),
        ([], ["images/x.png", "images/X.png"], {"images/x.png:0", "images/X.png:0"}),
        ([], ["images/cafe\u0301.png", "images/café.png"], {"images/café.png:0"}),
        ([], ["extra/404.html"], {"extra/404.html:0"}),
        ([record("page", "about")], ["extra/about/index.html"], {"pages/about.md:3"}),
        ([record("page", "about")], ["extra/about"], {"pages/about.md:3", "extra/about:0"}),
        ([record("post", "a", ["/x", "/x/y/"])], [], {"posts/a.md:4"}),
    ],
)
def test_what_shares_an_address_is_told_in_each_file(texts, files, named):
    found = {f"{path}:{line}" for path, line, _ in judge(texts, files, 2)}
    assert named <= found


def test_the_answer_names_the_other_and_the_way_out():
    texts = [record("post", "a"), record("post", "a", path="posts/b.md")]
    assert judge(texts) == [
        (
            path,
            3,
            f"The address /posts/a/ is taken by {other} as well. Give one of them another address, "
            "by a line in its header: Slug: another-name",
        )
        for path, other in [("posts/b.md", "posts/a.md"), ("posts/a.md", "posts/b.md")]
    ]
    ((_, _, text),) = judge([record("page", "archives")])
    assert "is taken by the site itself as well" in text
    assert "Give this text another address" in text


def test_an_old_address_that_is_taken_is_to_be_taken_out():
    told = "The address {} is taken by {} as well. Take it out of Aliases."
    texts = [record("page", "about"), record("post", "a", ["/about/"])]
    assert judge(texts) == [
        ("posts/a.md", 4, told.format("/about/", "pages/about.md")),
        (
            "pages/about.md",
            3,
            told.format("/about/", "posts/a.md").replace("of A", "of the A")[:-1] + " there.",
        ),
    ]
    texts = [record("post", "a", ["/topics/"])]
    assert judge(texts) == [("posts/a.md", 4, told.format("/topics/", "the site itself"))]
    texts = [record("post", "a", ["/x/"]), record("post", "b", ["/x/"])]
    assert sorted(judge(texts)) == [
        ("posts/a.md", 4, told.format("/x/", "posts/b.md")),
        ("posts/b.md", 4, told.format("/x/", "posts/a.md")),
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("/Old/", "/old/"), ("/ü/", "/Ü/"), ("/x.html", "/x.html/y/")]
)
def test_two_addresses_of_one_text_that_cannot_be_stored_are_told_once(one, other):
    ((path, line, text),) = judge([record("post", "a", [one, other])])
    assert (path, line) == ("posts/a.md", 4)
    assert sorted(text.split()[2:5:2]) == sorted([one, other])
    assert text.endswith("cannot stand side by side on every computer. Take one of them out.")


def test_places_that_only_look_alike_are_two():
    texts = [record("post", "a"), record("page", "a"), record("topic", "a"), record("page", "aa")]
    assert judge(texts, ["images/a.png", "images/a/b.png", "extra/a.txt"]) == []
    assert check_places([Place("/x/", "a.md", 1), Place("/x.html", "b.md", 1)]) == []


@pytest.mark.parametrize("name", sorted(RESERVED_TREES))
@pytest.mark.parametrize("form", ["/{}", "/{}/", "/{}/index.html", "/{}/below/"])
def test_no_text_takes_what_the_site_robots_or_browsers_look_for(name, form):
    for address in (form.format(name), form.format(name.upper())):
        ((path, line, text),) = judge([record("post", "a", [address])])
        assert (path, line) == ("posts/a.md", 4)
        assert "belongs to the site itself. Choose another." in text
        assert "belongs to the site itself. Leave it out of Aliases." in check_alias(address)


@pytest.mark.parametrize("name", ["posts", "images", "questions"])
def test_a_folder_of_the_sites_own_can_have_old_addresses_below_it_and_not_at_it(name):
    assert judge([record("post", "a", [f"/{name}/old/"])]) == []
    assert len(judge([record("post", "a", [f"/{name}/"])])) == 1


@pytest.mark.parametrize(
    "name", ["robots.txt", "CNAME", ".nojekyll", "favicon.ico", ".well-known/x"]
)
def test_a_file_that_the_author_made_may_have_such_an_address(name):
    assert judge([record("post", "a")], [f"extra/{name}"]) == []


@pytest.mark.parametrize("name", ["questions", "page", "feeds", "posts", "images"])
def test_no_page_takes_what_the_site_may_need_for_itself_later(name):
    assert len(judge([record("page", name)])) == 1


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/2019/05/old/", "/2019/05/old/"),
        ("/2019/05/old", "/2019/05/old/"),
        ("/old.html", "/old.html"),
        ("/old.HTM", "/old.HTM"),
        ("/cgi/old.shtml", "/cgi/old.shtml"),
        ("/old.php", "/old.php/"),
        ("/default.aspx", "/default.aspx/"),
        ("/index.php/2019/old", "/index.php/2019/old/"),
        ("/v1.5", "/v1.5/"),
        ("/mr.smith-goes", "/mr.smith-goes/"),
        ("/mr.smith/", "/mr.smith/"),
        ("/old.html/", "/old.html/"),
        ("/constable/auxiliary/com10/nulls", "/constable/auxiliary/com10/nulls/"),
    ],
)
def test_where_a_web_page_was_another_can_lead_on(address, page):
    assert check_alias(address) == ""
    assert format_alias(address) == page
    assert address_file(page).casefold().endswith((".html", ".htm", ".shtml"))


@pytest.mark.parametrize(
    "ending",
    """
    js mjs css json jsonld map wasm xml rss atom txt csv md ico png jpg svg gif webp pdf epub doc
    docx zip gz mp3 mp4 woff2 webmanifest ics JS Json
    """.split(),
)
def test_where_a_file_was_no_page_can_lead_on(ending):
    text = check_alias(f"/old/name.{ending}")
    assert text == (
        f"“/old/name.{ending}” cannot lead to this text: what leads on is a web page, and whoever "
        f"asks for .{ending.lower()} wants the file itself. Put the file into the folder extra; if "
        f"it was a page all the same, write it with a slash at its end: /old/name.{ending}/"
    )


@pytest.mark.parametrize(
    "name", ["con", "CON", "aux.html", "nul.txt", "prn.a.b", "Com1", "lpt9.php"]
)
@pytest.mark.parametrize("form", ["/{}", "/{}/", "/{}/below/", "/above/{}/", "/a/{}/b.html"])
def test_no_old_address_has_a_part_that_windows_keeps_for_itself(name, form):
    text = check_alias(form.format(name))
    assert f"Windows keeps the name “{name}” for itself" in text
    assert text.endswith(". Leave it out of Aliases.")


@pytest.mark.parametrize("address", ["/old./", "/old./x/", "/a/b..", "/old.html./"])
def test_no_old_address_has_a_part_that_ends_in_a_dot(address):
    assert "a name that ends in a dot" in check_alias(address)
