"""The pages in a real browser: as they look, as they are heard, and as they work by keyboard."""

import io
from urllib.parse import urlsplit

import PIL.Image
import pytest

from tests.browser.conftest import overflow, run_axe
from tests.conftest import BELOW_URL, draw_png, fold

KINDS = {
    "home": ("below", ""),
    "post": ("below", "posts/rich/"),
    "topic": ("below", "topics/weeding/"),
    "empty topic": ("below", "topics/silence/"),
    "topics": ("below", "topics/"),
    "archive": ("below", "archives/"),
    "page": ("below", "about/"),
    "404": ("below", "404.html"),
    "subscribe": ("below", "subscribe/"),
    "questions": ("woven", "questions/"),
    "question with a thread of comments": ("woven", "posts/asked/"),
    "part of a series, related, mentioned": ("woven", "posts/rules/"),
    "topic with start here, see also, broader": ("woven", "topics/reading/"),
    "topic with narrower": ("woven", "topics/library-work/"),
    "topics from A to Z with variants": ("woven", "topics/"),
    "archive with the most discussed": ("woven", "archives/"),
}
LONG = "x" * 90
WIDE = f"""Title: A_title_of_one_word_that_is_longer_than_any_line_of_a_telephone_could_be_without_a_break
Date: 2026-03-05
Tags: Reading
Author: Ann Reader
Series: {LONG}
Image: wide.png
Image-alt: A wide white card

See [the other part](asked.md).

https://example.org/an/address/without/a/single/place/where/a/line/could/break/and/long/enough/to/prove/it

![Wide](../images/wide.png)

| One column | Another column | A third column | A fourth column | A fifth column | A sixth |
|---|---|---|---|---|---|
| `a_long_name_in_code` | `a_long_name_in_code` | `a_long_name_in_code` | 4 | 5 | 6 |

```
a line of code that is so long that it would never ever fit on the screen of a telephone, whatever one does
```
"""


ASKED = f"""Title: What {LONG}?
Date: 2026-03-06
Tags: Reading
Series: {LONG}

Query: What is {LONG}?

Short answer: It is {LONG}. See [the other part](wide.md).
"""
REPLIES = {
    f"comments/asked/n{number}.md": (
        f"Author: {LONG}\nDate: 2026-03-07 09:0{number}\n"
        + (f"Reply-to: n{number - 1}\n" if number else "Url: https://ann.example/\n")
        + f"\n{LONG} https://example.org/{LONG} `{LONG}`\n\n> - {LONG}\n"
    )
    for number in range(5)
}
STARTS = f"Start-here:\n  - wide.md: {LONG}\n  - asked.md: {LONG}"


@pytest.fixture(scope="session")
def strained(serve, build_site):
    """Serve two posts with comments and topics that hold what breaks narrow pages."""
    names = f"Title: {'Reading' * 12}\nUsed-for: {LONG}, Reading\n"
    files = {
        "posts/wide.md": WIDE,
        "posts/asked.md": ASKED,
        "images/wide.png": draw_png(2400, 300),
        "topics/reading.md": f"{names}See-also: writing\nBroader: work\n{STARTS}\n\nScope.\n",
        "topics/writing.md": f"Title: {'Writing' * 12}\nUsed-for: Writing\n\n{LONG}\n",
        "topics/work.md": f"Title: {'Work' * 20}\nUsed-for: Work\n\nScope.\n",
        **REPLIES,
    }
    how = {"siteurl": BELOW_URL, "CONTACT_EMAIL": "desk@example.org"}
    return serve(build_site(files, **how).folder.parent) + "/blog/"


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_barrier_by_day_and_none_of_colour_by_night(request, tab, kind):
    which, place = KINDS[kind]
    tab.emulate_media(color_scheme="light")
    tab.goto(request.getfixturevalue(which) + place)
    enhanced = "color-contrast-enhanced"  # seven to one
    day = run_axe(tab, {"rules": {enhanced: {"enabled": True}}})
    ground_by_day = read_ground(tab)
    tab.emulate_media(color_scheme="dark")
    rules = ["color-contrast", enhanced, "link-in-text-block"]
    colours = {"runOnly": {"type": "rule", "values": rules}}
    night, ground_by_night = run_axe(tab, colours), read_ground(tab)
    assert day + night == []
    assert ground_by_day > 600
    assert ground_by_night < 150


def read_ground(tab):
    """Return how light the page's ground is: 765 is white."""
    colour = tab.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return sum(map(int, colour[4:-1].split(",")))


WIDTHS = (320, 390, 1280)
STRAINED = (
    "",
    "posts/wide/",
    "posts/asked/",
    "topics/",
    "topics/reading/",
    "topics/writing/",
    "topics/work/",
    "archives/",
    "questions/",
    "subscribe/",
)


@pytest.mark.parametrize("which", ["below", "woven"])
def test_no_page_scrolls_sideways(request, tab, which):
    places = [place for fixture, place in KINDS.values() if fixture == which]
    assert len(places) > 6
    assert find_overflow(tab, request.getfixturevalue(which), places) == []


def test_no_page_scrolls_sideways_whatever_is_written_in_it(tab, strained):
    assert find_overflow(tab, strained, STRAINED) == []


def find_overflow(tab, root, places):
    """List the pages that are wider than a window of some width, with what they hold of that kind."""
    wide = "e => e.getBoundingClientRect().right > innerWidth + 1"
    found = []
    for place in places:
        tab.goto(root + place)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 700})
            if overflow(tab) > 0:
                script = (
                    f"[...document.querySelectorAll('main *')].filter({wide}).map(e => e.outerHTML)"
                )
                found.append((place, width, [html[:80] for html in tab.evaluate(script)]))
    return found


def test_the_style_is_in_force(tab, at_root):
    tab.goto(at_root)
    assert tab.eval_on_selector(".masthead", "e => getComputedStyle(e).display") == "flex"
    assert tab.eval_on_selector(".skip", "e => getComputedStyle(e).position") == "absolute"


def follow_link(tab, address):
    """Click the first link that leads to an address, whatever it is called."""
    tab.locator(f'a[href="{urlsplit(address).path}"]').first.click()
    tab.wait_for_url(address)


@pytest.mark.parametrize("where", ["at_root", "below"])
def test_a_reader_gets_from_page_to_page(request, tab, where):
    root = request.getfixturevalue(where)
    tab.goto(root + "posts/post-01/")
    for place in ("topics/reading/", "archives/", "", "page/2/", "posts/post-12/"):
        follow_link(tab, root + place)
    assert fold(tab.get_by_role("heading", level=1).inner_text()) == "Post 12"


@pytest.mark.parametrize("where", ["at_root", "below"])
def test_an_old_address_leads_on_by_itself(request, tab, where):
    root = request.getfixturevalue(where)
    for old, new in (
        ("2019/05/old-name/", "posts/rich/"),
        ("old.html", "posts/rich/"),
        ("topics/culling/", "topics/weeding/"),
    ):
        tab.goto(root + old)
        tab.wait_for_url(root + new)


def test_a_reader_gets_along_a_series_a_thread_and_the_relations_of_a_topic(tab, woven):
    tab.goto(woven + "posts/after/")
    for place in (
        "posts/rules/",
        "posts/asked/",
        "topics/reading/",
        "topics/library-work/",
        "topics/reading/",
        "topics/weeding/",
        "questions/",
        "posts/asked/",
    ):
        follow_link(tab, woven + place)
    tab.locator('a[href="#comment-dot"]').first.click()
    tab.wait_for_url(f"{woven}posts/asked/#comment-dot")
    assert tab.locator(":target .p-author").inner_text() == "Dot Reader"


def test_pictures_are_shown(tab, below):
    tab.goto(below + "posts/rich/")
    assert tab.get_by_alt_text("A white card", exact=True).evaluate("e => e.naturalWidth") == 4


def test_the_first_tab_shows_the_skip_link_and_enter_moves_to_the_main_part(tab, below):
    for place in ("", "posts/rich/"):
        tab.goto(below + place)
        skip = tab.locator("a.skip")
        hidden = skip.evaluate("e => getComputedStyle(e).clipPath")
        tab.keyboard.press("Tab")
        assert skip.evaluate("e => e === document.activeElement")
        assert (hidden, skip.evaluate("e => getComputedStyle(e).clipPath")) == (
            "inset(50%)",
            "none",
        )
        box = skip.bounding_box()
        assert min(box["x"], box["y"]) >= 5  # its ring stands so far out
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.id") == "main"


PAGES = [("below", "posts/rich/"), ("woven", "posts/asked/"), ("woven", "topics/reading/")]


@pytest.mark.parametrize(("which", "place"), PAGES)
def test_every_link_is_reached_by_tab_in_the_order_of_the_page_and_shows_it(
    request, tab, which, place
):
    tab.goto(request.getfixturevalue(which) + place)
    stops = "a[href], [tabindex='0'], summary, input:not([disabled]), button"
    shown = "all => all.filter(e => e.checkVisibility()).map(e => e.outerHTML)"
    wanted = tab.eval_on_selector_all(stops, shown)
    seen = []
    for _ in wanted:
        tab.keyboard.press("Tab")
        html, style = tab.evaluate(
            "[document.activeElement.outerHTML, getComputedStyle(document.activeElement).outlineStyle]"
        )
        assert style != "none", html
        seen.append(html)
    assert seen == wanted


def test_where_a_name_leads_to_another_the_link_is_told_from_it(tab, woven):
    tab.goto(woven + "topics/")
    lines = "all => all.map(e => getComputedStyle(e).textDecorationLine)"
    assert {*tab.eval_on_selector_all(".shelf i + a", lines)} == {"underline"}
    assert {*tab.eval_on_selector_all(".shelf li > a", lines)} == {"none"}


def test_on_paper_only_the_text_is_left(tab, below):
    tab.goto(below + "posts/rich/")
    tab.emulate_media(media="print", color_scheme="dark")
    left = (".e-content", "h1", ".mark", ".record", ".wordmark", ".cite dd")
    gone = (".masthead p", ".nav", ".find", ".colophon", ".way")
    assert all(tab.locator(name).count() for name in left + gone)
    assert [name for name in left + gone if not tab.locator(name).first.is_visible()] == [*gone]
    colours = tab.evaluate(
        "[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    address = "e => getComputedStyle(e, '::after').content"
    assert "https://example.com/x" in tab.eval_on_selector(".prose a[href^=http]", address)
    assert tab.pdf().startswith(b"%PDF")


def test_paper_has_what_a_reader_opens_on_the_screen(tab, below):
    tab.goto(below + "posts/rich/")
    hidden = tab.get_by_text("Hidden words")
    assert not hidden.is_visible()
    tab.emulate_media(media="print")
    assert hidden.bounding_box()["height"] > 10


def test_a_task_is_a_box_named_by_its_words_that_nobody_can_tick(tab, below):
    tab.goto(below + "posts/rich/")
    boxes = [
        (name, tab.get_by_role("checkbox", name=name, exact=True))
        for name in ("A task with code and a link", "One that is never done", "and one below")
    ]
    assert [(name, box.count()) for name, box in boxes] == [(name, 1) for name, _ in boxes]
    assert [box.is_checked() for _, box in boxes] == [False, True, True]
    assert all(box.is_disabled() for _, box in boxes)


def test_with_forced_colours_focus_and_place_stay_visible(tab, below):
    tab.emulate_media(forced_colors="active")
    tab.goto(below + "archives/")
    here = tab.locator(".masthead [aria-current]")
    assert here.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    tab.keyboard.press("Tab")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.goto(below + "topics/weeding/")
    assert tab.locator(".drawer").evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    tab.goto(below + "posts/rich/")
    shot = tab.locator(".prose :checked").first.screenshot()
    with PIL.Image.open(io.BytesIO(shot)).convert("L") as box:
        middle = [box.getpixel((box.width // 2, y)) for y in range(box.height)]
    # The ground behind its sign covers no edge.
    assert max(min(middle[:3]), min(middle[-3:])) < 100


@pytest.mark.parametrize("which", ["below", "woven"])
def test_text_of_twice_the_size_needs_no_sideways_scrolling(request, tab, which):
    root = request.getfixturevalue(which)
    tab.set_viewport_size({"width": 640, "height": 800})
    for place in [place for fixture, place in KINDS.values() if fixture == which]:
        tab.goto(root + place)
        tab.evaluate("document.documentElement.style.fontSize = '200%'")
        assert overflow(tab) <= 0, place


def test_things_to_press_are_large_enough(tab, below):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(below)
    assert run_axe(tab, {"runOnly": {"type": "rule", "values": ["target-size"]}}) == []
    for width in (390, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        boxes = [link.bounding_box() for link in tab.locator(".masthead a").all()]
        assert all(box["height"] >= 24 for box in boxes if box)  # WCAG 2.2, 2.5.8


def test_a_program_in_a_page_would_not_run(open_context, at_root):
    context = open_context()
    page = context.new_page()
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(at_root)
    page.evaluate(
        "const s = document.createElement('script'); s.text = 'window.ran = 1'; document.body.append(s)"
    )
    assert page.evaluate("window.ran") is None
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert page.evaluate("getComputedStyle(document.body).color") != "rgb(255, 0, 0)"
    assert any("Content Security Policy" in message for message in messages)


@pytest.mark.parametrize("family", ["serif", "sans-serif", "monospace"])
def test_the_head_of_a_page_stands_in_one_line_in_whatever_face(open_context, request, family):
    context = open_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    page = context.new_page()
    for kind in ("home", "question with a thread of comments"):
        site, path = KINDS[kind]
        page.goto(request.getfixturevalue(site) + path)
        page.add_style_tag(
            content=f".masthead, .masthead * {{ font-family: {family} !important; }}"
        )
        for width, least in ((1280, 3), (768, 3), (390, 1), (320, 1)):
            page.set_viewport_size({"width": width, "height": 800})
            boxes = [link.bounding_box() for link in page.locator(".masthead a").all()]
            middles = [box["y"] + box["height"] / 2 for box in boxes if box]
            assert len(middles) >= least
            assert max(middles) - min(middles) < 6, (kind, width)


ASKED_WITH_LISTS = """Title: Asked
Date: 2026-03-05
Tags: Reading
Series: Desk notes

Query: May they?

Short answer: They may.

#### A small heading

- one
"""


def test_what_stands_around_a_text_keeps_its_look_whatever_is_in_the_text(tab, serve, build_site):
    plain = ASKED_WITH_LISTS.split("####")[0].replace("Asked", "Plain").replace("05\n", "06\n")
    files = {"posts/a.md": ASKED_WITH_LISTS, "posts/b.md": f"{plain}Words of its own.\n"}
    root = serve(build_site(files).folder) + "/posts/"
    looks = []
    for name in "ab":
        tab.goto(f"{root}{name}/")
        look = "all => all.map(e => getComputedStyle(e)).map(s => [s.font, s.color, s.paddingLeft])"
        looks.append(tab.eval_on_selector_all(".question dt, .question dd", look))
        marker = "e => getComputedStyle(e).listStyleType"
        assert tab.locator(".series li").first.evaluate(marker) == "decimal"
    assert looks[0] == looks[1]
    tab.goto(f"{root}a/")
    heading = tab.locator(".e-content h2")
    link = heading.locator("a").evaluate("e => getComputedStyle(e).color")
    assert link == heading.evaluate("e => getComputedStyle(e).color")
