"""An address is judged by what a browser makes of it."""

import sys

import pytest

from catalogue.text.web_addresses import check_address, fold_url


@pytest.mark.parametrize(
    "url", ["/about/", "a.md", "#x", "https://e.org", "a:b/c"[1:], "x/y:z", "1:2", "", "?q=a:b"]
)
def test_ordinary_addresses_are_good(url):
    assert check_address(url) == ""


def test_no_sign_but_a_colon_becomes_one_in_a_folded_address():
    assert [c for c in map(chr, range(sys.maxunicode + 1)) if ":" in fold_url(c)] == [":"]
