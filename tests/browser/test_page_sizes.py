"""What a reader is sent, and how soon and how wide she finds the text: the figures that pages keep to."""

import gzip
import re
from statistics import median

import pytest

from tests.browser.conftest import overflow, run_axe
from tests.conftest import build_tree, draw_png
from tests.forked import OWN
from tests.test_site import SEEDS, find_post

HEADERS = 350  # bytes: what stands before a page, as GitHub Pages sends it
STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)
WORDS = "My maxim is to give readers what they ask for, and then what they did not know of. "
POST = "Title: {title}\nDate: 2026-01-{day:02}\nTags: Reading\n\n{text}\n"
ASKED = "Query: May they?\n\nShort answer: They may.\n"
# The number of signs in each line of a text but the last of each paragraph.
COUNT_SIGNS = """texts => texts.flatMap(text => {
  const lines = [], range = document.createRange(), walker = document.createTreeWalker(text, 4);
  for (let node; node = walker.nextNode();)
    for (let i = 0; i < node.length; i++) {
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect(), last = lines.at(-1);
      if (last && Math.abs(last.bottom - box.bottom) < 8) last.signs++;
      else if (box.width) lines.push({bottom: box.bottom, signs: 1});
    }
  return lines.slice(0, -1).map(line => line.signs);
})"""
TOP = "e => e.getBoundingClientRect().top + scrollY"
LINES = """e => { const range = document.createRange(); range.selectNodeContents(e);
  return [...range.getClientRects()].map(box => ({left: box.left})); }"""
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


def weigh(text):
    """Return the bytes of a text as servers compress it."""
    return len(gzip.compress(text.encode(), 6, mtime=0))


@pytest.fixture(scope="module")
def long_site(build_site):
    """Build ten posts of some length, one with a title that takes lines."""
    titles = [f"Request {n} that I asked of our library lead team" for n in range(10)]
    titles[3] = (
        "What do we do if our wider organisation’s IT department has blocked our access to it?"
    )
    files = {
        f"posts/p{n}.md": POST.format(
            title=title, day=n + 1, text=f"{WORDS * 9}\n\nNumber {n}. {WORDS * 9}"
        )
        for n, title in enumerate(titles)
    }
    files["posts/asked.md"] = POST.format(title="Asked", day=20, text=ASKED)
    long_ago = "Title: Long ago\nDate: 2019-09-24\nComments: 1234\nTags: Reading\n\nLong ago.\n"
    return build_site({**files, "posts/long-ago.md": long_ago})


@pytest.fixture(scope="module")
def long_texts(serve, long_site):
    """Serve these posts."""
    return serve(long_site.folder) + "/"


@pytest.mark.parametrize(
    "blog", ["ann.github.io/blog", "catherine-smith.github.io/libraries-got-game-blog"]
)
def test_the_author_s_longer_post_is_as_light_as_said(tmp_path, blog):
    site = build_tree(OWN / "content", tmp_path / "blog", siteurl=f"https://{blog}")
    seed = max(SEEDS, key=lambda seed: len(seed["body"]))
    assert weigh(find_post(site, seed["title"]).source) + HEADERS <= 5500


def test_a_home_page_of_ten_posts_is_as_light_as_said(long_site):
    page = long_site.page("")
    assert len(page.all("article")) == 10
    assert weigh(page.source) + HEADERS <= 8000


def test_no_page_s_style_is_larger_than_said(sample, woven_below):
    for site in (sample, woven_below):
        for name, page in site.pages.items():
            assert weigh(STYLE.search(page.source)[1]) <= 2800, name


def test_the_text_begins_high_up_and_its_lines_are_as_long_as_the_eye_likes(tab, long_texts):
    for place, highest in (("posts/p1/", (290, 240)), ("posts/p3/", (290, 255))):
        tab.goto(long_texts + place)
        for width, most in zip((1280, 390), highest, strict=True):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.eval_on_selector(".e-content p", TOP) <= most, (place, width)
    for place, texts in (("posts/p1/", ".e-content p"), ("", ".entry .prose")):
        tab.goto(long_texts + place)
        tab.set_viewport_size({"width": 1280, "height": 800})
        assert 62 <= median(tab.eval_on_selector_all(texts, COUNT_SIGNS)) <= 68, place
        assert tab.eval_on_selector(texts, "e => getComputedStyle(e).fontSize") == "20px"
        tab.set_viewport_size({"width": 320, "height": 800})
        size = tab.eval_on_selector(texts, "e => getComputedStyle(e).fontSize")
        assert 17 <= float(size.removesuffix("px")) < 18


@pytest.mark.parametrize(
    "text",
    [
        "## A heading",
        "### Below",
        "![A list](../images/list.png)",
        '![A](../images/list.png "B")',
        ASKED,
    ],
)
def test_what_a_text_begins_with_has_no_more_room_above_it_than_words(tab, serve, build_site, text):
    files = {
        "posts/a.md": POST.format(title="A", day=1, text=f"{text}\n\n{WORDS}"),
        "posts/b.md": POST.format(title="B", day=2, text=WORDS),
        "images/list.png": draw_png(64, 64),
    }
    root = serve(build_site(files).folder)
    tops = []
    for place in ("/posts/a/", "/posts/b/"):
        tab.goto(root + place)
        tops.append(tab.eval_on_selector(".e-content > *", TOP))
    assert tops[0] == tops[1]


def test_before_a_post_there_are_five_stops_at_most_each_with_a_ring(tab, long_texts):
    for width, most in ((1280, 5), (390, 3)):
        tab.set_viewport_size({"width": width, "height": 800})
        for place in ("", "posts/p1/"):
            tab.goto(long_texts + place)
            inside = "!!document.activeElement.closest('main')"
            ring = "getComputedStyle(document.activeElement).outlineStyle"
            stops = 0
            while stops <= most:
                tab.keyboard.press("Tab")
                if tab.evaluate(inside):
                    break
                assert tab.evaluate(ring) == "solid"
                stops += 1
            assert 0 < stops <= most, (place, width)


def test_on_a_telephone_the_one_link_on_top_leads_to_all_at_the_foot(tab, long_texts):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(long_texts + "posts/p1/")
    tab.locator(".masthead").get_by_role("link", name="Menu").click()
    assert tab.locator(".nav a").first.is_visible()
    box = tab.locator(".nav").bounding_box()
    assert 0 <= box["y"] < 800


def test_pages_bear_all_widths_and_more_contrast(tab, long_texts):
    tab.emulate_media(contrast="more")
    for place in ("", "posts/p3/", "topics/reading/", "topics/", "archives/", "questions/"):
        tab.goto(long_texts + place)
        for width in (320, 768, 1920):
            tab.set_viewport_size({"width": width, "height": 800})
            assert overflow(tab) <= 0, (place, width)
        colours = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
        assert run_axe(tab, colours) == []


def test_user_text_spacing_widens_no_page(open_context, long_texts):
    context = open_context(viewport={"width": 320, "height": 800}, bypass_csp=True)
    page = context.new_page()
    for place in ("", "posts/p3/", "topics/reading/", "archives/"):
        page.goto(long_texts + place)
        page.add_style_tag(content=SPACED)
        assert overflow(page) <= 0, place


def test_paper_has_each_address_once_the_citation_open_and_no_way_on(tab, serve, build_site):
    links = "<https://e.com/a>, www.e.org, [this](https://e.com/b), [that](b.md), [here](#here)"
    links += (
        ", [`https://e.com/c`](https://e.com/c), [me](mailto:me@e.com), <me@e.com>, [x](//e.com/x)"
    )
    text = f"See {links}.\n\n{ASKED}\n## Here\n"
    files = {"posts/a.md": POST.format(title="A", day=1, text=text)}
    files["posts/b.md"] = POST.format(title="B", day=2, text="Words.")
    site = build_site(files, siteurl="https://ann.example.org/blog")
    tab.goto(serve(site.folder.parent) + "/blog/posts/a/")
    tab.emulate_media(media="print", color_scheme="dark")
    after = "all => all.map(e => getComputedStyle(e, '::after').content)"
    shown = tab.eval_on_selector_all(".e-content a", after)
    sides = '" ({}\u200e)"'.format
    places = [*map(sides, ("https://e.com/b", "https://ann.example.org/blog/posts/b/"))]
    mail = ["none", sides("mailto:me@e.com"), "none", sides("https://e.com/x")]
    # The last is the heading's own.
    assert shown == ["none", "none", *places, "none", *mail, "none"]
    assert tab.locator(".cite dd").first.is_visible()
    assert not tab.locator(".way").first.is_visible()
    border = "e => getComputedStyle(e).borderInlineStartStyle"
    assert tab.eval_on_selector(".question", border) == "solid"
    assert tab.eval_on_selector(".facts", "e => getComputedStyle(e).breakInside") == "avoid"
    assert tab.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_known_of_a_topic_keeps_its_room_and_what_is_wide_scrolls_inside_itself(
    tab, serve, build_site, width
):
    row = "| " + " | ".join(f"column{number}" for number in range(14)) + " |"
    rule = "|---" * 14 + "|"
    names = f"{'a name of many words ' * 6}, another"
    header = f"Title: Reading\nUsed-for: {names}\n"
    note = f"{header}\nNote.\n\n    {'a long line of code ' * 12}\n\n{row}\n{rule}\n{row}\n"
    site = build_site({"topics/reading.md": note})
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(serve(site.folder) + "/topics/reading/")
    assert tab.locator("pre").first.is_visible()
    assert overflow(tab) <= 0
    # The next name is told from the next line of a name.
    first, second = tab.locator("dd", has_text="a name").evaluate(LINES)[:2]
    assert first["left"] < second["left"]
    end = tab.locator(".facts").evaluate("e => e.getBoundingClientRect().bottom + scrollY")
    assert tab.locator(".none").evaluate(TOP) > end + 16


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_signs_of_a_rule_have_the_colour_of_the_text(tab, serve, build_site, scheme):
    post = POST.format(title="A", day=1, text="Words.\n\n***\n\nWords.")
    tab.emulate_media(color_scheme=scheme)
    tab.goto(serve(build_site({"posts/a.md": post}).folder) + "/posts/a/")
    signs = tab.eval_on_selector("hr", "e => getComputedStyle(e, '::before').color")
    assert signs == tab.eval_on_selector(".e-content p", "e => getComputedStyle(e).color")


def test_a_link_in_a_heading_is_told_from_the_link_to_itself(tab, serve, build_site):
    post = POST.format(title="A", day=1, text="## See [Pelican](https://getpelican.com/)\n\nWords.")
    tab.goto(serve(build_site({"posts/a.md": post}).folder) + "/posts/a/")
    looks = "all => all.map(e => getComputedStyle(e).textDecorationLine)"
    assert tab.eval_on_selector_all(".e-content h2 a", looks) == ["none", "underline"]


SPANNED = """<table><thead><tr><th>Group</th><th>Name</th><th>One</th></tr></thead><tbody>
<tr><td rowspan="2">A</td><td>b</td><td>{0}</td></tr><tr><td>e</td><td>{0}</td></tr></tbody></table>"""


@pytest.mark.parametrize("rows", [1, 2])
def test_only_a_first_column_of_single_cells_stays_in_sight(tab, serve, build_site, rows):
    table = SPANNED.format("word " * 20).replace('rowspan="2"', f'rowspan="{rows}"')
    table = table.replace(' rowspan="1"', "")
    post = POST.format(title="A", day=1, text=table)
    tab.goto(serve(build_site({"posts/a.md": post}).folder) + "/posts/a/")
    places = "all => [...new Set(all.map(e => getComputedStyle(e).position))]"
    wanted = ["sticky"] if rows == 1 else ["static"]
    assert tab.eval_on_selector_all("td:first-child", places) == wanted


def test_a_title_runs_in_its_own_direction_wherever_it_stands(tab, serve, build_site):
    title = "שלום, עולם!"
    files = {"posts/a.md": POST.format(title=title, day=1, text="Words.")}
    files["posts/b.md"] = POST.format(title="B", day=2, text="Words.")
    root = serve(build_site(files).folder) + "/"
    ends = """e => { const text = e.querySelector('a') ?? e, range = document.createRange();
      range.selectNodeContents(text);
      const all = range.getBoundingClientRect(), node = range.startContainer.firstChild;
      range.setStart(node, node.length - 1);
      range.setEnd(node, node.length);
      return range.getBoundingClientRect().left - all.left; }"""
    for place, name in (("", ".entry h2"), ("posts/a/", "h1"), ("archives/", ".shelf li")):
        tab.goto(root + place)
        shown = tab.locator(name).filter(has_text=title).first
        assert shown.evaluate(ends) < 1, place  # its last sign stands at the left
    tab.goto(root + "posts/b/")
    assert tab.locator(".way dd").first.evaluate(ends) < 1


def test_text_of_twice_the_size_leaves_the_mark_and_the_notes_in_sight(tab, serve, build_site):
    text = f"Words.[^1] {WORDS}\n\n[^1]: A note.\n"
    files = {"posts/a.md": POST.format(title="A", day=1, text=text)}
    files["posts/b.md"] = POST.format(title="שלום", day=2, text=text.replace("Words", "שלום"))
    root = serve(build_site(files).folder) + "/posts/"
    for name in "ab":
        for width in (1000, 1280, 1920):
            tab.set_viewport_size({"width": width, "height": 800})
            tab.goto(f"{root}{name}/")
            tab.evaluate("document.documentElement.style.fontSize = '200%'")
            assert overflow(tab) <= 0, (name, width)
            for part in (".mark", "h1", ".footnote li"):
                box = tab.locator(part).bounding_box()
                assert box["x"] >= 0, (part, width)
                assert box["x"] + box["width"] <= width, (part, width)
            assert tab.locator(".footnote li").bounding_box()["width"] > 150, width
