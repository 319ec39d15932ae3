"""Each post has a shelf mark, from its first topic and its month."""

from datetime import date

import pytest

from plugins.shelf_marks import format_mark

DAY = date(2015, 11, 3)


@pytest.mark.parametrize(
    ("topics", "mark"),
    [
        (["customer-service", "weeding"], "cust 2015.11"),
        (["e-books"], "eboo 2015.11"),
        (["it"], "it 2015.11"),
        (["-"], "2015.11"),
        ([], "2015.11"),
    ],
)
def test_a_mark_is_made_of_the_first_topic_and_the_month(topics, mark):
    assert format_mark(DAY, topics) == mark


def test_a_year_has_four_figures():
    assert format_mark(date(987, 1, 2), []) == "0987.01"


def test_a_post_has_the_same_mark_on_its_page_and_in_every_list_of_cards(sample):
    marks = {
        sample.page(name).texts("p", class_="mark")[-1]
        for name in ("posts/post-12/", "topics/reading/")
    }
    assert all(mark.startswith("read 20") for mark in marks)
    home = sample.page("")
    for card in home.all("article", class_="entry"):
        (link,) = (a for a in card.iter("a") if a.get("class") == "u-url")
        (mark,) = (home.text(p) for p in card.iter("p") if p.get("class") == "mark")
        assert sample.page(link.get("href").lstrip("/")).texts("p", class_="mark") == [mark]
