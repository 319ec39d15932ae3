"""Older HTML is written as what is published, and of a style is kept what the theme can say."""

import re
from pathlib import Path

import pytest

from catalogue.text.html_allowlist import PLACING
from catalogue.text.older_html import modernise, read_style, rewrite_tag

CSS = (Path(__file__).parents[3] / "theme" / "static" / "style" / "placed.css").read_text(
    encoding="utf-8"
)


@pytest.mark.parametrize(
    ("tag", "style", "kept", "is_whole"),
    [
        ("p", "", {}, True),
        ("p", ";;", {}, True),
        ("p", "text-align:center", {"class": "text-center"}, True),
        ("p", " Text-Align : END ! important", {}, False),
        ("p", "text-align: right!important;", {"class": "text-right"}, True),
        ("img", "float:left;width:33.3%", {"class": "float-left width-33"}, True),
        ("img", "width: 100%", {}, True),
        ("img", "width: 300px; height: 2px", {"width": "300"}, False),
        ("figure", "width: 300px", {}, False),
        ("p", "width: 50%", {}, False),
        ("ol", "list-style-type:lower-roman", {"class": "lower-roman"}, True),
        ("ol", "list-style-type: Upper-Latin", {"class": "upper-alpha"}, True),
        ("ul", "list-style-type: square", {}, False),
        ("img", "width: 50em", {}, False),
        ("p", "float:none;color:red", {}, False),
        ("p", "text-align", {}, False),
        ("p", "background:url(javascript:x)", {}, False),
    ],
)
def test_of_a_style_is_kept_what_a_class_says(tag, style, kept, is_whole):
    assert read_style(tag, style) == (kept, is_whole)


def test_the_theme_has_a_rule_for_each_class_that_places():
    assert set(re.findall(r"\.((?:text|float|width|lower|upper)-\w+)", CSS)) == PLACING


@pytest.mark.parametrize(
    ("tag", "values", "rewritten"),
    [
        ("p", {"class": "x"}, ("p", {"class": "x"})),
        ("section", {"id": "x"}, ("div", {"id": "x"})),
        ("center", {"style": "float:left"}, ("div", {"class": "text-center float-left"})),
        ("img", {"width": "9", "style": "width:5px"}, ("img", {"width": "9"})),
    ],
)
def test_a_tag_is_written_anew(tag, values, rewritten):
    assert rewrite_tag(tag, values) == rewritten


def test_only_tags_are_written_anew():
    source = '<p title="&lt;section&gt;">&lt;section&gt; style="x"</p>'
    assert modernise(source) == source
