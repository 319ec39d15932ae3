"""A link leads where the author meant, however it was written, or the answer says what to type."""

import html
import re
from urllib.parse import quote, unquote

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.folding import compose
from catalogue.text.encoding import FORBIDDEN_CHARACTERS
from catalogue.text.links import (
    TARGET_CLOSE,
    TARGET_OPEN,
    Target,
    Unresolved,
    expand_links,
    find_source,
    resolve,
)
from catalogue.text.markdown_reader import MarkdownReader

READER = MarkdownReader()
quick = settings(deadline=None, database=None, max_examples=150)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("b.md", ("posts/b.md", "")),
        ("./b.md#there", ("posts/b.md", "there")),
        ("../pages/about.md", ("pages/about.md", "")),
        ("../images/my%20desk.png", ("images/my desk.png", "")),
        ("../images/my desk.png", ("images/my desk.png", "")),
        ("../images/a.png?size=2", ("images/a.png", "")),
        ("{filename}b.md", ("posts/b.md", "")),
        ("{filename}/posts/b.md#there", ("posts/b.md", "there")),
        ("|filename|b.md", ("posts/b.md", "")),
        ("{static}/images/a.png", ("images/a.png", "")),
        ("{attach}../images/a.png", ("images/a.png", "")),
        ("{tag}Social Media", ("topics/social-media.md", "")),
        ("{category}reading", ("topics/reading.md", "")),
        ("{index}", ("/", "")),
        ("/about/", ("/about/", "")),
        ("/about/#there", ("/about/", "there")),
        ("#fn-1", ("", "fn-1")),
        ("#caf%C3%A9", ("", "café")),
        ("#", ("", "")),
        (" b.md ", ("posts/b.md", "")),
        ("https://e.org/b.md", None),
        ("//e.org/x", None),
        ("mailto:a@b.org", None),
        ("tel:+123", None),
    ],
)
def test_an_address_is_resolved(url, target):
    assert resolve(url, "posts/a.md") == target


@pytest.mark.parametrize(
    ("url", "tag", "words"),
    [
        ("../../etc/passwd", "a", "leads out of the content folder. Copy the file into"),
        ("{attach}/../../key", "a", "leads out of the content folder"),
        ("{static}/../pelicanconf.py", "a", "leads out of the content folder"),
        ("..\\images\\a.png", "img", "has backslashes. Write: ../images/a.png"),
        ("{filenam}b.md", "a", "{filenam} is not a sign for a link. Write {filename} for"),
        ("https://e.org/a.png", "img", "lies on another site. Save it in content/images/"),
        ("//e.org/a.png", "img", "The picture //e.org/a.png lies on another site"),
        (
            "https://e.org/a.MP3?x=1",
            "img",
            "The recording or film https://e.org/a.MP3?x=1 lies on another site. Save it in "
            "content/images/ and write: ../images/its-name, or link to it: [its title](https://e.org/a.MP3",
        ),
        ("https://e.org/a.mp4", "video", "The film https://e.org/a.mp4 lies on another site"),
        ("www.e.org/x", "a", "Write: https://www.e.org/x"),
        ("ann@e.org", "a", "Write: mailto:ann@e.org"),
    ],
)
def test_what_cannot_lead_anywhere_is_told(url, tag, words):
    with pytest.raises(Unresolved, match=r"\S") as caught:
        resolve(url, "posts/a.md", tag)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("html_in", "html_out"),
    [
        (f'<a href="{TARGET_OPEN}posts/b.md{TARGET_CLOSE}#x">', '<a href="/blog/posts/b/#x">'),
        (f'<img src="{TARGET_OPEN}/about/{TARGET_CLOSE}">', '<img src="/blog/about/">'),
        (
            f'<img src="{TARGET_OPEN}images/a &amp; &#x27;b&#x27;.png{TARGET_CLOSE}">',
            '<img src="/blog/images/a%20&amp;%20&#x27;b&#x27;.png" width="40" height="30">',
        ),
        (f'<a href="{TARGET_OPEN}posts/gone.md{TARGET_CLOSE}">', '<a href="/blog/posts/gone.md">'),
        ("<p>nothing</p>", "<p>nothing</p>"),
    ],
)
def test_targets_become_addresses(html_in, html_out):
    targets = {
        "posts/b.md": Target("/posts/b/"),
        "images/a & 'b'.png": Target("/images/a & 'b'.png", 40, 30),
    }
    assert expand_links(html_in, "/blog", targets) == html_out


names = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="/\\"), min_size=1
    )
    .map(lambda text: compose(FORBIDDEN_CHARACTERS.sub("", text)).strip())
    .filter(lambda text: text not in ("", ".", "..") and text == text.strip("\ufeff"))
)


@quick
@given(names, st.sampled_from(["", "part"]))
def test_a_link_to_any_file_round_trips(name, fragment):
    """What the author writes for a file, escaped as HTML wants it, leads to that file's address."""
    path = f"images/{name}.png"
    url = "../" + quote(path) + (f"#{fragment}" if fragment else "")
    source = f'<p><a href="{html.escape(url)}" title="&lt;&quot;">x</a></p>'
    body = READER.read(source, 1, "posts/a.md")
    assert body.problems == []
    assert [(link.target, link.fragment) for link in body.links] == [(path, fragment)]
    expanded = expand_links(body.html, "/blog", {path: Target(f"/{path}")})
    (element,) = html5lib.parseFragment(expanded, namespaceHTMLElements=False).iter("a")
    place, _, part = element.get("href").partition("#")
    assert (unquote(place), part) == (f"/blog/{path}", fragment)
    assert element.get("title") == '<"'


@quick
@given(
    st.text(max_size=30) | st.from_regex(r"[{|]\w+[}|]|\.\./|https?:|#|%[0-9a-f]{2}"),
    st.sampled_from(["a", "img", "video"]),
)
def test_any_address_is_resolved_or_refused_in_one_sentence(url, tag):
    try:
        target = resolve(url, "posts/a.md", tag)
    except Unresolved as wrong:
        target, text = None, str(wrong)
    else:
        text = ""
    assert text.isprintable()
    assert not (target and target[0].startswith(".."))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[x](/archives/#%EF%B7%90)", "#%EF%B7%90 holds a sign that cannot be seen"),
        ("[x](b%00.md)", "b%00.md holds a sign that cannot be seen"),
        ("[x]({filename}b%E2%80%AE.md)", "holds a sign that cannot be seen"),
        ("[x](..\\a\\b.md)", "has backslashes. Write: ../a/b.md"),
        ("[x](https://e.org/?re=\\d)", "has backslashes. Write: https://e.org/?re=%5Cd"),
        ("[x](?q=1)", "?q=1 leads nowhere. Write the page's address before the ?"),
    ],
)
def test_an_address_that_no_browser_could_show_is_refused(text, words):
    (problem,) = READER.read(f"a\n\n{text}", 1, "posts/a.md").problems
    assert (problem.level, problem.line) == ("error", 3)
    assert words in problem.text


def test_the_top_of_the_page_is_a_place():
    body = READER.read("[up](#) and [up](#top)", 1, "posts/a.md")
    assert body.problems == []
    assert re.findall('href="(.*?)"', expand_links(body.html, "/b", {})) == ["#", "#top"]


@pytest.mark.parametrize("address", ["/about//", "//", "/about//index.html"])
def test_an_address_with_a_slash_too_many_is_not_the_page(address):
    assert find_source(address, {"/": "", "/about/": "pages/about.md"}) is None


def test_what_looks_like_a_target_is_one_only_at_the_beginning_of_an_address():
    good = f'<a href="{TARGET_OPEN}posts/b.md{TARGET_CLOSE}#c">d</a>'
    odd = f'{TARGET_OPEN}posts/b.md{TARGET_CLOSE} <i title="{TARGET_OPEN}x{TARGET_CLOSE}">y</i>'
    expanded = expand_links(odd + good + odd, "/r", {"posts/b.md": Target("/posts/b/")})
    assert expanded == f'{odd}<a href="/r/posts/b/#c">d</a>{odd}'


def test_the_computer_of_the_author_is_not_the_web():
    body = READER.read("x\n\n[x](http://localhost:8000/about/)", 1, "posts/a.md")
    (problem,) = body.problems
    assert body.links == []
    assert problem.level == "warning"
    assert "leads to your own computer" in problem.text


def test_a_fine_screen_is_offered_the_picture_itself_where_no_wide_variant_saves_a_byte():
    source = f'<img src="{TARGET_OPEN}a.jpg{TARGET_CLOSE}" alt="x">'
    for width, variants, offered in (
        (2000, [480, 800, 1200], [480, 800, 1200]),
        (2000, [480, 800], [480, 800, 2000]),
        (900, [480, 800], [480, 800, 900]),
    ):
        choices = [(each, f"/a.jpg.{each}.webp") for each in variants]
        target = Target("/a.jpg", width, 600, "", choices)
        expanded = expand_links(source, "", {"a.jpg": target}, "100vw")
        assert [int(found) for found in re.findall(r" (\d+)w", expanded)] == offered
