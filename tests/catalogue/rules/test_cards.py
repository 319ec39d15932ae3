"""Words that a card cannot show are told, and those that it can are not."""

import pytest

from catalogue.folder.media import Media
from catalogue.records import Record
from catalogue.rules.cards import check_cards

LINES = {"Title": 1, "Question": 5, "Short answer": 7}
SEEN = "Other sites show a card of this page without its {}, for the letters are not on hand."
REMEDY = " A picture of your own can take its place: Image: its-name.jpg"


def judge(kind="post", media=None, **facts):
    record = Record(f"{kind}s/a.md", kind, lines=LINES, **facts)
    return [(found.line, found.level, found.text) for found in check_cards([record], media or {})]


@pytest.mark.parametrize(
    ("title", "question", "answer", "line", "lacking"),
    [
        ("图书馆", "", "", 1, "title"),
        ("Where", "图书馆在哪里?", "In the town.", 5, "question"),
        ("Where", "Where is it?", "在城里。", 7, "short answer"),
        ("Where", "图书馆在哪里?", "在城里。", 5, "question and short answer"),
        ("图书馆", "图书馆在哪里?", "In the town.", 5, "question and title"),
    ],
)
def test_what_a_card_lacks_is_told_where_it_stands(title, question, answer, line, lacking):
    found = judge(title=title, question=question, answer=answer)
    assert found == [(line, "warning", SEEN.format(lacking) + REMEDY)]


@pytest.mark.parametrize(
    ("title", "question", "answer"),
    [
        ("", "", ""),
        ("Plain 📚", "", ""),
        ("Where", "Where is it?", "In the town."),
        ("图书馆", "Where is it?", "In the town."),
    ],
)
def test_a_card_that_shows_all_it_should_is_no_problem(title, question, answer):
    assert judge(title=title, question=question, answer=answer) == []


def test_a_topic_s_name_is_told_once_for_its_card_and_those_of_its_posts():
    seen = SEEN.format("title").replace("a card of this page", "cards of this topic and its posts")
    assert judge("topic", title="图书馆") == [(1, "warning", seen)]


def test_a_page_without_a_card_lacks_nothing():
    assert judge("page", title="图书馆") == []


@pytest.mark.parametrize(
    ("kind", "width", "height", "is_told"),
    [
        ("JPEG", 300, 157, False),
        ("GIF", 900, 500, False),
        ("PNG", 299, 500, True),
        ("WebP", 900, 156, True),
        ("SVG", 900, 500, True),
        ("AVIF", 900, 500, True),
        ("", 0, 0, True),
    ],
)
def test_a_post_has_a_card_where_its_own_picture_cannot_stand_for_it(kind, width, height, is_told):
    media = {"images/a": Media("", [], width, height, kind)}
    found = judge(title="图书馆", values={"Image": "images/a"}, media=media)
    assert len(found) == is_told
