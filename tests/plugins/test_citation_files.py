"""Read the files that cite back with foreign parsers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plugins.citation_files import format_bibtex, format_ris
from tests.plugins.sources import LINES, ODD, make_source, read_bibtex, read_ris

FULL = {
    "title": ODD,
    "author": "Le Guin, Ursula K. and {Smith & Sons_Ltd} and King, Jr., Martin",
    "topics": ["Customer service", "R&D"],
    "revised": date(2026, 12, 3),
    "url": "https://example.org/~a_b/posts/a-post/",
    "abstract": ODD,
}


def test_a_bibtex_reader_takes_every_fact():
    (entry,) = read_bibtex(format_bibtex(make_source(**FULL)))
    assert entry == {
        "ID": "a-post",
        "author": "Le Guin, Ursula K. and Smith & Sons_Ltd and King, Jr., Martin",
        "title": ODD,
        "organization": "Libraries Got Game",
        "howpublished": "Libraries Got Game",
        "date": "2026-05-03",
        "year": "2026",
        "month": "may",
        "url": "https://example.org/~a_b/posts/a-post/",
        "language": "english",
        "keywords": "Customer service, R&D",
        "note": "Revised 3 December 2026",
        "abstract": ODD,
    }


def test_a_part_of_a_name_with_and_in_it_is_one_for_bibtex():
    source = make_source(author="Ann {Marks and Spencer}, {Books and Co}")
    written = "  author = {{Marks and Spencer}, Ann and {Books and Co}},\n"
    assert written in format_bibtex(source)


def test_a_ris_reader_takes_every_fact():
    (record,) = read_ris(format_ris(make_source(**FULL)))
    assert record == {
        "type_of_reference": "BLOG",
        "authors": ["Le Guin, Ursula K.", "Smith & Sons_Ltd", "King, Martin, Jr."],
        "title": ODD,
        "secondary_title": "Libraries Got Game",
        "year": "2026",
        "date": "2026/05/03/",
        "urls": ["https://example.org/~a_b/posts/a-post/"],
        "language": "en",
        "keywords": ["Customer service", "R&D"],
        "notes": ["Revised 3 December 2026"],
        "abstract": ODD,
    }


def test_nothing_is_written_of_what_is_missing():
    bare = make_source(author="")
    (entry,), (record,) = read_bibtex(format_bibtex(bare)), read_ris(format_ris(bare))
    assert not {"abstract", "author", "keywords", "note"} & set(entry)
    assert not {"abstract", "authors", "keywords", "notes"} & set(record)


@given(LINES)
def test_any_title_comes_back_from_bibtex_and_ris(title):
    source = make_source(title=title)
    (record,) = read_ris(format_ris(source))
    assert record["title"] == title
    (entry,) = read_bibtex(format_bibtex(source))
    assert entry["title"] == title


@given(st.text("{}\\%x", min_size=1))
def test_braces_are_balanced_as_bibtex_counts_them(title):
    """BibTeX counts every brace, whatever stands before it."""
    depth = 0
    for sign in format_bibtex(make_source(title=title)):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
