"""What opens and closes emphasis is decided by the signs around it."""

import pytest

from catalogue.text.delimiters import match_runs, read_run

# Which sides of a text between two blanks can open (<), close (>), both (x), or neither (-).
SIDES = {
    "a*b": "x", "*a": "<", "a*": ">", " * ": "-", "a *b": "<", "a* b": ">",
    "a**\"b": ">", "(*a": "<", "a*)": ">", "a*(b": ">", "\"*\"": "x", ",*,": "x",
    "a_b": "-", "_a": "<", "a_": ">", "(_a": "<", "a_)": ">", "\"_\"": "x", "a_(b": ">",
    "\xa0*a": "<", "a*\xa0": ">", "a*\u2003b": ">", "é*日": "x",
    "a*£b": ">", "£*a": "<", "…*a": "<", "a*—b": ">",
    "a\u0301*b": "x", "\n*a": "<", "~*a": "<", "a~*b": "x", "a*~": ">",
    "~~a": "<", "~a": "<", "~~~a": "-", "a~~b": "x",
}  # fmt: skip


@pytest.mark.parametrize("text", SIDES, ids=ascii)
def test_a_run_opens_and_closes_by_what_is_beside_it(text):
    sign = "*" if "*" in text else "_" if "_" in text else "~"
    run = read_run(text, text.index(sign), text.rindex(sign) + 1)
    sides = (run.can_open, run.can_close) if run else (False, False)
    kind = {(True, True): "x", (True, False): "<", (False, True): ">", (False, False): "-"}[sides]
    assert kind == SIDES[text]


def match(text):
    """Return the signs of a text's runs that close, are left and open: `closing/left/opening`."""
    runs, position = [], 0
    while position < len(text):
        end = position
        while end < len(text) and text[end] == text[position]:
            end += 1
        if text[position] in "*_~":
            run = read_run(text, position, end)
            runs += [run] if run else []
        position = end
    match_runs(runs)
    return [f"{sum(run.closing)}/{run.left}/{sum(run.opening)}" for run in runs]


MATCHED = {
    "*a*": ["0/0/1", "1/0/0"],
    "**a*": ["0/1/1", "1/0/0"],
    "*a**": ["0/0/1", "1/1/0"],
    "***a***": ["0/0/3", "3/0/0"],
    "*a _b* c_": ["0/0/1", "0/1/0", "1/0/0", "0/1/0"],
    "*a**b*": ["0/0/1", "0/2/0", "1/0/0"],  # 1 and 2 make 3
    "**a*b**": ["0/0/2", "0/1/0", "2/0/0"],
    "a***b***c": ["0/0/3", "3/0/0"],
    "*a *b": ["0/1/0", "0/1/0"],
    "~~a~~": ["0/0/2", "2/0/0"],
    "~~a ~b~~": ["0/2/0", "0/1/0", "0/2/0"],  # GitHub does not look further
}


@pytest.mark.parametrize("text", MATCHED)
def test_runs_are_matched_from_the_inside(text):
    assert match(text) == MATCHED[text]
