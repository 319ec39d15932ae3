"""The ledger of addresses is read as it was written, by hand too, or the line is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.address_ledger import (
    AddressLedger,
    format_address_ledger,
    load_address_ledger,
    parse_address_ledger,
    read_at_once,
    write_address,
)
from catalogue.folding import compose

PARTS = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="/#?"),
    min_size=1,
    max_size=8,
).filter(lambda part: part not in (".", "..") and compose(part).isprintable())
PAGES = st.lists(PARTS, max_size=3).map(lambda parts: "/" + "".join(f"{part}/" for part in parts))
FILES = st.builds(str.__add__, PAGES, PARTS)
IDS = st.builds(lambda page, name: f"{page}#{name}", PAGES, PARTS)
ADDRESSES = st.one_of(PAGES, FILES, IDS).map(compose)
REASONS = st.from_regex(r"[a-z]{3,5}( [a-z!?./()]{2,5}){0,3}", fullmatch=True)


@st.composite
def ledgers(draw):
    addresses = draw(st.lists(ADDRESSES, unique=True))
    lines = {address: number for number, address in enumerate(sorted(addresses), 1)}
    some = st.lists(st.sampled_from(addresses), unique=True) if addresses else st.just([])
    gone = {each: draw(st.just("") | REASONS) for each in draw(some)}
    ids = {each: f"tag:example.org,2026-01-02:{n}" for n, each in enumerate(draw(some))}
    words = dict.fromkeys(draw(some), "books shelves é")
    return AddressLedger(lines, gone, ids, words)


@settings(deadline=None, max_examples=40)
@given(ledgers())
def test_a_ledger_is_read_as_it_was_written(ledger):
    assert parse_address_ledger(format_address_ledger(ledger)) == ledger


@settings(deadline=None, max_examples=40)
@given(ledgers(), st.randoms())
def test_the_order_the_line_ends_and_blank_lines_of_who_edits_it_do_not_matter(ledger, random):
    lines = format_address_ledger(ledger).decode().split("\n")
    random.shuffle(lines)
    by_hand = parse_address_ledger("\ufeff{}\r\n\r\n".format("\r\n".join(lines)).encode())
    assert by_hand.problems == ()
    assert format_address_ledger(by_hand) == format_address_ledger(ledger)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            [
                "/a/",
                "/b/#x",
                "Gone: /c/",
                "Gone: /a/ why",
                "/a/ (w)",
                "/d tag:x",
                "/e/ tag:x",
                "",
                "/..",
                "/é",
                "/e\u0301",
                "/%20",
                "x",
                "/a/ (w) z",
                "//a",
            ]
        )
    )
)
def test_what_is_read_in_large_steps_is_what_is_read_line_by_line(lines):
    text = "".join(f"{line}\n" for line in lines)
    at_once = read_at_once(text)
    if at_once:
        assert parse_address_ledger(f"{text} ".encode()) == at_once


def test_a_ledger_looks_like_this():
    ledger = AddressLedger(
        {"/posts/weeding/": 0, "/": 0, "/posts/weeding/#why": 0, "/images/a b 5%.pdf": 0, "/x/": 0},
        {"/x/": "The list was wrong."},
        {"/posts/weeding/": "tag:example.org,2026-01-02:posts/weeding"},
        {"/posts/weeding/": "books shelves"},
    )
    assert format_address_ledger(ledger).decode() == (
        "/\n/images/a%20b%205%25.pdf\n"
        "/posts/weeding/ tag:example.org,2026-01-02:posts/weeding (books shelves)\n"
        "/posts/weeding/#why\nGone: /x/ The list was wrong.\n"
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("/a/\n<<<<<<< HEAD\n/b/\n", 2, "git left the mark of a conflict here"),
        ("/a/\n=======\n", 2, "git left the mark"),
        ("/a/\n/b/\n/a/\n", 3, "/a/ stands in line 1 too. Keep one of the two lines."),
        ("/a/\nGone: /a/\n", 2, "/a/ stands in line 1 too."),
        ("posts/weeding/\n", 1, "“posts/weeding/” is no address. Write one from the site's root"),
        ("https://example.org/a/\n", 1, "is no address"),
        ("/a/ was wrong\n", 1, "A reason stands only behind one that was withdrawn: Gone: /a/ was wrong"),
        ("/a//b/\n", 1, "is no address of this site"),
        ("//example.org/\n", 1, "is no address of this site"),
        ("/a/../b/\n", 1, "is no address of this site"),
        ("/a/?page=2\n", 1, "holds a ?"),
        ("/a/#\n", 1, "has a # that names no one place"),
        ("/a/#b#c\n", 1, "has a # that names no one place"),
        ("/a%00/\n", 1, "stands for a sign that cannot be seen"),
        ("/a\u200f/\n", 1, "holds a sign that cannot be read"),
        ("/a/ tag:x,2026:a\n\n/b/ tag:x,2026:a\n", 3, "is the id in line 1 too. Feed readers"),
        ("Gone: /a/ " + "x" * 301, 1, "The reason has 301 characters"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_named_with_what_to_write(text, line, said):
    (problem,) = parse_address_ledger(text.encode()).problems
    assert (problem.path, problem.line, problem.level) == ("addresses.txt", line, "error")
    assert said in problem.text


def test_bytes_that_are_no_text_are_named():
    (problem,) = parse_address_ledger(b"/a/\n/\xff/\n").problems
    assert problem.line == 2


def test_all_on_and_below_a_withdrawn_page_is_withdrawn():
    ledger = parse_address_ledger(b"Gone: /posts/a/\nGone: /b.pdf\nGone: /c/#x\n")
    gone = ["/posts/a/", "/posts/a/#why", "/posts/a/feed.xml", "/b.pdf", "/c/#x"]
    assert [each for each in gone if not ledger.is_gone(each)] == []
    stays = ["/posts/", "/posts/ab/", "/c/", "/c/#y", "/b.pdf2"]
    assert [each for each in stays if ledger.is_gone(each)] == []


def test_an_accent_of_its_own_is_the_same_address():
    assert [*parse_address_ledger("/e\u0301/\n".encode()).lines] == ["/\u00e9/"]


def test_without_a_file_nothing_was_published(tmp_path):
    assert load_address_ledger(tmp_path) == AddressLedger()


def test_what_is_no_file_is_one_problem(tmp_path):
    (tmp_path / "addresses.txt").mkdir()
    (problem,) = load_address_ledger(tmp_path).problems
    assert "cannot be read as the ledger of addresses" in problem.text


def test_no_sign_of_an_address_ends_its_line():
    for sign in " \u00a0\u2028%\u3000":
        assert not set(write_address(f"/a{sign}b/")) & {*" \u00a0\u2028\u3000"}
