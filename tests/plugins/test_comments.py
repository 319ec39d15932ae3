"""Comments are content: counted once, threaded, shown as text, and without anybody's address."""

import json
import re
from urllib.parse import parse_qs, unquote, urlsplit

import mf2py
import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.comment_reader import CommentReader
from catalogue.text.mail_addresses import MASK, find_mails, mask_mails
from plugins.comments import format_reply_link
from tests.catalogue.rules.test_comments import comment, post, read_problems
from tests.conftest import LEAST, build_tree, fold, read_numbers, write_files

NAMESPACES = {"a": "http://www.w3.org/2005/Atom", "thr": "http://purl.org/syndication/thread/1.0"}


def render(body):
    return CommentReader().read(body, 1, "c.md")


@pytest.fixture(scope="module")
def threaded(build_site):
    """Build a post with a thread, and others beside it."""
    folder = "comments/weeding"
    return build_site(
        {
            "posts/weeding.md": post("Comments: 6"),
            "posts/many.md": "Title: Many\nDate: 2026-02-01\nComments: 1,024\n\nText.\n",
            "posts/one.md": "Title: One\nDate: 2026-02-02\nComments: 1\n\n## Comments\n\n[a](#comments)\n",
            "posts/links.md": "Title: Links\nDate: 2026-02-03\n\nTo [her](weeding.md#comment-ann).\n",
            f"{folder}/ann.md": comment(
                "Ann <i>", Url="https://ann.example/", body="First < *best*."
            ),
            f"{folder}/2026-03-06-ben.md": comment("Ben", "2026-03-06 08:00", Reply_to="ann"),
            f"{folder}/zoe.md": comment("Zoe", "2026-03-05 10:00"),
            f"{folder}/c.md": comment("C", "2026-03-07", Reply_to="2026-03-06-ben"),
            f"{folder}/d.md": comment("D", "2026-03-08", Reply_to="c"),
            f"{folder}/e.md": comment("E", "2026-03-09 12:00 +02:00", Reply_to="d"),
        },
        CONTACT_EMAIL="desk@example.org",
    )


def test_comments_stand_in_order_each_followed_by_its_answers(threaded):
    page = threaded.page("posts/weeding/")
    items = page.all("li", class_="h-cite")
    names = [item.get("id").removeprefix("comment-") for item in items]
    assert names == ["ann", "2026-03-06-ben", "c", "d", "e", "zoe"]
    assert [item.get("data-depth") for item in items] == ["0", "1", "2", "3", "3", "0"]
    authors = page.texts("*", class_="p-author")[:-1]  # the last is the post's
    assert authors == ["Ann <i>", "Ben", "C", "D", "E", "Zoe"]
    answered = [link.get("href") for link in page.all("a", class_="u-in-reply-to")]
    assert answered == ["#comment-ann", "#comment-2026-03-06-ben", "#comment-c", "#comment-d"]


def test_a_comment_shows_who_wrote_it_when_and_where_they_write_themselves(threaded):
    page = threaded.page("posts/weeding/")
    (link,) = page.all("a", class_="h-card")
    assert (link.get("href"), link.get("rel")) == ("https://ann.example/", "ugc nofollow")
    stamps = [time.get("datetime") for time in page.all("time", class_="dt-published")]
    assert "2026-03-05T00:00:00+00:00" in stamps
    assert "2026-03-09T10:00:00+00:00" in stamps  # in the site's zone


def test_every_id_of_a_page_is_there_once_and_every_place_on_it_that_is_linked_is_there(threaded):
    for name, page in threaded.pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        for _, link in page.links:
            if link.startswith("#"):
                assert unquote(link[1:]) in page.ids, (name, link)


def test_a_heading_called_comments_leaves_their_place_to_the_comments(threaded):
    page = threaded.page("posts/one/")
    assert page.one("*", id="comments") is not None
    assert page.one("h2", id="my-comments") is not None


def test_the_count_is_drawn_with_its_noun_and_its_thousands(threaded):
    for name, number in {"many": 1024, "one": 1, "links": 0}.items():
        page = threaded.page(f"posts/{name}/")
        assert read_numbers(page.text(page.one("*", id="comments"))) == [number]
        assert read_numbers(page.texts("p", class_="record")[0])[-1] == number
    assert count_comments(threaded.page("posts/weeding/")) == 6


def count_comments(page):
    """Return the number in the heading of a post's comments."""
    element = page.one("*", id="comments")
    heading = element.find("h2")
    (number,) = read_numbers(page.text(element if heading is None else heading))
    return number


def test_where_only_files_exist_they_are_the_count(build_site):
    site = build_site(
        {
            "posts/weeding.md": post(),
            "comments/weeding/a.md": comment(),
            "comments/weeding/b.md": comment(),
        }
    )
    assert read_numbers(site.page("").texts("p", class_="record")[0])[-1] == 2
    assert site.feed("feeds/all.rss.xml").entries[0].slash_comments == "2"


def test_the_archive_lists_the_most_discussed_only_when_something_is(threaded, build_site):
    page = threaded.page("archives/")
    section = page.one("section", class_="discussed")
    shown = [page.text(item) for item in section.iter("li")]
    assert [(text.split()[0], *read_numbers(text)) for text in shown] == [
        ("Many", 1024),
        ("Weeding", 6),
        ("One", 1),
    ]
    quiet = build_site({"posts/weeding.md": post()})
    assert quiet.page("archives/").all("section", class_="discussed") == []


def test_the_link_to_reply_is_filled_with_the_title_and_the_address(threaded):
    for name, title in {"weeding": "Weeding", "links": "Links"}.items():
        page = threaded.page(f"posts/{name}/")
        (link,) = [link for _, link in page.links if link.startswith("mailto:")]
        parts = urlsplit(link)
        assert parts.path == "desk@example.org"
        fields = parse_qs(parts.query)
        assert fields["subject"] == [f"Re: {title}"]
        assert fields["body"][0].strip() == f"{threaded.url}/posts/{name}/"


def test_without_an_address_no_page_has_a_link_to_reply(build_site):
    site = build_site({"posts/weeding.md": post(), "comments/weeding/a.md": comment()})
    assert not any(b"mailto:" in data for data in site.all_bytes.values())


def test_an_address_that_is_none_ends_the_build(tmp_path):
    write_files(tmp_path / "content", {**LEAST, "posts/weeding.md": post()})
    with pytest.raises(AssertionError, match="CONTACT_EMAIL is “desk”"):
        build_tree(tmp_path / "content", tmp_path / "out", CONTACT_EMAIL="desk")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_title_survives_the_link_to_reply(title):
    link = format_reply_link("desk@example.org", title, "https://example.org/posts/weeding/")
    assert link.isascii()
    assert not re.search(r"[\s\"'<>#]", link)
    assert parse_qs(urlsplit(link).query, keep_blank_values=True)["subject"] == [f"Re: {title}"]


SECRET = "Xylophone"


@pytest.mark.parametrize("header", ["Status: draft", "Date: 2031-01-01"])
def test_a_comment_on_what_is_not_published_leaves_no_byte(build_site, header):
    text = post(header) if "Status" in header else post().replace("Date: 2026-03-04 09:30", header)
    files = {"posts/other.md": post(), "posts/weeding.md": text}
    files["comments/weeding/a.md"] = comment(
        f"{SECRET} A", Url=f"https://{SECRET}.example/", body=SECRET
    )
    site = build_site(files)
    assert not any(SECRET.lower().encode() in data.lower() for data in site.all_bytes.values())
    assert not any("comments" in name for name in site.files)
    shown = build_site(files, preview=True)
    assert SECRET in shown.page("posts/weeding/").words


def test_what_is_wrong_on_a_draft_keeps_nothing_from_the_site(tmp_path, build_site):
    files = {
        "posts/other.md": post(),
        "posts/weeding.md": post("Status: draft\nComments: 7"),
        "comments/weeding/a.md": comment(Reply_to="b"),
        "comments/weeding/b.md": comment(Reply_to="a"),
        "comments/weeding/c.md": "Author: C\n\nNo date.\n",
        "comments/weeding/d.md": comment("d@example.org"),
        "comments/weeding/e.md": comment(Reply_to="nobody"),
        "comments/weeding/f.md": comment(Reply_to="f"),
    }
    assert {problem.level for problem in read_problems(tmp_path, files)} == {"warning"}
    page = build_site(files, preview=True).page("posts/weeding/")
    names = [item.get("id") for item in page.all("li", class_="h-cite")]
    assert names == ["comment-a", "comment-b", "comment-e", "comment-f"]


# Who wrote, and when.


@pytest.fixture(scope="module")
def answered(build_site):
    """Build a post on which the site's author, a reader of her name, and others have answered."""
    folder = "comments/weeding"
    return build_site(
        {
            "posts/weeding.md": post("Author: Jane Doe"),
            f"{folder}/own.md": comment("The Librarian", Role="author"),
            f"{folder}/own-linked.md": comment("L.", Role="author", Url="https://l.example/"),
            f"{folder}/same.md": comment("Тhe Librarian", "2026-03-06"),
            f"{folder}/jane.md": comment("jane doe", "2026-03-07", Url="https://jane.example/"),
            f"{folder}/ann.md": comment("Ann", "2026-03-08", Reply_to="same"),
        },
    )


def list_roles(page):
    """Return what the theme calls the site's author and a reader, as it does in the first two roles."""
    own, reader = dict.fromkeys(page.texts("span", class_="p-role"))
    return own, reader


def hide_role(name):
    """Return a name with a sign in place of what its owner is called."""
    return re.sub(r"\(.+\)$", "(…)", name)


def test_the_sites_author_is_told_from_a_reader_of_the_same_name_wherever_names_stand(answered):
    page = answered.page("posts/weeding/")
    own, reader = list_roles(page)
    names = page.texts("*", class_="p-author")[-6:-1]
    assert names == [
        f"The Librarian ({own})",
        f"L. ({own})",
        f"Тhe Librarian ({reader})",
        "Ann",
        f"jane doe ({reader})",
    ]
    assert page.texts("a", class_="u-in-reply-to") == [f"Тhe Librarian ({reader})"]
    feed = answered.feed("posts/weeding/comments.atom.xml")
    assert [hide_role(entry.author) for entry in feed.entries] == [
        "Ann",
        "jane doe (…)",
        "Тhe Librarian (…)",
        "L.",
        "The Librarian",
    ]
    own_entry = next(entry for entry in feed.entries if entry.author == "The Librarian")
    assert " The Librarian (" in own_entry.title
    assert own_entry.author_detail.href == f"{answered.url}/"


def test_the_sites_author_is_marked_in_microformats_and_in_linked_data(answered):
    source = answered.text("posts/weeding/index.html")
    (entry,) = [i for i in mf2py.parse(source)["items"] if i["type"] == ["h-entry"]]
    cards = [
        card["properties"]
        for cite in entry["properties"]["comment"]
        for card in cite["properties"]["author"]
        if isinstance(card, dict)
    ]
    own_role, reader = list_roles(answered.page("posts/weeding/"))
    roles = {card["name"][0]: fold(card.get("role", [""])[0]) for card in cards}
    assert roles == {
        "L.": own_role,
        "The Librarian": own_role,
        "Тhe Librarian": reader,
        "jane doe": reader,
        "Ann": "",
    }
    data = [json.loads(text) for text in LD_JSON.findall(source)]
    authors = {
        hide_role(c["author"]["name"]): c["author"].get("@id")
        for c in list_objects(data)
        if c.get("@type") == "Comment" and "author" in c
    }
    assert authors == {
        "L.": None,  # who is at home under one name has no second
        "The Librarian": f"{answered.url}/#author",
        "Тhe Librarian (…)": None,
        "jane doe (…)": None,
        "Ann": None,
    }


LATER = {
    "posts/weeding.md": post("Comments: 2"),
    "comments/weeding/a.md": comment("Ann"),
    "comments/weeding/late.md": comment(f"{SECRET} B", "2084-03-01", body=f"{SECRET} words."),
}


def test_a_comment_from_the_future_waits_and_leaves_no_byte(build_site):
    site = build_site(LATER)
    assert not any(SECRET.encode() in data or b"2084" in data for data in site.all_bytes.values())
    assert count_comments(site.page("posts/weeding/")) == 1
    assert site.feed("feeds/all.rss.xml").entries[0].slash_comments == "1"
    assert site.feed("posts/weeding/comments.atom.xml").feed.updated.startswith("2026")
    assert SECRET in build_site(LATER, now="2084-03-01T00:00:00+00:00").page("posts/weeding/").words


def test_where_all_comments_wait_none_is_counted_and_there_is_no_feed(build_site):
    files = {**LATER, "posts/weeding.md": post("Comments: 1")}
    del files["comments/weeding/a.md"]
    site = build_site(files)
    assert count_comments(site.page("posts/weeding/")) == 0
    assert not any("comments.atom" in name for name in site.files)


def test_the_preview_shows_a_waiting_comment_with_its_badge(build_site):
    page = build_site(LATER, preview=True).page("posts/weeding/")
    assert page.texts("p", class_="badge") == ["Waiting: appears Wednesday 1 March 2084 at 00:00"]
    assert count_comments(page) == 2


def test_an_answer_to_a_comment_that_waits_stands_as_one_to_the_post(build_site):
    files = {**LATER, "comments/weeding/a.md": comment("Ann", Reply_to="late")}
    page = build_site(files).page("posts/weeding/")
    assert page.one("li", class_="h-cite").get("data-depth") == "0"
    assert page.all("a", class_="u-in-reply-to") == []


def test_code_in_a_comment_is_reached_by_keyboard_on_its_page(build_site):
    body = "```\n<pre>\n```\n\n    four\n\nhttps://x.org/a"
    site = build_site(
        {"posts/weeding.md": post("Comments: 1"), "comments/weeding/a.md": comment(body=body)}
    )
    page = site.page("posts/weeding/")
    assert [e.get("tabindex") for e in page.all("pre")] == ["0", "0"]
    assert [e.get("href") for e in page.all("a", class_="bare")] == ["https://x.org/a"]
    (entry,) = site.feed("posts/weeding/comments.atom.xml").entries
    assert "<pre><code>four" in entry.content[0].value
    assert "bare" not in entry.content[0].value


# What a comment's body becomes.

ALLOWED = {"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"}


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Hello <b>you</b>", "<p>Hello &lt;b&gt;you&lt;/b&gt;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<div>\n*a*\n</div>", "<p>&lt;div&gt;\n<em>a</em>\n&lt;/div&gt;</p>"),
        ("<!-- x -->", "<p>&lt;!-- x --&gt;</p>"),
        ("&lt;b&gt; &#60;b&#62; &amp;lt;", "<p>&lt;b&gt; &lt;b&gt; &amp;lt;</p>"),
        ("# Loud", "<p><strong>Loud</strong></p>"),
        ("a | b\n--|--\n1 | 2", "<p>a | b\n--|--\n1 | 2</p>"),
        ("a\n\n---\n\nb", "<p>a</p>\n\n<p>b</p>"),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("> a\n\n- b", "<blockquote>\n<p>a</p>\n</blockquote>\n<ul>\n<li>b</li>\n</ul>"),
        ("[a](https://x.org/?a&b=2)", '<p><a href="https://x.org/?a&amp;b=2" rel="ugc nofollow">a</a></p>'),
        ("https://x.org/a.", '<p><a href="https://x.org/a" rel="ugc nofollow">https://x.org/a</a>.</p>'),
        ("(https://x.org/(b))", '<p>(<a href="https://x.org/(b)" rel="ugc nofollow">https://x.org/(b)</a>)</p>'),
        ("![cat](https://x.org/c.png)", '<p><a href="https://x.org/c.png" rel="ugc nofollow">cat</a></p>'),
        ("[![a](https://x.org/b)](https://x.org)", '<p><a href="https://x.org" rel="ugc nofollow">a</a></p>'),
        ("`https://x.org`", "<p><code>https://x.org</code></p>"),
    ],
)  # fmt: skip
def test_a_body_is_reduced_to_what_suits_a_comment(body, shown):
    read = render(body)
    assert read.html == shown
    assert read.problems == []


@pytest.mark.parametrize(
    "body",
    ["[a](weeding.md)", "[a](javascript:alert)", "[a](JAVASCRIPT&#58;alert)", "![a](b.png)", "[a](//x.org)",
     "[a](data:text/html;x)", "[a](/about/)"],
)  # fmt: skip
def test_a_link_to_no_full_web_address_is_its_words_and_is_told(body):
    read = render(f"One.\n\n{body}")
    assert read.html == "<p>One.</p>\n<p>a</p>"
    assert [(p.line, p.level) for p in read.problems] == [(3, "warning")]
    assert "https://" in read.problems[0].text


@pytest.mark.parametrize(
    "typed",
    ["ann@example.org", "<ann@example.org>", "[me](mailto:ann@example.org)", "<mailto:ann@example.org>",
     "ann&#64;example.org", "*ann*@example.org", "ann@**example**.org", "`ann@example.org`",
     "    ann@example.org", "[ann@example.org](https://x.org)", "[me](https://x.org/?m=ann@example.org)",
     "[me](https://x.org/?m=ann%40example.org)", "https://x.org/?m=ann@example.org", "ann\u200b@example.org",
     "ann＠example.org", "![ann@example.org](https://x.org/a.png)", "(ann@example.org)", "‘ann@example.org’",
     "a_b.ann+tag@mail.example.org", "ann@[192.0.2.1]", "x ann@example.org,bob@example.org"],
)  # fmt: skip
def test_an_address_that_is_typed_is_never_shown_and_the_author_is_told(typed):
    read = render(f"Write to me:\n\n{typed}")
    for shown in (read.html, read.opening):
        text = unquote(re.sub(r"<[^>]*>", "", shown) + shown)
        assert not re.search(r"(ann|bob)\W{0,3}@|(ann|bob)＠|@\W{0,3}example|192", text), shown
    assert {problem.level for problem in read.problems} == {"warning"}
    assert "Take it out of the file too." in read.problems[0].text
    assert read.problems[0].line == 3


@pytest.mark.parametrize(
    "typed", ["3 @ 5.50", "10@5.50", "@ann", "https://social.example/@ann.b", "a @ b", "me@home"]
)
def test_what_is_no_address_stays(typed):
    assert find_mails(typed) == []
    assert fold(typed) in fold(render(typed).opening)


def test_a_masked_text_keeps_all_other_words():
    assert mask_mails("a <ann@x.org>, b (bob@y.co.uk).") == (f"a {MASK}, b ({MASK}).", 2)


PIECES = st.sampled_from(
    "ann@example.org <b> </b> <script> & &lt; &#64; * ** _ ` ``` [ ] ( ) ![ ]( https://x.org/ mailto: "
    "javascript: # - > | \n \n\n <!-- --> \\ @ . example.org <a\u0020href='x'> \" ' = 1. é".split(
        " "
    )
)


@settings(max_examples=300)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=25).map("".join))
def test_whatever_is_typed_only_the_short_list_comes_out(body):
    read = render(body.replace("\x02", "").replace("\x03", ""))
    clean = nh3.clean(
        read.html,
        tags=ALLOWED,
        attributes={"a": {"href", "rel"}},
        link_rel=None,
        url_schemes={"http", "https"},
    )
    tags = [sorted(re.findall(r"<(/?\w+)", text)) for text in (clean, read.html)]
    assert tags[0] == tags[1]
    assert not find_mails(read.opening)
    assert re.findall("<a [^>]*>", read.html) == re.findall(
        r'<a href="https?://[^"<>]*" rel="ugc nofollow">', read.html
    )


def test_a_tangle_and_a_long_line_are_read_in_no_time():
    assert render("> " * 50_000 + "x").problems == []
    assert len(find_mails("a@" * 50_000)) == 0
    assert find_mails("a" * 100_000 + "@" + "b" * 100_000) == []
    assert len(find_mails("a@b.cc " * 20_000)) == 20_000


def test_a_problem_names_the_line_in_the_file(tmp_path):
    files = {
        "posts/weeding.md": post(),
        "comments/weeding/a.md": comment(body="One.\n\nann@example.org\n"),
    }
    (problem,) = read_problems(tmp_path, files)
    assert (problem.path, problem.line, problem.level) == ("comments/weeding/a.md", 6, "warning")


@pytest.mark.parametrize("stated", ["Comments: 1,024", "Comments: 1", "Comments: 0", ""])
def test_one_number_is_read_in_every_place_that_has_it(build_site, stated):
    site = build_site({"posts/weeding.md": post(stated)})
    number = int(stated.partition(": ")[2].replace(",", "") or 0)
    for name in ("", "posts/weeding/", "topics/reading/", "topics/", "archives/"):
        records = site.page(name).texts("p", class_="record")
        assert any(read_numbers(line)[-1:] == [number] for line in records), name
    atom, rss = (site.xml(f"feeds/all.{kind}.xml") for kind in ("atom", "rss"))
    assert atom.findtext("a:entry/thr:total", "", NAMESPACES) == str(number)
    link = next(e for e in atom.iterfind("a:entry/a:link", NAMESPACES) if e.get("rel") == "replies")
    assert link.get(f"{{{NAMESPACES['thr']}}}count") == str(number)
    assert link.get("href") == f"{site.url}/posts/weeding/#comments"
    slash = "channel/item/{http://purl.org/rss/1.0/modules/slash/}comments"
    assert rss.findtext(slash) == str(number)
    assert rss.findtext("channel/item/comments") == f"{site.url}/posts/weeding/#comments"
    (item,) = json.loads(site.text("feeds/all.json"))["items"]
    assert item["_comments"]["count"] == number
    found = [json.loads(text) for text in LD_JSON.findall(site.text("posts/weeding/index.html"))]
    (entry,) = [data for data in list_objects(found) if data.get("@type") == "BlogPosting"]
    assert entry["commentCount"] == number
    assert entry["interactionStatistic"]["userInteractionCount"] == number


LD_JSON = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def list_objects(data):
    """List every object within JSON."""
    if isinstance(data, list):
        return [found for value in data for found in list_objects(value)]
    if isinstance(data, dict):
        return [data, *list_objects(list(data.values()))]
    return []
