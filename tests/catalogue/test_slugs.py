"""Slugs are good addresses and good file names, whatever the words they are made from."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unidecode import unidecode

from catalogue.slugs import (
    LONGEST_SLUG,
    SLUG,
    TYPESET_SIGNS,
    check_slug,
    format_ascii,
    format_numbered_slug,
    format_post_slug,
    format_slug,
    format_topic_slug,
    slug_of,
)

ROOT = Path(__file__).parent.parent.parent
quick = settings(deadline=None, database=None)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        (
            "Three requests I asked of our library lead team",
            "three-requests-i-asked-of-our-library-lead-team",
        ),
        ("Our organisation's rules", "our-organisations-rules"),
        ("Our organisation\u2019s rules", "our-organisations-rules"),
        ("  --Hello,   World!-- ", "hello-world"),
        ("Café Zürich, smørrebrød", "cafe-zurich-smorrebrod"),
        ("Cafe\u0301", "cafe"),
        ("Большая книга", "bolshaia-kniga"),
        ("snake_case & 3.5 %", "snake-case-3-5"),
        ("!?…", ""),
        ("", ""),
        ("broken \udcff name", "broken-name"),
        ("word " * 40, "-".join(["word"] * 16)),
        ("x" * 100, "x" * 80),
        (f"{'x' * 80} y", "x" * 80),
        (f"{'x' * 79} y", "x" * 79),
    ],
)
def test_words_become_a_slug(words, slug):
    assert format_slug(words) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("c++", "c-plus-plus"),
        ("C++11", "c-plus-plus-11"),
        ("C#", "c-sharp"),
        ("F#", "f-sharp"),
        ("C#/.NET", "c-sharp-dot-net"),
        (".NET", "dot-net"),
        ("ASP.NET", "asp-net"),
        ("Notepad++", "notepad-plus-plus"),
        ("Google+", "google-plus"),
        ("LGBTQIA+ books", "lgbtqia-plus-books"),
        ("R&D", "r-d"),
        ("A/B testing", "a-b-testing"),
        ("a+b", "a-b"),
        ("#libraries", "libraries"),
        ("...and more", "and-more"),
        ("Customer service", "customer-service"),
        ("Readers\u2019 advisory", "readers-advisory"),
        ("♪", ""),
    ],
)
def test_the_signs_of_a_topic_s_name_are_words_in_its_slug(name, slug):
    assert format_topic_slug(name) == slug
    assert slug_of(f"topics/{name.replace('/', '_')}.md", "topic") == slug


@quick
@given(st.text() | st.text("C+#.& a"))
def test_any_name_gives_a_good_topic_slug_or_none(name):
    slug = format_topic_slug(name)
    assert slug == "" or (SLUG.fullmatch(slug) and len(slug) <= LONGEST_SLUG)
    assert format_topic_slug(slug) == slug


@quick
@given(st.text())
def test_any_words_give_a_good_slug_or_none(words):
    slug = format_slug(words)
    assert slug == "" or (SLUG.fullmatch(slug) and len(slug) <= LONGEST_SLUG)
    assert format_slug(slug) == slug


def test_plain_words_do_not_load_the_tables_of_other_scripts():
    code = "import sys; from catalogue.slugs import format_slug; format_slug('It is plain'); "
    code += "sys.exit('unidecode' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("posts/2024-01-10-weeding.md", "weeding"),
        ("2024-01-10 Weeding the stacks.md", "weeding-the-stacks"),
        ("weeding.md", "weeding"),
        ("posts\\weeding.md", "weeding"),
        ("2024-01-10.md", "2024-01-10"),
        ("2024-in-books.md", "2024-in-books"),
        ("2024-01-10-2024-01-11-trip.md", "2024-01-11-trip"),
        ("version-1.5.md", "version-1-5"),
        ("no-extension", "no-extension"),
    ],
)
def test_a_file_stands_for_the_slug_in_its_name(path, slug):
    assert slug_of(path) == slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("2024-01-10 Meeting", "meeting"),
        ("2024-01-10 2024-01-11 Meeting", "meeting"),
        ("2024-01-10", "2024-01-10"),
        ("Con", "con-post"),
        ("COM1", "com1-post"),
        ("Con men", "con-men"),
        ("♪ …", ""),
    ],
)
def test_a_title_gives_a_slug_that_can_be_a_file_name(title, slug):
    assert format_post_slug(title) == slug


@quick
@given(st.text() | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[- _].{0,9}", fullmatch=True))
def test_the_file_named_by_a_title_has_the_slug_of_that_title(title):
    slug = format_post_slug(title)
    assert slug == "" or (slug_of(f"{slug}.md") == slug and check_slug(slug) == "")


@pytest.mark.parametrize(
    ("slug", "number", "numbered"),
    [
        ("weeding", 2, "weeding-2"),
        ("x" * 80, 10, "x" * 77 + "-10"),
        ("-".join(["word"] * 16), 2, "-".join(["word"] * 15) + "-2"),
    ],
)
def test_a_number_fits_into_the_length_of_a_slug(slug, number, numbered):
    assert format_numbered_slug(slug, number) == numbered
    assert check_slug(numbered) == ""


@pytest.mark.parametrize("slug", ["a", "weeding", "2024", "a-b-c", "con-men", "com10", "x" * 80])
def test_a_good_slug_has_no_fault(slug):
    assert check_slug(slug) == ""


@pytest.mark.parametrize(
    ("slug", "seen", "typed"),
    [
        ("", "empty", "my-first-post"),
        ("My-Post", "“M”", "my-post"),
        ("café", "“é”", "cafe"),
        ("a b", "a blank", "a-b"),
        ("a\u200bb", "an invisible character", "a-b"),
        ("../up", "“.”", "up"),
        ("-a", "hyphen", "a"),
        ("a-", "hyphen", "a"),
        ("a--b", "two in a row", "a-b"),
        ("a" * 81, "81 characters", "a" * 80),
        ("con", "Windows", "con-post"),
        ("lpt9", "Windows", "lpt9-post"),
        ("\x1b[31m", "an invisible character", "31m"),
        ("…", "“…”", "my-first-post"),
    ],
)
def test_a_bad_slug_is_told_with_what_to_type(slug, seen, typed):
    text = check_slug(slug)
    assert seen in text
    assert text.endswith(f": {typed}")
    assert text.isprintable()


@quick
@given(st.text() | st.text("ab-1"))
def test_a_slug_is_refused_unless_it_keeps_the_rule(slug):
    if check_slug(slug) == "":
        assert SLUG.fullmatch(slug)
        assert len(slug) <= LONGEST_SLUG


@quick
@given(st.text(st.sampled_from([*map(chr, TYPESET_SIGNS), *"aB3 -.éß字"])))
def test_signs_of_typography_are_spelt_as_unidecode_spells_them(text):
    assert format_ascii(text) == unidecode(text)
