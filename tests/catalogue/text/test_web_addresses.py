"""An address is judged by what a browser makes of it."""

import sys

import pytest

from catalogue.text.web_addresses import check_address, check_quoted, fold_url, strip_curly


@pytest.mark.parametrize(
    "url", ["/about/", "a.md", "#x", "https://e.org", "a:b/c"[1:], "x/y:z", "1:2", "", "?q=a:b"]
)
def test_ordinary_addresses_are_good(url):
    assert check_address(url) == ""


@pytest.mark.parametrize(
    "url",
    "ftp://e.org/a ftps://e.org gopher://e.org gemini://e.org irc://irc.example.org/x ircs://e.org "
    "doi:10.1000/182 hdl:4263537/4000 tel:+1 sms:+1 xmpp:a@b.org matrix:r/a:b.org geo:1,2 "
    "urn:isbn:1 magnet:?x=y mailto:a@b.org".split(),
)
def test_what_opens_a_program_for_links_is_a_link(url):
    assert check_address(url) == ""


@pytest.mark.parametrize(
    "url",
    "javascript:x JAVASCRIPT:x data:text/html,x vbscript:x blob:x about:blank file:///x foo:bar".split(),
)
def test_what_runs_or_is_unknown_is_no_link(url):
    assert check_address(url)


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("“https://e.org”", "https://e.org"),
        ("”a.md“", "a.md"),
        ("%E2%80%9Ca.md%E2%80%9D", "a.md"),
        ("«a.md»", "a.md"),
        ("https://e.org”", "https://e.org"),
        ("https://e.org/Rock_’n’", "https://e.org/Rock_’n’"),
        ("a “b” c", "a “b” c"),
        ("“a.md “T”", "“a.md “T”"),
        ("a.md", "a.md"),
        ("“”", ""),
        ("“a” b.md", "“a” b.md"),
        ("“a”.md", "“a”.md"),
        ("a/b”", "a/b”"),
    ],
)
def test_curly_signs_around_an_address_are_taken_off(url, bare):
    assert strip_curly(url) == bare


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https:/e.org/a", "Write: https://e.org/a"),
        ("https:e.org", "Write: https://e.org"),  # to a browser a place on this site (URL, 4.4)
        ("http//e.org", "Write: http://e.org"),
        ("https//:e.org", "Write: https://e.org"),
        ("HTTPS;//E.org", "Write: https://E.org"),
        ("https:///e.org", "Write: https://e.org"),
        ("http:s//e.org/a", "Write: http://e.org/a"),
        ("https://", "https:// leads nowhere. Write the whole address"),
        ("http:", "http: leads nowhere"),
    ],
)
def test_an_address_elsewhere_whose_beginning_is_mistyped_is_told(url, right):
    assert right in check_address(url)


@pytest.mark.parametrize(
    "url", ["http.md", "https/a.md", "httpd.conf", "https://http.cat", "http://a"]
)
def test_what_only_begins_like_one_is_good(url):
    assert check_address(url) == ""


def test_a_tag_that_word_left_is_no_address():
    assert "<st1:…> is a tag that Word left here. Delete it" in check_address("st1:place")


def test_an_address_in_apostrophes_is_told():
    told = "The address https://e.org stands in quotation marks. Write it without them: (https://e.org)"
    assert check_quoted("'https://e.org'", is_picture=False) == told
    assert check_quoted("it's.png", is_picture=True) == ""


def test_no_sign_but_a_colon_becomes_one_in_a_folded_address():
    assert [c for c in map(chr, range(sys.maxunicode + 1)) if ":" in fold_url(c)] == [":"]
