"""A hidden comment ends where browsers end it; its lines are still counted."""

import pytest

from catalogue.text.html_comments import drop_comments


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a <!--> kept --> c", "a  kept --> c"),
        ("a <!---> kept --> c", "a  kept --> c"),
        ("a <!----> kept --> c", "a  kept --> c"),
        ("a <!-- x --!> kept --> c", "a  kept --> c"),
        ("a <!----!> kept", "a  kept"),
        ("a <!--!> x --> c", "a  c"),
        ("a <!--x--> c <!-- y", "a  c <!-- y"),
        ("<!--><!-- x -->c", "c"),
        ('<?xml:namespace prefix = o ns = "urn:x" />a', "a"),
        ("<![if !vml]>a<![endif]>", "a"),
        ("<?php x ?> <![CDATA[x]]> <!x>", "<?php x ?> <![CDATA[x]]> <!x>"),
    ],
)
def test_a_comment_ends_where_it_ends_in_a_browser(text, left):
    assert drop_comments(text) == left


def test_the_line_ends_of_a_comment_stay():
    assert drop_comments("a<!-- b\nc\n-->d") == "a\n\nd"
