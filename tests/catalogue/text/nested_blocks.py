"""Make texts in which blocks of all kinds lie in one another, set in rightly and not, for Hypothesis.

A block is a list of lines. What holds others puts its mark before their lines; now and then a mark is
left out (a lazy line), or the lines stand a little to the left or right of where they should.
"""

from hypothesis import strategies as st

WORDS = (
    "one",
    "two",
    "*three*",
    "`four`",
    "[five](six)",
    "a\\*b",
    "-",
    "1.",
    "#",
    ">",
    "===",
    "&amp;",
)
RULES = ("---", "***", "___", "* * *", " - - -", "--", "-----   ", "\t---")
BULLETS = ("-", "+", "*")
NUMBERS = ("1.", "2.", "1)", "0)", "10.", "123456789.", "1234567890.")
HTML = (
    ("<div>", "</div>"),
    ("<DIV class='a'>", "*b*", "</DIV>"),
    ("<pre>", "*a*", "", "b</pre>"),
    ("<!-- a", "", "b -->", "*c*"),
    ("<?a", "", "b?>"),
    ("<!DOCTYPE a>", "*b*"),
    ("<![CDATA[", "", "a]]>"),
    ("<x-y>", "*a*"),
    ("</x-y>", "*a*"),
    ("<b>*a*</b>",),
    ("<table><tr><td>", "", "*a*", "", "</td></tr></table>"),
)
TABLES = (
    ("| a | b |", "|---|:-:|", "| c | d |"),
    ("a | b", "--- | --:", "c", "d | *e* | f"),
    ("| a |", "| - |"),
    ("| a | b |", "|---|", "| c |"),
    ("| a \\| b |", "|--|", "| `c \\| d` |"),
)
FENCES = ("```", "````", "~~~", "~~~~", "``` a", "~~~ a b", "```a`b")
CODE = ("a", "  b", "\tc", "", "    d", "*e*", "- f", "> g", "# h", "    ")

some = st.integers(0, 3)
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
blanks = st.sampled_from(["", "", "", " ", "   ", "\t"])


@st.composite
def paragraphs(draw):
    return draw(st.lists(words, min_size=1, max_size=3))


@st.composite
def headings(draw):
    if draw(st.booleans()):
        sign = "#" * draw(st.integers(1, 7))
        return [
            sign + draw(st.sampled_from([" a", "", "a", "\ta", " a #", "  a ##  ", " #", " a#"]))
        ]
    return [
        *draw(paragraphs()),
        draw(st.sampled_from(["===", "---", "=", "  --", "= =", "    ---"])),
    ]


@st.composite
def fenced_code(draw):
    first = draw(st.sampled_from(FENCES))
    last = draw(st.sampled_from([first[:3], first[:4], "`````", "~~~~~ ", "``` a", "    ```"]))
    body = draw(st.lists(st.sampled_from(CODE), max_size=3))
    return [first, *body, last] if draw(some) else [first, *body]


@st.composite
def definitions(draw):
    title = draw(st.sampled_from(["", " 'b'", ' "b"', " (b)", "\n'b'", "\n'b' c", " 'b\nc'", " b"]))
    address = draw(st.sampled_from(["/a", "<a b>", "\n/a", "<>", ""]))
    return [*f"[{draw(st.sampled_from('ab'))}]: {address}{title}".split("\n"), "[a] [b]"]


leaves = st.one_of(
    paragraphs(),
    paragraphs(),
    headings(),
    st.sampled_from(RULES).map(lambda rule: [rule]),
    fenced_code(),
    st.lists(st.sampled_from(CODE), min_size=1, max_size=3).map(
        lambda lines: [f"    {line}" for line in lines]
    ),
    st.sampled_from(HTML).map(list),
    st.sampled_from(TABLES).map(list),
    definitions(),
    st.just([""]),
)


@st.composite
def sequences(draw, children):
    """Put blocks one after the other, with or without blank lines between them."""
    lines = []
    for block in draw(st.lists(children, min_size=1, max_size=3)):
        margin = draw(st.sampled_from(["", "", "", " ", "   ", "\t", "    "]))
        lines += [""] * draw(st.sampled_from([0, 1, 1, 2]))
        lines += [margin + line if line else line for line in block]
    return lines


@st.composite
def quotations(draw, children):
    sign = draw(st.sampled_from(["> ", "> ", ">", ">\t", " > ", "   >  ", ">     "]))
    lines = draw(sequences(children))
    return [sign + line if not place or draw(some) else line for place, line in enumerate(lines)]


@st.composite
def lists(draw, children):
    """Make a list of items with one kind of mark, or with several (which makes several lists)."""
    marks = draw(st.sampled_from([BULLETS[:1], BULLETS, NUMBERS, NUMBERS[:2], ("2.", "-")]))
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        mark = draw(st.sampled_from(marks))
        gap = draw(st.sampled_from([" ", " ", "  ", "   ", "    ", "     ", "\t", "\n", ""]))
        indent = " " * (len(mark) + (len(gap) if gap.strip("\n\t") or gap == " " else 1))
        indent = draw(
            st.sampled_from([indent, indent, indent, indent[1:], f"{indent} ", "\t", "  "])
        )
        first, *rest = draw(sequences(children))
        lines += f"{mark}{gap}{indent if gap == chr(10) else ''}{first}".split("\n")
        lines += [line and (indent + line if draw(some) else line.lstrip()) for line in rest]
        lines += [""] * draw(st.sampled_from([0, 0, 0, 1, 2]))
    return lines


texts = sequences(
    st.recursive(leaves, lambda inner: st.one_of(quotations(inner), lists(inner)), max_leaves=6)
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
ENDS = (
    "",
    "a",
    "a",
    "# a",
    "```",
    "~~~",
    "---",
    "===",
    "***",
    "<div>",
    "<!--",
    "-->",
    "| a |",
    "|--|",
)
soups = st.lists(
    st.tuples(
        st.lists(st.sampled_from(STARTS), max_size=4).map("".join), st.sampled_from(ENDS)
    ).map("".join),
    min_size=1,
    max_size=8,
).map(lambda lines: "\n".join(lines) + "\n")
