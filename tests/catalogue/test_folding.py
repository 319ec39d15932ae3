"""A name is one name, in whatever way it was typed."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.folding import DASHES, compose, fold_name, fold_path, straighten
from tests.bounded import call_bounded

quick = settings(deadline=None, database=None)


@pytest.mark.parametrize(
    "names",
    [
        [
            "Readers' advisory",
            "Readers\u2019 advisory",
            "readers` ADVISORY",
            "Readers\u00b4  advisory",
        ],
        ["AI / ML", "AI/ML", "ai /ml", "AI\u2009/\u2009ML", "AI\uff0fML", "AI\u2215ML"],
        ["R&D", "R & D", "r\u00a0&\u00a0d"],
        ["e-books", "e\u2010books", "e\u2011books", "E\u2013Books", "e \u2014 books", "e books"],
        ["The \u201cgood\u201d book", 'The "good" book', "The \u00abgood\u00bb book"],
        ["The \u201egood\u201c book", "the \uff02good\uff02 book"],
        ["Café", "Cafe\u0301", "CAFÉ", " café ", "ca\u00adfé", "\u200bcafé"],
        ["Straße", "STRASSE"],
        ["Customer service", "customer-service", "CUSTOMER_SERVICE", "Customer \u2014  Service"],
        ["Ｃ", "C", "c"],
    ],
)
def test_a_name_in_another_form_is_the_same(names):
    assert {fold_name(name) for name in names} == {fold_name(names[0])}


def test_names_that_differ_stay_apart():
    names = ["C", "C++", "C#", ".NET", "Net", "R&D", "RD", "A/B", "AB", "A, B", "Résumé", "Resume"]
    assert len({fold_name(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    "paths",
    [
        ["images/Tête.png", "images/Te\u0302te.png"],
        ["posts/readers'-advisory.md", "posts/readers\u2019-advisory.md"],
        ["images/a - b.png", "images/a\u2013b.png", "images/a  \u2014 b.png"],
        ["images/a\u00a0b.png", "images/a b.png"],
    ],
)
def test_a_file_in_another_form_of_its_name_is_the_same(paths):
    assert {fold_path(path) for path in paths} == {fold_path(paths[0])}


def test_capitals_blanks_and_underscores_tell_files_apart():
    paths = ["a-b.png", "a b.png", "a_b.png", "ab.png", "A-b.png"]
    assert len({fold_path(path) for path in paths}) == len(paths)


@quick
@given(st.text(max_size=60) | st.text(" -/&_'\u2019\u2013\u0345\u0301aA\u00ad", max_size=12))
def test_what_is_folded_stays_as_it_is(name):
    assert fold_name(fold_name(name)) == fold_name(name)
    assert fold_path(fold_path(name)) == fold_path(name)


@quick
@given(st.text(max_size=60))
def test_the_form_of_unicode_makes_no_difference(name):
    forms = [unicodedata.normalize(form, name) for form in ("NFC", "NFD")]
    assert fold_name(forms[0]) == fold_name(forms[1])
    assert fold_path(forms[0]) == fold_path(forms[1])
    assert compose(forms[0]) == compose(forms[1]) == forms[0]


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash_is_a_dash(dash):
    assert unicodedata.category(dash) in ("Pd", "Sm", "Po")
    assert fold_name(f"a{dash}b") == "a b"


def test_apostrophes_are_straightened_and_nothing_else():
    assert (
        straighten("Ann\u2019s \u201cbook\u201d \u2013 \u02bcn")
        == "Ann's \u201cbook\u201d \u2013 'n"
    )


def test_a_pile_of_marks_takes_no_time():
    call_bounded(compose, "a" + "\u0301\u0316" * 100_000)
    call_bounded(fold_name, "a" + "\u0301\u0316" * 100_000)
    call_bounded(fold_path, "a" + "\u0301\u0316" * 100_000)
