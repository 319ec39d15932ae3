"""A setting gets another text, and every other byte of the file stays."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.settings.setting_edit import add_setting, change_setting, find_setting

SOURCE = '''"""Settings."""
import os

# An é before it.
NAME = "old"  # a remark: é
é = "é"; OTHER = 'é'; AFTER = "x"
LONG = (
    "one "
    "two"
)
EITHER = os.environ.get("X") or "fallback"
NUMBER = 5
'''
FORMS = {
    "plain": SOURCE.encode(),
    "windows": SOURCE.replace("\n", "\r\n").encode(),
    "old mac": SOURCE.replace("\n", "\r").encode(),
    "byte order mark": b"\xef\xbb\xbf" + SOURCE.encode(),
    "no line end": SOURCE.rstrip().encode(),
}
every_form = pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
TEXTS = ["new", "", 'a "b"', "it's", "both ' and \"", "back\\slash", "“é”", "{day} # no remark"]


@every_form
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("NAME", '"old"'),
        ("OTHER", "'é'"),
        ("AFTER", '"x"'),
        ("EITHER", '"fallback"'),
    ],
)
def test_a_text_is_put_in_the_place_of_another(data, name, typed, text):
    changed = change_setting(data, name, text)
    place = find_setting(changed, name)
    assert place.value == text
    start = data.index(f"{name} = ".encode())
    start = data.index(typed.encode(), start)
    assert changed[:start] == data[:start]
    assert changed.endswith(data[start + len(typed.encode()) :])
    assert place.line == find_setting(data, name).line


@every_form
def test_a_text_of_several_lines_is_replaced_as_one(data):
    changed = change_setting(data, "LONG", "short")
    assert find_setting(changed, "LONG").value == "short"
    assert find_setting(changed, "EITHER").value == "fallback"


@every_form
@pytest.mark.parametrize("name", ["NUMBER", "NOWHERE"])
def test_what_is_no_plain_text_is_not_touched(data, name):
    assert change_setting(data, name, "x") == b""


@every_form
def test_a_setting_is_added_in_a_line_of_its_own(data):
    added = add_setting(data, "MORE", "x")
    assert added.startswith(data)
    assert find_setting(added, "MORE").value == "x"


def test_of_two_values_the_one_that_counts_is_changed():
    assert change_setting(b'A = "1"\nA = "2"\n', "A", "3") == b'A = "1"\nA = "3"\n'


@settings(deadline=None, database=None)
@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40))
def test_whatever_the_text_is_it_is_read_back(text):
    changed = change_setting(FORMS["plain"], "NAME", text)
    assert find_setting(changed, "NAME").value == text
    assert ast.literal_eval(changed.decode().split("NAME = ")[1].split("  # a remark")[0]) == text
