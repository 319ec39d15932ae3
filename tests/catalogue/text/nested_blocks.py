"""Make texts in which blocks of all kinds lie in one another, set in rightly and not, for Hypothesis.

A block is a list of lines. What holds others puts its mark before their lines; now and then a mark is
left out (a lazy line), or the lines stand a little to the left or right of where they should.
"""

import re
from itertools import product

from hypothesis import strategies as st

# fmt: off
PARAGRAPHS = (
    "one", "two\nthree", "*four*\nfive\n six", "`one\ntwo` three", "[a](b)\n  [c][a] [d]", "a\\*b\n\tc",
    "- a", "-\na", "1. a\nb", "2. a", "1.\na", "a\n1. b", "a\n2. b", "a\n- b", "a\n-", "a\n+ b\n+ c",
    "# a", "a\n# b", "#a\n#", "> a", "a\n> b\nc", "a\n===", "a\n---\nb", "&amp; <b>c</b>\n<br>",
    "a  \nb\\\nc  ", "**a\nb**", "a\n    b\n\tc", "a\n```\nb", "a\n<div>\nb", "a\n<x>\nb", "a\n***\nb",
)
HEADINGS = (
    "# a", "## a ##", "###### a #b", "####### a", "#", "##\ta", "# a \\#", "   # a", "    # a",
    "a\n===", "a\nb\n---", "a\n=", "a\n  --  ", "a\n= =", "a\n    ---", "a\n===\n===", "===\n---", "---\n===",
)
RULES = ("---", "***", "___", "* * *", " - - -", "--", "-----   ", "\t---", "_ _ _ a", "***\n---")
CODE = (
    "    a", "    a\n    b", "    a\n\n    b", "      a\n    b", "\ta\n\t\tb", "    a\n\n\n\tb\n  c",
    "    *a*\n    - b", "    > a\n   b", "    a\n      \n    b", "  \ta", "     a\n    ",
)
FENCED = tuple(
    f"{first}\n{body}{last}"
    for first, body, last in product(
        ("```", "````", "~~~", "~~~~", "``` a", "~~~ a b", "```a`b", "  ```", " ~~~"),
        ("", "a\n", "  a\n\n\tb\n", "- a\n> b\n", "\n    # a\n*b*\n"),
        ("", "```", "~~~", "`````", "~~~~~ ", "``` a", "    ```"),
    )
)
HTML = (
    "<div>\n</div>", "<DIV class='a'>\n*b*\n</DIV>", "<div>\n*a*\n\n*b*\n\n</div>", "<pre>\n*a*\n\nb</pre>",
    "<!-- a -->","<!-- a --> *b*\n*c*", "<?a\n\nb?>", "<!DOCTYPE a>\n*b*", "<![CDATA[\n\na]]>",
    "<x-y>\n*a*", "</x-y>\n*a*", "<b>*a*</b>\nc", "<table><tr><td>\n\n*a*\n\n</td></tr></table>",
    "<details><summary>a</summary>\n\n*b*\n\n</details>", "<a b='c\nd'>\ne", "  <div>\n  a",
)
TABLES = (
    "| a | b |\n|---|:-:|\n| c | d |", "a | b\n--- | --:\nc\nd | *e* | f", "| a |\n| - |", "a\n|-|\nb",
    "| a | b |\n|---|\n| c |", "x\n| a |\n|---|\n| b |\n\nc",
)
DEFINITIONS = tuple(
    f"[{label}]: {rest}\n{use}"
    for label, rest, use in product(
        ("a", "b\nc"),
        ("/a", "<a b>", "\n/a", "<>", "/a 'b'", '/a "b\nc"', "/a\n(b)", "/a b", "", "/a 'b' c"),
        ("[a] [b c]", "\n[a] [b c]", "\n[a]: /b\n\n[a]", "***"),
    )
)
GAPS = (" ", " ", "  ", "   ", "    ", "     ", "\t", " \t", "\n", "")
MARKS = (("-",), ("-", "+", "*"), ("1.", "2."), ("1.", "1)"), ("2.", "-"), ("0)", "10."), ("1234567890.",))
QUOTES = ("> ", "> ", ">", ">\t", " > ", "   >  ", ">     ", ">> ", "    > ")
# fmt: on

LEAVES = st.one_of(
    st.sampled_from([kind.split("\n") for kind in kinds])
    for kinds in (PARAGRAPHS, PARAGRAPHS, HEADINGS, RULES, CODE, FENCED, HTML, TABLES, DEFINITIONS)
)
MARGINS = st.sampled_from(["", "", "", " ", "   ", "\t", "    "])
BLANK_LINES = st.sampled_from([[], [""], [""], ["", ""], ["  "]])


@st.composite
def sequences(draw, children):
    """Put blocks one after the other, with or without blank lines between them."""
    lines = []
    for block in draw(st.lists(children, min_size=1, max_size=3)):
        margin = draw(MARGINS)
        lines += draw(BLANK_LINES)
        lines += [margin + line if line else line for line in block]
    return lines


@st.composite
def quotations(draw, children):
    sign, lazy = draw(st.sampled_from(QUOTES)), draw(st.integers(0, 12))
    lines = draw(sequences(children))
    return [
        line if place == lazy > 0 and "|" not in line else sign + line
        for place, line in enumerate(lines)
    ]


@st.composite
def lists(draw, children):
    """Make a list of items with one kind of mark, or with several (which makes several lists)."""
    marks = draw(st.sampled_from(MARKS))
    lines = []
    for number in range(draw(st.integers(1, 3))):
        mark, gap = marks[number % len(marks)], draw(st.sampled_from(GAPS))
        width = len(mark) + (len(gap) if gap.isspace() and gap.strip("\n\t") == gap else 1)
        off, lazy = draw(st.sampled_from([0, 0, 0, -1, 1, -2])), draw(st.integers(0, 12))
        indent = " " * (width + off)
        first, *rest = draw(sequences(children))
        lines += f"{mark}{gap}{indent if gap == chr(10) else ''}{first}".split("\n")
        lines += [
            line and (line.lstrip() if place == lazy and "|" not in line else indent + line)
            for place, line in enumerate(rest)
        ]
        lines += draw(BLANK_LINES) if number else []
    return lines


texts = sequences(
    st.recursive(LEAVES, lambda inner: st.one_of(quotations(inner), lists(inner)), max_leaves=5)
).map(lambda lines: "\n".join(lines) + "\n")

# The same without any plan: what begins a block, begun anywhere.
STARTS = (
    "",
    "- ",
    "-",
    "1. ",
    "1.",
    "> ",
    ">",
    "+   ",
    "  ",
    "   ",
    "    ",
    "\t",
    "*\t",
    "2) ",
    ">\t",
)
ENDS = ("", "a", "a", "# a", "```", "~~~", "---", "===", "***", "<div>", "<!-- a -->", "[a](b)")
soups = st.lists(
    st.tuples(*[st.sampled_from(STARTS)] * 3, st.sampled_from(ENDS)).map("".join),
    min_size=1,
    max_size=8,
).map(lambda lines: "\n".join(lines) + "\n")

# Where GitHub's reader does other than the specification says, or CommonMark's own in JavaScript.
DOUBTFUL = {
    "a blank line with blanks in an empty item": r"(?:[-+*]|[0-9][.)])[ \t]*\n[ \t>]*[ \t]\n",
    "a rule and a blank line in an item, which make no loose list": (
        r"(?m)^.*(?:(?:-[ \t]*){3}|(?:\*[ \t]*){3}|(?:_[ \t]*){3})\n[ \t>]*\n"
    ),
    "a part of a tab before a fence": r"(?m)^.*\t[ \t]*(?:```|~~~)",
    "definitions at the start of a paragraph that ends in a table": r"\]:[^\0]*\n.*\|[ :]*-",
}
PATTERNS = [re.compile(pattern) for pattern in DOUBTFUL.values()]


def is_doubtful(text):
    """Return whether the right reading of a text is in question."""
    return any(pattern.search(text) for pattern in PATTERNS)
