"""What the sanitiser takes out of a text is told with the words by which its line is found."""

import pytest

from catalogue.text.html_differences import compare, find_context
from catalogue.text.sanitiser import Sanitiser

SANITISER = Sanitiser()


def find(source, published=None):
    published = SANITISER.sanitise(source, ["x"])[0] if published is None else published
    return [(finding.level, finding.text) for finding in compare(source, published)]


@pytest.mark.parametrize(
    "source",
    [
        "<table><tr><td>x",
        "<p>x<p>y",
        "<p><b>one <p>two</b></p>",
        "<table><p>before</p><tr><td>x</table>",
        '<p class="lead badge" role=button aria-hidden=true>x</p>',
        "<font color=red>x</font>",
        "<a href='x' rel='me nofollow' target=_top download=z>y</a> <img src=x alt='&quot;'>",
        "<pre>\n\nx</pre>",
        "<p title='a&copy=1'>x</p>",
    ],
)
def test_what_loses_nothing_is_not_complained_of(source):
    assert find(source) == []


@pytest.mark.parametrize(
    ("source", "published", "text"),
    [
        ("<a href=z>x</a>", None, "href= in <a> cannot stand here"),
        ("<p title=a>x</p>", "<p>x</p>", "title= in <p> cannot stand here"),
        ("<p>x</p>", '<p title="a">x</p>', "title= in <p> cannot stand here"),
        ("<p>one two three</p>", "<p>one two</p>", "Readers would not see what follows “one two”"),
        ("<p>one</p>", "<p></p>", "Readers would not see what follows “one”"),
    ],
)
def test_what_is_lost_is_an_error(source, published, text):
    found = find(source, published)
    assert [level for level, _ in found] == ["error"]
    assert found[0][1].startswith(text)


def test_a_tag_that_browsers_pass_over_is_a_warning():
    assert find("<td>x</td>")[0][0] == "warning"


def test_typography_changes_no_letter_and_adds_only_its_own():
    typeset = '<p>“<span class="caps">BBC</span>” — it’s&nbsp;1…</p>'
    assert find('<p>"BBC" -- it\'s 1...</p>', typeset) == []


def test_the_words_before_a_loss_are_named():
    assert find_context("One, two (three) four", 12) == "One, two (th"
    assert find_context("", 0) == ""
