"""A date is read as it was meant, or not at all."""

import pytest

from catalogue.header.dates import describe_date, guess_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("23 November 2026", "2026-11-23"),
        ("Nov 23rd, 2026", "2026-11-23"),
        ("Monday, the 23rd of November 2026", "2026-11-23"),
        ("23 Nov 2026 9am", "2026-11-23"),
        ("23/11/2026", "2026-11-23"),
        ("11/23/2026", "2026-11-23"),
        ("23.11.2026 9:30", "2026-11-23"),
        ("2026/11/23", "2026-11-23"),
        ("20261123", "2026-11-23"),
        ("2026-1-3", "2026-01-03"),
        ("2026-11-23 09:30 PST", "2026-11-23"),
        ("2026-11-23 9.30", "2026-11-23"),
        ("5/5/2026", "2026-05-05"),
        ("3/4/2026", ""),
        ("30/02/2026", ""),
        ("23/11/26", ""),
        ("yesterday", ""),
        ("Nov 2026", ""),
        ("May may may", ""),
        ("２０２６", ""),
    ],
)
def test_a_date_is_guessed_only_where_one_reading_is_possible(text, day):
    assert guess_date(text) == day
    assert f"Write: Date: {day or '2026-11-23'}, with" in describe_date("Date", text)
