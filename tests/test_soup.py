"""Whatever tags a text holds, its page shows what was judged, and nothing of it leaves its place.

`SOUP_EXAMPLES=n` in the environment tries n texts of each kind in place of a few hundred.
"""

import os
import re
from pathlib import Path

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.corpus import make_corpus
from catalogue.text.code import CLASSES
from catalogue.text.encoding import FORBIDDEN_CHARACTERS
from catalogue.text.html_allowlist import (
    ADDED,
    ATTRIBUTES,
    ELEMENTS,
    EVERYWHERE,
    RENAMED,
    TAKEN_OFF,
    filter_attribute,
)
from catalogue.text.markdown_reader import MarkdownReader
from catalogue.text.publishing import load_sanitiser
from catalogue.text.web_addresses import check_address
from tests.catalogue.text.test_html_reader import RIGHT, WRONG
from tests.conftest import RICH, SAMPLE, WOVEN

COLOURS = {name for _, name in CLASSES}
COLOURED = re.compile(rf'<span class="[{"".join(sorted(COLOURS))}]">([^<]*)</span>')
EXAMPLES = int(os.environ.get("SOUP_EXAMPLES", "250"))
MOST = 20_000  # characters of a text: what is longer is tried elsewhere
READER = MarkdownReader()
# The page around a text, with what its tags could end or join: an item, a term, a link, a table.
PAGES = (
    "<!DOCTYPE html><main><article><div id=in>{}</div><footer>f</footer></article></main>",
    "<!DOCTYPE html><main><dl><div><dt>t</dt><dd><section id=in>{}</section></dd></div></dl></main>",
    "<!DOCTYPE html><main><ol><li><p>p</p><section id=in>{}</section></li></ol></main>",
)

tags = sorted(
    ELEMENTS
    | RENAMED.keys()
    | TAKEN_OFF
    | set("script style svg math form select textarea template title".split())
)
names = sorted({name for found in ATTRIBUTES.values() for name in found} | EVERYWHERE)
values = st.sampled_from(
    "x|y|a.md|#a|https://e.org/?a=1&copy=2|javascript:x|java\tscript:x|100|65534|-1|50%|badge skip|main|"
    "me nofollow|float:left|text-align:center;width:50%|>|<|'|\"|&quot;|&#39;|a > b|<b>|</section>|\u00a0|"
    "`|=|-->|“".split("|")
)
ends = st.sampled_from([">", ">", ">", "/>", " >", "", "\n>", "<"])


@st.composite
def attributes(draw):
    """Make up an attribute, quoted in any way."""
    name = draw(st.sampled_from([*names, "onclick", "style", "data-x", "HREF", "x:y", "'", '"']))
    value = draw(values)
    form = draw(
        st.sampled_from([' {}="{}"', " {}='{}'", " {}={}", " {}", "/{}={}", " {} = \u00a0'{}'"])
    )
    return form.format(name, value)


@st.composite
def pieces(draw):
    """Make up a tag, or what a tag can be broken with."""
    kind = draw(st.integers(0, 9))
    if kind < 5:
        inside = "".join(draw(st.lists(attributes(), max_size=2)))
        return f"<{draw(st.sampled_from(tags))}{inside}{draw(ends)}"
    if kind < 8:
        inside = draw(attributes()) if kind == 7 else ""
        return f"</{draw(st.sampled_from(tags))}{inside}{draw(ends)}"
    return draw(
        st.sampled_from(
            "<!--|-->|--!>|<![CDATA[|]]>|<?|?>|<!x>|</ x>|</3>|&lt;|&amp;|&#106;|&quot|`|``|\n\n|\n- |\n> |"
            "\n    |*|**|_|[a](b.md)|![a](b.png)|\\|x[^1]|\n\n[^1]: n\n\n|\n\n## h\n\n|--|...|'|\"|AT&T|"
            "HTML5|word|two words |. |(".split("|")
        )
    )


# Of tags that fit together most texts pass, of soup few.
soup = st.lists(pieces(), max_size=12).map("".join)


@st.composite
def balanced(draw, depth=0):
    """Make up elements of the list that stand within each other, each closed."""
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        tag = draw(st.sampled_from(sorted(ELEMENTS - {"col"})))
        inside = draw(balanced(depth + 1)) if depth < 4 and draw(st.booleans()) else "word's 2"
        name = draw(st.sampled_from(["", ' class="language-x skip"', ' id="i"', " title='a\"b>'"]))
        void = tag in ("br", "hr", "img", "wbr")
        parts.append(f"<{tag}{name}>" + ("" if void else f"{inside}</{tag}>"))
    return draw(st.sampled_from(["", "x ", "\n\n", 'It\'s "so" -- '])) + "".join(parts)


def read_tree(element):
    """Return an element as nested tuples: its name, its attributes, its text and what is in it."""
    children = [(read_tree(child), child.tail or "") for child in element]
    return element.tag, sorted(element.attrib.items()), element.text or "", children


def list_inside(tree):
    """Return every element below another, with its name and attributes."""
    return [(child.tag, child.attrib) for child in tree.iter() if child is not tree]


def check_published(source):
    """Compare a text's page with what was judged; return whether there is such a page."""
    body = READER.read(source, 1, "posts/a.md")
    if any(problem.level == "error" for problem in body.problems):
        assert body.html == ""
        return False
    published = body.html
    fragment = html5lib.parseFragment(published, "section", namespaceHTMLElements=False)
    for page in PAGES:
        tree = html5lib.parse(page.format(published), namespaceHTMLElements=False)
        frame = html5lib.parse(page.format(""), namespaceHTMLElements=False)
        place = next(e for e in tree.iter() if e.get("id") == "in")
        assert read_tree(place)[2:] == read_tree(fragment)[2:]
        # All that is more than without the text is in its place.
        around = len(list_inside(tree)) - len(list_inside(place))
        assert around == len(list_inside(frame))
        assert "".join(tree.itertext()).startswith("".join(frame.itertext()).partition("f")[0])
    for name, given_attributes in list_inside(fragment):
        assert name in ELEMENTS
        for key, value in given_attributes.items():
            allowed = ATTRIBUTES.get(name, frozenset()) | EVERYWHERE
            is_ours = ADDED.get(name, {}).get(key) == value
            assert key in allowed or key.startswith("data-") or is_ours
            is_code = name == "span" and key == "class" and value in COLOURS
            assert is_code or filter_attribute(key, value) == value
            if key in ("href", "src", "cite", "poster"):
                assert not check_address(value)
    plain = COLOURED.sub(r"\1", published)
    assert load_sanitiser().sanitise(plain, load_sanitiser().addresses) == (plain, True)
    return True


quick = settings(
    deadline=None,
    database=None,
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@quick
@given(soup)
def test_of_any_soup_the_page_shows_what_was_judged(source):
    check_published(source)


@quick
@given(balanced())
def test_of_any_nesting_the_page_shows_what_was_judged(source):
    check_published(source)


SMUGGLED = [
    "<ul><li><div><li></div></ul>\n\ntext",
    "<dt>Broader</dt><dd>fake</dd>",
    "<li>x",
    "<pre><pre>y <h2></h2><table><em><td>…",
    "Some <b>bold</b x='>'> words.",
    '<p><b class="x">one <p>two</b></p>',
    "<a href='a.md'>our <p>friends</a></p>",
    "<table><p>x</p><tr><td>y</table>",
    "<p>x</section></article></main> y</p>",
    "<pre>\n\n\nx</pre>",
    "<b><p>x</b>y</p>",
    "<ruby>x<rt>y<rp>(</ruby>",
    "<table><tr><td><table><tr><td>x</table></table>",
    "<h2>a <h3>b</h3></h2>",
    "<details><summary>s<p>x</summary></details>",
    "<caption>x</caption><col><tr><td>y",
    "<li><article><li></article>x</li>",
    "<p>x<section><p>y</p></section></p></section></main>z",
    "<b>x<p>y<center>z</b>w<center style=float:left>v",
    "<a href='#x'>a<section><a href='#y'>b</section>c</a>",
    "<table><article><tr><td></article>x</table>",
]


@pytest.mark.parametrize("source", SMUGGLED)
def test_no_text_leaves_its_place_on_the_page(source):
    check_published(source)


def list_bodies():
    """List the texts of the tests' sites, of the catalogue of bad inputs and of a made-up blog."""
    bodies = [RICH, *SAMPLE.values(), *WOVEN.values()]
    paths = Path(__file__).parent.joinpath("badinputs").rglob("*.md")
    bodies += [path.read_bytes() for path in sorted(paths)]
    bodies += [post.body for post in make_corpus(40, 10).posts]
    texts = [body.decode(errors="ignore") if isinstance(body, bytes) else body for body in bodies]
    return [FORBIDDEN_CHARACTERS.sub("", text.partition("\n\n")[2])[:MOST] for text in texts]


def test_every_text_of_the_tests_is_published_as_it_was_judged():
    assert sum(map(check_published, [*list_bodies(), *RIGHT, *WRONG])) > 150


def test_most_texts_that_are_tried_have_a_page():
    """Else the properties above would hold of nothing."""
    tried = []

    @settings(deadline=None, database=None, max_examples=100)
    @given(balanced())
    def run(source):
        tried.append(check_published(source or "x"))

    run()
    assert sum(tried) > len(tried) / 4
