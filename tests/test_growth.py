"""The work grows with the site and with each file, and no faster: counts of calls, not seconds.

What happens inside one call, as in regular expressions, cannot be counted; it is bounded instead.
"""

import cProfile
import os
import pstats
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from benchmarks.corpus import make_corpus, write_own
from building.pelican_adapter.run import collect_jobs
from building.read_site import read_site
from building.settings import read_constants
from building.tree import write_all
from catalogue.catalogue import read_catalogue
from catalogue.header.entries import HeaderEntry, InvalidValue
from catalogue.header.front_matter import read_header
from catalogue.header.schema import SCHEMAS
from catalogue.header.values import read_items_value, read_starts_value
from catalogue.judging import View
from catalogue.problems import Problem, format_report
from catalogue.record_reader import read_record
from catalogue.text.heading_ids import make_id
from catalogue.text.markdown_reader import MarkdownReader
from tests.bounded import call_bounded
from tests.conftest import write_files

SIZES = (60, 120, 240)
HEADER = "Title: A title\nDate: 2026-11-23\n\n"


def count_calls(posts, folder):
    """Build a made-up site in this process; give the number of all calls, also of built-in functions."""
    write_own(make_corpus(posts, 20), folder / "content")
    (folder / "output").mkdir()
    settings = {**read_constants(), "PATH": str(folder / "content"), "READING_CACHE": ""}
    settings |= {"SEARCH_INDEX": False, "CARDS": False}  # they are the work of others
    profile = cProfile.Profile()
    output = folder / "output"

    def build():
        write_all(collect_jobs(settings, read_site(settings), output), output)

    profile.runcall(build)
    assert sum(1 for _ in output.glob("posts/*/index.html")) == posts
    return pstats.Stats(profile).total_calls


def test_twice_as_many_posts_are_at_most_a_little_more_than_twice_the_work(
    tmp_path_factory, monkeypatch
):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1893456000")
    # Compiled templates are kept here, where no other process keeps those of another site.
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path_factory.mktemp("compiled")))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    count_calls(10, tmp_path_factory.mktemp("first"))  # fills the caches that serve every site
    small, middle, large = (count_calls(posts, tmp_path_factory.mktemp("site")) for posts in SIZES)
    assert middle - small > 60 * 100  # the calls were counted
    assert large - middle < 2.1 * (middle - small)


def profile_calls(work):
    """Return the number of all calls that a piece of work makes, also of built-in functions."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return pstats.Stats(profile).total_calls


# --- many findings ---------------------------------------------------------------------------------

POST = "Title: {n}\nDate: 2026-11-23\n{header}\n{body}\n"
TOPIC = "Title: Of {n}\n{header}\n"
# What is wrong in each of many files; all names are alike, so that each may be meant by each.
FAULTS = {
    "links": ("posts/b{n}.md", POST, "", "[x](a-weedingx{n}.md) [x](/posts/a-weedingy{n}/)"),
    "pictures": ("posts/b{n}.md", POST, "", "![x](../images/a-weedingx{n}.png)"),
    "places": ("posts/b{n}.md", POST, "", "[x](a-weeding{n}.md#weedinx)"),
    "tags": ("posts/b{n}.md", POST, "Tags: Oxf {n}y, Ofx {n}z\n", "x"),
    "relations": ("topics/b{n}.md", TOPIC, "See-also: Oxf {n}y\nBroader: Ofx {n}z\n", ""),
    "circles": ("topics/c{n}.md", "Title: C{n}\nBroader: D{n}\n", "", ""),
    "starts": ("topics/b{n}.md", TOPIC, "Start-here: a-weedinx{n}\n", ""),
    "folders": ("comments/a-weedinx{n}/c.md", "Author: Ann\nDate: 2026-01-02\n\nYes.\n", "", ""),
    "replies": (
        "comments/a-weeding1000/answer{n}.md",
        "Author: Ann\nDate: 2026-01-02\nReply-to: answer{n}z\n\nYes.\n",
        "",
        "",
    ),
}


def count_judging(fault, number, folder):
    """Return the calls that it takes to read a site with so many faults and so many right names."""
    name, text, header, body = fault
    for n in range(1000, 1000 + number):
        own = {"n": n, "header": header.format(n=n), "body": body.format(n=n)}
        right = {f"posts/a-weeding{n}.md": POST.format(n=n, header="", body="## Weeding\n")}
        right |= {f"topics/o{n}.md": TOPIC.format(n=n, header="")}
        right |= {f"topics/d{n}.md": f"Title: D{n}\nBroader: C{n}\n"} if "C{n}" in text else {}
        write_files(folder, {**right, name.format(n=n): text.format(**own)})
    now = datetime(2030, 1, 1, tzinfo=UTC)
    return profile_calls(lambda: read_catalogue(folder, View(ZoneInfo("UTC"), now, 10)))


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_twice_as_many_faults_and_names_are_at_most_a_little_more_than_twice_the_work(
    fault, tmp_path, monkeypatch
):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    count_judging(fault, 10, tmp_path / "first")  # fills the caches that serve every site
    small, middle, large = (
        count_judging(fault, number, tmp_path / str(number)) for number in (40, 80, 160)
    )
    assert large - middle < 2.2 * (middle - small)


def test_a_report_of_twice_as_many_problems_is_twice_the_work():
    def report(number):
        problems = [
            Problem(f"posts/{n % 97}.md", n % 31, "error", f"{n} is wrong.") for n in range(number)
        ]
        return profile_calls(lambda: format_report(problems, Path("content")))

    assert report(8_000) < 2.1 * report(4_000)


# --- what has to end -------------------------------------------------------------------------------

# Each is as long as a file may be, or longer: a way that reads it again and again takes minutes.
LONG = " " * 19_990
HEADERS = {
    "blanks in a line": "Title: x\n" + f"a{LONG}b\n" * 49,
    "blanks before a colon": f"Title{LONG}:x\n" * 49,
    "blanks and no header": "My text.\n\n" + f"a{LONG}b\n" * 49,
    "blanks in a value that goes on": "Title: x\n" + f"  a{LONG}b\n" * 49,
    "fenced blanks": "---\nTitle: x\n" + f"a{LONG}b\n" * 49 + "---\n",
    "marks on one letter": "Title: a" + "\n  \u0301\u0316" * 499,
    "many marks on one letter": "Summary: a" + ("\n  " + "\u0301\u0316" * 5_000) * 90,
    "quotations without end": "---\n" + "a: '" + "b: ''' c\n" * 1_990 + "---\n",
    "lists without end": "---\n" + "a: [ ' [ ] {\n" * 1_990 + "---\n",
    "quotations in lists": "---\na: [" + " ''' '," * 6_000 + "\nb: x\n---\n",
    "a mapping without end": "---\ncover: {" + "a: {b: '" * 2_400 + "\n---\n",
    "a quotation in a mapping": '---\ncover: {a: "' + "b, " * 6_000 + "}\n---\n",
    "quotations in comments": "---\ncomments:\n"
    + ('- {a: "' + "b, " * 6_000 + "}\n") * 49
    + "---\n",
    "pairs below a stranger": "---\na:\n" + "  b: [x]\n" * 1_990 + "---\n",
    "remarks in a list": "---\na: [x,\n" + f"# {LONG}\n" * 49 + "]\n---\n",
    "backslashes at the end": '---\ntitle: "' + ("\\" * 19_000 + "\n  ") * 49 + '"\n---\n',
    "a deep key of TOML": "+++\n" + "a." * 9_900 + "b = 1\n" + "+++\n",
    "lists in TOML": "+++\na = " + "[" * 19_000 + "\n+++\n",
    "many keys of TOML": "+++\n"
    + "".join(f"a{n} = [{{b = {n}}}]\n" for n in range(1_990))
    + "+++\n",
    "lists in JSON": '{"a":\n' + ("[" * 19_000 + "\n") * 49,
    "keys that resemble none": "---\n" + "".join(f"x{n}yz: 1\n" for n in range(1_990)) + "---\n",
    "many marks in a list": "Tags:" + ("\n- a" + "\u0301\u0316" * 5_000) * 90,
}


def read_kinds(name):
    """Read one of the headers as each kind of text; return whether anything was found to be wrong."""
    found = [read_header(HEADERS[name], kind).problems for kind in SCHEMAS]
    return any(found)


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_is_read_in_time_whatever_it_holds(name):
    assert call_bounded(read_kinds, name)


def read_tags():
    with pytest.raises(InvalidValue) as caught:
        read_items_value(HeaderEntry("Tags", 1, "#a" + " " * 300_000 + "b"))
    return str(caught.value)


def read_many_starts():
    rows = [(number, f"- a{' ' * 900}b") for number in range(20_000)]
    with pytest.raises(InvalidValue) as caught:
        read_starts_value(HeaderEntry("Start-here", 1, rows=rows))
    return str(caught.value)


def read_question(text):
    record = read_record("posts/a.md", "post", f"{HEADER}{text}".encode(), MarkdownReader())
    return [problem.line for problem in record.problems]


def make_long_id():
    return make_id("A" + "\u0301\u0316" * 200_000)[:1]


def test_values_are_read_in_time_whatever_they_hold():
    assert "is too long for Tags" in call_bounded(read_tags)
    assert "20,000 entries" in call_bounded(read_many_starts)
    assert call_bounded(make_long_id) == "á"


@pytest.mark.parametrize(
    "text",
    [
        "Query: what?" + "\n" * 90_000 + "end",
        "Query: what?" + "\n" * 45_000 + "short" + "\n" * 45_000 + "end",
        "Query: what?" + "\n" * 45_000 + "short answer" + "\n" * 45_000 + "end",
        "Query: what?" + "\n" * 80_000 + "*" * 190 + "end",
        ("Query: what?" + " " * 190 + "\n") * 4_000,
    ],
)
def test_a_question_is_read_in_time_whatever_follows(text):
    assert call_bounded(read_question, text) == [4]  # that no short answer follows


# --- the line of each of many links ----------------------------------------------------------------

LINKS = 5_900
PATH = "far/" * 30
DRESSES = {  # how an address is typed, and how it is read
    "plain": (f"{PATH}%d.md?a&b", f"{PATH}%d.md?a&b"),
    "an entity": (f"{PATH}%d.md?a&amp;b", f"{PATH}%d.md?a&b"),
    "a number": (f"{PATH}%d&#46;md", f"{PATH}%d.md"),
    "a backslash": (f"{PATH}%d\\_.md", f"{PATH}%d_.md"),
    "brackets": (f"{PATH}%d_(a).md", f"{PATH}%d_(a).md"),
}


def find_links(typed):
    body = "\n\n".join(f"[x]({typed % number})" for number in range(LINKS))
    record = read_record("posts/a.md", "post", f"{HEADER}{body}".encode(), MarkdownReader())
    return [(link.line, link.url) for link in record.links]


@pytest.mark.parametrize(("typed", "url"), DRESSES.values(), ids=DRESSES)
def test_each_of_many_links_is_found_in_time_and_in_its_line(typed, url):
    found = call_bounded(find_links, typed)
    assert found == [[4 + 2 * number, url % number] for number in range(LINKS)]
