"""A link leads where the author meant, however it was written, or the answer says what to type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.links import Unresolved, find_source, resolve
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
        ("http://localhost:8000/images/a.png", "img", "computer alone. Write: /images/a.png"),
        ("../../content/images/a.png", "img", "Write the way from this file: ../images/a.png"),
        ("www.e.org/a.png", "img", "The picture www.e.org/a.png lies on another site. Save it"),
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
        ("<https://e.org/\\@ann/a\\_b>", "has backslashes. Write: https://e.org/@ann/a_b"),
        ("[x](https://e.org/?re=\\d)", "has backslashes. Write: https://e.org/?re=%5Cd"),
        ("[x](?q=1)", "?q=1 leads nowhere. Write the page's address before the ?"),
    ],
)
def test_an_address_that_no_browser_could_show_is_refused(text, words):
    (problem,) = READER.read(f"a\n\n{text}", 1, "posts/a.md").problems
    assert (problem.level, problem.line) == ("error", 3)
    assert words in problem.text


@pytest.mark.parametrize("address", ["/about//", "//", "/about//index.html"])
def test_an_address_with_a_slash_too_many_is_not_the_page(address):
    assert find_source(address, {"/": "", "/about/": "pages/about.md"}) is None


OLD_DOI = "https://doi.org/10.1/(X)5:1{}1::AID-X{}3.0;2-X"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (OLD_DOI.format("<", ">"), ""),
        (f"<{OLD_DOI.format('<', '>')}>", ""),
        (f"[it]({OLD_DOI.format('<', '>')})", "it"),
        (f"[it](<{OLD_DOI.format('<', '>')}>)", "it"),
        (f"[it][1]\n\n[1]: <{OLD_DOI.format('<', '>')}>", "it"),
        (f'<a href="{OLD_DOI.format("<", ">")}">it</a>', "it"),
        (f'<a href="{OLD_DOI.format("&lt;", "&gt;")}">it</a>', "it"),
    ],
)
def test_an_old_doi_is_a_link_to_its_end_however_it_is_written(typed, words):
    body = READER.read(f"See {typed}", 1, "posts/a.md")
    link = f'<a href="{OLD_DOI.format("%3C", "%3E")}">{words or OLD_DOI.format("&lt;", "&gt;")}</a>'
    assert (body.html.replace("&nbsp;", " "), body.problems) == (f"<p>See {link}</p>", [])


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("<https://e.org/a b>", "https://e.org/a%20b"),
        ("//e.org/x", "https://e.org/x"),
        ("https://e.org/%3Ca?b|c#é", "https://e.org/%3Ca?b%7Cc#é"),
        ("https://e.org/{id}/a]?b[]=`^", "https://e.org/%7Bid%7D/a%5D?b%5B%5D=%60%5E"),
        ("http://[2001:db8::1]/a", "http://[2001:db8::1]/a"),
        ("<tel:+1 23>", "tel:+1 23"),
    ],
)
def test_an_address_of_another_site_has_codes_for_what_none_may_hold(typed, address):
    assert f'<a href="{address}">' in READER.read(f"[it]({typed})", 1, "posts/a.md").html


def test_the_computer_of_the_author_is_not_the_web():
    body = READER.read("x\n\n[x](http://localhost:8000/about/)", 1, "posts/a.md")
    (problem,) = body.problems
    assert body.links == []
    assert problem.level == "warning"
    assert problem.text.endswith("leads to your own computer. Write: /about/")
