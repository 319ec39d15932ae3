"""Ids are tag URIs that nothing but another day or slug can change."""

import pytest

from plugins.tag_uri import check_authority


def test_the_id_has_the_day_that_was_typed(build_site):
    post = "Title: A\nDate: 2026-01-02 00:30\n\nText.\n"
    site = build_site(
        {"posts/a.md": post}, FEED_AUTHORITY="example.org", TIMEZONE="Pacific/Auckland"
    )
    (entry,) = site.feed("feeds/all.atom.xml").entries
    assert entry.id == "tag:example.org,2026-01-02:posts/a"
    assert entry.published_parsed[:3] == (2026, 1, 1)  # in universal time


@pytest.mark.parametrize(
    ("authority", "good"),
    [
        ("example.org", True),
        ("libraries-got-game.example", True),
        ("ann.reader@example.org", True),
        ("xn--bcher-kva.example", True),
        ("", False),
        ("Example.org", False),
        ("https://example.org", False),
        ("example.org/blog", False),
        ("-a.org", False),
        ("bücher.example", False),
        ("example.org,2026", False),
    ],
)
def test_only_a_domain_or_an_address_can_begin_an_id(authority, good):
    assert (check_authority(authority) == "") is good
