"""Tags end what is open before them by the rules of HTML, whatever their author forgot to close."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.text.open_elements import OpenElements


def walk(tags):
    """Return the elements that are open after some tags, and what each closing tag ended besides its own."""
    elements, found = OpenElements(), []
    for number, tag in enumerate(tags.split()):
        if tag.startswith("/"):
            found.append(elements.close(tag[1:]))
        else:
            elements.open(tag, number)
    return elements.names, found


@pytest.mark.parametrize(
    ("tags", "left"),
    [
        ("p div", ["div"]),
        ("p b ul", ["b", "ul"]),
        ("p table", ["table"]),
        ("p span em", ["p", "span", "em"]),
        ("li p li", ["li"]),
        ("li ul li", ["li", "ul", "li"]),
        ("li div li", ["li"]),
        ("li blockquote li", ["li", "blockquote", "li"]),
        ("dt dd dt", ["dt"]),
        ("table tr td p td", ["table", "tr", "td"]),
        ("table tbody tr td b tr", ["table", "tbody", "tr"]),
        ("table thead tr th tbody", ["table", "tbody"]),
        ("td table td", ["td", "table", "td"]),
        ("ruby rt rp rt", ["ruby", "rt"]),
        ("h2 h3", ["h3"]),
        ("a b a", ["b", "a"]),
        ("p td p", ["p", "td", "p"]),
    ],
)
def test_an_opening_tag_ends_what_it_cannot_stand_in(tags, left):
    assert walk(tags)[0] == left


@pytest.mark.parametrize(
    ("tags", "left", "ended"),
    [
        ("p /p", [], []),
        ("b i /b", ["i"], []),
        ("p b /p", ["b"], []),
        ("div p span /div", [], [("span", 2)]),
        ("div blockquote ul li /div", [], [("blockquote", 1), ("ul", 2)]),
        ("h2 /h3", [], []),
        ("td b cite /td", [], [("b", 1), ("cite", 2)]),
        ("/b", [], None),
        ("div span /cite", ["div", "span"], None),
        ("cite div /cite", ["cite", "div"], None),
        ("li ul /li", ["li", "ul"], None),
        ("div table td /div", ["div", "table", "td"], None),
        ("b td /b", ["b", "td"], None),
        ("table tr td p /table", [], []),
    ],
)
def test_a_closing_tag_reaches_as_far_as_in_a_browser(tags, left, ended):
    names, found = walk(tags)
    assert (names, found[-1]) == (left, ended)


blocks = st.sampled_from("div blockquote p ul ol li dl dt dd h2 h3 pre center section".split())


@settings(deadline=None, database=None, max_examples=300)
@given(st.lists(st.tuples(st.booleans(), blocks), max_size=12))
def test_the_same_blocks_are_open_as_in_a_parser_of_html(tags):
    elements = OpenElements()
    source = ""
    for number, (is_closing, tag) in enumerate(tags):
        source += f"</{tag}>" if is_closing else f"<{tag}>"
        if is_closing:
            elements.close(tag)
        else:
            elements.open(tag, number)
    tree = html5lib.parseFragment(f"{source}<mark>", "div", namespaceHTMLElements=False)
    parents = {child: parent for parent in tree.iter() for child in parent}
    place, names = next(tree.iter("mark")), []
    while parents[place] is not tree:
        place = parents[place]
        names.insert(0, place.tag)
    assert elements.names == names
