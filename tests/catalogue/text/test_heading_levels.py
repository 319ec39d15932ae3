"""No level of headings is left out between the title and the text, and within a text none without a word."""

import re

import pytest

from catalogue.text.markdown_reader import MarkdownReader

READER = MarkdownReader()
# What is typed, the levels that are published, and the line and the words of each warning.
LEVELS = {
    "### A\n\n#### B\n\n### C": ("232", []),
    "#### A\n\nx\n\n#### B": ("22", []),
    "# A\n\n## B\n\n###### C": ("236", [(5, "a ##, and no ### between them. Write: ### C")]),
    "###### A": ("2", []),
    "> ### A\n\n- ### B": ("22", []),
    "<h3>A</h3>\n\n<H4>B</H4>": ("23", []),
    "## A\n\n### B\n\n#### C\n\n## D": ("2342", []),
    "## A\n\n#### B ##\n\n#### C\n\n## D\n\n#### E": (
        "24424",
        [
            (3, "This #### stands below a ##, and no ### between them. Write: ### B"),
            (9, "Write: ### E"),
        ],
    ),
    "- ## A\n\n  ##### B": ("25", [(3, "Write: ### B")]),
    "### A\n\n## B": ("32", [(1, "heading is a ###, though there is a ## below it. Write: ## A")]),
    "A\n---\n\n# B": ("32", [(1, "Write: === in the line below it")]),
    "<h2>A</h2>\n\n<p>x</p>\n<h4>B</h4>": (
        "24",
        [(4, "This <h4> stands below a <h2>, and no <h3> between them. Write: <h3> and </h3>")],
    ),
    "`<h1>` and\n\n### A": ("2", []),
}


@pytest.mark.parametrize(("typed", "wanted"), LEVELS.items())
def test_the_highest_heading_is_right_below_the_title_and_a_level_left_out_is_told(typed, wanted):
    body = READER.read(typed, 1, "posts/a.md")
    assert "".join(re.findall(r"<h(\d)\b.*?</h\1>", body.html)) == wanted[0]
    assert [(problem.line, problem.level) for problem in body.problems] == [
        (line, "warning") for line, _ in wanted[1]
    ]
    for problem, (_, message) in zip(body.problems, wanted[1], strict=True):
        assert message in problem.text


def test_a_heading_keeps_its_id_and_the_links_to_it_whatever_its_level():
    body = READER.read("[To it](#our-aims)\n\n### Our aims\n\n#### More", 1, "posts/a.md")
    assert '<h2 id="our-aims">' in body.html
    assert '<h3 id="more">' in body.html
    assert body.problems == []
