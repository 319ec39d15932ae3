"""The archive has every post under its year."""

from datetime import UTC
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from plugins.archives import group_years

DAYS = st.datetimes(timezones=st.just(UTC))


@given(st.lists(DAYS))
def test_each_year_stands_once_newest_first_with_all_its_posts_in_order(days):
    articles = [SimpleNamespace(date=day) for day in sorted(days, reverse=True)]
    groups = group_years(articles)
    years = [year for year, _ in groups]
    assert years == sorted(set(years), reverse=True)
    assert [article for _, group in groups for article in group] == articles
    assert all(article.date.year == year for year, group in groups for article in group)
