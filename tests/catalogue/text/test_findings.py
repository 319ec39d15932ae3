"""A finding has the line of the text that it came from, whatever the text around it is."""

import pytest

from catalogue.problems import Problem
from catalogue.text.findings import MOST_FINDINGS, Finding, limit_warnings, locate
from catalogue.text.markdown_reader import MarkdownReader

READER = MarkdownReader()
FAULTS = (
    "<b onclick=x>y</b>",
    "x <script>y</script>",
    "[x]()",
    "[x](javascript:y)",
    "x</i>",
    "<u>x",
    "x {{< a >}}",
    "[y](z",
    "![](a.png)",
    "<img src=a.png>",
    "<a href='x'> </a>",
    "<i id=main>x</i>",
    "x &#xFDD0; y",
    "[x](https://localhost/)",
    "<td>x</td>",
)
PLACES = {
    "alone": "{}",
    "in a paragraph": "a\nb\n{}\nc",
    "in a list": "- a\n- {}\n- b",
    "in a loose list": "1. a\n\n   {}\n\n2. b",
    "in a list of lists": "- a\n  - b\n    - {}",
    "in a quotation": "> a\n>\n> {}\n> b",
    "after lines of code": "```\na\n\nb\n```\n\n    c\n\n    d\n\n{}",
    "after hidden lines": "a <!-- b\nc -->\n\n<!--\n\nd\n-->\n\n{}",
    "after links over lines": "*c\nd* [e\nf](g.md)\n{}",
    "after a break": "a  \nb\\\n{}",
    "below a heading": "A\n=\n\n## B\n{}",
    "in a heading": "a\n\n## {}",
    "in a table": "a\n\n| b |\n|---|\n| c |\n| {} |",
    "in HTML": "<div>\na\n\n{}\n\n</div>",
    "below HTML over lines": "<div\nclass=x>\na\n</div>\n\n{}",
    "in a note": "a[^1]\n\nb\n\n[^1]: c\n    {}",
    "in a meaning": "a\n: {}",
    "after a definition": "[a].\n\n[a]: b.md\n'c'\n{}",
    "after definitions": "[a].\n\n[a]: b.md\n[c]:\nd.md\n\n{}",
    "in an admonition": "!!! note\n    a\n\n    {}",
    "in an alert": "> [!NOTE]\n> a\n> {}",
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("around", PLACES.values(), ids=PLACES)
def test_each_fault_has_its_line_wherever_it_stands(fault, around):
    text = f"One.\n\n{around.format(fault)}\n\nThe last.\n"
    wanted = text[: text.index(fault)].count("\n") + 1
    problems = READER.read(text, 1, "posts/a.md").problems
    assert problems
    assert {problem.line for problem in problems} == {wanted}


def test_of_many_findings_the_first_ones_are_told_and_whether_there_is_an_error_in_the_rest():
    findings = [Finding("warning", "x", number) for number in range(MOST_FINDINGS)]
    assert len(locate(findings, lambda place: place, "a.md")) == MOST_FINDINGS
    problems = locate([*findings, Finding("error", "y", 0)], lambda place: place, "a.md")
    assert len(problems) == MOST_FINDINGS + 1
    assert (problems[-1].level, problems[-1].line) == ("error", MOST_FINDINGS - 1)


@pytest.mark.parametrize(
    "marks",
    ["![[no picture]]\n\n", "| a | b |\n| c | d |\n\n", "x\n\n[^1]: y\n\n", "[Q]: Why?\n\n"],
)
def test_of_many_warnings_of_one_kind_the_first_ones_are_told(marks):
    several = MOST_FINDINGS + 9
    problems = READER.read(f"One [^1]\n\n{marks * several}", 1, "posts/a.md").problems
    assert len(problems) == MOST_FINDINGS + 1
    assert [each.line for each in problems] == sorted(each.line for each in problems)
    assert "more findings after this one. Mend these first." in problems[-1].text


def test_among_many_warnings_each_error_is_told():
    warnings = [Problem("a.md", line, "warning", "x") for line in range(MOST_FINDINGS * 2, 0, -1)]
    errors = [Problem("a.md", line, "error", "y") for line in (9, 9000)]
    told = limit_warnings([errors[0], *warnings, errors[1]])
    assert [each for each in told if each.level == "error"] == errors
    assert [each.line for each in told if each.text == "x"] == [*range(1, MOST_FINDINGS + 1)]
    assert told[-1].text.startswith(f"There are {MOST_FINDINGS} more findings")
    assert limit_warnings(told[:-1]) == told[:-1]
