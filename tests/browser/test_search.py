"""The search in a real browser: by keyboard, by address, with its program and without."""

import time

import pytest

from tests.browser.conftest import overflow, run_axe
from tests.conftest import BELOW_URL

POST = "Title: {0}\nDate: {1}\nTags: {2}\n\n{3}\n"
MANY = {
    f"posts/n{n}.md": POST.format(
        f"Number {n}", f"2025-01-{n:02d}", "Reading", f"A gazette, {n} times."
    )
    for n in range(1, 15)
}
FILES = {
    "posts/weeding.md": POST.format(
        "Weeding", "2026-03-01", "Reading", "We took out <b>quaint</b> books."
    ),
    "posts/asked.md": POST.format(
        "Asked",
        "2025-03-02",
        "Reading, Writing",
        "Query: Is it quaint?\n\nShort answer: Yes, very.\n",
    ),
    "posts/code.md": POST.format(
        "On C++", "2026-03-03", "Writing", "A quaint `<script>alert(1)</script>`."
    ),
    "posts/japanese.md": POST.format(
        "図書館の本を読む",
        "2026-03-04",
        "Reading",
        "分類法（NDC）について、<b>書く</b>。とてもAPI的。",
    ),
    "posts/hebrew.md": POST.format(
        "\u05e1\u05e4\u05e8, 3!",
        "2026-03-05",
        "Reading",
        "\u05e1\u05e4\u05e8 \u05d7\u05d3\u05e9, 4.",
    ),
    "posts/with.md": POST.format(
        "With x", "2026-03-06", "Writing\nAuthor: María Hernández", "With the zebras, e-mail."
    ),
    "posts/german.md": POST.format(
        "Größe", "2026-03-07", "Writing\nLang: de", "Bücher in der STRAẞE, <b>Ä</b>pfel."
    ),
    "posts/street.md": POST.format("Street", "2026-03-08", "Writing", "That is Schloßstraße, Ö."),
    "topics/reading.md": "Title: Reading\nUsed-for: Perusal\n\nAbout reading.\n",
    "topics/writing.md": "Title: Writing\n\nAbout writing.\n",
    **MANY,
}


@pytest.fixture(scope="module")
def found_below(serve, build_site):
    return serve(build_site(FILES, siteurl=BELOW_URL).folder.parent) + "/blog/"


def type_and_wait(tab, text):
    tab.locator("input[name=q]").fill(text)
    tab.wait_for_function("() => document.querySelector('[role=status]').textContent")


def read_found(tab):
    return tab.locator(".found li > a").all_inner_texts()


def wait_for(tab, titles):
    """Wait until exactly these are found."""
    tab.wait_for_function(
        "wanted => JSON.stringify([...document.querySelectorAll('.found li > a')]"
        ".map(e => e.textContent).sort()) === JSON.stringify(wanted)",
        arg=sorted(titles),
    )


def test_a_post_of_another_author_is_found_by_the_name_that_it_is_shown_with(tab, found_below):
    tab.goto(f"{found_below}search/")
    type_and_wait(tab, "hernandez")
    wait_for(tab, ["With x"])
    line = tab.locator(".found .record").inner_text()
    assert line == "6 March 2026 · 0\xa0comments · María Hernández · Writing"


def test_nothing_is_fetched_before_the_search_is_used(tab, found_below):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{found_below}search/", wait_until="networkidle")
    assert [url.removeprefix(found_below) for url in asked] == ["search/", "search/search.js"]


def test_a_reader_finds_while_she_types_and_by_keyboard_alone(tab, found_below):
    tab.goto(f"{found_below}search/")
    tab.locator("input[name=q]").focus()
    tab.wait_for_load_state("networkidle")
    began = time.monotonic()
    tab.keyboard.type("q")
    tab.wait_for_selector(".found li")
    # The figure is measured by hand: machines of tests are busy.
    assert time.monotonic() - began < 3
    tab.keyboard.type("uaint")
    wait_for(tab, ["Weeding", "Asked", "On C++"])
    assert tab.url == f"{found_below}search/?q=quaint"
    assert "3" in tab.inner_text("[role=status]")
    assert tab.locator(".found mark").first.inner_text() == "quaint"
    assert "<script>" in tab.inner_text(".found")
    assert run_axe(tab) == []
    for _ in range(4):
        tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('.found') !== null")
    with tab.expect_navigation(url="**/posts/**"):
        tab.keyboard.press("Enter")
    assert tab.url.startswith(f"{found_below}posts/")
    tab.go_back()
    wait_for(tab, ["Weeding", "Asked", "On C++"])
    assert tab.locator("input[name=q]").input_value() == "quaint"


def test_filters_narrow_and_stand_in_the_address(tab, found_below):
    tab.goto(f"{found_below}search/?q=quaint&topic=writing")
    wait_for(tab, ["Asked", "On C++"])
    assert tab.locator("select[name=topic]").input_value() == "writing"
    tab.locator("select[name=year]").select_option("2025")
    wait_for(tab, ["Asked"])
    tab.locator("select[name=year]").select_option("")
    tab.locator("input[name=questions]").check()
    wait_for(tab, ["Asked"])
    assert tab.url.endswith("?q=quaint&topic=writing&questions=1")
    tab.locator("input[name=q]").fill("")
    tab.locator("select[name=topic]").select_option("")
    wait_for(tab, ["Asked"])
    tab.goto(f"{found_below}search/?q=quaint&topic=nonesuch&year=%3Cb%3E")
    wait_for(tab, ["Weeding", "Asked", "On C++"])


@pytest.mark.parametrize(("asked", "title"), [("perusal", "Reading"), ("C++", "On C++")])
def test_another_name_finds_its_topic_and_signs_count(tab, found_below, asked, title):
    tab.goto(f"{found_below}search/")
    type_and_wait(tab, asked)
    tab.wait_for_selector(".found li")
    assert read_found(tab)[0] == title


def test_words_are_found_where_no_blanks_part_them(tab, found_below):
    tab.goto(f"{found_below}search/")
    for asked in ("図書館", "xylophonist", "本を", "類法", "NDC", "xylophonist", "とてもAPI"):
        tab.locator("input[name=q]").fill(asked)
        wait_for(tab, [] if asked == "xylophonist" else ["図書館の本を読む"])
    shown = tab.locator(".found li p").last.inner_text()
    assert shown.replace(" API ", "API").strip(" …") == "分類法（NDC）について、書く。とてもAPI的。"
    marked = tab.locator(".found mark").all_inner_texts()
    assert [word.rstrip("、。") for word in marked] == [*"てとても", "API"]


@pytest.mark.parametrize(
    "asked", ["xyzzyqq", "withdrawn", "quaint withdrawn", "withdrawn quaint", "zeb1", '"withdrawn"']
)
@pytest.mark.parametrize("topic", ["", "&topic=writing"])
def test_a_word_that_is_nowhere_finds_nothing(tab, found_below, asked, topic):
    tab.goto(f"{found_below}search/?q={asked}{topic}")
    tab.wait_for_function("() => document.querySelector('[role=status]').textContent")
    said = tab.locator("form.search").get_attribute("data-none")
    assert (tab.inner_text("[role=status]"), read_found(tab)) == (said, [])
    assert tab.locator("button.more").is_hidden()


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("zebra", "With x"),
        ("Zébra", "With x"),
        ("zeb", "With x"),
        ("zebras", "With x"),
        ("x", "With x"),
        ("email", "With x"),
        ("e-mail", "With x"),
        ("mail", "With x"),
        ("“zebras,” with", "With x"),
        ("quaintly", "Weeding"),
        ("weeded", "Weeding"),
        ("?! quaint", "Weeding"),
    ],
)
def test_a_word_in_another_form_or_begun_is_a_hit(tab, found_below, asked, title):
    tab.goto(f"{found_below}search/")
    type_and_wait(tab, asked)
    tab.wait_for_selector(".found li")
    assert title in read_found(tab)
    near = tab.locator("form.search").get_attribute("data-near")
    assert tab.inner_text("[role=status]") != near


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("strasse", "Größe"),
        ("straße", "Größe"),
        ("groesse", "Größe"),
        ("größe", "Größe"),
        ("buecher", "Größe"),
        ("bucher", "Größe"),
        ("buech", "Größe"),
        ("aepfel", "Größe"),
        ("schlossstrasse", "Street"),
    ],
)
def test_german_words_are_found_without_a_german_keyboard(tab, found_below, asked, title):
    tab.goto(f"{found_below}search/?q={asked}")
    wait_for(tab, [title])
    shown = tab.inner_text(".found p:last-child")
    assert shown in ("Bücher in der STRAẞE, Äpfel.", "That is Schloßstraße, Ö.")


def test_words_that_begin_alike_are_offered_as_such_where_there_is_no_hit(tab, found_below):
    tab.goto(f"{found_below}search/?q=quaintx")
    tab.wait_for_selector(".found li")
    near = tab.locator("form.search").get_attribute("data-near")
    assert tab.inner_text("[role=status]") == near
    assert "Weeding" in read_found(tab)


def test_what_is_found_stands_in_the_direction_of_its_own_words(tab, found_below):
    tab.goto(f"{found_below}search/")
    for asked, direction in (("\u05e1\u05e4\u05e8", "rtl"), ("quaint", "ltr")):
        type_and_wait(tab, asked)
        tab.wait_for_function(
            "asked => document.querySelector('.found mark')?.textContent.startsWith(asked)",
            arg=asked,
        )
        for part in tab.locator(".found li > a, .found li > p:not(.record)").all():
            assert part.evaluate("e => getComputedStyle(e).direction") == direction


def test_escape_empties_the_field_and_leads_back_to_it_from_what_was_found(tab, found_below):
    tab.goto(f"{found_below}search/?q=quaint")
    wait_for(tab, ["Weeding", "Asked", "On C++"])
    tab.locator(".found a").nth(1).focus()
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.name") == "q"
    assert len(read_found(tab)) == 3
    tab.keyboard.press("Escape")
    tab.wait_for_selector(".index", state="visible")
    assert (tab.locator("input[name=q]").input_value(), read_found(tab)) == ("", [])
    assert tab.url == f"{found_below}search/"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.name") == "q"


def test_many_are_shown_some_at_a_time(tab, found_below):
    tab.goto(f"{found_below}search/?q=gazette")
    tab.wait_for_selector(".found li")
    assert len(read_found(tab)) == 10
    tab.locator("button.more").click()
    tab.wait_for_function("() => document.querySelectorAll('.found li').length === 14")
    assert tab.evaluate(
        "document.activeElement.closest('li') === document.querySelectorAll('.found li')[10]"
    )
    assert tab.locator("button.more").is_hidden()


def test_back_from_what_was_found_leads_to_the_place_where_a_reader_was(tab, found_below):
    tab.set_viewport_size({"width": 800, "height": 400})
    tab.goto(f"{found_below}search/?q=gazette")
    tab.wait_for_selector(".found li")
    tab.locator("button.more").click()
    tab.wait_for_function("() => document.querySelectorAll('.found li').length === 14")
    tab.locator(".found a").nth(12).scroll_into_view_if_needed()
    place = tab.evaluate("scrollY")
    assert place > 400
    for leave in (tab.locator(".found a").nth(12).click, tab.go_forward):
        with tab.expect_navigation(url="**/posts/**"):
            leave()
        tab.go_back()
        tab.wait_for_function("() => document.querySelectorAll('.found li').length === 14")
        tab.wait_for_function("place => Math.abs(scrollY - place) < 3", arg=place)
    tab.locator("input[name=q]").fill("gazett")
    tab.wait_for_function("() => document.querySelectorAll('.found li').length === 10")
    tab.reload()
    tab.wait_for_function("() => document.querySelectorAll('.found li').length === 10")


def read_state(tab):
    """Return the search that the address has, that which the form has, and whether the titles are shown."""
    typed = tab.evaluate(
        "new URLSearchParams(new FormData(document.querySelector('form.search'))).toString()"
    )
    asked = "&".join(part for part in typed.split("&") if not part.endswith("="))
    return tab.evaluate("location.search.slice(1)"), asked, tab.locator(".index").is_visible()


def test_back_and_forward_show_what_the_address_says_after_a_place_of_the_page(tab, found_below):
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(f"{found_below}search/?q=zebras&topic=writing")
    wait_for(tab, ["With x"])
    tab.locator("a[href='#menu']").click()
    assert read_found(tab) == ["With x"]
    tab.locator("select[name=topic]").select_option("")
    tab.locator("input[name=q]").first.fill("gazette quaint")
    tab.locator("input[name=q]").first.fill("quaint")
    wait_for(tab, ["Weeding", "Asked", "On C++"])
    tab.go_back()
    wait_for(tab, ["With x"])
    assert read_state(tab) == ("q=zebras&topic=writing", "q=zebras&topic=writing", False)
    tab.go_forward()
    wait_for(tab, ["Weeding", "Asked", "On C++"])
    assert read_state(tab) == ("q=quaint", "q=quaint", False)


def test_back_to_the_page_without_a_search_shows_all_titles(tab, found_below):
    tab.goto(f"{found_below}search/")
    tab.locator(".letters a").first.click()
    place = tab.url
    tab.locator("input[name=q]").first.fill("quaint")
    wait_for(tab, ["Weeding", "Asked", "On C++"])
    tab.go_back()
    wait_for(tab, [])
    assert (read_state(tab), tab.inner_text("[role=status]")) == (("", "", True), "")
    tab.locator(".letters a").first.click()
    tab.go_back()
    tab.go_forward()
    assert tab.url == place


def test_a_search_that_is_sent_has_an_entry_of_its_own_in_the_history(tab, found_below):
    tab.goto(f"{found_below}search/?q=zebras")
    wait_for(tab, ["With x"])
    length = tab.evaluate("history.length")
    for sent in ("Enter", "", "button"):
        typed = {"Enter": "gazette", "": "qu", "button": "quaint"}[sent]
        tab.locator("input[name=q]").first.fill(typed)
        if sent == "Enter":
            for _ in range(2):  # the same is not sent twice
                tab.locator("input[name=q]").first.press("Enter")
        elif sent:
            tab.locator("form.search button").click()
    wait_for(tab, ["Weeding", "Asked", "On C++"])
    assert tab.evaluate("history.length") == length + 2
    tab.go_back()
    tab.wait_for_function("() => document.querySelectorAll('.found li').length === 10")
    assert read_state(tab) == ("q=gazette", "q=gazette", False)
    tab.go_back()
    wait_for(tab, ["With x"])
    assert read_state(tab) == ("q=zebras", "q=zebras", False)
    tab.go_forward()
    tab.go_forward()
    wait_for(tab, ["Weeding", "Asked", "On C++"])
    assert read_state(tab) == ("q=quaint", "q=quaint", False)


def test_what_is_not_there_is_said_and_an_empty_field_shows_all_titles(tab, found_below):
    tab.goto(f"{found_below}search/")
    type_and_wait(tab, "xylophonist")
    assert tab.locator(".index").is_hidden()
    tab.locator("input[name=q]").fill("")
    tab.wait_for_selector(".index", state="visible")
    assert tab.inner_text("[role=status]") == ""


def test_every_page_leads_to_the_search_without_a_program_too(open_context, found_below):
    context = open_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    tab = context.new_page()
    tab.goto(f"{found_below}posts/weeding/")
    tab.locator("footer input[name=q]").fill("quaint & more")
    tab.locator("footer input[name=q]").press("Enter")
    tab.wait_for_url("**/search/?q=quaint+%26+more")
    assert tab.locator("form.search").is_hidden()
    assert "Perusal" in tab.inner_text(".index")


def test_a_search_that_fails_says_so_and_works_the_next_time(open_context, found_below):
    context = open_context()
    tab, errors = context.new_page(), []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.route("**/pagefind.js*", lambda route: route.abort())  # which each use asks for once more
    tab.add_init_script(
        "history.replaceState = () => { throw new DOMException('too often', 'SecurityError'); }"
    )
    tab.goto(f"{found_below}search/")
    tab.locator("input[name=q]").first.fill("quaint")
    failed = tab.locator("form.search").get_attribute("data-failed")
    tab.wait_for_function(
        "failed => document.querySelector('[role=status]').textContent === failed", arg=failed
    )
    assert tab.locator(".index").is_visible()
    tab.unroute("**/pagefind.js*")
    tab.locator("input[name=q]").first.fill("quain")
    wait_for(tab, ["Weeding", "Asked", "On C++"])
    assert errors == []


def test_the_page_fits_a_telephone(tab, found_below):
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto(f"{found_below}search/?q=quaint")
    tab.wait_for_selector(".found li")
    assert overflow(tab) == 0
