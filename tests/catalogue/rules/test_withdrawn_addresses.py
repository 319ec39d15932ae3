"""What is marked as withdrawn and is there still is told: `Gone:` alone takes no text off the site."""

import pytest

from tests.published import publish, tell

FILES = {
    "posts/weeding.md": "Title: Weeding\nDate: 2026-01-02\nTags: Books\n\nWe took four hundred books out.\n",
    "posts/shelves.md": "Title: Shelves\nDate: 2026-01-03\nTags: Books\nAliases: /posts/boards/\n\nOak.\n",
    "topics/books.md": "Title: Books\n\nScope.\n",
    "pages/about.md": "Title: About\n\nAnn writes here.\n",
}


@pytest.fixture(scope="module")
def lines():
    return publish(FILES).decode().splitlines()


def mark(lines, address, row="Gone: {}"):
    """Return a ledger with the line of an address written anew, and its number."""
    number = [line.split(" ")[0] for line in lines].index(address)
    changed = [*lines[:number], row.format(lines[number]), *lines[number + 1 :]]
    return "\n".join([*changed, ""]).encode(), number + 1


@pytest.mark.parametrize(
    ("address", "path"), [("/posts/weeding/", "weeding.md"), ("/posts/boards/", "shelves.md")]
)
def test_a_text_that_was_just_marked_is_to_be_taken_out_too(lines, address, path):
    ledger, number = mark(lines, address)
    told = tell(FILES, ledger)
    assert [line for line, _ in told] == [number]
    assert told[0][1].startswith(f"{address} is withdrawn here, and posts/{path} is there still.")
    left = {name: text for name, text in FILES.items() if name != f"posts/{path}"}
    assert not [text for _, text in tell(left, ledger) if text.startswith(f"{address} ")]


def test_a_text_that_is_on_the_site_again_is_told_and_stops_nothing(lines):
    ledger, number = mark(lines, "/posts/weeding/", "Gone: /posts/weeding/")
    assert [line for line, _ in tell(FILES, ledger)] == [number]
    assert publish(FILES, ledger)  # which asserts that nothing is an error


@pytest.mark.parametrize("address", ["/", "/topics/", "/feeds/all.atom.xml"])
def test_a_page_of_the_site_itself_cannot_be_withdrawn(lines, address):
    ledger, number = mark(lines, address)
    ((line, text),) = tell(FILES, ledger)
    assert line == number
    assert text == f"{address} is a page of the site itself, and none of a text. Take `Gone:` out."


def test_a_folder_of_texts_cannot_be_withdrawn_in_one(lines):
    ledger = "\n".join([*lines, "Gone: /posts/", ""]).encode()
    ((line, text),) = tell(FILES, ledger)
    assert line == len(lines) + 1
    assert "and /posts/boards/ is on the site. Write `Gone:` before each page that is meant" in text
