"""Plain HTML is split as the library splits it, and other HTML is left to the library."""

from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.html_allowlist import ELEMENTS
from catalogue.text.html_reader import HtmlReader
from catalogue.text.plain_html import split_plain

plain_pieces = st.sampled_from(
    [f"<{tag}>" for tag in ELEMENTS if tag[0] in "abcdhilpt"]
    + [f"</{tag}>" for tag in ELEMENTS if tag[0] in "abcdhilpt"]
    + '<a href="x.md">|<a href="javascript:x">|<img src="">|<img src="i.png">'.split("|")
    + ['<a href="?b&amp;amp;c&amp;lt=d">', '<img alt="&amp;" src="&amp;#106;">', '<a href="&lt;">']
    + '<td align="left">|<b title="a\'s\nb">|<p id="x">|<p id="main">|<a name="y" href="">'.split(
        "|"
    )
    + '<p onclick="x">|<a href="a b" href="c">|<img src="a.png" alt="a.png">|<i class="skip">'.split(
        "|"
    )
    + [
        "x",
        " ",
        "\n",
        "&amp;",
        "&",
        "&#8617;",
        "&#34;",
        "&#39;",
        "&nbsp",
        "&lt",
        "é",
        "don't",
        '"',
        "\x0c",
        "]]",
    ]
)


@settings(deadline=None, database=None, max_examples=400)
@given(st.lists(plain_pieces, max_size=14).map("".join))
def test_plain_tags_are_parted_as_the_library_parts_them(source):
    short, long = HtmlReader(source), HtmlReader(source)
    pieces, tags = split_plain(source)
    if pieces:
        short.read_plain(pieces, tags)
        long.feed(source)
        long.close()
        assert short.finish() == long.finish()
        assert [each.place for each in short.facts.references] == [
            each.place for each in long.facts.references
        ]


def test_what_markdown_makes_is_plain_and_what_changes_the_reading_is_not():
    source = '<h2 id="a">A &amp; b</h2>\n<p><a href="c.md">d</a> <img alt="" src="e"></p>'
    pieces, tags = split_plain(source)
    assert "".join(pieces) == source
    assert tags[0] == (False, "h2", (("id", "a"),))
    assert tags[1] == (True, "h2", ())
    for tag in '<script>|<P>|<p x>|<p a=b>|<a b="&lt;">|<a b="<">|<p|p>|<!-- -->|<br/>'.split("|"):
        assert split_plain(f"<p>{tag}</p>") == ([], [])
    assert ELEMENTS.isdisjoint(
        "script style textarea title iframe noembed noframes noscript xmp plaintext svg math".split()
    )
