"""The links to other sites are found in the HTML that is published."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.outside_links import find_outside, list_outside, read_outside


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org", "http://example.org"),
        ("HTTPS://Example.org/", "HTTPS://Example.org/"),
        ("//example.org/a", "https://example.org/a"),
        ("https://example.org/a?b=1&amp;c=2#d", "https://example.org/a?b=1&c=2"),
        ("https://example.org/#", "https://example.org/"),
        ("mailto:a@example.org", ""),
        ("/about/", ""),
        ("#place", ""),
        ("https://", ""),
        ("https:///a", ""),
        ("http://[::bad/", ""),
        ("", ""),
    ],
)
def test_a_link_asks_for_a_page_of_another_site(value, url):
    assert read_outside(value) == url


@settings(deadline=None)
@given(
    st.text(),
    st.sampled_from(["https://a.org/", "//a.org?", "http://", " HTTP://é.org/&amp;copy=1"]),
)
def test_what_is_asked_for_stays_the_same_however_often_it_is_read(rest, start):
    url = find_outside(start + rest)
    assert find_outside(url) == url
    assert read_outside(html.escape(url)) == url


def test_a_query_that_looks_like_a_sign_is_none():
    assert list_outside('<a href="https://a.org/?b=1&amp;copy=2">x</a>') == [
        "https://a.org/?b=1&copy=2"
    ]


def test_each_address_is_listed_once_in_order():
    source = (
        '<p><a href="https://b.org/" rel="nofollow">b</a> <a title="x" href="https://a.org/">a</a> '
        '<a href="https://b.org/#c">b</a> <a href="/a/">a</a> https://c.org/ '
        "<code>&lt;a href=&quot;https://d.org/&quot;&gt;</code></p>"
    )
    assert list_outside(source) == ["https://b.org/", "https://a.org/"]
