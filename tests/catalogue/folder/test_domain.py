"""The file that gives the site its domain has one name of a host, or the author reads what to write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.folder.domain import DOMAIN_FILE, find_faults, read_domain, suggest_domain

GOOD = [b"example.org\n", b"example.org", b"books.example.org", b"xn--bcher-kva.example.org\n"]

# The bytes of the file, the line that is named, what is seen of it, and what to write.
WRONG = {
    "nothing": (
        b"",
        1,
        "There is no domain here",
        "Write yours, such as books.example.org, or delete",
    ),
    "only blanks": (b" \n\n", 1, "There is no domain here", "delete this file"),
    "an address": (b"https://example.org\n", 1, "begins as an address", "Write: example.org"),
    "half an address": (b"//example.org\n", 1, "begins as an address", "Write: example.org"),
    "a path": (b"example.org/blog\n", 1, "goes on after the domain", "Write: example.org"),
    "a slash": (b"example.org/\n", 1, "goes on after the domain", "Write: example.org"),
    "a port": (b"example.org:443\n", 1, "has a colon", "Write: example.org"),
    "capital letters": (b"Example.org\n", 1, "has capital letters", "Write: example.org"),
    "a final dot": (b"example.org.\n", 1, "ends with a dot", "Write: example.org"),
    "a blank before it": (b" example.org\n", 1, "has a blank beside it", "Write: example.org"),
    "a blank after it": (b"example.org \n", 1, "has a blank beside it", "Write: example.org"),
    "letters with accents": (
        "bücher.example.org\n".encode(),
        1,
        "letters that names of hosts do not have",
        "Write: xn--bcher-kva.example.org",
    ),
    "two lines": (b"example.org\nwww.example.org\n", 2, "This is a second line", "delete the rest"),
    "a note": (b"# mine\nexample.org\n", 2, "This is a second line", "Keep the domain"),
    "the line end of Windows": (b"example.org\r\n", 1, "cannot be seen", "write: example.org"),
    "an empty line more": (b"example.org\n\n", 1, "cannot be seen", "write: example.org"),
    "an empty line before": (b"\nexample.org\n", 2, "cannot be seen", "write: example.org"),
    "the mark of an encoding": (
        b"\xef\xbb\xbfexample.org",
        1,
        "cannot be seen",
        "write: example.org",
    ),
    "one word": (b"localhost\n", 1, "is no domain", "such as books.example.org"),
    "a number": (b"192.0.2.7\n", 1, "is no domain", "such as books.example.org"),
    "an asterisk": (b"*.example.org\n", 1, "is no domain", "such as books.example.org"),
    "an underscore": (b"my_books.example.org\n", 1, "is no domain", "such as books.example.org"),
    "words": (b"my own domain\n", 1, "is no domain", "such as books.example.org"),
    "no text": (b"\xff\xfe\n", 1, "is no domain", "such as books.example.org"),
    "a part too long": (
        b"a" * 64 + b".example.org",
        1,
        "is no domain",
        "such as books.example.org",
    ),
    "GitHub's own": (b"ann.github.io\n", 1, "is GitHub's own address", "Delete the file"),
}


@pytest.mark.parametrize("data", GOOD)
def test_one_name_of_a_host_is_the_domain(tmp_path, data):
    (tmp_path / "extra").mkdir()
    (tmp_path / DOMAIN_FILE).write_bytes(data)
    assert find_faults(data) == []
    assert read_domain(tmp_path) == data.decode().strip()


@pytest.mark.parametrize("name", WRONG)
def test_what_is_none_is_named_with_its_line_and_what_to_write(tmp_path, name):
    data, line, seen, remedy = WRONG[name]
    ((found, text),) = find_faults(data)
    assert found == line
    assert seen in text
    assert remedy in text
    (tmp_path / "extra").mkdir()
    (tmp_path / DOMAIN_FILE).write_bytes(data)
    assert read_domain(tmp_path) == ""


def test_without_the_file_there_is_no_domain(tmp_path):
    assert read_domain(tmp_path) == ""


@given(st.text(max_size=40))
def test_what_is_proposed_for_a_line_is_a_domain_itself(line):
    right = suggest_domain(line)
    if right and not right.endswith("github.io"):
        assert find_faults(f"{right}\n".encode()) == []


@given(st.binary(max_size=60))
def test_whatever_the_bytes_are_there_is_a_domain_or_one_fault_that_can_be_printed(data):
    faults = find_faults(data)
    assert len(faults) <= 1
    for line, text in faults:
        assert line >= 1
        assert text.isprintable()
