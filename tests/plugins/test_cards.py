"""Each post and topic has a card for other sites, in which nothing is a box and nothing is cut off."""

import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from building.judge_site import judge_site
from catalogue.card_letters import COVERED, STAND_INS, select_letters, set_capitals
from plugins.card_drawing import (
    FOOT,
    HEIGHT,
    MARGIN,
    TITLE_SIZES,
    WIDTH,
    Card,
    cut_line,
    draw_card,
    fit_lines,
    load_font,
    measure,
)
from plugins.cards import draw_settable, make_site_card
from tests.conftest import BELOW_URL, draw_png
from tests.fonts import read_advances

LARGEST = 60 * 1024  # bytes
UNSET = ("Mn", "Cf", "Zs")  # marks without a letter, what nobody sees, and blanks
POST = "Title: {0}\nDate: 2026-03-05\nTags: Reading\n\nWords.\n"


def open_card(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("weight", ["Regular", "Semibold"])
def test_what_is_counted_on_is_all_that_the_font_has(weight):
    font = load_font(weight, 30)
    advances = read_advances(Path(font.path).read_bytes())
    held = {sign for sign in advances if sign == " " or unicodedata.category(sign) not in UNSET}
    counted_on = {chr(point) for point in range(0x110000) if COVERED.match(chr(point))}
    assert counted_on - held == set()
    assert held - counted_on == set()
    missing = bytes(font.getmask("\U0010ffff"))
    assert [sign for sign in counted_on if bytes(font.getmask(sign)) == missing] == []


@pytest.mark.parametrize("weight", ["Regular", "Semibold"])
@pytest.mark.parametrize("size", sorted({30, 32, 36, 38, 40, 44, 52, 62, 72, *TITLE_SIZES}))
def test_every_letter_moves_the_pen_as_far_as_the_font_says(weight, size):
    font = load_font(weight, size)
    advances = read_advances(Path(font.path).read_bytes())
    assert len(advances) > 500
    wrong = [
        sign
        for sign, advance in advances.items()
        if COVERED.match(sign) and abs(font.getlength(sign) - advance * size) > 0.6
    ]
    assert wrong == []


@pytest.mark.parametrize("title", ["“quiet”", '"quiet"', "„Bestand“", "50 % weniger"])
def test_no_letter_is_drawn_over_the_one_before(title):
    font = load_font("Regular", 60)
    end = 0
    for number, sign in enumerate(title):
        left, _, right, _ = font.getbbox(sign)
        start = font.getlength(title[:number])
        if sign != " ":
            assert start + left >= end - 2
            end = start + right


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Łódź, “Æ” – C++ & more…", "Łódź, “Æ” – C++ & more…"),
        ("E\u0301lan", "Élan"),
        ("Books 📚 are \N{WHITE HEAVY CHECK MARK}\ufe0f fine", "Books are fine"),
        ("Читать и писать", "Читать и писать"),
        ("Thư viện và người đọc", "Thư viện và người đọc"),
        ("Ə, Ḥ, ṭ: ∑ ✓ ₫", "Ə, Ḥ, ṭ: ∑ ✓ ₫"),
        ("cata\u00adlogue", "catalogue"),
        ("図書館", ""),
        ("مكتبة", ""),
        ("Reading 図書館", ""),
        ("x\u0304 and n\u0303", ""),
        ("Man\u0303ana", "Mañana"),
        ("Step 1\ufe0f\u20e3, then", "Step 1, then"),
        ("E\u2011books on the shelf", "E\u2010books on the shelf"),
        ("A ⇒ B ⇔ C ➜ D", "A → B ←→ C → D"),
        ("Part Ⅳ at 20 ℃", "Part IV at 20 °C"),
        ("Ｆｕｌｌ　２０２６", "Full 2026"),
        ("10⅕ or ⅕ of ②", "10 1⁄5 or 1⁄5 of 2"),
        ("Ob\u02b9ekt, C\u266f ⟨a⟩", "Ob′ekt, C# ‹a›"),
        ("₪ 5", ""),
        ("10\u00a0km, 5\u202fkg 📚", "10\u00a0km, 5\u00a0kg"),
        ("20\u2007% of \u2060it", "20\u00a0% of\u00a0it"),
        ("a\u00a0 b \u00a0c\u2060d\u00a0", "a b cd"),
        ("ｶﾅ", ""),
    ],
)
def test_what_can_be_set_is_set_and_nothing_becomes_a_box(title, shown):
    assert select_letters(title) == shown


def test_what_stands_in_for_a_sign_is_in_the_font_and_the_sign_is_not():
    assert {sign for sign in STAND_INS if COVERED.match(sign)} == set()
    assert {shown for shown in STAND_INS.values() if not COVERED.fullmatch(shown)} == set()


def test_a_title_with_a_sign_that_has_a_stand_in_is_on_its_card(build_site):
    titles = "E\u2011books", "E\u2010books", "Part Ⅳ", "Part IV"
    site = build_site(
        {f"posts/{n}.md": POST.format(title) for n, title in zip("abcd", titles, strict=True)}
    )
    a, b, c, d = (site.bytes(f"posts/{name}/card.png") for name in "abcd")
    assert (a, c) == (b, d)
    assert a != c
    assert [p for p in judge_site(site.settings).problems if "card" in p.text] == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("größe", "GRÖSSE"), ("thư viện", "THƯ VIỆN"), ("ﬁnd", "FIND"), ("aƒɡẗ", "Aƒɡẗ")],
)
def test_a_letter_keeps_its_form_where_the_font_lacks_its_capital(typed, shown):
    assert set_capitals(typed) == shown


@settings(max_examples=12, deadline=None)
@given(
    st.text(st.sampled_from("aWlŁ ж-“M"), min_size=1, max_size=260),
    st.text(st.sampled_from("aM "), max_size=300),
)
def test_whatever_it_says_it_stays_inside_its_margins_and_small(title, answer):
    data = draw_card(
        Card("Site", "cust 2026.03", " ".join(title.split()), ["5 March 2026"], answer.strip())
    )
    image = open_card(data)
    assert image.size == (WIDTH, HEIGHT)
    assert len(data) < LARGEST
    paper = image.getpixel((0, 0))
    for box in ((0, 0, MARGIN - 12, HEIGHT), (WIDTH - MARGIN + 12, 0, WIDTH, HEIGHT)):
        assert {colour for _, colour in image.crop(box).getcolors()} == {paper}
    assert {colour for _, colour in image.crop((0, HEIGHT - 40, WIDTH, HEIGHT)).getcolors()} == {
        paper
    }


LONG = "Interlibrary loans and document delivery in small academic libraries of the whole country"


def measure_red(foot):
    """Return how much of the last line of a card is red, from left to right, in pixels; 0 for none."""
    image = open_card(draw_card(Card("Site", "x 2026.03", "A title", foot)))
    red, green, _ = image.crop((0, FOOT, WIDTH, HEIGHT)).split()
    box = ImageChops.subtract(red, green).point([255 * (n > 60) for n in range(256)]).getbbox()
    return box[2] - box[0] if box else 0


def test_a_topic_that_is_too_long_for_its_card_is_cut_and_the_last_that_is_shown_is_red():
    room = WIDTH - 2 * MARGIN
    one = measure_red(["5 March 2026", LONG])
    assert 0.6 * room < one < room
    assert measure_red(["5 March 2026", LONG, "Reading rooms"]) == one
    reading = measure_red(["5 March 2026", "Reading"])
    assert 0 < reading < one
    assert measure_red(["5 March 2026", "Reading", LONG]) == reading
    assert 0 < measure_red(["5 March 2026", "Reading", "Cats"]) < reading
    assert 0.7 * room < measure_red(["5 March 2026", "m" * 300, "m" * 300]) < room


@pytest.mark.parametrize(
    ("title", "width", "lines"),
    [
        ("Over it twenty\u00a0km away", 420, ["Over it", "twenty\u00a0km", "away"]),
        ("Over it twenty km away", 420, ["Over it", "twenty", "km away"]),
        # Of a size in which nothing is parted that belongs together, if there is one.
        ("On Donaudampfschifffahrt", 500, ["On Donaudampfschifffahrt"]),
        ("On twenty\u00a0thousand\u00a0km", 500, ["On twenty\u00a0thousand\u00a0km"]),
        ("m" * 30, 500, ["m" * 7] * 4 + ["mm"]),
        ("mm\u00a0" * 12 + "mm", 500, ["mm\u00a0mm\u00a0mm"] * 4 + ["mm"]),
    ],
)
def test_a_line_of_a_card_ends_at_no_hard_blank_nor_within_a_word(title, width, lines):
    _, found = fit_lines(title, (76, 40), "Regular", width, 76 * 6)
    assert found == lines


@pytest.mark.parametrize("text", [LONG, "m" * 90, "Short, of course", "", "a, b " + "m" * 90])
def test_a_line_is_cut_where_its_room_ends(text):
    room = 600
    shown = cut_line(text, "Regular", 30, room)
    assert measure(shown, "Regular", 30) <= room
    whole = measure(text, "Regular", 30) <= room
    assert (shown == text) if whole else text.startswith(shown.removesuffix("…"))
    assert shown.endswith("…") != whole
    assert not shown.endswith((" …", ",…"))


def test_the_same_card_is_the_same_bytes():
    card = Card("Site", "x 2026.03", "A title", ["5 March 2026", "Reading"])
    assert draw_card(card) == draw_card(card)


def test_a_page_names_its_card_and_the_card_is_there(build_site):
    files = {
        "posts/a.md": POST.format("Plain"),
        "posts/asked.md": POST.format("Asked").replace(
            "Words.", "Query: Why?\n\nShort answer: So."
        ),
    }
    site = build_site(files, siteurl=BELOW_URL)
    for name in ("posts/a/", "posts/asked/", "topics/reading/"):
        page = site.page(name)
        address = page.one("meta", property="og:image").get("content")
        assert address == f"{BELOW_URL}/{name}card.png"
        assert open_card(site.bytes(f"{name}card.png")).size == (1200, 630)
        assert page.one("meta", property="og:image:width").get("content") == "1200"
        assert page.meta("twitter:card") == "summary_large_image"
        assert page.one("meta", property="og:image:alt").get("content")
    assert site.bytes("posts/a/card.png") != site.bytes("posts/asked/card.png")


def test_the_title_stands_where_the_question_cannot_be_set(build_site):
    asked = POST.replace("Words.", "Query: {1}\n\nShort answer: {2}")
    files = {
        "posts/a.md": asked.format("Where", "图书馆在哪里?", "In the town."),
        "posts/b.md": asked.format("Where", "Where", "In the town."),
        "posts/c.md": asked.format("Where", "Where", "在城里。"),
        "posts/d.md": POST.format("Where"),
    }
    site = build_site(files)
    a, b, c, d = (site.bytes(f"posts/{name}/card.png") for name in "abcd")
    assert a == b
    assert c == d
    assert a != c
    found = [(p.path, p.line) for p in judge_site(site.settings).problems if "card" in p.text]
    assert found == [("posts/a.md", 5), ("posts/c.md", 7)]


def test_a_picture_of_the_author_s_wins(build_site):
    post = POST.format("A").replace("\n\nWords", "\nImage: p.png\nImage-alt: A shelf\n\nWords")
    site = build_site({"posts/a.md": post, "images/p.png": draw_png(900, 500)}, siteurl=BELOW_URL)
    page = site.page("posts/a/")
    assert page.one("meta", property="og:image").get("content") == f"{BELOW_URL}/images/p.png"
    assert page.one("meta", property="og:image:width").get("content") == "900"
    assert "posts/a/card.png" not in site.files


def test_a_title_that_cannot_be_set_is_told_and_its_card_is_plain(build_site):
    site = build_site({"posts/a.md": POST.format("図書館"), "posts/b.md": POST.format("B")})
    (problem,) = [p for p in judge_site(site.settings).problems if "card" in p.text]
    assert (problem.path, problem.line, problem.level) == ("posts/a.md", 1, "warning")
    plain = draw_card(Card("", "", "", []))
    assert len(plain) < len(site.bytes("posts/a/card.png")) < len(site.bytes("posts/b/card.png"))


OWN_PAGE = "Title: About\n\nWords.\n"


def read_card(site, name):
    """Return what a page names as the picture that stands for it: its address, its text and its size."""
    page = site.page(name)
    fields = ("og:image", "og:image:alt", "og:image:width", "og:image:height")
    return [page.one("meta", property=field).get("content") for field in fields]


def test_the_site_s_card_stands_for_each_page_without_one(build_site):
    files = {"posts/a.md": POST.format("A"), "pages/about.md": OWN_PAGE}
    site = build_site(files, siteurl=BELOW_URL)
    for name in ("", "about/", "topics/", "archives/", "subscribe/", "search/"):
        assert read_card(site, name) == [
            f"{BELOW_URL}/card.png",
            site.settings["SITENAME"],
            "1200",
            "630",
        ]
    assert open_card(site.bytes("card.png")).size == (WIDTH, HEIGHT)
    assert site.bytes("card.png") != site.bytes("posts/a/card.png")
    assert not [e for e in site.page("404.html").all("meta") if e.get("property") == "og:image"]


def test_the_site_s_card_says_its_name_its_motto_its_author_and_where_it_is():
    said = {"SITENAME": "Stacks", "SITESUBTITLE": "On shelves.", "AUTHOR": "Ann"}
    said["SITEURL"] = BELOW_URL
    changed = [said, *({**said, name: "https://another"} for name in said)]
    assert len({draw_settable(make_site_card(settings)) for settings in changed}) == 5


def test_the_author_s_own_card_in_extra_wins(build_site):
    files = {"posts/a.md": POST.format("A"), "extra/card.png": draw_png(900, 500)}
    site = build_site(files, siteurl=BELOW_URL)
    assert read_card(site, "")[2:] == ["900", "500"]
    assert open_card(site.bytes("card.png")).size == (900, 500)
