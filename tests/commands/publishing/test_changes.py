"""What changes for readers is told briefly, and a site that loses much is held back."""

from dataclasses import replace

import pytest

from commands.publishing.changes import (
    MOST_SHOWN,
    Changes,
    Text,
    check_shrunk,
    format_changes,
    make_message,
)
from commands.writing.post_files import CommandFault

NOTHING = Changes([], [], [], [], [], [], [], 0, 0)


def make_texts(number):
    return [Text(f"/posts/p{n}/", "post", f"P {n}", "") for n in range(number)]


@pytest.mark.parametrize(
    ("before", "after", "is_refused"),
    [
        (10, 7, True),
        (10, 8, False),  # a fifth
        (11, 8, True),
        (3, 1, False),  # two are taken out on purpose
        (3, 0, True),
        (100, 80, False),
        (100, 79, True),
        (0, 5, False),
    ],
)
def test_a_site_is_held_back_that_loses_more_than_a_fifth_and_three_texts(
    before, after, is_refused
):
    if not is_refused:
        check_shrunk(before, after, "text")
        return
    with pytest.raises(CommandFault, match=f"would have {after} texts? where it has {before}"):
        check_shrunk(before, after, "text")


def test_of_many_texts_the_first_are_named_and_the_rest_counted():
    lines = format_changes(replace(NOTHING, new=make_texts(MOST_SHOWN + 3)))
    assert len(lines) == MOST_SHOWN + 1
    assert lines[-1] == "  ... and 3 more"


def test_what_lies_beside_a_text_that_is_gone_is_not_named_again():
    lost = ["/old.html", "/posts/p0/", "/posts/p0/card.png"]
    lines = format_changes(replace(NOTHING, gone=make_texts(1), lost=lost))
    assert lines == [
        "  gone: post “P 0”, /posts/p0/",
        "Addresses: 0 new, 3 gone.",
        "  gone: /old.html",
    ]


def test_no_control_character_of_a_title_or_a_name_reaches_the_terminal():
    text = Text("/posts/x/", "post", "A\x1b[2JB", "")
    lines = format_changes(replace(NOTHING, new=[text], files=["content/extra/\x1b[2J"]))
    assert "\x1b" not in "".join(lines)


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        ({"new": 1}, "Publish “P 0”\n"),
        ({"changed": 1}, "Change “P 0”\n"),
        ({"gone": 1}, "Withdraw “P 0”\n"),
        ({"new": 2}, "Publish texts: 2 new\n"),
        ({"new": 1, "changed": 2, "gone": 3}, "Publish texts: 1 new, 2 changed, 3 gone\n"),
        ({}, "Publish settings and addresses\n"),
    ],
)
def test_the_message_of_a_commit_is_one_plain_line(kinds, message):
    texts = {kind: make_texts(number) for kind, number in kinds.items()}
    assert make_message(replace(NOTHING, **texts)) == message
