"""A name that some computer cannot store gets a better one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.folder.names import (
    explain_name_fault,
    find_name_fault,
    group_file_names,
    suggest_name,
)

anything = st.text(st.characters(exclude_characters="/\0", codec=None), min_size=1, max_size=80)


@pytest.mark.parametrize(
    ("name", "words", "better"),
    [
        ("con.md", "Windows keeps", "my-con.md"),
        ("NUL", "Windows keeps", "my-NUL"),
        ("aux.tar.png", "Windows keeps", "my-aux.tar.png"),
        ("Com1.md", "Windows keeps", "my-Com1.md"),
        ("lpt\u00b9.md", "Windows keeps", "my-lpt\u00b9.md"),
        ("dot.", "a dot or a space", "dot"),
        ("space.md ", "a dot or a space", "space.md"),
        ("why?.md", "with ? in it", "why.md"),
        ('a<b>c:d"e|f*g.md', "with < in it", "a-b-c-d-e-f-g.md"),
        ("a\\b.md", "with \\ in it", "a-b.md"),
        ("-rf.md", "hyphen", "rf.md"),
        ("bad\nname.md", "invisible", "bad.md"),
        ("bad\x1b[31m.md", "invisible", "bad[31m.md"),
        ("bad\x7f.md", "invisible", "bad.md"),
        ("bad\udcff\udcfe.md", "invisible", "bad.md"),
        ("photo\u202egnp.md", "invisible", "photognp.md"),
        ("\n", "invisible", "untitled"),
        ("a" * 148 + ".md", "too long", "a" * 60 + ".md"),
        ("読" * 50 + ".md", "too long", "読" * 20 + ".md"),
    ],
)
def test_a_name_that_some_computer_cannot_store_gets_a_better_one(name, words, better):
    text = explain_name_fault(name, f"posts/{name}", group_file_names([name]))
    assert words in text
    assert text.endswith(f'Rename it, for example to "{better}".')
    assert find_name_fault(better) == ""


@pytest.mark.parametrize(
    "name",
    [
        "a.md",
        "console.md",
        "com10.md",
        "My first post!.md",
        "Grüße an Ann (2).md",
        "日本語.md",
        "a" * 147 + ".md",
        "_x.md",
        "e\u0301.md",
        "family \U0001f468\u200d\U0001f469.md",
    ],
)
def test_a_name_that_every_computer_can_store_is_fine(name):
    assert explain_name_fault(name, f"posts/{name}", group_file_names([name])) == ""


@given(name=anything, others=st.lists(anything, max_size=3))
def test_a_suggested_name_can_be_stored_and_is_free(name, others):
    better = suggest_name(name, name, group_file_names(others))
    assert find_name_fault(better) == ""
    assert better not in others or better == name
    assert unicodedata.is_normalized("NFC", better)
