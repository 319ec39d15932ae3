"""A header is read as its author meant it, whoever wrote it, and every mistake has its line."""

import io
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from catalogue.header.entries import unquote
from catalogue.header.front_matter import read_header
from catalogue.header.schema import SCHEMAS
from catalogue.problems import Problem, count_errors

quick = settings(deadline=None, database=None, max_examples=80)
DAY = "2026-11-23T00:00:00"


def read_post(header, body="Text.\n"):
    return read_header(f"{header}\n\n{body}", "post")


def read_fenced(header, body="Text.\n"):
    return read_header(f"---\n{header}\n---\n{body}", "post")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Title: Query: what do we do?", {"Title": "Query: what do we do?"}),
        ("Title: 2024", {"Title": "2024"}),
        ("title: null", {"Title": "null"}),
        ("TITLE:   wide   open  ", {"Title": "wide open"}),
        ("Title:\tTab", {"Title": "Tab"}),
        ("Title: C# in libraries", {"Title": "C# in libraries"}),
        ("Title: We are #1", {"Title": "We are #1"}),
        ("Title: <script>alert(1)</script>", {"Title": "<script>alert(1)</script>"}),
        ("Title: \u200bWeeding\u00ad", {"Title": "Weeding"}),
        ("Title: Cafe\u0301", {"Title": "Café"}),
        ("Title: 'It''s fine'", {"Title": "It's fine"}),
        ("Title: 'tis the season", {"Title": "'tis the season"}),
        ('Title: "A \\"quoted\\" word"', {"Title": 'A "quoted" word'}),
        ('Title: "Caf\\u00e9 \\x41 \\U0001F600"', {"Title": "Café A 😀"}),
        ('Title: "\\ud83d\\ude00 smile"', {"Title": "😀 smile"}),
        ('Title: "one" and "two"', {"Title": '"one" and "two"'}),
        ("Title: {{ title }}", {"Title": "{{ title }}"}),
        ("Date: 2026-11-23", {"Date": DAY}),
        ("Date: 2026-11-23 9:30", {"Date": "2026-11-23T09:30:00"}),
        ("Date: 2026-11-23\u00a009:30", {"Date": "2026-11-23T09:30:00"}),
        ("date: 2026-11-23T09:30:00.000Z", {"Date": "2026-11-23T09:30:00+00:00"}),
        ("date: 2026-11-23 09:30:15 +0100", {"Date": "2026-11-23T09:30:15+01:00"}),
        ("date: 2026-11-23 09:30 +01", {"Date": "2026-11-23T09:30:00+01:00"}),
        ("date: '2026-11-23'", {"Date": DAY}),
        ("date: 2026/11/23 09:30", {"Date": "2026-11-23T09:30:00"}),
        ("date: 2026.3.1", {"Date": "2026-03-01T00:00:00"}),
        ("Tags: a, b ;c", {"Tags": ["a", "b", "c"]}),
        ("Tags: [a, 'b c', \"d, e\"]", {"Tags": ["a", "b c", "d, e"]}),
        ("tags: []", {}),
        ("Tags: '90s music, rock 'n' roll", {"Tags": ["'90s music", "rock 'n' roll"]}),
        ("Tags: #reading #weeding", {"Tags": ["reading", "weeding"]}),
        ("Tags: C#, F#", {"Tags": ["C#", "F#"]}),
        ("Tags: Weeding, weeding,, Weeding ", {"Tags": ["Weeding"]}),
        ("Category: Services", {"Category": ["Services"]}),
        ("Comments: 0", {"Comments": 0}),
        ("Comments: 1,024", {"Comments": 1024}),
        ("Comment count: 3", {"Comments": 3}),
        ("Status: Draft", {"Status": "draft"}),
        ("draft: true", {"Status": "draft"}),
        ("draft: False", {"Status": "published"}),
        ("draft:", {}),
        ("Slug: old-name", {"Slug": "old-name"}),
        (
            "Aliases: /a/, a, https://old.example/b.html, /c.php, d.php/",
            {"Aliases": ["/a/", "/b.html", "/c.php/", "/d.php/"]},
        ),
        ("image_alt: A desk", {"Image-alt": "A desk"}),
        ("modified: null", {}),
        ("summary: ~", {}),
        ('author: ""', {}),
    ],
)
def test_a_value_is_read_in_both_forms_of_header(text, values):
    for header in (read_post(text), read_fenced(text)):
        assert header.values == values
        assert header.body.strip() == "Text."


YAML_HEADERS = {
    "folded, as Decap writes a long text": (
        "title: >-\n  A long title: it\n  goes on\nsummary: |-\n  - one\n  # two\n  Tags: three",
        {"Title": "A long title: it goes on", "Summary": "- one # two Tags: three"},
    ),
    "a block with its indent named": ("summary: >2-\n    Two", {"Summary": "Two"}),
    "a long plain text": (
        "title: A title that\n  goes on\ntags: a",
        {"Title": "A title that goes on", "Tags": ["a"]},
    ),
    "a long quoted text": (
        "title: \"A title: that\\\n  \\ goes on, un\\\n  cut\"\nsummary: 'it''s\n  two'",
        {"Title": "A title: that goes on, uncut", "Summary": "it's two"},
    ),
    "a quoted text with a key in it": (
        'title: "One\n  Tags: two"',
        {"Title": "One Tags: two"},
    ),
    "topics, as they are called elsewhere": ("Topics: a, b", {"Tags": ["a", "b"]}),
    "a list as GitHub writes it": ("tags:\n- a b\n- 'c, d'", {"Tags": ["a b", "c, d"]}),
    "a list as Obsidian writes it": ("tags:\n  - a\n  - b\n", {"Tags": ["a", "b"]}),
    "a long name in a list": ("tags:\n  - a\n    b\n  - c", {"Tags": ["a b", "c"]}),
    "an empty list": ("tags:\n  -\n  -", {}),
    "a list in brackets over lines": ("tags: [\n  a,\n  b\n]", {"Tags": ["a", "b"]}),
    "a list as Prettier writes it": ("tags:\n  [\n    a,\n    b,\n  ]", {"Tags": ["a", "b"]}),
    "remarks": (
        "# a remark\ntitle: x\n  # another\ndraft: true # yet",
        {"Title": "x", "Status": "draft"},
    ),
    "empty values": ("title:\ntags:\nsummary:\ndraft:\nimage:\nslug: ''", {}),
}


@pytest.mark.parametrize(("text", "values"), YAML_HEADERS.values(), ids=YAML_HEADERS)
def test_what_other_programs_write_is_read(text, values):
    header = read_fenced(f"date: 2026-11-23\n{text}\ncomments: 7")
    assert header.values == {"Date": DAY, "Comments": 7, **values}


words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\ufeff"),
    max_size=150,
)
names = st.text(st.sampled_from("abcÄßю _-&<>:!'\"1"), min_size=1, max_size=40)


def plain(text):
    """Return what must be left of a text: blanks are folded, and what cannot be seen is gone."""
    for sign in "\u200b\u2060\u00ad":
        text = text.replace(sign, "")
    return " ".join(unicodedata.normalize("NFC", text).split())


@quick
@given(words, words, st.lists(names, max_size=5), st.integers(0, 99_999), st.booleans())
@example("true", "- a", ["b: c"], 0, False)
@example("a: b #c", "x " * 70, ["'"], 1, True)
def test_what_a_yaml_writer_writes_is_read_back(title, summary, tags, comments, flow):
    yaml = YAML()
    yaml.default_flow_style = None if flow else False
    stream = io.StringIO()
    tags = list({plain(tag).casefold(): plain(tag) for tag in tags}.values())
    yaml.dump(
        {"title": f"T {title}", "summary": summary, "tags": tags, "comments": comments}, stream
    )
    header = read_fenced(stream.getvalue() + "date: 2026-11-23T10:00:00.000Z")
    assert plain(header.values["Title"]) == plain(f"T {title}")
    assert plain(header.values.get("Summary", "")) == plain(summary)
    assert [plain(tag) for tag in header.values.get("Tags", [])] == [tag for tag in tags if tag]
    assert header.values["Comments"] == comments
    assert header.values["Date"] == "2026-11-23T10:00:00+00:00"


def escape(text):
    return text.replace('"', '\\"')


def print_value(value):
    if isinstance(value, list):
        return ", ".join(value)
    return value if unquote(str(value)) == str(value) else f'"{escape(value)}"'


@quick
@given(
    st.fixed_dictionaries(
        {
            "Title": st.text("aÄ<&>\"'{}[]():;-# 1", min_size=1, max_size=30),
            "Date": st.datetimes().map(lambda d: d.replace(year=2020, microsecond=0).isoformat()),
            "Comments": st.integers(0, 99_999),
            "Tags": st.lists(st.text("abÄ1 ", min_size=1), min_size=1, max_size=4),
            "Status": st.sampled_from(["draft", "published"]),
        },
        optional={"Slug": st.from_regex(r"[a-b]{1,9}(-[0-9]{1,3})?", fullmatch=True)},
    ),
    st.sampled_from(["{}\n\n{}", "---\n{}\n---\n{}", "\ufeff\n{}\n---\n{}"]),
)
def test_values_that_are_printed_are_read_back_with_their_types(values, frame):
    lines = "\n".join(f"{key}: {print_value(value)}" for key, value in values.items())
    first = read_header(frame.format(lines, "Text.\n"), "post")
    again = "\n".join(f"{key}: {print_value(value)}" for key, value in first.values.items())
    second = read_header(frame.format(again, "Text.\n"), "post")
    assert second.values == first.values
    assert first.values["Date"] == values["Date"]
    assert first.values["Comments"] == values["Comments"]
    assert first.values["Status"] == values["Status"]
    assert first.body.strip() == "Text."


MISTAKES = {
    "Title: x": (1, "error", "no Date. Add a line to its header: Date: 2026-11-23"),
    "Date: 2026-11-23": (1, "error", "no Title. Add a line to its header: Title: "),
    "Title:\nDate: 2026-11-23": (1, "error", "Title is empty. Write: Title: "),
    "Title: …!\nDate: 2026-11-23": (1, "error", "no letter and no digit"),
    "Title: x\nDate: 2026-11-23\nTag: a": (3, "warning", "Write: Tags:"),
    "Title: x\nDate: 2026-11-23\nComments: 1\nComments: 2": (4, "error", "line 3 has it already"),
    "Title: x\nDate: 2026-11-23\nComents: 1": (3, "error", "Did you mean Comments? Write: C"),
    "Title: x\nDate: 2026-11-23\nNote: this\nruns on": (3, "error", "put a blank line before"),
    "Title: x\nDate: 2026-11-23\nruns on": (3, "error", "Put a blank line before your text."),
    "Title: x\nstray\nDate: 2026-11-23": (2, "error", "Delete it, or move it below the header"),
    "Title: x\nDate: 2026-11-23\nTags = a": (3, "error", "no plain colon|Write: Tags: a"),
    "Title: x\nDate: 2026-11-23\nTags： a": (3, "error", "plain colon. Write: Tags: a"),
    "**Title:** x\nDate: 2026-11-23": (1, "error", "signs around it that do not belong"),
    '"Title": x\nDate: 2026-11-23': (1, "error", "Write: Title: x"),
    "Title = x\nDate: 2026-11-23": (1, "error", "Write: Title: x"),
    "Title: x\nDate: 23 November 2026": (2, "error", "Write: Date: 2026-11-23,"),
    "Title: x\nDate: 2026-02-30": (2, "error", "no such day or time"),
    "Title: x\nDate: 2026-11-23 25:00": (2, "error", "no such day or time"),
    "Title: x\nDate: 0001-01-01": (2, "error", "between 1450 and 2099"),
    "Title: x\nDate: 2926-11-23": (2, "error", "between 1450 and 2099"),
    "Title: x\nDate: 1926-11-23": (2, "warning", "in the year 1926"),
    "Title: x\nDate: 2026-11-23\nComments: many": (3, "error", "“many” is not a whole number"),
    "---\ntitle: x\ndate: 2026-11-23\ncomments:\n- id: 1\n  author: A\n- id: 2\n---": (
        4,
        "warning",
        "holds 2 comments, and readers do not get what stands here. File each with: python3 tasks.py",
    ),
    "Title: x\nDate: 2026-11-23\nComments: -3": (3, "error", "write: Comments: 0"),
    "Title: x\nDate: 2026-11-23\nComments: 3 # x": (3, "error", "is not a whole number"),
    "Title: x\nDate: 2026-11-23\nComments: 3.5": (3, "error", "is not a whole number"),
    "Title: x\nDate: 2026-11-23\nComments: ٣": (3, "error", "is not a whole number"),
    "Title: x\nDate: 2026-11-23\nComments: 100000": (3, "error", "more than a post can have"),
    "Title: x\nDate: 2026-11-23\nStatus: publik": (3, "error", "Status: published or: Status: d"),
    "Title: x\nDate: 2026-11-23\nStatus: hidden": (3, "warning", "write: Status: draft"),
    "Title: x\nDate: 2026-11-23\ndraft: soon": (3, "error", "“soon” is no Status"),
    "Title: x\nDate: 2026-11-23\nSlug: A b": (3, "error", "Write: a-b"),
    "Title: x\nDate: 2026-11-23\nAliases: ../up": (3, "error", "not an old address"),
    "Title: x\nDate: 2026-11-23\nAliases: /": (3, "error", "not an old address"),
    "Title: x\nDate: 2026-11-23\nAliases: /a/, /x.js": (3, "error", "asks for .js wants the file"),
    "Title: x\nDate: 2026-11-23\nAliases: /sw.js": (3, "error", "belongs to the site itself"),
    "Title: x\nDate: 2026-11-23\nAliases: /aux.html": (3, "error", "Windows keeps the name"),
    "Title: x\nDate: 2026-11-23\nAliases: /old /x/": (3, "error", "Put a comma between them"),
    "Title: x\nDate: 2026-11-23\nAliases: /.well-known/x/": (
        3,
        "error",
        "belongs to the site itself",
    ),
    "Title: x\nDate: 2026-11-23\nCategory: a, b": (3, "warning", "Tags: a, b"),
    'Title: "a\\u0000b"\nDate: 2026-11-23': (1, "error", "invisible sign (U+0000)"),
    'Title: "a\\u202eb"\nDate: 2026-11-23': (1, "error", "invisible sign (U+202E)"),
    'Title: "a\\ufdd0b"\nDate: 2026-11-23': (1, "error", "invisible sign (U+FDD0)"),
    "Title: " + "x" * 201 + "\nDate: 2026-11-23": (1, "error", "Write at most 200"),
    "Title: x\nDate: 2026-11-23\nSummary: " + "x" * 1001: (3, "error", "Write at most 1,000"),
    "Title: x\nDate: 2026-11-23\nTags: " + "x" * 201: (3, "error", "Put commas between"),
    "Title: x\nDate: 2026-11-23\nTags: " + ",".join(map(str, range(31))): (
        3,
        "error",
        "has 31 entries",
    ),
    "Is_valid: ../x\nTitle: x\nDate: 2026-11-23": (1, "error", "Unknown header “Is_valid”"),
    "# A heading\n\nTitle: x\nDate: 2026-11-23": (1, "error", "“Title: x” stands on line 3"),
    "Only text, no header.": (1, "error", "This post has no header. Put at the very top: Title:"),
    "": (1, "error", "The file is empty"),
    "+++\ntitle = 'x'\n+++": (1, "error", "no Date. Add a line to its header: Date: 2026-11-23"),
    "+++\ntitle = 'x'\ndate = tomorrow\n+++": (
        3,
        "error",
        "“date = tomorrow” cannot be read as TOML",
    ),
    "+++\ntitle = 'x'\ntitle = 'y'\n+++": (3, "error", "Write each name once"),
    "+++\ntitle = 'x'": (1, "error", "never closed. Add a line +++"),
    '{\n"title": "x"\n"date": "y"\n}': (3, "error", "Mend the quotation marks and commas"),
    '{"title": "x", "date": "2026-11-23"} Text': (1, "error", "“Text” stands behind the header"),
    "---\ntitle: x\ndate: 2026-11-23\nauthor: *ann\n---": (
        4,
        "error",
        "“*ann” has a meaning of its",
    ),
    "---\ntitle: x\ndate: 2026-11-23\nseries: &s A\n---": (
        4,
        "error",
        "“&s” has a meaning of its own",
    ),
    "---\ntitle: x\ndate: 2026-11-23\ntags: !ruby/array a\n---": (
        4,
        "error",
        "Leave it out, or put",
    ),
    "---\ntitle: x\ndate: 2026-11-23\n<<: *base\n---": (4, "error", "Write the lines themselves"),
    "---\ntitle: x\ndate: 2026-11-23\nseries:\n  name: A\n---": (
        4,
        "error",
        "Write the value beside",
    ),
    "---\ntitle: x\ndate: 2026-11-23\nstatsu: draft\n---": (4, "error", "Did you mean Status?"),
    "---\ntitle: x\ndate: 2026-11-23\npublished: soon\n---": (4, "error", "“soon” is no Status"),
    "---\ntitle: x\ndate: 2026-11-23\npassword: abc\n---": (4, "warning", "stays a draft until"),
    "---\ntitle: x\ndate: 2026-11-23\nredirect_from: /sw.js\n---": (
        4,
        "warning",
        "belongs to the site",
    ),
    "---\ntitle: x\ndate: 2026-11-23": (1, "error", "never closed. Add a line ---"),
    "---\ntitle: x\ndate: 2026-11-23\n\nText\n\n---": (5, "error", "Put a line --- before your"),
    "---\ntitle: x\ndate: 2026-11-23\nText\n---": (4, "error", "below the line --- that ends"),
}


@pytest.mark.parametrize(
    ("text", "problem"), MISTAKES.items(), ids=[text[-60:] for text in MISTAKES]
)
def test_a_mistake_is_named_once_with_its_line(text, problem):
    line, level, words = problem
    header = read_header(text + "\n\n", "post") if text else read_header("", "post")
    assert len(header.problems) == 1
    found = header.problems[0]
    assert (found.line, found.level) == (line, level)
    assert any(word in found.text for word in words.split("|"))


def test_a_line_that_is_indented_by_accident_is_a_line_of_its_own():
    header = read_post("  Title: x\n    Date: 2026-11-23\n\tTags: a")
    assert header.values == {"Title": "x", "Date": DAY, "Tags": ["a"]}


@pytest.mark.parametrize("rule", ["---", "----", "-----  "])
def test_a_rule_under_a_plain_header_ends_it_and_is_no_text(rule):
    header = read_header(f"Title: x\nDate: 2026-11-23\n{rule}\nText\n", "post")
    assert (header.body, header.body_line, header.problems) == ("Text\n", 4, [])


def test_a_rule_in_the_text_is_left_alone():
    header = read_header("Title: x\nDate: 2026-11-23\n\n---\n\nText\n", "post")
    assert header.body.strip().startswith("---")


@pytest.mark.parametrize("line", ["  word", "- word", "  - word", "word", "K: v", "Tags: a", "]"])
def test_a_header_without_end_is_not_read_to_its_end(line):
    header = read_fenced("Title: x\nTags:\n" + f"{line}\n" * 150_000)
    assert [problem.text for problem in header.problems] == [
        "The header has 150,003 lines. Move your text below it."
    ]


def test_a_long_text_without_a_blank_line_is_told_once():
    header = read_header("Title: x\nDate: 2026-11-23\n" + "Key: v\n" * 5000, "post")
    text = "The header has 5,002 lines. Put a blank line before your text."
    assert header.problems == [Problem("", 3, "error", text)]


def test_strangers_are_named_up_to_ten():
    strangers = "\n".join(f"K{n}: v" for n in range(30))
    header = read_post(f"Title: x\nDate: 2026-11-23\n{strangers}")
    assert len(header.problems) == 11
    assert header.problems[-1].text.startswith("20 more unknown header lines begin here")


def test_a_key_that_is_nearly_right_is_not_asked_for_again():
    header = read_post("Titel: x\nDaet: 2026-11-23")
    assert [problem.text.split(".")[0] for problem in header.problems] == [
        "Unknown header “Titel”",
        "Unknown header “Daet”",
    ]


@pytest.mark.parametrize(
    ("kind", "text", "values"),
    [
        ("page", "Title: About", {"Title": "About"}),
        ("topic", "Title: A\nUsed for: b; c", {"Title": "A", "Used-for": ["b", "c"]}),
        (
            "comment",
            "Author: Ann\nDate: 2026-11-23\nUrl: https://ann.example/\nReply-to: first",
            {"Author": "Ann", "Date": DAY, "Url": "https://ann.example/", "Reply-to": "first"},
        ),
    ],
)
def test_each_kind_of_file_has_its_own_keys(kind, text, values):
    header = read_header(f"{text}\n\nText.\n", kind)
    assert (header.values, header.problems) == (values, [])


@pytest.mark.parametrize(
    ("kind", "key"),
    [("page", "Tags"), ("topic", "Draft"), ("comment", "Comments"), ("post", "Reply-to")],
)
def test_a_key_of_another_kind_of_file_is_not_mistaken_for_one_of_this(kind, key):
    header = read_header(f"{key}: x\n\nText.\n", kind)
    texts = [problem.text for problem in header.problems if f"“{key}”" in problem.text]
    assert len(texts) == 1
    assert texts[0].startswith(f"“{key}” is no header of a")
    assert "Did you mean" not in texts[0]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ann.example", "https://a b", 'https://a"'])
def test_a_comment_cannot_bring_another_kind_of_address(url):
    header = read_header(f"Author: Ann\nDate: 2026-11-23\nUrl: {url}\n\nText.\n", "comment")
    assert "Url" not in header.values
    assert "https://…" in header.problems[0].text


def test_problems_get_the_path_of_their_file():
    header = read_header("", "page", "pages/a.md")
    assert [problem.path for problem in header.problems] == ["pages/a.md"]


OTHERS = "cover: |published: |{|}|[a, |'b|<!--|-->|.. a: |title = |layout: |- b: c".split("|")
SIGNS = "Title: |date: |tags:|---|- a|>-|\"|'|[|]|,|:|：|=|#|\\|\\u0000|2026-11-23|x|+++"
signs = st.sampled_from(
    [*OTHERS, *SIGNS.split("|"), "|", "\n", "\n\n", "  ", "\t", "\u200b", "\u2028"]
)
headers = st.lists(signs | st.text(max_size=5), max_size=40).map("".join)


@settings(deadline=None, database=None, max_examples=200)
@given(headers, st.sampled_from(["post", "page", "topic", "comment"]), st.booleans())
def test_any_header_is_read_and_every_problem_has_a_line_of_the_file(text, kind, fenced):
    text = f"---\n{text}" if fenced else text
    header = read_header(text, kind)
    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines for problem in header.problems)
    assert all(1 <= line <= lines for line in header.lines.values())
    assert set(header.values) <= {item.key for item in SCHEMAS[kind]}
    required = {item.key for item in SCHEMAS[kind] if item.required}
    assert required <= set(header.values) or count_errors(header.problems)
    assert header.body_line == 1 or text.split("\n")[header.body_line - 1 :] == (
        header.body.split("\n") if header.body_line <= lines else []
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [("100,000", "100,000"), ("999999999", "999999999"), ("1" + ",000" * 2_000, "1,000,000")],
)
def test_a_number_of_any_length_is_told_to_be_too_large(text, shown):
    header = read_post(f"Title: x\nDate: 2026-11-23\nComments: {text}")
    (told,) = header.problems
    assert (told.line, told.level) == (3, "error")
    assert told.text.startswith(f"{shown}")
    assert "comments are more than a post can have. Write at most 99,999." in told.text


@pytest.mark.parametrize("marks", [600, 5_000])
def test_a_value_that_is_too_long_in_any_form_is_refused_as_it_is(marks):
    header = read_post("Date: 2026-11-23\nTitle: a" + "\u0301\u0316" * marks)
    (told,) = header.problems
    assert (told.line, told.text.split(".")[0]) == (2, f"Title has {2 * marks + 1:,} characters")


def test_a_value_is_measured_as_it_is_composed():
    assert read_post("Date: 2026-11-23\nTitle: " + "\u03b1\u0313\u0300\u0345" * 200).problems == []
    assert read_post("Date: 2026-11-23\nTitle: " + "\u03b1\u0313\u0300\u0345" * 201).problems != []
