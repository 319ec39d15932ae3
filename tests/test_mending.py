"""An author breaks a post, reads the answer, does what it says and no more, and all is well."""

import re
import shutil
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from catalogue.catalogue import read_catalogue
from catalogue.judging import View
from tests.conftest import OWN

NOW = datetime(2030, 1, 1, tzinfo=UTC)
# Both begin with Title, Date, Comments and Tags; a blank line; then the text, on line 6.
REQUESTS = "posts/three-requests-i-asked-of-our-library-lead-team.md"
QUERY = "posts/what-do-we-do-if-our-wider-organisations-it-department-has-blocked-our-access-to.md"


@pytest.fixture
def content(tmp_path):
    """Return a copy of the tests' own content folder."""
    return shutil.copytree(OWN / "content", tmp_path / "content")


def judge(content):
    found = read_catalogue(content, View(ZoneInfo("UTC"), NOW, 10))
    # What is put in before a question moves it down, of which the author is told besides.
    moved = "so this post is not read as a question"
    return sorted(problem for problem in found.problems if moved not in problem.text)


def swap(old, new):
    """Put new words in place of old ones, in the line that is named."""
    return lambda lines, number: [
        line.replace(old, new) if place == number else line for place, line in enumerate(lines, 1)
    ]


def write(text):
    """Write the named line anew."""
    return lambda lines, number: [*lines[: number - 1], text, *lines[number:]]


def put(text):
    """Put a line above the named one."""
    return lambda lines, number: [*lines[: number - 1], text, *lines[number - 1 :]]


def delete(lines, number):
    """Delete the named line."""
    return [*lines[: number - 1], *lines[number:]]


def add(text):
    """Put a line at the end of the file, whichever line is named."""
    return lambda lines, _: [*lines, text]


def to_top(*texts):
    """Put lines at the very top and a blank line after them, whichever line is named."""
    return lambda lines, _: [*texts, "", *lines]


def move_header_up(lines, _):
    """Move the header lines to the very top, with a blank line after them."""
    header = [line for line in lines if re.match(r"(Title|Date|Comments|Tags):", line)]
    return [*header, "", *(line for line in lines if line not in header)]


def break_line(number, pattern, new):
    """Make the slip: something else in one line."""
    return lambda lines: [
        re.sub(pattern, new, line, count=1) if place == number else line
        for place, line in enumerate(lines, 1)
    ]


def drop(number):
    return lambda lines: delete(lines, number)


def insert(number, *texts):
    return lambda lines: [*lines[: number - 1], *texts, *lines[number - 1 :]]


# What went wrong: the slip, the line that is named, words of the answer, what is done about it.
SLIPS = {
    "Title forgotten": (
        drop(1),
        1,
        "This post has no Title. Add a line to its header: Title: What readers will see",
        put("Title: What readers will see"),
    ),
    "Date forgotten": (
        drop(2),
        1,
        "This post has no Date. Add a line to its header: Date: 2026-11-23",
        put("Date: 2026-11-23"),
    ),
    "header deleted": (
        lambda lines: lines[5:],
        1,
        "This post has no header. Put at the very top: Title: What readers will see and on the next "
        "line Date: 2026-11-23, then a blank line, then your text.",
        to_top("Title: What readers will see", "Date: 2026-11-23"),
    ),
    "heading above the header": (
        insert(1, "# My post", ""),
        1,
        "The header is not at the top: “Title: ",
        move_header_up,
    ),
    "date in words": (
        break_line(2, "2026-11-23.*", "23rd November, 2026"),
        2,
        "Write: Date: 2026-11-23,",
        write("Date: 2026-11-23"),
    ),
    "date that is none": (
        break_line(2, "2026-11-23", "2026-11-31"),
        2,
        "There is no such day or time as “2026-11-31 1",
        write("Date: 2026-11-23 09:30"),
    ),
    "no blank line": (
        drop(5),
        5,
        "Put a blank line before your text.",
        put(""),
    ),
    "key misspelt": (
        break_line(3, "Comments", "Coments"),
        3,
        "Unknown header “Coments”. Did you mean Comments? Write: Comments:",
        swap("Coments:", "Comments:"),
    ),
    "singular key": (
        break_line(4, "Tags", "Tag"),
        4,
        "“Tag” is read as Tags. Write: Tags:",
        swap("Tag:", "Tags:"),
    ),
    "colon forgotten": (
        break_line(1, ":", " ="),
        1,
        "“Title” is not followed by a plain colon. Write: ",
        swap(" =", ":"),
    ),
    "key in bold": (
        break_line(1, "Title:", "**Title:**"),
        1,
        "“Title” has signs around it that do not belong to it. Write: Title: ",
        swap("**Title:**", "Title:"),
    ),
    "key twice": (
        insert(4, "Comments: 3"),
        4,
        "“Comments” is here a second time; line 3 has it already. Keep one of the two lines.",
        delete,
    ),
    "unknown status": (
        insert(2, "Status: finished"),
        2,
        "“finished” is no Status. Write: Status: published or: Status: draft",
        write("Status: published"),
    ),
    "slug with blanks": (
        insert(2, "Slug: My Post"),
        2,
        "Write: my-post",
        write("Slug: my-post"),
    ),
    "fence not closed": (
        insert(1, "---"),
        1,
        "never closed. Add a line --- after the last header line.",
        lambda lines, _: [*lines[:5], "---", *lines[5:]],
    ),
    "text in a fenced header": (
        lambda lines: ["---", *lines[:4], lines[5], "---", *lines[7:]],
        6,
        "Move your text below the line --- that ends the header.",
        lambda lines, number: [
            *lines[: number - 1],
            "---",
            "",
            lines[number - 1],
            *lines[number + 1 :],
        ],
    ),
    "tag misspelt": (
        break_line(4, "(Customer servi|Social medi).*", r"\1x"),
        4,
        "Did you mean “",
        lambda lines, number: swap(
            "Customer servix" if "Customer" in lines[number - 1] else "Social medix",
            "Customer service" if "Customer" in lines[number - 1] else "Social media",
        )(lines, number),
    ),
    "script pasted": (
        insert(7, "", "<script>alert(1)</script>", ""),
        8,
        "<script> is not allowed in a text. Delete it: a page of this site runs no program.",
        delete,
    ),
    "film pasted": (
        insert(7, "", '<iframe src="https://film.example/1"></iframe>', ""),
        8,
        "Put a link to the video or page instead: [its title](https://…)",
        write("[A film](https://film.example/1)"),
    ),
    "sign < that is no tag": (
        insert(7, "", "The <blink> of an eye.", ""),
        8,
        "write &lt; for its < to show it as text",
        swap("<", "&lt;"),
    ),
    "sign < that is no tag, in HTML": (
        insert(7, "", "<div>", "a vector<int> here", "</div>", ""),
        9,
        "write &lt; for its < to show it as text",
        swap("<int", "&lt;int"),
    ),
    "instruction shown": (
        insert(7, "", "We use <?php ?> here.", ""),
        8,
        "write &lt; for its < to show it as text",
        swap("<", "&lt;"),
    ),
    "handler pasted": (
        insert(7, "", "<b onclick='x()'>Here</b>", ""),
        8,
        "onclick= in <b> runs a program. Delete it from the tag.",
        swap(" onclick='x()'", ""),
    ),
    "style pasted": (
        insert(7, "", '<p style="color: red">Here</p>', ""),
        8,
        "style= is taken off here and wherever else it stands: the site's own style sets the page",
        swap(' style="color: red"', ""),
    ),
    "tag not closed": (
        insert(7, "", "<b>one</b>", "", "<b>two", ""),
        10,
        "<b> is never closed: all that follows stands in it. Add </b> after its end.",
        swap("two", "two</b>"),
    ),
    "tag closed twice": (
        insert(7, "", "<b>one</b></b>", ""),
        8,
        "</b> closes nothing. Delete it.",
        swap("</b></b>", "</b>"),
    ),
    "comment not closed": (
        insert(7, "", "Text <!-- my note", ""),
        8,
        "Write --> at its end.",
        swap("note", "note -->"),
    ),
    "link to nowhere": (
        insert(7, "", "See [this]().", ""),
        8,
        "A link leads nowhere. Write its address: [text](https://…).",
        swap("()", "(https://example.org/)"),
    ),
    "link without https": (
        insert(7, "", "See [this](www.example.org).", ""),
        8,
        "Write: https://www.example.org",
        swap("www.example.org", "https://www.example.org"),
    ),
    "link to a person": (
        insert(7, "", "Write to [me](ann@example.org).", ""),
        8,
        "Write: mailto:ann@example.org",
        swap("ann@example.org", "mailto:ann@example.org"),
    ),
    "link to a page misspelt": (
        insert(7, "", "See [this](../pages/abuot.md).", ""),
        8,
        "Did you mean: ../pages/about.md",
        swap("../pages/abuot.md", "../pages/about.md"),
    ),
    "link in capitals": (
        insert(7, "", "See [this](../pages/About.md).", ""),
        8,
        "Write: ../pages/about.md",
        swap("../pages/About.md", "../pages/about.md"),
    ),
    "link with backslashes": (
        insert(7, "", "See [this](..\\pages\\about.md).", ""),
        8,
        "Write: ../pages/about.md",
        swap("..\\pages\\about.md", "../pages/about.md"),
    ),
    "link without its end": (
        insert(7, "", "See [this](https://example.org", "", "More."),
        8,
        "has no end. Write ) after its address.",
        swap("example.org", "example.org)"),
    ),
    "link without its address": (
        insert(7, "", "See [this][that].", ""),
        8,
        "The link [that] has no address. Add a line at the end: [that]: https://…",
        add("\n[that]: https://example.org/"),
    ),
    "place misspelt": (
        insert(7, "", "## The answer", "", "See [above](#the-answr).", ""),
        10,
        "There is no place called #the-answr on that page. Write #the-answer.",
        swap("#the-answr", "#the-answer"),
    ),
    "id twice": (
        insert(7, "", '<p id="a">x</p>', "", '<p id="a">y</p>', ""),
        10,
        "The id “a” stands here twice. Change one of them.",
        swap('"a"', '"b"'),
    ),
    "program as a link": (
        insert(7, "", "[x](javascript:void(0))", ""),
        8,
        "Write an address that begins with https://",
        write("[x](https://example.org/)"),
    ),
    "picture of one's own computer": (
        insert(7, "", "See [x](C:\\Users\\me\\about.md).", ""),
        8,
        "is a place on your own computer. Copy the file to content/images/ and write: ../images/",
        swap("C:\\Users\\me\\about.md", "../pages/about.md"),
    ),
    "another direction": (
        insert(7, "", "odd \u202e text", ""),
        8,
        "Character 5 of the line is invisible (U+202E) and would break the page. Delete it,",
        swap("\u202e", ""),
    ),
}


@pytest.mark.parametrize("path", [REQUESTS, QUERY], ids=["requests", "query"])
@pytest.mark.parametrize(("slip", "line", "answer", "remedy"), SLIPS.values(), ids=SLIPS)
def test_what_the_answer_says_is_enough(content, path, slip, line, answer, remedy):
    file = content / path
    assert judge(content) == []
    broken = slip(file.read_text(encoding="utf-8").split("\n"))
    file.write_text("\n".join(broken), encoding="utf-8")
    (problem,) = judge(content)
    assert (problem.path, problem.line) == (path, line)
    assert answer in problem.text
    file.write_text("\n".join(remedy(broken, problem.line)), encoding="utf-8")
    assert judge(content) == []


@pytest.mark.parametrize("path", [REQUESTS, QUERY], ids=["requests", "query"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le"])
def test_saving_the_file_right_is_enough(content, path, encoding):
    file = content / path
    text = file.read_text(encoding="utf-8").replace("I'm", "I’m")
    file.write_bytes(text.encode(encoding))
    problems = judge(content)
    assert problems
    assert all(problem.path == path for problem in problems)
    assert all("Save the file again as plain text in UTF-8." in p.text for p in problems)
    file.write_bytes(text.encode())
    assert judge(content) == []


@pytest.mark.parametrize("path", [REQUESTS, QUERY], ids=["requests", "query"])
@pytest.mark.parametrize("ending", [".txt", ".MD", ".md.txt", ""])
def test_giving_the_file_its_name_is_enough(content, path, ending):
    file = content / path
    wrong = file.rename(file.with_name(file.stem + ending))
    (problem,) = (p for p in judge(content) if p.path == f"posts/{wrong.name}")
    name = re.search(r'Rename it to "([^"]+)"', problem.text)[1]
    wrong.rename(wrong.with_name(name))
    assert judge(content) == []


@pytest.mark.parametrize("path", [REQUESTS, QUERY], ids=["requests", "query"])
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_are_no_slip(content, path, end):
    file = content / path
    text = "\ufeff" + file.read_text(encoding="utf-8").replace("\n", end)
    file.write_bytes(text.encode())
    assert judge(content) == []
