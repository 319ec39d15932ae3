"""The archive has every post under its year, which is that of the site's clocks."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.archives import group_years

ZONES = [ZoneInfo(name) for name in ("America/New_York", "Asia/Kathmandu", "Europe/Andorra")]
DAYS = st.datetimes(
    datetime.fromisoformat("1890-01-01"),
    datetime.fromisoformat("2099-12-31"),
    timezones=st.just(UTC),
)
# Andorra's clocks were put back from 1901 into 1900.
TWICE = [datetime.fromisoformat(f"1900-12-31T23:{minute}:00+00:00") for minute in (52, 53, 57)]


@example(TWICE, ZONES[2])
@given(st.lists(DAYS), st.sampled_from(ZONES))
def test_each_year_stands_once_newest_first_with_all_its_posts_in_order(moments, zone):
    days = [moment.astimezone(zone) for moment in sorted(moments, reverse=True)]
    articles = [SimpleNamespace(date=day) for day in days]
    groups = group_years(articles)
    years = [year for year, _ in groups]
    assert years == sorted(set(years), reverse=True)
    assert [article for _, group in groups for article in group] == articles
    assert all(article.date.year == year for year, group in groups for article in group)


def post(date):
    return f"Title: {date}\nDate: {date}\nTags: Reading\n\nText.\n"


TURN = {
    "posts/a.md": post("2026-01-01"),
    "posts/b.md": post("2025-12-31 23:59"),
    "posts/c.md": post("2026-01-01T03:00Z"),
    "posts/d.md": post("2025-12-31 20:00+00:00"),
    "comments/a/ann.md": "Author: Ann\nDate: 2026-01-01T02:00Z\n\nYes.\n",
}


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("America/New_York", {"2026": "a1", "2025": "b31 c31 d31"}),
        ("Asia/Kathmandu", {"2026": "c1 d1 a1", "2025": "b31"}),
        ("Australia/Sydney", {"2026": "c1 d1 a1", "2025": "b31"}),
        ("UTC", {"2026": "c1 a1", "2025": "b31 d31"}),
    ],
)
def test_a_post_stands_under_the_day_and_year_of_the_site_s_clocks(build_site, zone, days):
    site = build_site(TURN, TIMEZONE=zone)
    for address, name in (("archives/", "year"), ("topics/reading/", "year")):
        page = site.page(address)
        found = {}
        for section in page.all("section", class_=name):
            year = page.text(next(section.iter("h2")))
            assert year not in found
            links = [a.get("href") for a in section.iter("a") if "u-url" in a.get("class", "")]
            times = [page.text(time) for time in section.iter("time")]
            assert all(time.endswith(year) for time in times)
            pairs = zip(links, times, strict=True)
            found[year] = " ".join(f"{link[7]}{time.split()[0]}" for link, time in pairs)
        assert found == days


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Sydney"])
def test_programs_are_told_the_same_moment_whatever_the_zone(build_site, zone):
    site = build_site(TURN, TIMEZONE=zone)
    moment = datetime.fromisoformat("2026-01-01T03:00:00+00:00")
    page = site.page("posts/c/")
    data = json.loads(page.one("script", type="application/ld+json").text)["@graph"][0]
    (item,) = [i for i in json.loads(site.text("feeds/all.json"))["items"] if "/c/" in i["url"]]
    stamps = [
        data["datePublished"],
        page.one("meta", property="article:published_time").get("content"),
        page.one("time", class_="dt-published").get("datetime"),
        item["date_published"],
    ]
    assert [datetime.fromisoformat(stamp) for stamp in stamps] == [moment] * 4
    assert all(not stamp.endswith("+00:00") for stamp in stamps)
    for name in ("feeds/all.atom.xml", "feeds/all.rss.xml"):
        (entry,) = [entry for entry in site.feed(name).entries if "/c/" in entry.link]
        assert entry.published_parsed[:5] == (2026, 1, 1, 3, 0)


def test_a_post_is_cited_by_the_day_that_its_page_shows(build_site):
    site = build_site(TURN, TIMEZONE="America/New_York")
    assert "date = {2025-12-31}" in site.text("posts/c/citation.bib")
    assert "DA  - 2025/12/31/" in site.text("posts/c/citation.ris")
    assert site.page("posts/c/").meta("citation_publication_date") == "2025/12/31"
    assert "(2025, December 31)" in site.page("posts/c/").words


def test_the_id_of_a_post_has_its_day_as_it_was_typed_which_no_zone_changes(build_site):
    sites = [build_site(TURN, TIMEZONE=zone) for zone in ("America/New_York", "Australia/Sydney")]
    ids = [[e.id for e in site.feed("feeds/all.atom.xml").entries] for site in sites]
    assert sorted(ids[0]) == sorted(ids[1])
    assert any(",2026-01-01:posts/c" in name for name in ids[0])
