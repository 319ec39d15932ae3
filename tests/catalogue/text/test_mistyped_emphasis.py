"""Signs that were meant to make words bold, or not to make them italic, are named with the plain way."""

from time import process_time

import pytest

from catalogue.text.markdown_reader import MarkdownReader
from catalogue.text.mistyped_emphasis import find_mistyped_emphasis

ALONE = "Readers see ** as it is typed. Write it before and after the words to be bold, with no blank between"
HTML = "within HTML no Markdown is read"
BY_NAME = "in the words of [[…|…]] no Markdown is read. Write them without these signs."
WRONG = {
    "The **end **.": (ALONE, 1),
    "A: **Note this": (ALONE, 1),
    "It is ** not so **.": (ALONE, 1),
    "It is *not so *.": ("words to be in italics, with no blank between: *like this*.", 1),
    "It is * not so* here": ("Readers see * as it is typed", 1),
    "It is ~~not so ~~ here": ("words to be struck out, with no blank between: ~~like this~~.", 1),
    "It is ~~ not so ~~": ("Readers see ~~ as it is typed", 1),
    "A ** note**, this": (ALONE, 1),
    "It is **bold **text and ** not** so": (ALONE, 1),
    "He said **stop** and **go": (ALONE, 1),
    "__Note this": ("Readers see __ as it is typed", 1),
    "**Note:**Text": (
        "Readers see **Note:** as it is typed. Put a blank behind it, or the second ** before the :.",
        1,
    ),
    '**"Yes"**and': ('or the second ** before the ".', 1),
    'so**"yes"** he said': ('Put a blank before it, or the first ** behind the ".', 1),
    "<div>\n**bold** words\n</div>": (HTML, 1),
    "<p>A **bold** word</p>": (HTML, 1),
    "<p>An *italic* word</p>": (HTML, 1),
    "See [[a|so *very* true]]": (BY_NAME, 1),
    "See [[a|**so**]]": (BY_NAME, 1),
    "shelves of 30*80*200 cm": ("The two * of “30*80*200” make what stands between them italic", 1),
    "the *end of it": (
        "Readers see * as it is typed, for none ends it. Write it behind the last",
        1,
    ),
    "5 * 3.\n\nOnly,\n*this": ("word to be in italics too, or \\* for the sign", 1),
    "read _Emma again": ("Readers see _ as it is typed, for none ends it", 1),
    "is ~~gone now": ("Readers see ~~ as it is typed, for none ends it", 1),
    "2*3=6 and 4*5=20": ("“2*3=6 and 4*5” make what", 1),
}
MEANT = [
    "**bold**, __bold__ and ***both***",
    "un**believ**able, 2**3**4",
    "rated ** of ***** and ****",
    "Kick A** and take names",
    "2 ** 3 ** 4, ____ and a__b",
    "\\*\\*kwargs and **bold**",
    "`**kwargs` and `2*3*4`",
    "5*x, 6*y and 7",
    "\\*a* b and a \\*b\\*",
    "Price* is 5, *without VAT",
    "the _posts folder, see _config.yml, *.pdf and \\*that",
    "Leser*innen, Nutzer*innen",
    "a *nix system",
    "Price* is 5.\n\n*without VAT",
    "```\n**x\n```",
    "2 * 3 * 4",
    "a * b, and 5 * x * y",
    "Books * and films\n\n* only here",
    "~~gone~~ and ~ 5 ~ 6",
    "30×80×200 and 30\\*80\\*200",
]


@pytest.mark.parametrize(("text", "wanted"), WRONG.items())
def test_a_sign_that_makes_nothing_of_what_was_meant_is_told(text, wanted):
    problems = MarkdownReader().read(text, 1, "posts/a.md").problems
    assert len(problems) == wanted[1]
    assert all(wanted[0] in problem.text for problem in problems)
    assert {problem.level for problem in problems} == {"warning"}


@pytest.mark.parametrize("text", MEANT)
def test_signs_that_mean_what_they_make_are_left_alone(text):
    assert MarkdownReader().read(text, 1, "posts/a.md").problems == []


@pytest.mark.parametrize(
    "text", ["**Note:** Text", "**Note**: Text", '**"Yes"** and', '"**Yes**"and', "**bold** text"]
)
def test_as_they_are_told_to_be_written_they_make_words_bold(text):
    body = MarkdownReader().read(text, 1, "posts/a.md")
    assert "<strong>" in body.html
    assert body.problems == []


@pytest.mark.parametrize(
    "text", ["**a", "**a **b", "1*2", "1*2*3 ", "__x ", "a** ", "** ", "a *b", "a _B "]
)
def test_a_long_text_is_looked_through_in_little_time(text):
    text *= 20_000
    start = process_time()
    list(find_mistyped_emphasis(text, text))
    assert process_time() - start < 1
