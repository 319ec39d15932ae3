"""Whatever bytes a file holds, it becomes a record that is safe to show, or an answer with a line."""

import json

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import escape

from catalogue.addresses import RESERVED_SLUGS
from catalogue.problems import Problem
from catalogue.record_reader import read_record
from catalogue.records import Record
from catalogue.text.comment_reader import CommentReader
from catalogue.text.html_allowlist import ATTRIBUTES, ELEMENTS, EVERYWHERE
from catalogue.text.markdown_reader import MarkdownReader
from catalogue.text.targets import TARGET_CLOSE, TARGET_OPEN, Target, expand_links
from catalogue.text.web_addresses import check_address
from tests.conftest import draw_png

READER = MarkdownReader()
POST = "Title: x\nDate: 2026-11-23\n"


def read(data, path="posts/a.md", kind="post"):
    return read_record(path, kind, data.encode() if isinstance(data, str) else data, READER)


def test_a_post_becomes_a_record():
    record = read(
        'Title: It\'s "here"\nDate: 2026-11-23\nTags: a\nImage: desk.png\nImage-alt: A desk\n\n'
        "Opening *words*.\n\n## Part\n\n[b](b.md#x) ![c](../images/c.png)\n"
    )
    assert record.problems == []
    assert (record.slug, record.title) == ("a", "It’s “here”")
    assert (record.description, record.ids, record.words) == ("Opening words.", ["part"], 4)
    assert record.values["Image"] == "images/desk.png"
    assert [(link.line, link.tag, link.target, link.fragment) for link in record.links] == [
        (11, "a", "posts/b.md", "x"),
        (11, "img", "images/c.png", ""),
        (4, "img", "/images/desk.png", ""),
    ]
    assert not record.is_draft
    assert record.minutes == 1
    assert (record.line("Tags"), record.line("Slug")) == (3, 1)


@pytest.mark.parametrize(
    ("image", "target"),
    [
        ("desk.png", "/images/desk.png"),
        ("images/desk.png", "/images/desk.png"),
        ("../images/desk.png", "images/desk.png"),
        ("/images/desk.png", "/images/desk.png"),
        ("{static}/images/desk.png", "images/desk.png"),
    ],
)
def test_the_picture_of_a_post_is_found_however_it_is_named(image, target):
    record = read(f"{POST}Image: {image}\nImage-alt: A desk\n\nText.\n")
    assert record.problems == []
    assert [link.target for link in record.links] == [target]
    assert record.values["Image"] == "images/desk.png"


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("desk.png", "no description. Add a line: Image-alt:"),
        ("https://e.org/desk.png", "lies on another site"),
        ("../../desk.png", "leads out of the content folder"),
        ("\\\\nas\\share\\desk.png", "lies in your own network"),
        ("\\images\\desk.png", "has backslashes. Write: Image: /images/desk.png"),
        ("C:\\desk.png", "lies on your own computer"),
        ("..\\images\\desk.png", "has backslashes. Write: Image: ../images/desk.png"),
        ("[[desk.png]]", "by its file's name alone. Write: Image: desk.png"),
        ("![[desk.png|300]]", "Write: Image: desk.png"),
        (
            '![A desk](../images/desk.png "cap")',
            "Write: Image: ../images/desk.png and on a line below it: Image-alt: A desk",
        ),
        ("<../images/our desk.png>", "Write: Image: ../images/our desk.png"),
    ],
)
def test_a_picture_of_a_post_is_judged(image, words):
    record = read(f"{POST}Image: {image}\n\nText.\n")
    assert [(problem.line, words in problem.text) for problem in record.problems] == [(3, True)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{POST}\nStatus: draft\n\nMore.\n", 4),
        (f"{POST}\n---\nTags: a\nStatus: draft\n---\n\nMore.\n", 6),
        (f"---\n{POST}---\n---\ndraft: true\n---\nMore.\n", 6),
        (f"---\n{POST}---\n\npublished: 'false'\n\nMore.\n", 6),
        (f"{POST}Status: draft\n\nStatus: draft\n\nMore.\n", 0),
        (f"{POST}\nThe mark of a draft:\nStatus: draft\n", 0),
        (f"{POST}\nWords.\n\nStatus: draft\n", 0),
        (f"{POST}\nTitle: Dune\nStatus: published\nAuthor: Frank Herbert\n", 0),
    ],
)
def test_a_draft_whose_mark_stands_below_the_header_is_not_published(text, line):
    errors = [problem for problem in read(text).problems if problem.level == "error"]
    assert [problem.line for problem in errors] == [line] * (line > 0)
    assert all(
        "stands below the header, so this would be published" in each.text for each in errors
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Tags: Reading\n\nMore.", 4),
        ("Series: A\nLang: de\n\nMore.", 5),
        ("Title: Dune\nAuthor: Frank Herbert\n\nMore.", 0),
        ("Tags: many.\nAnd more of them.", 0),
    ],
)
def test_header_lines_below_the_header_are_told(text, line):
    problems = read(f"{POST}\n{text}\n").problems
    assert [each.line for each in problems if "below the header" in each.text] == [line] * bool(
        line
    )
    assert all(each.level == "warning" for each in problems)


def test_two_colons_are_one():
    record = read(f"{POST}Lang:: de\nSummary:: A: b\nSeries: : c\n\nText.\n")
    assert record.values["Lang"] == "de"
    assert record.values["Summary"] == "A: b"


@pytest.mark.parametrize("text", ["Words without a blank line.", "Note: so."])
def test_a_text_that_stands_in_the_header_is_told_once(text):
    (problem,) = read(f"{POST}{text}\n").problems
    assert (problem.line, problem.level) == (3, "error")
    assert "blank line before" in problem.text


def test_a_description_that_describes_nothing_is_told():
    (problem,) = read(f"{POST}Image-alt: A desk\n\nText.\n").problems
    assert (problem.line, problem.level) == (3, "warning")
    assert "Add a line: Image: its-name.jpg or delete this one" in problem.text
    (problem,) = read(f"{POST}Image: desk.png\nImage-alt: desk.png\n\nText.\n").problems
    assert (problem.line, problem.level) == (4, "warning")
    assert "is its file's name. Write what it shows." in problem.text


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS - {"404.html", "topics.jsonld"}))
def test_a_name_of_the_sites_own_is_a_slug_of_posts_and_topics_and_of_no_page(slug):
    page = {"path": "pages/a.md", "kind": "page"}
    (problem,) = read(f"Title: x\nSlug: {slug}\n\nText.\n", **page).problems
    assert (problem.line, problem.level) == (2, "error")
    (problem,) = read("Title: x\n\nText.\n", f"pages/{slug}.md", "page").problems
    assert (problem.line, problem.level) == (0, "error")
    assert "Rename the file, or add a line to its header: Slug:" in problem.text
    for section in ("post", "topic") if slug != "index" else ():
        assert read(f"{POST}\nText.\n", f"{section}s/{slug}.md", section).slug == slug
    assert bool(read(f"{POST}\nText.\n", f"posts/{slug}.md").problems) == (slug == "index")


def test_a_file_whose_name_gives_no_address_can_have_one_in_its_header():
    assert "No address can be made" in read(f"{POST}\nText.\n", "posts/♪.md").problems[0].text
    assert read(f"{POST}Slug: note\n\nText.\n", "posts/♪.md").problems == []


def test_a_topic_needs_no_text_and_a_post_does():
    assert read("Title: Reading\n", "topics/reading.md", "topic").problems == []
    assert "There is no text" in read(POST).problems[0].text


UNWRITTEN = "Write your post here.\n"


def test_a_post_that_nobody_has_written_yet_is_a_draft_whatever_its_header_says():
    draft = read(f"{POST}Status: draft\n\n{UNWRITTEN}")
    assert [(each.line, each.level) for each in draft.problems] == [(5, "warning")]
    assert draft.html == ""
    post = read(f"{POST}Status: published\n\n{UNWRITTEN}")
    assert [problem.level for problem in post.problems] == ["warning"]
    assert post.is_draft
    assert [each.level for each in read(f"{POST}Status: draft\n\n \n").problems] == ["error"]


@pytest.mark.parametrize("text", ["{}\nMine.", "Mine.\n\n{}", "Mine,\n{}\ntoo."])
def test_the_sentence_of_a_new_post_is_never_published(text):
    record = read(f"{POST}\n{text.format(UNWRITTEN)}\n")
    assert [problem.level for problem in record.problems] == ["warning"]
    assert "Mine" in record.html
    assert record.is_draft
    assert UNWRITTEN.strip() not in record.html + record.summary
    assert UNWRITTEN.strip() in read(f"{POST}\nHe said: {UNWRITTEN}").description


@pytest.mark.parametrize(
    ("body", "line"),
    [("<object>x</object>", 4), ("[x](../../y)", 4), ("<img src=../images/a.png>", 4)],
)
def test_problems_of_the_body_have_lines_of_the_file(body, line):
    assert [problem.line for problem in read(f"{POST}\n{body}\n").problems] == [line]


def test_all_that_is_wrong_with_a_text_is_told_at_once():
    record = read(
        "Title: x\nDate: 23/11/2026\n\n## Part\n\n<script>x</script>\n\n[x](../../y) [z](z.md)\n"
    )
    assert [problem.line for problem in record.problems] == [2, 6, 8]
    assert (record.html, record.ids) == ("", ["part"])
    assert [link.url for link in record.links] == ["z.md"]


@pytest.mark.parametrize(
    "body",
    [
        "[x](https://e.org \"href='{static}/secret.txt'\")",
        "![src='{attach}secret.txt'](../images/a.png)",
        "<div title='> href=\"|attach|/secret.txt\"'>x</div>",
        "<p data-x='src={static}/secret.txt'>x</p>",
    ],
)
def test_a_file_that_only_an_attribute_s_words_name_is_not_copied(body, build_site):
    text = f"{POST}\n{body} {{static}} | text\n"
    files = {"posts/a.md": text, "images/a.png": draw_png(), "images/secret.txt": "x"}
    site = build_site(files)
    assert "secret.txt" in site.text("posts/a/index.html")
    assert "{static} |" in site.page("posts/a/").words
    assert not [name for name in site.files if name.endswith("secret.txt")]


def test_a_draft_is_known_even_when_its_text_is_wrong():
    assert read(f"{POST}draft: true\n\n<script>\n").is_draft


# fmt: off
KEYS = "Title Date Tags Summary Author Status Slug Image Image-alt Category X".split()
VALUES = [
    "<script>alert(1)</script>", '"><img src=x onerror=x>', "2026-11-23", "a, b", "draft", "</title>",
    "&lt;b&gt;", "'x' \"y\"", "{{ x }}", f"{TARGET_OPEN}x{TARGET_CLOSE}",
]
PIECES = [
    "<p>", "</p>", "<b ", "<svg>", "<!--", "-->", "<?", "<![CDATA[", "]]>", "<script>", "</script>",
    "[x](", ")", "![", "]", "<a href=", "javascript:x", "'", '"', ">", "<", "\n", "\n\n", "`", "```",
    "onclick=x", " title=", "&#106;", "&lt;", "    ", "- ", "> ", "[^1]", "[^1]: ", "| a |", "|---|",
    "*", "_", "\\", "# ", "<div>", "</div>", "<style>", "<img src=", "../b.png", "b.md", " ", "...",
    "<textarea>", "<title>", "<math>", "</3", "<table>", "<td>", "*[A]: ", "A", "&", "--",
]
# fmt: on
LINES = st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)).map(": ".join)
HEADERS = st.lists(LINES | st.text(max_size=20), max_size=6).map("\n".join)
BODIES = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25).map("".join)


def check_safe(source, where):
    """Let a browser's parser read a piece of a page: only what is on the list, and nothing escapes."""
    frame = f"<!DOCTYPE html><title>t</title><main><p>before</p>{source}</main><footer></footer>"
    tree = html5lib.parse(frame)
    names = {"html", "head", "title", "body", "main", "footer"}
    for element in tree.iter():
        assert isinstance(element.tag, str), where
        namespace, _, tag = element.tag.lstrip("{").rpartition("}")
        assert namespace == "http://www.w3.org/1999/xhtml", where
        assert tag in ELEMENTS | names, where
        allowed = ATTRIBUTES.get(tag, frozenset()) | EVERYWHERE | {"tabindex"}
        assert set(element.attrib) <= allowed, where
        assert not check_address(element.get("href", element.get("src", ""))), where
    body = tree[1]
    assert [child.tag.rpartition("}")[2] for child in body] == ["main", "footer"], where


@settings(deadline=None, database=None, max_examples=250)
@given(HEADERS, BODIES, st.sampled_from(["post", "page", "topic", "comment"]))
@example("Title: <b>", '<div title="a > b">\n"x"\n</div>', "post")
@example("Title: <b>", '<p title="x" \n\n"y">', "post")
def test_any_text_is_safe_to_show_or_an_error_with_a_line(header, body, kind):
    text = f"Title: T\nDate: 2026-11-23\n{header}\n\n{body}\n"
    record = read(text, f"{kind}s/a.md", kind)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(0 <= problem.line <= lines for problem in record.problems)
    assert all(1 <= link.line <= lines for link in record.links)
    is_refused = any(problem.level == "error" for problem in record.problems)
    assert is_refused or (record.title and (record.html or kind == "topic"))
    if not is_refused:
        paths = {link.target for link in record.links}
        targets = {path: Target(f"/{path.removeprefix('/')}") for path in paths}
        check_safe(expand_links(record.html, "https://e.org/blog", targets), "html")
        check_safe(f"<p>{record.summary}</p>", "summary")
    check_safe(f"<h1 title='{escape(record.title)}'>{escape(record.title)}</h1>", "title")
    assert TARGET_OPEN not in record.title + record.summary + record.description


@settings(deadline=None, database=None, max_examples=150)
@given(
    st.binary(max_size=80)
    | st.binary(max_size=40).map(lambda data: POST.encode() + b"\n" + data)
    | st.text(max_size=60).map(lambda text: f"{POST}\n{text}".encode("utf-8", "surrogatepass")),
    st.sampled_from(["post", "page", "topic", "comment"]),
)
def test_no_bytes_are_lost_without_a_word(data, kind):
    record = read(data, f"{kind}s/a.md", kind)
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert all(0 <= problem.line <= lines for problem in record.problems)
    is_refused = any(problem.level == "error" for problem in record.problems)
    assert is_refused or record.title or kind == "comment"


@settings(deadline=None, database=None, max_examples=100)
@given(HEADERS, BODIES)
def test_a_record_written_as_json_is_read_back_equal(header, body):
    record = read(f"Title: T\nDate: 2026-11-23\n{header}\n\n{body} [x](b.md) <blink>\n")
    data = json.loads(json.dumps(record.to_data()))
    again = Record.from_data(data, "", record.body)
    assert again == record
    assert all(isinstance(problem, Problem) for problem in again.problems)


def test_reading_depends_on_the_bytes_alone():
    """One parser serves all files: what one holds must not show in the next."""
    text = f"{POST}\nA[^1] ALA [x][y]\n\n# H\n\n*[ALA]: z\n\n[^1]: n\n\n[y]: b.md\n"
    first = read(text)
    read(f"{POST}\n*[B]: x\n\n[z]: c.md\n\n# H\n\nB[^1]\n\n[^1]: other\n\n<script>\n")
    assert read(text) == first
    assert "ALA" not in read(f"{POST}\nB [x][y] [z]\n").html


@pytest.mark.parametrize("kind", ["post", "page", "comment"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\r\n", "\n  \n"])
@pytest.mark.parametrize(
    "header", ["Author: Ben Reader\nDate: 2026-01-01", "---\nTitle: x\n---", "Title: x"]
)
def test_no_problem_stands_below_the_last_line(kind, end, header):
    data = (header + end).encode()
    reader = CommentReader() if kind == "comment" else READER
    problems = read_record("posts/a.md", kind, data, reader).problems
    assert "no text" in problems[-1].text or kind == "comment"
    assert max(problem.line for problem in problems) <= len(data.splitlines())


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("posts/my-trip/index.md", "my-trip"),
        ("posts/2014-03-01-My Trip/index.markdown", "my-trip"),
        ("pages/about/index.md", "about"),
        ("posts/a.markdown", "a"),
        ("posts/x/index-2.md", "index-2"),
    ],
)
def test_a_text_named_index_has_the_name_of_its_folder(path, slug):
    record = read("Title: A\nDate: 2014-03-01\n\nText.\n", path, path.partition("s/")[0])
    assert (record.slug, record.problems) == (slug, [])


def test_the_pictures_of_a_text_named_index_lie_beside_it():
    record = read(
        f"{POST}Cover: shelf.png\nImage-alt: A shelf\n\n![A shelf](desk.png)\n",
        "posts/trip/index.md",
    )
    assert record.problems == []
    assert [link.target for link in record.links] == ["posts/trip/desk.png", "posts/trip/shelf.png"]
    assert record.values["Image"] == "posts/trip/shelf.png"


def test_a_picture_on_another_site_stops_no_post_and_is_not_shown():
    record = read(f"{POST}Cover: https://x.example/a.png\n\nText.\n")
    (problem,) = record.problems
    assert (problem.line, problem.level) == (3, "warning")
    assert "write: Image: its-name.jpg" in problem.text
    assert "Image" not in record.values


def test_an_old_address_that_is_the_posts_own_is_none():
    record = read(f"---\n{POST}permalink: /posts/a/\nredirect_from: /b/\n---\nText.\n")
    assert (record.values["Aliases"], record.problems) == (["/b/"], [])


def test_lines_that_are_not_used_come_through_the_cache():
    record = read(f"---\n{POST}layout: post\n---\nText.\n")
    again = Record.from_data(json.loads(json.dumps(record.to_data())), record.digest, "")
    assert again.unused == {"layout": 4}


@pytest.mark.parametrize(
    ("kind", "path", "old"),
    [
        ("post", "posts/a.md", "/XKCD-plots.html"),
        ("page", "pages/a.md", "/pages/XKCD-plots.html"),
    ],
)
def test_capitals_in_a_slug_are_lowered_and_the_old_address_leads_on(kind, path, old):
    text = "Title: A\nDate: 2024-05-01\nSlug: XKCD-plots\n\nWords.\n"
    record = read_record(path, kind, text.encode(), READER)
    assert record.problems == []
    assert (record.slug, record.values["Slug"]) == ("xkcd-plots", "xkcd-plots")
    assert (record.values["Aliases"], record.line("Aliases")) == ([old], 3)
    text = text.replace("\n\n", f"\nAliases: /b/, {old}\n\n")
    record = read_record(path, kind, text.encode(), READER)
    assert (record.values["Aliases"], record.line("Aliases")) == (["/b/", old], 4)


def test_capitals_in_what_a_comment_answers_are_lowered():
    text = "Author: Ann\nDate: 2024-05-01\nReply-to: Ben\n\nWords.\n"
    record = read_record("comments/a/b.md", "comment", text.encode(), CommentReader())
    assert (record.values["Reply-to"], record.problems) == ("ben", [])
