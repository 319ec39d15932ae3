"""The schema of headers is whole, and finds the key that an author means."""

import pytest

from catalogue.header.front_matter import read_header
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


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Lang: de", "de"),
        ("lang: pt-BR", "pt-BR"),
        ("Language: de_AT", "de-AT"),
        ("locale: zh-Hant", "zh-Hant"),
        ("Lang:", None),
    ],
)
@pytest.mark.parametrize("kind", ["post", "page"])
def test_a_header_names_the_language_of_its_text(kind, line, language):
    header = read_header(f"Title: x\nDate: 2026-11-23\n{line}\n\nText.\n", kind, "a.md")
    assert header.problems == []
    assert header.values.get("Lang") == language


@pytest.mark.parametrize("value", ["english", "d", "de-", "de fr", "d/e"])
def test_another_word_is_no_language(value):
    header = read_header(f"Title: x\nDate: 2026-11-23\nLang: {value}\n\nText.\n", "post", "a.md")
    (problem,) = header.problems
    seen = f"“{value}” is no language tag. Write a short one, like: Lang: de, or: en-GB"
    assert (problem.line, problem.text) == (3, seen)
