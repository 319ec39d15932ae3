"""A title has emphasis where tags can stand, and the same words without it elsewhere."""

import html

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.titles import read_sentence, read_title
from catalogue.text.typography import set_title

quick = settings(deadline=None, database=None, max_examples=200)
SIGNS = st.text(alphabet="ab 1*_~`\\\"'-.<>&[]()!é\N{NO-BREAK SPACE}", max_size=30)

EMPHASIS = {
    "On *Emma*": "On <em>Emma</em>",
    "On _Emma_": "On <em>Emma</em>",
    "**So** it goes": "<strong>So</strong> it goes",
    "***Emma*** again": "<em><strong>Emma</strong></em> again",
    "~~Old~~ new": "<del>Old</del> new",
    "What `ls -l` says": "What <code>ls -l</code> says",
    "`\"a\" -- 'b'`": "<code>\"a\" -- 'b'</code>",
    '*Emma*\'s "end"': "<em>Emma</em>’s “end”",
    '"*Emma*"--a "no"': "“<em>Emma</em>”—a “no”",
    "*'Tis* the '90s": "<em>’Tis</em> the ’90s",
    "*R&D* <b>": "<em>R&amp;D</em> &lt;b&gt;",
    "*a* [b](c) ![d](e) [[f]] &amp; <i>g</i>": (
        "<em>a</em> [b](c) ![d](e) [[f]] &amp;amp; &lt;i&gt;g&lt;/i&gt;"
    ),
    r"*a* \*b\* c\d": r"<em>a</em> *b* c\d",
    "*Time*s": "<em>Time</em>s",
}
PLAIN = {
    "A* search": "A* search",
    "2 * 3 * 4": "2 * 3 * 4",
    "M*A*S*H": "M*A*S*H",
    "F*ck and sh*t": "F*ck and sh*t",
    "snake_case_name": "snake_case_name",
    "*Emma": "*Emma",
    "~100 or ~200": "~100 or ~200",
    "``": "``",
    r"\*Emma\*": "*Emma*",
    r"\_Emma\_": "_Emma_",
    "https://example.org/*a*/_b_": "https://example.org/*a*/_b_",
}


@pytest.mark.parametrize("typed", EMPHASIS)
def test_emphasis_is_read_with_the_marks_of_the_whole(typed):
    title = read_title(typed)
    assert title.html == EMPHASIS[typed]
    root = html5lib.parseFragment(title.html, namespaceHTMLElements=False)
    assert title.plain == "".join(root.itertext())


@pytest.mark.parametrize("typed", PLAIN)
def test_a_sign_that_is_no_emphasis_stays(typed):
    assert read_title(typed) == (PLAIN[typed], "")


def test_the_marks_are_those_of_the_language():
    assert read_title('Über *"Emma"*', "de").html == "Über <em>„Emma“</em>"
    assert read_title("« *Emma* » ?", "fr").plain == set_title("« Emma » ?", "fr")


@pytest.mark.parametrize(
    ("typed", "plain", "shown"),
    [
        ('As "*Emma*" is', "As “Emma” is", "As “<em>Emma</em>”&nbsp;is"),
        ("Why it's <b>", "Why it’s <b>", "Why it’s&nbsp;&lt;b&gt;"),
        (r"What \*a\* b.", "What *a* b.", "What *a*&nbsp;b."),
    ],
)
def test_a_sentence_of_a_header_has_its_emphasis_and_is_set_as_a_paragraph(typed, plain, shown):
    assert read_sentence(typed) == (plain, shown)


@quick
@given(SIGNS)
def test_whatever_a_title_holds_nothing_but_emphasis_is_a_tag_in_it(typed):
    title = read_title(typed)
    shown = title.html or html.escape(title.plain, quote=False)
    root = html5lib.parseFragment(shown, namespaceHTMLElements=False)
    assert {element.tag for element in root.iter()} <= {
        "DOCUMENT_FRAGMENT", "em", "strong", "del", "code"
    }  # fmt: skip
    assert "".join(root.itertext()) == title.plain
    if not set(typed) & set("*_~`"):
        assert title == (set_title(typed), "")
