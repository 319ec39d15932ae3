"""The schema of headers is whole, and finds the key that an author means."""

import pytest

from catalogue.header.schema import HEADER_EXAMPLES, KNOWN_KEYS, SCHEMAS, fold_key, select_key
from catalogue.header.values import VALUE_READERS

FIELDS = [item for schema in SCHEMAS.values() for item in schema]


def test_every_form_of_a_value_has_a_reader_and_no_reader_is_idle():
    assert {item.form for item in FIELDS} == set(VALUE_READERS)


def test_every_required_key_has_an_example_that_begins_with_it():
    for item in FIELDS:
        assert not item.required or HEADER_EXAMPLES[item.key].startswith(f"{item.key}: ")


def test_the_other_spellings_of_a_key_are_folded():
    assert {fold_key(key) for key in KNOWN_KEYS} == KNOWN_KEYS


@pytest.mark.parametrize(
    ("name", "kind", "key", "is_guess"),
    [
        ("image alt", "post", "Image-alt", False),
        ("USED_FOR", "topic", "Used-for", False),
        ("tag", "post", "Tags", True),
        ("comments count", "post", "Comments", True),
        ("tags", "page", "", False),
        ("draft", "comment", "", False),
        ("save_as", "post", "", False),
    ],
)
def test_keys_forgive_case_blanks_and_hyphens(name, kind, key, is_guess):
    assert select_key(name, kind) == (key, is_guess)
