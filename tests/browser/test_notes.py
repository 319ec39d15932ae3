"""The notes of a text stand beside their lines where there is room, and below the text elsewhere."""

import pytest

from tests.browser.conftest import overflow

WORDS = "Words and words again. " * 12
LABELS = ["1", "a b", '"x"', "</style>", "Äpfel", "six"]
POST = (
    "Title: Notes\nDate: 2026-03-01\nTags: Reading\n\n"
    + "".join(f"{WORDS}Word[^{label}]. {WORDS}\n\n" for label in LABELS[:3])
    + "Three at once"
    + "".join(f"[^{label}]" for label in LABELS[3:])
    + ".\n\n"
    + "".join(f"[^{label}]: {WORDS if label == 'a b' else 'A short note.'}\n" for label in LABELS)
)
LISTED = """Title: Listed
Date: 2026-03-02
Tags: Reading

Words[^1].

[^1]: Words.

    1. One
    2. Two
"""
BOXES = """all => all.map(each => {
  const box = each.getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom];
})"""


@pytest.fixture(scope="module")
def noted(serve, build_site):
    topic = "Title: Reading\n\nWords[^1].\n\n[^1]: A note in a scope note.\n"
    files = {"posts/a.md": POST, "posts/b.md": LISTED, "topics/reading.md": topic}
    return serve(build_site(files).folder) + "/posts/a/"


def read_boxes(tab, selector):
    return tab.locator(selector).evaluate_all(BOXES)


@pytest.mark.parametrize("width", [1280, 1920])
def test_each_note_is_beside_its_line_or_right_below_the_note_before(tab, noted, width):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(noted)
    notes, signs = read_boxes(tab, ".footnote li"), read_boxes(tab, ".footnote-ref")
    ((text, *_),) = read_boxes(tab, ".prose")
    assert len(notes) == len(signs) == len(LABELS)
    floor = 0
    for (left, top, right, bottom), sign in zip(notes, signs, strict=True):
        assert 0 < left < right < text
        assert top >= floor
        assert abs(top - max(sign[1], floor)) < 25
        floor = bottom
    assert overflow(tab) == 0


@pytest.mark.parametrize(("width", "medium"), [(390, "screen"), (1024, "screen"), (1280, "print")])
def test_notes_are_a_list_below_the_text_on_less_room_and_on_paper(tab, noted, width, medium):
    tab.emulate_media(media=medium)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(noted)
    notes, paragraphs = read_boxes(tab, ".footnote li"), read_boxes(tab, ".prose > p")
    assert min(box[1] for box in notes) > max(box[3] for box in paragraphs)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_list_within_a_note_is_set_in_and_has_no_rule_of_its_own(tab, noted, width):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(noted.replace("/a/", "/b/"))
    ((note, *_),) = read_boxes(tab, ".footnote > ol > li")
    assert all(item[0] > note + 15 for item in read_boxes(tab, ".footnote li li"))
    rule = "e => getComputedStyle(e).borderTopStyle"
    assert tab.locator(".footnote li ol").evaluate(rule) == "none"


def test_a_note_in_a_scope_note_is_below_it_at_any_width(tab, noted):
    tab.goto(noted.replace("/posts/a/", "/topics/reading/"))
    for width in (390, 1280, 1920):
        tab.set_viewport_size({"width": width, "height": 900})
        ((left, top, *_),) = read_boxes(tab, ".footnote li")
        ((text, *_, bottom),) = read_boxes(tab, ".facts .prose > p")
        assert (left > text, top >= bottom) == (True, True)


def test_a_note_is_reached_and_left_by_keyboard(tab, noted):
    tab.goto(noted)
    tab.locator(".footnote-ref").nth(1).focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector(':target').textContent").startswith("Words")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "footnote-backref"
    way = tab.get_by_role("link", name="Back to the text from note 2", exact=True)
    assert way.evaluate("e => e === document.activeElement")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector(':target').tagName") == "SUP"
