"""A value in a header is changed in every form of header, and nothing else in the file is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.writing.header_edit import add_alias, drop_draft, read_bytes, set_value

PLAIN = b"Title: Old\nDate: 2024-01-02\nStatus: draft\nComments: 0\n\nThe text.\n"
YAML = b'---\ntitle: "Old"\ndate: 2024-01-02\ndraft: true\ntags:\n- one\n- two\n---\n\nThe text.\n'
TOML = b'+++\ntitle = "Old"\ndate = 2024-01-02\ndraft = true\n+++\nThe text.\n'
JSON = b'{\n  "title": "Old",\n  "date": "2024-01-02",\n  "draft": true\n}\n\nThe text.\n'
FORMS = {
    "plain": PLAIN,
    "yaml": YAML,
    "toml": TOML,
    "json": JSON,
    "windows": PLAIN.replace(b"\n", b"\r\n"),
    "old mac": PLAIN.replace(b"\n", b"\r"),
    "byte order mark": b"\xef\xbb\xbf" + PLAIN,
    "json in a line": b'{"title": "Old", "date": "2024-01-02", "draft": true}\n\nThe text.\n',
}
every_form = pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)


def read(data):
    header = read_bytes(data, "post", "posts/a.md")
    assert [found for found in header.problems if found.level == "error"] == []
    return header


@every_form
@pytest.mark.parametrize(
    "title", ["New", "Query: what?", '"All of it"', "It's “so” – é", "a # b", "1"]
)
def test_a_title_is_set_and_nothing_else(data, title):
    changed = set_value(data, "posts/a.md", "Title", title)
    assert read(changed).values == {**read(data).values, "Title": title}
    assert changed.endswith(data[data.index(b"The text.") :])


@every_form
def test_a_moment_is_set(data):
    changed = set_value(data, "posts/a.md", "Date", "2026-11-27 22:55")
    assert read(changed).values["Date"] == "2026-11-27T22:55:00"


@every_form
def test_a_line_that_is_missing_is_added(data):
    changed = set_value(data, "posts/a.md", "Summary", "In short.")
    assert read(changed).values == {**read(data).values, "Summary": "In short."}


@every_form
def test_a_draft_mark_is_taken_away(data):
    changed = drop_draft(data, "posts/a.md")
    assert read(changed).values.get("Status") in (None, "published")
    assert read(changed).values["Title"] == "Old"
    assert b"The text." in changed


@every_form
def test_an_alias_is_added_to_none_and_to_one(data):
    once = add_alias(data, "posts/a.md", "/old/")
    twice = add_alias(once, "posts/a.md", "/older/")
    assert read(once).values == {**read(data).values, "Aliases": ["/old/"]}
    assert read(twice).values == {**read(data).values, "Aliases": ["/old/", "/older/"]}
    assert add_alias(twice, "posts/a.md", "/old/") == twice


@pytest.mark.parametrize(
    "aliases",
    [
        "aliases: /x/, /y/",
        "aliases: [/x/, /y/]",
        'aliases: ["/x/", "/y/"]',
        "aliases:\n  - /x/\n  - /y/",
        "aliases:\n- /x/\n- /y/",
        'aliases: "/x/, /y/"',
        "aliases: [\n  /x/,\n  /y/\n]",
    ],
)
def test_an_alias_is_added_to_a_list_in_whatever_form(aliases):
    data = f"---\ntitle: A\n{aliases}\ndate: 2024-01-02\n---\nText\n".encode()
    changed = add_alias(data, "posts/a.md", "/old/")
    assert read(changed).values["Aliases"] == ["/x/", "/y/", "/old/"]


def test_two_draft_marks_go_together():
    data = b"---\ntitle: A\ndate: 2024-01-02\nstatus: draft\npublished: false\n---\nText\n"
    assert drop_draft(data, "a.md") == b"---\ntitle: A\ndate: 2024-01-02\n---\nText\n"


def test_a_password_is_not_taken_away():
    data = b"---\ntitle: A\ndate: 2024-01-02\npassword: x\n---\nText\n"
    assert drop_draft(data, "a.md") == b""


@pytest.mark.parametrize("key", ["Date", "Comments"])
def test_what_would_be_wrong_is_not_written(key):
    assert set_value(PLAIN, "a.md", key, "soon") == b""


@settings(deadline=None, database=None, max_examples=200)
@given(st.sampled_from(sorted(FORMS)), st.text(min_size=1, max_size=40))
def test_whatever_the_title_is_it_is_read_back_or_refused(form, title):
    data = FORMS[form]
    changed = set_value(data, "a.md", "Title", title)
    if changed:
        others = {**read(data).values, "Title": read(changed).values["Title"]}
        assert read(changed).values == others
        assert b"The text." in changed
