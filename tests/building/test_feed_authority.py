"""The ids of a site begin with what belongs to its author alone, and two sites never share it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.feed_authority import derive_authority, explain_example, is_example
from building.site_address import format_pages
from plugins.tag_uri import check_authority

# What GitHub takes for the names of users and of repositories.
USERS = st.from_regex(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,8}", fullmatch=True)
REPOSITORIES = st.from_regex(r"[A-Za-z0-9._-]{1,12}", fullmatch=True).filter(
    lambda name: name not in (".", "..")
)


@pytest.mark.parametrize(
    ("addresses", "authority"),
    [
        (["https://example.org"], "example.org"),
        (["https://example.org/"], "example.org"),
        (["https://EXAMPLE.org:8443"], "example.org"),
        (["https://bücher.example.org"], "xn--bcher-kva.example.org"),
        (["https://ann.github.io"], "ann.github.io"),
        (["https://ann.github.io/books"], "books@ann.github.io"),
        (["https://ann.github.io/My_Books.js/"], "my_books.js@ann.github.io"),
        (["", "https://ann.github.io/books"], "books@ann.github.io"),
        (["https://example.org", "https://ann.github.io/books"], "example.org"),
        # Below another host somebody else may lie.
        (["https://uni.example.org/~ann"], ""),
        (["https://uni.example.org/~ann", "https://ann.github.io/books"], "books@ann.github.io"),
        (["https://ann.github.io/books/more"], ""),  # no site of GitHub's lies there
        (["http://localhost:8000"], ""),
        (["http://192.168.1.7"], ""),
        (["http://93.184.215.14"], ""),
        (["https://blog.example"], ""),
        ([], ""),
        (["http://["], ""),
    ],
)
def test_it_is_the_domain_or_the_place_that_github_gives(addresses, authority):
    assert derive_authority(*addresses) == authority


@given(USERS, REPOSITORIES, USERS, REPOSITORIES)
def test_two_repositories_never_share_one(user, name, other_user, other_name):
    first, second = format_pages(user, name), format_pages(other_user, other_name)
    one, two = derive_authority(first), derive_authority(second)
    assert check_authority(one) == ""
    assert (one == two) == (first.lower() == second.lower())


@pytest.mark.parametrize(
    ("authority", "is_nobodys"),
    [
        ("libraries-got-game.example", True),
        ("ann@desk.invalid", True),
        ("example.org", False),
        ("books@ann.github.io", False),
    ],
)
def test_the_one_of_the_copy_is_known_as_nobody_s(authority, is_nobodys):
    assert is_example(authority) == is_nobodys


def test_the_very_line_to_write_is_told():
    said = explain_example("pelicanconf.py:23", "books@ann.github.io")
    assert said.startswith("pelicanconf.py:23: FEED_AUTHORITY is the example's still")
    assert said.endswith('Write: FEED_AUTHORITY = "books@ann.github.io"')
    said = explain_example("pelicanconf.py:23", "")
    assert "with an address of yours or your own domain" in said
