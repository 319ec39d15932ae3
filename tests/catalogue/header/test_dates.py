"""A date is read as it was meant, or not at all."""

import pytest

from catalogue.header.dates import describe_date, guess_dates


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
        ("Mon 23 Nov 2026", "2026-11-23"),
        ("Nov 23, 2026 at 10:15 AM", "2026-11-23"),
        ("23 Nov 26", "2026-11-23"),
        ("2026 Nov 23", "2026-11-23"),
        ("23.11.26", "2026-11-23"),
        ("23. 11. 26, 9:30", "2026-11-23"),
        ("5/5/2026", "2026-05-05"),
        ("30/02/2026", ""),
        ("23/11/26", ""),
        ("yesterday", ""),
        ("Nov 2026", ""),
        ("May may may", ""),
        ("２０２６", ""),
    ],
)
def test_a_date_is_guessed_where_one_reading_is_possible(text, day):
    assert guess_dates(text) == [*filter(None, [day])]
    assert f"Write: Date: {day or '2026-11-23'}, with" in describe_date("Date", text)


@pytest.mark.parametrize("text", ["03.02.2024", "3/2/2024", "03-02-2024", "3. 2. 2024 9:30"])
def test_a_date_that_may_be_either_of_two_is_told_with_both(text):
    assert guess_dates(text) == ["2024-02-03", "2024-03-02"]
    wanted = "Write: Date: 2024-02-03 if it is 3 February, or Date: 2024-03-02 if it is 2 March"
    assert describe_date("Date", text).endswith(wanted)


@pytest.mark.parametrize("text", ["3 February", "February 3rd", "3.2."])
def test_a_date_without_its_year_is_told_to_need_one(text):
    assert describe_date("Date", text).endswith("Write it with its year, as in Date: 2026-02-03")
