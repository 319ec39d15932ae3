"""A header in TOML or in JSON is read as one in YAML, with its lines."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.header.front_matter import read_header
from catalogue.problems import count_errors


def test_comments_in_toml_are_named_too():
    text = '+++\ntitle = "A"\ndate = 2014-03-01\n[[comments]]\nid = 1\n[[comments]]\nid = 2\n+++\n'
    (problem,) = read_header(text, "post").problems
    assert (problem.line, problem.level) == (4, "warning")
    assert problem.text.startswith("comments holds 2 comments")


def test_toml_and_json_have_their_lines_and_their_body():
    toml = (
        '\n+++\ntitle = "A"\n\ndate = 2014-03-01\nfoo = 1\n[cover]\nimage = "a.png"\n+++\n\nText\n'
    )
    header = read_header(toml, "post")
    assert header.lines == {"Title": 3, "Date": 5, "Image": 7}
    assert (header.unused, header.body, header.body_line) == ({"foo": 6}, "\nText\n", 10)
    data = '{\n "title": "A",\n "date":\n  "2014-03-01", "foo": [\n {"title": "B"}]\n}\n\nText\n'
    header = read_header(data, "post")
    assert header.lines == {"Title": 2, "Date": 3}
    assert (header.body, header.body_line) == ("\nText\n", 7)


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, '{"a": ' + "[" * 20_000, '{"a":' * 9_000, "+++\na = " + "[" * 9_000 + "\n+++\n",
     "+++\n" + "a." * 9_000 + "a = 1\n+++\n", '{"title": "\\ud800", "author": {"name": "\\ud800 x"}}\n'],
    ids=range(6),
)  # fmt: skip
def test_what_is_nested_without_end_or_half_a_sign_is_answered(text):
    header = read_header(text, "post")
    assert count_errors(header.problems)
    "".join(map(str, header.values.values())).encode()


@settings(deadline=None, database=None, max_examples=100)
@given(
    st.text("ab'\"\\\n\t[]{}#:= é😀", max_size=40),
    st.lists(st.text("ab', \"é", min_size=1), max_size=4),
    st.booleans(),
)
def test_values_in_toml_and_json_are_read_as_they_are(title, tags, is_json):
    data = {"title": f"T {title}", "date": "2014-03-01", "tags": tags}
    text = json.dumps(data, ensure_ascii=False)
    if not is_json:  # a string of JSON is one of TOML
        rows = [f"{key} = {json.dumps(each, ensure_ascii=False)}" for key, each in data.items()]
        text = "\n".join(["+++", *rows, "+++"])
    header = read_header(f"{text}\nText.\n", "post")
    assert header.problems == []
    assert header.values["Title"] == " ".join(f"T {title}".split())
    wanted = {" ".join(tag.split()).casefold() for tag in tags} - {""}
    assert {" ".join(tag.split()).casefold() for tag in header.values.get("Tags", [])} == wanted
    assert header.body == "Text.\n"
