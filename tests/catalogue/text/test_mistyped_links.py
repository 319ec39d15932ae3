"""A link that is typed wrongly is named with the sign that is missing or wrong."""

from time import process_time

import pytest

from catalogue.text.markdown_reader import MarkdownReader
from catalogue.text.mistyped_links import find_mistyped_links

WRONG = {
    "See [this(weeding.md)": "A ] is missing before (weeding.md). Write: [this](weeding.md)",
    "See [this(https://e.org/a) now": "A ] is missing",
    "See [this](weeding.md": "A link to weeding.md has no end. Write ) after its address.",
    "See [this](weeding.md and more": "A link to weeding.md has no end",
    "See this](weeding.md) now": "A [ is missing before the words of this link. Write: [its words](",
    "See this](https://e.org/a)": "A [ is missing",
    "[x](https://e.org “Title”)": "The curly sign “",
    "[x](“https://e.org”": "The curly sign “",
    "[x] (https://e.org)": "A blank parts ] from (https://e.org)",
    "[x] (weeding.md)": "A blank parts ]",
    "(x)[https://e.org]": "the wrong way round. Write: [x](https://e.org)",
    "![x](my photo.jpg)": "There is a blank in the address. Write: <my photo.jpg>",
    "[x][y]": "The link [y] has no address. Add a line at the end: [y]: https://…",
    "[x][]": "The link [x] has no address",
    '[x](b.md "unclosed)': 'no quotation mark at its end. Write: [its words](b.md "unclosed")',
    '[x](b.md "a "in" b")': "a quotation mark within it. Write: [its words](b.md \"a 'in' b\")",
    '[x] (b.md "a title")': "A blank parts ] from (b.md)",
    "[x][b.md]": "The address b.md stands in the wrong brackets. Write: [x](b.md)",
    '[x(b.md "a title")': 'A ] is missing before (b.md "a title"). Write: [x](b.md "a title")',
    'x](b.md "a title")': 'A [ is missing before the words of this link. Write: [its words](b.md "a',
    "[[our\nfiles]]": "A link by name stands on one line. Write: [[our files]]",
    "[[our files] here": "A ] is missing at the end of this link. Write: [[our files]]",
    "[[a|b] and more": "A ] is missing at the end of this link. Write: [[a|b]]",
    "[our files]] here": "A [ is missing at the beginning of this link. Write: [[our files]]",
    '[x](b.md "a\ntitle)': 'no quotation mark at its end. Write: [its words](b.md "a title")',
    "[x](b.md)": 'within HTML no Markdown is read. Write: <a href="b.md">x</a>',
    "[c](tel:01234 567)": "There is a blank in the address. Write: tel:01234567 between ( and )",
    "[x]](b.md)": "There is one ] too many before (b.md). Delete it.",
    "[x](b.md#Our aims)": "There is a blank in the address. Write: b.md#our-aims between ( and )",
    "[x](b.md a title)": '“a title” stands in no quotation marks. Write: [its words](b.md "a title")',
}
PICTURES = {
    '![x]( "the cap")': 'a caption without an address. Write: ![x](../images/its-name "the cap")',
    '![x]("one two")': 'Write: ![x](../images/its-name "one two")',
    '![](  "one (or two)")': 'Write: ![what it shows](../images/its-name "one (or two)")',
    '![x] "the cap"': 'Write: ![x](../images/its-name "the cap")',
    "![x] “the cap”": 'Write: ![x](../images/its-name "the cap")',
    '![x]("the cap" d.png)': 'stands before the address. Write: ![x](d.png "the cap")',
    '![x](d.png "the cap)': 'no quotation mark at its end. Write: ![x](d.png "the cap")',
    "![x](d.png 'the cap\")": 'no quotation mark at its end. Write: ![x](d.png "the cap")',
    '![x](d.png "a "b" c")': "a quotation mark within it. Write: ![x](d.png \"a 'b' c\")",
    '![x](d.png "a" b)': 'a quotation mark within it. Write: ![x](d.png "a b")',
    '![x](a d.png "a cap")': 'a blank in the address. Write: ![x](<a d.png> "a cap")',
    '![x](<d.png "a cap")': 'has a < without a >. Write: ![x](d.png "a cap")',
    '![x](d(1.png "a cap")': "has a ( in it. Write < before the address and > after it.",
    "![x](d.png “a cap”)": "The curly sign “",
    "![x](d.png “a\ncap”)": "The curly sign “ keeps this from being a picture",
    '![x](d.png "a\ncap)': 'no quotation mark at its end. Write: ![x](d.png "a cap")',
    "![x](d.png": "![x](d.png has no end. Write ) after its address.",
    '![x](d.png "a cap"': "has no end. Write ) after its caption.",
    "![x](": "has no end. Write ) after its address.",
    '![x(../images/a.png "the cap")': 'Write: ![x](../images/a.png "the cap")',
    "![x](../images/a.png the cap)": 'quotation marks. Write: ![x](../images/a.png "the cap")',
    "![x](d.png =300x200)": "=300x200 is not used here. Write: ![x](d.png)",
    "![x](d.png width=50%)": "width=50% is not used here. Write: ![x](d.png)",
    "![x](a.png b.png)": "There is a blank in the address. Write: <a.png b.png> between",
    "![x](.. /images/d.png)": "There is a blank in the address. Write: ../images/d.png between",
    "![x](.. / my d.png)": "There is a blank in the address. Write: <../my d.png> between",
    "![x][../images/d.png]": "stands in no parentheses. Write: ![x](../images/d.png)",
    "![x]../images/d.png)": "stands in no parentheses. Write: ![x](../images/d.png)",
    '![x](d.png "a cap")': "within HTML no Markdown is read. Leave an empty line before",
}


@pytest.mark.parametrize(("typed", "message"), [*WRONG.items(), *PICTURES.items()])
def test_the_sign_that_is_wrong_is_named(typed, message):
    ((place, found),) = find_mistyped_links(f"One. {typed}", f"One. {typed}")
    assert message in found
    assert f"One. {typed}"[place] in "[]("


@pytest.mark.parametrize(("typed", "message"), [*WRONG.items(), *PICTURES.items()])
def test_what_stands_behind_a_backslash_was_not_meant_as_a_link(typed, message):
    text = typed.replace("[", "\\[").replace("]", "\\]").replace(")[", ")\\[")
    assert list(find_mistyped_links(typed, text)) == []


@pytest.mark.parametrize(
    "typed",
    [
        "a [1] and (https://e.org)",
        "[sic] (a remark)",
        "a list[0](x)",
        "(a)[b]",
        "[a(b)]",
        "[[sic] he said]",
        "[he said [sic]]",
        "see [[1] and [2]]",
        "see [[1]: [[3]",
        "[x]( )",
        "half open: (0, 1](x)",
        "[ ] to do",
        '[x](a "b")',
        'call words[0]("a b")',
        'wow![1] "he said"',
        "![x]",
        "![x] and “more”",
        "that is it! [x] and “more”",
        '[x] "a remark"',
    ],
)
def test_what_may_be_meant_as_it_stands_is_not_named(typed):
    assert list(find_mistyped_links(typed, typed)) == []


def test_one_that_is_meant_is_found_beside_one_that_is_not():
    prose, text = "[a](b and [c](d", "\\[a\\](b and [c](d"
    assert [found for _, found in find_mistyped_links(prose, text)] == [
        "A link to d has no end. Write ) after its address."
    ]


def test_a_picture_with_marks_in_its_words_is_found_and_one_behind_a_backslash_is_not():
    prose = '![its words]( "a b")'
    assert list(find_mistyped_links(prose, '![*its* words]( "a b")'))
    assert not list(find_mistyped_links(prose, '!\\[its words]( "a b")'))
    assert not list(find_mistyped_links(prose, '\\![its words]( "a b")'))


def test_a_long_text_of_such_signs_is_looked_through_once():
    for sign in ("![", "![](", '![]("', '![x]("a', ']("', "![x] “"):
        text = sign * (200_000 // len(sign))
        start = process_time()
        for _ in find_mistyped_links(text, text):
            pass
        assert process_time() - start < 10


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('![x]( "the cap")', 'Write: ![x](../images/its-name "the cap")'),
        ('![x] "the cap"', 'Write: ![x](../images/its-name "the cap")'),
        ('![]( "cap")', 'without an address. Write: ![what it shows](../images/its-name "cap")'),
        ('![x]("cap")', 'Write: ![what it shows](../images/its-name "cap")'),
        ('![x](../images/d.png"cap")', "A blank is missing before the caption. Write: !["),
        ('![x]("../images/d.png")', "quotation marks. Write it without them: (../images/d.png)"),
        ('[x]("cap")', 'a title without an address. Write: [its words](its-address "cap")'),
        ("<div>\n![x](../images/d.png)\n</div>", "within HTML no Markdown is read"),
        ("<div>\n![x\ny](../images/d.png)\n</div>", "within HTML no Markdown is read"),
        (
            "![x\n\ny](d.png)",
            "An empty line parts the words of this picture. Take it out: ![x y](d",
        ),
        (
            "[x]\n(https://e.org)",
            "The end of a line parts ] from (https://e.org). Take it out, and",
        ),
        ("![x] (../images/d.png)", "Take it out, and the picture is shown."),
        ("!(x)[../images/d.png]", "wrong way round. Write: ![x](../images/d.png)"),
        ('![x](<my d.png "cap">)', 'between < and >. Write: ![what it shows](<my d.png> "cap")'),
        (
            "![x\\](../images/d.png)",
            "The \\ before ] keeps this from being a picture. Delete the \\.",
        ),
        (
            "![x](../images/d.png\\)",
            "The \\ before ) keeps this from being a picture. Delete the \\.",
        ),
        ('![x](d.png "a 5" screen")', 'within it. Write: ![x](d.png "a 5\\" screen")'),
        ('![x](<d.png "cap">)', 'between < and >. Write: ![what it shows](d.png "cap")'),
    ],
)
def test_a_caption_without_its_picture_is_named_once_on_its_line(text, message):
    (problem,) = MarkdownReader().read(f"One.\n\n{text}", 1, "posts/a.md").problems
    assert problem.line == (4 if "<div>" in text else 3)
    assert message in problem.text


@pytest.mark.parametrize(
    "text",
    [
        '`![x]( "the cap")`',
        '    ![x]( "the cap")',
        '```\n![x]( "the cap")\n```',
        '[x](https://e.org/a"b")',
        '[x](https://e.org/?q="a")',
    ],
)
def test_code_and_addresses_elsewhere_may_have_such_signs(text):
    assert MarkdownReader().read(f"One.\n\n{text}", 1, "posts/a.md").problems == []
