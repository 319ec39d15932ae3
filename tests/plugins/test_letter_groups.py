"""An index has each name under its letter, and each letter once."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.authority import order_name
from plugins.letter_groups import find_letter, group_by_letter


def group(names):
    lines = [SimpleNamespace(name=name) for name in names]
    return group_by_letter(lines, lambda line: (order_name(line.name), line.name))


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("reading", "R"),
        ("Écriture", "E"),
        ("“Quoted”", "Q"),
        ("3D printing", "0–9"),
        ("½ price", "0–9"),
        ("Библиотека", "B"),
        ("…", ""),
    ],
)
def test_a_name_stands_under_its_first_letter(name, letter):
    assert find_letter(name) == letter


def test_names_stand_under_their_letters_without_accents_digits_first_signs_last():
    groups = group(["Zoo", "élan", "Éclat", "???", "1984", "“Quoted”"])
    assert [(letter, [line.name for line in lines]) for letter, _, lines in groups] == [
        ("0–9", ["1984"]),
        ("E", ["Éclat", "élan"]),
        ("Q", ["“Quoted”"]),
        ("Z", ["Zoo"]),
        ("", ["???"]),
    ]


@settings(deadline=None, database=None, max_examples=50)
@given(st.lists(st.text("aAbéÉ1²½ -Жñ…", min_size=1), max_size=12))
def test_no_name_is_lost_and_no_letter_is_repeated_whatever_their_order(names):
    groups = group(names)
    anchors = [anchor for _, anchor, _ in groups]
    assert len(anchors) == len({*anchors}) == len({letter for letter, *_ in groups})
    assert all(anchor.isascii() and anchor.isalpha() for anchor in anchors)
    assert sorted(line.name for *_, lines in groups for line in lines) == sorted(names)
    assert group(names[::-1]) == groups
