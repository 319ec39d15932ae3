"""The addresses of files are put in where the links of a text lead to them, and nowhere else."""

import html
import re
from urllib.parse import quote, unquote

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.folding import compose
from catalogue.text.encoding import FORBIDDEN_CHARACTERS
from catalogue.text.markdown_reader import MarkdownReader
from catalogue.text.targets import TARGET_CLOSE, TARGET_OPEN, Target, expand_links

READER = MarkdownReader()
quick = settings(deadline=None, database=None, max_examples=150)


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


def test_the_top_of_the_page_is_a_place():
    body = READER.read("[up](#) and [up](#top)", 1, "posts/a.md")
    assert body.problems == []
    assert re.findall('href="(.*?)"', expand_links(body.html, "/b", {})) == ["#", "#top"]


def test_what_looks_like_a_target_is_one_only_at_the_beginning_of_an_address():
    good = f'<a href="{TARGET_OPEN}posts/b.md{TARGET_CLOSE}#c">d</a>'
    odd = f'{TARGET_OPEN}posts/b.md{TARGET_CLOSE} <i title="{TARGET_OPEN}x{TARGET_CLOSE}">y</i>'
    expanded = expand_links(odd + good + odd, "/r", {"posts/b.md": Target("/posts/b/")})
    assert expanded == f'{odd}<a href="/r/posts/b/#c">d</a>{odd}'


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
