"""Every kind of page keeps to HTML as it is written today, beyond what a parser sees.

A parser takes errors for what they may have meant; here each page is held to what may stand in what
(HTML Standard, 3.2.5 and 4), to attributes that are no part of HTML any more (16.2), and to what
screen readers need: sections and lists that are what they say, names where a role takes one (ARIA in
HTML, 4).
"""

import re

import html5lib
import pytest

from tests.conftest import Page

PHRASING = frozenset(
    "a abbr b bdi bdo br button cite code data del dfn em i img input ins kbd label mark q rp rt ruby s samp "
    "script select small span strong sub sup time u var video audio wbr option".split()
)
ONLY_PHRASING = frozenset(
    "abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label mark p pre q s samp small "
    "span strong sub summary sup time title u var".split()
)
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div", "dt", "dd"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "select": {"option"},
}
INTERACTIVE = frozenset("a button input label select textarea audio video details".split())
OBSOLETE = frozenset(
    "align bgcolor border cellpadding cellspacing clear color compact frameborder hspace noshade nowrap rev "
    "scrolling summary valign vspace language char charoff".split()
)
# Elements without a role take no name, those below take one by themselves.
NAMED = frozenset(
    "nav section aside form input select textarea button audio video dialog a".split()
)
ONE_OF_MANY = frozenset("checked disabled hidden selected controls open required".split())
HEADING = re.compile(r"h[1-6]")


def list_faults(page):
    """Return what of a page no browser complains of, and HTML does not allow or a reader would miss."""
    parents = {child: parent for parent in page.tree.iter() for child in parent}
    faults = []
    for element in page.all("*"):
        tag, parent = element.tag, parents.get(element)
        above = parent.tag if parent is not None else ""
        if above in ONLY_PHRASING and tag not in PHRASING:
            faults.append(f"<{tag}> in <{above}>")
        if above in CHILDREN and tag not in CHILDREN[above]:
            faults.append(f"<{tag}> as a child of <{above}>")
        if tag in ("dt", "dd") and above not in ("dl", "div"):
            faults.append(f"<{tag}> outside a list")
        faults += [f"{name}= on <{tag}>" for name in sorted(OBSOLETE.intersection(element.keys()))]
        if element.get("aria-label") and not (tag in NAMED or element.get("role")):
            faults.append(f"a name on <{tag}>, which has no role that takes one")
        faults += judge_one(page, element)
    return faults


def judge_one(page, element):
    """Return the faults of one element by what is in it."""
    tag, inside = element.tag, [e for e in element.iter() if e is not element]
    tags = {e.tag for e in inside if isinstance(e.tag, str)}
    is_named = bool(element.get("aria-label"))
    has_heading = any(HEADING.fullmatch(name) for name in tags)
    sends = any((e.tag, e.get("type")) == ("button", "submit") for e in inside)
    faults = {
        f"<{tag}> with {sorted(tags & INTERACTIVE)} in it": tag == "a" and tags & INTERACTIVE,
        f"<{tag} class={element.get('class')}> without a heading or a name": (
            tag in ("section", "article") and not is_named and not has_heading
        ),
        "a form without a button that sends it": tag == "form" and not sends,
        "a button without a type": tag == "button" and not element.get("type"),
        f"<{tag}> without words": (
            tag in ("a", "button")
            and not (page.text(element) or is_named or "img" in tags or element.get("id"))
        ),
        f"a picture without its description or size: {element.get('src')}": (
            tag == "img" and (element.get("alt") is None or not element.get("width"))
        ),
    }
    return [fault for fault, is_there in faults.items() if is_there]


def test_every_page_keeps_to_html_and_to_what_screen_readers_need(made):
    found = {name: faults for name, page in made.pages.items() if (faults := list_faults(page))}
    assert found == {}


BOOLEAN = re.compile(rf"<[a-z]+\b[^<>]* (?:{'|'.join(ONE_OF_MANY)})=\"")


def test_what_is_but_there_or_not_has_no_value_in_what_the_theme_writes(made):
    for name, page in made.pages.items():
        assert not BOOLEAN.search(re.sub("<(?:audio|video|details).*?>", "", page.source)), name


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>x", ""),
        ("<ul><p>x</ul>", "<p> as a child of <ul>"),
        ("<span><div>x</div></span>", "<div> in <span>"),
        ('<table><tr><td align="left">x</table>', "align= on <td>"),
        ("<section><p>x</section>", "<section class=None> without a heading or a name"),
        ('<section aria-label="x"><p>x</section>', ""),
        ('<ol aria-label="x"><li>x</ol>', "a name on <ol>, which has no role that takes one"),
        ('<a href="/"><img src="x" alt="" width="1"></a>', ""),
        ('<a href="/"></a>', "<a> without words"),
        ("<button>x</button>", "a button without a type"),
        ("<form><input></form>", "a form without a button that sends it"),
        ("<dl><dt>x<dd>y</dl>", ""),
    ],
)
def test_each_of_these_faults_would_be_seen(html, fault):
    page = Page.__new__(Page)
    page.source = html
    whole = f"<!DOCTYPE html><title>x</title><h1>x</h1>{html}"
    page.tree = html5lib.parse(whole, namespaceHTMLElements=False)
    assert list_faults(page) == ([fault] if fault else [])
