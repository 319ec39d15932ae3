"""Lines that were meant to stand for themselves, and run on in a paragraph, are named with the plain way."""

from time import process_time

import pytest

from catalogue.text.blocks.mistyped_lines import find_mistyped_lines
from catalogue.text.markdown_reader import MarkdownReader

READER = MarkdownReader()
NBSP = "\N{NO-BREAK SPACE}"
APART = "run on as one paragraph. To keep each as a line of its own, write \\ at its end."
# What is typed, what is said of it, and what it becomes when that is done.
MISTYPED = [
    ("##One two", "Write: ## One two", "## One two"),
    ("###*One*", "### begins no heading without a blank behind it", "### *One*"),
    ("—", "— is no rule across the page, and is shown as it is typed. Write ***", "***"),
    ("####### One", "A heading has at most six #", "###### One"),
    (f"##{NBSP}One", "The blank behind ## is one that keeps words together", "## One"),
    (f"-{NBSP}one", "so - begins nothing. Delete it", "- one"),
    ("1.\N{NARROW NO-BREAK SPACE}one", "so 1. begins nothing. Delete it", "1. one"),
    ("-one\n-two", "- begins no list without a blank behind it: these lines", "- one\n- two"),
    ("*one\n*two", "Write: * one", "* one\n* two"),
    (
        "-[ ] one",
        "- begins no task without a blank behind it. Write: - [ ] and its words",
        "- [ ] one",
    ),
    ("- [ ]one", "[ ] ticks nothing without a blank behind it", "- [ ] one"),
    (f"{NBSP}{NBSP}- one", "The blank before - is one that keeps words together", "- one"),
    ("> [!NOTES]\n> one", "Write one of: [!NOTE] [!TIP]", "- one"),
    ("- [] one", "[] is no box to tick. Write [ ] in its place", "- [ ] one"),
    ("- [ x ] one", "[ x ] is no box to tick. Write [ ] in its place, or ticked [x]", "- [x] one"),
    ("1.one\n2.two", "Write: 1. one", "1. one\n2. two"),
    ("–one\n–two", "– begins no list without a blank behind it", "- one\n- two"),
    ("a) one\nb) two", "a) begins no list: these lines run on", "a) one\\\nb) two"),
    ("(1) one\n(2) two", "Write 1. in its place", "1. one\n2. two"),
    ("I. First\nII. Second", "I. begins no list", "1. First\n2. Second"),
    ("– one\n– two", "– begins no list: these lines run on", "- one\n- two"),
    (f"— one\n—{NBSP}two", "Write - and a blank in its place", "- one\n- two"),
    ("➢ one\n➢ two", "➢ begins no list", "- one\n- two"),
    ("\uf0b7 one\n\uf0b7 two", "This bullet begins no list", "- one\n- two"),
    ("´´´\none\n´´´", "´´´ begins and ends no code. Write ```", "```\none\n```"),
    ("'''python\none\n'''", "''' begins and ends no code. Write ```", "```python\none\n```"),
    ("“““\none\n“““", "“““ begins and ends no code. Write ```", "```\none\n```"),
]
# What is said of these at the beginning of a text, and what is to be written.
WHOLE = [
    (
        "Main Library\n12 High Street\nTown",
        f"These 3 lines {APART}",
        "Main Library\\\n12 High Street\\\nTown",
    ),
    (
        "Roses are red,\nViolets are *blue*,\n“Sugar” is sweet,\n_And_ so are you.",
        f"These 4 lines {APART}",
        "Roses are red,  \nViolets are *blue*,  \n“Sugar” is sweet,  \n_And_ so are you.",
    ),
    (
        "**Mon** 9-5\n**Tue** 9-5\n[Wed](https://example.org/a/very/long/address/of/hours) 9-5",
        APART,
        "**Mon** 9-5\\\n**Tue** 9-5",
    ),
    (
        "[a]: https://e.org/x_(y",
        "[a]: does not say here where links lead. Write: [a]: <https://e.org/x_(y>",
        "[a][]\n\n[a]: <https://e.org/x_(y>",
    ),
    (
        "[a b]: ../x/ y z\n[c]: /d",
        'Write: [a b]: <../x/> "y z"',
        '[a b][]\n\n[a b]: <../x.pdf> "y z"',
    ),
]
MEANT = [
    "#critlib and #lis",
    "## Aims",
    "-5 degrees\n-6 degrees",
    "--- one\n--- two",
    "->one\n->two",
    "1.5 litres\n2.5 litres",
    "-one alone",
    "*excluding VAT.",
    "– one alone",
    "— Bonjour.\n\n— Salut.",
    "A. Smith\nB. Jones",
    "a) one alone\nand more",
    "a) one\\\nb) two",
    "a) one  \nb) two",
    "\\##One",
    "`##One`",
    "```\n##One\n-one\n-two\n```",
    "“““quoted”””",
    "C# and ##x",
    "We moved the atlases.\nIt took a day.\nNobody fell.",
    "Is it so?\nIt is.\nAnd why?",
    "Two lines\nOnly two",
    "The first line of this paragraph was broken by hand,\nThe second one too, at the width of a\nTelegram",
    "Main Library<br>\n12 High Street<br>\nTown",
    "Words that are\nbroken early\nby somebody",
    "[Note]: a remark",
    "[a](/b): c\nand more",
]


@pytest.mark.parametrize(("typed", "message", "right"), MISTYPED)
@pytest.mark.parametrize("before", ["", "Words.\n\n", "Words:\n", "> "])
def test_what_is_said_of_a_line_makes_it_what_was_meant(typed, message, right, before):
    if before == "> ":
        typed, right = typed.replace("\n", "\n> "), right.replace("\n", "\n> ")
    problems = READER.read(before + typed, 1, "posts/a.md").problems
    assert message in problems[0].text
    assert (problems[0].line, problems[0].level) == (before.count("\n") + 1, "warning")
    body = READER.read(before + right, 1, "posts/a.md")
    assert body.problems == []
    assert any(tag in body.html for tag in ("<h2", "<h3", "<h6", "<li>", "<pre", "<br>", "<hr>"))


@pytest.mark.parametrize(("typed", "message", "right"), WHOLE)
def test_what_is_said_of_a_paragraph_makes_it_what_was_meant(typed, message, right):
    (problem,) = READER.read(typed, 1, "posts/a.md").problems
    assert message in problem.text
    assert (problem.line, problem.level) == (1, "warning")
    assert READER.read(right, 1, "posts/a.md").problems == []


def test_an_address_of_links_right_below_words_is_told_to_stand_apart():
    (problem,) = READER.read("Words:\n[a]: www.e.org", 1, "posts/a.md").problems
    assert problem.line == 2
    assert "for words stand right above it. Put an empty line before it." in problem.text


@pytest.mark.parametrize("text", MEANT)
def test_lines_that_an_author_may_have_meant_so_are_left_alone(text):
    assert READER.read(text, 1, "posts/a.md").problems == []


@pytest.mark.parametrize("text", ["Words.\n---\nMore", "Words,\n===", "Two lines\nof words\n---"])
def test_a_rule_right_below_a_sentence_is_told_to_make_a_heading_of_it(text):
    body = READER.read(text, 1, "posts/a.md")
    assert "<h2" in body.html
    (problem,) = body.problems
    assert problem.line == text.split("\n").index("---" if "---" in text else "===") + 1
    assert "makes a heading of the words right above it" in problem.text


@pytest.mark.parametrize("text", ["Aims\n---", "What do we want?\n---", "Hours:\n==="])
def test_what_may_be_a_heading_is_one_without_a_word(text):
    assert READER.read(text, 1, "posts/a.md").problems == []


WORDS = "Many a librarian sets the first line in by a tab, as she learned to"


@pytest.mark.parametrize(
    "text", [f"\t{WORDS}", f"Words.\n\n    {WORDS}, in school.", f"- one\n\n        {WORDS}."]
)
def test_words_that_are_set_in_are_told_to_be_code(text):
    body = READER.read(text, 1, "posts/a.md")
    assert "<pre>" in body.html
    (problem,) = body.problems
    assert problem.line == text.count("\n") + 1
    assert "are shown as code. Delete the blanks before them" in problem.text


@pytest.mark.parametrize(
    "text",
    [
        "    SELECT title FROM books WHERE year < 1900 AND lent = 0 ORDER BY title",
        "    sudo apt install one two three four five six seven eight nine ten",
        "    Title      Author       Year",
        f"```\n    {WORDS}\n```",
    ],
)
def test_code_is_shown_without_a_word(text):
    assert READER.read(text, 1, "posts/a.md").problems == []


@pytest.mark.parametrize(
    "line", ["a) one", "-one", "##x", "A", "****A", "\uf0b7 x", "[a]: b", "1.a", "'''", f"-{NBSP}"]
)
def test_a_long_paragraph_is_looked_through_in_little_time(line):
    text = "\n".join([line] * 20_000)
    start = process_time()
    list(find_mistyped_lines(text))
    assert process_time() - start < 2
