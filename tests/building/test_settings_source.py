"""What keeps the settings from being read is told with its line and what to write, in plain words."""

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import check_settings as judging
from building import settings as reading
from building.check_settings import check_settings
from building.setting_examples import SETTING_EXAMPLES
from building.settings import FILES, read_constants
from building.settings_source import check_source
from catalogue.problems import Refused

TOP = "from building.pelican_adapter.fixed_settings import *\n"
FIRST = TOP + "".join(f"{name} = {example}\n" for name, example in SETTING_EXAMPLES.items())
SECOND = "from pelicanconf import *\nfrom pelicanconf import SITEURL as local\nSITEURL = local\n"
PYTHON_WORDS = re.compile(
    r"\b(syntax|literal|string|traceback|tuple|indent|parenthes[ie]s|exception|error|codec|module|"
    r"NameError|SyntaxError|defined|unterminated|object|token|float|int)\b",
    re.IGNORECASE,
)


@pytest.fixture
def say(tmp_path, monkeypatch):
    """Return a function that says what is told of the settings with a line in place of another."""
    for module in (reading, judging):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))

    def say(line="", first=FIRST, second=SECOND, name="AUTHOR"):
        if line:
            first = re.sub(rf"^{name} = .*$", lambda _: line, first, flags=re.MULTILINE)
        for file, text in zip(FILES, (first, second), strict=True):
            data = text if isinstance(text, bytes) else text.encode()
            (tmp_path / file).write_bytes(data)
        monkeypatch.delitem(sys.modules, "pelicanconf", raising=False)
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        with pytest.raises(Refused) as refused:
            check_settings(read_constants())
        text = str(refused.value)
        assert text.endswith("The site is unchanged.")
        assert "Traceback" not in text
        return text.removesuffix("The site is unchanged.").strip()

    before = sys.modules.get("pelicanconf")
    yield say
    sys.modules.pop("pelicanconf", None)
    if before:
        sys.modules["pelicanconf"] = before


AUTHOR_LINES = {
    "AUTHOR = Ann Reader": 'AUTHOR = "Ann Reader"',
    "AUTHOR = Ann": 'AUTHOR = "Ann"',
    'AUTHOR = "Ann Reader': 'AUTHOR = "Ann Reader"',
    'AUTHOR = Ann Reader"': 'AUTHOR = "Ann Reader"',
    "AUTHOR = “Ann Reader”": 'AUTHOR = "Ann Reader"',
    "AUTHOR = „Ann Reader“": 'AUTHOR = "Ann Reader"',
    "AUTHOR = ‘Ann Reader’": "AUTHOR = 'Ann Reader'",
    "AUTHOR = 'Ann's desk'": 'AUTHOR = "Ann\'s desk"',
    'AUTHOR = "Ann "the" Reader"': "AUTHOR = 'Ann \"the\" Reader'",
    'AUTHOR: "Ann Reader"': 'AUTHOR = "Ann Reader"',
    'AUTHOR "Ann Reader"': 'AUTHOR = "Ann Reader"',
    'AUTHOR == "Ann Reader"': 'AUTHOR = "Ann Reader"',
    ' AUTHOR = "Ann Reader"': 'AUTHOR = "Ann Reader"',
    '\tAUTHOR = "Ann Reader"': 'AUTHOR = "Ann Reader"',
    'AUTHOR = "C:\\Users"': 'AUTHOR = "C:\\\\Users"',
    "AUTHOR =": 'AUTHOR = "The Librarian"',
    "AUTHOR": 'AUTHOR = "The Librarian"',
}
OTHER_LINES = [
    ("TIMEZONE", "TIMEZONE = Europe/Berlin", 'TIMEZONE = "Europe/Berlin"'),
    ("SITEURL", "SITEURL = https://example.org/blog", 'SITEURL = "https://example.org/blog"'),
    ("CONTACT_EMAIL", "CONTACT_EMAIL = ann@example.org", 'CONTACT_EMAIL = "ann@example.org"'),
    ("FEED_LENGTH", "FEED_LENGTH = 050", "FEED_LENGTH = 50"),
    ("FEED_LENGTH", "FEED_LENGTH = fifty", "FEED_LENGTH = 50"),
    ("NAVIGATION", 'NAVIGATION = ["home" "topics"]', 'NAVIGATION = ["home", "topics"]'),
    ("NAVIGATION", 'NAVIGATION = ["home", "topics"', 'NAVIGATION = ["home", "topics"]'),
    ("NAVIGATION", 'NAVIGATION = "home", "topics"]', 'NAVIGATION = ["home", "topics"]'),
    ("NAVIGATION", 'NAVIGATION = ["home", ("/a/" "A")]', 'NAVIGATION = ["home", ("/a/", "A")]'),
    (
        "FOOTER_LINKS",
        'FOOTER_LINKS = [("A", "/a/") ("B", "/b/")]',
        'FOOTER_LINKS = [("A", "/a/"), ("B", "/b/")]',
    ),
    ("FOOTER_LINKS", 'FOOTER_LINKS = [("A", "/a/"]', 'FOOTER_LINKS = [("A", "/a/")]'),
    ("FOOTER_LINKS", 'FOOTER_LINKS = [("A" "/a/"]', 'FOOTER_LINKS = [("A", "/a/")]'),
]


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [("AUTHOR", wrong, right) for wrong, right in AUTHOR_LINES.items()] + OTHER_LINES,
)
def test_a_line_that_cannot_be_read_is_told_with_the_right_one(say, name, wrong, right):
    at = FIRST.splitlines().index(f"{name} = {SETTING_EXAMPLES[name]}") + 1
    (told,) = say(wrong, name=name).splitlines()
    assert told.startswith(f"pelicanconf.py:{at}: ")
    assert re.search(f"Write(?: it like)?: {re.escape(right)}$", told)
    assert not PYTHON_WORDS.search(told.split("Write")[0])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("AUTHOR = SITENMAE", "there is nothing called SITENMAE. Did you mean SITENAME?"),
        ("import fancy", "there is nothing called fancy to fetch from. Take the line out."),
        ("AUTHOR = 'a' + 5", "this cannot be worked out. Write plain values"),
        ("raise SystemExit(3)", "this cannot be worked out. Write plain values"),
        ("This is a sentence.", "“This is a sentence.” cannot be read. Take the line out"),
        ("<<<<<<< HEAD", "Git found two versions of this place and wrote both. Keep one"),
        ('AUTHOR = "a"\nAUTHOR = "b"', "AUTHOR stands in line 2 as well. Take one"),
    ],
)
def test_what_cannot_be_worked_out_is_told_with_its_line(say, line, said):
    told = say(line)
    assert re.match(r"pelicanconf\.py:[23]: ", told)
    assert said in told
    assert not PYTHON_WORDS.search(told)


@pytest.mark.parametrize(
    ("value", "is_slip"),
    [
        ('["home" "topics"]', True),
        ('["home"\n "topics"]', True),
        ('["home", "/a/"\n "/b/"]', True),
        ('[("A" "/a/")]', True),
        ('[("One long "\n "label", "/a/")]', False),
        ("""[("it's 'a' 'b'", "/a/")]""", False),
        ('[("""A""", "/a/")]', False),
        ('[("", "/a/")]', False),
        ('("one " "two")', False),
        ('"one" "two"', False),  # a text alone may be typed in parts
    ],
)
def test_two_texts_of_a_list_without_a_comma_are_a_slip_and_one_in_parts_is_none(
    tmp_path, value, is_slip
):
    path = tmp_path / "conf.py"
    path.write_text(f"from x import *\nNAVIGATION = {value}\n")
    told = check_source("conf.py", path, (), "x")
    assert ["a comma is missing" in each for each in told] == [True] * is_slip


def test_code_that_an_author_may_have_is_no_fault(tmp_path):
    path = tmp_path / "conf.py"
    path.write_text(
        "import os\nfrom datetime import date as day\nfrom x import *\n\n\n"
        "def double(text):\n    return text + text\n\n\n"
        "try:\n    YEAR = int(os.environ['YEAR'])\nexcept (KeyError, ValueError) as error:\n"
        "    YEAR = day.today().year if error else 0\n"
        "LIST = [double(word) for word in ('a', 'b') if (lambda each: each)(word)]\n"
        "print(__file__, LIST)\n"
    )
    assert check_source("conf.py", path, (), "x") == []


def test_a_file_in_another_encoding_is_told_with_the_line(say):
    told = say(first=FIRST.replace("The Librarian", "Amélie").encode("latin-1"))
    assert told.startswith("pelicanconf.py:2: a sign in this line is not stored as UTF-8. Save")
    assert say(first=FIRST.encode("utf-16")).startswith("pelicanconf.py:1: a sign in this line")


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(say):
    told = say(
        first=b"\xef\xbb\xbf" + FIRST.replace("\n", "\r\n").encode(), second=SECOND + "X = 1"
    )
    assert told == "publishconf.py:4: nobody reads a setting called X. Take it out."


def test_the_lines_that_other_files_are_fetched_by_are_missed(say):
    remedy = "Write there: from building.pelican_adapter.fixed_settings import *"
    assert say(first=FIRST.removeprefix(TOP)).endswith(remedy)
    assert say(second="SITEURL = 'https://example.org'\n").endswith(
        "publishconf.py: a line is missing at the top. Write there: from pelicanconf import *"
    )
    gone = re.sub("^SITEURL.*\n", "", FIRST, flags=re.MULTILINE)
    assert say(first=gone).endswith(
        'the setting SITEURL is missing. Add it: SITEURL = "https://example.org"'
    )


def test_a_file_that_is_gone_is_told_with_how_to_fetch_it(tmp_path):
    told = check_source("pelicanconf.py", tmp_path / "pelicanconf.py", (), "x")
    assert told == [
        "pelicanconf.py: this file is not there. Fetch it back: git checkout pelicanconf.py"
    ]


@settings(deadline=None, database=None, max_examples=300)
@given(st.text(max_size=30), st.sampled_from(sorted(SETTING_EXAMPLES)))
def test_whatever_is_typed_is_read_or_told_with_a_line(tmp_path_factory, text, name):
    path = tmp_path_factory.getbasetemp() / "odd.py"
    path.write_bytes(f"from x import *\n{name} = {text}\n".encode("utf-8", "replace"))
    for told in check_source("odd.py", path, (), "x"):
        assert re.match(r"odd\.py(:\d+)?: ", told)
