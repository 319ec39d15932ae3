"""A name is written out as often as there is room for what it stands for; the worst one is told."""

from catalogue.text.definitions import Definitions


def make(room, **words):
    definitions = Definitions()
    definitions.clear(room)
    for line, (key, text) in enumerate(words.items()):
        definitions.add(key, text.upper(), text, f"[{key}]", line)
    return definitions


def test_the_first_of_two_definitions_counts():
    definitions = make(100, a="x")
    definitions.add("a", "Y", "y", "[a]", 9)
    assert (definitions.get("a"), definitions.get("b"), len(definitions)) == ("X", None, 1)
    assert [*definitions] == ["a"]
    assert "a" in definitions


def test_nothing_is_written_out_when_the_room_is_full():
    definitions = make(10, a="xxxx", b="y")
    assert [definitions.get("a") for _ in range(3)] == ["XXXX", "XXXX", None]
    assert definitions.get("b") is None


def test_the_worst_is_told_with_its_line_and_how_often_it_could_be_used():
    definitions = make(1_700, a="x", b="y" * 500, c="z" * 900)
    assert definitions.find_excess() is None
    for key in "abbbbac":
        definitions.get(key)
    assert definitions.find_excess() == (
        1,
        "[b] stands for 500 characters and is used more than 3 times, too much for one page. "
        "Shorten what it stands for.",
    )


def test_signs_count_as_the_html_that_they_become():
    definitions = make(11, a='""')
    assert definitions.get("a") is None


def test_another_text_begins_with_none():
    definitions = make(0, a="x")
    definitions.get("a")
    definitions.clear(100)
    assert (len(definitions), definitions.find_excess()) == (0, None)
