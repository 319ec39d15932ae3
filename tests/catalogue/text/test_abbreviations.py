"""Each abbreviation that a text explains is marked, wherever it stands alone, and nothing else changes."""

import xml.etree.ElementTree as etree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.util import AtomicString

from catalogue.text.abbreviations import mark_abbreviations
from catalogue.text.definitions import Definitions
from tests.bounded import call_bounded

MEANINGS = {
    "ALA": "American",
    "ALA 2": "The second",
    "R&D": "Research",
    "C++": "A language",
    "no": "",
}


def define(meanings):
    definitions = Definitions()
    definitions.clear(1_000_000)
    for name, words in meanings.items():
        definitions.add(name, words, words, name, 0)
    return definitions


def mark(source, meanings=MEANINGS):
    root = etree.fromstring(f"<div>{source}</div>")
    mark_abbreviations(root, define(meanings))
    return etree.tostring(root, encoding="unicode")[len("<div>") : -len("</div>")]


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("ALA", '<abbr title="American">ALA</abbr>'),
        (
            "the ALA, ALA.",
            'the <abbr title="American">ALA</abbr>, <abbr title="American">ALA</abbr>.',
        ),
        (
            "ALA 2 ALA 3",
            '<abbr title="The second">ALA 2</abbr> <abbr title="American">ALA</abbr> 3',
        ),
        ("ALAS BALA ala ALA_", "ALAS BALA ala ALA_"),
        ("ALA 22", '<abbr title="American">ALA</abbr> 22'),
        ("R&amp;D", '<abbr title="Research">R&amp;D</abbr>'),
        ("C++, C++a", '<abbr title="A language">C++</abbr>, C++a'),
        (
            "<b>ALA</b> ALA",
            '<b><abbr title="American">ALA</abbr></b> <abbr title="American">ALA</abbr>',
        ),
        (
            "x<i/>ALA<i/>y ALA",
            'x<i /><abbr title="American">ALA</abbr><i />y <abbr title="American">ALA</abbr>',
        ),
        ("no ALA-ALA", 'no <abbr title="American">ALA</abbr>-<abbr title="American">ALA</abbr>'),
        ("", ""),
    ],
)
def test_an_abbreviation_is_marked_where_it_stands_alone(source, marked):
    assert mark(source) == marked


def test_code_is_left_alone():
    root = etree.fromstring("<p><code/></p>")
    root[0].text = AtomicString("ALA")
    mark_abbreviations(root, define(MEANINGS))
    assert etree.tostring(root) == b"<p><code>ALA</code></p>"


pieces = st.lists(
    st.sampled_from(["ALA", "ALA 2", " ", "R&amp;D", "<b>", "</b>", "x", ",", "<i/>"])
)


@settings(deadline=None, database=None, max_examples=200)
@given(pieces)
def test_the_words_stay_the_same(parts):
    source = "".join(parts)
    source = "".join(f"<b>{piece}</b>" for piece in source.replace("</b>", "<b>").split("<b>"))
    before = "".join(etree.fromstring(f"<div>{source}</div>").itertext())
    assert "".join(etree.fromstring(f"<div>{mark(source)}</div>").itertext()) == before


def mark_many():
    names = {f"A {'x' * size}{number}": "y" for size in range(200) for number in range(20)}
    marked = mark("A x " * 5_000 + "<b/>ALA" * 20_000, {**names, "ALA": "z"})
    return marked.count("<abbr")


def test_many_are_marked_in_time():
    assert call_bounded(mark_many) == 20_000
